"""`main.py content`: whether words, pictures and translations are fit to be shown."""

from __future__ import annotations

import argparse

from kiosk.cli.command import Commands, OneLineParser


def add(_commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Described when the checks are there."""
