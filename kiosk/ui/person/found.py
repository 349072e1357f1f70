"""One thing to be found again by, if the person wants to leave one; else a lost code starts anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kiosk.domain.visit import FoundBy
from kiosk.ui import theme
from kiosk.ui.choices import Choices, RowChoice
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.controls import WordButton
from kiosk.ui.widgets.keypad import Keyboard, Keypad, put_typed

DIGITS_WANTED = {FoundBy.BIRTHDAY: 4, FoundBy.PHONE: 11}


class Found(Choices):
    """A name, a birthday, a telephone number, or nothing."""

    end_quiet = True
    least_row = 100.0

    def title(self) -> str:
        return self.say("found.title")

    def lead(self) -> str:
        return self.say("found.why")

    def rows(self) -> Sequence[RowChoice]:
        return [
            RowChoice(
                f"found.{way}",
                self.say(f"found.{way}"),
                partial(self._enter, way),
                picture=f"found-by.{way}",
            )
            for way in FoundBy
        ]

    def _enter(self, way: FoundBy) -> None:
        self.session.typed.pop("found", None)
        self.session.go(Step("found-entry", item=way))

    def note(self) -> str:
        return self.say("found.lost")

    def end(self) -> FootButton | None:
        return ("skip", self.say("found.skip"), self._skip)

    def _skip(self) -> None:
        self.session.visit.found_by = None
        self.next()


class FoundEntry(Screen):
    """Typing that one thing."""

    @property
    def heading_size(self) -> float:
        return min(theme.TYPES[theme.Size.DEFAULT].heading, self.dress.type.heading)

    @property
    def way(self) -> FoundBy:
        return FoundBy(self.step.item.rpartition("-")[2])

    @property
    def looking_for(self) -> str:
        """What a worker looks for the person for: "find", "stop", "unlock"; "" for leaving it."""
        return self.step.item.removeprefix("worker-").rpartition("-")[0]

    @property
    def _buttons(self) -> list[tuple[str, str, Callable[[], None]]]:
        last = [] if self.looking_for else [("skip", self.say("found.skip"), self._leave)]
        if self.typed.strip():
            last.append(("done", self.say("done"), self._done))
        return last

    @property
    def typed(self) -> str:
        return self.session.typed.get("found", "")

    def body(self) -> None:
        bottom = self.heading(self.say(f"found.{self.way}.enter"))
        top = bottom + 12
        top = put_typed(self, self.typed, top) + 16
        icon = self.session.pictures.icon("key-backspace", mirrored=self.dress.rtl)
        if self.way is FoundBy.NAME:
            board = Keyboard(
                self.dress,
                self._type,
                self._take_back,
                space=self.say("key.space"),
                back_icon=icon,
                last=self._buttons,
            )
            self.put(board, theme.MARGIN, top, self.full_width, self.bar_top - 28 - top)
            return
        self._put_keypad(top, icon)

    def _put_keypad(self, top: float, icon: Path) -> None:
        """The keys at the end, as for a PIN; the buttons beside them."""
        bottom, wide = self.bar_top - 28, min(440.0, self.full_width)
        pad = Keypad(self.dress, self._type, self._take_back, back_icon=icon)
        start = self.inner_width - theme.MARGIN - wide
        buttons = self._buttons
        height = self.dress.type.foot_height
        if self.dress.portrait:
            pad_bottom = bottom - (height + 16) * len(buttons) - 16
            self.put(pad, start, top, wide, pad_bottom - top)
        else:
            self.put(pad, start, top, wide, bottom - top)
        for at, (name, label, act) in enumerate(reversed(buttons)):
            button = WordButton(self.dress, name, label, act, tool=name == "done")
            place = bottom - height - at * (height + 16)
            across = min(WordButton.wanted_width(self.dress, label), self.full_width)
            self.put(button, theme.MARGIN, place, across, height)

    def _type(self, sign: str) -> None:
        most = DIGITS_WANTED.get(self.way, 40)
        self.session.typed["found"] = (self.typed + sign)[:most]
        self.session.refresh()

    def _take_back(self) -> None:
        self.session.typed["found"] = self.typed[:-1]
        self.session.refresh()

    def _leave(self) -> None:
        self.session.typed.pop("found", None)
        self.session.visit.found_by = None
        self.next()

    def _done(self) -> None:
        left = (self.way, self.session.typed.pop("found").strip())
        if self.looking_for:
            self.session.find_beside_worker(self.looking_for, left)
            return
        self.session.visit.found_by = left
        self.next()
