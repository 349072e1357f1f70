"""The store against bare SQLCipher: saving a visit, and one question of who may see what.

Both sides have the same settings, on the same disk, in turns, in one process.
"""

from __future__ import annotations

import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.sample import BEGIN, HandClock, sample_place, sample_visit
from kiosk.domain.consent import Answer, Scope, Statement
from kiosk.domain.deciding import Decision
from kiosk.domain.history import History
from kiosk.domain.place import Detail, Place
from kiosk.domain.visit import VisitSnapshot
from kiosk.services.consents import Consents
from kiosk.services.people import People
from kiosk.services.pins import new_pin
from kiosk.services.receipts import Receipts
from kiosk.store.connecting import Connection, connect
from kiosk.store.files import database_file, known_places_folder
from kiosk.store.keystore import DataKeys, new_keystore
from kiosk.store.opening import create_store, open_store
from kiosk.store.store import Store

Outcome = dict[str, float | int | str]
Rows = dict[str, tuple[str, list[tuple[Any, ...]]]]  # by table: how they go in, and they
REACH = 1.5
VISITS = 200
BLOCK = 10
PEOPLE = (10, 1_000, 100_000)
QUESTIONS = 3_000
CHUNK = 50
_MACHINE = b"m" * 32


@dataclass
class _Kiosk:
    store: Store
    consents: Consents
    place: Place
    data_dir: Path
    keys: DataKeys


@contextmanager
def _kiosk() -> Iterator[_Kiosk]:
    """A store in a folder of its own, with services over it."""
    with tempfile.TemporaryDirectory(prefix="your-say-bench-") as folder:
        data_dir, place, clock = Path(folder), sample_place(), HandClock()
        keystore, keys = new_keystore()
        keystore.with_machine(keys, _MACHINE).write(data_dir)
        create_store(data_dir, keys[0], place=place.id, demo=True, now=BEGIN)
        with open_store(data_dir, keys, BEGIN) as store:
            people = People(store, Receipts(store, known_places_folder(data_dir)), clock)
            yield _Kiosk(store, Consents(store, place, people, clock), place, data_dir, keys)


# --- saving ----------------------------------------------------------------------------------------

_OF_PERSON = "SELECT {0}.* FROM {0} WHERE person = ?"
_OF_EVENT = "SELECT {0}.* FROM {0} JOIN event USING (position) WHERE event.person = ?"
_TABLES = {  # what a first visit adds, and how its rows are found
    "event": _OF_PERSON,
    "body": _OF_EVENT,
    "outbox": _OF_EVENT,
    "cell": _OF_PERSON,
    "receipt": _OF_PERSON,
    "audit": _OF_PERSON,
    "person": _OF_PERSON,
}


def confirm_to_durable(visits: int = VISITS) -> Outcome:
    """A first visit of twelve agencies: `Consents.record` against the same rows and signatures bare.

    Bare: header and row of every event at hand, each signed, and all inserted in one transaction.
    The PIN's hash is slow on purpose and on neither side; `pin_hash_ms` says how slow.
    Medians in milliseconds.
    """
    ours: list[float] = []
    bare: list[float] = []
    with _kiosk() as kiosk, _kiosk() as other:
        visit = sample_visit(kiosk.place)
        other.store.close()
        plain = connect(database_file(other.data_dir), other.keys[0])
        key = Ed25519PrivateKey.generate()
        for block in range(visits // BLOCK + 1):
            kept = [_timed_visit(kiosk, visit) for _ in range(BLOCK)]
            added = [_added(kiosk.store, person) for _took, person in kept]
            took_bare = [_bare_transaction(plain, key, rows) for rows in added]
            if block:  # the first one fills caches
                ours.append(statistics.median(took for took, _person in kept))
                bare.append(statistics.median(took_bare))
        plain.close()
        pin = _median_of(lambda: new_pin(kiosk.store, "2846"), 5)
    # Ours and bare of one block are neighbours in time, so a busy moment is in both.
    ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
    return {
        "ours_ms": round(statistics.median(ours) * 1000, 2),
        "bare_ms": round(statistics.median(bare) * 1000, 2),
        "ratio": round(statistics.median(ratios), 2),
        "reach": REACH,
        "rows": sum(len(rows) for _statement, rows in added[0].values()),
        "signatures": len(added[0]["event"][1]) + 1,
        "pin_hash_ms": round(pin * 1000, 1),
    }


def _timed_visit(kiosk: _Kiosk, visit: VisitSnapshot) -> tuple[float, bytes]:
    """Record one visit: the seconds it took, and whose it was."""
    began = time.perf_counter()
    recorded = kiosk.consents.record(visit)
    return time.perf_counter() - began, recorded.person


def _added(store: Store, person: bytes) -> Rows:
    """The rows that a first visit added, by table, each with the statement that inserts it."""
    found: Rows = {}
    for table, query in _TABLES.items():
        rows = store._connection.execute(query.format(table), (person,)).fetchall()
        marks = ", ".join("?" * len(rows[0]))
        found[table] = (f"INSERT INTO {table} VALUES ({marks})", rows)
    return found


def _bare_transaction(
    connection: Connection,
    key: Ed25519PrivateKey,
    added: Rows,
) -> float:
    """Sign and insert the same rows, commit, and return the seconds it took."""
    header = 7  # of an event's columns
    said = [row[header] for row in added["event"][1]]
    head = secrets.token_bytes(32)
    began = time.perf_counter()
    for one in (*said, head):
        key.sign(one)
    connection.execute("BEGIN IMMEDIATE")
    for statement, rows in added.values():
        connection.executemany(statement, rows)
    connection.execute("UPDATE device SET sequence = sequence + ?, head = ?", (len(said), head))
    connection.execute("UPDATE clock SET latest_ms = latest_ms + 1")
    connection.execute("COMMIT")
    return time.perf_counter() - began


# --- asking ----------------------------------------------------------------------------------------


def who_may_see(people: tuple[int, ...] = PEOPLE, questions: int = QUESTIONS) -> Outcome:
    """One question, `Consents.may_see`, against two bare indexed reads of the same two trees.

    Asked of people drawn at random, with 10, 1,000 and 100,000 of them in the store; `ratio` is the
    worst of the three. Medians over chunks, in microseconds a question.
    """
    outcome: Outcome = {}
    worst = 0.0
    with _kiosk() as kiosk:
        known: list[bytes] = []
        for count in people:
            _fill(kiosk, known, count)
            mine, theirs = _ask(kiosk, known, questions)
            worst = max(worst, mine / theirs)
            outcome |= {
                f"ours_us_{count}": round(mine * 1e6, 1),
                f"bare_us_{count}": round(theirs * 1e6, 1),
                f"ratio_{count}": round(mine / theirs, 2),
            }
    return outcome | {"ratio": round(worst, 2), "reach": REACH}


def _fill(kiosk: _Kiosk, known: list[bytes], count: int) -> None:
    """Add people until there are `count`, each with a Yes to four cells."""
    share = kiosk.place.asked[0]
    cells = [Scope(share.agency.id, share.outcome.id, name) for name in list(share.most)[:4]]
    said = tuple(Statement(cell, Answer.YES, Detail.SUMMARY) for cell in cells)
    decision, nothing_yet = Decision(said, frozenset()), History(())
    while len(known) < count:
        with kiosk.store.writing(BEGIN) as act:
            for _ in range(min(500, count - len(known))):
                known.append(secrets.token_bytes(16))
                act.choices(known[-1], [decision], nothing_yet)


def _ask(kiosk: _Kiosk, known: list[bytes], questions: int) -> tuple[float, float]:
    """Seconds a question, ours and bare, in turns over the same people."""
    chance = random.Random(1)
    share = kiosk.place.asked[0]
    agency, purpose, category = share.agency.id, share.outcome.id, next(iter(share.most))
    may_see = kiosk.consents.may_see
    read = connect(database_file(kiosk.data_dir), kiosk.keys[0]).execute
    cell = (
        "SELECT answer, detail, until FROM cell"
        " WHERE person = ? AND agency = ? AND purpose = ? AND category = ?"
    )
    newest = "SELECT max(position) FROM event WHERE person = ? AND bears = 1"

    def bare(person: bytes) -> None:
        read(cell, (person, agency, purpose, category)).fetchone()
        read(newest, (person,)).fetchone()

    def ours(person: bytes) -> None:
        may_see(person, agency, purpose, category)

    took: dict[Callable[[bytes], None], list[float]] = {ours: [], bare: []}
    for chunk in range(questions // CHUNK):
        asked = chance.choices(known, k=CHUNK)
        for side in (ours, bare) if chunk % 2 else (bare, ours):
            began = time.perf_counter()
            for person in asked:
                side(person)
            took[side].append((time.perf_counter() - began) / CHUNK)
    return statistics.median(took[ours]), statistics.median(took[bare])


def _median_of(act: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took)
