"""What stands where in a data folder, and writing a small file so that it is whole or absent."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path
from typing import Final

DATABASE: Final = "your-say.db"
KEYSTORE: Final = "keystore.json"
LOCK: Final = "store.lock"
KNOWN_PLACES: Final = "known_places"


def database_file(data_dir: Path) -> Path:
    """The SQLCipher file."""
    return data_dir / DATABASE


def keystore_file(data_dir: Path) -> Path:
    """The file of wrapped keys."""
    return data_dir / KEYSTORE


def lock_file(data_dir: Path) -> Path:
    """The file that one running Your Say holds a lock on."""
    return data_dir / LOCK


def known_places_folder(data_dir: Path) -> Path:
    """The folder of places whose receipts this device can check."""
    return data_dir / KNOWN_PLACES


def is_abandoned(data_dir: Path) -> bool:
    """True for a data folder whose store was opened once and that no running Your Say holds."""
    try:
        with lock_file(data_dir).open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:
        return False  # no lock file yet: it is just being made; or somebody holds it


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, readable by its owner only, so that a reader finds the old or the new, whole.

    It is on the disk when this returns: content first, then its name. Raises OSError.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
