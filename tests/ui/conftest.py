"""Kiosks for the tests of screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.at_hand import Demo, KioskAtHand, make, no_ink, open_kiosk

__all__ = ["no_ink"]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return make(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def hand(demo: Demo, tmp_path: Path, no_ink: None) -> Iterator[KioskAtHand]:
    """A kiosk just opened; whatever nobody foresaw fails the test at once."""
    opened = open_kiosk(demo, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def seeing_hand(demo: Demo, tmp_path: Path) -> Iterator[KioskAtHand]:
    """The same, with everything drawn."""
    opened = open_kiosk(demo, tmp_path / "data")
    yield opened
    opened.close()
