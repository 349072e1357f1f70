"""Members of staff: what a name and a passphrase must be to open a slot of the keystore."""

from __future__ import annotations

import unicodedata
from typing import Final

PASSPHRASE_SHORTEST: Final = 12  # characters: three short words
NAME_LONGEST: Final = 64


def passphrase_will_do(passphrase: str) -> bool:
    """True when it is long enough; length is what Argon2id multiplies (NCSC: three random words)."""
    return len(normal_passphrase(passphrase)) >= PASSPHRASE_SHORTEST


def normal_passphrase(passphrase: str) -> str:
    """Return a passphrase as it is hashed: one form for é, however the keyboard made it."""
    return unicodedata.normalize("NFC", passphrase)


def name_will_do(name: str) -> bool:
    """True for a name that can stand in a list: some letters, no control signs, not endless."""
    tidy = name.strip()
    return tidy == name and 0 < len(name) <= NAME_LONGEST and name.isprintable()
