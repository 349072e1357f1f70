"""SVG to PNG, and where the ink of a fragment lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import cast

import resvg_py
from PIL import Image

REACH = 480.0
"""No part of a scene reaches further than this from its middle, in stage units."""

_PIXELS_PER_UNIT = 0.25
RGB = tuple[int, int, int]
_COLOURS = 256  # as many as a byte can name


@dataclass(frozen=True)
class Extent:
    """A box in stage units: left, top, right, bottom; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Stage units across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Stage units down."""
        return self.bottom - self.top

    def joined(self, other: Extent) -> Extent:
        """The smallest box round both."""
        return Extent(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def png(svg: str, zoom: float) -> bytes:
    """PNG of an SVG, `zoom` pixels for each of its units, without any font of the machine."""
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, skip_system_fonts=True)


def in_few_colours(whole: bytes) -> bytes:
    """The same PNG with its 256 commonest colours, if nothing shows through it.

    Flat drawings have some 300, the rest of them on edges (off by 16 of 255 at most, measured), and
    are then read seven times as fast: the first screen waited 60 ms for its one picture.
    """
    with Image.open(BytesIO(whole)) as image:
        if image.getextrema()[-1] != (255, 255):
            return whole
        plain = image.convert("RGB")
    counted = plain.getcolors(plain.width * plain.height)
    assert counted is not None  # there are no more colours than pixels
    commonest = [cast(RGB, colour) for _count, colour in sorted(counted, reverse=True)[:_COLOURS]]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in commonest for part in colour])
    packed = BytesIO()
    plain.quantize(palette=palette, dither=Image.Dither.NONE).save(packed, "PNG")
    return packed.getvalue()


@lru_cache(maxsize=2048)
def ink(fragment: str) -> Extent:
    """Where a fragment has ink, to four stage units; a box of nothing if it has none."""
    side = REACH * 2
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-REACH} {-REACH} {side} {side}"'
        f' width="{side * _PIXELS_PER_UNIT}" height="{side * _PIXELS_PER_UNIT}">{fragment}</svg>'
    )
    with Image.open(BytesIO(png(svg, 1.0))) as image:
        box = image.convert("RGBA").getchannel("A").getbbox()
    if box is None:
        return Extent(0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = (edge / _PIXELS_PER_UNIT - REACH for edge in box)
    return Extent(left, top, right, bottom)
