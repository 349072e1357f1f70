"""Our house rules hold, and each check catches a breach that is planted."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.content.statements import read_statements
from tests.house import rules
from tests.house.rules import ROOT

Rule = Callable[[Path], list[str]]


def tracked(root: Path) -> list[Path]:
    """Files that are or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [root / name for name in listed.stdout.split("\0") if name]
    return [path for path in names if path.is_file() and path.suffix not in (".png", ".ogg")]


def machine_paths(root: Path) -> list[str]:
    files = tracked(root) if (root / ".git").exists() else list(root.rglob("*.*"))
    return rules.machine_paths(root, files)


def statements(root: Path) -> list[str]:
    return rules.statements_that_do_not_exist(root, read_statements().by_id)


CASES: list[tuple[Rule, str, str]] = [
    (
        rules.sentences_outside_their_homes,
        "kiosk/services/planted.py",
        '"""Doc."""\nx = "Your answer was saved."\n',
    ),
    (
        rules.sentences_outside_their_homes,
        "kiosk/store/planted.py",
        '"""Doc."""\ndef f(n: int) -> str:\n    return f"You have {n} choices left"\n',
    ),
    (rules.prints, "kiosk/ui/planted.py", '"""Doc."""\nprint("x")\n'),
    (rules.prints, "kiosk/store/planted.py", '"""Doc."""\nimport sys\nsys.stdout.write("x")\n'),
    (
        statements,
        "kiosk/ui/planted.py",
        '"""Doc."""\ndef f(screen) -> None:\n    screen.say("no.such.statement")\n',
    ),
    (
        statements,
        "kiosk/printing/planted.py",
        '"""Doc."""\ndef f(words, x) -> None:\n    words.text(f"no.such.{x}")\n',
    ),
    (
        rules.blind_excepts,
        "kiosk/ui/planted.py",
        '"""Doc."""\ntry:\n    pass\nexcept Exception:\n    pass\n',
    ),
    (
        rules.blind_excepts,
        "kiosk/ui/planted.py",
        '"""Doc."""\ntry:\n    pass\nexcept (OSError, BaseException) as e:\n    raise ValueError from e\n',
    ),
    (rules.blind_excepts, "main.py", "try:\n    pass\nexcept:\n    pass\n"),
    (rules.names_that_are_not_ours, "kiosk/services/user_store.py", '"""Doc."""\n'),
    (
        rules.names_that_are_not_ours,
        "kiosk/ui/planted.py",
        '"""Doc."""\nclass ScreenManagerHelper:\n    pass\n',
    ),
    (rules.long_files, "kiosk/domain/planted.py", '"""Doc."""\n' + "x = 1\n" * 351),
    (rules.files_without_a_docstring, "kiosk/content/planted.py", "x = 1\n"),
    (rules.logic_in_kv, "kiosk/ui/planted.kv", "<Screen>:\n    on_press: app.stop()\n"),
    (machine_paths, "docs/planted.md", "See /" + "work/notes\n"),
    (machine_paths, "requirements.txt", "--extra-index-" + "url x\n"),
    (
        rules.tests_that_do_not_run,
        "tests/planted.py",
        "import pytest\n\n@pytest.mark." + "skip\ndef test_x():\n    pass\n",
    ),
    (rules.loose_pins, "requirements.txt", "cbor2==0.1 \\\n    --hash=sha256:00\n"),
    (rules.loose_pins, "requirements-dev.txt", "cbor2==6.2.1\n"),
]


@pytest.mark.parametrize(
    "rule", list(dict.fromkeys(case[0] for case in CASES)), ids=lambda rule: rule.__name__
)
def test_the_house_keeps_it(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    ("rule", "file", "breach"), CASES, ids=[f"{rule.__name__}-{file}" for rule, file, _ in CASES]
)
def test_a_breach_is_caught(tmp_path: Path, rule: Rule, file: str, breach: str) -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("cbor2==6.2.1 \\\n    --hash=sha256:00\n")
    (tmp_path / "main.py").write_text('"""Doc."""\n')
    assert rule(tmp_path) == []
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(breach)
    assert len(rule(tmp_path)) == 1


def test_the_import_contracts_hold() -> None:
    assert rules.broken_contracts(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("kiosk/domain/planted.py", "import kiosk.services", "Imports point down"),
        ("kiosk/typeset/planted.py", "import kiosk.printing", "Imports point down"),
        ("kiosk/speech/planted.py", "import kiosk.typeset", "Imports point down"),
        ("kiosk/errors.py", "import kiosk.settings", "Imports point down"),
        ("kiosk/ui/planted.py", "import kiosk.bootstrap", "Imports point down"),
        ("kiosk/planted/__init__.py", "", "Imports point down"),  # no floor names it
        ("kiosk/services/planted.py", "import kivy", "Kivy only in ui"),
        ("kiosk/services/planted.py", "from sqlcipher3 import dbapi2", "SQL only in store"),
        ("kiosk/store/planted.py", "import sqlite3", "SQL only in store"),
        ("kiosk/ui/planted.py", "import socket", "No network"),
        ("kiosk/content/planted.py", "from urllib import request", "No network"),
        ("kiosk/domain/planted.py", "import time", "The domain is pure"),
    ],
)
def test_a_planted_import_is_caught(small_house: Path, file: str, line: str, contract: str) -> None:
    (small_house / file).parent.mkdir(parents=True, exist_ok=True)
    with (small_house / file).open("a") as planted:
        planted.write(f"{line}\n")
    broken = rules.broken_contracts(small_house)
    assert len(broken) >= 1
    assert any(contract in said for said in broken), broken


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """Every package of ours, empty: quick to look through."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    folders = [path for path in (ROOT / "kiosk").iterdir() if (path / "__init__.py").exists()]
    for folder in folders:
        (tmp_path / "kiosk" / folder.name).mkdir(parents=True)
        (tmp_path / "kiosk" / folder.name / "__init__.py").touch()
    for name in ("__init__", "bootstrap", "i18n", "settings", "logbook", "errors"):
        (tmp_path / "kiosk" / f"{name}.py").touch()
    return tmp_path
