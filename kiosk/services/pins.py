"""A PIN's hash: slow, salted, and under a key that never leaves the database."""

from __future__ import annotations

import hmac
import os
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kiosk.domain.person import PinProblem, pin_problem
from kiosk.errors import PinNotUsable
from kiosk.store.opening import PIN_KEY
from kiosk.store.store import PersonRow, Store

# OWASP's least for Argon2id (19 MiB, 2 passes, 1 lane): four digits cannot be saved by more, only
# by the key inside the database and by the waits after wrong ones.
_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2
_LANES: Final = 1
_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32


def new_pin(store: Store, pin: str) -> tuple[bytes, bytes]:
    """Return (salt, hash) of a PIN. Raises PinNotUsable unless it is four to eight digits."""
    if pin_problem(pin) not in (None, PinProblem.TOO_EASY):
        raise PinNotUsable
    salt = os.urandom(_SALT_BYTES)
    return salt, _hash(store, pin, salt)


def is_pin_of(store: Store, pin: str, row: PersonRow | None) -> bool:
    """True when this is the person's PIN. Takes as long for nobody, and for one with no PIN."""
    salt = row.pin_salt if row is not None else None
    kept = row.pin_hash if row is not None else None
    found = _hash(store, pin, salt or bytes(_SALT_BYTES))
    return kept is not None and hmac.compare_digest(found, kept)


def _hash(store: Store, pin: str, salt: bytes) -> bytes:
    kdf = Argon2id(
        salt=salt,
        length=_HASH_BYTES,
        iterations=_PASSES,
        lanes=_LANES,
        memory_cost=_MEMORY_KIB,
    )
    return kdf.derive(store.keyed_hash(PIN_KEY, pin.encode()))
