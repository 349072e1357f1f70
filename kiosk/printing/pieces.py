"""What the page and the slip have in common: their type, and the four things of the code."""

from __future__ import annotations

from dataclasses import replace

from kiosk.errors import ContentFaulty
from kiosk.i18n import LeftToRight
from kiosk.printing.line_art import outlines_png
from kiosk.printing.printable import CodeThing, PicturesOfPaper, PrintableReceipt, WordsOfPaper
from kiosk.typeset.page import Sheet
from kiosk.typeset.paragraph import Paragraph, TextStyle, widest_word

LEAST_TYPE = 14.0  # points; nothing printed is smaller (shared LOOK, Paper)
_PICTURE_PIXELS = 400  # 600 dots an inch at 17 mm
_WORD_FRAME = "word"
_LICENCE = "CC BY-SA 4.0"
_LICENCE_UNBROKEN = "CC\u00a0BY\u2060-\u2060SA\u00a04.0"  # the same, never broken between lines


class Pieces:
    """Makes paragraphs and pictures in one paper's language."""

    def __init__(
        self, printable: PrintableReceipt, words: WordsOfPaper, pictures: PicturesOfPaper
    ) -> None:
        self.printable = printable
        self.words = words
        self._pictures = pictures
        self.language = words.language.code
        self.rtl = words.language.rtl

    def style(self, size: float, *, bold: bool = False, line_height: float = 1.4) -> TextStyle:
        """A style of the paper's language; `size` in points, never below 14."""
        return TextStyle(
            size=max(LEAST_TYPE, size),
            bold=bold,
            language=self.language,
            rtl=self.rtl,
            line_height=line_height,
            step=0,
        )

    def say(self, statement: str) -> str:
        """The words of a statement of the paper."""
        name, phone = self.printable.place_name, self.printable.place_phone
        said = self.words.text(statement, place=name, phone=LeftToRight(phone))
        return said.replace(_LICENCE, _LICENCE_UNBROKEN)

    def notices(self) -> list[str]:
        """What must be said in any part that can be read alone: a demo, a draft."""
        said = []
        if self.printable.demo:
            said.append(self.say("paper.demo"))
        if self.words.language.is_draft:
            said.append(self.say("paper.draft"))
        return said

    def drawing(self, thing: CodeThing) -> bytes | None:
        """A thing's outlines as PNG; None where there is no such picture: its word is enough."""
        if not self._pictures.has(thing.picture):
            return None
        try:
            svg = self._pictures.svg(thing.picture, _WORD_FRAME)
        except ContentFaulty:
            return None
        return outlines_png(svg, _PICTURE_PIXELS)

    def code_words(self) -> list[str]:
        """The four words, in the paper's language."""
        return [self.say(f"word.{thing.id}") for thing in self.printable.code]

    def fits(self, style: TextStyle, width: float) -> bool:
        """Whether each of the code's words stays whole in `width`."""
        return all(widest_word(word, style) <= width for word in self.code_words())

    def card(
        self,
        sheet: Sheet,
        index: int,
        place: tuple[float, float, float, float],
        style: TextStyle,
        *,
        edge: float,
        beside: bool = False,
    ) -> None:
        """One thing in its box (start, top, width, height): picture above its word, or beside."""
        start, top, width, height = place
        sheet.box(start, top, width, height, edge, 4 * edge)
        drawing = self.drawing(self.printable.code[index])
        word = self.code_words()[index]
        room = 2.5 * edge
        if beside:
            side = height - 2 * room
            if drawing:
                sheet.picture(drawing, start + room, top + room, side)
            left = side + 2 * room
            text = Paragraph(word, style, width - left - room)
            sheet.words(text, start + left, top + (height - text.height) / 2)
            return
        text = Paragraph(word, replace(style, align="center"), width - 2 * room)
        side = min(height - text.height - 2.5 * room, width - 2 * room)
        if drawing:
            sheet.picture(drawing, start + (width - side) / 2, top + room, side)
        sheet.words(text, start + room, top + height - room - text.height)
