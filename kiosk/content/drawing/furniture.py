"""What stands in a room: windows, doors, desks, beds, screens, plants."""

from __future__ import annotations

from kiosk.content.drawing.basics import ellipse, line, path, rect
from kiosk.content.drawing.palette import INK, colour


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


def door(x: float, y: float, w: float, h: float, stroke: float, fill: str = "clay") -> str:
    """A closed door with two panels and a knob."""
    panel = w * 0.6
    return (
        rect(x, y, w * 1.18, h * 1.05, stroke, "white", 4.0)
        + rect(x, y, w, h, stroke, fill, 2.0)
        + rect(x, y - h * 0.56, panel, h * 0.34, stroke * 0.8, "none", 3.0)
        + rect(x, y - h * 0.1, panel, h * 0.34, stroke * 0.8, "none", 3.0)
        + ellipse(x + w * 0.39, y - h * 0.45, w * 0.12, w * 0.12, stroke * 0.8, "honey")
    )


def open_door(x: float, y: float, w: float, h: float, stroke: float, fill: str = "clay") -> str:
    """A door that stands open to a light place."""
    leaf = f"M{-w / 2:.1f} 0 V{-h:.1f} L{-w * 0.5 - w * 0.46:.1f} {-h * 0.93:.1f} V{h * 0.09:.1f} Z"
    return (
        rect(x, y, w, h, stroke, "pane", 2.0)
        + path(x, y, leaf, stroke, fill)
        + ellipse(x - w * 0.82, y - h * 0.42, w * 0.1, w * 0.1, stroke * 0.8, "honey")
    )


def desk(x: float, y: float, w: float, h: float, stroke: float, fill: str = "wood") -> str:
    """A desk of its own, seen from the front: a top, and a panel down to the floor."""
    top = h * 0.2
    return rect(x, y, w * 0.92, h, stroke, fill, 2.0) + rect(
        x, y - h + top, w, top, stroke, fill, 4.0
    )


def side_table(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A table on two legs."""
    top = 18.0
    legs = "".join(
        line(x + side * w * 0.36, y, x + side * w * 0.36, y - h + top, stroke * 2.2)
        for side in (-1, 1)
    )
    return legs + rect(x, y - h + top, w, top, stroke, "wood", 4.0)


def bed(
    x: float, y: float, w: float, h: float, stroke: float, fill: str = "slate", board: str = "brown"
) -> str:
    """A made bed from the side: pillow at the left, blanket over the rest."""
    leg, thick = h * 0.2, h * 0.3
    left, deck = x - w / 2, y - leg
    blanket = (
        f"M0 0 V{-thick * 0.9:.1f} q0 {-thick * 0.5:.1f} {thick * 0.5:.1f} {-thick * 0.5:.1f}"
        f" H{w * 0.62:.1f} V0 Z"
    )
    return (
        rect(left + w * 0.02, y, w * 0.045, h, stroke, board, 3.0)
        + rect(left + w * 0.98, y, w * 0.045, h * 0.66, stroke, board, 3.0)
        + rect(x, deck, w * 0.94, thick, stroke, "white", 4.0)
        + rect(left + w * 0.19, deck - thick * 0.82, w * 0.24, thick * 0.9, stroke, "white", 12.0)
        + path(left + w * 0.34, deck, blanket, stroke, fill)
        + rect(x, deck + leg * 0.45, w * 0.94, leg * 0.5, stroke, board, 2.0)
    )


def bunk(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """Two beds, one above the other, with a ladder."""
    left, right = x - w / 2, x + w / 2
    lower = bed(x, y, w, h * 0.46, stroke, "slate")
    upper = bed(x, y - h * 0.52, w, h * 0.46, stroke, "sage")
    posts = "".join(
        rect(edge, y, w * 0.05, h, stroke, "brown", 3.0)
        for edge in (left + w * 0.02, right - w * 0.02)
    )
    rail = right - w * 0.2
    rungs = "".join(
        line(rail, y - h * share, rail + w * 0.12, y - h * share, stroke)
        for share in (0.14, 0.28, 0.42, 0.56)
    )
    rails = "".join(
        line(edge, y, edge, y - h * 0.72, stroke * 1.6) for edge in (rail, rail + w * 0.12)
    )
    return lower + upper + posts + rungs + rails


def drawer(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """An open drawer full of folders, from the front."""
    parts = []
    for across, fill, up in ((-0.06, "slate", 1.0), (0.04, "sage", 0.92), (-0.02, "heather", 0.83)):
        parts.append(
            path(
                x + w * across,
                y,
                f"M{-w * 0.36:.1f} 0 V{-h * up:.1f} h{w * 0.22:.1f} l8 {h * 0.08:.1f}"
                f" H{w * 0.36:.1f} V0 Z",
                stroke,
                fill,
            )
        )
    front = h * 0.56
    return (
        "".join(parts)
        + rect(x, y, w, front, stroke, "wood", 6.0)
        + rect(x, y - front * 0.42, w * 0.3, front * 0.2, stroke, "charcoal", 4.0)
    )


def armchair(x: float, y: float, w: float, h: float, stroke: float, fill: str = "slate") -> str:
    """An easy chair from the front."""
    arm = w * 0.2
    return (
        line(x - w * 0.36, y, x - w * 0.36, y - h * 0.14, stroke * 2.2)
        + line(x + w * 0.36, y, x + w * 0.36, y - h * 0.14, stroke * 2.2)
        + rect(x, y - h * 0.2, w * 0.8, h * 0.8, stroke, fill, 20.0)
        + rect(x, y - h * 0.1, w * 0.7, h * 0.34, stroke, fill, 8.0)
        + rect(x - w * 0.4, y - h * 0.08, arm, h * 0.52, stroke, fill, 12.0)
        + rect(x + w * 0.4, y - h * 0.08, arm, h * 0.52, stroke, fill, 12.0)
    )


def night(x: float, y: float, w: float, h: float, stroke: float) -> str:
    """A window at night: a moon over dark panes."""
    moon = min(w, h) * 0.3
    left = x - w * 0.22
    crescent = (
        f"M{moon * 0.3:.1f} {-moon:.1f} A{moon / 2:.1f} {moon / 2:.1f} 0 1 0 {moon * 0.5:.1f}"
        f" {-moon * 0.25:.1f} A{moon * 0.42:.1f} {moon * 0.42:.1f} 0 0 1 {moon * 0.3:.1f}"
        f" {-moon:.1f} Z"
    )
    return (
        rect(x, y, w, h, stroke, "white", 6.0)
        + rect(x, y - 8, w - 16, h - 16, stroke, "navy", 3.0)
        + f'<path transform="translate({left:.1f},{y - h * 0.56:.1f})" d="{crescent}"'
        f' fill="{colour("honey")}"/>'
        + f'<path d="M{x:.1f} {y - h + 8:.1f} V{y - 8:.1f}" stroke="{colour("white")}"'
        f' stroke-width="{stroke * 1.6:.2f}"/>'
        + rect(x, y - 8, w - 16, h - 16, stroke, "none", 3.0)
    )


def building(
    x: float,
    y: float,
    w: float,
    h: float,
    stroke: float,
    fill: str = "cream",
    columns: int = 4,
    rows: int = 2,
) -> str:
    """A plain building with a door in the middle and rows of windows."""
    parts = [
        rect(x, y, w, h, stroke, fill, 2.0),
        rect(x, y - h + h * 0.08, w * 1.08, h * 0.1, stroke, "stone", 2.0),
    ]
    door_h = h * 0.3
    pane_w = w / (columns + 1) * 0.56
    pane_h = (h * 0.86 - door_h) / rows * 0.6
    for row in range(rows):
        foot = y - door_h - (h * 0.86 - door_h) * (row + 0.2) / rows
        for column in range(columns):
            middle = x - w / 2 + w * (column + 0.5 + 0.25) / (columns + 0.5)
            parts.append(rect(middle, foot, pane_w, pane_h, stroke * 0.75, "sky", 1.0))
    parts.append(rect(x, y, w * 0.2, door_h, stroke, "slate", 1.0))
    parts.append(line(x, y - door_h, x, y, stroke * 0.75))
    return "".join(parts)
