"""What the tests of words share: everything compiled once, and a small easy_read to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.catalogues import build_catalogues
from kiosk.content.statements import Statements, read_statements


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with every language compiled."""
    folder = tmp_path_factory.mktemp("build")
    build_catalogues(folder)
    return folder


@pytest.fixture(scope="session")
def statements() -> Statements:
    """Every statement of easy_read."""
    return read_statements()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small easy_read and an empty locales, to plant faults in."""
    folder = tmp_path / "easy_read"
    folder.mkdir()
    (tmp_path / "locales").mkdir()
    (folder / "kiosk.toml").write_text(
        '[statement."bar.back"]\nen = "Back"\n\n'
        '[statement."no"]\nen = "No"\n\n'
        '[statement."kinds.title"]\nen = "What can we tell {agency}?"\n',
        encoding="utf-8",
    )
    (folder / "shares.toml").write_text(
        '[statement."answer.no"]\nen = "No"\npicture = "answer.no"\n', encoding="utf-8"
    )
    return tmp_path
