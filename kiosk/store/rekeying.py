"""A new data key: the whole database encrypted afresh, with no moment at which nothing opens it.

Both keys stand in the keystore until the new one has opened the database. Cut short anywhere, the
next `open_store` tries the new key, then the old, and forgets the one that did not open.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import StoreMissing
from kiosk.store.connecting import connect
from kiosk.store.faults import named_faults
from kiosk.store.files import database_file
from kiosk.store.keystore import DataKey, DataKeys, read_keystore
from kiosk.store.opening import connect_with_any, lock


def rekey(data_dir: Path, keys: DataKeys) -> DataKey:
    """Encrypt a closed store under a fresh key, in every slot's reach; return that key.

    Nobody's passphrase is needed or changed. Raises as `open_store`; StoreFull leaves the old key.
    """
    keystore = read_keystore(data_dir)
    keystore.confirm(keys)
    path = database_file(data_dir)
    if not path.exists():
        raise StoreMissing
    release = lock(data_dir)
    try:
        current, connection = connect_with_any(path, keys)
        try:
            both, (new, _old) = keystore.with_only(current).with_new_key((current,))
            both.write(data_dir)
            with named_faults():
                connection.execute(f"PRAGMA rekey = \"x'{new.pragma}'\"").fetchall()
        finally:
            connection.close()
        connect(path, new).close()
        both.with_only(new).write(data_dir)
    finally:
        release()
    return new
