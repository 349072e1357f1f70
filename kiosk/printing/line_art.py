"""Pictures as paper takes them: black outlines, no fills, so that any printer shows them."""

from __future__ import annotations

import io
import re

import resvg_py
from PIL import Image

_INK = {"#26152f", "#000000", "#000", "black"}  # the palette's outline, and pure black
_PAINT = re.compile(r'\b(fill|stroke)="(?!none)([^"]*)"')
_STYLE_PAINT = re.compile(r"\b(fill|stroke)\s*:\s*(?!none)([^;\"']+)")
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([0-9.]+)')
_STROKE = re.compile(r'\bstroke-width="([0-9.]+)"')
_BOLDER = 1.35  # times the screen's outline: what is small and black needs more weight


def outlines(svg: str) -> str:
    """The SVG with its outline black and somewhat bolder, and everything else white."""

    def plain(colour: str) -> str:
        return "#000" if colour.strip().lower() in _INK else "#fff"

    svg = _PAINT.sub(lambda found: f'{found[1]}="{plain(found[2])}"', svg)
    svg = _STYLE_PAINT.sub(lambda found: f"{found[1]}:{plain(found[2])}", svg)
    return _STROKE.sub(lambda found: f'stroke-width="{float(found[1]) * _BOLDER:.3f}"', svg)


def outlines_png(svg: str, pixels: int) -> bytes:
    """The outlines as a grey PNG about `pixels` wide, on white.

    White and not clear: some readers show the edge of a clear part as a grey line.
    """
    found = _SIZE.search(svg)
    zoom = pixels / float(found.group(1)) if found else 1.0
    drawn = resvg_py.svg_to_bytes(
        svg_string=outlines(svg), zoom=zoom, background="white", skip_system_fonts=True
    )
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.convert("L").save(out, "PNG")
    return out.getvalue()
