"""From an empty folder to a kiosk's data, and opening it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.sample import BEGIN, sample_place
from kiosk.errors import AlreadySetUp, KeystoreMissing, PassphraseTooShort, WrongKey
from kiosk.services.setting_up import is_set_up, make_demo, make_real, open_as
from kiosk.services.staff import Staff
from kiosk.store.files import database_file, keystore_file, known_places_folder
from kiosk.store.keystore import read_keystore
from kiosk.store.known_places import known_places
from kiosk.store.opening import open_store
from kiosk.store.paper import place_key_from_paper, recovery_key_from_paper

PASSPHRASE = "three short words"


def test_a_real_one_opens_with_the_passphrase_and_from_paper(tmp_path: Path) -> None:
    data_dir = tmp_path / "new" / "data"
    paper = make_real(
        data_dir, sample_place(demo=False), name="Amina", passphrase=PASSPHRASE, now=BEGIN
    )
    assert is_set_up(data_dir)
    with open_as(data_dir, "Amina", PASSPHRASE, BEGIN) as store:
        assert not store.demo
        (known,) = known_places(known_places_folder(data_dir))
        assert [d.public_key for d in known.devices] == [store.public_key]
    place_key = place_key_from_paper(paper.place_key)
    assert place_key.public_key().public_bytes_raw() == known.place_key
    recovery = recovery_key_from_paper(paper.recovery_key)
    open_store(data_dir, read_keystore(data_dir).open_with_recovery(recovery), BEGIN).close()


def test_no_private_key_is_left_in_the_folder(tmp_path: Path) -> None:
    paper = make_real(
        tmp_path, sample_place(demo=False), name="Amina", passphrase=PASSPHRASE, now=BEGIN
    )
    secrets = [
        place_key_from_paper(paper.place_key).private_bytes_raw(),
        recovery_key_from_paper(paper.recovery_key).private_bytes_raw(),
    ]
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in secrets:
        assert secret not in content
        assert secret.hex().encode() not in content
    assert tmp_path.stat().st_mode & 0o077 == 0


def test_a_demo_opens_without_the_slow_work_and_with_it(tmp_path: Path) -> None:
    keys = make_demo(tmp_path, sample_place(), name="Worker", passphrase="short", now=BEGIN)
    with open_store(tmp_path, keys, BEGIN) as store:
        assert store.demo
    open_as(tmp_path, "Worker", "short", BEGIN).close()


def test_setting_up_twice_changes_nothing(tmp_path: Path) -> None:
    make_demo(tmp_path, sample_place(), name="Worker", passphrase="short", now=BEGIN)
    before = keystore_file(tmp_path).read_bytes()
    with pytest.raises(AlreadySetUp):
        make_real(tmp_path, sample_place(), name="Amina", passphrase=PASSPHRASE, now=BEGIN)
    assert keystore_file(tmp_path).read_bytes() == before


def test_a_database_whose_keystore_is_gone_is_not_touched(tmp_path: Path) -> None:
    make_demo(tmp_path, sample_place(), name="Worker", passphrase="short", now=BEGIN)
    keystore_file(tmp_path).unlink()
    before = database_file(tmp_path).read_bytes()
    with pytest.raises(KeystoreMissing):
        make_demo(tmp_path, sample_place(), name="Worker", passphrase="short", now=BEGIN)
    assert database_file(tmp_path).read_bytes() == before


def test_a_set_up_that_was_cut_short_is_begun_again(tmp_path: Path) -> None:
    make_demo(tmp_path, sample_place(), name="Worker", passphrase="short", now=BEGIN)
    (tmp_path / ".setting-up").touch()
    assert not is_set_up(tmp_path)
    with pytest.raises(KeystoreMissing):
        open_as(tmp_path, "Worker", "short", BEGIN)
    for name in ("known_places/demo.cbor", "keystore.json", "your-say.db"):
        (tmp_path / name).unlink(missing_ok=True)
        make_demo(tmp_path, sample_place(), name="Worker", passphrase="short", now=BEGIN)
        open_as(tmp_path, "Worker", "short", BEGIN).close()
        (tmp_path / ".setting-up").touch()


def test_a_short_passphrase_or_an_odd_name_sets_nothing_up(tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        make_real(tmp_path, sample_place(), name="Amina", passphrase="short", now=BEGIN)
    with pytest.raises(ValueError):
        make_demo(tmp_path, sample_place(), name="", passphrase="short", now=BEGIN)
    assert not is_set_up(tmp_path)


def test_staff_are_those_with_a_slot(tmp_path: Path) -> None:
    make_demo(tmp_path, sample_place(), name="Worker", passphrase="short", now=BEGIN)
    staff = Staff(tmp_path)
    assert staff.names() == ("Worker",)
    staff.check_passphrase("Worker", "short")
    for name, passphrase in (("Worker", "shirt"), ("Amina", "short")):
        with pytest.raises(WrongKey):
            staff.check_passphrase(name, passphrase)
