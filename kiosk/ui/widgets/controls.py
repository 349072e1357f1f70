"""Buttons and boxes: what a person taps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kivy.properties import BooleanProperty

from kiosk.ui import theme
from kiosk.ui.theme import Colour, Dress
from kiosk.ui.widgets.picture import Icon, Picture
from kiosk.ui.widgets.stage import paint_box
from kiosk.ui.widgets.touch import Tappable
from kiosk.ui.widgets.words import Words, put_words, words_height, words_width

RING = 5  # each of the two rings of focus, design pixels


class Box(Tappable):
    """A plate that can be chosen: white, bordered, ink and plate swapped while a finger is on it."""

    chosen = BooleanProperty(False)  # chosen earlier: a border of 12 instead of 4
    filled = BooleanProperty(False)  # a setting that is on: filled with ink

    def __init__(
        self,
        dress: Dress,
        name: str,
        on_tap: Callable[[], None],
        spoken: str = "",
        radius: float = theme.RADIUS_BOX,
    ) -> None:
        super().__init__(dress, name, on_tap, spoken)
        self.radius = radius
        self.tinted: list[Words | Icon] = []

    @property
    def ground(self) -> Colour:
        palette = self.dress.palette
        return palette.ink if self.pressed or self.filled else palette.plate

    @property
    def ink(self) -> Colour:
        palette = self.dress.palette
        return palette.plate if self.pressed or self.filled else palette.ink

    @property
    def border(self) -> float:
        return theme.CHOSEN_BORDER if self.chosen else theme.BORDER

    def compose(self) -> None:
        self.paint()

    def paint(self) -> None:
        unit = self.dress.u
        self.canvas.before.clear()
        if self.focused:
            self._paint_rings()
        paint_box(
            self.canvas.before,
            self.pos,
            self.size,
            fill=self.ground,
            edge=self.dress.palette.ink,
            border=unit(self.border),
            radius=unit(self.radius),
        )
        for part in self.tinted:
            part.color = self.ink

    def _paint_rings(self) -> None:
        unit, palette = self.dress.u, self.dress.palette
        for reach, colour in ((2 * RING, palette.ring_outer), (RING, palette.ring_inner)):
            paint_box(
                self.canvas.before,
                (self.x - unit(reach), self.y - unit(reach)),
                (self.width + 2 * unit(reach), self.height + 2 * unit(reach)),
                fill=colour,
                edge=colour,
                border=0,
                radius=unit(self.radius + reach),
            )


class WordButton(Box):
    """One line of bold words in a box: quiet (plate and border) or a tool (Next, More)."""

    def __init__(
        self,
        dress: Dress,
        name: str,
        label: str,
        on_tap: Callable[[], None],
        *,
        tool: bool = False,
        size: float | None = None,
    ) -> None:
        super().__init__(dress, name, on_tap, label, theme.RADIUS_BUTTON)
        self.label = label
        self.tool = tool
        self.words_size = size or dress.type.body

    @property
    def ground(self) -> Colour:
        palette = self.dress.palette
        if not self.tool:
            return super().ground
        return palette.plate if self.pressed else palette.next

    @property
    def ink(self) -> Colour:
        palette = self.dress.palette
        if not self.tool:
            return super().ink
        return palette.ink if self.pressed else palette.on_next

    @property
    def border(self) -> float:
        return 0 if self.tool and not self.pressed else theme.BORDER

    @staticmethod
    def wanted_width(dress: Dress, label: str, size: float | None = None) -> float:
        """Design pixels that the label needs, with 36 on either side."""
        return words_width(dress, label, size or dress.type.body, bold=True) + 76

    def compose(self) -> None:
        high = words_height(
            self.dress, self.label, self.words_size, self.inner_width - 24, bold=True, spacing=1.06
        )
        words = put_words(
            self,
            self.label,
            12,
            (self.inner_height - high) / 2,
            self.inner_width - 24,
            size=self.words_size,
            bold=True,
            align="center",
            spacing=1.06,
        )
        self.tinted.append(words)
        self.paint()


class PictureBox(Box):
    """A choice: a picture above or beside bold words, and one sentence below them."""

    def __init__(
        self,
        dress: Dress,
        name: str,
        label: str,
        on_tap: Callable[[], None],
        *,
        picture: Path | None = None,
        sentence: str = "",
        beside: bool = False,
        picture_size: tuple[float, float] = (244, 144),
    ) -> None:
        super().__init__(dress, name, on_tap, f"{label}. {sentence}" if sentence else label)
        self.label, self.sentence = label, sentence
        self.picture, self.picture_size, self.beside = picture, picture_size, beside
        self.spoken_parts = [part for part in (label, sentence) if part]

    def compose(self) -> None:
        if self.beside:
            self._compose_beside()
        else:
            self._compose_above()
        self.paint()

    def _compose_above(self) -> None:
        top = 12.0
        width, height = self.picture_size
        if self.picture is not None:
            picture = Picture(self.dress, self.picture, radius=theme.RADIUS_INSIDE)
            self.put(picture, (self.inner_width - width) / 2, top, width, height)
            top += height + 8
        room = self.inner_height - top - 10
        inner = self.inner_width - 24
        size, spacing = self.dress.type.body, self.dress.type.label_spacing
        label_high = words_height(self.dress, self.label, size, inner, bold=True, spacing=spacing)
        sentence_high = (
            words_height(self.dress, self.sentence, size, inner, spacing=spacing)
            if self.sentence
            else 0
        )
        top += max(0, (room - label_high - sentence_high) / 2)
        self._words(self.label, top, inner, bold=True)
        if self.sentence:
            self._words(self.sentence, top + label_high + 8, inner, bold=False)

    def _words(self, text: str, top: float, width: float, *, bold: bool) -> None:
        self.tinted.append(
            put_words(
                self,
                text,
                12,
                top,
                width,
                bold=bold,
                align="center",
                spacing=self.dress.type.label_spacing,
                balance=True,
            )
        )

    def _compose_beside(self) -> None:
        width, height = self.picture_size
        start = 20.0
        if self.picture is not None:
            picture = Picture(self.dress, self.picture, radius=theme.RADIUS_INSIDE)
            self.put(picture, start, (self.inner_height - height) / 2, width, height)
            start += width + 28
        inner = self.inner_width - start - 16
        size, spacing = self.dress.type.body, self.dress.type.label_spacing
        label_high = words_height(self.dress, self.label, size, inner, bold=True, spacing=spacing)
        sentence_high = (
            words_height(self.dress, self.sentence, size, inner, spacing=spacing)
            if self.sentence
            else 0
        )
        top = (self.inner_height - label_high - sentence_high) / 2
        self.tinted.append(
            put_words(self, self.label, start, top, inner, bold=True, spacing=spacing)
        )
        if self.sentence:
            self.tinted.append(
                put_words(self, self.sentence, start, top + label_high, inner, spacing=spacing)
            )
