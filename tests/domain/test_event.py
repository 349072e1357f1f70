"""Events: read back as they were signed, and nothing else read as an event."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.consent import Answer, Choice, Scope, Statement, Unreadable
from kiosk.domain.event import (
    NO_PREVIOUS,
    Header,
    Kind,
    bears_on_choices,
    chain_hash,
    choice_content,
    encode_body,
    encode_header,
    from_ms,
    hash_body,
    is_signed_by,
    read_body,
    read_choice,
    read_header,
    sign,
    to_ms,
)
from kiosk.domain.place import Detail
from kiosk.errors import EventUnreadable

SALT = b"s" * 32
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
STATEMENTS = (
    Statement(Scope("gp", "home"), Answer.NOT_NOW),
    Statement(Scope("gp", "home", "health"), Answer.YES, Detail.NEED, date(2027, 1, 31)),
    Statement(Scope("gp", "home", "money"), Answer.NOT_NOW, withheld=Detail.SUMMARY),
)


def header(body: bytes, kind: str = Kind.CHOICE_MADE, **other: object) -> Header:
    fields: dict[str, object] = {
        "id": b"i" * 16,
        "device": b"d" * 16,
        "sequence": 7,
        "kind": kind,
        "person": b"p" * 16,
        "place": "demo",
        "occurred_ms": 1_795_000_000_123,
        "replaces": frozenset([b"z" * 16, b"a" * 16]),
        "body_hash": hash_body(body),
        "previous": NO_PREVIOUS,
    }
    return encode_header(**(fields | other))  # type: ignore[arg-type]


def test_a_header_reads_back_as_it_was_written() -> None:
    made = header(b"body")
    assert read_header(made.raw) == made
    assert made.raw == cbor2.dumps(cbor2.loads(made.raw), canonical=True)
    assert made.replaces == (b"a" * 16, b"z" * 16)


def test_times_keep_their_milliseconds() -> None:
    moment = datetime(2026, 11, 24, 10, 0, 0, 123_000, tzinfo=UTC)
    assert from_ms(to_ms(moment)) == moment
    assert header(b"", occurred_ms=to_ms(moment)).occurred_at == moment


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=300)
def test_a_changed_header_is_unreadable_or_not_signed(at: int, change: int) -> None:
    made = header(b"body")
    signature = sign(made, KEY)
    changed = bytearray(made.raw)
    changed[at % len(changed)] ^= change
    try:
        read = read_header(bytes(changed))
    except EventUnreadable:
        return
    assert not is_signed_by(read, signature, KEY.public_key())


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_are_an_event_or_unreadable(raw: bytes) -> None:
    with pytest.raises(EventUnreadable):
        read_header(raw)


def test_cbor_that_is_not_canonical_is_unreadable() -> None:
    fields = cbor2.loads(header(b"").raw)
    assert read_header(cbor2.dumps(fields, canonical=True))
    backwards = dict(reversed(list(fields.items())))
    for raw in (cbor2.dumps(backwards), header(b"").raw + b"\0", header(b"").raw[:-1]):
        with pytest.raises(EventUnreadable):
            read_header(raw)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": b"short"},
        {"device": "text"},
        {"sequence": -1},
        {"person": b""},
        {"place": b"demo"},
        {"occurred_ms": 1.5},
        {"replaces": frozenset([b"short"])},
        {"body_hash": b""},
        {"previous": None},
    ],
)
def test_a_field_of_another_shape_is_unreadable(wrong: dict[str, object]) -> None:
    with pytest.raises(EventUnreadable):
        read_header(header(b"", **wrong).raw)


def test_a_signature_is_one_device_s_over_one_header() -> None:
    made = header(b"body")
    signature = sign(made, KEY)
    assert is_signed_by(made, signature, KEY.public_key())
    assert not is_signed_by(header(b"else"), signature, KEY.public_key())
    assert not is_signed_by(made, signature, Ed25519PrivateKey.generate().public_key())


def test_the_chain_names_header_and_signature() -> None:
    made = header(b"body")
    signature = sign(made, KEY)
    assert chain_hash(made.raw, signature) == hashlib.sha256(made.raw + signature).digest()


# --- bodies ----------------------------------------------------------------------------------------


def test_a_choice_reads_back_as_it_was_made() -> None:
    body = encode_body(choice_content(STATEMENTS, "worker-1"), SALT)
    made = header(body)
    assert read_choice(made, body) == Choice(made.id, STATEMENTS, frozenset(made.replaces))
    assert read_body(made, body)["by"] == "worker-1"


def test_the_same_words_leave_another_hash_each_time() -> None:
    content = choice_content(STATEMENTS)
    assert hash_body(encode_body(content, SALT)) != hash_body(encode_body(content, b"t" * 32))


def test_what_is_gone_damaged_or_newer_is_unreadable_and_never_raises() -> None:
    body = encode_body(choice_content(STATEMENTS), SALT)
    replaces = frozenset(header(body).replaces)
    unreadable = Unreadable(b"i" * 16, replaces)
    assert read_choice(header(body), None) == unreadable
    assert read_choice(header(body), body[:-1]) == unreadable
    assert read_choice(header(encode_body(choice_content(()), SALT)), body) == unreadable
    assert read_choice(header(body, "choice.made.better"), body) == unreadable


@pytest.mark.parametrize(
    "row",
    [
        ["gp", "home", "health", "yes", 4, None, 0],
        ["gp", "home", "health", "perhaps", 1, None, 0],
        ["gp", "home", None, "yes", 1, None, 0],
        ["gp", "home", "health", "yes", 1, "soon", 0],
        ["gp", "home", "health", "yes", 1, 20270131, 0],
        ["gp", "", "health", "no", 0, None, 0],
        ["gp", 3, "health", "no", 0, None, 0],
        ["gp", "home", "health", "yes", 1, None, 0, "more"],
        ["gp"],
        "gp",
        7,
    ],
)
def test_a_row_that_we_do_not_understand_makes_the_whole_choice_unreadable(row: object) -> None:
    sound = ["gp", "home", "money", "yes", 1, None, 0]
    body = encode_body({"choices": [sound, row], "by": ""}, SALT)
    assert isinstance(read_choice(header(body), body), Unreadable)


@given(st.recursive(st.none() | st.integers() | st.text() | st.binary(), st.lists, max_leaves=8))
@settings(max_examples=150)
def test_any_content_is_a_choice_or_unreadable(content: object) -> None:
    body = encode_body({"choices": content}, SALT)
    assert isinstance(read_choice(header(body), body), Choice | Unreadable)


def test_an_erasure_shares_nothing_and_stops_nothing() -> None:
    body = encode_body({"events": []}, SALT)
    erased = read_choice(header(body, Kind.BODIES_ERASED), body)
    assert erased == Choice(b"i" * 16, ())


def test_kinds_that_we_do_not_know_may_bear_on_choices() -> None:
    assert bears_on_choices("choice.made.better")
    assert bears_on_choices(Kind.CHOICE_MADE)
    assert bears_on_choices(Kind.BODIES_ERASED)
    assert not bears_on_choices(Kind.RECEIPT_ISSUED)
