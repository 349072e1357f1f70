"""`main.py place check`: what is wrong with a place pack, where, and what to write instead."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli import words
from kiosk.cli.command import DONE, NOT_SO, Commands, OneLineParser, add_common, print_json
from kiosk.cli.fault_words import print_faults
from kiosk.errors import FileUnreadable
from kiosk.settings import Settings


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("place", help="check a place pack", description=words.PLACE)
    acts = command.add_subparsers(
        metavar="ACT", title="acts", parser_class=OneLineParser, required=True
    )
    check = acts.add_parser("check", help=words.PLACE_CHECK, description=words.PLACE_CHECK)
    check.add_argument("file", metavar="FILE", help="the place pack, a TOML file")
    add_common(check, report=True)
    check.set_defaults(act=check_pack)


def check_pack(chosen: argparse.Namespace, _settings: Settings) -> int:
    """Exit code 0 without faults, 1 with. Raises FileUnreadable."""
    from kiosk.content.places import check_place

    path = Path(chosen.file)
    if not path.is_file():
        raise FileUnreadable(file=chosen.file)
    faults = check_place(path)
    stopping = [fault for fault in faults if not fault.warns]
    if chosen.json:
        print_json({"file": chosen.file, "faults": [fault.as_json() for fault in faults]})
    else:
        print_faults(faults)
        print(words.PACK_FAULTS.format(n=len(stopping)) if stopping else words.PACK_SOUND)
    return NOT_SO if stopping else DONE
