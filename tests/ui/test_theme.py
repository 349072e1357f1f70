"""The looks and sizes themselves: contrast by arithmetic, letters by the font's own measure."""

from __future__ import annotations

import ast
import struct
from pathlib import Path

import pytest

import kiosk.ui
from kiosk.typeset.fonts import fonts
from kiosk.ui.theme import PALETTES, TYPES, Look, Palette, Size
from tests.ui.walker import OTHER_CONTRAST, PPI, TEXT_CONTRAST, contrast

UI = Path(kiosk.ui.__file__).parent
SOURCES = sorted(UI.rglob("*.py"))

TEXT = [  # what is written in the first colour on the second
    ("ink", "page"),
    ("ink", "plate"),
    ("plate", "ink"),  # a finger is down, or a setting is on
    ("on_tool", "tool"),
    ("tool", "on_tool"),
    ("on_next", "next"),
    ("on_voice", "voice"),
]
OTHER = [  # edges and signs
    ("ink", "page"),
    ("ink", "plate"),
    ("divider", "tool"),
    ("on_voice", "voice"),
]
WIDELY = {Look.DEFAULT: 10.0, Look.BLACK_ON_WHITE: 20.0, Look.WHITE_ON_BLACK: 20.0}


def ratio(palette: Palette, one: str, two: str) -> float:
    return contrast(getattr(palette, one), getattr(palette, two))


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize(("one", "two"), TEXT)
def test_text_is_never_below_seven_to_one(look: Look, one: str, two: str) -> None:
    """WCAG 1.4.6. The low-contrast look stays between 7 and 8."""
    assert ratio(PALETTES[look], one, two) >= TEXT_CONTRAST


@pytest.mark.parametrize("look", WIDELY)
def test_words_stand_out_as_far_as_the_look_promises(look: Look) -> None:
    """VVSG 7.1-C and 7.1-D: 10:1 by default, 20:1 in black and white."""
    for one, two in (("ink", "page"), ("ink", "plate"), ("on_tool", "tool")):
        assert ratio(PALETTES[look], one, two) >= WIDELY[look]


def test_the_quiet_look_is_quiet() -> None:
    assert 4.5 <= ratio(PALETTES[Look.LOW_CONTRAST], "ink", "page") <= 8


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize(("one", "two"), OTHER)
def test_edges_and_signs_are_never_below_three_to_one(look: Look, one: str, two: str) -> None:
    """WCAG 1.4.11."""
    assert ratio(PALETTES[look], one, two) >= OTHER_CONTRAST


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("ground", ["page", "plate", "tool"])
def test_one_of_the_two_rings_of_focus_shows_on_any_ground(look: Look, ground: str) -> None:
    """WCAG 2.4.13."""
    palette = PALETTES[look]
    rings = (ratio(palette, "ring_inner", ground), ratio(palette, "ring_outer", ground))
    assert max(rings) >= OTHER_CONTRAST
    assert ratio(palette, "ring_inner", "ring_outer") >= OTHER_CONTRAST


@pytest.mark.parametrize("look", Look)
def test_next_can_be_told_from_the_page(look: Look) -> None:
    palette = PALETTES[look]
    assert ratio(palette, "next", "page") >= OTHER_CONTRAST
    assert palette.edged_tool or ratio(palette, "tool", "page") >= OTHER_CONTRAST


# --- how large ---------------------------------------------------------------------------------

CAPITALS = {  # VVSG 2.0 7.1-G and 7.1-H: capital letters, in mm
    Size.SMALL: (3.5, 4.2),
    Size.DEFAULT: (4.8, 5.6),
    Size.LARGE: (6.4, 7.1),
    Size.LARGEST: (8.5, 9.0),
}


def capital_share() -> float:
    """Height of a capital letter to the type's size, from Andika's own OS/2 table."""
    data = fonts().faces[0].regular.read_bytes()
    tables = {}
    for at in range(struct.unpack(">H", data[4:6])[0]):
        tag, _sum, offset, _length = struct.unpack(">4sIII", data[12 + 16 * at : 28 + 16 * at])
        tables[tag] = offset
    units = struct.unpack(">H", data[tables[b"head"] + 18 : tables[b"head"] + 20])[0]
    capital = struct.unpack(">h", data[tables[b"OS/2"] + 88 : tables[b"OS/2"] + 90])[0]
    return float(capital / units)


def millimetres(size: float) -> float:
    return size * capital_share() / PPI * 25.4


@pytest.mark.parametrize("size", Size)
def test_capitals_are_as_high_as_promised(size: Size) -> None:
    least, most = CAPITALS[size]
    assert least <= round(millimetres(TYPES[size].body), 1) <= most
    assert TYPES[size].heading >= TYPES[size].body


def test_the_largest_can_be_read_from_sixty_centimetres() -> None:
    """EN 301 549 5.1.4: 0.7 degrees at the distance named; 7.33 mm at 600 mm."""
    assert millimetres(TYPES[Size.LARGEST].body) >= 0.01222 * 600


def test_nothing_is_smaller_than_the_least() -> None:
    assert min(kind.small for kind in TYPES.values()) >= 29
    assert min(kind.body for kind in TYPES.values()) >= 29


def test_the_sizes_go_round() -> None:
    size, seen = Size.DEFAULT, []
    for _ in Size:
        seen.append(size)
        size = size.bigger
    assert set(seen) == set(Size)
    assert size is Size.DEFAULT


# --- still, and never scrolled -----------------------------------------------------------------


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


NEVER = ("kivy.animation", "kivy.uix.scroll", "kivy.uix.carousel", "kivy.uix.stencil",
         "kivy.effects", "kivy.gesture", "kivy.uix.textinput", "kivy.uix.video",
         "kivy.core.clipboard")  # fmt: skip


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.stem)
def test_nothing_moves_scrolls_or_is_dragged(file: Path) -> None:
    """WCAG 2.3.3, 1.4.10, 2.5.7; EN 301 549 5.9. And nothing goes through the clipboard."""
    assert [name for name in imported(file) if name.startswith(NEVER)] == []
