"""How Kivy's window is asked for, before anything of Kivy's that opens one is imported."""

from __future__ import annotations

import os

from kiosk.settings import Settings


def prepare(settings: Settings, *, fullscreen: bool) -> None:
    """One window of our size, touched only through SDL, that nothing but staff can leave.

    Kivy's other input providers are a known cause of double touches on real panels.
    """
    from kivy.config import Config

    graphics = {
        "width": settings.width,
        "height": settings.height,
        "fullscreen": "auto" if fullscreen else 0,
        "borderless": int(fullscreen),
        "resizable": int(not fullscreen),
        "multisamples": 0,
        "maxfps": 60,
        "show_cursor": int(not fullscreen),
        "allow_screensaver": 0,
    }
    for name, value in graphics.items():
        Config.set("graphics", name, str(value))
    Config.set("kivy", "exit_on_escape", "0")
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"  # SDL would make of them a request to be refused
    Config.set("kivy", "log_level", "warning")
    Config.set("postproc", "double_tap_time", "0")
    Config.remove_section("input")
    Config.add_section("input")
    # Fingers come from SDL's window itself; a mouse is silent while one is down.
    Config.set("input", "mouse", "mouse,disable_multitouch,disable_on_activity")
