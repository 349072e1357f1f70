"""doctor: finds what keeps a kiosk from working, and pages from staying private."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli import doctor
from kiosk.cli.doctor import Health
from kiosk.settings import read_settings
from tests.cli.conftest import Command


def test_it_reports_every_thing_it_looked_at(command: Command) -> None:
    found = json.loads(command("doctor", "--json").out)
    things = {each["thing"] for each in found}
    assert {"disk", "place", "keys", "fonts", "sound", "printer", "language en"} <= things
    assert all(each["sentence"] for each in found)


def test_a_real_device_without_its_database_is_a_fault(
    command: Command, real: Path, own_place: Path
) -> None:
    assert "keys: 1 members of staff" in command("doctor", "--place", str(own_place)).out
    (real / "your-say.db").unlink()
    ran = command("doctor", "--place", str(own_place))
    assert ran.code == 1
    assert "FAULT  store" in ran.out
    (real / "keystore.json").write_text("{}")
    assert "FAULT  keys" in command("doctor", "--place", str(own_place)).out


def test_a_faulty_place_is_a_fault(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[place]\n")
    ran = command("doctor", "--place", str(tmp_path / "bad.toml"))
    assert (ran.code, "FAULT  place" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("text", "health"),
    [
        ("", Health.FAULT),
        ("PreserveJobFiles No\n", Health.FAULT),
        ("# PreserveJobFiles No\n# PreserveJobHistory No\n", Health.FAULT),
        ("PreserveJobFiles Yes\nPreserveJobHistory No\n", Health.FAULT),
        ("PreserveJobFiles No\n  preservejobhistory off\n", Health.GOOD),
    ],
)
def test_a_print_system_that_keeps_pages_is_a_fault(
    tmp_path: Path, text: str, health: Health
) -> None:
    (tmp_path / "cupsd.conf").write_text(text)
    finding = doctor._privacy(tmp_path / "cupsd.conf")
    assert finding.health is health


def test_an_unreadable_print_system_is_worth_a_look(tmp_path: Path) -> None:
    assert doctor._privacy(tmp_path / "none").health is Health.LOOK


def test_a_full_disk_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings({"data_dir": tmp_path / "not" / "yet"}, {})
    assert [finding.health for finding in doctor.disk(settings)] == [Health.GOOD]
    monkeypatch.setattr(doctor, "LEAST_FREE", 1 << 60)
    assert [finding.health for finding in doctor.disk(settings)] == [Health.FAULT]


def test_a_folder_that_others_can_read_is_worth_a_look(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    settings = read_settings({"data_dir": tmp_path / "data"}, {})
    assert doctor.disk(settings)[-1].health is Health.LOOK
