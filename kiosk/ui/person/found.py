"""One thing to be found again by, if the person wants to leave one; else a lost code starts anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kiosk.domain.visit import FoundBy
from kiosk.ui import theme
from kiosk.ui.reading import Choices, FootButton, RowChoice
from kiosk.ui.routes import Step
from kiosk.ui.screen import Screen
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
        return FoundBy(self.step.item)

    @property
    def typed(self) -> str:
        return self.session.typed.get("found", "")

    def body(self) -> None:
        bottom = self.heading(self.say(f"found.{self.way}.enter"))
        top = bottom + 12
        top = put_typed(self, self.typed, top) + 16
        icon = self.session.pictures.icon("key-backspace", mirrored=self.dress.rtl)
        if self.way is FoundBy.NAME:
            last = [("skip", self.say("found.skip"), self._leave)]
            if self.typed.strip():
                last.append(("done", self.say("done"), self._done))
            board = Keyboard(
                self.dress,
                self._type,
                self._take_back,
                space=self.say("key.space"),
                back_icon=icon,
                last=last,
            )
            self.put(board, theme.MARGIN, top, self.full_width, self.bar_top - 28 - top)
            return
        pad = Keypad(self.dress, self._type, self._take_back, back_icon=icon)
        self.put(pad, (self.inner_width - 480) / 2, top, 480, self.foot_top - 20 - top)
        self.foot(
            quiet=("skip", self.say("found.skip"), self._leave),
            end=("done", self.say("done"), self._done) if self.typed.strip() else None,
        )

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
        self.session.visit.found_by = (self.way, self.session.typed.pop("found").strip())
        self.next()
