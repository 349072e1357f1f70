"""One paragraph of any script: its size, its words, its pixels.

Lengths are pixels on screens and points on paper; y grows downwards from the paragraph's top left.
A line is exactly `line_height` times the type's size high, as in CSS; ink that reaches out of the
box (an accent, a descender) does not change its size: `bleed` says by how much it reaches.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from kiosk.typeset import foreign, layout
from kiosk.typeset.fonts import SCREEN_STEP, Fonts, fonts
from kiosk.typeset.layout import Box

__all__ = [
    "Align",
    "Bleed",
    "Box",
    "Paragraph",
    "TextStyle",
    "forget_paragraphs",
    "lay_out",
    "widest_word",
]

Align = Literal["start", "center", "end"]
Rgba = tuple[float, float, float, float]
_KEPT = 256  # laid-out paragraphs kept by each thread
_WHOLE = 1e-6  # px: what is no more than this above a whole number is that number


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


class Bleed(NamedTuple):
    """How far ink reaches out of the paragraph's box at each side; never negative."""

    left: float
    top: float
    right: float
    bottom: float


class Paragraph:
    """Text laid out in `width` (or on one line per newline, when `width` is None).

    `width` and `height` are its box, `line` the height of each line, `baseline` how far below a
    line's top its letters stand, `below` how far they may hang under that. A word wider than the
    box is broken, and `broken_words` counts those. Raises ContentFaulty when the fonts cannot be
    used. Use a paragraph only in the thread that made it.
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
        self._set_text = text
        self._layout = self._lay_out(table, text)
        if width is not None and layout.wrap(self._layout, width) > 1 and style.balance:
            self._balance(table, width)
        self._lines = layout.lines_of(
            self._layout, self.line, self.baseline, width, self._share_left
        )
        self.height = self.line * len(self._lines)
        self.width = max(line.x + line.w for line in self._lines) if width is None else width

    # --- measures ------------------------------------------------------------------------------

    @staticmethod
    def height_for(text: str, style: TextStyle, width: float | None) -> float:
        """Height of `text` set in `width`, from this thread's kept layouts; 0 for no text."""
        return lay_out(text, style, width).height if text else 0.0

    @property
    def line_count(self) -> int:
        """How many lines; 1 for no text at all."""
        return len(self._lines)

    @property
    def bleed(self) -> Bleed:
        """How far ink reaches out of the box."""
        inks = [line.ink for line in self._lines]
        return Bleed(
            max(0.0, -min(ink.x for ink in inks)),
            max(0.0, -min(ink.y for ink in inks)),
            max(0.0, max(ink.x + ink.w for ink in inks) - self.width),
            max(0.0, max(ink.y + ink.h for ink in inks) - self.height),
        )

    @property
    def unknown_glyphs(self) -> int:
        """How many letters none of our faces has: they show as boxes, and must be none."""
        return layout.unknown_glyphs(self._layout)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """(start, end) of each line, in characters of `text`, in reading order."""
        to_char = {byte: char for char, byte in enumerate(self._byte_offsets)}
        return [(to_char[line.first_byte], to_char[line.last_byte]) for line in self._lines]

    @property
    def broken_words(self) -> int:
        """How many lines start inside a word that was too wide; screens should have none."""
        return sum(1 for start, _ in self.lines[1:] if not self._marks.may_break(start))

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
        """Where characters start..end lie: a box as high as the line, for each line, from the left.

        Where directions mix, a line may have several.
        """
        first, last = self._byte_offsets[start], self._byte_offsets[end]
        found: list[Box] = []
        for line in self._lines:
            a, b = max(first, line.first_byte), min(last, line.last_byte)
            if a < b:
                for left, right in layout.x_ranges(line, a, b):
                    found.append(Box(left + line.x, line.y, right - left, self.line))
        return found

    # --- drawing -------------------------------------------------------------------------------

    def draw(self, context: Any, x: float, y: float) -> None:
        """Draw on a cairocffi context with its current colour, the top left at (x, y)."""
        for line, left, baseline in self._placed(x, y):
            context.move_to(left, baseline)
            foreign.show_line(context, line)

    def pixel_size(self, margin: int = 0) -> tuple[int, int]:
        """(width, height) in whole pixels of what `rgba` draws with this margin."""
        w, h = math.ceil(self.width - _WHOLE), math.ceil(self.height - _WHOLE)
        return w + 2 * margin, h + 2 * margin

    def rgba(self, colour: Rgba = (0.0, 0.0, 0.0, 1.0), margin: int = 0) -> bytes:
        """Pixels, straight alpha, 4 bytes each, top row first; `margin` px more on every side.

        The colour is the same everywhere and only alpha varies, so that scaling never fringes.
        """
        w, h = self.pixel_size(margin)
        return self.rgba_in(w, h, margin, margin, colour)

    def rgba_in(self, w: int, h: int, x: float, y: float, colour: Rgba) -> bytes:
        """As `rgba`, in a picture of w × h px with the paragraph's top left at (x, y)."""
        ink = bytes(min(255, max(0, round(part * 255))) for part in colour[:3])
        pixels = bytearray(ink + b"\0") * (w * h)
        pixels[3::4] = self.coverage(w, h, x, y, colour[3])
        return bytes(pixels)

    @cached_property
    def ink_box(self) -> tuple[int, int, int, int]:
        """(x, y, w, h) of a box of whole pixels that holds all ink; w is a multiple of 4.

        Much smaller than the paragraph's own box where lines are short; empty (w 0) without ink.
        """
        inks = [line.ink for line in self._lines if line.ink.w > 0]
        if not inks:
            return 0, 0, 0, 0
        x = math.floor(min([ink.x for ink in inks])) - 1
        y = math.floor(min([ink.y for ink in inks])) - 1
        right = math.ceil(max([ink.x + ink.w for ink in inks])) + 1
        bottom = math.ceil(max([ink.y + ink.h for ink in inks])) + 1
        return x, y, -(-(right - x) // 4) * 4, bottom - y

    def coverage(self, w: int, h: int, x: float, y: float, strength: float = 1.0) -> bytes:
        """How much ink each pixel has, 0 to 255, in w × h px with the top left at (x, y)."""
        if strength == 1.0:
            return foreign.coverage(w, h, self._placed(x, y))
        cairo = foreign.cairocffi
        surface = cairo.ImageSurface(cairo.FORMAT_A8, w, h)
        context = cairo.Context(surface)
        context.set_source_rgba(0, 0, 0, strength)
        self.draw(context, x, y)
        surface.flush()
        return foreign.tight(bytes(surface.get_data()), w, h, surface.get_stride())

    def _placed(self, x: float, y: float) -> list[tuple[Any, float, float]]:
        """(line, x, baseline) of each line, with the paragraph's top left at (x, y)."""
        down = y + self.baseline
        return [(line.pointer, x + line.x, down + line.y) for line in self._lines]

    # --- laying out ----------------------------------------------------------------------------

    def _lay_out(self, table: Fonts, text: str) -> Any:
        style = self.style
        return table.layout(text, self.size, style.language, rtl=style.rtl, bold=style.bold)

    @property
    def _share_left(self) -> float:
        """How much of the room that a line leaves free is at its left: 0, a half or all."""
        if self.style.align == "center":
            return 0.5
        return 1.0 if (self.style.align == "end") != self.style.rtl else 0.0

    def _balance(self, table: Fonts, width: float) -> None:
        """Narrow the layout as far as the same number of lines allows."""
        count = layout.line_count(self._layout)
        self._keep_last_two_together(table, width, count)
        low, high = layout.widest_piece(self._lay_out(table, self._set_text)), width
        while high - low > 1:
            middle = (low + high) / 2
            if layout.wrap(self._layout, middle) == count:
                high = middle
            else:
                low = middle
        layout.wrap(self._layout, high)

    def _keep_last_two_together(self, table: Fonts, width: float, count: int) -> None:
        """No lone last word, where that costs no further line: its space must not break."""
        before, space, last = self.text.rpartition(" ")
        if not space or " " not in before:
            return
        joined = f"{before}\u00a0{last}"  # as many characters: offsets still hold
        kept = self._lay_out(table, joined)
        if layout.wrap(kept, width) == count:
            self._layout, self._set_text = kept, joined

    @cached_property
    def _byte_offsets(self) -> list[int]:
        """Where each character starts in UTF-8, and the end; Pango counts bytes."""
        return list(accumulate((len(char.encode()) for char in self._set_text), initial=0))

    @cached_property
    def _marks(self) -> layout.Marks:
        return layout.Marks(self._layout)

    @cached_property
    def _words(self) -> list[tuple[int, int]]:
        return self._marks.words(self.text)


def widest_word(text: str, style: TextStyle) -> float:
    """Width of the widest piece of `text` that may not be broken; below it, words break."""
    table = fonts()
    size = table.scaled(style.size, style.language, style.step)
    return layout.widest_piece(
        table.layout(text, size, style.language, rtl=style.rtl, bold=style.bold)
    )


# --- kept layouts ------------------------------------------------------------------------------

_Key = tuple[str, TextStyle, float | None]


class _Kept(threading.local):
    """Each thread's laid-out paragraphs, oldest use first, and what they were laid out under."""

    def __init__(self) -> None:
        self.paragraphs: OrderedDict[_Key, Paragraph] = OrderedDict()
        self.under: tuple[int, Fonts | None] = (0, None)


_kept = _Kept()
_visits = [0]  # counted by forget_paragraphs, seen by every thread


def lay_out(text: str, style: TextStyle, width: float | None = None) -> Paragraph:
    """A `Paragraph`, kept so that measuring a page and then drawing it lays it out once."""
    under = (_visits[0], fonts())
    if _kept.under != under:
        _kept.paragraphs.clear()
        _kept.under = under
    key = (text, style, width)
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

    This thread's go at once; another thread's go before it next lays anything out.
    """
    _visits[0] += 1
    _kept.paragraphs.clear()
