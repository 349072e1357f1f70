"""The app: one window, one screen at a time, one session at a time.

Screens are built when entered and dropped when left, so nothing of a person lingers in a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kivy.base import EventLoop, ExceptionHandler, ExceptionManager, stopTouchApp
from kivy.clock import Clock, ClockEvent
from kivy.core.window import Window

from kiosk.errors import NoSoundDevice, NoVoice, YourSayError
from kiosk.ui import routes
from kiosk.ui.background import Background
from kiosk.ui.forgetting import forget_the_visit, keep_large_blocks_apart
from kiosk.ui.idle import IdleGuard
from kiosk.ui.keys import Keys
from kiosk.ui.parts import Parts
from kiosk.ui.person.around import TimeOut
from kiosk.ui.person.rest import Rest
from kiosk.ui.routes import Step
from kiosk.ui.screen import Screen, in_order
from kiosk.ui.session import Session
from kiosk.ui.theme import Dress
from kiosk.ui.voice import ScreenVoice
from kiosk.ui.widgets.bar import Bar
from kiosk.ui.widgets.touch import FINGER, Tappable

TICK_SECONDS = 0.5


class Kiosk:
    """Shows screens, keeps the guard, ends visits."""

    def __init__(self, parts: Parts, background: Background | None = None) -> None:
        self.parts = parts
        self.background = background or Background(self.unforeseen)
        self.voice = ScreenVoice(parts.late_speaker, self.repaint_bar, self._unheard)
        self.out_of_order: YourSayError | None = None  # why what it stands on did not open
        self.screen: Screen | None = None
        self.before_warning: Step | None = None
        self.warning_left = 0
        self.on_unforeseen: Callable[[BaseException], None] | None = None  # tests want to see it
        self.guard = IdleGuard(
            parts.settings.idle_seconds,
            parts.settings.warning_seconds,
            warn=self._warn,
            count=self._count,
            end=self.end_visit,
        )
        self.keys = Keys(self)
        self._window_events = {
            "on_resize": self._resized,
            "on_touch_down": self._somebody,
            "on_request_close": self._stay_open,
        }
        self._end_safely = _EndSafely(self)
        self._ticking: list[ClockEvent] = []
        self.session = self._new_session()

    # --- running -------------------------------------------------------------------------------

    def open(self) -> None:
        """Take the window and show the rest screen."""
        keep_large_blocks_apart()
        EventLoop.ensure_window()
        Window.bind(**self._window_events)
        self.keys.bind()
        ExceptionManager.add_handler(self._end_safely)
        self._ticking = [
            Clock.schedule_interval(self._poll_voice, 0),
            Clock.schedule_interval(self._tick, TICK_SECONDS),
        ]
        self._resized()

    def get_ready(self) -> None:
        """Once the first screen is there: fetch the others, wake the voice, open the store.

        In this order, on the store's thread: the next screen says which languages can be heard.
        """
        self.background.run(lambda: _screen_called("language"), self._awake, self._cannot_open)
        self.background.run(self.parts.late_speaker, self._awake, self._cannot_open)
        self.background.run(self.parts.late_services, self._awake, self._cannot_open)

    def _awake(self, _part: object) -> None:
        """One more part is there; those who need it ask for it."""

    def _cannot_open(self, error: YourSayError) -> None:
        """From here on there is nothing but the words of what is wrong, until staff leave."""
        self.out_of_order = error
        self.end_visit()

    def close(self) -> None:
        """Let go of the window and of everything else; the store last."""
        self.voice.drop()
        Window.unbind(**self._window_events)
        self.keys.unbind()
        ExceptionManager.remove_handler(self._end_safely)
        for event in self._ticking:
            event.cancel()
        if self.screen is not None:
            Window.remove_widget(self.screen)
            self.screen = None
        FINGER.forget()
        self.background.now(self.parts.close)
        self.background.close()

    def leave_app(self) -> None:
        """Staff asked to leave."""
        self.end_visit()
        stopTouchApp()

    # --- showing -------------------------------------------------------------------------------

    def show(self, step: Step, *, read: bool = True) -> None:
        """Build the screen of `step` and drop the one before."""
        self.voice.drop()
        self.keys.forget()
        FINGER.holder = None
        old, self.screen = self.screen, None
        screen = _screen_called(step.screen)(self.session, step)
        screen.compose()
        if old is not None:
            Window.remove_widget(old)
            old.clear_widgets()
        Window.add_widget(screen)
        self.screen = screen
        if read and self.session.reads_aloud and screen.has_bar:
            self.read_screen()

    def repaint_bar(self) -> None:
        """Listen became Stop, or the other way round: only the bar is drawn anew."""
        if self.screen is None or not self.screen.has_bar:
            return
        for widget in list(self.screen.children):
            if isinstance(widget, Bar):
                has_back = widget.has_back
                index = self.screen.children.index(widget)
                self.screen.remove_widget(widget)
                bar = Bar(self.session, has_back=has_back)
                height = self.screen.dress.bar_height
                self.screen.put(bar, 0, self.screen.bar_top, self.screen.inner_width, height)
                self.screen.remove_widget(bar)
                self.screen.add_widget(bar, index)

    def read_screen(self) -> None:
        """Read the screen aloud; where no voice is good enough, say so in writing."""
        if self.screen is None:
            return
        self.session.visit.forms.add("spoken")
        try:
            first = self.session.say("hide.where") if self.session.turned else ""
            self.session.turned = False
            self.voice.read(self.screen.readable(), first)
        except NoVoice:
            if self.screen.step.screen != "no-voice":
                self.session.reads_aloud = False
                self.session.go(Step("no-voice"))
            return
        except NoSoundDevice as error:
            self.session.reads_aloud = False
            self.session.trouble(error)
            return
        self.repaint_bar()

    def _unheard(self, error: YourSayError) -> None:
        """Something that was being said could not be said after all."""
        self.voice.stop()
        self.session.reads_aloud = False
        if isinstance(error, NoVoice):
            self.session.go(Step("no-voice"))
        else:
            self.session.trouble(error)

    # --- visits --------------------------------------------------------------------------------

    def _new_session(self) -> Session:
        window = (int(Window.width), int(Window.height))
        first = self.parts.languages[0]
        return Session(self, Dress(language=first.code, rtl=first.rtl, window=window))

    def end_visit(self) -> None:
        """Drop the person's session whole, and rest. Nothing unsaved is kept or told."""
        self.voice.drop()
        self.guard.touched()
        self.before_warning = None
        self.keys.end_visit()
        FINGER.forget()
        self.voice.as_at_first()
        self.session = self._new_session()
        self.show(routes.REST)
        # In the next frame: the touch or key that ended it still has the session in its hands.
        Clock.schedule_once(self._forget, 0)
        if self.out_of_order is not None:
            self.session.trouble(self.out_of_order)

    def _forget(self, _seconds: float) -> None:
        forget_the_visit()

    def run(
        self,
        session: Session,
        work: Callable[[], object],
        done: Callable[[object], None],
        problem: Callable[[YourSayError], None],
    ) -> None:
        """Work on the store's thread; what comes back for a visit that ended goes nowhere."""
        self.background.run(
            work,
            lambda value: done(value) if session is self.session else None,
            lambda error: problem(error) if session is self.session else None,
            lambda failure: self.unforeseen(failure, session),
        )

    def unforeseen(self, failure: BaseException, session: Session | None = None) -> None:
        """What nobody foresaw: logged by its class and place alone, and the visit ends safely.

        `session` is the one that it happened to, where that is known: one that has ended is not
        ended again, and the next person is left in peace.
        """
        if self.on_unforeseen is not None:
            self.on_unforeseen(failure)
        self.parts.logbook.unforeseen(failure)
        if session is not None and session is not self.session:
            return
        self.end_visit()
        self.session.go(Step("problem", item="unexpected"))

    def scanned(self, token: str) -> None:
        """A receipt was scanned: go to its PIN, wherever the person was, unless they are saving."""
        if self.session.step.screen in ("rest", "language", "home", "been", "been-scan"):
            self.session.typed["receipt"] = token
            wants = "stop" if self.session.step.item == "stop" else ""
            self.session.go(Step("been-pin", item=wants))

    # --- someone there? ------------------------------------------------------------------------

    def _somebody(self, *_args: object) -> None:
        self.somebody()

    def somebody(self) -> bool:
        """A touch or a key: someone is there. True when it only took the warning back."""
        was_warning = self.guard.warning
        self.guard.touched()
        return was_warning

    def _tick(self, seconds: float) -> None:
        if self.screen is None or not self.screen.guarded:
            self.guard.touched()
            return
        self.guard.tick(seconds, speaking=self.voice.speaking)

    def _warn(self, left: int) -> None:
        self.warning_left = left
        self.before_warning = self.session.step
        self.session.worker_leaves()  # whoever touches next may be somebody else
        self.show(Step("time-out"))
        self._speak_warning()

    def _count(self, left: int, aloud: bool) -> None:
        self.warning_left = left
        if isinstance(self.screen, TimeOut):
            self.screen.count(left)
            if aloud:
                self._speak_warning()

    def _speak_warning(self) -> None:
        if self.screen is None:
            return
        try:
            self.voice.read(self.screen.readable())
        except (NoVoice, NoSoundDevice):
            return  # the screen shows it; there is no voice to say it with
        self.repaint_bar()

    def stay(self) -> None:
        """The person is still here: back to where they were."""
        self.guard.touched()
        step, self.before_warning = self.before_warning, None
        if step is not None:
            self.session.swap(step)

    # --- the window ----------------------------------------------------------------------------

    def _stay_open(self, *_args: object, **_kwargs: object) -> bool:
        return True  # only staff can leave

    def _poll_voice(self, _seconds: float) -> None:
        self.voice.poll()

    def _resized(self, *_args: object) -> None:
        window = (int(Window.width), int(Window.height))
        self.session.dress = replace(self.session.dress, window=window)
        self.show(self.session.step)

    def focusable(self) -> list[Tappable]:
        """What the keys can reach on the screen at hand, in reading order."""
        if self.screen is None:
            return []
        return [widget for widget in in_order(self.screen) if isinstance(widget, Tappable)]


def _screen_called(name: str) -> type[Screen]:
    if name == "rest":
        return Rest
    from kiosk.ui.screens import SCREENS  # late: the first screen waits for no other

    return SCREENS[name]


class _EndSafely(ExceptionHandler):
    """Kivy's last resort: an error in a callback ends the visit, not the app."""

    def __init__(self, kiosk: Kiosk) -> None:
        super().__init__()
        self._kiosk = kiosk
        self._handling = False

    def handle_exception(self, inst: BaseException) -> int:
        if self._handling:
            return int(ExceptionManager.RAISE)
        self._handling = True
        self._kiosk.unforeseen(inst)
        self._handling = False
        return int(ExceptionManager.PASS)
