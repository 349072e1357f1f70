"""Opening the window for people, and staying until staff leave."""

from __future__ import annotations

import signal
from collections.abc import Callable

from kivy.base import runTouchApp, stopTouchApp
from kivy.core.window import Window

from kiosk.ui.app import Kiosk
from kiosk.ui.background import Background
from kiosk.ui.parts import Parts


def run(parts: Parts) -> None:
    """Show the kiosk at once; the store opens and the voice wakes once the first screen is there.

    The first screens need neither, and whatever needs the store waits for it on the store's
    thread. If it does not open, the kiosk says so until staff leave, and then the reason is raised.
    """
    background = Background(lambda failure: kiosk.unforeseen(failure))  # noqa: PLW0108  # made below
    kiosk = Kiosk(parts, background)
    Window.clearcolor = kiosk.session.dress.palette.page
    kiosk.open()
    for ended in (signal.SIGTERM, signal.SIGINT):  # the machine shuts down, or whoever runs it
        signal.signal(ended, lambda *_about: stopTouchApp())
    _once_shown(kiosk.get_ready)
    try:
        runTouchApp()
    finally:
        kiosk.close()
    if kiosk.out_of_order is not None:
        raise kiosk.out_of_order


def _once_shown(then: Callable[[], None]) -> None:
    """Do something when the first frame is on the glass."""

    def shown(_window: object) -> None:
        Window.unbind(on_flip=shown)
        then()

    Window.bind(on_flip=shown)
