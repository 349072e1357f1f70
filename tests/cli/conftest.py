"""Commands as an operator types them: in this process, with their output kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.cli import run

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "three plain words"


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs `main.py WORDS --data tmp`; checks that a failure is one line and no traceback."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    def ran(*words: str) -> Ran:
        try:
            code = run(["--data", str(tmp_path / "data"), *words])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        if code == 2:
            assert said.err.count("\n") == 1, said.err
            assert said.err.startswith("main.py")
        return Ran(code, said.out, said.err)

    return ran


@pytest.fixture
def own_place(tmp_path: Path) -> Path:
    """A place pack that is not the demo."""
    text = (ROOT / "places" / "demo.toml").read_text(encoding="utf-8")
    path = tmp_path / "ours.toml"
    path.write_text(text.replace("demo = true", "demo = false"), encoding="utf-8")
    return path


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """The first worker's passphrase, in a file."""
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was set up for real, with one worker, Asha; made once, copied often."""
    from dataclasses import replace

    from kiosk.content.places import read_place
    from kiosk.services.setting_up import make_real

    folder = tmp_path_factory.mktemp("made")
    place = replace(read_place(ROOT / "places" / "demo.toml"), demo=False)
    secrets = make_real(
        folder / "data", place, name="Asha", passphrase=PASSPHRASE, now=datetime.now(UTC)
    )
    (folder / "place.key").write_text(secrets.place_key)
    (folder / "recovery.key").write_text(secrets.recovery_key)
    return folder


@pytest.fixture
def real(set_up_once: Path, tmp_path: Path) -> Path:
    """A copy of that folder, where `command` looks, with its two keys beside it."""
    for path in set_up_once.iterdir():
        if path.is_dir():
            shutil.copytree(path, tmp_path / path.name)
        else:
            shutil.copy(path, tmp_path)
    return tmp_path / "data"
