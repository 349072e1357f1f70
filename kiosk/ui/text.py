"""Kivy's labels, drawn by our own typesetter; and the label that words on screens are.

Kivy's own text shows Arabic unjoined, Bengali broken and phone numbers backwards, so `install()`
makes every Label and Button draw through `kiosk.typeset`. TextInput and `markup=True` stay with
Kivy: their carets and tags know nothing of other scripts, and we use neither for words.
"""

from __future__ import annotations

import math
from typing import Any, get_args

import kivy.uix.label
from kivy.clock import Clock
from kivy.core.image import ImageData
from kivy.core.text import LabelBase
from kivy.graphics import Color, InstructionGroup, Rectangle, RoundedRectangle
from kivy.graphics.texture import Texture
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.widget import Widget

from kiosk.typeset.paragraph import Align, Box, Paragraph, TextStyle, forget_paragraphs, lay_out

__all__ = ["TextLabel", "TypesetLabel", "forget_paragraphs", "install"]

_STOCK_LINE_HEIGHT = 1.0  # Kivy's default; it means "as the font says"


class TypesetLabel(LabelBase):
    """Kivy's core label, laid out and drawn as one `Paragraph`.

    The texture is `margin` px larger on every side than the text's box, so that no accent or
    descender is cut off; Kivy centres it, so the words stand where the box says.
    """

    paragraph: Paragraph | None = None
    margin = 0

    def resolve_font_name(self) -> None:
        """Faces come from the language, never from a widget."""
        self.options["font_name_r"] = ""

    def style(self) -> TextStyle:
        """What the label's options ask for."""
        options = self.options
        rtl = options["base_direction"] == "rtl"
        # A stock label aligns by side; a paragraph by start and end.
        sides: dict[str, Align] = {
            "center": "center",
            "left": "end" if rtl else "start",
            "right": "start" if rtl else "end",
        }
        spacing = options["line_height"]
        return TextStyle(
            size=options["font_size"],
            bold=bool(options["bold"]),
            language=options["text_language"] or "en",
            rtl=rtl,
            line_height=0.0 if spacing == _STOCK_LINE_HEIGHT else spacing,
            align=sides.get(options["halign"], "start"),
        )

    def get_extents(self, text: str) -> tuple[int, int]:
        """(width, height) in px of `text` on one line."""
        return lay_out(text, self.style()).pixel_size()

    def render(self, real: bool = False) -> tuple[int, int] | None:
        """Lay out and give the texture's size; or, with `real`, draw into the texture."""
        if real:
            self._draw()
            return None
        self.is_shortened = False
        if not self.text:
            self.paragraph = None
            return 0, 0
        left, top, right, bottom = self.options["padding"]
        wide, high = self._text_size
        inner = None if wide is None else max(1.0, wide - left - right)
        paragraph = self.paragraph = lay_out(self.text, self.style(), inner)
        self.margin = math.ceil(max(paragraph.bleed) - 1e-6)
        w, h = paragraph.pixel_size()
        self._internal_size = w + left + right, h + top + bottom
        w = self._internal_size[0] if wide is None else math.ceil(wide)
        h = self._internal_size[1] if high is None else math.ceil(high)
        return int(w + 2 * self.margin), int(h + 2 * self.margin)

    @property
    def offset(self) -> tuple[float, float]:
        """(x, y) of the paragraph's top left in the texture, from the texture's top left."""
        assert self.paragraph is not None
        left, top, _, bottom = self.options["padding"]
        room = self._size[1] - 2 * self.margin - self.paragraph.pixel_size()[1]
        valign = self.options["valign"]
        if valign == "top":
            down = top
        elif valign == "bottom":
            down = room - bottom
        else:
            down = (room + top - bottom) // 2
        return self.margin + left, self.margin + down

    def _draw(self) -> None:
        if self.paragraph is None:
            return
        w, h = self._size
        x, y = self.offset
        r, g, b, a = self.options["color"]
        pixels = self.paragraph.rgba_in(w, h, x, y, (r, g, b, a))
        self.texture.blit_data(ImageData(w, h, "rgba", pixels))


def install() -> None:
    """Every Label and Button made from now on draws through `TypesetLabel`. Harmless when repeated.

    Only the name that kivy.uix.label uses is replaced: what TextInput and markup took is theirs.
    """
    kivy.uix.label.CoreLabel = TypesetLabel


_STYLE = ("font_size", "bold", "line_height", "language", "rtl", "align", "balance")


class TextLabel(Widget):
    """Words that wrap to the label's width, set its height, and can show which one is spoken.

    Set `width`; `height` follows at once, not a frame later. `font_size` is the Latin size in px.
    `word` is the index of the spoken word, -1 for none; `light()` sets it from character offsets.
    The box behind the word (shared LOOK, States: 7 px out, 3 px edge, radius 12, all times
    `mark_scale`) moves; the words do not.

    Not one of Kivy's Labels, whose properties for fonts it has no use for: it keeps only where
    there is ink, in a texture without colour, so that a change of colour draws nothing anew.
    """

    text = StringProperty("")
    font_size = NumericProperty(40.0)
    bold = BooleanProperty(defaultvalue=False)
    line_height = NumericProperty(1.5)
    color = ColorProperty((0.0, 0.0, 0.0, 1.0))
    language = StringProperty("en")
    rtl = BooleanProperty(defaultvalue=False)
    align = OptionProperty("start", options=list(get_args(Align)))
    balance = BooleanProperty(defaultvalue=False)
    word = NumericProperty(-1)
    mark_color = ColorProperty((1.0, 0.788, 0.302, 1.0))
    mark_edge = ColorProperty((0.149, 0.082, 0.184, 1.0))
    mark_scale = NumericProperty(1.0)

    def __init__(self, **kwargs: Any) -> None:
        if "size_hint" not in kwargs:
            kwargs.setdefault("size_hint_y", None)
        self.paragraph: Paragraph | None = None
        self.texture: Texture | None = None
        self._draw_soon = Clock.create_trigger(self.texture_update, -1)
        super().__init__(**kwargs)
        self._behind_word = InstructionGroup()
        self._ink = Color(*self.color)
        self._words = Rectangle(size=(0, 0))
        for instruction in (self._behind_word, self._ink, self._words):
            self.canvas.add(instruction)
        self._restyle()
        for name in ("text", "width"):
            self.fbind(name, self._lay_out)
        for name in _STYLE:
            self.fbind(name, self._restyle)
        for name in ("pos", "size"):
            self.fbind(name, self._move)
        for name in ("word", "mark_color", "mark_edge", "mark_scale"):
            self.fbind(name, self._mark)
        self.fbind("color", self._colour)

    def light(self, start: int, end: int) -> None:
        """Light the word that holds character `start`; nothing when start..end is empty."""
        if self.paragraph is None or end <= start:
            self.word = -1
        else:
            self.word = self.paragraph.word_at(start)

    def word_boxes(self, index: int) -> list[Box]:
        """Where word `index` stands: boxes in this widget's own coordinates, y upwards."""
        if self.paragraph is None or not 0 <= index < len(self.paragraph.words()):
            return []
        left, top = self._corner
        return [
            Box(left + box.x, top - box.y - box.h, box.w, box.h)
            for box in self.paragraph.boxes(*self.paragraph.words()[index])
        ]

    def style(self) -> TextStyle:
        """How the words are set."""
        return TextStyle(
            size=self.font_size,
            bold=self.bold,
            language=self.language,
            rtl=self.rtl,
            line_height=self.line_height,
            align=self.align,
            balance=self.balance,
        )

    def texture_update(self, *_: object) -> None:
        """Draw the words now, rather than before the next frame."""
        self._draw_soon.cancel()
        x, y, w, h = self.paragraph.ink_box if self.paragraph else (0, 0, 0, 0)
        if self.paragraph is None or not w:
            self.texture = self._words.texture = None
            self._words.size = (0, 0)
            self._mark()
            return
        pixels = bytearray(b"\xff\0") * (w * h)  # white, to be tinted
        pixels[1::2] = self.paragraph.coverage(w, h, -x, -y)
        if self.texture is None or self.texture.size != (w, h):
            self.texture = Texture.create(size=(w, h), colorfmt="luminance_alpha")
            self.texture.flip_vertical()
        self.texture.blit_buffer(pixels, colorfmt="luminance_alpha", bufferfmt="ubyte")
        self._words.texture = self.texture
        self._words.size = (w, h)
        self._place()

    @property
    def _corner(self) -> tuple[int, int]:
        """The top left of the paragraph: on whole pixels, so that letters stay sharp."""
        return round(self.x), round(self.top)

    def _restyle(self, *_: object) -> None:
        self._style = self.style()
        self._lay_out()

    def _lay_out(self, *_: object) -> None:
        self._draw_soon()
        text = self.text
        if not text:
            self.paragraph = None
            self.height = 0
        else:
            self.paragraph = lay_out(text, self._style, max(1.0, float(self.width)))
            self.height = self.paragraph.pixel_size()[1]

    def _move(self, *_: object) -> None:
        if not self._draw_soon.is_triggered:  # else drawing will put it where it belongs
            self._place()

    def _place(self) -> None:
        if self.paragraph is not None:
            x, y, _w, h = self.paragraph.ink_box
            left, top = self._corner
            self._words.pos = (left + x, top - y - h)
        self._mark()

    def _colour(self, *_: object) -> None:
        self._ink.rgba = self.color

    def _mark(self, *_: object) -> None:
        if self.word < 0 and not self._behind_word.children:
            return
        self._behind_word.clear()
        boxes = self.word_boxes(int(self.word))
        if not boxes or self.paragraph is None:
            return
        out, edge, radius = (length * self.mark_scale for length in (7, 3, 12))
        # From the deepest descender up: as high as the line lets it be, but never less than a letter.
        high = max(self.paragraph.line - 2 * self.mark_scale, 1.3 * self.paragraph.size)
        for box in boxes:
            bottom = box.y + box.h - self.paragraph.baseline - self.paragraph.below
            for colour, inset in ((self.mark_edge, 0.0), (self.mark_color, edge)):
                self._behind_word.add(Color(*colour))
                self._behind_word.add(
                    RoundedRectangle(
                        pos=(box.x - out + inset, bottom + inset),
                        size=(box.w + 2 * (out - inset), high - 2 * inset),
                        radius=[max(1.0, radius - inset)],
                    )
                )
