"""Names, exit codes and lines of main.py's commands are a contract: scripts depend on them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import opening
from kiosk.cli.building import Bar
from kiosk.cli.command import one_line
from kiosk.cli.screen import has_screen
from tests.cli.conftest import ROOT, Command

COMMANDS = ["tour", "verify", "place", "content", "keys", "rebuild", "doctor", "bench", "build"]


@pytest.mark.parametrize(
    "words",
    [[], *[[name] for name in COMMANDS], ["place", "check"], ["keys", "init"], ["keys", "list"]],
    ids=" ".join,
)
def test_every_command_has_help(command: Command, words: list[str]) -> None:
    ran = command(*words, "--help")
    assert ran.code == 0
    assert "usage: main.py" in ran.out
    if words not in (["place"], ["keys"]):
        assert "--data" in ran.out


def test_the_list_of_commands_leaves_out_build(command: Command) -> None:
    listed = command("--help").out
    assert all(f"\n    {name} " in listed for name in COMMANDS if name != "build")
    assert "\n    build " not in listed


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["verify"],
        ["verify", "none.png"],
        ["place", "check", "none.toml"],
        ["place"],
        ["content", "--language", "xx"],
        ["tour"],
        ["keys", "list"],
        ["rebuild", "--as", "Asha"],
        ["bench", "nonsense"],
        ["--settings", "none.toml", "verify", "x"],
        ["--no-such-flag"],
    ],
    ids=" ".join,
)
def test_bad_use_is_one_line_and_exit_code_2(command: Command, words: list[str]) -> None:
    assert command(*words).code == 2


def test_without_a_screen_the_kiosk_names_the_tour(command: Command) -> None:
    ran = command()
    assert ran.code == 2
    assert "main.py tour" in ran.err


def test_what_nobody_foresaw_is_named_by_its_place_and_not_by_its_message(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> bool:
        raise LookupError("Asha Begum")

    monkeypatch.setattr(opening, "has_screen", broken)
    (tmp_path / "data").mkdir()
    ran = command()
    assert ran.code == 2
    assert "LookupError at tests/cli/test_commands.py" in ran.err
    log = (tmp_path / "data" / "log" / "kiosk.jsonl").read_text()
    assert "LookupError" in log
    assert "Asha" not in log + ran.err


def test_stopped_by_hand_it_says_nothing(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(opening, "has_screen", stopped)
    ran = command()
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_whoever_reads_our_output_may_stop_reading() -> None:
    ran = subprocess.run(
        f"{sys.executable} main.py content --json | head -c 1",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.stderr == ""


def test_main_py_finds_the_environment_that_set_up_made(tmp_path: Path) -> None:
    """With a Python that has none of our packages, and from another folder."""
    bare = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "main.py"), "verify", "x"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    made = (ROOT / ".venv" / "bin" / "python").exists()
    assert bare.returncode == (1 if made else 2)
    assert bare.stderr == "" or "bin/setup" in bare.stderr


# --- place, content, build, screen ---------------------------------------------------------------


def test_a_sound_pack_and_a_faulty_one(command: Command, own_place: Path) -> None:
    assert command("place", "check", str(own_place)).code == 0
    text = own_place.read_text()
    own_place.write_text(text.replace('nation = "england"', 'nation = "atlantis"'))
    ran = command("place", "check", str(own_place))
    assert ran.code == 1
    assert "ours.toml:" in ran.out
    report = json.loads(command("place", "check", str(own_place), "--json").out)
    assert report["faults"][0]["line"] > 0
    assert report["faults"][0]["instead"]


def test_a_bar_has_a_line_at_each_quarter_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bar = Bar("pictures", terminal=False)
    for done in range(9):
        bar(done, 8)
    said = capsys.readouterr().err.splitlines()
    assert said == [f"pictures: {n}% of 8" for n in (0, 25, 50, 75, 100)]
    bar = Bar("pictures", terminal=True)
    bar(0, 0)
    assert capsys.readouterr().err.endswith("100% of 0\n")


def test_a_line_is_one_line() -> None:
    assert one_line("a\nb\x1b[2J\rc") == "a b [2J c"


@pytest.mark.parametrize(
    ("display", "there"),
    [(":7", True), (":7.0", True), (":8", False), ("far:0", True), ("", False)],
)
def test_a_screen_is_one_that_is_there(tmp_path: Path, display: str, there: bool) -> None:
    (tmp_path / "X7").touch()
    none = tmp_path / "none"
    assert has_screen({"DISPLAY": display}, x_sockets=tmp_path, graphics=none) is there


def test_wayland_alone_is_no_screen_for_sdl(tmp_path: Path) -> None:
    assert not has_screen({"WAYLAND_DISPLAY": "wayland-0"}, tmp_path, tmp_path)


def test_nothing_is_written_outside_the_data_folder_by_looking(
    command: Command, tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    command("verify", "x")
    command("keys", "list")
    assert set(tmp_path.iterdir()) == before
