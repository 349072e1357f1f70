"""From an empty folder to a kiosk's data: keys, database, and a place that vouches for the device.

A mark stands in the folder until all of it is there: a set-up that was cut short is begun again,
and nothing opens on it before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.domain.place import Place
from kiosk.domain.staff import PASSPHRASE_SHORTEST, name_will_do, passphrase_will_do
from kiosk.errors import AlreadySetUp, KeystoreMissing, PassphraseTooShort
from kiosk.store.files import database_file, keystore_file, known_places_folder
from kiosk.store.keystore import DataKeys, new_keystore, read_keystore
from kiosk.store.known_places import (
    keep_known_place,
    known_place_file,
    new_known_place,
    new_place_key,
    sign_list,
)
from kiosk.store.opening import create_store, open_store
from kiosk.store.paper import PLACE_KEY, RECOVERY_KEY, to_paper
from kiosk.store.store import Store

_UNFINISHED: Final = ".setting-up"


@dataclass(frozen=True, slots=True)
class PaperKeys:
    """Two secrets to print once, give to the data protection lead, and keep nowhere else."""

    place_key: str
    recovery_key: str


def make_demo(
    data_dir: Path, place: Place, *, name: str, passphrase: str, now: datetime
) -> DataKeys:
    """Make a demo: all keys are thrown away but the one in the device, behind one staff slot.

    Returns the keys that open it now, without the passphrase's slow work a second time. Raises
    AlreadySetUp, and what `create_store` raises.
    """
    return _make(data_dir, place, new_place_key(), None, name, passphrase, now, demo=True)


def make_real(
    data_dir: Path, place: Place, *, name: str, passphrase: str, now: datetime
) -> PaperKeys:
    """Make a real one, with a fresh place key and a recovery key for paper.

    Raises AlreadySetUp, PassphraseTooShort, and what `create_store` raises.
    """
    if not passphrase_will_do(passphrase):
        raise PassphraseTooShort(least=PASSPHRASE_SHORTEST)
    place_key, recovery = new_place_key(), X25519PrivateKey.generate()
    _make(data_dir, place, place_key, recovery, name, passphrase, now, demo=False)
    return PaperKeys(
        to_paper(PLACE_KEY, place_key.private_bytes_raw()),
        to_paper(RECOVERY_KEY, recovery.private_bytes_raw()),
    )


def open_as(
    data_dir: Path, name: str, passphrase: str, now: datetime, *, check: bool = True
) -> Store:
    """Open the store with a member of staff's passphrase. Raises as `open_store`, and WrongKey."""
    return open_store(data_dir, unlock(data_dir, name, passphrase), now, check=check)


def unlock(data_dir: Path, name: str, passphrase: str) -> DataKeys:
    """Return the keys that a member of staff's passphrase opens; takes a tenth of a second or more.

    Raises WrongKey, KeystoreMissing, KeystoreDamaged.
    """
    if not is_set_up(data_dir):
        raise KeystoreMissing
    return read_keystore(data_dir).open_with_passphrase(name, passphrase)


def is_set_up(data_dir: Path) -> bool:
    """True when a kiosk was set up here, to the end."""
    return keystore_file(data_dir).exists() and not (data_dir / _UNFINISHED).exists()


def _make(
    data_dir: Path,
    place: Place,
    place_key: Ed25519PrivateKey,
    recovery: X25519PrivateKey | None,
    name: str,
    passphrase: str,
    now: datetime,
    *,
    demo: bool,
) -> DataKeys:
    if not name_will_do(name):
        raise ValueError("a name that cannot stand in a list")
    _begin(data_dir, place)
    keystore, keys = new_keystore()
    keystore = keystore.with_staff(keys, name, passphrase)
    if recovery is not None:
        keystore = keystore.with_recovery(keys, recovery.public_key())
    create_store(data_dir, keys[0], place=place.id, demo=demo, now=now)
    keystore.write(data_dir)
    with open_store(data_dir, keys, now) as store:
        known = new_known_place(place_key, place.id, place.name, demo=demo)
        known = known.with_device(store.device, store.public_key)
    keep_known_place(known_places_folder(data_dir), sign_list(known, place_key))
    (data_dir / _UNFINISHED).unlink()
    return keys


def _begin(data_dir: Path, place: Place) -> None:
    """Make the folder and mark it unfinished; clear away what a set-up cut short left behind."""
    data_dir.mkdir(parents=True, exist_ok=True)
    data_dir.chmod(0o700)
    unfinished = data_dir / _UNFINISHED
    if not unfinished.exists():
        if keystore_file(data_dir).exists():
            raise AlreadySetUp
        if database_file(data_dir).exists():
            raise KeystoreMissing  # its keystore may yet be found: touch nothing
        unfinished.touch()
    databases = data_dir.glob(f"{database_file(data_dir).name}*")
    known = known_place_file(known_places_folder(data_dir), place.id)
    for left in (keystore_file(data_dir), known, *databases):
        left.unlink(missing_ok=True)
