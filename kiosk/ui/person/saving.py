"""Saving, and the receipt: save first, then say so."""

from __future__ import annotations

import io
from collections.abc import Sequence

from kivy.core.image import Image as CoreImage
from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from kiosk.content.code_words import CODE_WORDS
from kiosk.printing.qr import qr_png
from kiosk.typeset.paragraph import Align
from kiosk.ui import theme
from kiosk.ui.paper import receipt_for
from kiosk.ui.reading import Parted, Reading
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.picture import Picture, Plate
from kiosk.ui.widgets.stage import Stage, paint_box
from kiosk.ui.widgets.words import put_words, words_height, words_width


class Confirm(Reading):
    """The last look before saving. Leaving keeps nothing."""

    def title(self) -> str:
        return self.say("confirm.title")

    def picture(self) -> str:
        return "confirm.save"

    def texts(self) -> Sequence[str]:
        texts = [self.say("confirm.what"), self.say("confirm.nothing")]
        if self.session.visit.any_waits:
            texts.append(self.say("check.pause.held"))
        return texts

    def quiet(self) -> FootButton | None:
        return ("confirm.leave", self.say("confirm.leave"), self.session.finish)

    def end(self) -> FootButton:
        return ("confirm.save", self.say("confirm.save"), self._save)

    def _save(self) -> None:
        snapshot = self.session.visit.snapshot(self.session.notice_shown())
        record = self.session.parts.consents.record
        self.session.run(lambda: record(snapshot), self.session.show_receipt)


class QrCode(Widget):
    """The receipt's code, black on white in every look, never mirrored."""

    def __init__(self, token: str) -> None:
        super().__init__(size_hint=(None, None))
        data = io.BytesIO(qr_png(token))
        self.texture = CoreImage(data, ext="png").texture
        self.texture.mag_filter = "nearest"
        self.bind(pos=self._draw, size=self._draw)

    def _draw(self, *_args: object) -> None:
        side = min(self.size)
        self.canvas.clear()
        with self.canvas:
            Color(1, 1, 1, 1)
            Rectangle(
                pos=(self.center_x - side / 2, self.center_y - side / 2),
                size=(side, side),
                texture=self.texture,
            )


class CodePlate(Stage):
    """The code on its white plate."""

    def __init__(self, screen: Screen, token: str) -> None:
        super().__init__(screen.dress)
        self.token = token

    def compose(self) -> None:
        unit, palette = self.dress.u, self.dress.palette
        paint_box(
            self.canvas.before,
            self.pos,
            self.size,
            fill=(1, 1, 1, 1),
            edge=palette.ink,
            border=unit(theme.BORDER),
            radius=unit(theme.RADIUS_BOX),
        )
        self.put(QrCode(self.token), 8, 8, self.inner_width - 16, self.inner_height - 16)


class CodeWordCard(Stage):
    """One of the four things: its picture and its word, dark on white in every look."""

    def __init__(self, screen: Screen, index: int, *, beside: bool) -> None:
        super().__init__(screen.dress)
        self.screen, self.word, self.beside = screen, CODE_WORDS[index], beside

    def compose(self) -> None:
        unit, palette = self.dress.u, self.dress.palette
        paint_box(
            self.canvas.before,
            self.pos,
            self.size,
            fill=palette.plate,
            edge=palette.ink,
            border=unit(theme.BORDER),
            radius=unit(theme.RADIUS_BUTTON),
        )
        label = self.screen.say(f"word.{self.word.id}")
        path = self.screen.session.pictures.path(self.word.picture, "word")
        picture = Picture(self.dress, path, radius=8)
        if self.beside:
            side = self.inner_height - 16
            self.put(picture, 8, 8, side, side)
            self._put_word(label, side + 20, self.inner_width - side - 28, "start")
            return
        width = self.inner_width - 16
        high = words_height(self.dress, label, self.dress.type.body, width, bold=True, spacing=1.1)
        side = max(40.0, min(92.0, self.inner_height - high - 22))
        self.put(picture, (self.inner_width - side) / 2, 8, side, side)
        self._put_word(label, 8, width, "center", top=side + 10)

    def _put_word(
        self, label: str, start: float, width: float, align: Align, top: float | None = None
    ) -> None:
        size = self.dress.type.body
        high = words_height(self.dress, label, size, width, bold=True, spacing=1.1)
        if top is None:
            top = (self.inner_height - high) / 2
        put_words(self, label, start, top, width, size=size, bold=True, align=align, spacing=1.1)


class Receipt(Parted):
    """Saved. The code to scan, the four things to remember, and what to do with them."""

    has_back = False

    def compose(self) -> None:
        assert self.session.recorded is not None
        self.recorded = self.session.recorded
        super().compose()

    @property
    def parts(self) -> int:
        if self.dress.size.roomy:
            return 3
        return 2 if self.dress.portrait else 1

    def body(self) -> None:
        bottom = self.heading(self.say("receipt.title"))
        top = max(120.0, bottom + 20)
        if self.parts == 1:
            self._whole(top)
        elif self.parts == 3 and self.part == 0 or self.parts == 2 and self.part == 0:
            self._words(theme.MARGIN, top, self.full_width)
        elif self.parts == 3 and self.part == 1:
            self._code((self.inner_width - 360) / 2, top, min(360.0, self.foot_top - 20 - top))
        else:
            self._last_part(top)
        self._foot()

    def _whole(self, top: float) -> None:
        side = min(400.0, self.foot_top - 20 - top)
        self._code(theme.MARGIN, top, side)
        start = theme.MARGIN + side + 48
        wide = self.inner_width - start - theme.MARGIN
        at = self._words(start, top, wide)
        self._what_to_do(start, at + 16, wide)

    def _last_part(self, top: float) -> None:
        if self.dress.portrait and not self.dress.size.roomy:
            self._code(theme.MARGIN, top, 392)
            top += 412
        self._what_to_do(theme.MARGIN, top, self.full_width)

    def _code(self, start: float, top: float, side: float) -> None:
        self.put(CodePlate(self, self.recorded.token), start, top, side, side)

    def _words(self, start: float, top: float, width: float) -> float:
        title = self.say("receipt.code")
        label = put_words(self, title, start, top - 6, width, bold=True, spacing=1.2)
        top += label.height / self.dress.scale + 4
        gap, size = 16.0, self.dress.type.body
        widest = max(
            words_width(self.dress, self.say(f"word.{CODE_WORDS[at].id}"), size, bold=True)
            for at in self.recorded.code
        )
        # Side by side, or two by two with the picture beside its word: a word is never broken.
        columns = 4 if widest + 18 < (width - 3 * gap) / 4 else 2
        wide = (width - gap * (columns - 1)) / columns
        high = 92 + size * 1.1 * 1.2 + 24 if columns == 4 else max(84.0, size * 1.4 + 16)
        for at, index in enumerate(self.recorded.code):
            place = start + (at % columns) * (wide + gap)
            down = top + (at // columns) * (high + gap)
            card = CodeWordCard(self, index, beside=columns == 2)
            self.put(card, place, down, wide, high)
        return top + (high + gap) * (4 // columns) - gap

    def _what_to_do(self, start: float, top: float, width: float) -> None:
        for name, picture in (
            ("receipt.keep", "receipt.keep"),
            ("receipt.bring", "receipt.bring"),
        ):
            words_start, across = start, width
            if self.dress.pictures:
                path = self.session.pictures.path(picture, "row")
                self.put(Plate(self.dress, path, mat=5, border=3), start, top, 104, 84)
                words_start, across = start + 128, width - 128
            text = self.say(name)
            high = words_height(self.dress, text, self.dress.type.body, across, spacing=1.25)
            row = max(84.0, high)
            put_words(self, text, words_start, top + (row - high) / 2, across, spacing=1.25)
            top += row + 14

    def _foot(self) -> None:
        end = self.end_button("finish", self.say("finish"), self.session.finish)
        quiet: FootButton | None = None
        if self.last_part:
            quiet = ("print", self.say("print"), lambda: self.session.go(Step("paper")))
        note = self.say("receipt.lost") if self.last_part and not self.dress.size.roomy else ""
        self.foot(quiet=quiet, note=note, end=end)


class Paper(Reading):
    """The person decides whether paper shows what they chose."""

    def title(self) -> str:
        return self.say("receipt.choose-print")

    def picture(self) -> str:
        return "receipt.keep"

    def texts(self) -> Sequence[str]:
        return [self.say("receipt.who-reads")]

    def quiet(self) -> FootButton | None:
        return (
            "receipt.with-choices",
            self.say("receipt.with-choices"),
            lambda: self._print(with_choices=True),
        )

    def end(self) -> FootButton:
        return (
            "receipt.without-choices",
            self.say("receipt.without-choices"),
            lambda: self._print(with_choices=False),
        )

    def _print(self, *, with_choices: bool) -> None:
        self.session.with_choices = with_choices
        page = receipt_for(self.session)
        printer = self.session.parts.printer
        self.session.run(lambda: printer.print(page), self._printed)

    def _printed(self, _job: object) -> None:
        self.session.swap(Step("printed"))


class Printed(Reading):
    """The paper is on its way out."""

    has_back = False

    def title(self) -> str:
        return self.say("receipt.printed")

    def picture(self) -> str:
        return "receipt.keep"

    def texts(self) -> Sequence[str]:
        return [self.say("receipt.keep"), self.say("receipt.bring")]

    def end(self) -> FootButton:
        return ("finish", self.say("finish"), self.session.finish)
