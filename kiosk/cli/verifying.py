"""`main.py verify`: says whether a receipt is genuine, offline, and why."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.cli import words
from kiosk.cli.command import DONE, NOT_SO, Commands, OneLineParser, add_common, print_json
from kiosk.errors import FileUnreadable, NotAReceipt
from kiosk.settings import Settings

FILE_ENDINGS = (".png", ".pdf", ".txt", ".jpg", ".jpeg")
SHORTER_THAN_A_TOKEN = 100  # characters; ours have 169


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "verify", help="is a receipt genuine?", description=words.VERIFY, epilog=words.EXIT_CODES
    )
    command.add_argument("receipt", metavar="TOKEN_OR_FILE", help=words.VERIFY_WHAT)
    add_common(command, report=True)
    command.set_defaults(act=verify)


def verify(chosen: argparse.Namespace, settings: Settings) -> int:
    """Exit code 0 for a genuine one, 1 for any other. Raises FileUnreadable."""
    from kiosk.services.receipts import verify_receipt
    from kiosk.store.files import known_places_folder

    verdict = verify_receipt(token_of(chosen.receipt), known_places_folder(settings.data_dir))
    receipt_id = verdict.receipt_id.hex() if verdict.receipt_id else ""
    if chosen.json:
        print_json(
            {
                "genuine": verdict.genuine,
                "reason": verdict.reason.value,
                "receipt_id": receipt_id or None,
                "issued_at": verdict.issued_at.isoformat() if verdict.issued_at else None,
                "place": verdict.place_name or None,
                "place_id": verdict.place_id or None,
                "demo": verdict.demo,
            }
        )
    else:
        print(words.VERDICTS[verdict.reason.value])
        if verdict.issued_at is not None:
            issued = verdict.issued_at.strftime("%Y-%m-%d %H:%M UTC")
            demo = words.DEMO_NOTE if verdict.demo else ""
            print(
                words.RECEIPT_FACTS.format(id=receipt_id, at=issued, place=verdict.place_name)
                + demo
            )
    return DONE if verdict.genuine else NOT_SO


def token_of(given: str) -> str:
    """The token's text; "" when a file can be read and holds none.

    What is no file is the token itself, unless it is plainly the name of a file that is not there.
    Raises FileUnreadable.
    """
    from kiosk.printing.read_receipt import read_receipt

    if given == "-":
        return sys.stdin.readline().strip()
    path = Path(given)
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False  # too long for a name, or signs that no name has: a token
    if there:
        try:
            return read_receipt(path)
        except NotAReceipt:
            return ""
    named = given.lower().endswith(FILE_ENDINGS) or given.startswith(("/", "./", "../", "~"))
    if not given or (named and len(given) < SHORTER_THAN_A_TOKEN):
        raise FileUnreadable(file=given)
    return given.strip()
