"""The encrypted database of one kiosk, open: one thread, one connection, one process.

Everything is written through `writing`, one transaction an act. Times are handed in; the store
answers with the latest it has ever seen, so that a clock set back revives nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from kiosk.domain.event import from_ms, to_ms
from kiosk.domain.history import History
from kiosk.domain.person import Code
from kiosk.domain.place import Detail
from kiosk.domain.visit import ShareKey, Understood
from kiosk.errors import StoreDamaged
from kiosk.store import chain, projections
from kiosk.store.connecting import Connection
from kiosk.store.faults import named_faults
from kiosk.store.projections import pack_code, unpack_code
from kiosk.store.writing import Chain, Writing

# British summer time: a day ends here at most an hour before it ends in UTC, and ending an hour
# early in winter shares less, never more.
_LONGEST_OFFSET: Final = timedelta(hours=1)

_MAY_SEE: Final = (
    "SELECT answer, detail, until, as_of,"
    " (SELECT max(position) FROM event WHERE person = ?1 AND bears = 1)"
    " FROM cell WHERE person = ?1 AND agency = ?2 AND purpose = ?3 AND category = ?4"
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What is known of a person besides their choices. No PIN: `pin_salt` and `pin_hash` None."""

    person: bytes
    code: Code | None
    pin_salt: bytes | None
    pin_hash: bytes | None
    understood: Understood


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong PINs at one code since the last right one."""

    wrong: int
    last_at: datetime | None


class Store:
    """An open store. `opening.open_store` makes it; close it, or use it as a context manager."""

    def __init__(
        self,
        connection: Connection,
        own_chain: Chain,
        *,
        demo: bool,
        latest: datetime,
        secrets: dict[str, bytes],
        on_close: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._chain = own_chain
        self._latest = latest
        self._today = _day(latest)
        self._today_ends = _end_of(self._today)
        self._secrets = secrets
        self._on_close = on_close
        self._closed = False
        self.demo = demo
        self.place = own_chain.place
        self.device = own_chain.device
        self.public_key = own_chain.key.public_key().public_bytes_raw()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def when_closed(self, then: Callable[[], None]) -> None:
        """Do one more thing when the store is closed."""
        before = self._on_close

        def both() -> None:
            before()
            then()

        self._on_close = both

    # --- time ----------------------------------------------------------------------------------

    def latest(self, now: datetime) -> datetime:
        """Return the latest time that this device has ever seen, this one included."""
        if now > self._latest:
            self._latest = now
            if now >= self._today_ends:
                self._begin_day()
        return self._latest

    def today(self, now: datetime) -> date:
        """Return the day by which ends are judged; it never goes back."""
        self.latest(now)
        return self._today

    def _begin_day(self) -> None:
        """Keep a day that was only seen by a question: the clock may be set back before an act."""
        self._keep_latest()
        self._today = _day(self._latest)
        self._today_ends = _end_of(self._today)

    def _keep_latest(self) -> None:
        with named_faults():
            self._connection.execute("UPDATE clock SET latest_ms = ?", (to_ms(self._latest),))

    # --- writing -------------------------------------------------------------------------------

    @contextmanager
    def writing(self, now: datetime) -> Iterator[Writing]:
        """Yield one act's transaction, and commit it; nothing of it is kept if anything is raised.

        Raises StoreFull, StoreReadOnly, StoreDamaged.
        """
        act = Writing(self._connection, self._chain, self.latest(now))
        with named_faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield act
                act.flush()
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        act.committed()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # SQLite rolls back by itself when the disk is full
            self._connection.execute("ROLLBACK")

    def sign(self, said: bytes) -> bytes:
        """Sign with this device's key (Ed25519, 64 bytes)."""
        return self._chain.key.sign(said)

    def keyed_hash(self, name: str, said: bytes) -> bytes:
        """HMAC-SHA256 under a key that never leaves this database."""
        return hmac.digest(self._secrets[name], said, hashlib.sha256)

    # --- what is shared ------------------------------------------------------------------------

    def may_see(
        self, person: bytes, agency: str, purpose: str, category: str, now: datetime
    ) -> Detail:
        """Return the level that stands for one cell today. Raises StoreDamaged for an old row."""
        with named_faults():
            row = self._connection.execute(_MAY_SEE, (person, agency, purpose, category)).fetchone()
        if row is None:
            return Detail.NOTHING
        answer, detail, until, as_of, newest = row
        if as_of != newest:
            raise StoreDamaged(what="cells")
        today = self.today(now)
        if answer != "yes" or (until is not None and today.isoformat() > until):
            return Detail.NOTHING
        return Detail(detail)

    def history(self, person: bytes) -> History:
        """Return everything that a person's events say of their choices.

        Raises StoreDamaged when their cells are of another time than their events.
        """
        with named_faults():
            if not chain.is_as_new_as_its_events(self._connection, person):
                raise StoreDamaged(what="cells")
            return History(projections.choices_of(self._connection, person))

    def objections(self, person: bytes) -> frozenset[ShareKey]:
        """Return the shares that a person objects to."""
        query = "SELECT agency, purpose FROM objection WHERE person = ?"
        with named_faults():
            return frozenset(self._connection.execute(query, (person,)).fetchall())

    # --- people --------------------------------------------------------------------------------

    def person(self, person: bytes) -> PersonRow | None:
        """Return what is known of a person; None when nobody has this id."""
        query = "SELECT person, code, pin_salt, pin_hash, understood FROM person WHERE person = ?"
        return self._first_person(query, person)

    def people_with_code(self, code: Code) -> tuple[PersonRow, ...]:
        """Return who has a code: nobody or one, and never more but for devices out of touch."""
        query = (
            "SELECT person, code, pin_salt, pin_hash, understood FROM person WHERE code = ?"
            " ORDER BY person"
        )
        with named_faults():
            rows = self._connection.execute(query, (pack_code(code),)).fetchall()
        return tuple(_person_row(row) for row in rows)

    def people_with_mark(self, mark: bytes) -> tuple[bytes, ...]:
        """Return who left this to be found by (a keyed hash)."""
        query = "SELECT person FROM found_by WHERE mark = ? ORDER BY person"
        with named_faults():
            return tuple(p for (p,) in self._connection.execute(query, (mark,)))

    def person_with_receipt(self, receipt: bytes) -> bytes | None:
        """Return whose receipt this is; None when it is not of this store."""
        query = "SELECT person FROM receipt WHERE receipt = ?"
        with named_faults():
            row = self._connection.execute(query, (receipt,)).fetchone()
        return row[0] if row else None

    def newest_receipt(self, person: bytes) -> tuple[bytes, str, datetime] | None:
        """Return (receipt id, token, issued at) of a person's newest receipt."""
        query = (
            "SELECT receipt, token, issued_ms FROM receipt WHERE person = ?"
            " ORDER BY position DESC LIMIT 1"
        )
        with named_faults():
            row = self._connection.execute(query, (person,)).fetchone()
        return (row[0], row[1], from_ms(row[2])) if row else None

    def _first_person(self, query: str, key: bytes) -> PersonRow | None:
        with named_faults():
            row = self._connection.execute(query, (key,)).fetchone()
        return _person_row(row) if row else None

    # --- wrong PINs ----------------------------------------------------------------------------

    def attempts(self, code: Code) -> Attempts:
        """Return how often a PIN was wrong at a code, whether or not anybody has it."""
        query = "SELECT wrong, last_ms FROM attempt WHERE code = ?"
        with named_faults():
            row = self._connection.execute(query, (pack_code(code),)).fetchone()
        return Attempts(row[0], from_ms(row[1])) if row else Attempts(0, None)

    def count_attempt(self, code: Code, now: datetime) -> None:
        """Count one more wrong PIN, on the disk before this returns."""
        query = (
            "INSERT INTO attempt (code, wrong, last_ms) VALUES (?, 1, ?)"
            " ON CONFLICT (code) DO UPDATE SET wrong = wrong + 1, last_ms = excluded.last_ms"
        )
        with named_faults():
            self._connection.execute(query, (pack_code(code), to_ms(now)))

    def clear_attempts(self, code: Code) -> None:
        """Forget the wrong PINs at a code."""
        with named_faults():
            self._connection.execute("DELETE FROM attempt WHERE code = ?", (pack_code(code),))

    # --- keeping house -------------------------------------------------------------------------

    def check(self, *, whole: bool = False) -> int:
        """Check events, chain, signatures and cells; return events looked at.

        `whole` looks at every event and every page, and takes its time. Raises StoreDamaged.
        """
        with named_faults():
            if whole:
                chain.check_pages(self._connection)
            return chain.check(self._connection, whole=whole)

    def rebuild(self) -> None:
        """Check all events, then work every projection out anew, in one transaction."""
        with named_faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                projections.rebuild(self._connection)
                chain.check(self._connection, whole=True)
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def projected(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every projection, sorted: for comparing one with another."""
        with named_faults():
            return {
                table: sorted(
                    self._connection.execute(f"SELECT * FROM {table}"),  # noqa: S608 - our names
                    key=repr,
                )
                for table in projections.TABLES
            }

    def close(self) -> None:
        """Put the log into the file, close it, and let go of the lock. Once closed, it stays so."""
        if self._closed:
            return
        self._closed = True
        try:
            with named_faults():
                self._keep_latest()
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self._connection.close()
            self._on_close()


def _person_row(row: tuple[bytes, int | None, bytes | None, bytes | None, str]) -> PersonRow:
    person, code, salt, pin_hash, understood = row
    words = unpack_code(code) if code is not None else None
    return PersonRow(person, words, salt, pin_hash, Understood(understood))


def _end_of(day: date) -> datetime:
    """When `_day` turns to the next."""
    return datetime.combine(day + timedelta(days=1), time.min, UTC) - _LONGEST_OFFSET


def _day(moment: datetime) -> date:
    return (moment + _LONGEST_OFFSET).date()
