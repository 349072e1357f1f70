"""Settings: later wins, every value is checked by name, and Kivy is told before it is imported."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kiosk.errors import FileUnreadable, SettingsFaulty
from kiosk.settings import (
    DEMO_PLACE,
    KIVY_ENVIRONMENT,
    ROOT,
    Settings,
    read_settings,
    set_kivy_environment,
)


def test_without_anything_said_it_is_the_demo_full_screen() -> None:
    settings = read_settings(environment={}, flags={})
    assert settings.demo
    assert settings.fullscreen
    assert settings.place_file == DEMO_PLACE
    assert (settings.width, settings.height, settings.ppi) == (1280, 800, 149)
    assert (settings.idle_seconds, settings.warning_seconds) == (300, 60)


def test_flags_win_over_environment_and_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("width = 700\nheight = 701\nppi = 90\n")
    settings = read_settings(
        flags={"data_dir": str(tmp_path), "ppi": 110},
        environment={"YOURSAY_HEIGHT": "900", "YOURSAY_PPI": "100"},
    )
    assert (settings.width, settings.height, settings.ppi) == (700, 900, 110)


def test_a_flag_that_was_not_given_says_nothing(tmp_path: Path) -> None:
    settings = read_settings({"data_dir": tmp_path, "place_file": None}, {})
    assert settings.place_file == DEMO_PLACE
    assert settings.demo


def test_a_place_of_ones_own_is_no_demo_unless_said(tmp_path: Path) -> None:
    place = str(tmp_path / "ours.toml")
    assert not read_settings({"data_dir": tmp_path, "place_file": place}, {}).demo
    assert read_settings({"data_dir": tmp_path, "place_file": place, "demo": True}, {}).demo


def test_paths_in_a_file_are_beside_it(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('place_file = "ours.toml"\n')
    settings = read_settings({}, {"YOURSAY_DATA_DIR": str(tmp_path)})
    assert settings.place_file == tmp_path / "ours.toml"


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read_settings({}, {}, tmp_path / "none.toml")


@pytest.mark.parametrize(
    "line",
    [
        "width = 3",
        "width = true",
        'ppi = "many"',
        "warning_seconds = 5",
        "colour = 1",
        'fullscreen = "perhaps"',
        "printer = 7",
        "data_dir = 7",
        'place_file = ""',
        "= 3",
    ],
)
def test_a_value_that_cannot_be_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.toml").write_text(line)
    with pytest.raises(SettingsFaulty) as caught:
        read_settings({"data_dir": tmp_path}, {})
    assert caught.value.facts["file"] == "settings.toml"
    assert caught.value.facts["name"] in (line.split()[0], "TOML")


def test_a_file_that_is_no_text_is_faulty(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsFaulty):
        read_settings({"data_dir": tmp_path}, {})


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("YES", True), ("off", False)])
def test_a_switch_in_the_environment(tmp_path: Path, said: str, meant: bool) -> None:
    environment = {"YOURSAY_DATA_DIR": str(tmp_path), "YOURSAY_FULLSCREEN": said}
    assert read_settings({}, environment).fullscreen is meant


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings({}, {}).width = 3  # type: ignore[misc]
    assert Settings.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_kivy_writes_nothing_in_the_home_folder_and_heeds_no_flags(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}
    (tmp_path / "home").mkdir()
    environment["SDL_VIDEODRIVER"] = "offscreen"
    set_kivy_environment(tmp_path / "build", environment)
    assert environment.items() >= KIVY_ENVIRONMENT.items()
    script = (
        "import kivy, logging\n"
        "from kivy.logger import Logger\n"
        "logging.getLogger('ours').error('Asha Begum')\n"
        "Logger.error('Asha Begum')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, "--help"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        timeout=60,
    )
    assert ran.returncode == 0
    assert b"Kivy" not in ran.stdout  # no usage of its own
    assert list((tmp_path / "home").rglob("*")) == []
    kept = [path for path in (tmp_path / "build").rglob("*") if path.is_file()]
    assert not [path for path in kept if b"Asha" in path.read_bytes()]
