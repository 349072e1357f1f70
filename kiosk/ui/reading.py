"""Screens in parts, and the frame that most are: a picture with sentences beside it.

A screen breaks into parts when its words do not fit at the size that the person reads: never
smaller, never cut, never scrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.ui import theme
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.words import words_height

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
