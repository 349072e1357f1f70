"""I have been here before: four code words by picture or by name, or the receipt scanned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kiosk.content.code_words import CODE_WORDS, GROUPS
from kiosk.domain.person import CODE_LENGTH
from kiosk.ui import theme
from kiosk.ui.choices import Choices, RowChoice
from kiosk.ui.reading import Parted, Reading
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.controls import Box, WordButton
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.stage import Stage, paint_box
from kiosk.ui.widgets.words import put_words, words_room

GAP = 16.0


class Been(Choices):
    """By the words, by the paper, or lost. `item` is what they came for, and is handed on."""

    def title(self) -> str:
        return self.say("been.title")

    def rows(self) -> Sequence[RowChoice]:
        item = self.step.item
        steps = {
            "been.words": Step("been-words", item=item),
            "been.scan": Step("been-scan", item=item),
            "been.lost": Step("person"),
        }
        return [
            RowChoice(
                name,
                self.say(name),
                partial(self.session.go, step),
                picture=self.session.words.picture(name),
            )
            for name, step in steps.items()
        ]


class BeenScan(Reading):
    """Where to show the paper. A scanner that types works on this screen, and on those before."""

    def title(self) -> str:
        return self.say("been.scan")

    def picture(self) -> str:
        return self.session.words.picture("been.scan.show")

    def texts(self) -> Sequence[str]:
        return [self.say("been.scan.show")]

    def end(self) -> FootButton:
        return ("been.words", self.say("been.words"), self._words)

    def _words(self) -> None:
        self.session.go(Step("been-words", item=self.step.item))


class _Slots(Stage):
    """The words touched so far, and empty places for those to come."""

    def __init__(self, screen: Screen, code: tuple[int, ...]) -> None:
        super().__init__(screen.dress)
        self.screen, self.code = screen, code

    def compose(self) -> None:
        unit, palette, side = self.dress.u, self.dress.palette, self.inner_height
        for at in range(CODE_LENGTH):
            place = at * (side + GAP)
            x = self.right - unit(place + side) if self.dress.rtl else self.x + unit(place)
            paint_box(
                self.canvas.before,
                (x, self.y),
                (unit(side), unit(side)),
                fill=palette.plate,
                edge=palette.ink,
                border=unit(theme.BORDER),
                radius=unit(theme.RADIUS_INSIDE),
            )
            if at < len(self.code):
                picture = CODE_WORDS[self.code[at]].picture
                path = self.screen.session.pictures.path(picture, "word")
                self.put(Picture(self.dress, path), place + 8, 8, side - 16, side - 16)


class WordBox(Box):
    """One thing to touch: its picture above its word."""

    def __init__(
        self, screen: Screen, index: int, name: str, label: str, act: partial[None]
    ) -> None:
        word = CODE_WORDS[index]
        self.label = label
        super().__init__(screen.dress, name, act, self.label, theme.RADIUS_BUTTON)
        self.path = screen.session.pictures.path(word.picture, "word")

    def compose(self) -> None:
        width, size = self.inner_width - 16, self.dress.type.small
        high = words_room(self.dress, self.label, size, width, spacing=1.1)
        side = max(32.0, min(96.0, self.inner_height - high - 24, width))
        top = max(6.0, (self.inner_height - side - high - 6) / 2)
        picture = Picture(self.dress, self.path, radius=8)
        self.put(picture, (self.inner_width - side) / 2, top, side, side)
        label = put_words(
            self, self.label, 8, top + side + 6, width, size=size, align="center", spacing=1.1
        )
        self.tinted.append(label)
        self.paint()


class BeenWords(Parted):
    """First a group of things, then the thing; four times. `page` is the group, 0 for none yet.

    What was touched stays above, so that nobody has to keep count.
    """

    @property
    def heading_size(self) -> float:
        return min(theme.TYPES[theme.Size.DEFAULT].heading, self.dress.type.heading)

    @property
    def _group(self) -> str:
        names = list(GROUPS)
        return names[self.step.page - 1] if self.step.page else ""

    @property
    def _shown(self) -> list[int]:
        """Indexes of the words on offer: one for each group, or those of the open group."""
        if self._group:
            return list(GROUPS[self._group])
        return [indexes[0] for indexes in GROUPS.values()]

    @property
    def _columns(self) -> int:
        if self.dress.portrait:
            return 3
        return 4 if self.dress.size.roomy else 5

    @property
    def _rows(self) -> int:
        if self.dress.portrait:
            return 5
        return 2 if self.dress.size.roomy else 3

    @property
    def parts(self) -> int:
        return -(-len(self._shown) // (self._columns * self._rows))

    def body(self) -> None:
        bottom = self.heading(self.say("been.words.enter"))
        top = max(bottom + 12, self.dress.type.hide[1] + 16)
        code = self.session.code_typed
        self.put(_Slots(self, code), theme.MARGIN, top, 4 * 84 + 3 * GAP, 84)
        if code:
            back = self.say("pin.delete")
            size = min(40, self.dress.type.body)
            wide = max(200.0, WordButton.wanted_width(self.dress, back, size))
            start = self.inner_width - theme.MARGIN - wide
            button = WordButton(self.dress, "key.back", back, self._take_back, size=size)
            self.put(button, start, top, wide, 84)
        self._put_words(top + 84 + 20)
        if self.parts > 1 or self._group:
            quiet = ("groups", self.say("bar.back"), self._to_groups) if self._group else None
            self.foot(quiet=quiet, end=("more", self.say("more"), self._round))

    def _put_words(self, top: float) -> None:
        shown = self._shown[self.part * self._columns * self._rows :]
        shown = shown[: self._columns * self._rows]
        has_foot = self.parts > 1 or bool(self._group)
        bottom = self.foot_top - 16 if has_foot else self.bar_top - 24
        wide = (self.full_width - (self._columns - 1) * GAP) / self._columns
        rows = self._rows if has_foot else -(-len(shown) // self._columns)
        high = (bottom - top - (rows - 1) * GAP) / rows
        for at, index in enumerate(shown):
            act = partial(self._touch, index, at)
            if self._group:
                name = f"word.{CODE_WORDS[index].id}"
            else:
                name = f"group.{list(GROUPS)[at]}"
            box = WordBox(self, index, name, self.say(name), act)
            start = theme.MARGIN + (at % self._columns) * (wide + GAP)
            self.put(box, start, top + (at // self._columns) * (high + GAP), wide, high)

    def _touch(self, index: int, at: int) -> None:
        if not self._group:
            self.session.go(replace(self.step, page=at + 1, part=0))
            return
        typed = self.session.code_typed
        if len(typed) == CODE_LENGTH:
            typed = ()  # came back from the PIN: these four were not it
        self.session.code_typed = (*typed, index)
        if len(self.session.code_typed) == CODE_LENGTH:
            self._whole()
        else:
            self.session.swap(replace(self.step, page=0, part=0))

    def _whole(self) -> None:
        self.session.typed.pop("receipt", None)
        self.session.step = replace(self.step, page=0, part=0)  # where Back comes to
        if self.step.item.startswith("worker-") and self.session.worker:
            self.session.find_beside_worker(self.step.item.removeprefix("worker-"))
        else:
            self.session.go(Step("been-pin", item=self.step.item))

    def _take_back(self) -> None:
        self.session.code_typed = self.session.code_typed[:-1]
        self.session.refresh()

    def _to_groups(self) -> None:
        self.session.swap(replace(self.step, page=0, part=0))

    def _round(self) -> None:
        part = (self.part + 1) % self.parts
        self.session.swap(replace(self.step, part=part))
