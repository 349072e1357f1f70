"""The other frame: a heading and rows to choose from, in parts where they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.ui import theme
from kiosk.ui.reading import Parted
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.controls import Box
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.words import put_words, words_height, words_room, words_width


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


LABEL_GAP = 6.0  # between a row's label and its sentence, beyond their lines


class RowBox(Box):
    """A row to tap: picture, bold words, the sentence below them."""

    def __init__(
        self,
        screen: Screen,
        row: RowChoice,
        path: Path | None,
        picture_width: float,
        *,
        sentence_beside: bool = False,
    ) -> None:
        super().__init__(screen.dress, row.name, row.act, row.label)
        self.sentence_beside = sentence_beside
        self.row, self.path, self.picture_width = row, path, picture_width
        self.chosen, self.filled = row.chosen, row.filled

    def compose(self) -> None:
        spacing, body = self.dress.type.label_spacing, self.dress.type.body
        start, width = text_span(self.inner_width, self.picture_width if self.path else 0)
        if self.path:
            high = min(self.picture_width * 118 / 152, self.inner_height - 20)
            wide = high * 152 / 118
            picture = Picture(self.dress, self.path, radius=8)
            inset = 14 + (self.picture_width - wide) / 2
            self.put(picture, inset, (self.inner_height - high) / 2, wide, high)
        label_high = words_height(
            self.dress, self.row.label, body, width, bold=True, spacing=spacing
        )
        more = self.row.sentence
        if self.sentence_beside and more:
            self._compose_beside(start, width, label_high)
            return
        more_high = words_height(self.dress, more, body, width, spacing=spacing) if more else 0
        gap = LABEL_GAP if more else 0
        top = (self.inner_height - label_high - more_high - gap) / 2
        label = put_words(self, self.row.label, start, top, width, bold=True, spacing=spacing)
        self.tinted.append(label)
        if more:
            self.tinted.append(
                put_words(self, more, start, top + label_high + gap, width, spacing=spacing)
            )
        self.paint()

    def _compose_beside(self, start: float, width: float, high: float) -> None:
        """The label, and its sentence after it on the same line."""
        spacing, body = self.dress.type.label_spacing, self.dress.type.body
        label_wide = label_width(self.dress, self.row.label)
        top = (self.inner_height - high) / 2
        for text, at, wide, bold in (
            (self.row.label, start, label_wide, True),
            (self.row.sentence, start + label_wide, width - label_wide, False),
        ):
            words = put_words(self, text, at, top, wide, size=body, bold=bold, spacing=spacing)
            self.tinted.append(words)
        self.paint()


def label_width(dress: theme.Dress, label: str) -> float:
    """Across, with room after it for a sentence on the same line."""
    return words_width(dress, label, dress.type.body, bold=True) + 28


def text_span(row_width: float, picture_width: float) -> tuple[float, float]:
    """Start and width of the words in a row."""
    start = 14 + picture_width + 28 if picture_width else 28
    return (start, row_width - start - 20)


class Choices(Parted):
    """A heading and rows to choose from; as many rows on a page as fit, all of one height."""

    least_row = 122.0
    least_roomy = 92.0  # where words are large, more rows matter more than tall ones
    gap = 24.0
    least_gap = 16.0
    picture_width = 124.0
    may_stand_beside = False  # a sentence after its label, where all of them fit
    columns = 1  # of rows whose label is short, where words are not large

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
        self._explained: list[RowChoice] = []
        if self.dress.size.roomy:
            self._explain_first()
        self._pictured = self.dress.pictures and all(row.picture for row in self._rows)
        self._across = 1 if self.dress.size.roomy or self.dress.portrait else self.columns
        self._per_page = max(1, self._fit())
        super().compose()

    def _explain_first(self) -> None:
        """Where words are large: the lead, and each row's sentence, on pages before the rows."""
        lead = self.lead()
        if lead:
            self._explained.append(RowChoice("", lead, self.more))
        self._explained += [row for row in self._rows if row.sentence]
        self._rows = [replace(row, sentence="") for row in self._rows]

    @property
    def _before(self) -> int:
        """Pages before the rows."""
        return len(self._explained)

    @property
    def parts(self) -> int:
        return self._before + max(1, -(-len(self._rows) // self._per_page))

    def _lead_shown(self) -> str:
        return "" if self.dress.size.roomy else self.lead()

    def _has_foot(self) -> bool:
        return bool(self.note() or self.quiet() or self.end()) or self._needs_more

    def _top(self) -> float:
        spacing = 1.15 if self.dress.size is theme.Size.LARGEST else theme.HEADING_SPACING
        width = self.heading_width - theme.MARGIN
        heading = self.dress.type.heading
        top = self.heading_top + words_height(
            self.dress, self.title(), heading, width, bold=True, spacing=spacing
        )
        lead = self._lead_shown()
        if lead:
            body = self.dress.type.body
            top += 8 + words_height(self.dress, lead, body, self.full_width, spacing=1.3)
        return max(top + (12 if self.dress.size.roomy else 18), self.dress.type.hide[1] + 30)

    def _bottom(self) -> float:
        return self.foot_top - 16 if self._has_foot() else self.bar_top - 30

    def _row_height(self) -> float:
        _start, width = text_span(self._row_width, self.picture_width if self._pictured else 0)
        spacing, body = self.dress.type.label_spacing, self.dress.type.body
        if self._beside:
            width = self.full_width
        tallest = max(
            words_room(self.dress, row.label, body, width, bold=True, spacing=spacing)
            + (
                words_room(self.dress, row.sentence, body, width, spacing=spacing) + LABEL_GAP
                if row.sentence and not self._beside
                else 0
            )
            for row in self._rows
        )
        least = min(self.least_row, self.least_roomy) if self.dress.size.roomy else self.least_row
        return max(least, tallest + 2 * theme.BORDER + 6)

    @property
    def _beside(self) -> bool:
        """True where every sentence has room after its label, on the same line."""
        _start, width = text_span(self._row_width, self.picture_width if self._pictured else 0)
        body = self.dress.type.body
        return (
            self.may_stand_beside
            and any(row.sentence for row in self._rows)
            and all(
                label_width(self.dress, row.label) + words_width(self.dress, row.sentence, body)
                < width
                for row in self._rows
                if row.sentence
            )
        )

    @property
    def _row_width(self) -> float:
        return (self.full_width - (self._across - 1) * theme.GAP) / self._across

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
        for gap in (self.gap, self.least_gap):
            count = int((room + gap) // (self._height + gap)) * self._across
            if count >= len(self._rows):
                self._gap = gap
                return len(self._rows)
        self._gap = gap = self.least_gap
        return int((room + gap) // (self._height + gap)) * self._across

    def body(self) -> None:
        bottom = self.heading(self.title(), top=self.heading_top)
        if self.part < self._before:
            self._explain(self._explained[self.part], bottom + 20)
            return
        lead = self._lead_shown()
        if lead:
            put_words(self, lead, theme.MARGIN, bottom + 8, self.full_width, spacing=1.3)
        top = self._top()
        shown = self._rows[(self.part - self._before) * self._per_page :][: self._per_page]
        for at, row in enumerate(shown):
            path = self.session.pictures.path(row.picture, row.frame) if self._pictured else None
            box = RowBox(self, row, path, self.picture_width, sentence_beside=self._beside)
            place = top + at // self._across * (self._height + self._gap)
            start = theme.MARGIN + at % self._across * (self._row_width + theme.GAP)
            self.put(box, start, place, self._row_width, self._height)
        self._put_foot()

    def _explain(self, row: RowChoice, top: float) -> None:
        """One row by itself, large: its picture, its words and its sentence."""
        start, width, bottom = float(theme.MARGIN), self.full_width, self.foot_top - 20
        spacing, body = self.dress.type.label_spacing, self.dress.type.body
        for high in (240.0, 180.0, 120.0) if row.picture and self.dress.pictures else ():
            across = width - high * 152 / 118 - 36
            words = words_room(self.dress, row.label, body, across, bold=True, spacing=spacing)
            if row.sentence:
                words += 24 + words_room(self.dress, row.sentence, body, across, spacing=spacing)
            if words <= bottom - top:
                self.plate(row.picture, start, top, high * 152 / 118, high, row.frame)
                start, width = self.full_width + theme.MARGIN - across, across
                break
        label = put_words(self, row.label, start, top, width, spacing=spacing, bold=bool(row.name))
        top += label.height / self.dress.scale + 24
        if row.sentence:
            put_words(self, row.sentence, start, top, width, spacing=spacing)
        self.foot(end=("more", self.say("more"), self.more))

    def _put_foot(self) -> None:
        if self._has_foot():
            end = self.end()
            if not self.last_part:
                end = ("more", self.say("more"), self.more)
            self.foot(
                quiet=self.quiet(),
                note=self.note() if not self.dress.size.roomy or self.last_part else "",
                end=end,
                end_quiet=self.end_quiet and self.last_part,
            )
