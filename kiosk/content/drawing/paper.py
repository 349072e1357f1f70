"""Paper: sheets, forms, receipts, folders, calendars, cards."""

from __future__ import annotations

from kiosk.content.drawing.basics import ellipse, line, path, rect
from kiosk.content.drawing.palette import INK, colour


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


def receipt(x: float, y: float, w: float, h: float, stroke: float, lines: int = 2) -> str:
    """The paper that the kiosk gives: a square of squares above lines, the last one short."""
    parts = [rect(x, y, w, h, stroke, "white", 3.0)]
    unit = w * 0.62 / 7
    left, top = x - unit * 3.5, y - h + w * 0.2
    dark = ("1110111", "1010101", "1110111", "0101010", "1110110", "1011001", "1110111")
    cells = "".join(
        f"M{left + column * unit:.2f} {top + row * unit:.2f}h{unit:.2f}v{unit:.2f}h{-unit:.2f}z"
        for row, flags in enumerate(dark)
        for column, flag in enumerate(flags)
        if flag == "1"
    )
    # The thin line closes the seams that appear between neighbouring squares.
    parts.append(
        f'<path d="{cells}" fill="{INK}" stroke="{INK}" stroke-width="{unit * 0.08:.2f}"/>'
    )
    below = top + unit * 7
    gap = (y - below) / (lines + 0.7)
    for number in range(lines):
        height = below + gap * (number + 0.85)
        short = number == lines - 1
        parts.append(
            line(x - w * 0.3, height, x + w * (0.1 if short else 0.3), height, stroke * 0.75)
        )
    return "".join(parts)


def folder(
    x: float,
    y: float,
    w: float,
    h: float,
    stroke: float,
    fill: str = "heather",
    pages: int = 2,
) -> str:
    """An open folder lying towards us, with a written sheet on either side, or empty."""
    cover = rect(x, y, w, h, stroke, fill, 8.0)
    if not pages:
        return cover + line(x, y - h, x, y, stroke)
    page_w, page_h = w * 0.37, h * 0.92
    return (
        cover
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


def calendar(
    x: float,
    y: float,
    w: float,
    h: float,
    stroke: float,
    fill: str = "plum",
    ringed: int = -1,
    marked: str = "",
) -> str:
    """A month on the wall: 4 rows of 5 days.

    The day numbered `ringed` from 0 has a ring; `marked` colours no day, one "week", or "all".
    """
    head = h * 0.26
    across, down = w / 6, (h - head) / 5
    parts = [rect(x, y, w, h, stroke, "white", 4.0)]
    for week in {"week": (1,), "all": (0, 1, 2, 3)}.get(marked, ()):
        foot = y - h + head + down * (week + 1.5)
        parts.append(rect(x, foot, w * 0.9, down, stroke * 0.8, "honey", 4.0))
    hole = head * 0.42
    top = f"M{-w / 2:.1f} {head:.1f} V4 q0 -4 4 -4 h{w - 8:.1f} q4 0 4 4 V{head:.1f} Z"
    parts.append(path(x, y - h, top, stroke, fill))
    parts.extend(
        ellipse(x + w * side, y - h + head / 2 + hole / 2, hole, hole, stroke * 0.8)
        for side in (-0.25, 0.25)
    )
    dot = min(across, down) * 0.5
    for day in range(20):
        day_x = x - w / 2 + across * (day % 5 + 1)
        day_y = y - h + head + down * (day // 5 + 1)
        parts.append(ellipse(day_x, day_y + dot / 2, dot, dot, 0, "ink"))
        if day == ringed:
            ring = dot * 2.8
            parts.append(ellipse(day_x, day_y + ring / 2, ring, ring, stroke, "none"))
    return "".join(parts)


def card(x: float, y: float, w: float, h: float, stroke: float, fill: str = "white") -> str:
    """A card with a small head and shoulders and two lines."""
    head = h * 0.26
    left = x - w * 0.25
    shoulders = (
        f"M{-h * 0.24:.1f} 0 q0 {-h * 0.26:.1f} {h * 0.24:.1f} {-h * 0.26:.1f}"
        f" t{h * 0.24:.1f} {h * 0.26:.1f} z"
    )
    return (
        rect(x, y, w, h, stroke, fill, 8.0)
        + path(left, y - h * 0.2, shoulders, stroke * 0.8, "slate")
        + ellipse(left, y - h * 0.5, head, head, stroke * 0.8, "skin-3")
        + line(x + w * 0.06, y - h * 0.62, x + w * 0.38, y - h * 0.62, stroke * 0.8)
        + line(x + w * 0.06, y - h * 0.36, x + w * 0.26, y - h * 0.36, stroke * 0.8)
    )


def booklet(x: float, y: float, w: float, h: float, stroke: float, fill: str = "rust") -> str:
    """A travel document, closed: a plain ring on its cover, no nation's sign."""
    ring = w * 0.44
    return (
        rect(x, y, w, h, stroke, fill, 6.0)
        + line(x - w * 0.34, y - h, x - w * 0.34, y, stroke * 0.75)
        + ellipse(x + w * 0.1, y - h * 0.42, ring, ring, stroke, "honey")
        + line(x - w * 0.12, y - h * 0.2, x + w * 0.32, y - h * 0.2, stroke)
    )


def letter(x: float, y: float, w: float, h: float, stroke: float, fill: str = "white") -> str:
    """A closed envelope, from behind."""
    return rect(x, y, w, h, stroke, fill, 4.0) + path(
        x,
        y - h,
        f"M{-w / 2 + 2:.1f} 3 L0 {h * 0.56:.1f} L{w / 2 - 2:.1f} 3",
        stroke,
        "none",
    )


def note(x: float, y: float, w: float, h: float, stroke: float, fill: str = "pale") -> str:
    """A bank note with a pound sign in its middle ring."""
    ring = h * 0.74
    unit = ring / 20
    pound = (
        f"M{4 * unit:.1f} {-6 * unit:.1f} Q{3 * unit:.1f} {-8.5 * unit:.1f} 0 {-8.5 * unit:.1f}"
        f" Q{-3.4 * unit:.1f} {-8.5 * unit:.1f} {-3 * unit:.1f} {-4 * unit:.1f}"
        f" Q{-2.6 * unit:.1f} {2 * unit:.1f} {-4 * unit:.1f} {5 * unit:.1f}"
        f" H{4.4 * unit:.1f} M{-4.4 * unit:.1f} {-1.2 * unit:.1f} H{2.4 * unit:.1f}"
    )
    return (
        rect(x, y, w, h, stroke, fill, 5.0)
        + ellipse(x, y - h * 0.13, ring, ring, stroke * 0.75, "white")
        + path(x, y - h * 0.5 + 1.5 * unit, pound, stroke * 0.8, "none")
        + line(x - w * 0.4, y - h * 0.5, x - w * 0.3, y - h * 0.5, stroke * 0.75)
        + line(x + w * 0.3, y - h * 0.5, x + w * 0.4, y - h * 0.5, stroke * 0.75)
    )


def binder(x: float, y: float, w: float, h: float, stroke: float, fill: str = "heather") -> str:
    """A closed folder lying on the table, the edge of one sheet showing."""
    tab = h * 0.16
    return rect(x + w * 0.04, y - h * 0.16, w * 0.86, h * 0.94, stroke, "white", 3.0) + path(
        x,
        y,
        f"M{-w / 2:.1f} 0 V{-h + tab:.1f} q0 -4 4 -4 h{w * 0.34:.1f} l{tab:.1f} {tab:.1f}"
        f" H{w / 2 - 4:.1f} q4 0 4 4 V0 Z",
        stroke,
        fill,
    )


def clipboard(x: float, y: float, w: float, h: float, stroke: float, lines: int = 3) -> str:
    """A clipboard with a written sheet."""
    clip_w, clip_h = w * 0.36, h * 0.12
    return (
        rect(x, y, w, h, stroke, "brown", 6.0)
        + sheet(x, y - h * 0.07, w * 0.78, h * 0.8, stroke * 0.8, lines)
        + rect(x, y - h * 0.9, clip_w, clip_h, stroke * 0.8, "stone", 3.0)
    )
