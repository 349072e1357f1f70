"""`main.py bench`: the measurements in bench/."""

from __future__ import annotations

import argparse

from kiosk.cli import words
from kiosk.cli.command import BadUse, Commands, OneLineParser, add_common
from kiosk.settings import Settings


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("bench", help=words.BENCH_SHORT, description=words.BENCH)
    command.add_argument("names", metavar="NAME", nargs="*", help="which ones; else all")
    command.add_argument("--write", action="store_true", help="keep the table in bench/RESULTS.md")
    add_common(command, report=True)
    command.set_defaults(act=bench)


def bench(chosen: argparse.Namespace, _settings: Settings) -> int:
    """Measure. Exit code 0 when every target was reached, 1 when one was missed."""
    from bench.run import MEASUREMENTS, run

    names = [measurement.name for measurement in MEASUREMENTS]
    if not set(chosen.names) <= set(names):
        raise BadUse(words.BENCH_NAMES.format(names=", ".join(names)))
    return run(chosen.names, write=chosen.write, as_json=chosen.json)
