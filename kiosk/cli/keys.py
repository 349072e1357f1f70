"""`main.py keys`: sets up a real data folder, and says who may open it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli import words
from kiosk.cli.command import (
    DONE,
    BadUse,
    Commands,
    OneLineParser,
    add_common,
    passphrase_from,
    print_json,
)
from kiosk.errors import AlreadySetUp, PassphraseTooShort
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.store.keystore import DataKeys, Keystore

ROOM = 256  # bytes: longer than any key's text, so that the stick is known to have room for it


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("keys", help=words.KEYS_SHORT, description=words.KEYS)
    acts = command.add_subparsers(
        metavar="ACT", title="acts", parser_class=OneLineParser, required=True
    )

    init = _act(acts, "init", words.KEYS_INIT, set_up)
    init.add_argument("--name", required=True, help="the first member of staff who may open it")
    init.add_argument("--place-key", metavar="FILE", required=True, help=words.PLACE_KEY_OUT)
    init.add_argument("--recovery-key", metavar="FILE", required=True, help=words.RECOVERY_KEY_OUT)
    _new_passphrase(init)

    listing = _act(acts, "list", words.KEYS_LIST, list_slots)
    listing.add_argument("--json", action="store_true", help=words.HELP_JSON)

    adding = _act(acts, "add", words.KEYS_ADD, add_staff)
    adding.add_argument("name", metavar="NAME")
    _worker(adding)
    _new_passphrase(adding)

    removing = _act(acts, "remove", words.KEYS_REMOVE, remove_staff)
    removing.add_argument("name", metavar="NAME")
    _worker(removing)

    _worker(_act(acts, "rekey", words.KEYS_REKEY, rekey))

    recovering = _act(acts, "recover", words.KEYS_RECOVER, recover)
    recovering.add_argument("name", metavar="NAME")
    recovering.add_argument("--recovery-key", metavar="FILE", required=True)
    _new_passphrase(recovering)

    trusting = _act(acts, "trust", words.KEYS_TRUST, trust)
    trusting.add_argument("file", metavar="FILE", help="a place's list, as in its known_places")

    losing = _act(acts, "lost", words.KEYS_LOST, report_lost)
    losing.add_argument("device", metavar="DEVICE", help="its id, as in: keys list")
    losing.add_argument("--place-key", metavar="FILE", required=True)


def _act(
    acts: Commands[OneLineParser], name: str, about: str, act: object
) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=about, description=about)
    add_common(parser)
    parser.set_defaults(act=act)
    return parser


def _worker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="worker", metavar="NAME", required=True, help=words.HELP_AS)
    parser.add_argument("--passphrase-file", metavar="FILE", help=words.HELP_PASSPHRASE)


def _new_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-passphrase-file", metavar="FILE", help=words.HELP_PASSPHRASE)


# --- setting up ---------------------------------------------------------------------------------


def set_up(chosen: argparse.Namespace, settings: Settings) -> int:
    """Make keystore, database and the place's list; write the two secrets off this device."""
    from kiosk.content.places import read_place
    from kiosk.domain.staff import name_will_do
    from kiosk.services.setting_up import is_set_up, make_real

    if is_set_up(settings.data_dir):
        raise AlreadySetUp
    if not name_will_do(chosen.name):
        raise BadUse(words.NAME_WILL_NOT_DO)
    place = read_place(settings.place_file)
    if place.demo:
        raise BadUse(words.NOT_THE_DEMO)
    outside = [Path(chosen.place_key).absolute(), Path(chosen.recovery_key).absolute()]
    if outside[0] == outside[1] or any(
        path.resolve().is_relative_to(settings.data_dir.resolve()) for path in outside
    ):
        raise BadUse(words.KEYS_ELSEWHERE)
    passphrase = _ask_new(chosen)
    with _room_for(outside[0]) as place_key, _room_for(outside[1]) as recovery_key:
        secrets = make_real(
            settings.data_dir,
            place,
            name=chosen.name,
            passphrase=passphrase,
            now=datetime.now(UTC),
        )
        _fill(place_key, secrets.place_key)
        _fill(recovery_key, secrets.recovery_key)
    print(words.SET_UP.format(data=settings.data_dir, place=place.name))
    print(words.KEEP_KEYS.format(place_key=outside[0], recovery_key=outside[1]))
    return DONE


@contextmanager
def _room_for(path: Path) -> Iterator[int]:
    """Make a new file that only its owner reads, with room in it; gone again if anything fails.

    The room is taken before the keys exist, so that a full stick is found while nothing is lost.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, b" " * ROOM)
        os.fsync(handle)
        yield handle
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def _fill(handle: int, secret: str) -> None:
    os.pwrite(handle, secret.encode("ascii") + b"\n", 0)
    os.ftruncate(handle, len(secret) + 1)
    os.fsync(handle)


# --- who may open it ----------------------------------------------------------------------------


def list_slots(chosen: argparse.Namespace, settings: Settings) -> int:
    """Who may open this device, and which devices the place vouches for. Needs no passphrase."""
    from kiosk.store.files import known_places_folder
    from kiosk.store.keystore import read_keystore
    from kiosk.store.known_places import known_places

    slots = read_keystore(settings.data_dir).slots
    places = list(known_places(known_places_folder(settings.data_dir)))
    if chosen.json:
        print_json(
            {
                "slots": [{"kind": slot.kind.value, "name": slot.name} for slot in slots],
                "places": [
                    {
                        "place": place.place,
                        "name": place.name,
                        "demo": place.demo,
                        "devices": [
                            {
                                "device": device.device.hex(),
                                "lost_from": device.lost_from and device.lost_from.isoformat(),
                            }
                            for device in place.devices
                        ],
                    }
                    for place in places
                ],
            }
        )
        return DONE
    for slot in slots:
        print(f"{words.SLOT_KINDS[slot.kind.value]}: {slot.name}")
    for place in places:
        for device in place.devices:
            lost = words.LOST_FROM.format(at=device.lost_from) if device.lost_from else ""
            print(f"{words.KNOWN_DEVICE} {device.device.hex()} ({place.name}){lost}")
    return DONE


def add_staff(chosen: argparse.Namespace, settings: Settings) -> int:
    """Give a member of staff a passphrase of their own. Raises WrongKey, PassphraseTooShort."""
    keystore, keys = _opened(chosen, settings)
    _give(keystore, keys, chosen, settings)
    print(words.MAY_OPEN.format(name=chosen.name))
    return DONE


def remove_staff(chosen: argparse.Namespace, settings: Settings) -> int:
    """Take a member of staff's passphrase away. Raises WrongKey, BadUse for the last slot."""
    from kiosk.store.slots import SlotKind

    keystore, keys = _opened(chosen, settings)
    if chosen.name not in keystore.staff:
        raise BadUse(words.NO_SUCH_NAME.format(name=chosen.name))
    if len(keystore.staff) == 1:
        raise BadUse(words.LAST_NAME)
    keystore.without(keys, SlotKind.STAFF, chosen.name).write(settings.data_dir)
    print(words.MAY_NOT_OPEN.format(name=chosen.name))
    return DONE


def rekey(chosen: argparse.Namespace, settings: Settings) -> int:
    """Encrypt the database under a fresh key. Whoever kept the old one can open no later copy."""
    from kiosk.store.rekeying import rekey as rekey_store

    _keystore, keys = _opened(chosen, settings)
    rekey_store(settings.data_dir, keys)
    print(words.REKEYED)
    return DONE


def recover(chosen: argparse.Namespace, settings: Settings) -> int:
    """Open with the key on paper, and give a member of staff a passphrase. Raises WrongKey."""
    from kiosk.store.keystore import read_keystore
    from kiosk.store.paper import recovery_key_from_paper

    keystore = read_keystore(settings.data_dir)
    private = recovery_key_from_paper(_text(chosen.recovery_key))
    _give(keystore, keystore.open_with_recovery(private), chosen, settings)
    print(words.MAY_OPEN.format(name=chosen.name))
    return DONE


def _opened(chosen: argparse.Namespace, settings: Settings) -> tuple[Keystore, DataKeys]:
    from kiosk.store.keystore import read_keystore

    keystore = read_keystore(settings.data_dir)
    ask = words.ASK_PASSPHRASE.format(name=chosen.worker)
    passphrase = passphrase_from(chosen.passphrase_file, ask)
    return keystore, keystore.open_with_passphrase(chosen.worker, passphrase)


def _give(
    keystore: Keystore, keys: DataKeys, chosen: argparse.Namespace, settings: Settings
) -> None:
    from kiosk.domain.staff import name_will_do

    if not name_will_do(chosen.name):
        raise BadUse(words.NAME_WILL_NOT_DO)
    keystore.with_staff(keys, chosen.name, _ask_new(chosen)).write(settings.data_dir)


def _ask_new(chosen: argparse.Namespace) -> str:
    """A new passphrase, asked for twice at a terminal. Raises PassphraseTooShort, BadUse."""
    from kiosk.domain.staff import PASSPHRASE_SHORTEST, passphrase_will_do

    file = chosen.new_passphrase_file
    passphrase = passphrase_from(file, words.ASK_NEW.format(name=chosen.name))
    if not passphrase_will_do(passphrase):
        raise PassphraseTooShort(least=PASSPHRASE_SHORTEST)
    if file is None and passphrase_from(None, words.ASK_AGAIN) != passphrase:
        raise BadUse(words.NOT_THE_SAME)
    return passphrase


# --- places and their devices -------------------------------------------------------------------


def trust(chosen: argparse.Namespace, settings: Settings) -> int:
    """Take in another place's list, so that its receipts are known here."""
    from kiosk.store.files import known_places_folder
    from kiosk.store.known_places import keep_known_place

    known = keep_known_place(known_places_folder(settings.data_dir), Path(chosen.file).read_bytes())
    print(words.TRUSTED.format(place=known.name, n=len(known.devices)))
    return DONE


def report_lost(chosen: argparse.Namespace, settings: Settings) -> int:
    """From now on this device's receipts do not count. Raises WrongKey, BadUse."""
    from kiosk.store.files import known_places_folder
    from kiosk.store.known_places import keep_known_place, known_places, sign_list
    from kiosk.store.paper import place_key_from_paper

    place_key = place_key_from_paper(_text(chosen.place_key))
    public = place_key.public_key().public_bytes_raw()
    folder = known_places_folder(settings.data_dir)
    for known in known_places(folder):
        for device in known.devices:
            if known.place_key == public and device.device.hex() == chosen.device.lower():
                lost = known.with_lost(device.device, datetime.now(UTC))
                keep_known_place(folder, sign_list(lost, place_key))
                print(words.LOST.format(place=known.name))
                return DONE
    raise BadUse(words.NO_SUCH_DEVICE)


def _text(file: str) -> str:
    return Path(file).read_text(encoding="ascii", errors="replace")
