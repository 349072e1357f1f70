"""Pictures as paper takes them: black outlines, no fills, so that any printer shows them."""

from __future__ import annotations

import re

import resvg_py

_INK = {"#26152f", "#000000", "#000", "black"}  # the palette's outline, and pure black
_PAINT = re.compile(r'\b(fill|stroke)="(?!none)([^"]*)"')
_STYLE_PAINT = re.compile(r"\b(fill|stroke)\s*:\s*(?!none)([^;\"']+)")
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([0-9.]+)')


def outlines(svg: str) -> str:
    """The SVG with its outline black and everything else white."""

    def plain(colour: str) -> str:
        return "#000" if colour.strip().lower() in _INK else "#fff"

    svg = _PAINT.sub(lambda found: f'{found[1]}="{plain(found[2])}"', svg)
    return _STYLE_PAINT.sub(lambda found: f"{found[1]}:{plain(found[2])}", svg)


def outlines_png(svg: str, pixels: int) -> bytes:
    """The outlines as a PNG about `pixels` wide, white where the picture is, clear elsewhere."""
    found = _SIZE.search(svg)
    zoom = pixels / float(found.group(1)) if found else 1.0
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=outlines(svg), zoom=zoom, skip_system_fonts=True
    )
    return drawn
