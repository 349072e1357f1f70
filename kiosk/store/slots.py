"""One slot of the keystore: a key pair of its own, whose private half something secret guards.

Data keys are wrapped to a slot's public half (HPKE, RFC 9180), so a new data key reaches every slot
without anybody's passphrase. The private half is wrapped under a passphrase (Argon2id, RFC 9106),
under the machine's secret, or is on paper only.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kiosk.domain.staff import normal_passphrase
from kiosk.errors import KeystoreDamaged, WrongKey

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32


class SlotKind(StrEnum):
    """What guards a slot's private half."""

    STAFF = "staff"
    RECOVERY = "recovery"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Hardness:
    """How hard Argon2id works: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int


STAFF_HARDNESS: Final = Hardness(64 * 1024, 3, 4)
# Below the floor a file was weakened (OWASP's least); above the ceiling it would stop the machine.
_FLOOR: Final = Hardness(19 * 1024, 2, 1)
_CEILING: Final = Hardness(1024 * 1024, 16, 8)


@dataclass(frozen=True, slots=True)
class Slot:
    """As it stands in the file. `wrapped` is data key number -> that key for this slot."""

    kind: SlotKind
    name: str
    public: bytes
    private: bytes = b""  # wrapped; empty for recovery, whose private half is on paper
    nonce: bytes = b""
    salt: bytes = b""
    hardness: Hardness | None = None
    wrapped: dict[int, bytes] = field(default_factory=dict)

    def with_key(self, store_id: bytes, number: int, key: bytes) -> Slot:
        """Return this slot holding one more data key."""
        info = _bound(store_id, self, number)
        public = X25519PublicKey.from_public_bytes(self.public)
        wrapped = {**self.wrapped, number: _SUITE.encrypt(key, public, info=info)}
        return replace(self, wrapped=wrapped)

    def without_key(self, number: int) -> Slot:
        """Return this slot without one data key."""
        return replace(self, wrapped={n: w for n, w in self.wrapped.items() if n != number})

    def keys(self, store_id: bytes, private: X25519PrivateKey) -> dict[int, bytes]:
        """Unwrap every data key. Raises KeystoreDamaged when one is not this slot's."""
        if private.public_key().public_bytes_raw() != self.public:
            raise WrongKey
        try:
            return {
                number: _SUITE.decrypt(wrapped, private, info=_bound(store_id, self, number))
                for number, wrapped in self.wrapped.items()
            }
        except (InvalidTag, ValueError) as fault:
            raise KeystoreDamaged from fault


def staff_slot(store_id: bytes, name: str, passphrase: str) -> Slot:
    """Make a slot that a member of staff's passphrase opens."""
    private = X25519PrivateKey.generate()
    slot = Slot(
        SlotKind.STAFF,
        name,
        private.public_key().public_bytes_raw(),
        nonce=os.urandom(_NONCE_BYTES),
        salt=os.urandom(_SALT_BYTES),
        hardness=STAFF_HARDNESS,
    )
    return _guarded(store_id, slot, private, _from_passphrase(slot, passphrase))


def machine_slot(store_id: bytes, secret: bytes) -> Slot:
    """Make a slot that the machine's own secret (32 bytes, sealed by its TPM) opens."""
    private = X25519PrivateKey.generate()
    slot = Slot(
        SlotKind.MACHINE,
        "machine",
        private.public_key().public_bytes_raw(),
        nonce=os.urandom(_NONCE_BYTES),
    )
    return _guarded(store_id, slot, private, secret)


def recovery_slot(public: X25519PublicKey) -> Slot:
    """Make a slot for the key that the data protection lead keeps on paper."""
    return Slot(SlotKind.RECOVERY, "recovery", public.public_bytes_raw())


def open_with_passphrase(store_id: bytes, slot: Slot, passphrase: str) -> X25519PrivateKey:
    """Return a staff slot's private half. Raises WrongKey, or KeystoreDamaged for a weakened slot."""
    return _unguarded(store_id, slot, _from_passphrase(slot, passphrase))


def open_with_secret(store_id: bytes, slot: Slot, secret: bytes) -> X25519PrivateKey:
    """Return the machine slot's private half. Raises WrongKey."""
    return _unguarded(store_id, slot, secret)


def _from_passphrase(slot: Slot, passphrase: str) -> bytes:
    hard = slot.hardness
    if hard is None or len(slot.salt) < _SALT_BYTES:
        raise KeystoreDamaged
    asked = (hard.memory, hard.passes, hard.lanes)
    least = (_FLOOR.memory, _FLOOR.passes, _FLOOR.lanes)
    most = (_CEILING.memory, _CEILING.passes, _CEILING.lanes)
    if any(a < low or a > high for a, low, high in zip(asked, least, most, strict=True)):
        raise KeystoreDamaged
    kdf = Argon2id(
        salt=slot.salt,
        length=_KEY_BYTES,
        iterations=hard.passes,
        lanes=hard.lanes,
        memory_cost=hard.memory,
    )
    return kdf.derive(normal_passphrase(passphrase).encode())


def _guarded(store_id: bytes, slot: Slot, private: X25519PrivateKey, guard: bytes) -> Slot:
    sealed = AESGCM(guard).encrypt(slot.nonce, private.private_bytes_raw(), _bound(store_id, slot))
    return replace(slot, private=sealed)


def _unguarded(store_id: bytes, slot: Slot, guard: bytes) -> X25519PrivateKey:
    try:
        raw = AESGCM(guard).decrypt(slot.nonce, slot.private, _bound(store_id, slot))
        return X25519PrivateKey.from_private_bytes(raw)
    except (InvalidTag, ValueError) as fault:
        raise WrongKey from fault


def _bound(store_id: bytes, slot: Slot, number: int = 0) -> bytes:
    """Return what a wrapping holds only together with: this store, this slot, this key's number."""
    return cbor2.dumps(
        ["your-say slot 1", store_id, str(slot.kind), slot.name, slot.public, number]
    )
