"""Receipts: the token of one, and whether a token is genuine.

`verify_receipt` needs a folder of known places and nothing else: no database, no key, no network.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain import receipt
from kiosk.domain.event import Kind
from kiosk.errors import NotAReceipt, ReceiptNotGenuine, ReceiptUnknownHere
from kiosk.store.known_places import known_places

if TYPE_CHECKING:  # so that checking a receipt needs no database, and does not wait for one
    from kiosk.store.store import Store
    from kiosk.store.writing import Writing


class Reason(StrEnum):
    """Why a receipt is genuine or not."""

    GENUINE = "genuine"
    NOT_A_RECEIPT = "not-a-receipt"
    NOT_GENUINE = "not-genuine"  # it looks like ours, and was changed, cut or forged
    ANOTHER_PLACE = "another-place"  # signed with a key that no place here vouches for
    DEVICE_LOST = "device-lost"  # issued after its device was reported lost


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a receipt is genuine, and what is known of it. Empty where it is not known."""

    genuine: bool
    reason: Reason
    receipt_id: bytes | None = None
    issued_at: datetime | None = None
    place_id: str = ""
    place_name: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class IssuedReceipt:
    """A receipt that was just written down; it counts when its transaction has come back."""

    receipt_id: bytes
    token: str
    issued_at: datetime


def verify_receipt(text: str, folder: Path) -> Verdict:
    """Say whether a token is genuine, against the places in a folder. Never raises for a token."""
    try:
        token = receipt.read(text)
    except NotAReceipt:
        return Verdict(genuine=False, reason=Reason.NOT_A_RECEIPT)
    except ReceiptNotGenuine:
        return Verdict(genuine=False, reason=Reason.NOT_GENUINE)
    for place in known_places(folder):
        device = place.device_with_key_id(token.key_id)
        if device is None:
            continue
        if not token.is_signed_by(device.public_key):
            return Verdict(genuine=False, reason=Reason.NOT_GENUINE)
        lost = device.lost_from is not None and token.issued_at >= device.lost_from
        return Verdict(
            genuine=not lost,
            reason=Reason.DEVICE_LOST if lost else Reason.GENUINE,
            receipt_id=token.receipt_id,
            issued_at=token.issued_at,
            place_id=place.place,
            place_name=place.name,
            demo=place.demo,
        )
    return Verdict(genuine=False, reason=Reason.ANOTHER_PLACE)


def issue(store: Store, act: Writing, person: bytes) -> IssuedReceipt:
    """Sign a new receipt for a person, within the transaction of what it is a receipt for."""
    issued_at = act.now.replace(microsecond=0)
    receipt_id = secrets.token_bytes(receipt.RECEIPT_ID_BYTES)
    token = receipt.issue(receipt_id, issued_at, receipt.key_id(store.public_key), store.sign)
    act.event(Kind.RECEIPT_ISSUED, person, {"receipt": receipt_id, "token": token})
    return IssuedReceipt(receipt_id, token, issued_at)


class Receipts:
    """The receipts of this kiosk."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    def token_for(self, person: bytes) -> str:
        """Return a person's newest receipt again. Raises ReceiptUnknownHere if there is none."""
        newest = self._store.newest_receipt(person)
        if newest is None:
            raise ReceiptUnknownHere
        return newest[1]

    def verify(self, text: str) -> Verdict:
        """Say whether a token is genuine, against the places that this device knows."""
        return verify_receipt(text, self._folder)
