"""The keystore: one small file of slots around the random key that opens the database.

The file holds the store's id (which is also the database's salt), a check value for each data key,
and the slots. All of it is sealed under the data key, so that a slot put in from outside, or taken
out, is found as soon as anybody opens the rest. During a rekey there are two data keys, until the
new one has opened the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from kiosk.errors import KeystoreDamaged, KeystoreMissing, WrongKey
from kiosk.store import slots
from kiosk.store.files import keystore_file, write_whole
from kiosk.store.slots import Hardness, Slot, SlotKind

_FORM: Final = 1
_KEY_BYTES: Final = 32
_STORE_ID_BYTES: Final = 16  # SQLCipher's salt
_CHECK_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key that opens the database, and its number: each rekey counts one up."""

    number: int
    key: bytes  # 32 bytes
    store_id: bytes  # 16 bytes, the database's salt

    def __repr__(self) -> str:
        return f"DataKey(number={self.number})"

    @property
    def check(self) -> bytes:
        """Return the value by which the keystore knows this key without holding it."""
        said = b"your-say key check 1\0" + self.store_id
        return hmac.digest(self.key, said, hashlib.sha256)[:_CHECK_BYTES]

    @property
    def pragma(self) -> str:
        """Return the 96 digits that SQLCipher takes as they are: key and salt, nothing derived."""
        return self.key.hex() + self.store_id.hex()


DataKeys = tuple[DataKey, ...]  # newest first: one, or two while a rekey is unfinished


@dataclass(frozen=True, slots=True)
class Keystore:
    """What the file says. Every change returns a new one; `write` puts it in the file."""

    store_id: bytes
    checks: dict[int, bytes]
    slots: tuple[Slot, ...]
    seals: dict[int, bytes]

    # --- opening -------------------------------------------------------------------------------

    def open_with_passphrase(self, name: str, passphrase: str) -> DataKeys:
        """Open a member of staff's slot. Raises WrongKey (also for a name that has none)."""
        for slot in self.slots:
            if slot.kind is SlotKind.STAFF and slot.name == name:
                private = slots.open_with_passphrase(self.store_id, slot, passphrase)
                return self._keys(slot, private)
        raise WrongKey

    def open_with_recovery(self, private: X25519PrivateKey) -> DataKeys:
        """Open with the key that is kept on paper. Raises WrongKey."""
        for slot in self.slots:
            if slot.kind is SlotKind.RECOVERY:
                return self._keys(slot, private)
        raise WrongKey

    def open_with_machine(self, secret: bytes) -> DataKeys:
        """Open with the machine's own secret, unattended. Raises WrongKey."""
        for slot in self.slots:
            if slot.kind is SlotKind.MACHINE:
                return self._keys(slot, slots.open_with_secret(self.store_id, slot, secret))
        raise WrongKey

    def _keys(self, slot: Slot, private: X25519PrivateKey) -> DataKeys:
        raw = slot.keys(self.store_id, private)
        keys = tuple(DataKey(n, raw[n], self.store_id) for n in sorted(raw, reverse=True))
        self.confirm(keys)
        return keys

    def confirm(self, keys: DataKeys) -> None:
        """Check keys against their check values and this file's seal.

        Raises WrongKey for a key of another keystore, KeystoreDamaged for a file that was changed
        by someone who did not hold the key.
        """
        if not keys:
            raise KeystoreDamaged
        for key in keys:
            check = self.checks.get(key.number, b"")
            if key.store_id != self.store_id or not hmac.compare_digest(check, key.check):
                raise WrongKey
        for key in keys:
            if not hmac.compare_digest(self.seals.get(key.number, b""), self._seal(key)):
                raise KeystoreDamaged

    @property
    def staff(self) -> tuple[str, ...]:
        """Names of the members of staff who may open this device."""
        return tuple(slot.name for slot in self.slots if slot.kind is SlotKind.STAFF)

    def has(self, kind: SlotKind) -> bool:
        """True when some slot is of this kind."""
        return any(slot.kind is kind for slot in self.slots)

    # --- changing ------------------------------------------------------------------------------

    def with_staff(self, keys: DataKeys, name: str, passphrase: str) -> Keystore:
        """Give a member of staff a slot, or their slot a new passphrase."""
        return self._with_slot(keys, slots.staff_slot(self.store_id, name, passphrase))

    def with_machine(self, keys: DataKeys, secret: bytes) -> Keystore:
        """Let the machine open itself with its own 32-byte secret."""
        return self._with_slot(keys, slots.machine_slot(self.store_id, secret))

    def with_recovery(self, keys: DataKeys, public: X25519PublicKey) -> Keystore:
        """Let a key on paper open this device."""
        return self._with_slot(keys, slots.recovery_slot(public))

    def without(self, keys: DataKeys, kind: SlotKind, name: str) -> Keystore:
        """Take a slot away. Whoever had it may have kept the key: rekey afterwards.

        Raises KeyError when there is no such slot, or no other one is left to open with.
        """
        left = tuple(s for s in self.slots if (s.kind, s.name) != (kind, name))
        if len(left) == len(self.slots) or not left:
            raise KeyError(name)
        return replace(self, slots=left)._sealed(keys)

    def with_new_key(self, keys: DataKeys) -> tuple[Keystore, DataKeys]:
        """Add a fresh data key beside those there are, in every slot; newest first."""
        new = DataKey(keys[0].number + 1, os.urandom(_KEY_BYTES), self.store_id)
        wrapped = tuple(s.with_key(self.store_id, new.number, new.key) for s in self.slots)
        checks = {**self.checks, new.number: new.check}
        both = (new, *keys)
        return replace(self, slots=wrapped, checks=checks)._sealed(both), both

    def with_only(self, key: DataKey) -> Keystore:
        """Forget every data key but one: the one that has just opened the database."""
        left = tuple(replace(s, wrapped={key.number: s.wrapped[key.number]}) for s in self.slots)
        return replace(self, slots=left, checks={key.number: key.check})._sealed((key,))

    def _with_slot(self, keys: DataKeys, slot: Slot) -> Keystore:
        for key in keys:
            slot = slot.with_key(self.store_id, key.number, key.key)
        others = tuple(s for s in self.slots if (s.kind, s.name) != (slot.kind, slot.name))
        return replace(self, slots=(*others, slot))._sealed(keys)

    def _sealed(self, keys: DataKeys) -> Keystore:
        return replace(self, seals={key.number: self._seal(key) for key in keys})

    def _seal(self, key: DataKey) -> bytes:
        said = json.dumps(self._plain(), sort_keys=True).encode()
        return hmac.digest(key.key, b"your-say keystore seal 1\0" + said, hashlib.sha256)

    # --- the file ------------------------------------------------------------------------------

    def write(self, data_dir: Path) -> None:
        """Put it in the file, whole or not at all."""
        plain = self._plain() | {"seals": {str(n): s.hex() for n, s in self.seals.items()}}
        write_whole(keystore_file(data_dir), json.dumps(plain, indent=1).encode())

    def _plain(self) -> dict[str, Any]:
        return {
            "form": _FORM,
            "store": self.store_id.hex(),
            "checks": {str(number): check.hex() for number, check in self.checks.items()},
            "slots": [_plain_slot(slot) for slot in self.slots],
        }


def new_keystore() -> tuple[Keystore, DataKeys]:
    """Make a keystore with a fresh random key and no slot yet: give it one, then write it."""
    store_id = os.urandom(_STORE_ID_BYTES)
    key = DataKey(1, os.urandom(_KEY_BYTES), store_id)
    return Keystore(store_id, {1: key.check}, (), {}), (key,)


def read_keystore(data_dir: Path) -> Keystore:
    """Read the file. Raises KeystoreMissing, or KeystoreDamaged for what we would not have written."""
    try:
        plain = json.loads(keystore_file(data_dir).read_bytes())
    except FileNotFoundError:
        raise KeystoreMissing from None
    except (ValueError, OSError) as fault:
        raise KeystoreDamaged from fault
    try:
        if plain["form"] != _FORM:
            raise KeystoreDamaged
        found = Keystore(
            bytes.fromhex(plain["store"]),
            {int(n): bytes.fromhex(check) for n, check in plain["checks"].items()},
            tuple(_read_slot(slot) for slot in plain["slots"]),
            {int(n): bytes.fromhex(seal) for n, seal in plain["seals"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise KeystoreDamaged from fault
    if len(found.store_id) != _STORE_ID_BYTES or not found.slots:
        raise KeystoreDamaged
    return found


def _plain_slot(slot: Slot) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "kind": str(slot.kind),
        "name": slot.name,
        "public": slot.public.hex(),
        "wrapped": {str(number): wrapped.hex() for number, wrapped in slot.wrapped.items()},
    }
    if slot.private:
        plain |= {"private": slot.private.hex(), "nonce": slot.nonce.hex()}
    if slot.hardness is not None:
        hard = slot.hardness
        plain["argon2id"] = {
            "salt": slot.salt.hex(),
            "memory": hard.memory,
            "passes": hard.passes,
            "lanes": hard.lanes,
        }
    return plain


def _read_slot(plain: dict[str, Any]) -> Slot:
    argon = plain.get("argon2id")
    return Slot(
        SlotKind(plain["kind"]),
        str(plain["name"]),
        bytes.fromhex(plain["public"]),
        bytes.fromhex(plain.get("private", "")),
        bytes.fromhex(plain.get("nonce", "")),
        bytes.fromhex(argon["salt"]) if argon else b"",
        Hardness(int(argon["memory"]), int(argon["passes"]), int(argon["lanes"]))
        if argon
        else None,
        {int(number): bytes.fromhex(wrapped) for number, wrapped in plain["wrapped"].items()},
    )
