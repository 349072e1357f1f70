"""Opening the window for people, and staying until staff leave."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from kivy.base import runTouchApp
from kivy.core.window import Window

from kiosk.ui.app import Kiosk
from kiosk.ui.background import Background
from kiosk.ui.parts import Parts


def run(thread: ThreadPoolExecutor, make_parts: Callable[[], Parts]) -> None:
    """Show the kiosk. `thread` is the store's, already at work; `make_parts` waits for it."""
    kiosk_holder: list[Kiosk] = []
    background = Background(lambda failure: kiosk_holder[0].unforeseen(failure), thread)  # noqa: PLW0108  # not there yet
    parts = make_parts()
    kiosk = Kiosk(parts, background)
    kiosk_holder.append(kiosk)
    Window.clearcolor = kiosk.session.dress.palette.page
    kiosk.open()
    try:
        runTouchApp()
    finally:
        kiosk.close()
