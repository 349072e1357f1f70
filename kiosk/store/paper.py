"""A 32-byte secret as text that a person can keep on paper and type in again.

A prefix that says which one it is, then groups of four from Base32's alphabet, the last of them a
check, so that a slip in typing is found before it is tried as a key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.errors import WrongKey

PLACE_KEY: Final = "PLACE"
RECOVERY_KEY: Final = "RECOVERY"
_SECRET_BYTES, _CHECK_BYTES, _GROUP = 32, 3, 4


def to_paper(prefix: str, secret: bytes) -> str:
    """Return the text of a 32-byte secret: 14 groups of four after the prefix."""
    text = base64.b32encode(secret + _check(prefix, secret)).decode()
    groups = [text[i : i + _GROUP] for i in range(0, len(text), _GROUP)]
    return "-".join((prefix, *groups))


def from_paper(prefix: str, text: str) -> bytes:
    """Return the secret again; spaces, line ends and case do not matter. Raises WrongKey."""
    signs = "".join(text.upper().replace("-", " ").split())
    try:
        raw = base64.b32decode(signs.removeprefix(prefix))
    except binascii.Error as fault:
        raise WrongKey from fault
    secret, check = raw[:_SECRET_BYTES], raw[_SECRET_BYTES:]
    if not hmac.compare_digest(check, _check(prefix, secret)) or len(secret) != _SECRET_BYTES:
        raise WrongKey
    return secret


def place_key_from_paper(text: str) -> Ed25519PrivateKey:
    """Return the place key. Raises WrongKey."""
    return Ed25519PrivateKey.from_private_bytes(from_paper(PLACE_KEY, text))


def recovery_key_from_paper(text: str) -> X25519PrivateKey:
    """Return the recovery key. Raises WrongKey."""
    return X25519PrivateKey.from_private_bytes(from_paper(RECOVERY_KEY, text))


def _check(prefix: str, secret: bytes) -> bytes:
    return hashlib.sha256(prefix.encode() + secret).digest()[:_CHECK_BYTES]
