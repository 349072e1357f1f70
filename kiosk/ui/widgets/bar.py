"""The bar at the bottom of every screen, and Hide now in the top end corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.ui import theme
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.picture import Icon
from kiosk.ui.widgets.stage import Stage, paint_box, paint_line, paint_rectangle
from kiosk.ui.widgets.touch import Tappable
from kiosk.ui.widgets.words import put_words, words_height, words_width

if TYPE_CHECKING:
    from kiosk.ui.session import Session

SIGN = 44
SHORT_OF_DIVIDER = 8  # the touch area ends so far before each divider: cells are 2.7 mm apart


class BarCell(Tappable):
    """One control of the bar: a sign above its word, never alone."""

    def __init__(
        self, session: Session, name: str, icon: str, statement: str, words_size: float
    ) -> None:
        act = session.bar_acts[name]
        super().__init__(session.dress, f"bar.{name}", act, session.words.text(statement))
        self.words_size = words_size
        self.session, self.icon = session, icon
        self.lit = name == "listen" and session.voice.speaking

    def compose(self) -> None:
        size = self.words_size
        colour = self._ink
        path = self.session.pictures.icon(self.icon, mirrored=self.dress.rtl)
        high = words_height(self.dress, self.spoken, size, self.inner_width - 12, spacing=1.2)
        top = max(4.0, (self.inner_height - SIGN - 6 - high) / 2)
        self.sign = Icon(path, colour)
        self.put(self.sign, (self.inner_width - SIGN) / 2, top, SIGN, SIGN)
        self.word = put_words(
            self,
            self.spoken,
            6,
            top + SIGN + 6,
            self.inner_width - 12,
            size=size,
            align="center",
            spacing=1.2,
            colour=colour,
        )
        self.paint()

    def collide_point(self, x: float, y: float) -> bool:
        """Short of the dividers, but out to the edges of the glass, which are easy to hit."""
        short = self.dress.u(SHORT_OF_DIVIDER)
        left = self.x + (short if self.x > 0 else 0)
        right = self.right - (short if self.right < self.dress.window[0] - 1 else 0)
        return bool(left <= x < right and self.y <= y <= self.top)

    @property
    def _ink(self) -> Colour:
        palette = self.dress.palette
        if self.lit:
            return palette.on_voice
        return palette.tool if self.pressed else palette.on_tool

    @property
    def _ground(self) -> Colour:
        palette = self.dress.palette
        if self.lit:
            return palette.voice
        return palette.on_tool if self.pressed else palette.tool

    def paint(self) -> None:
        self.canvas.before.clear()
        unit, palette = self.dress.u, self.dress.palette
        paint_rectangle(self.canvas.before, self.pos, self.size, self._ground)
        if self.focused:
            inset = unit(6)
            paint_box(
                self.canvas.before,
                (self.x + inset, self.y + inset),
                (self.width - 2 * inset, self.height - 2 * inset),
                fill=self._ground,
                edge=palette.ring_inner if not self.lit else palette.ring_outer,
                border=unit(5),
                radius=unit(12),
            )
        self.sign.color = self.word.color = self._ink


class Bar(Stage):
    """Five equal cells: Back, Listen, Bigger, Language, Ask a person."""

    def __init__(self, session: Session, *, has_back: bool) -> None:
        super().__init__(session.dress)
        self.session, self.has_back = session, has_back

    def compose(self) -> None:
        palette, unit = self.dress.palette, self.dress.u
        paint_rectangle(self.canvas.before, self.pos, self.size, palette.tool)
        speaking = self.session.voice.speaking
        arabic = self.dress.language in ("ar", "fa", "ur", "ckb")
        cells = [
            ("back", "back", "bar.back"),
            ("listen", "stop", "bar.stop") if speaking else ("listen", "listen", "bar.listen"),
            ("bigger", "bigger.arab" if arabic else "bigger", "bar.bigger"),
            ("language", "language", "bar.language"),
            ("person", "person", "bar.person"),
        ]
        wide = self.inner_width / len(cells)
        words = [self.session.words.text(statement) for _name, _icon, statement in cells]
        size = self._words_size(words, wide - 14)
        for at, (name, icon, statement) in enumerate(cells):
            if name == "back" and not self.has_back:
                continue  # the cell keeps its place, empty
            cell = BarCell(self.session, name, icon, statement, size)
            self.put(cell, at * wide, 0, wide, self.inner_height)
        lit_at = 1 if speaking else -1
        for at in range(1, len(cells)):
            if at in (lit_at, lit_at + 1) and lit_at >= 0:
                continue
            place = at * wide if not self.dress.rtl else self.inner_width - at * wide
            x = self.x + unit(place)
            points = [x, self.y + unit(24), x, self.top - unit(24)]
            paint_line(self.canvas.after, points, unit(3), palette.divider)
        if palette.edged_tool:
            points = [self.x, self.top - unit(2), self.right, self.top - unit(2)]
            paint_line(self.canvas.after, points, unit(4), palette.on_tool)

    def _words_size(self, words: list[str], width: float) -> float:
        """The largest size at which each word stands on one line: the same for all five."""
        wanted = self.dress.type.small
        if self.dress.portrait:
            return 29  # LOOK: here words wrap, since cells are narrow
        for size in (wanted, 33, 31, 29):
            widest = max(words_width(self.dress, word, size) for word in words)
            if size <= wanted and widest <= width:
                return size
        return 29


class HideTab(Tappable):
    """Hide now: a corner can be hit without looking."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.dress, "hide", session.hide_now, session.words.text("bar.hide"))
        self.session = session

    def compose(self) -> None:
        size = self.dress.type.small
        gap, width = 16.0, self.inner_width - 28 - SIGN - 16 - 16
        high = words_height(self.dress, self.spoken, size, width, spacing=1.2)
        self.sign = Icon(self.session.pictures.icon("hide"), self._ink)
        self.put(self.sign, 28, (self.inner_height - SIGN) / 2, SIGN, SIGN)
        self.word = put_words(
            self,
            self.spoken,
            28 + SIGN + gap,
            (self.inner_height - high) / 2,
            width,
            size=size,
            spacing=1.2,
            colour=self._ink,
        )
        self.paint()

    @property
    def _ink(self) -> Colour:
        palette = self.dress.palette
        return palette.tool if self.pressed else palette.on_tool

    def paint(self) -> None:
        unit, palette = self.dress.u, self.dress.palette
        self.canvas.before.clear()
        ground = palette.on_tool if self.pressed else palette.tool
        # Kivy's order of corners is top left, top right, bottom right, bottom left.
        inner = [0, 0, unit(20), 0] if self.dress.rtl else [0, 0, 0, unit(20)]
        edged = palette.edged_tool or self.focused
        paint_box(
            self.canvas.before,
            self.pos,
            self.size,
            fill=ground,
            edge=palette.ring_inner if self.focused else palette.on_tool,
            border=unit(theme.BORDER) if edged else 0,
            radius=inner,
        )
        self.sign.color = self.word.color = self._ink
