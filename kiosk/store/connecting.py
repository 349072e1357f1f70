"""One connection to the SQLCipher file, set up so that nothing of it is ever in the clear.

The key goes in as 96 raw digits: nothing is derived, it opens in a fraction of a millisecond, and
a torn first sector heals from the log. `temp_store=memory` because SQLite's temporary files are
not encrypted; `cipher_log_level` because a damaged page floods stderr.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from kiosk.errors import StoreDamaged, StoreMissing, StoreNotOurs
from kiosk.store.faults import named_faults
from kiosk.store.keystore import DataKey

Connection = Any  # sqlcipher3 brings no types

_PLAIN_SQLITE: Final = b"SQLite format 3\0"
_PAGE: Final = 4096
_SALT: Final = 16
_STATEMENTS_KEPT: Final = 256

_SETTINGS: Final = (
    "temp_store = memory",
    "secure_delete = on",
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "trusted_schema = off",
)


def connect(path: Path, key: DataKey, *, create: bool = False) -> Connection:
    """Open the file with its key and read from it at once.

    Raises StoreMissing, StoreNotOurs, StoreDamaged (which is also what a wrong key looks like: ask
    the keystore first), StoreReadOnly.
    """
    if not create and not path.is_file():
        raise StoreMissing
    if not create and path.stat().st_size == 0:
        raise StoreDamaged  # SQLite would take it for a new, empty database
    mode = "rwc" if create else "rw"
    with named_faults():
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            cached_statements=_STATEMENTS_KEPT,
        )
    try:
        with named_faults(path.parent):
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.pragma}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}").fetchall()
    except StoreDamaged:
        connection.close()
        if is_anothers(path, key):
            raise StoreNotOurs from None
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def is_anothers(path: Path, key: DataKey) -> bool:
    """True when a file that the key does not open was never made with this keystore.

    A plain SQLite file says so itself; another keystore's file begins with another salt. Zeros and
    half pages are damage.
    """
    with path.open("rb") as file:
        salt = file.read(_SALT)
    if salt == _PLAIN_SQLITE:
        return True
    whole_pages = path.stat().st_size % _PAGE == 0
    return whole_pages and salt != key.store_id and any(salt)
