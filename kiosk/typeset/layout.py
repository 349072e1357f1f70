"""Pango layouts at arm's length: made, wrapped, measured and asked for their words.

Lengths are pixels or points, never Pango's units; y grows downwards. Offsets into text are
characters, but where a name says bytes (Pango counts UTF-8).
"""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from kiosk.typeset import foreign

_LINE_BREAK, _WORD_START, _WORD_END = 1 << 0, 1 << 5, 1 << 6  # bits of PangoLogAttr
_PARTING = "–—/…"  # besides spaces, what parts two words


class Box(NamedTuple):
    """A rectangle from a top left corner that the maker names."""

    x: float
    y: float
    w: float
    h: float


class Line(NamedTuple):
    """One line of a layout. `y` is its top; `x` and `w` its words' own; `ink` may reach beyond."""

    pointer: Any  # PangoLayoutLine *, the layout's own
    x: float
    y: float
    w: float
    ink: Box

    @property
    def first_byte(self) -> int:
        """Where the line starts in the text."""
        return int(foreign.pango.pango_layout_line_get_start_index(self.pointer))

    @property
    def last_byte(self) -> int:
        """The byte after the line's last."""
        length = int(foreign.pango.pango_layout_line_get_length(self.pointer))
        return self.first_byte + length


def describe(families: str, size: float, *, bold: bool) -> Any:
    """A collected `PangoFontDescription *`: a comma-separated list of families, `size` high."""
    pango = foreign.pango
    made = pango.pango_font_description_new()
    described = foreign.ffi.gc(made, pango.pango_font_description_free)
    pango.pango_font_description_set_family(described, families.encode())
    pango.pango_font_description_set_absolute_size(described, size * foreign.UNITS)
    weight = pango.PANGO_WEIGHT_BOLD if bold else pango.PANGO_WEIGHT_NORMAL
    pango.pango_font_description_set_weight(described, weight)
    return described


def new_layout(context: Any, text: str, described: Any) -> Any:
    """A collected `PangoLayout *` of `text`, in the faces of a description."""
    pango = foreign.pango
    layout = foreign.ffi.gc(
        pango.pango_layout_new(context), foreign.pangocffi.gobject.g_object_unref
    )
    pango.pango_layout_set_font_description(layout, described)  # takes a copy
    # The direction is the language's, never that of the first letter.
    pango.pango_layout_set_auto_dir(layout, 0)
    pango.pango_layout_set_wrap(layout, pango.PANGO_WRAP_WORD_CHAR)
    encoded = text.encode()
    pango.pango_layout_set_text(layout, encoded, len(encoded))
    return layout


def wrap(layout: Any, width: float) -> int:
    """Wrap to `width`, inside words where nothing else fits; gives the number of lines."""
    foreign.pango.pango_layout_set_width(layout, max(1, int(width * foreign.UNITS)))
    return line_count(layout)


def line_count(layout: Any) -> int:
    """How many lines; 1 for no text."""
    return int(foreign.pango.pango_layout_get_line_count(layout))


def unknown_glyphs(layout: Any) -> int:
    """How many letters none of the faces has."""
    return int(foreign.pango.pango_layout_get_unknown_glyphs_count(layout))


def widest_piece(layout: Any) -> float:
    """Width of the widest piece that may not be broken. Leaves the layout wrapped: make one for it."""
    foreign.pango.pango_layout_set_wrap(layout, foreign.pango.PANGO_WRAP_WORD)
    foreign.pango.pango_layout_set_width(layout, 1)
    return extents(layout)[1].w


def extents(layout: Any) -> tuple[Box, Box, float]:
    """(ink, box, baseline of the first line), as Pango spaces the lines."""
    ink, logical = foreign.ffi.new("PangoRectangle *"), foreign.ffi.new("PangoRectangle *")
    foreign.pango.pango_layout_get_extents(layout, ink, logical)
    baseline = foreign.pango.pango_layout_get_baseline(layout) / foreign.UNITS
    return _box(ink), _box(logical), float(baseline)


def lines_of(
    layout: Any, pitch: float, baseline: float, width: float | None, share: float
) -> list[Line]:
    """The lines, `pitch` apart, each with its baseline so far below its top.

    `share` of what a line leaves free of `width` (the widest line's, when None) is at its left.
    Pango would do both itself, but spread those lines on which two faces meet.
    """
    pango, ffi, units = foreign.pango, foreign.ffi, foreign.UNITS
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    found = []
    for index in range(line_count(layout)):
        pointer = pango.pango_layout_get_line_readonly(layout, index)
        pango.pango_layout_line_get_extents(pointer, ink, logical)  # y 0 is the baseline
        y = pitch * index
        inked = Box(
            ink.x / units, ink.y / units + y + baseline, ink.width / units, ink.height / units
        )
        found.append(Line(pointer, 0.0, y, logical.width / units, inked))
    if share and found:
        widest = max(line.w for line in found) if width is None else width
        found = [_moved(line, share * (widest - line.w)) for line in found]
    return found


def _moved(line: Line, right: float) -> Line:
    ink = line.ink
    return Line(line.pointer, right, line.y, line.w, Box(ink.x + right, ink.y, ink.w, ink.h))


def x_ranges(line: Line, first: int, last: int) -> list[tuple[float, float]]:
    """(left, right) of bytes first..last in a line, from the line's left; touching ones joined."""
    ffi = foreign.ffi
    ranges, count = ffi.new("int **"), ffi.new("int *")
    foreign.pango.pango_layout_line_get_x_ranges(line.pointer, first, last, ranges, count)
    edges = [edge / foreign.UNITS for edge in ranges[0][0 : 2 * count[0]]]
    foreign.pangocffi.glib.g_free(ranges[0])
    found: list[tuple[float, float]] = []
    for left, right in sorted(zip(edges[::2], edges[1::2], strict=True)):
        if found and left - found[-1][1] < 0.01:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        elif right > left:
            found.append((left, right))
    return found


class Marks:
    """What Unicode says of each place between the characters of a layout's text."""

    def __init__(self, layout: Any) -> None:
        count = foreign.ffi.new("int *")
        marks = foreign.pango.pango_layout_get_log_attrs_readonly(layout, count)
        self._marks = list(foreign.ffi.cast("uint32_t *", marks)[0 : count[0]])

    def may_break(self, place: int) -> bool:
        """True where a line may end without breaking a word."""
        return bool(self._marks[place] & _LINE_BREAK)

    def words(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each word; parts with no space between them ("don't") are one word."""
        found: list[tuple[int, int]] = []
        start = -1
        for place, mark in enumerate(self._marks):
            if mark & _WORD_END and start >= 0:
                end = place
                while unicodedata.category(text[end - 1]) == "Cf":  # marks of direction
                    end -= 1
                if found and not _parted(text[found[-1][1] : start]):
                    start = found.pop()[0]
                found.append((start, end))
                start = -1
            if mark & _WORD_START:
                start = place
        return found


def _parted(between: str) -> bool:
    return any(char.isspace() or char in _PARTING for char in between)


def _box(rectangle: Any) -> Box:
    units = float(foreign.UNITS)
    return Box(
        rectangle.x / units, rectangle.y / units, rectangle.width / units, rectangle.height / units
    )
