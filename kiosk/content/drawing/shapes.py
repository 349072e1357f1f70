"""The simple shapes of a scene, each an SVG fragment in stage units.

Every shape takes its place from the middle of its foot (`x`, `y`), as things stand on a table, and
the outline's width `stroke`; colours are names of the palette.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.content.drawing.palette import INK, colour


def rect(
    x: float, y: float, w: float, h: float, stroke: float, fill: str = "white", r: float = 6.0
) -> str:
    """A box with round corners of radius `r`; no outline when `stroke` is 0."""
    line = f' stroke="{INK}" stroke-width="{stroke:.2f}"' if stroke else ""
    return (
        f'<rect x="{x - w / 2:.2f}" y="{y - h:.2f}" width="{w:.2f}" height="{h:.2f}"'
        f' rx="{r:.2f}" fill="{colour(fill)}"{line}/>'
    )


def line(x: float, y: float, x2: float, y2: float, stroke: float, stroke_colour: str = "ink") -> str:
    """A line with round ends."""
    return (
        f'<line x1="{x:.2f}" y1="{y:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
        f' stroke="{colour(stroke_colour)}" stroke-width="{stroke:.2f}" stroke-linecap="round"/>'
    )


def ellipse(x: float, y: float, w: float, h: float, stroke: float, fill: str = "white") -> str:
    """An ellipse standing on `x`, `y`."""
    edge = f' stroke="{INK}" stroke-width="{stroke:.2f}"' if stroke else ""
    return (
        f'<ellipse cx="{x:.2f}" cy="{y - h / 2:.2f}" rx="{w / 2:.2f}" ry="{h / 2:.2f}"'
        f' fill="{colour(fill)}"{edge}/>'
    )


def path(x: float, y: float, d: str, stroke: float, fill: str = "white") -> str:
    """Any outline, `d` as in SVG, moved by `x`, `y`."""
    edge = (
        f' stroke="{INK}" stroke-width="{stroke:.2f}" stroke-linejoin="round"'
        ' stroke-linecap="round"'
        if stroke
        else ""
    )
    return f'<path transform="translate({x:.2f},{y:.2f})" d="{d}" fill="{colour(fill)}"{edge}/>'


def sheet(
    x: float, y: float, w: float, h: float, stroke: float, lines: int = 3, fill: str = "white"
) -> str:
    """A sheet of paper with written lines, the last one short, seen from the front."""
    parts = [rect(x, y, w, h, stroke, fill, 3.0)]
    gap = h / (lines + 1)
    left = x - w / 2 + w * 0.18
    for number in range(lines):
        last = number == lines - 1 and lines > 1
        right = x + w * 0.05 if last else x + w / 2 - w * 0.18
        height = y - h + gap * (number + 1)
        parts.append(line(left, height, right, height, stroke * 0.75))
    return "".join(parts)


def form(x: float, y: float, w: float, h: float, stroke: float, lines: int = 3) -> str:
    """A sheet with empty boxes before its lines, as for choices."""
    parts = [rect(x, y, w, h, stroke, "white", 3.0)]
    gap = h / (lines + 0.5)
    box = gap * 0.5
    for number in range(lines):
        middle = y - h + gap * (number + 0.75)
        parts.append(rect(x - w * 0.27, middle + box / 2, box, box, stroke * 0.75, "white", 1.0))
        parts.append(line(x - w * 0.02, middle, x + w * 0.33, middle, stroke * 0.75))
    return "".join(parts)


def receipt(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """The paper that the kiosk gives: a square of squares above two lines."""
    parts = [rect(x, y, w, h, stroke, "white", 3.0)]
    unit = w * 0.62 / 7
    left, top = x - unit * 3.5, y - h + w * 0.2
    dark = ("1110111", "1010101", "1110111", "0101010", "1110110", "1011001", "1110111")
    for row, cells in enumerate(dark):
        for column, cell in enumerate(cells):
            if cell == "1":
                parts.append(
                    f'<rect x="{left + column * unit:.2f}" y="{top + row * unit:.2f}"'
                    f' width="{unit + 0.2:.2f}" height="{unit + 0.2:.2f}" fill="{INK}"/>'
                )
    below = top + unit * 7
    for share in (0.4, 0.72):
        height = below + (y - below) * share
        parts.append(line(x - w * 0.3, height, x + w * (0.3 if share < 0.5 else 0.1), height,
                          stroke * 0.75))
    return "".join(parts)


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


def window(x: float, y: float, w: float, h: float, stroke: float, pane: str = "white") -> str:
    """A window of four panes on the wall."""
    return (
        rect(x, y, w, h, stroke, pane, 6.0)
        + line(x, y - h, x, y, stroke)
        + line(x - w / 2, y - h / 2, x + w / 2, y - h / 2, stroke)
    )


def view(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A large window in its frame, with hills and a sun outside, and a sill."""
    inner_w, inner_h = w * 0.88, h * 0.876
    left, top = x - inner_w / 2, y - h + h * 0.062
    right, bottom = left + inner_w, top + inner_h

    def at(across: float, down: float) -> str:
        return f"{left + inner_w * across:.1f} {top + inner_h * down:.1f}"

    def hill(curve: str, fill: str) -> str:
        return (
            f'<path d="{curve} V{bottom:.1f} H{left:.1f}Z" fill="{colour(fill)}" stroke="{INK}"'
            f' stroke-width="{stroke * 0.86:.2f}" stroke-linejoin="round"/>'
        )

    far = (
        f"M{at(0, 0.745)} C {at(0.2, 0.6)} {at(0.37, 0.685)} {at(0.51, 0.658)}"
        f" S {at(0.83, 0.516)} {at(1, 0.6)}"
    )
    near = f"M{at(0, 0.886)} C {at(0.24, 0.804)} {at(0.51, 0.886)} {at(1, 0.788)}"
    radius = inner_w * 0.113
    return "".join(
        (
            rect(x, y, w, h, stroke, "white", 10.0),
            rect(x, bottom, inner_w, inner_h, stroke * 0.86, "pane", 4.0),
            ellipse(
                left + inner_w * 0.758,
                top + inner_h * 0.25 + radius,
                radius * 2,
                radius * 2,
                stroke * 0.86,
                "honey",
            ),
            hill(far, "pale"),
            hill(near, "sage"),
            rect(x, bottom, inner_w, inner_h, stroke * 0.86, "none", 4.0),
            line(x, top, x, bottom, stroke),
            line(left, top + inner_h * 0.46, right, top + inner_h * 0.46, stroke),
            rect(x, y + 24, w + 48, 30, stroke, "white", 6.0),
        )
    )


def plant(x: float, y: float, h: float, stroke: float) -> str:
    """A pot plant of height `h`."""
    s = h / 330

    def leaf(tip_x: float, tip_y: float, bend: tuple[float, float, float, float], fill: str) -> str:
        a, b, c, d = (value * s for value in bend)
        root = f"{x:.1f} {y - 112 * s:.1f}"
        return (
            f'<path d="M{root} Q{x + a:.1f} {y - b:.1f} {x + tip_x * s:.1f} {y - tip_y * s:.1f}'
            f' Q{x + c:.1f} {y - d:.1f} {root} Z" fill="{colour(fill)}" stroke="{INK}"'
            f' stroke-width="{stroke:.2f}" stroke-linejoin="round"/>'
        )

    pot = (
        f'<path d="M{x - 62 * s:.1f} {y - 90 * s:.1f} h{124 * s:.1f} l{-16 * s:.1f} {90 * s:.1f}'
        f' h{-92 * s:.1f} z" fill="{colour("clay")}" stroke="{INK}" stroke-width="{stroke:.2f}"'
        ' stroke-linejoin="round"/>'
    )
    return "".join(
        (
            leaf(-8, 330, (-74, 230, 64, 240), "sage"),
            leaf(-128, 262, (-110, 160, -16, 250), "pale"),
            leaf(118, 270, (20, 254, 112, 166), "pale"),
            leaf(-150, 168, (-96, 110, -70, 196), "sage"),
            leaf(146, 176, (70, 200, 98, 112), "sage"),
            pot,
            rect(x, y - 84 * s, 148 * s, 38 * s, stroke, "clay", 6 * s),
        )
    )


def folder(x: float, y: float, w: float, h: float, stroke: float, fill: str = "heather") -> str:
    """An open folder lying towards us with a written sheet on either side."""
    page_w, page_h = w * 0.37, h * 0.92
    return (
        rect(x, y, w, h, stroke, fill, 8.0)
        + sheet(x - w * 0.205, y - h * 0.25, page_w, page_h, stroke, 4)
        + sheet(x + w * 0.205, y - h * 0.25, page_w, page_h, stroke, 4)
    )


def file(x: float, y: float, w: float, h: float, stroke: float, fill: str = "heather") -> str:
    """A standing folder full of sheets: two written ones show above its front."""
    front = h * 0.5
    back = (
        f'<path d="M{x - w / 2:.1f} {y:.1f} v{-h * 0.86:.1f} q0 -5 5 -5 h{w * 0.32:.1f} q5 0 5 5'
        f' v{h * 0.09:.1f} h{w * 0.5:.1f} V{y:.1f} z" fill="{colour(fill)}" stroke="{INK}"'
        f' stroke-width="{stroke:.2f}" stroke-linejoin="round"/>'
    )
    page_w, page_h = w * 0.58, h * 0.86
    tilted = sheet(x - w * 0.1, y - h * 0.12, page_w, page_h, stroke, 5)
    upright = sheet(x + w * 0.08, y - h * 0.14, page_w, page_h, stroke, 5)
    turn = f'<g transform="rotate(-5,{x - w * 0.1:.1f},{y - h * 0.5:.1f})">{tilted}</g>'
    return back + turn + upright + rect(x, y, w, front, stroke, fill, 6.0)


def screen(x: float, y: float, w: float, h: float, stroke: float, fill: str = "heather") -> str:
    """A screen on its foot; `fill` is what it shows, nothing but a colour."""
    foot = h * 0.22
    edge = min(w, h) * 0.09
    neck = (
        f'<path d="M{x - w * 0.2:.1f} {y:.1f} l{w * 0.1:.1f} {-foot:.1f} h{w * 0.2:.1f}'
        f' l{w * 0.1:.1f} {foot:.1f} z" fill="{colour("charcoal")}" stroke="{INK}"'
        f' stroke-width="{stroke:.2f}" stroke-linejoin="round"/>'
    )
    top = h - foot
    return (
        neck
        + rect(x, y - foot * 0.7, w, top, stroke, "white", 8.0)
        + rect(x, y - foot * 0.7 - edge, w - edge * 2, top - edge * 2, 0, fill, 3.0)
    )


SHAPES: dict[str, Callable[..., str]] = {
    "rect": rect,
    "line": line,
    "ellipse": ellipse,
    "path": path,
    "sheet": sheet,
    "form": form,
    "receipt": receipt,
    "mug": mug,
    "window": window,
    "view": view,
    "plant": plant,
    "folder": folder,
    "file": file,
    "screen": screen,
}
"""What a part of pictures.toml may name with `draw`."""
