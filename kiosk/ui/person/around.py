"""Screens that can come up anywhere: a person to ask, time out, a problem, no voice."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.i18n import Duration
from kiosk.ui import theme
from kiosk.ui.reading import Reading
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.controls import WordButton
from kiosk.ui.widgets.stage import Stage, paint_box
from kiosk.ui.widgets.touch import FINGER
from kiosk.ui.widgets.words import put_words, words_height, words_width


class AskPerson(Reading):
    """There is always a person to ask. A worker signs in from here."""

    def title(self) -> str:
        return self.say("person.title")

    def picture(self) -> str:
        return "person.worker"

    def texts(self) -> Sequence[str]:
        return [self.say(name) for name in ("person.text", "person.reason", "person.back")]

    def quiet(self) -> FootButton | None:
        return ("person.worker", self.say("worker.title"), self._worker)

    def _worker(self) -> None:
        self.session.go(Step("worker"))

    def end(self) -> FootButton:
        return ("go-back", self.say("bar.back"), self.session.back)


class NoVoice(Reading):
    """This language has no voice that is good enough: a worker reads it, never another voice."""

    def title(self) -> str:
        return self.say("voice.none")

    def picture(self) -> str:
        return "person.worker"

    def texts(self) -> Sequence[str]:
        return [self.say("problem.no_voice.next")]

    def end(self) -> FootButton:
        return ("go-back", self.say("bar.back"), self.session.back)


class Problem(Reading):
    """What happened, what was kept, and what to do next. Nobody is blamed."""

    def title(self) -> str:
        return self.say(f"problem.{self.step.item}.what")

    def picture(self) -> str:
        return "person.worker"

    def texts(self) -> Sequence[str]:
        texts = [self.say(f"problem.{self.step.item}.next")]
        error = self.session.problem
        wait = int(error.facts.get("wait_seconds", 0)) if error else 0
        if wait > 0:
            texts.append(self.say("problem.wait", wait=waiting(wait)))
        return texts

    def end(self) -> FootButton:
        return ("go-back", self.say("bar.back"), self.session.back)


def waiting(seconds: int) -> Duration:
    """A wait as it is said: in seconds below two minutes, then in whole minutes."""
    if seconds < 120:
        return Duration(seconds, "second")
    return Duration(-(-seconds // 60), "minute")


class TimeOut(Screen):
    """Are you still here? Counted down in numbers and blocks; any touch or key says yes."""

    has_back = False
    BLOCK_SECONDS = 10

    def body(self) -> None:
        bottom = self.heading(self.say("timeout.title"))
        top = max(124.0, bottom + 20)
        start, width = float(theme.MARGIN), self.full_width
        if self.dress.pictures and not self.dress.size.roomy and not self.dress.portrait:
            self.plate("timeout.chair", theme.MARGIN, top, 468, 424, "plate")
            start, width = theme.MARGIN + 516, self.full_width - 516
        beside = self.dress.size.roomy and not self.dress.portrait
        counter_width = width * 0.46 if beside else width
        after = self._countdown(start, top, counter_width)
        texts = [self.say("timeout.saved"), self.say("timeout.nothing")]
        if beside:
            start, width = start + counter_width + 36, width - counter_width - 36
        else:
            top = after
        # Where words are large the number is what counts: the sentences stand at the default size.
        size = min(self.dress.type.body, 48)
        for text in texts:
            label = put_words(self, text, start, top, width, size=size, spacing=1.25)
            top += label.height / self.dress.scale + 6
        self._buttons()

    def _countdown(self, start: float, top: float, width: float) -> float:
        size = min(self.dress.type.body, 48)
        lead = put_words(
            self, self.say("timeout.clears"), start, top, width, size=size, spacing=1.25
        )
        top += lead.height / self.dress.scale + 4
        self._counter = Stage(self.dress)
        self.put(self._counter, start, top, width, 180)
        self._counter_width = width
        self.count(self.session.warning_left)
        return top + 184

    def _buttons(self) -> None:
        stay, clear = self.say("timeout.here"), self.say("timeout.clear")
        wide = max(
            240.0,
            WordButton.wanted_width(self.dress, stay),
            WordButton.wanted_width(self.dress, clear),
        )
        height, right = self.dress.type.foot_height, self.inner_width - theme.MARGIN
        here = WordButton(self.dress, "timeout.here", stay, self.session.stay)
        gone = WordButton(self.dress, "timeout.clear", clear, self.session.finish)
        self.put(gone, right - 2 * wide - 32, self.foot_top, wide, height)
        self.put(here, right - wide, self.foot_top, wide, height)

    def on_touch_up(self, touch: object) -> bool:
        """A touch that meets neither button is still somebody: it takes the warning back."""
        if super().on_touch_up(touch):
            return True
        if touch.grab_current is None and FINGER.holder is None:  # type: ignore[attr-defined]
            self.session.stay()
        return True

    def count(self, left: int) -> None:
        """Show `left` seconds, and a block for every ten of them."""
        counter, width = self._counter, self._counter_width
        counter.clear_widgets()
        counter.canvas.clear()
        number = str(left)
        wide = words_width(self.dress, number, 128, bold=True) + 4
        put_words(counter, number, 0, 0, wide, size=128, bold=True, spacing=1.0, said=False)
        seconds = self.say("timeout.seconds")
        start, across = wide + 16, width - wide - 16
        high = words_height(self.dress, seconds, 48, across, bold=True, spacing=1.0)
        put_words(counter, seconds, start, 112 - high, across, size=48, bold=True, spacing=1.0)
        palette, unit = self.dress.palette, self.dress.u
        blocks = -(-self.session.warning_seconds // self.BLOCK_SECONDS)
        for at in range(blocks):
            full = at < -(-left // self.BLOCK_SECONDS)
            begin = unit(at * 70)
            x = counter.right - begin - unit(56) if self.dress.rtl else counter.x + begin
            paint_box(
                counter.canvas,
                (x, counter.y + unit(14)),
                (unit(56), unit(22)),
                fill=palette.ink if full else palette.page,
                edge=palette.ink,
                border=unit(4),
                radius=unit(6),
            )
