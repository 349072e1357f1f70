"""From the start of the process to the first screen that can be used, against an empty Kivy app.

Both are whole processes, offscreen, in turns; a screen counts when its first frame has been shown
and the graphics card (or its stand-in) has finished drawing it. The first screen can be used at
that moment: a third process touches it at once, and a fourth a second later, while and after the
voice and the store get ready, and each says how long the next screen took. Run as a module with
"ours", "empty" or seconds to wait before the touch, and a folder, it is one such process.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ui.screen import Screen

ROUNDS = 7
REACH = 2.0
ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 800)


def start_to_screen(rounds: int = ROUNDS) -> dict[str, float | int | str]:
    """Medians in milliseconds: `ours_ms`, `empty_kivy_ms`; `ratio`, `reach`, `rounds`.

    `next_if_touched_at_once_ms` and `next_if_touched_later_ms`: from a touch on the first screen,
    0 and 1 s after it is there, to the second.
    """
    import statistics
    import tempfile

    ours: list[float] = []
    empty: list[float] = []
    at_once: list[float] = []
    later: list[float] = []
    with tempfile.TemporaryDirectory(prefix="your-say-start-") as folder:
        for _ in range(rounds + 1):  # the first of each warms the disk's cache
            empty.append(_process("empty", folder))
            ours.append(_process("ours", folder))
            at_once.append(_process("0", folder))
            later.append(_process("1", folder))
    mine, kivy = statistics.median(ours[1:]), statistics.median(empty[1:])
    return {
        "ours_ms": round(mine),
        "empty_kivy_ms": round(kivy),
        "next_if_touched_at_once_ms": round(statistics.median(at_once[1:])),
        "next_if_touched_later_ms": round(statistics.median(later[1:])),
        "ratio": round(mine / kivy, 2),
        "reach": REACH,
        "rounds": rounds,
    }


def _process(which: str, folder: str) -> float:
    """Milliseconds from starting one process, or from its touch, to the screen it is about."""
    import subprocess

    surroundings = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
    # Where Python may not keep what it compiled, ours would be compiled anew each time, and Kivy,
    # which was installed compiled, would not. At home nothing forbids it.
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "bench.start", which, folder],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    *touched, shown = (float(said) for said in ran.stdout.split())
    return (shown - (touched or [began])[-1]) * 1000


def _open(which: str, data_dir: Path) -> None:
    """Open one window, say on stdout when its first screen was there, and end at once."""
    from kiosk.logbook import Logbook
    from kiosk.settings import read_settings, set_kivy_environment

    settings = read_settings({"data_dir": data_dir, "fullscreen": False}, {})
    set_kivy_environment(settings.build_dir)
    Logbook(data_dir).take_over()
    from kivy.base import EventLoop

    shown = _say_and_end if which in ("ours", "empty") else partial(_wait_and_touch, float(which))
    EventLoop.bind(on_start=lambda *_: _when_shown(shown))
    if which == "empty":
        _open_empty()
    else:
        from kiosk.bootstrap import open_kiosk

        open_kiosk(settings)


def _open_empty() -> None:
    from kivy.config import Config

    for name, value in (("width", SIZE[0]), ("height", SIZE[1]), ("multisamples", 0)):
        Config.set("graphics", name, str(value))
    from kivy.app import App
    from kivy.uix.widget import Widget

    class Empty(App):
        """Nothing at all."""

        def build(self) -> Widget:
            """One bare widget."""
            return Widget()

    Empty().run()


def _when_shown(then: Callable[[], None]) -> None:
    """Do something when the next frame is on the glass."""
    from kivy.core.window import Window
    from kivy.graphics.opengl import glFinish

    def flipped(_window: object) -> None:
        glFinish()
        Window.unbind(on_flip=flipped)
        then()

    Window.bind(on_flip=flipped)


def _say_and_end() -> None:
    _say_when()
    os._exit(0)


def _wait_and_touch(seconds: float) -> None:
    from kivy.clock import Clock
    from kivy.core.window import Window

    from kiosk.ui.routes import LANGUAGE

    def touch(_dt: float) -> None:
        screen: Screen = Window.children[0]
        _say_when()
        screen.session.go(LANGUAGE)
        _when_shown(_say_and_end)

    Clock.schedule_once(touch, seconds)


def _say_when() -> None:
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _open(sys.argv[1], Path(sys.argv[2]))
