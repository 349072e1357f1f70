"""A robot hand: touches the real app where a finger would, on a clock that it moves itself.

The tour and the journeys in tests use it; it finds things by the names that they carry and then
touches the glass at their middle, so that whatever lies on top would get the touch.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kivy.base import EventLoop
from kivy.clock import Clock as KivyClock
from kivy.core.window import Keyboard, Window
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glFinish, glReadPixels
from kivy.input.motionevent import MotionEvent
from PIL import Image

from kiosk.ui.app import Kiosk
from kiosk.ui.screen import Screen, in_order
from kiosk.ui.widgets.touch import Tappable

FRAME = 1 / 30
BETWEEN_TAPS = 0.6  # slower than the guard against double taps
PATIENCE = 30.0  # real seconds to wait for the store's thread before giving up


class HandClock:
    """Time that only moves when told to: for the kiosk's parts and for Kivy alike."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self.passed = 0.0

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        return self._start + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        """Return seconds since the hand began."""
        return self.passed

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.passed += seconds

    def set_back(self, days: float) -> None:
        """Set the clock on the wall back; what is monotonic goes on."""
        self._start -= timedelta(days=days)


class NothingThere(AssertionError):  # noqa: N818  # named for the situation, as in errors.py
    """Nothing of that name is on the screen at hand. Says what is."""


class _Fingertip(MotionEvent):
    """One touch, in window pixels."""

    def __init__(self, x: float, y: float, number: int) -> None:
        super().__init__("hand", number, {"x": x / Window.width, "y": y / Window.height})
        self.is_touch = True
        self.profile = ["pos"]

    def depack(self, args: dict[str, float]) -> None:
        """Take a place on the glass, 0 to 1 across and up."""
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)


class Hand:
    """Drives one kiosk."""

    def __init__(self, kiosk: Kiosk, clock: HandClock) -> None:
        self.kiosk, self.clock = kiosk, clock
        self._touches = 0
        self._began = 1000.0
        KivyClock.time = lambda: self._began + clock.passed
        KivyClock._last_tick = KivyClock._start_tick = self._began + clock.passed
        EventLoop.ensure_window()
        if EventLoop.status != "started":
            EventLoop.start()

    def close(self) -> None:
        """Close the kiosk, and let Kivy have its own time again."""
        self.kiosk.close()
        del KivyClock.time
        KivyClock._last_tick = KivyClock._start_tick = KivyClock.time()

    # --- time ----------------------------------------------------------------------------------

    def wait(self, seconds: float = FRAME) -> None:
        """Let time pass, frame by frame, and everything happen that is due."""
        for _ in range(max(1, round(seconds / FRAME))):
            self.clock.move(FRAME)
            EventLoop.idle()
        self.settle()

    def skip(self, seconds: float, step: float = 0.5) -> None:
        """Let much time pass in larger steps: for time-outs."""
        for _ in range(max(1, round(seconds / step))):
            self.clock.move(step)
            EventLoop.idle()

    def settle(self) -> None:
        """Wait for the store's thread; this is the only real time that passes."""
        until = time.monotonic() + PATIENCE
        while self.kiosk.background.waiting:
            if time.monotonic() > until:
                raise TimeoutError("the store's thread did not come back")
            time.sleep(0.001)
            self.clock.move(FRAME)
            EventLoop.idle()

    # --- looking -------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """The screen at hand."""
        assert self.kiosk.screen is not None
        return self.kiosk.screen

    @property
    def where(self) -> str:
        """The screen's name."""
        return self.screen.step.screen

    def names(self) -> list[str]:
        """All that can be touched, in reading order."""
        return [widget.name for widget in in_order(self.screen) if isinstance(widget, Tappable)]

    def shows(self, name: str) -> bool:
        """True when something of that name can be touched."""
        return name in self.names()

    def words(self) -> list[str]:
        """The paragraphs on the screen that would be read."""
        return [label.text for label in self.screen.readable()]

    def find(self, name: str) -> Tappable:
        """The thing of that name. Raises NothingThere."""
        for widget in in_order(self.screen):
            if isinstance(widget, Tappable) and widget.name == name:
                return widget
        raise NothingThere(f"no {name!r} on {self.where!r}; there is {self.names()}")

    def pixels(self) -> Image.Image:
        """What the glass shows."""
        Window.canvas.ask_update()
        Window.dispatch("on_draw")
        glFinish()
        width, height = Window.system_size if hasattr(Window, "system_size") else Window.size
        data = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
        picture = Image.frombytes("RGBA", (width, height), data)
        return picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")

    def picture(self, path: Path) -> None:
        """Keep what the glass shows as a PNG."""
        self.pixels().save(path)

    # --- touching ------------------------------------------------------------------------------

    def tap(self, name: str) -> None:
        """Touch the thing of that name in its middle, and let it happen."""
        thing = self.find(name)
        self.tap_at(*thing.center)

    def tap_at(self, x: float, y: float) -> None:
        """Touch the glass at window pixels from the lower left."""
        finger = self.finger_down(x, y)
        self.wait(FRAME)
        self.finger_up(finger)
        self.wait(BETWEEN_TAPS)

    def finger_down(self, x: float, y: float) -> MotionEvent:
        """Put a finger down and leave it there."""
        self._touches += 1
        finger = _Fingertip(x, y, self._touches)
        EventLoop.post_dispatch_input("begin", finger)
        return finger

    def finger_to(self, finger: MotionEvent, x: float, y: float) -> None:
        """Slide a finger."""
        finger.move({"x": x / Window.width, "y": y / Window.height})
        EventLoop.post_dispatch_input("update", finger)

    def finger_up(self, finger: MotionEvent) -> None:
        """Lift it."""
        EventLoop.post_dispatch_input("end", finger)

    # --- keys ----------------------------------------------------------------------------------

    def key(self, name: str, modifiers: tuple[str, ...] = ()) -> None:
        """Press and let go of one key."""
        code = Keyboard.keycodes[name]
        Window.dispatch("on_key_down", code, 0, None, list(modifiers))
        self.wait(FRAME)
        Window.dispatch("on_key_up", code, 0)
        self.wait(FRAME)

    def scan(self, text: str) -> None:
        """What a scanner that types does: all at once, then Enter."""
        Window.dispatch("on_textinput", text)
        self.key("enter")

    def until(self, there: Callable[[], bool], seconds: float = 60) -> None:
        """Let time pass until something is so. Raises TimeoutError."""
        for _ in range(round(seconds / FRAME)):
            if there():
                return
            self.wait(FRAME)
        raise TimeoutError("it did not come to be")
