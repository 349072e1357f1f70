"""Two frames that most screens are: a picture with sentences, and a list of rows to choose from.

Both break into parts when the words do not fit at the size that the person reads: never smaller,
never cut, never scrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.ui import theme
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.controls import Box
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.words import put_words, words_height

FootButton = tuple[str, str, Callable[[], None]]

BODY_TOP = 128
PLATE = (468, 424)


class Parted(Screen):
    """A screen whose words may need several pages; Back and Next walk through them."""

    @property
    def part(self) -> int:
        """The page shown, counted from 0."""
        return min(self.step.part, self.parts - 1)

    @property
    def parts(self) -> int:
        """How many pages there are at this size."""
        raise NotImplementedError

    @property
    def last_part(self) -> bool:
        return self.part == self.parts - 1

    def more(self) -> None:
        """The next page of the same screen."""
        self.session.go(replace(self.step, part=self.part + 1))

    def end_button(self, name: str, label: str, act: Callable[[], None]) -> FootButton:
        """More while there are pages left, then what ends the screen."""
        if self.last_part:
            return (name, label, act)
        return ("more", self.say("more"), self.more)


class Reading(Parted):
    """A heading, one picture, and sentences beside it."""

    frame = "plate"

    # --- what a screen says --------------------------------------------------------------------

    def title(self) -> str:
        raise NotImplementedError

    def picture(self) -> str:
        """The picture's id; empty for none."""
        raise NotImplementedError

    def texts(self) -> Sequence[str]:
        raise NotImplementedError

    def page_words(self) -> str:
        """"Page 2 of 5", only where it is true."""
        return ""

    def quiet(self) -> FootButton | None:
        """The quiet button of the foot, on the last part."""
        return None

    def end(self) -> FootButton:
        return ("next", self.say("next"), self.next)

    # --- laying it out -------------------------------------------------------------------------

    def compose(self) -> None:
        self._texts = list(self.texts())
        self._shown = bool(self.picture()) and self.dress.pictures
        self._groups = self._fit()
        super().compose()

    @property
    def parts(self) -> int:
        return len(self._groups)

    def _heading_height(self) -> float:
        spacing = 1.15 if self.dress.size is theme.Size.LARGEST else theme.HEADING_SPACING
        return words_height(
            self.dress,
            self.title(),
            self.dress.type.heading,
            self.heading_width - theme.MARGIN,
            bold=True,
            spacing=spacing,
        )

    @property
    def _body_top(self) -> float:
        return max(BODY_TOP, 36 + self._heading_height() + 20)

    @property
    def _body_bottom(self) -> float:
        return self.foot_top - 24

    def _plate_size(self) -> tuple[float, float]:
        room = self._body_bottom - self._body_top
        if self.dress.portrait:
            room *= 0.46
        height = min(PLATE[1], room)
        if self.dress.size.roomy and not self.dress.portrait:
            height = min(height, 312)
        return (height * PLATE[0] / PLATE[1], height)

    def _text_area(self) -> tuple[float, float, float, float]:
        """Start, top, width, bottom of the sentences."""
        if not self._shown:
            return (theme.MARGIN, self._body_top, self.full_width, self._body_bottom)
        wide, high = self._plate_size()
        if self.dress.portrait:
            top = self._body_top + high + 24
            return (theme.MARGIN, top, self.full_width, self._body_bottom)
        start = theme.MARGIN + wide + 48
        return (start, self._body_top, self.full_width - wide - 48, self._body_bottom)

    def _fit(self) -> list[list[str]]:
        _start, top, width, bottom = self._text_area()
        groups: list[list[str]] = []
        for text in self._texts:
            together = [*groups[-1], text] if groups else [text]
            fits = self.sentences_height(together, width) <= bottom - top
            if groups and fits and not self.dress.size.roomy:
                groups[-1] = together
            else:
                groups.append([text])
        return groups or [[]]

    def body(self) -> None:
        self.heading(self.title())
        start, top, width, bottom = self._text_area()
        if self._shown:
            wide, high = self._plate_size()
            at = top if not self.dress.portrait else self._body_top
            self.plate(self.picture(), theme.MARGIN, at, wide, high, self.frame)
        self.sentences(self._groups[self.part], start, top, width, bottom)
        self.foot(
            quiet=self.quiet() if self.last_part else None,
            page=self.page_words(),
            end=self.end_button(*self.end()),
        )


@dataclass(frozen=True, slots=True)
class RowChoice:
    """One row of a list: bold words, perhaps a sentence, perhaps a picture. All rows are alike."""

    name: str
    label: str
    act: Callable[[], None]
    sentence: str = ""
    picture: str = ""
    frame: str = "level"
    chosen: bool = False
    filled: bool = False


class RowBox(Box):
    """A row to tap: picture, bold words, the sentence below them."""

    def __init__(
        self, screen: Screen, row: RowChoice, path: Path | None, picture_width: float
    ) -> None:
        super().__init__(screen.dress, row.name, row.act, row.label)
        self.row, self.path, self.picture_width = row, path, picture_width
        self.chosen, self.filled = row.chosen, row.filled

    def compose(self) -> None:
        spacing, body = self.dress.type.label_spacing, self.dress.type.body
        start, width = text_span(self.inner_width, self.picture_width if self.path else 0)
        if self.path:
            high = self.picture_width * 118 / 152
            picture = Picture(self.dress, self.path, radius=8)
            self.put(picture, 14, (self.inner_height - high) / 2, self.picture_width, high)
        label_high = words_height(
            self.dress, self.row.label, body, width, bold=True, spacing=spacing
        )
        more = self.row.sentence
        more_high = words_height(self.dress, more, body, width, spacing=spacing) if more else 0
        top = (self.inner_height - label_high - more_high) / 2
        label = put_words(self, self.row.label, start, top, width, bold=True, spacing=spacing)
        self.tinted.append(label)
        if more:
            self.tinted.append(
                put_words(self, more, start, top + label_high, width, spacing=spacing)
            )
        self.paint()


def text_span(row_width: float, picture_width: float) -> tuple[float, float]:
    """Start and width of the words in a row."""
    start = 14 + picture_width + 28 if picture_width else 28
    return (start, row_width - start - 20)


class Choices(Parted):
    """A heading and rows to choose from; as many rows on a page as fit, all of one height."""

    least_row = 122.0
    gap = 24.0
    picture_width = 124.0

    def title(self) -> str:
        raise NotImplementedError

    def lead(self) -> str:
        """A line between the heading and the rows; empty for none."""
        return ""

    def rows(self) -> Sequence[RowChoice]:
        raise NotImplementedError

    def note(self) -> str:
        return ""

    def quiet(self) -> FootButton | None:
        return None

    def end(self) -> FootButton | None:
        """What ends the screen, besides the rows; None when only a row does."""
        return None

    end_quiet = False

    def compose(self) -> None:
        self._rows = list(self.rows())
        self._pictured = self.dress.pictures and all(row.picture for row in self._rows)
        self._per_page = max(1, self._fit())
        super().compose()

    @property
    def parts(self) -> int:
        return max(1, -(-len(self._rows) // self._per_page))

    def _has_foot(self) -> bool:
        return bool(self.note() or self.quiet() or self.end()) or self._needs_more

    def _top(self) -> float:
        spacing = 1.15 if self.dress.size is theme.Size.LARGEST else theme.HEADING_SPACING
        width = self.heading_width - theme.MARGIN
        heading = self.dress.type.heading
        top = 36 + words_height(
            self.dress, self.title(), heading, width, bold=True, spacing=spacing
        )
        lead = self.lead()
        if lead:
            body = self.dress.type.body
            top += 8 + words_height(self.dress, lead, body, self.full_width, spacing=1.3)
        return max(top + 18, self.dress.type.hide[1] + 24)

    def _bottom(self) -> float:
        return self.foot_top - 20 if self._has_foot() else self.bar_top - 30

    def _row_height(self) -> float:
        _start, width = text_span(self.full_width, self.picture_width if self._pictured else 0)
        spacing, body = self.dress.type.label_spacing, self.dress.type.body
        tallest = max(
            words_height(self.dress, row.label, body, width, bold=True, spacing=spacing)
            + (
                words_height(self.dress, row.sentence, body, width, spacing=spacing)
                if row.sentence
                else 0
            )
            for row in self._rows
        )
        return max(self.least_row, tallest + 24)

    def _fit(self) -> int:
        self._needs_more = False
        if not self._rows:
            return 1
        self._height = self._row_height()
        count = self._count_in(self._bottom() - self._top())
        if count < len(self._rows):
            self._needs_more = True
            count = self._count_in(self._bottom() - self._top())
        return count

    def _count_in(self, room: float) -> int:
        for gap in (self.gap, 16.0):
            count = int((room + gap) // (self._height + gap))
            if count >= len(self._rows):
                self._gap = gap
                return len(self._rows)
        self._gap = 16.0
        return int((room + 16) // (self._height + 16))

    def body(self) -> None:
        bottom = self.heading(self.title())
        if self.lead():
            put_words(self, self.lead(), theme.MARGIN, bottom + 8, self.full_width, spacing=1.3)
        top = self._top()
        shown = self._rows[self.part * self._per_page :][: self._per_page]
        for at, row in enumerate(shown):
            path = self.session.pictures.path(row.picture, row.frame) if self._pictured else None
            box = RowBox(self, row, path, self.picture_width)
            place = top + at * (self._height + self._gap)
            self.put(box, theme.MARGIN, place, self.full_width, self._height)
        if self._has_foot():
            end = self.end()
            if not self.last_part:
                end = ("more", self.say("more"), self.more)
            self.foot(
                quiet=self.quiet(),
                note=self.note(),
                end=end,
                end_quiet=self.end_quiet and self.last_part,
            )
