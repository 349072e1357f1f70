"""verify: genuine or not, and why, from text, picture or page, without a network or a key."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.domain import receipt
from kiosk.printing.qr import qr_png
from kiosk.services.setting_up import open_as
from tests.cli.conftest import PASSPHRASE, Command


@pytest.fixture
def token(real: Path) -> str:
    """A receipt of the device that was set up, as its store signs it."""
    moment = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)
    with open_as(real, "Asha", PASSPHRASE, datetime.now(UTC)) as store:
        return receipt.issue(bytes(range(16)), moment, receipt.key_id(store.public_key), store.sign)


def test_a_genuine_receipt(command: Command, token: str) -> None:
    ran = command("verify", token)
    assert ran.code == 0
    assert ran.out.startswith("Genuine.")
    report = json.loads(command("verify", token, "--json").out)
    assert report["genuine"] is True
    assert report["reason"] == "genuine"
    assert report["receipt_id"] == bytes(range(16)).hex()
    assert report["issued_at"] == "2026-11-22T12:00:05+00:00"
    assert report["place"]


def test_any_one_character_changed_and_it_is_not(command: Command, token: str) -> None:
    chance = random.Random(7)
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:abcé\u202e"
    for position in range(len(token)):
        other = chance.choice([sign for sign in signs if sign != token[position]])
        changed = token[:position] + other + token[position + 1 :]
        ran = command("verify", changed)
        assert ran.code == 1, (position, other)
        assert ran.out.startswith("Not genuine")


def test_cut_folded_or_repeated_it_is_not(command: Command, token: str) -> None:
    for other in (token[:-1], token[1:], token.lower(), token * 2, token + "0", "YS1:"):
        assert command("verify", other).code == 1


def test_another_places_receipt_is_not_known_here(command: Command, token: str, real: Path) -> None:
    for path in (real / "known_places").iterdir():
        path.unlink()
    report = json.loads(command("verify", token, "--json").out)
    assert (report["genuine"], report["reason"]) == (False, "another-place")


def test_from_a_picture_a_text_file_and_standard_input(
    command: Command, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "receipt.png").write_bytes(qr_png(token))
    (tmp_path / "receipt.txt").write_text(token + "\n")
    assert command("verify", str(tmp_path / "receipt.png")).code == 0
    assert command("verify", str(tmp_path / "receipt.txt")).code == 0
    with (tmp_path / "receipt.txt").open() as given:
        monkeypatch.setattr("sys.stdin", given)
        assert command("verify", "-").code == 0


def test_files_that_are_no_receipts(command: Command, tmp_path: Path) -> None:
    (tmp_path / "other.png").write_bytes(qr_png("https://example.org"))
    assert command("verify", str(tmp_path / "other.png")).code == 1
    (tmp_path / "junk.png").write_bytes(b"\x89PNG junk \xff")
    assert command("verify", str(tmp_path / "junk.png")).code == 2
    (tmp_path / "junk.pdf").write_bytes(b"%PDF-1.7 junk")
    assert command("verify", str(tmp_path / "junk.pdf")).code == 2
    (tmp_path / "empty.txt").touch()
    assert command("verify", str(tmp_path / "empty.txt")).code == 1
    assert command("verify", str(tmp_path)).code == 2
