"""The receipt's token: proof that this device took something down, and nothing of what it was.

A CWT (RFC 8392) in COSE_Sign1 (RFC 9052) with EdDSA, in Base45 (RFC 9285), after "YS1:":
payload {6: issued at, whole seconds since 1970; 7: receipt id, 16 bytes}, protected header
{1: -8 (EdDSA), 4: key id, 8 bytes}. 169 characters, all from the QR alphanumeric set: version 7 at
level M. Reading is strict: what is read must encode again to the very same characters, so that no
character can be changed, added, folded or left out and the receipt still be genuine.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.errors import NotAReceipt, ReceiptNotGenuine

PREFIX: Final = "YS1:"
RECEIPT_ID_BYTES: Final = 16
KEY_ID_BYTES: Final = 8
SIGNATURE_BYTES: Final = 64
LONGEST: Final = 512  # characters; no token of ours comes near, and no scan needs more

_COSE_SIGN1: Final = 18
_EDDSA: Final = -8
_ALGORITHM, _KEY_ID = 1, 4
_ISSUED_AT, _CWT_ID = 6, 7

# Every token of ours has one shape, so it is cut up, not parsed: CBOR's marks, key id, marks,
# seconds, mark, receipt id, mark, signature. That the marks are right, writing it again shows.
_SHAPE: Final = struct.Struct(">8s 8s 6s I 2s 16s 2s 64s")


Claims = tuple[bytes, bytes]  # the protected header and the payload, as they are signed


@dataclass(frozen=True, slots=True)
class Token:
    """A receipt that was read, its form sound, its signature not looked at yet."""

    receipt_id: bytes
    issued_at: datetime  # UTC, whole seconds
    key_id: bytes
    signature: bytes

    def is_signed_by(self, public_key: bytes) -> bool:
        """True when the holder of this Ed25519 key (32 bytes) signed it."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(
                self.signature, _signed(_claims(self))
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def key_id(public_key: bytes) -> bytes:
    """Return a signing key's id: the first 8 bytes of the SHA-256 of its 32 public bytes."""
    return hashlib.sha256(public_key).digest()[:KEY_ID_BYTES]


def issue(
    receipt_id: bytes, issued_at: datetime, signing_key_id: bytes, sign: Callable[[bytes], bytes]
) -> str:
    """Return a receipt's token. `sign` is given the bytes to sign and returns 64 bytes.

    Holds for moments from 1970-01-02 to 2106, whose seconds take four bytes in CBOR.
    """
    claims = _claims(Token(receipt_id, issued_at, signing_key_id, b""))
    return _text(claims, sign(_signed(claims)))


def read(text: str) -> Token:
    """Read a token strictly.

    Raises NotAReceipt for what does not begin as ours does, ReceiptNotGenuine for what does and is
    not one that we could have written.
    """
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        raise NotAReceipt
    token = _parse(text)
    if _text(_claims(token), token.signature) != text:
        raise ReceiptNotGenuine
    return token


def _parse(text: str) -> Token:
    try:
        raw: bytes = base45.b45decode(text.removeprefix(PREFIX))
        _, key, _, issued, _, receipt_id, _, signature = _SHAPE.unpack(raw)
    except (ValueError, struct.error) as fault:
        raise ReceiptNotGenuine from fault
    return Token(receipt_id, datetime.fromtimestamp(issued, UTC), key, signature)


def _claims(token: Token) -> Claims:
    """Return what is signed of a token: COSE's protected header, and the CWT's claims."""
    protected = {_ALGORITHM: _EDDSA, _KEY_ID: token.key_id}
    payload = {_ISSUED_AT: int(token.issued_at.timestamp()), _CWT_ID: token.receipt_id}
    return _cbor(protected), _cbor(payload)


def _signed(claims: Claims) -> bytes:
    """COSE's Sig_structure for Sign1 (RFC 9052, 4.4), with no external data."""
    protected, payload = claims
    return _cbor(["Signature1", protected, b"", payload])


def _text(claims: Claims, signature: bytes) -> str:
    protected, payload = claims
    whole = _cbor(cbor2.CBORTag(_COSE_SIGN1, [protected, {}, payload, signature]))
    encoded: bytes = base45.b45encode(whole)
    return PREFIX + encoded.decode("ascii")


def _cbor(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)
