"""One transaction: events signed and chained, what follows from them, the outbox, the audit.

All of it or nothing. The head of the chain moves on only when the commit has come back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import uuid6
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.consent import Choice
from kiosk.domain.deciding import Decision
from kiosk.domain.event import (
    SALT_BYTES,
    Content,
    Header,
    Kind,
    bears_on_choices,
    chain_hash,
    choice_content,
    encode_body,
    encode_header,
    hash_body,
    sign,
    to_ms,
)
from kiosk.domain.history import History
from kiosk.store.connecting import Connection
from kiosk.store.projections import Projection

_EVENT = (
    "INSERT INTO event (position, event, device, sequence, kind, person, bears, header, signature)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_BODY = "INSERT INTO body (position, body) VALUES (?, ?)"
_OUTBOX = "INSERT INTO outbox (position) VALUES (?)"
_AUDIT = "INSERT INTO audit (at_ms, who, act, person) VALUES (?, ?, ?, ?)"
_HEAD = "UPDATE device SET sequence = ?, head = ? WHERE device = ?"
_CLOCK = "UPDATE clock SET latest_ms = ?"


@dataclass(slots=True)
class Chain:
    """Where our own chain of events stands, and the last position of all."""

    device: bytes
    key: Ed25519PrivateKey
    place: str
    sequence: int
    head: bytes
    position: int


class Writing:
    """What one act changes. Made by `Store.writing`, which commits it."""

    def __init__(self, connection: Connection, chain: Chain, now: datetime) -> None:
        self._connection = connection
        self._chain = chain
        self.now = now
        self._now_ms = to_ms(now)
        self.sequence, self.head, self.position = chain.sequence, chain.head, chain.position
        # One UUIDv7 an act, and its successors: RFC 9562, 6.2, method 2.
        self._next_id = uuid6.uuid7().int
        self._events: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[int, bytes]] = []
        self._audit: list[tuple[int, str, str, bytes | None]] = []
        self._contents: list[tuple[int, Header, bytes, Content]] = []
        self._histories: dict[bytes, tuple[int, History]] = {}

    def event(self, kind: Kind, person: bytes, content: Mapping[str, Any]) -> bytes:
        """Keep one event of any kind but a choice; return its id."""
        header = self._keep(kind, person, content, frozenset())
        self._contents.append((self.position, header, self._bodies[-1][1], content))
        return header.id

    def choices(
        self, person: bytes, decisions: Iterable[Decision], history: History, by: str = ""
    ) -> History:
        """Keep what a person chose, and return their history with it.

        `history` is all that stands of them so far, as `Store.history` or this method gave it.
        `by` is a member of staff's id, or "".
        """
        made = []
        for decision in decisions:
            content = choice_content(decision.statements, by)
            header = self._keep(Kind.CHOICE_MADE, person, content, decision.replaces)
            made.append(Choice(header.id, decision.statements, decision.replaces))
        after = history.with_more(made)
        if made:
            self._histories[person] = (self.position, after)
        return after

    def audit(self, who: str, act: str, person: bytes | None = None) -> None:
        """Note who looked, or who did what. `who` is a member of staff's id, or "person"."""
        self._audit.append((self._now_ms, who, act, person))

    def _keep(
        self, kind: Kind, person: bytes, content: Content, replaces: frozenset[bytes]
    ) -> Header:
        body = encode_body(content, os.urandom(SALT_BYTES))
        header = encode_header(
            id=self._next_id.to_bytes(16, "big"),
            device=self._chain.device,
            sequence=self.sequence + 1,
            kind=kind,
            person=person,
            place=self._chain.place,
            occurred_ms=self._now_ms,
            replaces=replaces,
            body_hash=hash_body(body),
            previous=self.head,
        )
        signature = sign(header, self._chain.key)
        self._next_id += 1
        self.sequence += 1
        self.position += 1
        self.head = chain_hash(header.raw, signature)
        bears = int(bears_on_choices(kind))
        row = (
            self.position, header.id, header.device, header.sequence, header.kind, person, bears,
            header.raw, signature,
        )  # fmt: skip
        self._events.append(row)
        self._bodies.append((self.position, body))
        return header

    def flush(self) -> None:
        """Write everything, within the transaction that the store has begun."""
        connection = self._connection
        if self._events:
            connection.executemany(_EVENT, self._events)
            connection.executemany(_BODY, self._bodies)
            connection.executemany(_OUTBOX, [(position,) for position, _body in self._bodies])
            connection.execute(_HEAD, (self.sequence, self.head, self._chain.device))
            projection = Projection(connection)
            for position, header, body, content in self._contents:
                if bears_on_choices(header.kind):
                    projection.take(position, header, body)
                else:
                    projection.apply(position, header, content)
            projection.finish()
            for person, (position, history) in self._histories.items():
                projection.choices(person, history, position)
        connection.executemany(_AUDIT, self._audit)
        connection.execute(_CLOCK, (self._now_ms,))

    def committed(self) -> None:
        """Move our chain on: what was written is on the disk."""
        self._chain.sequence, self._chain.head = self.sequence, self.head
        self._chain.position = self.position
