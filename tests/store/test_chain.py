"""What was put back, taken out or changed inside the database is found, or shares nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.sample import BEGIN
from kiosk.domain.event import Kind, encode_header, read_header, sign
from kiosk.domain.place import Detail
from kiosk.errors import StoreDamaged
from kiosk.store import chain
from kiosk.store.connecting import connect
from kiosk.store.files import database_file
from kiosk.store.opening import open_store
from kiosk.store.store import Store
from tests.store.folder import CELL, PERSON, Folder, come, may_see, withdraw

PAGE = 4096
PEOPLE = [number.to_bytes(16, "big") for number in range(1, 25)]


def meddle(folder: Folder, *statements: str) -> None:
    """Change the database as someone who has its key could."""
    connection = connect(database_file(folder.path), folder.keys[0])
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def filled(folder: Folder) -> None:
    """Two people say Yes; the second takes it back."""
    with folder.open() as store:
        come(store, b"q" * 16)
        withdraw(store, come(store))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event WHERE sequence = 4",
        "DELETE FROM event WHERE sequence = (SELECT max(sequence) FROM event)",
        "UPDATE event SET kind = 'receipt.issued' WHERE sequence = 5",
        "UPDATE event SET bears = 0 WHERE sequence = 5",
        "UPDATE event SET person = x'00' WHERE sequence = 5",
        "UPDATE event SET header = (SELECT header FROM event WHERE sequence = 4) WHERE sequence = 5",
        "UPDATE event SET signature = zeroblob(64) WHERE sequence = 5",
        "UPDATE body SET body = (SELECT body FROM body WHERE position = 4) WHERE position = 5",
        "UPDATE device SET sequence = sequence - 1",
        "UPDATE device SET head = zeroblob(32)",
        "UPDATE device SET public_key = randomblob(32)",
        "UPDATE cell SET answer = 'yes', detail = 3",
        "UPDATE cell SET as_of = as_of - 1",
        "UPDATE cell SET until = '2099-01-01'",
        "DELETE FROM cell",
        "INSERT INTO cell SELECT person, 'police', purpose, category, 'yes', 3, NULL, as_of FROM cell",
    ],
)
def test_meddling_is_found_when_it_opens(folder: Folder, statement: str) -> None:
    filled(folder)
    meddle(folder, statement)
    with pytest.raises(StoreDamaged):
        folder.open()


def test_an_event_signed_again_by_a_thief_of_the_device_s_key_breaks_the_chain(
    folder: Folder,
) -> None:
    filled(folder)
    connection = connect(database_file(folder.path), folder.keys[0])
    (raw,) = connection.execute("SELECT header FROM event WHERE sequence = 4").fetchone()
    (key,) = connection.execute("SELECT signing_key FROM device").fetchone()
    old = read_header(raw)
    new = encode_header(
        id=old.id, device=old.device, sequence=4, kind=old.kind, person=old.person,
        place=old.place, occurred_ms=old.occurred_ms + 1, replaces=frozenset(old.replaces),
        body_hash=old.body_hash, previous=old.previous,
    )  # fmt: skip
    signature = sign(new, Ed25519PrivateKey.from_private_bytes(key))
    change = "UPDATE event SET header = ?, signature = ? WHERE sequence = 4"
    connection.execute(change, (new.raw, signature))
    connection.close()
    with pytest.raises(StoreDamaged) as caught:
        folder.open()
    assert caught.value.facts == {"what": "chain"}


def test_rebuilding_mends_what_is_made_of_events_and_nothing_else(folder: Folder) -> None:
    filled(folder)
    meddle(folder, "UPDATE cell SET answer = 'yes', detail = 3")
    with open_store(folder.path, folder.keys, BEGIN, check=False) as store:
        store.rebuild()
    with folder.open() as store:
        assert may_see(store) is Detail.NOTHING
    meddle(folder, "UPDATE event SET signature = zeroblob(64) WHERE sequence = 2")
    store = open_store(folder.path, folder.keys, BEGIN, check=False)
    before = store.projected()
    with pytest.raises(StoreDamaged):
        store.rebuild()
    assert store.projected() == before
    store.close()


def test_nothing_is_found_where_nothing_was_done(folder: Folder) -> None:
    filled(folder)
    meddle(folder)
    with folder.open() as store:
        assert store.check(whole=True) == 5


def old_pages(folder: Folder) -> tuple[bytes, bytes]:
    """The file while a person's Yes stood, and after they took it back."""
    path = database_file(folder.path)
    with folder.open() as store:
        for person in PEOPLE:
            come(store, person)
        yes = come(store)
    before = path.read_bytes()
    with folder.open() as store:
        withdraw(store, yes, now=BEGIN + timedelta(hours=1))
    return before, path.read_bytes()


def shares_after_putting_back(folder: Folder, content: bytes) -> set[Detail]:
    """Every level that the person's cell shares when the file reads so, however it is asked."""
    database_file(folder.path).write_bytes(content)
    levels = set()
    try:
        with folder.open() as store:
            for ask in (may_see, from_history):
                with suppress(StoreDamaged):
                    levels.add(ask(store))
    except StoreDamaged:
        pass
    return levels


def from_history(store: Store) -> Detail:
    return store.history(PERSON).standing(CELL).shares(BEGIN.date())


def changed_pages(before: bytes, after: bytes) -> list[int]:
    whole = min(len(before), len(after))
    return [at for at in range(0, whole, PAGE) if before[at : at + PAGE] != after[at : at + PAGE]]


def put_back(before: bytes, after: bytes, *pages: int) -> bytes:
    content = bytearray(after)
    for at in pages:
        content[at : at + PAGE] = before[at : at + PAGE]
    return bytes(content)


@pytest.mark.parametrize("recent", [chain.RECENT, 1])
def test_an_old_page_put_back_never_turns_no_into_yes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, recent: int
) -> None:
    """Any one old page, or any two: found, or it shares nothing. Both integrity checks are clean.

    With `recent` 1, for a withdrawal long past that opening no longer looks at: any one.
    """
    before, after = old_pages(folder)
    if recent == 1:
        with folder.open() as store:
            for _ in range(3):
                with store.writing(BEGIN) as act:
                    act.event(Kind.NOTICE_SHOWN, PEOPLE[0], {"version": "1"})
        after = database_file(folder.path).read_bytes()
    monkeypatch.setattr(chain, "RECENT", recent)
    pages = changed_pages(before, after)
    assert len(pages) >= 4
    for first in pages:
        for second in pages if recent > 1 else [first]:
            content = put_back(before, after, first, second)
            assert shares_after_putting_back(folder, content) <= {Detail.NOTHING}
    assert shares_after_putting_back(folder, after) == {Detail.NOTHING}


def test_the_check_would_miss_it_without_as_of(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault planted: with as_of and the check of cells out of the way, a No becomes a Yes."""
    before, after = old_pages(folder)
    monkeypatch.setattr(chain, "_check_cells", lambda _connection, _person: None)
    monkeypatch.setattr(chain, "is_as_new_as_its_events", lambda _connection, _person: True)
    monkeypatch.setattr(
        "kiosk.store.store._MAY_SEE",
        "SELECT answer, detail, until, 0, 0 FROM cell"
        " WHERE person = ? AND agency = ? AND purpose = ? AND category = ?",
    )
    found = [
        shares_after_putting_back(folder, put_back(before, after, page))
        for page in changed_pages(before, after)
    ]
    assert Detail.SUMMARY in set().union(*found)


# --- bodies apart ----------------------------------------------------------------------------------


def test_a_body_that_is_gone_leaves_a_chain_that_holds_and_shares_nothing(folder: Folder) -> None:
    with folder.open() as store:
        come(store)
        assert may_see(store) is Detail.SUMMARY
    connection = connect(database_file(folder.path), folder.keys[0])
    connection.execute("DELETE FROM body WHERE position = 2")
    connection.close()
    with pytest.raises(StoreDamaged):  # a body that went without an erasure: cells do not agree
        folder.open()
    meddle(folder, "DELETE FROM cell")
    with folder.open() as store:
        store.check(whole=True)
        assert may_see(store) is Detail.NOTHING


def test_an_event_from_something_newer_shares_nothing_until_it_is_answered(store: Store) -> None:
    come(store)
    with store.writing(BEGIN) as act:
        newer = act.event("choice.made.better", PERSON, {"choices": "?"})  # type: ignore[arg-type]
        assert newer
    assert may_see(store) is Detail.NOTHING
    store.check(whole=True)


def test_other_kinds_about_a_person_leave_their_choices_be(store: Store) -> None:
    come(store)
    with store.writing(BEGIN) as act:
        act.event(Kind.NOTICE_SHOWN, PERSON, {"version": "1"})
    assert may_see(store) is Detail.SUMMARY


def test_deleted_bytes_are_gone_from_the_disk(folder: Folder, tmp_path: Path) -> None:
    """Seen through the key: after a delete and a checkpoint no page still holds the body."""
    with folder.open() as store:
        come(store)
    connection = connect(database_file(folder.path), folder.keys[0])
    (body,) = connection.execute("SELECT body FROM body WHERE position = 2").fetchone()
    connection.execute("DELETE FROM body WHERE position = 2")
    busy, _log, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0
    plain = tmp_path / "plain.db"
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.close()
    assert body not in plain.read_bytes()
