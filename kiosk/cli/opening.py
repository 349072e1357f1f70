"""`main.py` alone: opens the kiosk."""

from __future__ import annotations

import argparse

from kiosk.cli.command import Commands, OneLineParser
from kiosk.cli.screen import has_screen
from kiosk.errors import NoScreen
from kiosk.logbook import Logbook
from kiosk.settings import Settings


def add(_commands: Commands[OneLineParser], parser: argparse.ArgumentParser) -> None:
    """The kiosk has no name of its own: it is what happens when no command is given."""
    parser.add_argument("--window", action="store_true", help="in a window, not the full screen")
    parser.set_defaults(act=open_kiosk)


def open_kiosk(_chosen: argparse.Namespace, settings: Settings) -> int:
    """Open the kiosk and stay until staff close it. Raises NoScreen."""
    if not has_screen():
        raise NoScreen
    Logbook(settings.data_dir).take_over()  # before Kivy: from here on nothing is printed
    from kiosk.bootstrap import open_kiosk as opened

    return opened(settings)
