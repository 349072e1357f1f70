"""`main.py tour`: a robot hand walks the real app by touches, and keeps what it saw and heard."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli import words
from kiosk.cli.command import Commands, OneLineParser, add_common
from kiosk.settings import Settings


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("tour", help=words.TOUR_SHORT, description=words.TOUR)
    command.add_argument("--out", metavar="DIR", required=True, help="where the pictures go")
    command.add_argument("--language", metavar="L", default="", help="one language; else all")
    command.add_argument("--journey", metavar="NAME", default="", help="one journey; else all")
    add_common(command)
    command.set_defaults(act=tour)


def tour(chosen: argparse.Namespace, settings: Settings) -> int:
    """Walk. Exit code 0 when every step of every journey was there to be walked."""
    from kiosk.ui.tour import run_tour

    return run_tour(settings, Path(chosen.out), language=chosen.language, journey=chosen.journey)
