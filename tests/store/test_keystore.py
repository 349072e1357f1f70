"""The keystore: who opens it, who does not, and what was changed by someone without the key."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.errors import KeystoreDamaged, KeystoreMissing, WrongKey
from kiosk.store import slots
from kiosk.store.files import keystore_file
from kiosk.store.keystore import Keystore, new_keystore, read_keystore
from kiosk.store.paper import (
    PLACE_KEY,
    RECOVERY_KEY,
    from_paper,
    recovery_key_from_paper,
    to_paper,
)
from kiosk.store.slots import SlotKind

MACHINE = b"m" * 32
RECOVERY = X25519PrivateKey.from_private_bytes(b"r" * 32)
PASSPHRASE = "correct horse battery"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least that Argon2id may be, where how hard it works is not the question."""
    monkeypatch.setattr(slots, "STAFF_HARDNESS", slots.Hardness(19 * 1024, 2, 1))


@pytest.fixture
def kept(tmp_path: Path, quick: None) -> Path:
    keystore, keys = new_keystore()
    keystore = keystore.with_staff(keys, "Amina", PASSPHRASE).with_machine(keys, MACHINE)
    keystore.with_recovery(keys, RECOVERY.public_key()).write(tmp_path)
    return tmp_path


def change(folder: Path, how: Callable[[dict[str, Any]], None]) -> Keystore:
    plain = json.loads(keystore_file(folder).read_text())
    how(plain)
    keystore_file(folder).write_text(json.dumps(plain))
    return read_keystore(folder)


def test_every_slot_opens_the_same_key(kept: Path) -> None:
    keystore = read_keystore(kept)
    keys = keystore.open_with_passphrase("Amina", PASSPHRASE)
    assert keystore.open_with_machine(MACHINE) == keys
    assert keystore.open_with_recovery(RECOVERY) == keys
    assert keystore.staff == ("Amina",)
    assert len(keys[0].pragma) == 96


def test_a_passphrase_opens_however_its_letters_were_made(tmp_path: Path, quick: None) -> None:
    keystore, keys = new_keystore()
    keystore = keystore.with_staff(keys, "Zoë", "caf\u00e9 \u017c\u00f3\u0142w")
    assert keystore.open_with_passphrase("Zoë", "cafe\u0301 z\u0307o\u0301\u0142w") == keys


def test_nothing_else_opens_it(kept: Path) -> None:
    keystore = read_keystore(kept)
    for name, passphrase in (("Amina", "wrong"), ("Amina", ""), ("Bo", PASSPHRASE)):
        with pytest.raises(WrongKey):
            keystore.open_with_passphrase(name, passphrase)
    with pytest.raises(WrongKey):
        keystore.open_with_machine(b"n" * 32)
    with pytest.raises(WrongKey):
        keystore.open_with_recovery(X25519PrivateKey.generate())


def test_staff_passphrases_work_hard_enough() -> None:
    hard = slots.STAFF_HARDNESS
    assert (hard.memory, hard.passes, hard.lanes) == (64 * 1024, 3, 4)


@pytest.mark.parametrize(
    "hardness",
    [
        {"memory": 8},
        {"passes": 1},
        {"lanes": 0},
        {"memory": 8 * 1024 * 1024},
        {"passes": 10_000},
        {"lanes": 64},
    ],
)
def test_a_weakened_or_endless_slot_is_refused(kept: Path, hardness: dict[str, int]) -> None:
    keystore = change(kept, lambda plain: plain["slots"][0]["argon2id"].update(hardness))
    with pytest.raises(KeystoreDamaged):
        keystore.open_with_passphrase("Amina", PASSPHRASE)


def _put_in_a_slot(plain: dict[str, Any]) -> None:
    keystore, keys = new_keystore()
    other = keystore.with_machine(keys, b"e" * 32)._plain()["slots"][0]
    plain["slots"].append(other | {"name": "evil"})


def _swap_a_public_key(plain: dict[str, Any]) -> None:
    plain["slots"][1]["public"] = "ab" * 32


@pytest.mark.parametrize(
    "fault",
    [
        _put_in_a_slot,
        _swap_a_public_key,
        lambda plain: plain["slots"].pop(1),
        lambda plain: plain["slots"][1].update(name="renamed"),
        lambda plain: plain["seals"].clear(),
        lambda plain: plain["seals"].update({"1": "00" * 32}),
        lambda plain: plain["slots"][0].update(wrapped={}),
    ],
)
def test_what_was_changed_without_the_key_is_found(
    kept: Path, fault: Callable[[dict[str, Any]], None]
) -> None:
    keystore = change(kept, fault)
    with pytest.raises(KeystoreDamaged):
        keystore.open_with_passphrase("Amina", PASSPHRASE)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "not json", '{"form": 2}', '{"form": 1, "store": 5}']
)
def test_a_file_that_we_did_not_write_is_damaged(tmp_path: Path, text: str) -> None:
    keystore_file(tmp_path).write_text(text)
    with pytest.raises(KeystoreDamaged):
        read_keystore(tmp_path)


def test_any_changed_byte_is_refused_by_name(kept: Path) -> None:
    whole = keystore_file(kept).read_bytes()
    keys = read_keystore(kept).open_with_machine(MACHINE)
    for at in range(0, len(whole), 7):
        cut = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        keystore_file(kept).write_bytes(cut)
        try:
            found = read_keystore(kept).open_with_machine(MACHINE)
        except (KeystoreDamaged, WrongKey):
            continue
        assert found == keys, "only a space between the words may differ"


def test_no_file_is_its_own_failure(tmp_path: Path) -> None:
    with pytest.raises(KeystoreMissing):
        read_keystore(tmp_path)


def test_another_store_s_key_is_wrong(kept: Path) -> None:
    _, others = new_keystore()
    with pytest.raises(WrongKey):
        read_keystore(kept).confirm(others)
    (mine,) = read_keystore(kept).open_with_machine(MACHINE)
    with pytest.raises(WrongKey):
        read_keystore(kept).confirm((replace(mine, key=b"x" * 32),))


def test_it_holds_no_key_in_the_clear(kept: Path) -> None:
    text = keystore_file(kept).read_text()
    key = read_keystore(kept).open_with_machine(MACHINE)[0]
    assert key.key.hex() not in text
    assert PASSPHRASE not in text
    assert keystore_file(kept).stat().st_mode & 0o077 == 0
    assert key.key.hex() not in repr(key)


# --- changing it -----------------------------------------------------------------------------------


def test_a_new_passphrase_takes_the_place_of_the_old(kept: Path) -> None:
    keystore = read_keystore(kept)
    keys = keystore.open_with_machine(MACHINE)
    keystore = keystore.with_staff(keys, "Amina", "another good phrase")
    assert keystore.open_with_passphrase("Amina", "another good phrase") == keys
    with pytest.raises(WrongKey):
        keystore.open_with_passphrase("Amina", PASSPHRASE)


def test_someone_who_left_opens_it_no_more_and_not_the_next_key(kept: Path) -> None:
    before = read_keystore(kept)
    keys = before.open_with_machine(MACHINE)
    after, both = before.without(keys, SlotKind.STAFF, "Amina").with_new_key(keys)
    after = after.with_only(both[0])
    with pytest.raises(WrongKey):
        after.open_with_passphrase("Amina", PASSPHRASE)
    assert after.open_with_machine(MACHINE) == (both[0],)
    assert before.open_with_passphrase("Amina", PASSPHRASE) == keys != (both[0],)


def test_the_last_slot_cannot_be_taken_away() -> None:
    keystore, keys = new_keystore()
    keystore = keystore.with_machine(keys, MACHINE)
    with pytest.raises(KeyError):
        keystore.without(keys, SlotKind.MACHINE, "machine")
    with pytest.raises(KeyError):
        keystore.without(keys, SlotKind.STAFF, "nobody")


def test_a_new_key_reaches_every_slot_without_a_passphrase(kept: Path) -> None:
    keystore = read_keystore(kept)
    keystore, both = keystore.with_new_key(keystore.open_with_machine(MACHINE))
    keystore.write(kept)
    again = read_keystore(kept)
    assert again.open_with_passphrase("Amina", PASSPHRASE) == both
    assert again.open_with_recovery(RECOVERY) == both
    only = again.with_only(both[0])
    assert only.open_with_passphrase("Amina", PASSPHRASE) == both[:1]


# --- on paper --------------------------------------------------------------------------------------


def test_a_key_comes_back_from_paper_as_people_type() -> None:
    text = to_paper(RECOVERY_KEY, b"r" * 32)
    typed = text.lower().replace("-", " ", 5) + "\n"
    assert recovery_key_from_paper(typed).private_bytes_raw() == b"r" * 32


def test_a_slip_in_typing_is_found() -> None:
    text = to_paper(PLACE_KEY, bytes(range(32)))
    for wrong in (
        text[:-1],
        text.replace("A", "B", 1),
        text + "A",
        "",
        to_paper(RECOVERY_KEY, b"r" * 32),
    ):
        with pytest.raises(WrongKey):
            from_paper(PLACE_KEY, wrong)
