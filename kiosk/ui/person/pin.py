"""Four secret digits, as numbers or as pictures: made, typed again, or asked for on coming back.

What is typed is shown as dots and never spoken (EN 301 549 5.1.3.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kiosk.content.code_words import CODE_WORDS
from kiosk.domain.person import PinProblem, pin_problem
from kiosk.errors import YourSayError
from kiosk.ui import theme
from kiosk.ui.reading import Parted, Reading
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.session import as_code
from kiosk.ui.widgets.controls import WordButton
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.stage import Stage, paint_box
from kiosk.ui.widgets.words import put_words

LENGTH = 4
PIN_PICTURES = tuple(CODE_WORDS[at].picture for at in range(10))
"""A picture for each digit; the same ones for ever, like the words that they are."""


class Dots(Stage):
    """As many filled squares as were typed, and as many empty ones as are to come."""

    def __init__(self, screen: Screen, filled: int) -> None:
        super().__init__(screen.dress)
        self.filled = filled

    def compose(self) -> None:
        palette, unit, side = self.dress.palette, self.dress.u, self.height
        for at in range(LENGTH):
            start = at * (side + unit(20))
            left = self.right - start - side if self.dress.rtl else self.x + start
            paint_box(
                self.canvas,
                (left, self.y),
                (side, side),
                fill=palette.ink if at < self.filled else palette.plate,
                edge=palette.ink,
                border=unit(4),
                radius=unit(10),
            )


class PinScreen(Parted):
    """The keypad on one side, what it is for on the other. `typed` lives in the session only."""

    @property
    def typed(self) -> str:
        return self.session.typed.get(self.step.screen, "")

    def title(self) -> str:
        return self.say("pin.title")

    def lines(self) -> list[str]:
        """What is said beside the keypad."""
        return []

    def complete(self, pin: str) -> None:
        """All four are typed."""
        raise NotImplementedError

    def quiet(self) -> tuple[str, str]:
        """(name, label) of a quiet way past this screen; ("", "") for none."""
        return ("", "")

    def past(self) -> None:
        """The quiet way past."""

    @property
    def _lines_first(self) -> list[str]:
        """Where room is short, what is said stands on pages before the keys."""
        return self.lines() if self.dress.size.roomy or self.dress.portrait else []

    @property
    def parts(self) -> int:
        return len(self._lines_first) + 1

    def body(self) -> None:
        bottom = self.heading(self.title())
        if not self.last_part:
            line = self._lines_first[self.part]
            top, end = bottom + 20, self.foot_top - 20
            self.sentences([line], theme.MARGIN, top, self.full_width, end)
            self.foot(end=("more", self.say("more"), self.more))
            return
        upright = self.dress.portrait
        wide = self.full_width if upright else 440.0
        top = max(bottom + 20, self.dress.type.hide[1] + 20)
        high = self.bar_top - 30 - top if not upright else 520.0
        start = self.inner_width - theme.MARGIN - wide
        pad_top = top if not upright else self.bar_top - 30 - high
        self._put_keypad(start, pad_top, wide, high)
        across = start - 2 * theme.MARGIN if not upright else self.full_width
        self._put_side(top, across, pad_top - 20 if upright else self.bar_top - 30)

    def _put_keypad(self, start: float, top: float, width: float, height: float) -> None:
        pictures = self.session.pictures
        shown = [pictures.path(name, "word") for name in PIN_PICTURES] if self.by_picture else []
        keypad = Keypad(
            self.dress,
            self._type,
            self._take_back,
            back_icon=pictures.icon("key-backspace", mirrored=self.dress.rtl),
            pictures=shown,
        )
        self.put(keypad, start, top, width, height)

    def _put_side(self, top: float, width: float, bottom: float) -> None:
        self.put(Dots(self, len(self.typed)), theme.MARGIN, top, 4 * 72 + 3 * 20, 72)
        at = top + 72 + 24
        for line in [] if self._lines_first else self.lines():
            said = put_words(self, line, theme.MARGIN, at, width, spacing=1.3)
            at += said.height / self.dress.scale + 12
        height = self.dress.type.foot_height
        other = self.say("pin.digits" if self.by_picture else "pin.pictures")
        buttons = [("pin.turn", other, self._turn)]
        name, label = self.quiet()
        if name:
            buttons.append((name, label, self.past))
        start = float(theme.MARGIN)
        for name, label, act in reversed(buttons):
            wide = min(width, max(200.0, WordButton.wanted_width(self.dress, label)))
            if start + wide > theme.MARGIN + width:
                bottom -= height + 16
                start = float(theme.MARGIN)
            self.put(WordButton(self.dress, name, label, act), start, bottom - height, wide, height)
            start += wide + 20

    @property
    def by_picture(self) -> bool:
        """True where the ten keys show pictures instead of numbers."""
        return self.session.typed.get("pin-by") == "pictures"

    def _turn(self) -> None:
        self.session.typed["pin-by"] = "digits" if self.by_picture else "pictures"
        self.session.refresh()

    def _type(self, digit: str) -> None:
        typed = (self.typed + digit)[:LENGTH]
        self.session.typed[self.step.screen] = typed
        if len(typed) == LENGTH:
            self.session.typed.pop(self.step.screen, None)
            self.complete(typed)
        else:
            self.session.refresh()

    def _take_back(self) -> None:
        self.session.typed[self.step.screen] = self.typed[:-1]
        self.session.refresh()


class MakePin(PinScreen):
    """A PIN of one's own. It may be left: then a worker opens the code."""

    def lines(self) -> list[str]:
        if self.step.item == "easy":
            return [self.say("pin.easy")]
        if self.step.item == "differs":
            return [self.say("pin.differs")]
        return [self.say("pin.what"), self.say("pin.why"), self.say("pin.remember")]

    def quiet(self) -> tuple[str, str]:
        return ("pin.skip", self.say("pin.skip"))

    def past(self) -> None:
        self.session.go(Step("no-pin"))

    def complete(self, pin: str) -> None:
        if pin_problem(pin) is PinProblem.TOO_EASY:
            self.session.swap(Step("pin", item="easy"))
            return
        self.session.visit.pin = pin
        self.session.forward()


class NoPin(Reading):
    """What it means to have no PIN, before it is so."""

    def title(self) -> str:
        return self.say("pin.skip")

    def picture(self) -> str:
        return self.session.words.picture("pin.what")

    def texts(self) -> Sequence[str]:
        return [self.say("pin.skip-note")]

    def quiet(self) -> FootButton | None:
        return ("pin.choose", self.say("pin.title"), self.session.back)

    def end(self) -> FootButton:
        return ("yes-continue", self.say("yes-continue"), self._without)

    def _without(self) -> None:
        self.session.visit.pin = ""
        self.session.forward()


class MakePinAgain(PinScreen):
    """The same again, so that a slip locks nobody out."""

    def title(self) -> str:
        return self.say("pin.again")

    def lines(self) -> list[str]:
        return [self.say("pin.remember")]

    def complete(self, pin: str) -> None:
        if pin == self.session.visit.pin:
            self.session.forward()
        else:
            self.session.visit.pin = ""
            self.session.swap(Step("pin", item="differs"))


class BeenPin(PinScreen):
    """The PIN of someone who comes back, for the code typed or the receipt scanned."""

    def title(self) -> str:
        return self.say("been.pin")

    def quiet(self) -> tuple[str, str]:
        return ("pin.skip", self.say("pin.skip"))

    def past(self) -> None:
        self.complete("")

    def complete(self, pin: str) -> None:
        people, typed = self.session.parts.people, self.session.typed
        token, code = typed.get("receipt", ""), self.session.code_typed

        def open_record() -> bytes:
            if token:
                return people.open_with_receipt(token, pin)
            return people.open_with_code(as_code(code), pin)

        opened = partial(self._opened, paper_alone=not pin)
        self.session.run(open_record, opened, self._refused)

    def _opened(self, person: bytes, *, paper_alone: bool) -> None:
        """Show it. By paper alone, No and Stop count at once; a Yes waits for a worker."""
        self.session.come_back(person, then=self.step.item, paper_alone=paper_alone)

    def _refused(self, error: YourSayError) -> None:
        self.session.trouble(error)
