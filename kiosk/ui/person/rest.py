"""What the kiosk looks like when nobody is at it: a clock on a wall, and how to start."""

from __future__ import annotations

from kivy.clock import Clock

from kiosk.i18n import format_date, format_time
from kiosk.ui import theme
from kiosk.ui.routes import LANGUAGE, Step
from kiosk.ui.screen import Screen
from kiosk.ui.session import Session
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.stage import Stage, paint_line
from kiosk.ui.widgets.touch import Tappable
from kiosk.ui.widgets.words import put_words, words_height

LINES = 6  # languages that say "Touch to start" below the first


class _Everywhere(Tappable):
    """The whole screen is the way in."""

    def __init__(self, screen: Rest) -> None:
        begin = screen.say("rest.touch")
        super().__init__(screen.dress, "rest.touch", lambda: screen.session.go(LANGUAGE), begin)


class Rest(Screen):
    """No name of a service, no topic: Hide now lands here (accessibility rule 87)."""

    has_bar = False
    has_hide = False
    guarded = False

    def __init__(self, session: Session, step: Step) -> None:
        super().__init__(session, step)
        self._minute = ""
        self._day_shown = False
        self._ticking = Clock.schedule_interval(self._tick, 1)

    def body(self) -> None:
        upright = self.dress.portrait
        wide = self.inner_width if upright else self.inner_width * 672 / 1280
        high = self.inner_height * 0.46 if upright else self.inner_height
        picture = Picture(self.dress, self.session.pictures.path("rest", "rest"), radius=0)
        self.put(picture, 0, 0, wide, high)
        start = theme.MARGIN if upright else wide + 64
        self._span = (start, self.inner_width - start - theme.MARGIN)
        if not upright:
            edge = self.right - self.dress.u(wide) if self.dress.rtl else self.dress.u(wide)
            points = [edge, 0, edge, self.height]
            paint_line(self.canvas.after, points, self.dress.u(6), self.dress.palette.ink)
        self._clock = Stage(self.dress)
        self._clock_top = high + 24 if upright else 56
        self.put(self._clock, start, self._clock_top, self._span[1], 250)
        self._put_invitation()
        self._tick(0)
        # What is due at once still comes before the frame; what that asks for comes after it.
        Clock.schedule_once(lambda _dt: Clock.schedule_once(self._put_day))
        self.put(_Everywhere(self), 0, 0, self.inner_width, self.inner_height)

    def _tick(self, _dt: float) -> None:
        if self.session.step.screen != "rest" or self.parent is None and self._minute:
            self._ticking.cancel()
            return
        now = self.session.now()
        minute = format_time(now.time(), self.dress.language)
        if minute == self._minute:
            return
        self._minute = minute
        self._clock.clear_widgets()
        width = self._span[1]
        put_words(self._clock, minute, 0, 0, width, size=140, bold=True, spacing=1.0, said=False)
        if self._day_shown:
            self._put_day(0)

    def _put_day(self, _dt: float) -> None:
        """A frame after the rest: all that CLDR knows of English dates takes a while to read."""
        self._day_shown = True
        day = format_date(self.session.now().date(), self.dress.language)
        put_words(self._clock, day, 0, 160, self._span[1], size=40, spacing=1.3, said=False)

    def _put_invitation(self) -> None:
        """Put "Touch to start" in each language that is offered here, in its own script."""
        start, width = self._span
        lines = []
        for language in self.session.parts.languages[: LINES + 1]:
            words = self.session.parts.words(language.code)
            lines.append((words.text("rest.touch"), language.code))
        heights = [
            words_height(self.dress, text, 48 if at == 0 else 40, width, bold=at == 0, spacing=1.4)
            for at, (text, _code) in enumerate(lines)
        ]
        top = self.inner_height - 48 - sum(heights)
        for at, (text, code) in enumerate(lines):
            put_words(
                self,
                text,
                start,
                top,
                width,
                size=48 if at == 0 else 40,
                bold=at == 0,
                spacing=1.4,
                language=code,
            )
            top += heights[at]
