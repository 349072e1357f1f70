"""Opening the window for people, and staying until staff leave."""

from __future__ import annotations

from collections.abc import Callable

from kivy.base import runTouchApp
from kivy.core.window import Window

from kiosk.ui.app import Kiosk
from kiosk.ui.background import Background
from kiosk.ui.parts import Parts


def run(make_parts: Callable[[Background], Parts]) -> None:
    """Show the kiosk. `make_parts` is called with the store's thread, already running."""
    kiosk_holder: list[Kiosk] = []
    background = Background(lambda failure: kiosk_holder[0].unforeseen(failure))
    parts = make_parts(background)
    kiosk = Kiosk(parts, background)
    kiosk_holder.append(kiosk)
    Window.clearcolor = kiosk.session.dress.palette.page
    kiosk.open()
    try:
        runTouchApp()
    finally:
        kiosk.close()
