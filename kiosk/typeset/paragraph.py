"""One paragraph of any script: its size, its words, its pixels.

Lengths are pixels on screens and points on paper; y grows downwards from the paragraph's top left.
A line is exactly `line_height` times the type's size high, as in CSS; ink that reaches out of the
box (an accent, a descender) does not change its size: `bleed` says by how much it reaches.
"""

from __future__ import annotations

import math
import threading
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from kiosk.typeset import foreign
from kiosk.typeset.fonts import SCREEN_STEP, Fonts, fonts, new_layout

Align = Literal["start", "center", "end"]
Rgba = tuple[float, float, float, float]

_LINE_BREAK, _WORD_START, _WORD_END = 1 << 0, 1 << 5, 1 << 6  # bits of PangoLogAttr
_KEPT = 256  # laid-out paragraphs kept by each thread


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set. `size` is the Latin size; other scripts are enlarged from it.

    `line_height` is in sizes (1.5 for body); 0 leaves it to the faces. `balance` makes the lines of
    a heading about as long as each other, with no lone last word. `step` is what enlarged sizes are
    rounded up to (0 on paper: not at all).
    """

    size: float
    bold: bool = False
    language: str = "en"
    rtl: bool = False
    line_height: float = 1.5
    align: Align = "start"
    balance: bool = False
    step: float = SCREEN_STEP


class Box(NamedTuple):
    """A rectangle from the paragraph's top left: as wide as the words, as high as the line."""

    x: float
    y: float
    w: float
    h: float


class Bleed(NamedTuple):
    """How far ink reaches out of the paragraph's box at each side; never negative."""

    left: float
    top: float
    right: float
    bottom: float


class Paragraph:
    """Text laid out in `width` (or on one line per newline, when `width` is None).

    Raises ContentFaulty when the fonts cannot be used. `width` may be exceeded only when a single
    letter is wider; a word that does not fit is broken, and `broken_words` counts those.
    """

    def __init__(self, text: str, style: TextStyle, width: float | None = None) -> None:
        self.text = text
        self.style = style
        table = fonts()
        self.size = table.scaled(style.size, style.language, style.step)
        above, self.below = (part * self.size for part in table.reach(style.language))
        leading = style.line_height * table.setting(style.language).line_factor
        self.line = leading * self.size if leading else above + self.below
        self.baseline = (self.line + above - self.below) / 2  # half the leading above, half below
        self._set_width = width
        self._set_text = text
        self._layout = self._lay_out(table, text)
        self._shift = 0.0
        if width is not None:
            self._wrap(width)
            if style.balance and self.line_count > 1:
                self._balance(table, width)
        self._measure()

    # --- measures ------------------------------------------------------------------------------

    @staticmethod
    def height_for(text: str, style: TextStyle, width: float | None) -> float:
        """Height of `text` set in `width`, from this thread's kept layouts; 0 for no text."""
        return lay_out(text, style, width).height if text else 0.0

    @property
    def line_count(self) -> int:
        """How many lines; 1 for no text at all."""
        return int(foreign.pango.pango_layout_get_line_count(self._layout))

    @cached_property
    def unknown_glyphs(self) -> int:
        """How many letters none of our faces has: they show as boxes, and must be none."""
        return int(foreign.pango.pango_layout_get_unknown_glyphs_count(self._layout))

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """(start, end) of each line, in characters of `text`, in reading order."""
        to_char = {byte: char for char, byte in enumerate(self._byte_offsets)}
        return [tuple(to_char[byte] for byte in _bytes_of(line)) for line in self._lines]

    @cached_property
    def broken_words(self) -> int:
        """How many lines start inside a word that was too wide; screens should have none."""
        flags = self._flags
        return sum(1 for start, _ in self.lines[1:] if start and not flags[start] & _LINE_BREAK)

    # --- words and boxes -----------------------------------------------------------------------

    def words(self) -> list[tuple[int, int]]:
        """(start, end) of each word in characters, by Unicode's rules for all scripts.

        Parts with no space between them ("don't", "well-known") are one word, since that is how a
        voice reports them; punctuation round a word is left out.
        """
        return self._words

    def word_at(self, offset: int) -> int:
        """Index of the word that holds, or else follows, character `offset`; -1 past the last."""
        for index, (_, end) in enumerate(self._words):
            if offset < end:
                return index
        return -1

    def boxes(self, start: int, end: int) -> list[Box]:
        """Where characters start..end lie: a box a line, or more where directions mix."""
        first, last = self._byte_offsets[start], self._byte_offsets[end]
        found: list[Box] = []
        for line in self._lines:
            starts, ends = _bytes_of(line)
            a, b = max(first, starts), min(last, ends)
            if a < b:
                for left, right in _x_ranges(line.pointer, a, b):
                    found.append(Box(left + self._shift, line.y, right - left, self.line))
        return found

    # --- drawing -------------------------------------------------------------------------------

    def draw(self, context: Any, x: float, y: float) -> None:
        """Draw on a cairocffi context with its current colour, the top left at (x, y)."""
        for line in self._lines:
            context.move_to(x + line.x, y + line.y + self.baseline)
            foreign.show_line(context, line.pointer)

    def pixel_size(self, margin: int = 0) -> tuple[int, int]:
        """(width, height) in whole pixels of what `rgba` draws with this margin."""
        return math.ceil(self.width - 1e-6) + 2 * margin, math.ceil(self.height - 1e-6) + 2 * margin

    def rgba(self, colour: Rgba = (0.0, 0.0, 0.0, 1.0), margin: int = 0) -> bytes:
        """Pixels, straight alpha, 4 bytes each, top row first; `margin` px more on every side.

        Colour everywhere is `colour`; only alpha varies, so that scaling never fringes.
        """
        w, h = self.pixel_size(margin)
        return self.rgba_in(w, h, margin, margin, colour)

    def rgba_in(self, w: int, h: int, x: float, y: float, colour: Rgba) -> bytes:
        """As `rgba`, in a picture of w × h px with the paragraph's top left at (x, y)."""
        cairo = foreign.cairocffi
        stride = cairo.ImageSurface.format_stride_for_width(cairo.FORMAT_A8, w)
        coverage = bytearray(stride * h)
        surface = cairo.ImageSurface(cairo.FORMAT_A8, w, h, coverage, stride)
        context = cairo.Context(surface)
        context.set_source_rgba(0, 0, 0, colour[3])
        self.draw(context, x, y)
        surface.finish()
        if stride != w:
            coverage = bytearray().join(
                coverage[row : row + w] for row in range(0, stride * h, stride)
            )
        ink = bytes(min(255, max(0, round(part * 255))) for part in colour[:3])
        pixels = bytearray((ink + b"\0") * (w * h))
        pixels[3::4] = coverage
        return bytes(pixels)

    # --- laying out ----------------------------------------------------------------------------

    def _lay_out(self, table: Fonts, text: str) -> Any:
        style, pango = self.style, foreign.pango
        layout = new_layout(table, text, self.size, style.language, rtl=style.rtl, bold=style.bold)
        if style.align == "center":
            alignment = pango.PANGO_ALIGN_CENTER
        elif (style.align == "end") != style.rtl:
            alignment = pango.PANGO_ALIGN_RIGHT
        else:
            alignment = pango.PANGO_ALIGN_LEFT
        pango.pango_layout_set_alignment(layout, alignment)
        pango.pango_layout_set_wrap(layout, pango.PANGO_WRAP_WORD_CHAR)
        return layout

    def _wrap(self, width: float) -> None:
        units = max(1, math.floor(width * foreign.UNITS))
        foreign.pango.pango_layout_set_width(self._layout, units)

    def _balance(self, table: Fonts, width: float) -> None:
        """Narrow the layout as far as the same number of lines allows; share out what is left."""
        count = self.line_count
        self._keep_last_two_together(table, width, count)
        narrowest = widest_word(self.text, self.style)
        if narrowest >= width:
            return
        low, high = narrowest, width
        while high - low > 1:
            middle = (low + high) / 2
            self._wrap(middle)
            if self.line_count == count:
                high = middle
            else:
                low = middle
        self._wrap(high)
        spare = width - high
        if self.style.align == "center":
            self._shift = spare / 2
        elif (self.style.align == "end") != self.style.rtl:
            self._shift = spare

    def _keep_last_two_together(self, table: Fonts, width: float, count: int) -> None:
        """No lone last word, where that costs no further line: its space must not break."""
        before, space, last = self.text.rpartition(" ")
        if not space or " " not in before:
            return
        loose = self._layout
        joined = f"{before}\u00a0{last}"  # as many characters: offsets still hold
        self._layout = self._lay_out(table, joined)
        self._wrap(width)
        if self.line_count == count:
            self._set_text = joined
        else:
            self._layout = loose

    def _measure(self) -> None:
        self._lines = self._find_lines()
        self.height = self.line * len(self._lines)
        natural = max(line.x + line.w for line in self._lines)
        self.width = natural if self._set_width is None else self._set_width
        self.bleed = Bleed(
            max(0.0, -min(line.ink.x for line in self._lines)),
            max(0.0, -min(line.ink.y for line in self._lines)),
            max(0.0, max(line.ink.x + line.ink.w for line in self._lines) - self.width),
            max(0.0, max(line.ink.y + line.ink.h for line in self._lines) - self.height),
        )

    def _find_lines(self) -> list[_Line]:
        """Lines at even distances: Pango would spread those on which two faces meet."""
        pango, ffi, units = foreign.pango, foreign.ffi, float(foreign.UNITS)
        steps = ffi.gc(pango.pango_layout_get_iter(self._layout), pango.pango_layout_iter_free)
        ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
        found = []
        for index in range(self.line_count):
            pango.pango_layout_iter_get_line_extents(steps, ink, logical)
            y = self.line * index
            # From Pango's own baseline of this line to ours.
            down = y + self.baseline - pango.pango_layout_iter_get_baseline(steps) / units
            inked = Box(
                ink.x / units + self._shift, ink.y / units + down, ink.width / units, ink.height / units
            )
            pointer = pango.pango_layout_get_line_readonly(self._layout, index)
            x, w = logical.x / units + self._shift, logical.width / units
            found.append(_Line(pointer, x, y, w, inked))
            pango.pango_layout_iter_next_line(steps)
        return found

    @cached_property
    def _byte_offsets(self) -> list[int]:
        """Where each character starts in UTF-8, and the end; Pango counts bytes."""
        return list(accumulate((len(char.encode()) for char in self._set_text), initial=0))

    @cached_property
    def _flags(self) -> list[int]:
        """Pango's marks for each place between characters (len + 1 of them)."""
        count = foreign.ffi.new("int *")
        marks = foreign.pango.pango_layout_get_log_attrs_readonly(self._layout, count)
        return list(foreign.ffi.cast("uint32_t *", marks)[0 : count[0]])

    @cached_property
    def _words(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        start = -1
        for place, flag in enumerate(self._flags):
            if flag & _WORD_END and start >= 0:
                end = place
                while unicodedata.category(self.text[end - 1]) == "Cf":  # marks of direction
                    end -= 1
                if found and not _parted(self.text[found[-1][1] : start]):
                    start = found.pop()[0]
                found.append((start, end))
                start = -1
            if flag & _WORD_START:
                start = place
        return found


class _Line(NamedTuple):
    pointer: Any  # PangoLayoutLine *, the layout's own
    x: float
    y: float
    w: float
    ink: Box


def _bytes_of(line: _Line) -> tuple[int, int]:
    """The first byte of a line, and the byte after its last."""
    first = int(foreign.pango.pango_layout_line_get_start_index(line.pointer))
    return first, first + int(foreign.pango.pango_layout_line_get_length(line.pointer))


def _parted(between: str) -> bool:
    """True when what stands between two words parts them: a space, or a dash set as one."""
    return any(char.isspace() or char in "–—/…" for char in between)


def _x_ranges(line: Any, first: int, last: int) -> list[tuple[float, float]]:
    """(left, right) of bytes first..last in a line, touching ones joined."""
    ffi, units = foreign.ffi, float(foreign.UNITS)
    ranges, count = ffi.new("int **"), ffi.new("int *")
    foreign.pango.pango_layout_line_get_x_ranges(line, first, last, ranges, count)
    edges = [edge / units for edge in ranges[0][0 : 2 * count[0]]]
    foreign.pangocffi.glib.g_free(ranges[0])
    found: list[tuple[float, float]] = []
    for left, right in sorted(zip(edges[::2], edges[1::2], strict=True)):
        if found and left - found[-1][1] < 0.01:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        elif right > left:
            found.append((left, right))
    return found


def widest_word(text: str, style: TextStyle) -> float:
    """Width of the widest piece of `text` that may not be broken; below it, words break."""
    table = fonts()
    size = table.scaled(style.size, style.language, style.step)
    layout = new_layout(table, text, size, style.language, rtl=style.rtl, bold=style.bold)
    foreign.pango.pango_layout_set_wrap(layout, foreign.pango.PANGO_WRAP_WORD)
    foreign.pango.pango_layout_set_width(layout, 1)
    logical = foreign.ffi.new("PangoRectangle *")
    foreign.pango.pango_layout_get_extents(layout, foreign.ffi.NULL, logical)
    return float(logical.width) / foreign.UNITS


# --- kept layouts ------------------------------------------------------------------------------

_Key = tuple[str, TextStyle, float | None, int]


class _Kept(threading.local):
    """Each thread's laid-out paragraphs, oldest use first (Pango layouts stay in one thread)."""

    def __init__(self) -> None:
        self.paragraphs: OrderedDict[_Key, Paragraph] = OrderedDict()
        self.visit = 0


_kept = _Kept()
_visit = 0


def lay_out(text: str, style: TextStyle, width: float | None = None) -> Paragraph:
    """A `Paragraph`, kept so that measuring a page and then drawing it lays it out once."""
    if _kept.visit != _visit:
        _kept.paragraphs.clear()
        _kept.visit = _visit
    key = (text, style, width, id(fonts()))
    paragraph = _kept.paragraphs.get(key)
    if paragraph is None:
        paragraph = _kept.paragraphs[key] = Paragraph(text, style, width)
        if len(_kept.paragraphs) > _KEPT:
            _kept.paragraphs.popitem(last=False)
    else:
        _kept.paragraphs.move_to_end(key)
    return paragraph


def forget_paragraphs() -> None:
    """Drop every kept layout: at the end of a visit nothing of the person's words stays here.

    This thread's go at once, another thread's before it next lays anything out.
    """
    global _visit
    _visit += 1
    _kept.paragraphs.clear()
    _kept.visit = _visit
