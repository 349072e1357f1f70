"""From the start of the process to the first screen that can be used, against an empty Kivy app.

Both are whole processes, offscreen, in turns; a screen counts when its first frame has been shown
and the graphics card (or its stand-in) has finished drawing it. Run as a module with "ours" or
"empty" and a folder, it is one such process.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

ROUNDS = 7
REACH = 2.0
ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 800)


def start_to_screen(rounds: int = ROUNDS) -> dict[str, float | int | str]:
    """Medians in milliseconds: `ours_ms`, `empty_kivy_ms`; `ratio`, `reach`, `rounds`."""
    import statistics
    import tempfile

    ours: list[float] = []
    empty: list[float] = []
    with tempfile.TemporaryDirectory(prefix="your-say-start-") as folder:
        for _ in range(rounds + 1):  # the first of each warms the disk's cache
            empty.append(_process("empty", folder))
            ours.append(_process("ours", folder))
    mine, kivy = statistics.median(ours[1:]), statistics.median(empty[1:])
    return {
        "ours_ms": round(mine),
        "empty_kivy_ms": round(kivy),
        "ratio": round(mine / kivy, 2),
        "reach": REACH,
        "rounds": rounds,
    }


def _process(which: str, folder: str) -> float:
    """Milliseconds from starting one process to its first screen."""
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
    return (float(ran.stdout.split()[-1]) - began) * 1000


def _open(which: str, data_dir: Path) -> None:
    """Open one window, say on stdout when its first screen was there, and end at once."""
    from kiosk.logbook import Logbook
    from kiosk.settings import read_settings, set_kivy_environment

    settings = read_settings({"data_dir": data_dir, "fullscreen": False}, {})
    set_kivy_environment(settings.build_dir)
    Logbook(data_dir).take_over()
    from kivy.base import EventLoop

    EventLoop.bind(on_start=_watch)
    if which == "ours":
        from kiosk.bootstrap import open_kiosk

        open_kiosk(settings)
    else:
        _open_empty()


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


def _watch(*_: object) -> None:
    from kivy.core.window import Window

    Window.bind(on_flip=_shown)


def _shown(*_: object) -> None:
    from kivy.graphics.opengl import glFinish

    glFinish()
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    _open(sys.argv[1], Path(sys.argv[2]))
