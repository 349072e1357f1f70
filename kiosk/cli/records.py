"""`main.py rebuild`: works out again, from the events, what the screens read."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from kiosk.cli import words
from kiosk.cli.command import (
    DONE,
    Commands,
    OneLineParser,
    add_common,
    passphrase_from,
    print_json,
)
from kiosk.logbook import Count, Logbook, StoreRebuilt
from kiosk.settings import Settings


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("rebuild", help=words.REBUILD_SHORT, description=words.REBUILD)
    command.add_argument("--as", dest="worker", metavar="NAME", required=True, help=words.HELP_AS)
    command.add_argument("--passphrase-file", metavar="FILE", help=words.HELP_PASSPHRASE)
    add_common(command, report=True)
    command.set_defaults(act=rebuild)


def rebuild(chosen: argparse.Namespace, settings: Settings) -> int:
    """Rebuild in one transaction. Raises WrongKey, StoreInUse, StoreDamaged and the like."""
    from kiosk.services.setting_up import open_as
    from kiosk.store.keystore import read_keystore

    read_keystore(settings.data_dir)  # says that there is none before it asks for a passphrase
    ask = words.ASK_PASSPHRASE.format(name=chosen.worker)
    passphrase = passphrase_from(chosen.passphrase_file, ask)
    now = datetime.now(UTC)
    with open_as(settings.data_dir, chosen.worker, passphrase, now, check=False) as store:
        before = store.projected()
        store.rebuild()
        events = store.check(whole=True)
        after = store.projected()
    differing = sorted(table for table in after if after[table] != before.get(table))
    Logbook(settings.data_dir).write(StoreRebuilt(Count(events), Count(len(differing))))
    if chosen.json:
        print_json({"events": events, "tables": len(after), "differing": differing})
    else:
        print(words.REBUILT.format(events=events, tables=len(after), differing=len(differing)))
    return DONE
