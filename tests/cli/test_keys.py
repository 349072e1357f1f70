"""keys: a real data folder from a place pack, and who may open it."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from kiosk.store.keystore import read_keystore
from tests.cli.conftest import PASSPHRASE, Command

NEW = "another three words"


@pytest.fixture
def new_file(tmp_path: Path) -> str:
    path = tmp_path / "new"
    path.write_text(NEW + "\n")
    return str(path)


def test_a_real_device_is_set_up_with_its_keys_elsewhere(
    command: Command, tmp_path: Path, own_place: Path, passphrase_file: Path
) -> None:
    place_key, recovery_key = tmp_path / "stick" / "place", tmp_path / "stick" / "recovery"
    place_key.parent.mkdir()
    words = ["keys", "init", "--place", str(own_place), "--name", "Asha"]
    words += ["--place-key", str(place_key), "--recovery-key", str(recovery_key)]
    words += ["--new-passphrase-file", str(passphrase_file)]
    made = command(*words)
    assert made.code == 0, made.err
    for path, prefix in ((place_key, "PLACE-"), (recovery_key, "RECOVERY-")):
        assert path.read_text().startswith(prefix)
        assert len(path.read_text().splitlines()) == 1
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text().strip() not in made.out
    everything = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
    assert place_key.read_bytes().strip() not in everything
    listed = json.loads(command("keys", "list", "--json").out)
    assert [slot["kind"] for slot in listed["slots"]] == ["staff", "recovery"]
    assert len(listed["places"][0]["devices"]) == 1
    assert command("rebuild", "--as", "Asha", "--passphrase-file", str(passphrase_file)).code == 0
    again = command(*words)
    assert (again.code, "already" in again.err) == (2, True)


@pytest.mark.parametrize("fault", ["inside", "same", "exists", "demo", "short", "name", "nowhere"])
def test_a_set_up_that_cannot_be_leaves_nothing(
    command: Command, tmp_path: Path, own_place: Path, passphrase_file: Path, fault: str
) -> None:
    chosen = {
        "--place": str(own_place),
        "--name": "Asha",
        "--place-key": str(tmp_path / "place.key"),
        "--recovery-key": str(tmp_path / "recovery.key"),
        "--new-passphrase-file": str(passphrase_file),
    }
    if fault == "inside":
        chosen["--place-key"] = str(tmp_path / "data" / "place.key")
    if fault == "same":
        chosen["--recovery-key"] = chosen["--place-key"]
    if fault == "exists":
        (tmp_path / "recovery.key").write_text("mine")
    if fault == "demo":
        del chosen["--place"]
    if fault == "short":
        passphrase_file.write_text("short\n")
    if fault == "name":
        chosen["--name"] = " Asha"
    if fault == "nowhere":
        chosen["--recovery-key"] = str(tmp_path / "no" / "folder" / "key")
    assert command("keys", "init", *(word for pair in chosen.items() for word in pair)).code == 2
    assert not (tmp_path / "data" / "keystore.json").exists()
    assert not (tmp_path / "place.key").exists()
    if fault == "exists":
        assert (tmp_path / "recovery.key").read_text() == "mine"


def test_staff_come_and_go(
    command: Command, real: Path, passphrase_file: Path, new_file: str
) -> None:
    as_asha = ["--as", "Asha", "--passphrase-file", str(passphrase_file)]
    assert command("keys", "add", "Ben", *as_asha, "--new-passphrase-file", new_file).code == 0
    assert read_keystore(real).staff == ("Asha", "Ben")
    assert command("rebuild", "--as", "Ben", "--passphrase-file", new_file).code == 0
    assert command("keys", "remove", "Ben", *as_asha).code == 0
    assert command("rebuild", "--as", "Ben", "--passphrase-file", new_file).code == 2
    last = command("keys", "remove", "Asha", *as_asha)
    assert (last.code, "last" in last.err) == (2, True)
    assert command("keys", "remove", "Nobody", *as_asha).code == 2


def test_a_wrong_passphrase_changes_nothing(command: Command, real: Path, new_file: str) -> None:
    before = (real / "keystore.json").read_bytes()
    as_asha = ["--as", "Asha", "--passphrase-file", new_file]
    for words in (["add", "Ben", "--new-passphrase-file", new_file], ["remove", "Asha"], ["rekey"]):
        ran = command("keys", words[0], *words[1:], *as_asha)
        assert (ran.code, "does not open" in ran.err) == (2, True)
    assert (real / "keystore.json").read_bytes() == before


def test_the_recovery_key_gives_a_passphrase_anew(
    command: Command, real: Path, tmp_path: Path, new_file: str
) -> None:
    words = ["keys", "recover", "Asha", "--new-passphrase-file", new_file, "--recovery-key"]
    assert command(*words, str(tmp_path / "recovery.key")).code == 0
    assert command("rebuild", "--as", "Asha", "--passphrase-file", new_file).code == 0
    assert command(*words, str(tmp_path / "place.key")).code == 2
    assert command(*words, str(tmp_path / "none")).code == 2


def test_rekeyed_it_opens_as_before(command: Command, real: Path, passphrase_file: Path) -> None:
    before = (real / "your-say.db").read_bytes()
    as_asha = ["--as", "Asha", "--passphrase-file", str(passphrase_file)]
    assert command("keys", "rekey", *as_asha).code == 0
    assert (real / "your-say.db").read_bytes() != before
    assert command("rebuild", *as_asha).code == 0


def test_without_a_terminal_or_a_file_there_is_no_passphrase(command: Command, real: Path) -> None:
    ran = command("keys", "rekey", "--as", "Asha")
    assert (ran.code, "terminal" in ran.err) == (2, True)
    assert real.exists()


def test_a_lost_device_counts_no_more_and_the_list_travels(
    command: Command, real: Path, tmp_path: Path
) -> None:
    listed = json.loads(command("keys", "list", "--json").out)
    device = listed["places"][0]["devices"][0]["device"]
    old_list = next((real / "known_places").iterdir()).read_bytes()
    wrong = command("keys", "lost", "00" * 16, "--place-key", str(tmp_path / "place.key"))
    assert wrong.code == 2
    assert command("keys", "lost", device, "--place-key", str(tmp_path / "place.key")).code == 0
    listed = json.loads(command("keys", "list", "--json").out)
    assert listed["places"][0]["devices"][0]["lost_from"]
    (tmp_path / "old.cbor").write_bytes(old_list)
    assert command("keys", "trust", str(tmp_path / "old.cbor")).code == 2
    (tmp_path / "junk.cbor").write_bytes(b"junk")
    assert command("keys", "trust", str(tmp_path / "junk.cbor")).code == 2
    (tmp_path / "new.cbor").write_bytes(next((real / "known_places").iterdir()).read_bytes())
    assert command("keys", "trust", str(tmp_path / "new.cbor")).code == 0


def test_passphrases_are_never_printed(command: Command, real: Path, passphrase_file: Path) -> None:
    as_asha = ["--as", "Asha", "--passphrase-file", str(passphrase_file)]
    for words in (["keys", "list"], ["keys", "rekey", *as_asha], ["rebuild", *as_asha]):
        ran = command(*words)
        assert PASSPHRASE not in ran.out + ran.err
    assert real.exists()
