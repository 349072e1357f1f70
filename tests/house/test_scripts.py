"""bin/ and .ci/run: what they do when something lacks, and that no test run goes unnoticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rules import ROOT

SCRIPTS = [*sorted((ROOT / "bin").iterdir()), ROOT / ".ci" / "run"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_plain_sh_and_can_be_run(script: Path) -> None:
    assert script.read_text().startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)
    assert subprocess.run(["sh", "-n", str(script)], timeout=10).returncode == 0


# --- .ci/run -------------------------------------------------------------------------------------


@pytest.fixture
def ci(tmp_path: Path) -> Path:
    """A copy of .ci/run with stand-ins for what it calls."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    for name in ("setup", "check", "test"):
        stand_in(tmp_path / "bin" / name, "exit 0")
    return tmp_path


def stand_in(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("tests", "checks", "code"),
    [
        ('echo "===== 12 passed in 3.4s ====="', "exit 0", 0),
        ('echo "===== 12 passed, 1 skipped in 3.4s ====="', "exit 0", 0),
        ('echo "===== 2 failed, 10 passed in 3.4s ====="; exit 1', "exit 0", 1),
        ('echo "===== 10 passed, 1 error in 3.4s ====="; exit 1', "exit 0", 1),
        ('echo "===== no tests ran in 0.1s ====="; exit 5', "exit 0", 1),
        ('echo "===== no tests ran in 0.1s ====="', "exit 0", 1),
        ("exit 0", "exit 0", 1),
        ('echo "12 passed in 3.4s"; exit 3', "exit 0", 1),
        ('echo "===== 12 passed in 3.4s ====="', "exit 1", 1),
    ],
)
def test_ci_fails_unless_tests_ran_and_all_is_well(
    ci: Path, tests: str, checks: str, code: int
) -> None:
    stand_in(ci / "bin" / "test", tests)
    stand_in(ci / "bin" / "check", checks)
    ran = subprocess.run(
        ["bash", ".ci/run"],
        cwd=ci,
        env={"PATH": os.environ["PATH"], "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ran.returncode == code, ran.stdout
    assert " passed, " in ran.stdout.splitlines()[-1] or code == 1


# --- bin/setup -----------------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A clone with nothing set up, and a PATH of stand-ins for a machine of its own."""
    (tmp_path / "clone" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "setup", tmp_path / "clone" / "bin" / "setup")
    machine = tmp_path / "machine"
    machine.mkdir()
    for name in ("sh", "dirname", "tr", "sed", "cat", "uname", "sha256sum", "cut", "grep", "env"):
        (machine / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def set_up(bare: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(shutil.which("sh")), "bin/setup"],
        cwd=bare / "clone",
        env={"PATH": str(bare / "machine")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_without_a_python_that_fits_it_says_so(bare: Path) -> None:
    stand_in(bare / "machine" / "python3", "exit 1")
    ran = set_up(bare)
    assert (ran.returncode, "Python 3.11" in ran.stderr) == (2, True)


def test_without_debian_it_says_so(bare: Path) -> None:
    (bare / "machine" / "python3").symlink_to(sys.executable)
    ran = set_up(bare)
    assert (ran.returncode, "Debian" in ran.stderr) == (2, True)


def test_an_account_that_may_not_install_gets_the_one_line(bare: Path) -> None:
    (bare / "machine" / "python3").symlink_to(sys.executable)
    stand_in(bare / "machine" / "dpkg-query", "echo 'ii libgl1'; echo 'ii fonts-noto-core'; exit 1")
    stand_in(bare / "machine" / "id", "echo 1000")
    stand_in(bare / "machine" / "sudo", "exit 1")
    ran = set_up(bare)
    assert ran.returncode == 2
    line = ran.stderr.splitlines()[-1]
    assert line.startswith("sudo apt-get install --no-install-recommends libegl1 ")
    assert "libgl1 " not in line
    assert "fonts-noto-core" not in line
    assert "|" not in line
    assert not (bare / "clone" / ".venv").exists()
