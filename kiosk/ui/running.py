"""Opening the window for people, and staying until staff leave."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

from kivy.base import runTouchApp
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.speech.clip import warm_up
from kiosk.ui.app import Kiosk
from kiosk.ui.background import Background
from kiosk.ui.parts import Parts

WARM_UP_AFTER = 0.3  # seconds: the first screen is there, and nobody has found Listen yet


def run(thread: ThreadPoolExecutor, make_parts: Callable[[], Parts]) -> None:
    """Show the kiosk. `thread` is the store's, already at work; `make_parts` waits for it."""
    kiosk_holder: list[Kiosk] = []
    background = Background(lambda failure: kiosk_holder[0].unforeseen(failure), thread)  # noqa: PLW0108  # not there yet
    parts = make_parts()
    kiosk = Kiosk(parts, background)
    kiosk_holder.append(kiosk)
    Window.clearcolor = kiosk.session.dress.palette.page
    kiosk.open()
    Clock.schedule_once(lambda _dt: Thread(target=warm_up, daemon=True).start(), WARM_UP_AFTER)
    try:
        runTouchApp()
    finally:
        kiosk.close()
