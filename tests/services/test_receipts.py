"""Receipts are checked with a folder of known places and nothing else."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bench.sample import BEGIN, sample_visit
from kiosk.errors import KnownPlaceDamaged
from kiosk.services.receipts import Reason, verify_receipt
from kiosk.store.files import known_places_folder
from kiosk.store.known_places import (
    KnownPlace,
    keep_known_place,
    known_places,
    new_known_place,
    new_place_key,
    read_list,
    sign_list,
)
from tests.services.conftest import Desk

PLACE_KEY = new_place_key()
DEVICE, PUBLIC = b"d" * 16, new_place_key().public_key().public_bytes_raw()


@pytest.fixture
def known() -> KnownPlace:
    return new_known_place(PLACE_KEY, "demo", "The Place", demo=True).with_device(DEVICE, PUBLIC)


def test_a_receipt_just_given_is_genuine(desk: Desk) -> None:
    recorded = desk.consents.record(sample_visit(desk.place))
    verdict = desk.receipts.verify(recorded.token)
    assert (verdict.genuine, verdict.reason) == (True, Reason.GENUINE)
    assert (verdict.receipt_id, verdict.issued_at) == (recorded.receipt_id, recorded.issued_at)
    assert (verdict.place_id, verdict.place_name, verdict.demo) == (
        "demo",
        "The Sample Place",
        True,
    )


def test_it_is_genuine_elsewhere_with_no_database_and_no_key(desk: Desk, tmp_path: Path) -> None:
    token = desk.consents.record(sample_visit(desk.place)).token
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in known_places_folder(desk.data_dir).iterdir():
        (elsewhere / path.name).write_bytes(path.read_bytes())
    assert verify_receipt(token, elsewhere).genuine
    assert verify_receipt(token, tmp_path / "nowhere").reason is Reason.ANOTHER_PLACE


def test_checking_one_opens_no_database() -> None:
    script = (
        "import sys; from kiosk.services.receipts import verify_receipt; from pathlib import Path;"
        "verify_receipt('YS1:', Path('.'));"
        "print(int(any(name.startswith('sqlcipher3') for name in sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"


def test_what_is_not_genuine_says_why(desk: Desk) -> None:
    token = desk.consents.record(sample_visit(desk.place)).token
    verify = desk.receipts.verify
    assert verify("hello").reason is Reason.NOT_A_RECEIPT
    assert verify(token[:-3]).reason is Reason.NOT_GENUINE
    changed = token[:100] + ("A" if token[100] != "A" else "B") + token[101:]
    assert verify(changed).reason is Reason.NOT_GENUINE
    assert not verify(changed).genuine


# --- a device that is lost -------------------------------------------------------------------------


def test_a_lost_device_s_receipts_stop_counting_from_that_moment(desk: Desk) -> None:
    place_key = new_place_key()
    listed = new_known_place(place_key, "demo", "The Place", demo=True)
    listed = listed.with_device(desk.store.device, desk.store.public_key)
    before = desk.consents.record(sample_visit(desk.place)).token
    desk.clock.go_on(hours=1)
    lost_from = desk.clock.now()
    after = desk.consents.record(sample_visit(desk.place)).token
    folder = desk.data_dir / "other"
    keep_known_place(folder, sign_list(listed, place_key))
    assert verify_receipt(after, folder).genuine
    keep_known_place(folder, sign_list(listed.with_lost(desk.store.device, lost_from), place_key))
    assert verify_receipt(before, folder).genuine
    verdict = verify_receipt(after, folder)
    assert (verdict.genuine, verdict.reason) == (False, Reason.DEVICE_LOST)


# --- the signed list -------------------------------------------------------------------------------


def test_a_list_reads_back_as_it_was_signed(known: KnownPlace, tmp_path: Path) -> None:
    lost = known.with_lost(DEVICE, BEGIN)
    assert read_list(sign_list(lost, PLACE_KEY)) == lost
    keep_known_place(tmp_path, sign_list(lost, PLACE_KEY))
    assert list(known_places(tmp_path)) == [lost]


def test_any_changed_byte_of_a_list_vouches_for_nobody(known: KnownPlace, tmp_path: Path) -> None:
    signed = sign_list(known, PLACE_KEY)
    for at in range(len(signed)):
        changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
        with pytest.raises(KnownPlaceDamaged):
            read_list(changed)
    (tmp_path / "demo.cbor").write_bytes(signed[:-1])
    (tmp_path / "noise.cbor").write_bytes(b"noise")
    assert list(known_places(tmp_path)) == []


def test_an_older_list_or_another_key_s_is_not_taken(known: KnownPlace, tmp_path: Path) -> None:
    newer = known.with_lost(DEVICE, BEGIN)
    keep_known_place(tmp_path, sign_list(newer, PLACE_KEY))
    stranger = new_place_key()
    forged = new_known_place(stranger, "demo", "The Place", demo=True).with_device(DEVICE, PUBLIC)
    forged = forged.with_device(b"e" * 16, PUBLIC).with_device(b"f" * 16, PUBLIC)
    for signed in (sign_list(known, PLACE_KEY), sign_list(forged, stranger)):
        with pytest.raises(KnownPlaceDamaged):
            keep_known_place(tmp_path, signed)
    assert list(known_places(tmp_path)) == [newer]


def test_only_the_place_s_own_key_signs_its_list(known: KnownPlace) -> None:
    with pytest.raises(ValueError):
        sign_list(known, new_place_key())
    with pytest.raises(KeyError):
        known.with_lost(b"?" * 16, BEGIN + timedelta(1))


def test_a_place_s_name_never_leaves_its_folder(tmp_path: Path) -> None:
    odd = new_known_place(PLACE_KEY, "../../etc/passwd", "Odd", demo=False)
    keep_known_place(tmp_path / "known", sign_list(odd, PLACE_KEY))
    assert [path.name for path in (tmp_path / "known").iterdir()] == ["______etc_passwd.cbor"]
