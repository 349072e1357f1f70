"""What happened, kept so that it can be proved: a signed header, and a body apart from it.

Header, as canonical CBOR with small integer keys:
  1 form (always 1) · 2 event id, UUIDv7, 16 bytes · 3 device id, 16 bytes · 4 the device's sequence
  number, from 1 · 5 kind · 6 person id, 16 bytes, or null · 7 place id · 8 occurred at, UTC, in
  milliseconds since 1970 · 9 ids of the events it replaces, sorted · 10 hash of the body ·
  11 hash of the device's previous header and signature (32 zero bytes for the first)

The device signs the header with Ed25519. The body is canonical CBOR, [salt, content]: its 32 random
bytes go when it goes, so that the hash left in the header cannot be guessed back. Source: DESIGN,
Events; `cbor2` sorts keys when canonical, so what is read back re-encodes to the very same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.consent import Answer, Choice, Scope, Statement, Unreadable
from kiosk.domain.place import Detail
from kiosk.errors import EventUnreadable

ID_BYTES: Final = 16
SALT_BYTES: Final = 32
HASH_BYTES: Final = 32
NO_PREVIOUS: Final = bytes(HASH_BYTES)

_FORM: Final = 1
_SIGNED_AS: Final = b"your-say event 1\0"
_BODY_HASHED_AS: Final = b"your-say body 1\0"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Content = Mapping[str, Any]  # a body's content: text keys, CBOR values


class Kind(StrEnum):
    """What can happen. A kind that is not here was written by something newer than us."""

    PERSON_CAME = "person.came"  # {code: [4 ints 0-255]}
    PIN_SET = "pin.set"  # {salt, hash, by}
    FOUND_BY_LEFT = "found-by.left"  # {by, mark}
    NOTICE_SHOWN = "notice.shown"
    UNDERSTANDING_CHECKED = "understanding.checked"
    CHOICE_MADE = "choice.made"  # {choices, by}
    OBJECTION_MADE = "objection.made"  # {agency, purpose, by}
    OBJECTION_TAKEN_BACK = "objection.taken-back"  # {agency, purpose, by}
    RECEIPT_ISSUED = "receipt.issued"  # {receipt: 16 bytes, token: text}
    BODIES_ERASED = "bodies.erased"  # {events: [ids]}


_BEARS_NOTHING_ON_CHOICES: Final = frozenset(Kind) - {Kind.CHOICE_MADE, Kind.BODIES_ERASED}


def bears_on_choices(kind: str) -> bool:
    """True for a kind that may change what is shared; so may any kind that we do not know."""
    return kind not in _BEARS_NOTHING_ON_CHOICES


@dataclass(slots=True)
class Header:
    """One event's header; `raw` is what was signed, byte for byte. Made once, never changed."""

    id: bytes
    device: bytes
    sequence: int
    kind: str
    person: bytes | None
    place: str
    occurred_ms: int
    replaces: tuple[bytes, ...]
    body_hash: bytes
    previous: bytes
    raw: bytes

    @property
    def occurred_at(self) -> datetime:
        """When the device says that it happened (UTC)."""
        return from_ms(self.occurred_ms)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970 of an aware moment."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """Return the UTC moment of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def encode_header(
    *,
    id: bytes,  # noqa: A002 - an event's id is its id
    device: bytes,
    sequence: int,
    kind: str,
    person: bytes | None,
    place: str,
    occurred_ms: int,
    replaces: frozenset[bytes],
    body_hash: bytes,
    previous: bytes,
) -> Header:
    """Make a header and its canonical bytes."""
    named = tuple(sorted(replaces))
    fields = {
        1: _FORM, 2: id, 3: device, 4: sequence, 5: str(kind), 6: person, 7: place,
        8: occurred_ms, 9: list(named), 10: body_hash, 11: previous,
    }  # fmt: skip
    # Keys stand in their canonical order already, and cbor2 writes the shortest forms.
    raw = cbor2.dumps(fields)
    return Header(
        id, device, sequence, str(kind), person, place, occurred_ms, named, body_hash, previous, raw
    )


def read_header(raw: bytes) -> Header:
    """Read a header strictly. Raises EventUnreadable for anything that we would not have written."""
    fields = _strict_cbor(raw)
    if not isinstance(fields, dict) or set(fields) != set(range(1, 12)) or fields[1] != _FORM:
        raise EventUnreadable(what="header")
    header = Header(
        fields[2], fields[3], fields[4], fields[5], fields[6], fields[7], fields[8],
        tuple(fields[9]) if isinstance(fields[9], list) else (), fields[10], fields[11], raw,
    )  # fmt: skip
    ids = (header.id, header.device, *header.replaces)
    if header.person is not None:
        ids = (*ids, header.person)
    sound = (
        all(isinstance(id_, bytes) and len(id_) == ID_BYTES for id_ in ids)
        and all(isinstance(n, int) and n >= 0 for n in (header.sequence, header.occurred_ms))
        and all(isinstance(text, str) for text in (header.kind, header.place))
        and all(isinstance(h, bytes) and len(h) == HASH_BYTES
                for h in (header.body_hash, header.previous))
        and list(header.replaces) == sorted(set(header.replaces)) == fields[9]
    )  # fmt: skip
    if not sound:
        raise EventUnreadable(what="header")
    return header


def sign(header: Header, key: Ed25519PrivateKey) -> bytes:
    """Return the device's signature of a header: 64 bytes."""
    return key.sign(_SIGNED_AS + header.raw)


def is_signed_by(header: Header, signature: bytes, key: Ed25519PublicKey) -> bool:
    """True when the device with this key signed this header."""
    try:
        key.verify(signature, _SIGNED_AS + header.raw)
    except InvalidSignature:
        return False
    return True


def chain_hash(raw_header: bytes, signature: bytes) -> bytes:
    """Return what the device's next header names as its previous: SHA-256 of header and signature."""
    return hashlib.sha256(raw_header + signature).digest()


def encode_body(content: Content, salt: bytes) -> bytes:
    """Return a body's canonical bytes. `salt` is 32 fresh random bytes.

    Content is one level of keys over texts, numbers, bytes and lists of them: its keys in CBOR's
    order are then all that canonical takes, and half the time of having it done deeper.
    """
    ordered = {key: content[key] for key in sorted(content, key=_canonical_place)}
    return cbor2.dumps([salt, ordered])


def _canonical_place(key: str) -> tuple[int, bytes]:
    """Sort text keys as canonical CBOR does (RFC 7049, 3.9): shorter first, then by bytes."""
    raw = key.encode()
    return len(raw), raw


def hash_body(body: bytes) -> bytes:
    """SHA-256 of a body, salt and all; what its header keeps of it."""
    return hashlib.sha256(_BODY_HASHED_AS + body).digest()


def read_body(header: Header, body: bytes) -> Content:
    """Return the content of a header's body. Raises EventUnreadable if it is not that body."""
    if hash_body(body) != header.body_hash:
        raise EventUnreadable(what="body")
    parts = _strict_cbor(body)
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[1], dict):
        raise EventUnreadable(what="body")
    salt, content = parts
    if not isinstance(salt, bytes) or len(salt) != SALT_BYTES:
        raise EventUnreadable(what="body")
    read: Content = content
    return read


def choice_content(statements: tuple[Statement, ...], by: str = "") -> dict[str, Any]:
    """Return the content of a choice.made body. `by` is the id of a member of staff, or ""."""
    rows = [
        [s.scope.agency, s.scope.purpose, s.scope.category, str(s.answer), int(s.detail),
         s.until.isoformat() if s.until else None, int(s.withheld)]
        for s in statements
    ]  # fmt: skip
    return {"choices": rows, "by": by}


def read_choice(header: Header, body: bytes | None) -> Choice | Unreadable:
    """Return an event that bears on choices as the merge rules take it; never raises.

    A body that is gone, damaged, of a kind that we do not know or with an answer that we do not
    know is Unreadable, and shares nothing. An erasure says nothing itself: what it took away does.
    """
    replaces = frozenset(header.replaces)
    if header.kind == Kind.BODIES_ERASED:
        return Choice(header.id, ())
    if header.kind != Kind.CHOICE_MADE or body is None:
        return Unreadable(header.id, replaces)
    try:
        rows = read_body(header, body)["choices"]
        return Choice(header.id, tuple(_statement(*row) for row in rows), replaces)
    except (EventUnreadable, KeyError, TypeError, ValueError):
        return Unreadable(header.id, replaces)


def _statement(
    agency: str | None,
    purpose: str | None,
    category: str | None,
    answer: str,
    detail: int,
    until: str | None,
    withheld: int,
) -> Statement:
    if not all(
        part is None or (isinstance(part, str) and part) for part in (agency, purpose, category)
    ):
        raise ValueError("a scope names things by their ids")
    end = date.fromisoformat(until) if until is not None else None
    return Statement(
        Scope(agency, purpose, category), Answer(answer), Detail(detail), end, Detail(withheld)
    )


def _strict_cbor(raw: bytes) -> Any:
    """Decode CBOR that is canonical byte for byte. Raises EventUnreadable otherwise."""
    try:
        value = cbor2.loads(raw)
        again = cbor2.dumps(value, canonical=True)
    except (cbor2.CBORDecodeError, cbor2.CBOREncodeError, ValueError, TypeError) as fault:
        raise EventUnreadable(what="cbor") from fault
    if again != raw:
        raise EventUnreadable(what="cbor")
    return value
