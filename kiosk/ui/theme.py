"""Colours, sizes and measures of every screen, as shared look/LOOK.md gives them.

Lengths are design pixels: those of a 10.1 inch panel of 1280 by 800 at 149 pixels an inch
(1 mm = 5.87). `Dress.u()` turns them into pixels of the window at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Colour = tuple[float, float, float, float]

LANDSCAPE = (1280, 800)
PORTRAIT = (800, 1280)

MARGIN = 48
GAP = 32
UNIT = 8
BORDER = 4
CHOSEN_BORDER = 12
RADIUS_BOX = 20
RADIUS_BUTTON = 16
RADIUS_INSIDE = 11
FOOT_HEIGHT = 88
FOOT_ABOVE_BAR = 24


def _colour(hex_rgb: str) -> Colour:
    red, green, blue = (int(hex_rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return (red, green, blue, 1.0)


class Look(StrEnum):
    """The four looks that a person can choose."""

    DEFAULT = "default"
    BLACK_ON_WHITE = "black-on-white"
    WHITE_ON_BLACK = "white-on-black"
    LOW_CONTRAST = "low-contrast"


@dataclass(frozen=True, slots=True)
class Palette:
    """One look's colours. Text on its ground is 7:1 or better everywhere (WCAG 1.4.6)."""

    page: Colour
    plate: Colour
    ink: Colour
    tool: Colour
    on_tool: Colour
    next: Colour
    on_next: Colour
    divider: Colour
    voice: Colour
    on_voice: Colour
    rule: Colour
    ring_inner: Colour
    ring_outer: Colour
    picture_ground: Colour
    picture_strength: float
    edged_tool: bool  # tool surfaces need a drawn edge to be told from the page


_WHITE, _BLACK = _colour("FFFFFF"), _colour("000000")

PALETTES: dict[Look, Palette] = {
    Look.DEFAULT: Palette(
        page=_colour("F5EFF1"),
        plate=_WHITE,
        ink=_colour("26152F"),
        tool=_colour("3A2148"),
        on_tool=_WHITE,
        next=_colour("3A2148"),
        on_next=_WHITE,
        divider=_colour("9C86AC"),
        voice=_colour("FFC94D"),
        on_voice=_colour("26152F"),
        rule=_colour("C9B8D3"),
        ring_inner=_colour("FFC94D"),
        ring_outer=_colour("26152F"),
        picture_ground=_WHITE,
        picture_strength=1.0,
        edged_tool=False,
    ),
    Look.BLACK_ON_WHITE: Palette(
        page=_WHITE,
        plate=_WHITE,
        ink=_BLACK,
        tool=_BLACK,
        on_tool=_WHITE,
        next=_BLACK,
        on_next=_WHITE,
        divider=_WHITE,
        voice=_WHITE,
        on_voice=_BLACK,
        rule=_colour("999999"),
        ring_inner=_WHITE,
        ring_outer=_BLACK,
        picture_ground=_WHITE,
        picture_strength=1.0,
        edged_tool=False,
    ),
    Look.WHITE_ON_BLACK: Palette(
        page=_BLACK,
        plate=_BLACK,
        ink=_WHITE,
        tool=_BLACK,
        on_tool=_WHITE,
        next=_WHITE,
        on_next=_BLACK,
        divider=_WHITE,
        voice=_BLACK,
        on_voice=_WHITE,
        rule=_colour("777777"),
        ring_inner=_BLACK,
        ring_outer=_colour("FFC94D"),
        picture_ground=_WHITE,
        picture_strength=1.0,
        edged_tool=True,
    ),
    Look.LOW_CONTRAST: Palette(
        page=_colour("CFC7CA"),
        plate=_colour("D6CFD2"),
        ink=_colour("3D3342"),
        tool=_colour("423749"),
        on_tool=_colour("D9D2D6"),
        next=_colour("423749"),
        on_next=_colour("D9D2D6"),
        divider=_colour("A99FAE"),
        voice=_colour("E6C67A"),
        on_voice=_colour("3D3342"),
        rule=_colour("9F93A0"),
        ring_inner=_colour("E6C67A"),
        ring_outer=_colour("3D3342"),
        picture_ground=_colour("D6CFD2"),
        picture_strength=0.74,
        edged_tool=False,
    ),
}


class Size(StrEnum):
    """The four sizes of words, least first."""

    SMALL = "small"
    DEFAULT = "default"
    LARGE = "large"
    LARGEST = "largest"

    @property
    def roomy(self) -> bool:
        """Large and Largest share the layouts with fewer things on a page."""
        return self in (Size.LARGE, Size.LARGEST)

    @property
    def bigger(self) -> Size:
        """The next size up; after the largest, the smallest."""
        sizes = list(Size)
        return sizes[(sizes.index(self) + 1) % len(sizes)]


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes in design pixels, and the heights that follow from them."""

    body: int
    heading: int
    small: int
    bar_height: int
    hide: tuple[int, int]
    foot_height: int
    label_spacing: float  # line height of words in boxes


TYPES: dict[Size, Type] = {
    Size.SMALL: Type(31, 38, 29, 112, (244, 88), 88, 1.2),
    Size.DEFAULT: Type(40, 48, 30, 112, (244, 88), 88, 1.2),
    Size.LARGE: Type(54, 60, 33, 124, (258, 96), 100, 1.12),
    Size.LARGEST: Type(69, 69, 36, 136, (270, 104), 114, 1.06),
}
PARAGRAPH_SPACING = 1.5
HEADING_SPACING = 1.25
SENTENCE_GAP = 24


@dataclass(frozen=True, slots=True)
class Dress:
    """How this person wants it, on this window. Frozen: a change makes a new screen."""

    language: str = "en"
    rtl: bool = False
    look: Look = Look.DEFAULT
    size: Size = Size.DEFAULT
    pictures: bool = True
    window: tuple[int, int] = LANDSCAPE

    @property
    def portrait(self) -> bool:
        return self.window[1] > self.window[0]

    @property
    def scale(self) -> float:
        """Window pixels to one design pixel."""
        width, height = PORTRAIT if self.portrait else LANDSCAPE
        return min(self.window[0] / width, self.window[1] / height)

    @property
    def width(self) -> float:
        """Design pixels across the window; at least 1280, or 800 upright."""
        return self.window[0] / self.scale

    @property
    def height(self) -> float:
        """Design pixels down the window; at least 800, or 1280 upright."""
        return self.window[1] / self.scale

    @property
    def type(self) -> Type:
        return TYPES[self.size]

    @property
    def palette(self) -> Palette:
        return PALETTES[self.look]

    @property
    def bar_height(self) -> int:
        return 148 if self.portrait else self.type.bar_height

    def u(self, design_pixels: float) -> float:
        """Design pixels as pixels of the window."""
        return design_pixels * self.scale
