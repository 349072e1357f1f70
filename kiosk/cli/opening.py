"""`main.py` alone: opens the kiosk."""

from __future__ import annotations

import argparse
from dataclasses import replace

from kiosk.cli import words
from kiosk.cli.command import BadUse, Commands, OneLineParser, passphrase_from
from kiosk.cli.screen import has_screen
from kiosk.errors import NoScreen
from kiosk.logbook import Logbook
from kiosk.settings import Settings


def add(_commands: Commands[OneLineParser], parser: argparse.ArgumentParser) -> None:
    """The kiosk has no name of its own: it is what happens when no command is given."""
    parser.add_argument("--window", action="store_true", help="in a window, not the full screen")
    parser.add_argument("--as", dest="worker", metavar="NAME", default="", help=words.HELP_AS)
    parser.add_argument("--passphrase-file", metavar="FILE", help=words.HELP_PASSPHRASE)
    parser.set_defaults(act=open_kiosk)


def open_kiosk(chosen: argparse.Namespace, settings: Settings) -> int:
    """Open the kiosk and stay until staff close it.

    A real one needs a member of staff's passphrase to start: `--as`, and a file or the terminal.
    Raises NoScreen, BadUse, WrongKey, and what opening the store raises.
    """
    if not has_screen():
        raise NoScreen
    if chosen.window:
        settings = replace(settings, fullscreen=False)
    passphrase = ""
    if not settings.demo:
        if not chosen.worker:
            raise BadUse(words.WHO_OPENS)
        ask = words.ASK_PASSPHRASE.format(name=chosen.worker)
        passphrase = passphrase_from(chosen.passphrase_file, ask)
    Logbook(settings.data_dir).take_over()  # before Kivy: from here on nothing is printed
    from kiosk.bootstrap import open_kiosk as opened

    return opened(settings, chosen.worker, passphrase, tell_demo)


def tell_demo(worker: str, passphrase: str) -> None:
    """Say how a demo is left; it is made up for this run."""
    print(words.DEMO_LEFT_BY.format(worker=worker, passphrase=passphrase), flush=True)
