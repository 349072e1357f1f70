"""A receipt's token: small, standard, and not genuine once a single character differs."""

from __future__ import annotations

from datetime import UTC, datetime

import base45
import cbor2
import pytest
import qrcode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import receipt
from kiosk.errors import NotAReceipt, ReceiptNotGenuine

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
KEY_ID = receipt.key_id(PUBLIC)
ISSUED = datetime(2026, 11, 24, 10, 0, 30, tzinfo=UTC)
TOKEN = receipt.issue(b"r" * 16, ISSUED, KEY_ID, KEY.sign)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def genuine(text: str) -> bool:
    try:
        return receipt.read(text).is_signed_by(PUBLIC)
    except (NotAReceipt, ReceiptNotGenuine):
        return False


def reseal(parts: list[object], *, tag: int = 18, extra: bytes = b"") -> str:
    """A token of our own making, in form but for what a test changes."""
    raw = cbor2.dumps(cbor2.CBORTag(tag, parts)) + extra
    return receipt.PREFIX + base45.b45encode(raw).decode()


def parts_of(text: str) -> list[object]:
    parts = cbor2.loads(base45.b45decode(text.removeprefix(receipt.PREFIX))).value
    return list(parts)


def test_it_reads_back_as_it_was_issued() -> None:
    token = receipt.read(TOKEN)
    assert token == receipt.Token(b"r" * 16, ISSUED, KEY_ID, token.signature)
    assert token.is_signed_by(PUBLIC)


def test_it_is_a_cwt_in_cose_sign1() -> None:
    protected, unprotected, payload, signature = parts_of(TOKEN)
    assert cbor2.loads(protected) == {1: -8, 4: KEY_ID}  # type: ignore[arg-type]
    assert unprotected == {}
    assert cbor2.loads(payload) == {6: int(ISSUED.timestamp()), 7: b"r" * 16}  # type: ignore[arg-type]
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    KEY.public_key().verify(signature, signed)  # type: ignore[arg-type]


def test_no_changed_character_is_genuine_at_any_place() -> None:
    replacements = ALPHABET + ALPHABET.lower() + "é\u00a0\n０"
    for at, sign in enumerate(TOKEN):
        for other in replacements:
            if other != sign:
                assert not genuine(TOKEN[:at] + other + TOKEN[at + 1 :]), (at, other)


def test_nothing_cut_added_folded_or_swapped_is_genuine() -> None:
    assert genuine(TOKEN)
    for at in range(len(TOKEN)):
        assert not genuine(TOKEN[:at])
        assert not genuine(TOKEN[:at] + TOKEN[at + 1 :])
        assert not genuine(TOKEN[:at] + "A" + TOKEN[at:])
        if TOKEN[at : at + 1] != TOKEN[at + 1 : at + 2]:
            swapped = TOKEN[:at] + TOKEN[at + 1 : at + 2] + TOKEN[at] + TOKEN[at + 2 :]
            assert swapped == TOKEN or not genuine(swapped)
    for other in (TOKEN.lower(), TOKEN + "\n", " " + TOKEN, TOKEN + TOKEN, "", "YS1:"):
        assert not genuine(other)


def test_forms_that_decode_alike_are_not_genuine() -> None:
    protected, unprotected, payload, signature = parts_of(TOKEN)
    assert reseal([protected, unprotected, payload, signature]) == TOKEN
    longer_number = (
        b"\xa2\x06\x1b" + int(ISSUED.timestamp()).to_bytes(8, "big") + b"\x07\x50" + b"r" * 16
    )
    variants = [
        reseal([protected, {9: 9}, payload, signature]),
        reseal([protected, unprotected, payload, signature], tag=98),
        reseal([protected, unprotected, payload, signature], extra=b"\0"),
        reseal([protected, unprotected, longer_number, signature]),
        reseal([protected, unprotected, payload, signature, None]),
        reseal([cbor2.dumps({4: KEY_ID, 1: -8}), unprotected, payload, signature]),
        reseal([protected, unprotected, cbor2.dumps({6: 1.5, 7: b"r" * 16}), signature]),
        reseal([protected, unprotected, cbor2.dumps({6: 1 << 70, 7: b"r" * 16}), signature]),
        reseal([protected, unprotected, cbor2.dumps({6: 1, 7: "r"}), signature]),
        reseal([protected, unprotected, payload, b""]),
    ]
    for text in variants:
        with pytest.raises(ReceiptNotGenuine):
            receipt.read(text)


def test_another_key_s_signature_is_not_genuine() -> None:
    forged = receipt.issue(b"r" * 16, ISSUED, KEY_ID, Ed25519PrivateKey.generate().sign)
    assert not genuine(forged)


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_is_refused_by_name(text: str) -> None:
    for said in (text, receipt.PREFIX + text):
        with pytest.raises((NotAReceipt, ReceiptNotGenuine)):
            receipt.read(said)


@given(st.binary(max_size=120))
@settings(max_examples=150)
def test_any_bytes_in_base45_are_refused_by_name(raw: bytes) -> None:
    with pytest.raises(ReceiptNotGenuine):
        receipt.read(receipt.PREFIX + base45.b45encode(raw).decode())


def test_a_qr_of_something_else_is_not_a_receipt() -> None:
    for text in (
        "https://example.org/",
        "ys1:" + TOKEN[4:],
        "HC1:" + TOKEN[4:],
        "YS1:" + "A" * 9999,
    ):
        with pytest.raises(NotAReceipt):
            receipt.read(text)


@given(st.binary(min_size=16, max_size=16), st.integers(2**16, 2**32 - 1))
@settings(max_examples=25)
def test_it_stays_small_enough_to_scan(receipt_id: bytes, seconds: int) -> None:
    token = receipt.issue(receipt_id, datetime.fromtimestamp(seconds, UTC), KEY_ID, KEY.sign)
    assert set(token) <= set(ALPHABET)
    assert token == token.strip(), "no scanner or shell can cut a space off its ends"
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(token)
    code.make(fit=True)
    assert code.version <= 8
