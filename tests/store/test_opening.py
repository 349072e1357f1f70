"""Every way in which a store does not open has its own name, and none of them changes a byte."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.domain.place import Detail
from kiosk.errors import (
    KeystoreMissing,
    StoreDamaged,
    StoreInUse,
    StoreMissing,
    StoreNewer,
    StoreNotOurs,
    StoreReadOnly,
    WrongKey,
    YourSayError,
)
from kiosk.store.connecting import connect
from kiosk.store.files import database_file, keystore_file
from kiosk.store.keystore import new_keystore, read_keystore
from kiosk.store.migrating import NEWEST
from kiosk.store.opening import create_store
from kiosk.store.rekeying import rekey
from tests.store.folder import BEGIN, MACHINE, PERSON, Folder, come, may_see

PAGE = 4096


def print_of(folder: Path) -> dict[str, str]:
    """What stands in a folder, byte for byte."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "store.lock"
    }


def refuses(folder: Folder, why: type[YourSayError]) -> YourSayError:
    """It does not open, for this reason, and nothing was touched."""
    before = print_of(folder.path)
    with pytest.raises(why) as caught:
        folder.open()
    assert type(caught.value) is why
    assert print_of(folder.path) == before
    return caught.value


def test_what_was_written_is_there_when_it_is_opened_again(folder: Folder) -> None:
    with folder.open() as store:
        come(store)
    with folder.open() as store:
        assert may_see(store) is Detail.SUMMARY
        assert store.place == "demo"
        assert store.demo


def test_no_keystore(folder: Folder) -> None:
    keystore_file(folder.path).unlink()
    refuses(folder, KeystoreMissing)


def test_no_database(folder: Folder) -> None:
    database_file(folder.path).unlink()
    refuses(folder, StoreMissing)
    assert not database_file(folder.path).exists(), "and none was made"


def test_another_key(folder: Folder) -> None:
    folder.keys = new_keystore()[1]
    refuses(folder, WrongKey)


def test_a_plain_database(folder: Folder) -> None:
    database_file(folder.path).unlink()
    plain = sqlite3.connect(database_file(folder.path))
    plain.execute("CREATE TABLE meta (one)")
    plain.close()
    refuses(folder, StoreNotOurs)


def test_another_keystore_s_database(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Folder(tmp_path_factory.mktemp("other"))
    shutil.copy(database_file(other.path), database_file(folder.path))
    refuses(folder, StoreNotOurs)


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE meta", "DELETE FROM meta", "UPDATE meta SET made_by = 'somebody else'"],
)
def test_a_database_under_our_key_that_we_did_not_make(folder: Folder, statement: str) -> None:
    meddle(folder, statement)
    refuses(folder, StoreNotOurs)


def meddle(folder: Folder, *statements: str) -> None:
    connection = connect(database_file(folder.path), folder.keys[0])
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def test_one_made_by_a_newer_your_say(folder: Folder) -> None:
    meddle(folder, f"UPDATE meta SET schema = {NEWEST + 1}")
    assert refuses(folder, StoreNewer).facts == {"found": NEWEST + 1, "known": NEWEST}


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:100],
        lambda whole: bytes(len(whole)),
        lambda whole: whole[:16] + bytes(PAGE - 16) + whole[PAGE:],
        lambda whole: whole[:-PAGE],
        lambda whole: whole[: 2 * PAGE] + os.urandom(PAGE) + whole[3 * PAGE :],
    ],
    ids=["empty", "stub", "zeros", "first page", "cut", "a page of noise"],
)
def test_a_damaged_file(folder: Folder, damage: Callable[[bytes], bytes]) -> None:
    with folder.open() as store:
        come(store)
    path = database_file(folder.path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreDamaged):
        folder.open().check(whole=True)


def test_damage_says_nothing_on_the_terminal(
    folder: Folder, capfd: pytest.CaptureFixture[str]
) -> None:
    test_a_damaged_file(folder, lambda whole: whole[:PAGE] + os.urandom(len(whole) - PAGE))
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""


def test_a_torn_first_page_heals_from_the_log(folder: Folder) -> None:
    """A machine that stops in the middle of writing a page back: the log still has that page."""
    store = folder.open()
    come(store)
    for number in range(40):  # the file grows, and its first page says so
        come(store, number.to_bytes(16, "big"))
    torn = folder.path / "torn"
    torn.mkdir()
    for path in folder.path.glob("your-say.db*"):
        shutil.copy(path, torn / path.name)
    shutil.copy(keystore_file(folder.path), torn)
    store.close()
    with database_file(torn).open("r+b") as file:
        file.write(bytes(512))
    folder.path = torn
    with folder.open() as healed:
        assert may_see(healed) is Detail.SUMMARY


# --- one at a time, and permissions ----------------------------------------------------------------


def test_two_in_one_process(folder: Folder) -> None:
    with folder.open():
        with pytest.raises(StoreInUse):
            folder.open()
        with pytest.raises(StoreInUse):
            rekey(folder.path, folder.keys)
    folder.open().close()


def test_two_processes(folder: Folder) -> None:
    """The second is told; the first goes on; when it is gone, even killed, the next one opens."""
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from kiosk.store.keystore import read_keystore; from kiosk.store.opening import open_store;"
        f"data = Path({str(folder.path)!r});"
        f"keys = read_keystore(data).open_with_machine({MACHINE!r});"
        "store = open_store(data, keys, datetime.now(UTC)); print('open', flush=True);"
        "sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreInUse):
            folder.open()
        other.kill()
    folder.open().close()


def only_readable(folder: Path) -> Callable[[], None]:
    """Take the right to write from everyone, root too; return what gives it back."""
    paths = [folder, *folder.iterdir()]
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    if os.geteuid() == 0:
        os.seteuid(65534)
        return lambda: os.seteuid(0)
    for path in paths:
        path.chmod(path.stat().st_mode & ~0o222)
    return lambda: [path.chmod(path.stat().st_mode | 0o200) for path in paths] and None


@pytest.mark.parametrize("lock_file_there", [True, False])
def test_a_folder_that_may_not_be_written(lock_file_there: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        if not lock_file_there:
            (folder.path / "store.lock").unlink()
        give_back = only_readable(folder.path)
        try:
            with pytest.raises(StoreReadOnly):
                folder.open()
        finally:
            give_back()
        folder.open().close()


def test_a_database_is_never_made_over_another(folder: Folder) -> None:
    with pytest.raises(StoreInUse):
        create_store(folder.path, folder.keys[0], place="demo", demo=True, now=BEGIN)


# --- a new key -------------------------------------------------------------------------------------


def test_a_new_key_takes_the_place_of_the_old(folder: Folder) -> None:
    with folder.open() as store:
        come(store)
    new = rekey(folder.path, folder.keys)
    with pytest.raises(WrongKey):
        folder.open()
    assert read_keystore(folder.path).open_with_machine(MACHINE) == (new,)
    with folder.open(keys=(new,)) as store:
        assert may_see(store) is Detail.SUMMARY
    with pytest.raises(StoreDamaged):
        connect(database_file(folder.path), folder.keys[0])


@pytest.mark.parametrize("reached_the_database", [True, False])
def test_a_rekey_cut_short_opens_with_whichever_key_holds(
    folder: Folder, reached_the_database: bool
) -> None:
    with folder.open() as store:
        come(store)
    keystore, both = read_keystore(folder.path).with_new_key(folder.keys)
    keystore.write(folder.path)
    if reached_the_database:
        connection = connect(database_file(folder.path), folder.keys[0])
        connection.execute(f"PRAGMA rekey = \"x'{both[0].pragma}'\"").fetchall()
        connection.close()
    keys = read_keystore(folder.path).open_with_machine(MACHINE)
    assert keys == both
    with folder.open(keys=keys) as store:
        assert may_see(store) is Detail.SUMMARY
    holds = both[:1] if reached_the_database else both[1:]
    assert read_keystore(folder.path).open_with_machine(MACHINE) == holds


def test_a_rekey_leaves_no_page_under_the_old_key(folder: Folder) -> None:
    with folder.open() as store:
        come(store)
    before = database_file(folder.path).read_bytes()
    rekey(folder.path, folder.keys)
    after = database_file(folder.path).read_bytes()
    pages = range(0, min(len(before), len(after)), PAGE)
    assert not any(before[at + 16 : at + PAGE] == after[at + 16 : at + PAGE] for at in pages)
    assert not list(folder.path.glob("*-wal"))
    assert PERSON not in after
