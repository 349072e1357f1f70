"""How would you like it: size of words, read aloud, pictures, colours. Shown as what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kiosk.ui import theme
from kiosk.ui.reading import Parted
from kiosk.ui.theme import PALETTES, TYPES, Look, Palette, Size
from kiosk.ui.widgets.controls import Box
from kiosk.ui.widgets.picture import Icon
from kiosk.ui.widgets.words import put_words, words_height, words_room

ROW = 86.0
NAME_WIDTH = 368.0
PIECE_GAP = 20.0
SAMPLE, SAMPLE_LANGUAGE = "Aa", "en"  # letters as a picture of themselves


@dataclass(frozen=True, slots=True)
class _Piece:
    name: str
    label: str
    act: Callable[[], None]
    on: bool
    size: float
    spoken: str
    colours: Palette | None = None  # a swatch wears its own look
    icon: str = ""
    bold: bool = False
    language: str = ""


class _PieceBox(Box):
    def __init__(self, screen: How, piece: _Piece) -> None:
        super().__init__(screen.dress, piece.name, piece.act, piece.spoken, theme.RADIUS_BUTTON)
        self.screen, self.piece = screen, piece
        self.filled = piece.on and piece.colours is None
        self.chosen = piece.on and piece.colours is not None

    @property
    def ground(self) -> theme.Colour:
        return self.piece.colours.page if self.piece.colours else super().ground

    @property
    def ink(self) -> theme.Colour:
        return self.piece.colours.ink if self.piece.colours else super().ink

    def compose(self) -> None:
        piece, width = self.piece, self.inner_width - 16
        start, across = 8.0, width
        if piece.icon:
            icon = Icon(self.screen.session.pictures.icon(piece.icon), self.ink)
            self.put(icon, 16, (self.inner_height - 40) / 2, 40, 40)
            self.tinted.append(icon)
            start, across = 62.0, self.inner_width - 70
        high = words_height(
            self.dress,
            piece.label,
            piece.size,
            across,
            bold=piece.bold,
            spacing=1.06,
            language=piece.language,
        )
        self.tinted.append(
            put_words(
                self,
                piece.label,
                start,
                (self.inner_height - high) / 2,
                across,
                size=piece.size,
                bold=piece.bold,
                align="center",
                spacing=1.06,
                language=piece.language,
                spoken=piece.spoken,
            )
        )
        self.paint()


class How(Parted):
    """Four settings, each acting at once; two a page where the words are large."""

    @property
    def per_page(self) -> int:
        return 2 if self.dress.size.roomy or self.dress.portrait else 4

    @property
    def parts(self) -> int:
        return 4 // self.per_page

    def body(self) -> None:
        bottom = self.heading(self.say("how.title"))
        settings = [self._sizes, self._reading, self._pictures, self._colours]
        shown = settings[self.part * self.per_page :][: self.per_page]
        stacked = self.dress.size.roomy or self.dress.portrait
        top = bottom if stacked else max(128.0, bottom + 20)
        step = (self.foot_top - 20 - top) / self.per_page if stacked else ROW + 24
        for at, setting in enumerate(shown):
            self._row(*setting(), top=top + at * step, stacked=stacked)
        self.foot(
            note=self.say("how.note") if not self.dress.size.roomy else "",
            end=self.end_button("next", self.say("next"), self.next),
        )

    def _row(
        self, name: str, icon: str, pieces: list[_Piece], *, top: float, stacked: bool
    ) -> None:
        sign = Icon(self.session.pictures.icon(icon), self.dress.palette.ink)
        body = self.dress.type.body
        width = self.full_width - 68 if stacked else NAME_WIDTH - 76
        spacing = 1.06
        high = words_room(self.dress, name, body, width, bold=True, spacing=spacing)
        row = max(48.0, high) if stacked else ROW
        self.put(sign, theme.MARGIN, top + (row - 44) / 2, 44, 44)
        down = top + (row - high) / 2
        put_words(self, name, theme.MARGIN + 68, down, width, bold=True, spacing=spacing)
        across, start = self.full_width, float(theme.MARGIN)
        if stacked:
            top += row
        else:
            across, start = self.full_width - NAME_WIDTH, theme.MARGIN + NAME_WIDTH
        wide = (across - PIECE_GAP * (len(pieces) - 1)) / len(pieces)
        tall = max(
            words_height(
                self.dress,
                p.label,
                p.size,
                wide - 72,
                bold=p.bold,
                spacing=1.06,
                language=p.language,
            )
            for p in pieces
        )
        for at, piece in enumerate(pieces):
            place = start + at * (wide + PIECE_GAP)
            self.put(
                _PieceBox(self, piece), place, top, wide, max(ROW, tall + (26 if stacked else 10))
            )

    def _sizes(self) -> tuple[str, str, list[_Piece]]:
        pieces = [
            _Piece(
                f"size.{size}",
                SAMPLE,
                partial(self.session.dress_in, size=size),
                self.dress.size is size,
                TYPES[size].body,
                self.say(f"how.size.{size}"),
                bold=True,
                language=SAMPLE_LANGUAGE,
            )
            for size in Size
        ]
        return (self.say("how.size"), self._letters, pieces)

    @property
    def _letters(self) -> str:
        return "bigger.arab" if self.dress.rtl else "bigger"

    def _reading(self) -> tuple[str, str, list[_Piece]]:
        aloud = self.session.reads_aloud
        choices = [("off", not aloud, ""), ("loud", aloud, "listen")]
        pieces = [
            _Piece(
                f"read.{name}",
                self.say(f"how.read.{name}"),
                partial(self._read, name == "loud"),
                on,
                self.dress.type.body,
                self.say(f"how.read.{name}"),
                icon=icon,
            )
            for name, on, icon in choices
        ]
        return (self.say("how.read"), "listen", pieces)

    def _read(self, wanted: bool) -> None:
        self.session.read_aloud(wanted)
        self.session.refresh()

    def _pictures(self) -> tuple[str, str, list[_Piece]]:
        shown = self.dress.pictures
        pieces = [
            _Piece(
                f"pictures.{name}",
                self.say(f"how.pictures.{name}"),
                partial(self.session.dress_in, pictures=wanted),
                shown is wanted,
                self.dress.type.body,
                self.say(f"how.pictures.{name}"),
            )
            for name, wanted in (("with", True), ("words", False))
        ]
        return (self.say("how.pictures"), "pictures", pieces)

    def _colours(self) -> tuple[str, str, list[_Piece]]:
        pieces = [
            _Piece(
                f"look.{look}",
                SAMPLE,
                partial(self.session.dress_in, look=look),
                self.dress.look is look,
                self.dress.type.body,
                self.say(f"how.colours.{look}"),
                colours=PALETTES[look],
                bold=True,
                language=SAMPLE_LANGUAGE,
            )
            for look in Look
        ]
        return (self.say("how.colours"), "colours", pieces)
