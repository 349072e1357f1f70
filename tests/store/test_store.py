"""The store: one transaction an act, projections that can be made anew, and time that never goes back."""

from __future__ import annotations

import re
import sqlite3
import threading
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from bench.sample import BEGIN
from kiosk.domain.consent import Answer, Scope, Statement
from kiosk.domain.deciding import Decision
from kiosk.domain.event import Kind
from kiosk.domain.history import History
from kiosk.domain.place import Detail
from kiosk.errors import StoreFull, StoreReadOnly
from kiosk.store import migrating
from kiosk.store.connecting import connect
from kiosk.store.files import database_file
from kiosk.store.keystore import new_keystore
from kiosk.store.opening import memory_store
from kiosk.store.projections import pack_code, unpack_code
from kiosk.store.store import Store
from tests.store.folder import CELL, PERSON, Folder, come, may_see, withdraw

YEAR = timedelta(days=365)


def until(end: date) -> Decision:
    statement = Statement(Scope(*CELL), Answer.YES, Detail.SUMMARY, end)
    return Decision((statement,), frozenset())


# --- all or nothing --------------------------------------------------------------------------------


def test_an_act_that_is_broken_off_leaves_nothing(store: Store) -> None:
    before = store.projected()

    def broken_off() -> None:
        with store.writing(BEGIN) as act:
            act.event(Kind.PERSON_CAME, PERSON, {"code": [1, 2, 3, 4]})
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    assert store.projected() == before
    come(store)
    assert store.check(whole=True) == 2, "and the chain goes on where it was"


def test_an_act_that_fails_while_it_is_written_leaves_nothing(store: Store) -> None:
    come(store)
    before = store.projected()
    with pytest.raises(dbapi2.IntegrityError):
        come(store)  # the same person twice
    assert store.projected() == before
    withdraw(store, b"?" * 16)
    store.check(whole=True)


def test_a_full_disk_loses_nothing_that_was_there(store: Store) -> None:
    come(store)
    kept = [store.projected()]
    connection = store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for number in range(100):
            come(store, number.to_bytes(16, "big"))
            kept.append(store.projected())

    with pytest.raises(StoreFull):
        fill()
    assert store.projected() == kept[-1]
    assert may_see(store) is Detail.SUMMARY, "what can be read, can be read"
    connection.execute("PRAGMA max_page_count = 1000000")
    withdraw(store, b"?" * 16)
    store.check(whole=True)


def test_a_store_that_has_become_read_only_says_so(store: Store) -> None:
    store._connection.execute("PRAGMA query_only = on")
    with pytest.raises(StoreReadOnly):
        come(store)
    store._connection.execute("PRAGMA query_only = off")
    come(store)


def test_it_is_used_from_one_thread(store: Store) -> None:
    caught: list[dbapi2.ProgrammingError] = []

    def elsewhere() -> None:
        try:
            may_see(store)
        except dbapi2.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(caught) == 1


# --- what is worked out ----------------------------------------------------------------------------


def test_projections_made_anew_are_the_same(store: Store) -> None:
    for number in range(5):
        person = number.to_bytes(16, "big")
        yes = come(store, person)
        with store.writing(BEGIN) as act:
            act.event(Kind.PIN_SET, person, {"salt": b"s", "hash": b"h", "by": ""})
            act.event(Kind.FOUND_BY_LEFT, person, {"by": "name", "mark": b"m"})
            act.event(Kind.UNDERSTANDING_CHECKED, person, {"result": "yes"})
            act.event(Kind.OBJECTION_MADE, person, {"agency": "a", "purpose": "p", "by": ""})
            act.event(Kind.RECEIPT_ISSUED, person, {"receipt": person, "token": "YS1:"})
        if number % 2:
            withdraw(store, yes, person)
    before = store.projected()
    assert all(before.values())
    store._connection.execute("UPDATE cell SET detail = 3")
    store._connection.execute("DELETE FROM person WHERE person = ?", ((1).to_bytes(16, "big"),))
    assert store.projected() != before
    store.rebuild()
    assert store.projected() == before


def test_who_has_a_code(store: Store) -> None:
    come(store)
    (row,) = store.people_with_code((1, 2, 3, 4))
    assert (row.person, row.code, row.pin_hash) == (PERSON, (1, 2, 3, 4), None)
    assert store.people_with_code((4, 3, 2, 1)) == ()
    assert unpack_code(pack_code((0, 255, 1, 254))) == (0, 255, 1, 254)


# --- time ------------------------------------------------------------------------------------------


def test_a_clock_set_back_revives_nothing(folder: Folder) -> None:
    end = BEGIN.date()
    with folder.open() as store:
        come(store)
        history = store.history(PERSON)
        with store.writing(BEGIN) as act:
            act.choices(PERSON, [Decision(until(end).statements, history.heads(CELL))], history)
        assert may_see(store) is Detail.SUMMARY
        assert may_see(store, now=BEGIN + timedelta(days=1)) is Detail.NOTHING
        assert may_see(store, now=BEGIN - YEAR) is Detail.NOTHING
    with folder.open(now=BEGIN - YEAR) as store:
        assert may_see(store, now=BEGIN - YEAR) is Detail.NOTHING
        assert store.latest(BEGIN - YEAR) == BEGIN + timedelta(days=1)


def test_the_latest_time_outlives_a_cut_wire(folder: Folder) -> None:
    """A day that was only ever seen by a question is kept, without closing the store."""
    script = folder.open()
    come(script)
    may_see(script, now=BEGIN + timedelta(days=3))
    kept = script._connection.execute("SELECT latest_ms FROM clock").fetchone()[0]
    assert kept == int((BEGIN + timedelta(days=3)).timestamp() * 1000)
    script.close()


def test_events_never_happen_before_those_before_them(store: Store) -> None:
    come(store)
    come(store, b"q" * 16, now=BEGIN - YEAR)
    rows = store._connection.execute("SELECT max(latest_ms) FROM clock").fetchone()
    assert rows[0] == int(BEGIN.timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "shares"),
    [
        (datetime.fromisoformat("2026-07-01T22:59:59+00:00"), True),
        (datetime.fromisoformat("2026-07-01T23:00:00+00:00"), False),  # midnight in British summer
    ],
)
def test_the_last_day_ends_when_it_ends_here(now: datetime, shares: bool) -> None:
    with memory_store(datetime.fromisoformat("2026-06-01T00:00:00+00:00")) as store:
        with store.writing(now - timedelta(days=3)) as act:
            act.choices(PERSON, [until(date(2026, 7, 1))], History(()))
        assert bool(may_see(store, now=now)) is shares


# --- shape and secrecy -----------------------------------------------------------------------------


def test_the_shape_in_git_is_the_shape_that_is_made(store: Store) -> None:
    kept = files("kiosk.store").joinpath("schema.sql").read_text(encoding="utf-8")
    assert migrating.dump(store._connection) == kept


def test_every_setting_that_keeps_it_secret_and_safe(store: Store) -> None:
    settings = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("temp_store", "secure_delete", "journal_mode", "synchronous")
    }
    assert settings == {
        "temp_store": 2,  # memory
        "secure_delete": 1,
        "journal_mode": "wal",
        "synchronous": 2,  # full
    }


def test_no_word_of_the_person_is_in_any_file(folder: Folder) -> None:
    """While it is open, its log beside it, and after a sort too large for memory's first page."""
    words = ["Zanzibar-Hostel", "José", "07700900123"]
    store = folder.open()
    with store.writing(BEGIN) as act:
        act.event(Kind.PERSON_CAME, PERSON, {"code": [1, 2, 3, 4], "said": words * 200})
        act.audit(words[1], "looked")
    store._connection.execute("CREATE TEMP TABLE t AS SELECT hex(body) AS h FROM body ORDER BY h")
    for moment in ("open", "closed"):
        found = b"".join(path.read_bytes() for path in folder.path.rglob("*") if path.is_file())
        for word in words:
            assert word.encode() not in found, (word, moment)
        assert PERSON not in found
        if moment == "open":
            assert (folder.path / "your-say.db-wal").stat().st_size > 0
            store.close()


def test_without_the_key_it_is_noise(folder: Folder) -> None:
    with folder.open() as store:
        come(store)
    path = database_file(folder.path)
    assert b"SQLite" not in path.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT * FROM sqlite_master").fetchall()
    # 24 readable signs in a row come by chance in one file of 100,000.
    assert re.findall(rb"[\x20-\x7e]{24,}", path.read_bytes()) == []
    _, others = new_keystore()
    with pytest.raises(Exception, match="store_"):
        connect(path, others[0])


def test_closing_leaves_one_file_and_no_log(folder: Folder, tmp_path: Path) -> None:
    with folder.open() as store:
        come(store)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["keystore.json", "store.lock", "your-say.db"]
