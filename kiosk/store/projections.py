"""What is true now, worked out from events: the tables that screens read.

`Projection` takes events in the order of their positions and writes its rows in the transaction
that keeps them. `rebuild` empties the tables and takes every event again; the outcome is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from kiosk.domain.consent import Answer, Choice, Unreadable
from kiosk.domain.event import (
    Content,
    Header,
    Kind,
    bears_on_choices,
    read_body,
    read_choice,
    read_header,
)
from kiosk.domain.history import History
from kiosk.domain.visit import Understood
from kiosk.errors import EventUnreadable
from kiosk.store.connecting import Connection

TABLES: Final = ("person", "found_by", "receipt", "objection", "cell")

_PERSON = "INSERT INTO person (person, came_ms, code, understood) VALUES (?, ?, ?, ?)"
_PIN = "UPDATE person SET pin_salt = ?, pin_hash = ? WHERE person = ?"
_UNDERSTOOD = "UPDATE person SET understood = ? WHERE person = ?"
_FOUND_BY = "INSERT OR REPLACE INTO found_by (person, mark) VALUES (?, ?)"
_RECEIPT = (
    "INSERT OR REPLACE INTO receipt (receipt, person, position, issued_ms, token)"
    " VALUES (?, ?, ?, ?, ?)"
)
_OBJECTION = "INSERT OR IGNORE INTO objection (person, agency, purpose) VALUES (?, ?, ?)"
_OBJECTION_GONE = "DELETE FROM objection WHERE person = ? AND agency = ? AND purpose = ?"
_CELL = (
    "INSERT INTO cell (person, agency, purpose, category, answer, detail, until, as_of)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_CHOICES = (
    "SELECT event.position, event.header, body.body FROM event"
    " LEFT JOIN body ON body.position = event.position"
    " WHERE event.person = ? AND event.bears = 1 ORDER BY event.position"
)

# As texts and nothing more: SQLite's binding is slow with texts that are also something else.
_WORDS: Final[dict[Answer | None, str | None]] = {None: None} | {a: a.value for a in Answer}

CellRow = tuple[bytes, str, str, str, str | None, int, str | None, int]


def pack_code(words: Iterable[int]) -> int:
    """Return four numbers from 0 to 255 as the one number that the tables hold."""
    return int.from_bytes(bytes(words), "big")


def unpack_code(code: int) -> tuple[int, int, int, int]:
    """Return the four numbers again."""
    first, second, third, fourth = code.to_bytes(4, "big")
    return (first, second, third, fourth)


class Projection:
    """Rows worked out within one transaction; `finish` writes what depends on several events."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._chose: dict[bytes, list[tuple[int, Choice | Unreadable]]] = {}

    def take(self, position: int, header: Header, body: bytes | None) -> None:
        """Take one event that has been read; `body` None when it was erased or never came."""
        if header.person is None:
            return
        if bears_on_choices(header.kind):
            choice = read_choice(header, body)
            self._chose.setdefault(header.person, []).append((position, choice))
            return
        content = readable(header, body)
        if content is None:
            return
        self._apply(position, header, header.person, content)

    def apply(self, position: int, header: Header, content: Content) -> None:
        """Take an event of any other kind that was made here and now."""
        if header.person is not None:
            self._apply(position, header, header.person, content)

    def finish(self) -> None:
        """Work out the cells of everyone whose choices changed."""
        for person, chose in self._chose.items():
            positions = [position for position, _choice in chose]
            before = choices_of(self._connection, person, before=min(positions))
            history = History([*before, *(choice for _position, choice in chose)])
            self.choices(person, history, max(positions))
        self._chose.clear()

    def choices(self, person: bytes, history: History, as_of: int) -> None:
        """Write a person's cells as their history has them, as of its newest event's position."""
        self._connection.execute("DELETE FROM cell WHERE person = ?", (person,))
        self._connection.executemany(_CELL, cell_rows(person, history, as_of))

    def _apply(self, position: int, header: Header, person: bytes, content: Content) -> None:
        row = _ROWS.get(header.kind)
        if row is not None:
            statement, values = row(position, header, person, content)
            self._connection.execute(statement, values)


def readable(header: Header, body: bytes | None) -> Content | None:
    """Return a body's content, or None when it is gone or is not this header's."""
    if body is None:
        return None
    try:
        return read_body(header, body)
    except EventUnreadable:
        return None


def cell_rows(person: bytes, history: History, as_of: int) -> list[CellRow]:
    """Return the rows of every cell of one person, as they stand."""
    rows: list[CellRow] = []
    for cell in sorted(history.cells()):
        answer, detail, until, _withheld = history.standing(cell)
        end = until.isoformat() if until is not None else None
        rows.append((person, *cell, _WORDS[answer], int(detail), end, as_of))
    return rows


def choices_of(
    connection: Connection, person: bytes, *, before: int | None = None
) -> list[Choice | Unreadable]:
    """Read all that a person's events say of their choices, up to a position left out."""
    found = []
    for position, header, body in connection.execute(_CHOICES, (person,)):
        if before is not None and position >= before:
            break
        found.append(read_choice(read_header(header), body))
    return found


def rebuild(connection: Connection) -> None:
    """Empty the projections and work them out again, within the caller's transaction."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table names
    projection = Projection(connection)
    events = connection.execute(
        "SELECT event.position, event.header, body.body FROM event"
        " LEFT JOIN body ON body.position = event.position ORDER BY event.position"
    ).fetchall()
    for position, header, body in events:
        projection.take(position, read_header(header), body)
    projection.finish()


# --- one row of one event ------------------------------------------------------------------------

Row = tuple[str, tuple[Any, ...]]


def _person_row(_position: int, header: Header, person: bytes, content: Content) -> Row:
    code = pack_code(content["code"])
    return _PERSON, (person, header.occurred_ms, code, str(Understood.NOT_ASKED))


def _pin_row(_position: int, _header: Header, person: bytes, content: Content) -> Row:
    return _PIN, (content["salt"], content["hash"], person)


def _understood_row(_position: int, _header: Header, person: bytes, content: Content) -> Row:
    return _UNDERSTOOD, (content["result"], person)


def _found_by_row(_position: int, _header: Header, person: bytes, content: Content) -> Row:
    return _FOUND_BY, (person, content["mark"])


def _receipt_row(position: int, header: Header, person: bytes, content: Content) -> Row:
    values = (content["receipt"], person, position, header.occurred_ms, content["token"])
    return _RECEIPT, values


def _objection_row(_position: int, _header: Header, person: bytes, content: Content) -> Row:
    return _OBJECTION, (person, content["agency"], content["purpose"])


def _objection_gone(_position: int, _header: Header, person: bytes, content: Content) -> Row:
    return _OBJECTION_GONE, (person, content["agency"], content["purpose"])


_ROWS: Final[dict[str, Callable[[int, Header, bytes, Content], Row]]] = {
    Kind.PERSON_CAME: _person_row,
    Kind.PIN_SET: _pin_row,
    Kind.UNDERSTANDING_CHECKED: _understood_row,
    Kind.FOUND_BY_LEFT: _found_by_row,
    Kind.RECEIPT_ISSUED: _receipt_row,
    Kind.OBJECTION_MADE: _objection_row,
    Kind.OBJECTION_TAKEN_BACK: _objection_gone,
}
