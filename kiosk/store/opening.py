"""Making a store and opening one, so that every way of failing has its own name.

| What is wrong | Raised |
|---|---|
| no keystore file; one that is not whole, weakened or tampered with | KeystoreMissing; KeystoreDamaged |
| a passphrase or key that does not open it | WrongKey |
| no database beside the keystore | StoreMissing |
| a database of another keystore, or that we did not make | StoreNotOurs |
| the right key, and it cannot be read, or its events do not chain | StoreDamaged |
| made by a newer Your Say | StoreNewer |
| no room; may not be written; already open somewhere | StoreFull; StoreReadOnly; StoreInUse |
"""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.event import NO_PREVIOUS, from_ms, to_ms
from kiosk.errors import (
    KeystoreMissing,
    StoreDamaged,
    StoreFull,
    StoreInUse,
    StoreMissing,
    StoreNewer,
    StoreNotOurs,
    StoreReadOnly,
)
from kiosk.store import migrating
from kiosk.store.connecting import Connection, connect
from kiosk.store.faults import named_faults
from kiosk.store.files import database_file, lock_file
from kiosk.store.keystore import DataKey, DataKeys, new_keystore, read_keystore
from kiosk.store.store import Store
from kiosk.store.writing import Chain

MADE_BY: Final = "your-say"
PIN_KEY: Final = "pin"
FOUND_BY_KEY: Final = "found-by"
_SECRET_BYTES: Final = 32


def create_store(data_dir: Path, key: DataKey, *, place: str, demo: bool, now: datetime) -> None:
    """Make the database with a fresh device key in it. The folder must hold none yet.

    Raises StoreInUse when there is one, StoreFull, StoreReadOnly.
    """
    path = database_file(data_dir)
    if path.exists():
        raise StoreInUse
    release = lock(data_dir)
    try:
        connection = connect(path, key, create=True)
        try:
            with named_faults():
                connection.execute("BEGIN IMMEDIATE")
                migrating.migrate(connection, 0)
                _first_rows(connection, key, place=place, demo=demo, now=now)
                connection.execute("COMMIT")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
        path.chmod(0o600)
    finally:
        release()


def open_store(data_dir: Path, keys: DataKeys, now: datetime, *, check: bool = True) -> Store:
    """Open the database, check its newest events, and hold it until it is closed.

    `check` False is for `rebuild` alone, which checks every event and mends what is made of them.
    To be called, and the store used, on one thread. If a rekey was cut short, the key that opens
    is the one that stays. Raises what the table above says.
    """
    keystore = read_keystore(data_dir)
    keystore.confirm(keys)
    if not database_file(data_dir).exists():
        raise StoreMissing
    release = lock(data_dir)
    try:
        key, connection = connect_with_any(database_file(data_dir), keys)
        try:
            with named_faults(data_dir):
                store = _opened(connection, key, now, release)
            if check:
                store.check()
        except BaseException:
            connection.close()
            raise
        if len(keys) > 1:
            keystore.with_only(key).write(data_dir)
    except BaseException:
        release()
        raise
    return store


def memory_store(now: datetime, *, place: str = "demo") -> Store:
    """Return a real store in a folder of its own that goes when it is closed: for tests."""
    folder = tempfile.TemporaryDirectory(prefix="your-say-")
    data_dir = Path(folder.name)
    keystore, keys = new_keystore()
    keystore.with_machine(keys, os.urandom(_SECRET_BYTES)).write(data_dir)
    create_store(data_dir, keys[0], place=place, demo=True, now=now)
    store = open_store(data_dir, keys, now)
    store.when_closed(folder.cleanup)
    return store


def _first_rows(
    connection: Connection, key: DataKey, *, place: str, demo: bool, now: datetime
) -> None:
    device_key = Ed25519PrivateKey.generate()
    connection.execute(
        "INSERT INTO meta (one, made_by, store_id, schema, place, demo) VALUES (1, ?, ?, ?, ?, ?)",
        (MADE_BY, key.store_id, migrating.NEWEST, place, int(demo)),
    )
    connection.execute("INSERT INTO clock (one, latest_ms) VALUES (1, ?)", (to_ms(now),))
    connection.execute(
        "INSERT INTO device (device, public_key, signing_key, sequence, head)"
        " VALUES (?, ?, ?, 0, ?)",
        (
            os.urandom(16),
            device_key.public_key().public_bytes_raw(),
            device_key.private_bytes_raw(),
            NO_PREVIOUS,
        ),
    )
    for name in (PIN_KEY, FOUND_BY_KEY):
        connection.execute(
            "INSERT INTO secret (name, key) VALUES (?, ?)", (name, os.urandom(_SECRET_BYTES))
        )


def connect_with_any(path: Path, keys: DataKeys) -> tuple[DataKey, Connection]:
    """Open the file with the newest key that opens it, and say which. Raises as `connect`."""
    for key in keys[:-1]:
        try:
            return key, connect(path, key)
        except (StoreDamaged, StoreNotOurs):
            continue  # a rekey that never came to the database: the key before opens it
    return keys[-1], connect(path, keys[-1])


def _opened(
    connection: Connection, key: DataKey, now: datetime, release: Callable[[], None]
) -> Store:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "meta" not in tables:
        raise StoreNotOurs
    meta = connection.execute("SELECT made_by, store_id, schema, place, demo FROM meta").fetchone()
    if meta is None or meta[0] != MADE_BY or meta[1] != key.store_id:
        raise StoreNotOurs
    _bring_up_to_date(connection, meta[2])
    latest = from_ms(connection.execute("SELECT latest_ms FROM clock").fetchone()[0])
    device = connection.execute(
        "SELECT device, signing_key, sequence, head FROM device WHERE signing_key IS NOT NULL"
    ).fetchone()
    if device is None:
        raise StoreDamaged(what="device")
    position = connection.execute("SELECT coalesce(max(position), 0) FROM event").fetchone()[0]
    own_chain = Chain(
        device[0], Ed25519PrivateKey.from_private_bytes(device[1]), meta[3], device[2], device[3],
        position,
    )  # fmt: skip
    # Written at once: a store that cannot be written to says so before anybody has answered.
    connection.execute("UPDATE clock SET latest_ms = ?", (to_ms(max(latest, now)),))
    return Store(
        connection,
        own_chain,
        demo=bool(meta[4]),
        latest=max(latest, now),
        secrets=dict(connection.execute("SELECT name, key FROM secret").fetchall()),
        on_close=release,
    )


def _bring_up_to_date(connection: Connection, found: int) -> None:
    if found > migrating.NEWEST:
        raise StoreNewer(found=found, known=migrating.NEWEST)
    if found < migrating.NEWEST:
        connection.execute("BEGIN IMMEDIATE")
        try:
            migrating.migrate(connection, found)
            connection.execute("UPDATE meta SET schema = ?", (migrating.NEWEST,))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def lock(data_dir: Path) -> Callable[[], None]:
    """Take the data folder for this process; call what is returned to let go. Raises StoreInUse, KeystoreMissing, StoreReadOnly."""
    try:
        handle = os.open(lock_file(data_dir), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        raise KeystoreMissing from None
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise StoreFull from fault
        raise StoreReadOnly from fault
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise StoreInUse from None
    return lambda: os.close(handle)
