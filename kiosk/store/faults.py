"""From SQLite's result codes to failures with names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import Final

from sqlcipher3 import dbapi2

from kiosk.errors import (
    StoreDamaged,
    StoreFull,
    StoreInUse,
    StoreReadOnly,
    YourSayError,
)

# Primary result codes (sqlite.org/rescode.html); the low byte of an extended one.
_BUSY, _LOCKED, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = (
    5, 6, 8, 10, 11, 13, 14, 26,
)  # fmt: skip

_NAMED: Final[dict[int, type[YourSayError]]] = {
    _BUSY: StoreInUse,
    _LOCKED: StoreInUse,
    _READ_ONLY: StoreReadOnly,
    _CANNOT_OPEN: StoreReadOnly,  # the file is there: it is the folder that cannot be written
    _IO: StoreDamaged,
    _CORRUPT: StoreDamaged,
    _NOT_A_DATABASE: StoreDamaged,
    _FULL: StoreFull,
}


_LEAST_ROOM: Final = 256 * 1024  # bytes: what SQLite needs beside a file to work on it


@contextmanager
def named_faults(folder: Path | None = None) -> Iterator[None]:
    """Let what SQLite cannot do come up as one of our errors; a mistake of ours comes up as it is.

    With a folder, trouble with its disk is told apart from damage: a full disk cannot always say so.
    """
    try:
        yield
    except dbapi2.DatabaseError as fault:
        code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
        named = _NAMED.get(code)
        if named is None:
            raise
        if code == _IO and folder is not None and disk_usage(folder).free < _LEAST_ROOM:
            named = StoreFull
        raise named from fault
