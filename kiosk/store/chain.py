"""Is what is here what was signed? Each device's events, their chain, and the cells made of them.

An old page put back reads without complaint: every page proves itself, none proves that it is the
latest. What catches it: sequence numbers without a gap, each header naming the one before, the
device's signature, the body's hash, the head kept apart, and cells that say as of when they are.
At opening the newest events are looked at; `whole=True` (doctor, rebuild) looks at all.
"""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.domain.event import (
    NO_PREVIOUS,
    Header,
    bears_on_choices,
    chain_hash,
    hash_body,
    is_signed_by,
    read_header,
)
from kiosk.domain.history import History
from kiosk.errors import EventUnreadable, StoreDamaged
from kiosk.store.connecting import Connection
from kiosk.store.projections import cell_rows, choices_of

RECENT: Final = 256  # events of each device looked at when the store opens


def check(connection: Connection, *, whole: bool) -> int:
    """Check every device's chain and the cells of the people in it; return events looked at.

    Raises StoreDamaged at the first thing that does not hold.
    """
    looked_at = 0
    people: dict[bytes, set[int]] = {}
    devices = connection.execute("SELECT device, public_key, sequence, head FROM device").fetchall()
    for device, public_key, sequence, head in devices:
        count = connection.execute(
            "SELECT count(*), max(sequence) FROM event WHERE device = ?", (device,)
        ).fetchone()
        if count != (sequence, sequence or None):
            raise StoreDamaged(what="events missing")
        first = 1 if whole else max(1, sequence - RECENT + 1)
        for person, position in _check_device(connection, device, public_key, first, head):
            people.setdefault(person, set()).add(position)
        looked_at += sequence - first + 1
    if whole:
        for (person,) in connection.execute("SELECT DISTINCT person FROM cell").fetchall():
            people.setdefault(person, set())
        strangers = "SELECT count(*) FROM event WHERE device NOT IN (SELECT device FROM device)"
        if connection.execute(strangers).fetchone() != (0,):
            raise StoreDamaged(what="device")
    for person, positions in people.items():
        _check_index(connection, person, positions)
        _check_cells(connection, person)
    return looked_at


def _check_device(
    connection: Connection, device: bytes, public_key: bytes, first: int, head: bytes
) -> list[tuple[bytes, int]]:
    """Check one device's events from a sequence number on.

    Returns (person, position) of those that bear on somebody's choices.
    """
    key = Ed25519PublicKey.from_public_bytes(public_key)
    about = []
    previous = NO_PREVIOUS if first == 1 else None
    rows = connection.execute(
        "SELECT event.position, event.sequence, event.event, event.kind, event.person, event.bears, event.header,"
        " event.signature, body.body"
        " FROM event LEFT JOIN body ON body.position = event.position"
        " WHERE event.device = ? AND event.sequence >= ? ORDER BY event.sequence",
        (device, first),
    )
    for position, sequence, event, kind, person, bears, raw, signature, body in rows:
        try:
            header = read_header(raw)
        except EventUnreadable as fault:
            raise StoreDamaged(what="header") from fault
        kept = (sequence, event, kind, person, bool(bears))
        _check_event(header, device, kept, previous)
        if not is_signed_by(header, signature, key):
            raise StoreDamaged(what="signature")
        if body is not None and hash_body(body) != header.body_hash:
            raise StoreDamaged(what="body")
        previous = chain_hash(raw, signature)
        if person is not None and bears:
            about.append((person, position))
    if previous is not None and previous != head:
        raise StoreDamaged(what="head")
    return about


def _check_event(
    header: Header,
    device: bytes,
    kept: tuple[int, bytes, str, bytes | None, bool],
    previous: bytes | None,
) -> None:
    said = (
        header.sequence,
        header.id,
        header.kind,
        header.person,
        bears_on_choices(header.kind),
    )
    if said != kept or header.device != device:
        raise StoreDamaged(what="event")
    if previous is not None and header.previous != previous:
        raise StoreDamaged(what="chain")


def _check_index(connection: Connection, person: bytes, positions: set[int]) -> None:
    """Check that looking a person's choices up finds every event that is about them."""
    query = "SELECT position FROM event WHERE person = ? AND bears = 1"
    if not positions <= {position for (position,) in connection.execute(query, (person,))}:
        raise StoreDamaged(what="index")


def _check_cells(connection: Connection, person: bytes) -> None:
    """Compare a person's cells with what their events say."""
    as_of = newest_choice(connection, person)
    if as_of is None:
        expected = []
    else:
        expected = cell_rows(person, History(choices_of(connection, person)), as_of)
    found = connection.execute(
        "SELECT person, agency, purpose, category, answer, detail, until, as_of FROM cell"
        " WHERE person = ? ORDER BY agency, purpose, category",
        (person,),
    ).fetchall()
    if found != expected:
        raise StoreDamaged(what="cells")


def is_as_new_as_its_events(connection: Connection, person: bytes) -> bool:
    """True when a person's cells are of the same moment as their events."""
    query = "SELECT as_of FROM cell WHERE person = ? LIMIT 1"
    row = connection.execute(query, (person,)).fetchone()
    return row is None or row[0] == newest_choice(connection, person)


def check_pages(connection: Connection) -> None:
    """Check every page's seal and the tables' structure. Raises StoreDamaged."""
    # SQLCipher's check does not see what is still in the log: bring it in first.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        raise StoreDamaged(what="pages")
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise StoreDamaged(what="structure")


def newest_choice(connection: Connection, person: bytes) -> int | None:
    """Return the position of the newest event that bears on a person's choices."""
    query = "SELECT max(position) FROM event WHERE person = ? AND bears = 1"
    position: int | None = connection.execute(query, (person,)).fetchone()[0]
    return position
