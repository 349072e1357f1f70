"""Boxes, lines and outlines, which all other shapes are made of.

Every shape takes its place from the middle of its foot (`x`, `y`), as things stand on a table, `y`
growing downwards, and the outline's width `stroke`, all in stage units. Colours are names of the
palette.
"""

from __future__ import annotations

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


def line(
    x: float, y: float, x2: float, y2: float, stroke: float, stroke_colour: str = "ink"
) -> str:
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
