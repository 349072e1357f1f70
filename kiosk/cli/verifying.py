"""`main.py verify`: says whether a receipt is genuine, offline, and why."""

from __future__ import annotations

import argparse

from kiosk.cli import words
from kiosk.cli.command import DONE, NOT_SO, Commands, OneLineParser, add_common, print_json
from kiosk.settings import Settings


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
    from kiosk.cli.receipt_file import token_of
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
