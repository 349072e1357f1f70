"""Places whose receipts this device can check: each one's public key and signed list of devices.

A file `<place>.cbor` in the folder is canonical CBOR: {1: form, 2: the place's public key,
3: the list, as bytes, 4: the place key's Ed25519 signature of them}. The list is {1: place id,
2: name, 3: demo, 4: serial number, 5: devices: [[device id, public key, lost from or null]]}, the
time in whole seconds since 1970. Nothing in it is secret, so receipts are checked without a key.

The place key itself is with the data protection lead, on paper, and never on a kiosk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.receipt import key_id
from kiosk.errors import KnownPlaceDamaged
from kiosk.store.files import write_whole

_FORM: Final = 1
_SIGNED_AS: Final = b"your-say devices 1\0"
_LARGEST: Final = 1_000_000  # bytes; no list of ours comes near


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device that the place vouches for; from `lost_from` on, its receipts do not count."""

    device: bytes
    public_key: bytes
    lost_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place and its list, as signed. `serial` counts up, so that an old list cannot come back."""

    place_key: bytes  # public
    place: str
    name: str
    demo: bool
    serial: int
    devices: tuple[KnownDevice, ...]

    def device_with_key_id(self, wanted: bytes) -> KnownDevice | None:
        """Return the device whose key has this id (8 bytes)."""
        for device in self.devices:
            if key_id(device.public_key) == wanted:
                return device
        return None

    def with_device(self, device: bytes, public_key: bytes) -> KnownPlace:
        """Vouch for one more device."""
        others = tuple(d for d in self.devices if d.device != device)
        devices = (*others, KnownDevice(device, public_key))
        return replace(self, devices=devices, serial=self.serial + 1)

    def with_lost(self, device: bytes, lost_from: datetime) -> KnownPlace:
        """Stop a device's receipts from counting. Raises KeyError for a device not listed."""
        if all(d.device != device for d in self.devices):
            raise KeyError(device.hex())
        devices = tuple(
            replace(d, lost_from=lost_from.replace(microsecond=0)) if d.device == device else d
            for d in self.devices
        )
        return replace(self, devices=devices, serial=self.serial + 1)


def new_place_key() -> Ed25519PrivateKey:
    """Make a place key. It goes on paper, or, for a demo, nowhere."""
    return Ed25519PrivateKey.generate()


def new_known_place(
    place_key: Ed25519PrivateKey, place: str, name: str, *, demo: bool
) -> KnownPlace:
    """Return a place with no device yet."""
    return KnownPlace(place_key.public_key().public_bytes_raw(), place, name, demo, 0, ())


def sign_list(known: KnownPlace, place_key: Ed25519PrivateKey) -> bytes:
    """Return the file's bytes. Raises ValueError for the key of another place."""
    if place_key.public_key().public_bytes_raw() != known.place_key:
        raise ValueError("the key of another place")
    devices = [
        [d.device, d.public_key, int(d.lost_from.timestamp()) if d.lost_from else None]
        for d in known.devices
    ]
    said = _cbor({1: known.place, 2: known.name, 3: known.demo, 4: known.serial, 5: devices})
    signature = place_key.sign(_SIGNED_AS + said)
    return _cbor({1: _FORM, 2: known.place_key, 3: said, 4: signature})


def read_list(raw: bytes, *, file: str = "") -> KnownPlace:
    """Read and verify a file's bytes. Raises KnownPlaceDamaged."""
    try:
        outer = _strict(raw)
        if outer[1] != _FORM:
            raise KnownPlaceDamaged(file=file)
        Ed25519PublicKey.from_public_bytes(outer[2]).verify(outer[4], _SIGNED_AS + outer[3])
        said = _strict(outer[3])
        devices = tuple(
            KnownDevice(
                bytes(device),
                bytes(key),
                datetime.fromtimestamp(lost, UTC) if lost is not None else None,
            )
            for device, key, lost in said[5]
        )
        return KnownPlace(
            outer[2], str(said[1]), str(said[2]), bool(said[3]), int(said[4]), devices
        )
    except (InvalidSignature, cbor2.CBORDecodeError, LookupError, TypeError, ValueError) as fault:
        raise KnownPlaceDamaged(file=file) from fault


def keep_known_place(folder: Path, signed: bytes) -> KnownPlace:
    """Put a place's list in the folder, unless we hold a newer one of it.

    Raises KnownPlaceDamaged for a list that does not verify, is older than the one here, or is
    signed by another key than the one here. Raises OSError.
    """
    known = read_list(signed)
    path = known_place_file(folder, known.place)
    if path.exists():
        held = read_list(path.read_bytes(), file=path.name)
        if held.place_key != known.place_key or held.serial > known.serial:
            raise KnownPlaceDamaged(file=path.name)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, signed)
    return known


def known_places(folder: Path) -> Iterator[KnownPlace]:
    """Yield every place whose file verifies; one that does not vouches for nobody."""
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.cbor")):
        try:
            if path.stat().st_size <= _LARGEST:
                yield read_list(path.read_bytes(), file=path.name)
        except (KnownPlaceDamaged, OSError):
            continue


def known_place_file(folder: Path, place: str) -> Path:
    """Where a place's list stands; the id of a place never leads out of the folder."""
    kept = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in place)
    return folder / f"{kept or '_'}.cbor"


def _cbor(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _strict(raw: bytes) -> Any:
    value = cbor2.loads(raw)
    if _cbor(value) != raw:
        raise ValueError("not canonical")
    return value
