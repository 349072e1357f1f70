"""Small things: mugs, glasses, keypads, telephones."""

from __future__ import annotations

from kiosk.content.drawing.basics import ellipse, line, path, rect
from kiosk.content.drawing.palette import INK, colour


def mug(x: float, y: float, w: float, h: float, stroke: float, fill: str = "sky") -> str:
    """A mug with its handle to the right."""
    left = x - w / 2
    bend = h * 0.26
    handle = (
        f"M{left + w - 4:.2f} {y - h * 0.74:.2f} h{w * 0.14:.2f}"
        f" q{bend:.2f} 0 {bend:.2f} {h * 0.25:.2f} t{-bend:.2f} {h * 0.25:.2f} h{-w * 0.14:.2f}"
    )
    hollow = w * 0.085
    foot = min(12.0, w * 0.2)
    return (
        f'<path d="{handle}" fill="none" stroke="{INK}" stroke-width="{stroke * 2 + hollow:.2f}"'
        ' stroke-linejoin="round"/>'
        f'<path d="{handle}" fill="none" stroke="{colour(fill)}" stroke-width="{hollow:.2f}"'
        ' stroke-linejoin="round"/>'
        f'<path d="M{left:.2f} {y - h:.2f} h{w:.2f} v{h - foot:.2f} q0 {foot} {-foot} {foot}'
        f' h{-(w - 2 * foot):.2f} q{-foot} 0 {-foot} {-foot} z" fill="{colour(fill)}"'
        f' stroke="{INK}" stroke-width="{stroke:.2f}" stroke-linejoin="round"/>'
    )


def glass(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A glass of water."""
    inset = w * 0.1
    level = h * 0.3
    outline = f"M{-w / 2:.1f} {-h:.1f} L{-w / 2 + inset:.1f} 0 H{w / 2 - inset:.1f} L{w / 2:.1f} {-h:.1f} Z"
    at = inset * level / h
    water = (
        f"M{-w / 2 + at:.1f} {-h + level:.1f} L{-w / 2 + inset:.1f} 0 H{w / 2 - inset:.1f}"
        f" L{w / 2 - at:.1f} {-h + level:.1f} Z"
    )
    return (
        path(x, y, outline, 0, "white")
        + path(x, y, water, 0, "sky")
        + line(x - w / 2 + at, y - h + level, x + w / 2 - at, y - h + level, stroke * 0.75)
        + path(x, y, outline, stroke, "none")
    )


def bottle(x: float, y: float, w: float, h: float, stroke: float, fill: str = "sage") -> str:
    """A bottle with a blank label."""
    neck = w * 0.17
    body = (
        f"M{-neck:.1f} {-h:.1f} V{-h * 0.68:.1f} Q{-w / 2:.1f} {-h * 0.6:.1f} {-w / 2:.1f}"
        f" {-h * 0.46:.1f} V-6 q0 6 6 6 H{w / 2 - 6:.1f} q6 0 6 -6 V{-h * 0.46:.1f}"
        f" Q{w / 2:.1f} {-h * 0.6:.1f} {neck:.1f} {-h * 0.68:.1f} V{-h:.1f} Z"
    )
    return (
        path(x, y, body, stroke, fill)
        + rect(x, y - h * 0.12, w, h * 0.26, stroke * 0.8, "white", 1.0)
        + rect(x, y - h * 0.93, neck * 2.6, h * 0.09, stroke, "charcoal", 2.0)
    )


def bowl(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A bowl of soup, full."""
    side = (
        f"M{-w / 2:.1f} {-h * 0.72:.1f} Q{-w * 0.46:.1f} 0 {-w * 0.18:.1f} 0 H{w * 0.18:.1f}"
        f" Q{w * 0.46:.1f} 0 {w / 2:.1f} {-h * 0.72:.1f} Z"
    )
    return path(x, y, side, stroke, "white") + ellipse(x, y - h * 0.44, w, h * 0.56, stroke, "gold")


def telephone(x: float, y: float, w: float, h: float, stroke: float, fill: str = "charcoal") -> str:
    """A mobile phone, upright; `fill` is its screen, nothing on it but colour."""
    edge = w * 0.12
    return rect(x, y, w, h, stroke, "white" if fill != "white" else "cream", w * 0.16) + rect(
        x, y - edge * 1.6, w - edge * 2, h - edge * 3.2, stroke * 0.6, fill, 3.0
    )


_DIGITS = {
    "1": "M3 3.5L6 1V15",
    "2": "M1 4Q1 1 5 1Q9 1 9 5Q9 8 1 15H9",
    "3": "M1 1H9L5 6.5Q9 6.5 9 10.5Q9 15 5 15Q1 15 1 12",
    "4": "M7 15V1L1 11H9",
    "5": "M9 1H2L1.5 7Q3 6 5 6Q9 6 9 10.5Q9 15 5 15Q2 15 1 13",
    "6": "M8 1Q1 4 1 10.5Q1 15 5 15Q9 15 9 10.5Q9 7 5 7Q2 7 1 10",
    "7": "M1 1H9L4 15",
    "8": "M5 7.4Q1.6 7 1.6 4Q1.6 1 5 1Q8.4 1 8.4 4Q8.4 7 5 7.4Q1 8 1 11.4Q1 15 5 15Q9 15 9 11.4"
    "Q9 8 5 7.4",
    "9": "M2 15Q9 12 9 5.5Q9 1 5 1Q1 1 1 5.5Q1 9 5 9Q8 9 9 6",
    "0": "M5 1Q1 1 1 8Q1 15 5 15Q9 15 9 8Q9 1 5 1",
}


def keypad(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A pad with the keys 1 to 9, and 0 below."""
    parts = [rect(x, y, w, h, stroke, "heather", 12.0)]
    across, down = w / 3.3, h / 4.3
    key_w, key_h = across * 0.78, down * 0.76
    for place, digit in enumerate("1234567890"):
        column = 1 if digit == "0" else place % 3
        row = 3 if digit == "0" else place // 3
        key_x = x + (column - 1) * across
        key_y = y - h + (h - 4 * down) / 2 + down * (row + 0.88)
        parts.append(rect(key_x, key_y, key_w, key_h, stroke * 0.75, "white", 5.0))
        size = key_h * 0.6 / 16
        parts.append(
            f'<path transform="translate({key_x - 5 * size:.2f},'
            f'{key_y - key_h / 2 - 8 * size:.2f}) scale({size:.3f})" d="{_DIGITS[digit]}"'
            f' fill="none" stroke="{INK}" stroke-width="{stroke * 0.75 / size:.2f}"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )
    return "".join(parts)


def scanner(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A reader on a stand, which looks down on what is laid under it."""
    return (
        rect(x - w * 0.32, y, w * 0.36, h * 0.09, stroke, "charcoal", 4.0)
        + rect(x - w * 0.36, y - h * 0.05, w * 0.13, h * 0.88, stroke, "stone", 4.0)
        + path(
            x,
            y - h,
            f"M{-w * 0.46:.1f} {h * 0.06:.1f} q0 {-h * 0.06:.1f} {w * 0.1:.1f} {-h * 0.06:.1f}"
            f" H{w * 0.4:.1f} q{w * 0.1:.1f} 0 {w * 0.1:.1f} {h * 0.08:.1f} V{h * 0.24:.1f}"
            f" H{w * 0.06:.1f} L{-w * 0.08:.1f} {h * 0.18:.1f} H{-w * 0.46:.1f} Z",
            stroke,
            "stone",
        )
        + rect(x + w * 0.28, y - h * 0.7, w * 0.34, h * 0.07, stroke, "clay", 2.0)
    )


def coin(x: float, y: float, w: float, stroke: float, fill: str = "honey") -> str:
    """A coin, from the front."""
    return ellipse(x, y, w, w, stroke, fill) + ellipse(
        x, y - w * 0.17, w * 0.66, w * 0.66, stroke * 0.7, "none"
    )


def tablets(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A flat pack of six tablets."""
    parts = [rect(x, y, w, h, stroke, "stone", 6.0)]
    for row in range(2):
        for column in range(3):
            parts.append(
                ellipse(
                    x + (column - 1) * w * 0.3,
                    y - h * (0.1 + 0.46 * row),
                    w * 0.2,
                    h * 0.34,
                    stroke * 0.75,
                )
            )
    return "".join(parts)


def key(x: float, y: float, w: float, stroke: float, fill: str = "gold") -> str:
    """A door key lying flat, `w` long, its bow to the left."""
    bow = w * 0.42
    middle = y - bow / 2
    shaft = (
        f"M{-w / 2 + bow * 0.9:.1f} {-w * 0.06:.1f} H{w / 2:.1f} V{w * 0.2:.1f} h{-w * 0.1:.1f}"
        f" V{w * 0.06:.1f} h{-w * 0.07:.1f} v{w * 0.1:.1f} h{-w * 0.1:.1f} V{w * 0.06:.1f}"
        f" H{-w / 2 + bow * 0.9:.1f} Z"
    )
    return (
        path(x, middle, shaft, stroke, fill)
        + ellipse(x - w / 2 + bow / 2, y, bow, bow, stroke, fill)
        + ellipse(x - w / 2 + bow / 2, y - bow * 0.32, bow * 0.36, bow * 0.36, stroke * 0.8)
    )


def pen(x: float, y: float, w: float, stroke: float, fill: str = "clay") -> str:
    """A pen lying flat, `w` long, its tip to the left."""
    thick = w * 0.13
    return path(
        x,
        y - thick / 2,
        f"M{-w / 2:.1f} 0 L{-w * 0.32:.1f} {-thick / 2:.1f} H{w / 2:.1f} V{thick / 2:.1f}"
        f" H{-w * 0.32:.1f} Z",
        stroke,
        fill,
    )
