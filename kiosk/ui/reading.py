"""Two frames that most screens are: a picture with sentences, and a list of rows to choose from.

Both break into parts when the words do not fit at the size that the person reads: never smaller,
never cut, never scrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.ui import theme
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.controls import Box
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.words import put_words, words_height, words_room, words_width

BODY_TOP = 128
PLATE = (468, 424)


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to set sentences beside a picture, in design pixels."""

    plate_height: float
    gap: float
    spacing: float


# Tried in turn until all sentences stand on one page; else the first, over pages.
SETTINGS = (
    Setting(424, 24, 1.5),
    Setting(380, 20, 1.5),
    Setting(336, 16, 1.4),
    Setting(300, 12, 1.35),
)
# One sentence a page: the first that has room for every one of them; 0 is without the picture.
LARGE_SETTINGS = (
    Setting(312, 24, 1.4),
    Setting(240, 24, 1.3),
    Setting(180, 24, 1.15),
    Setting(0, 24, 1.15),
)


def evenly(groups: list[list[str]]) -> list[list[str]]:
    """The same sentences over as many pages, none of them left almost empty."""
    texts = [text for group in groups for text in group]
    pages, most = len(groups), max(map(len, groups))
    each = -(-len(texts) // pages)
    if each > most:
        return groups
    return [texts[at : at + each] for at in range(0, len(texts), each)]


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
        """Words such as "Page 2 of 5", only where it is true."""
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
        self._settle()
        super().compose()

    def settings(self) -> Sequence[Setting]:
        """The ways to set this page, the most generous first."""
        return LARGE_SETTINGS if self.dress.size.roomy else SETTINGS

    def _settle(self) -> None:
        for setting in self.settings():
            self._setting = setting
            self._groups = self._fit()
            if len(self._groups) == 1 or (self.dress.size.roomy and self._all_fit()):
                return
        if self.dress.size.roomy:
            return
        self._setting = self.settings()[0]
        self._groups = evenly(self._fit())

    def _all_fit(self) -> bool:
        _start, top, width, bottom = self._text_area()
        return all(self._high(group, width) <= bottom - top for group in self._groups)

    @property
    def parts(self) -> int:
        return len(self._groups)

    @property
    def _plate_shown(self) -> bool:
        return self._shown and self._setting.plate_height > 0

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
        return max(BODY_TOP, self.heading_top + self._heading_height() + 20)

    @property
    def _body_bottom(self) -> float:
        end = self.end()
        if self.foot_stacks(self.quiet(), end, self._foot_start):
            return self.foot_top - self.dress.type.foot_height - 16 - 16
        return self.foot_top - (72 if self.dress.portrait else 24)

    @property
    def _foot_start(self) -> float:
        """Where the foot row begins."""
        return theme.MARGIN

    def _plate_size(self) -> tuple[float, float]:
        room = self._body_bottom - self._body_top
        if self.dress.portrait:
            room *= 0.46
        height = min(self._setting.plate_height, room)
        return (height * PLATE[0] / PLATE[1], height)

    def _text_area(self) -> tuple[float, float, float, float]:
        """Start, top, width, bottom of the sentences."""
        if not self._plate_shown:
            return (theme.MARGIN, self._body_top, self.full_width, self._body_bottom)
        wide, high = self._plate_size()
        if self.dress.portrait:
            top = self._body_top + high + 24
            return (theme.MARGIN, top, self.full_width, self._body_bottom)
        gap = 48 if wide > 400 else 36
        start = theme.MARGIN + wide + gap
        return (start, self._body_top - 16, self.full_width - wide - gap, self._body_bottom + 12)

    def _fit(self) -> list[list[str]]:
        _start, top, width, bottom = self._text_area()
        groups: list[list[str]] = []
        for text in self._texts:
            together = [*groups[-1], text] if groups else [text]
            fits = self._high(together, width) <= bottom - top
            if groups and fits and not self.dress.size.roomy:
                groups[-1] = together
            else:
                groups.append([text])
        return groups or [[]]

    def _high(self, texts: Sequence[str], width: float) -> float:
        return self.sentences_height(
            texts, width, gap=self._setting.gap, spacing=self._setting.spacing
        )

    def body(self) -> None:
        self.heading(self.title())
        start, top, width, bottom = self._text_area()
        if self._plate_shown:
            wide, high = self._plate_size()
            at = self._body_top
            if not self.dress.portrait:
                at += (bottom - top - high) / 2 if high < bottom - top - 60 else 0
            self.plate(self._picture_shown(), theme.MARGIN, at, wide, high, self.frame)
        self.put_sentences(start, top, width, bottom)
        self.foot(
            quiet=self.quiet() if self.last_part else None,
            page=self.page_words(),
            end=self.end_button(*self.end()),
            start=self._foot_start,
        )

    def own_pictures(self) -> Sequence[str]:
        """A picture id for each of the texts, shown where a sentence has a page to itself."""
        return ()

    def _picture_shown(self) -> str:
        before = sum(len(group) for group in self._groups[: self.part])
        alone = len(self._groups[self.part]) == 1 and len(self._groups) > 1
        own = self.own_pictures()
        return (own[before] if alone and before < len(own) else "") or self.picture()

    def put_sentences(self, start: float, top: float, width: float, bottom: float) -> None:
        """The sentences of the part shown."""
        self.sentences(
            self._groups[self.part],
            start,
            top,
            width,
            bottom,
            gap=self._setting.gap,
            spacing=self._setting.spacing,
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
