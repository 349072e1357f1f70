"""A folder with a store in it, and a store that is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.sample import BEGIN
from kiosk.store.opening import memory_store
from kiosk.store.store import Store
from tests.store.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store(BEGIN) as opened:
        yield opened
