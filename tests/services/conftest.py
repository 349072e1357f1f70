"""A kiosk without its screens: services over a real store, a place of twelve agencies, a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.sample import HandClock, sample_place
from kiosk.domain.place import Place
from kiosk.services.consents import Consents
from kiosk.services.people import People
from kiosk.services.receipts import Receipts
from kiosk.services.setting_up import make_demo
from kiosk.store.files import known_places_folder
from kiosk.store.keystore import DataKeys
from kiosk.store.opening import open_store
from kiosk.store.store import Store

WORKER = "worker-7"


@dataclass
class Desk:
    """Everything that a screen is handed of the store."""

    data_dir: Path
    keys: DataKeys
    place: Place
    clock: HandClock
    store: Store
    receipts: Receipts
    people: People
    consents: Consents

    @staticmethod
    def open(data_dir: Path, keys: DataKeys, place: Place, clock: HandClock) -> Desk:
        store = open_store(data_dir, keys, clock.now())
        receipts = Receipts(store, known_places_folder(data_dir))
        people = People(store, receipts, clock)
        consents = Consents(store, place, people, clock)
        return Desk(data_dir, keys, place, clock, store, receipts, people, consents)

    def restart(self) -> Desk:
        """Close, and open again with a monotonic clock that begins anew."""
        self.store.close()
        clock = HandClock(self.clock.time, 1_000_000.0)
        return Desk.open(self.data_dir, self.keys, self.place, clock)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    place, clock = sample_place(), HandClock()
    keys = make_demo(tmp_path, place, name="Amina", passphrase="any", now=clock.now())
    opened = Desk.open(tmp_path, keys, place, clock)
    yield opened
    opened.store.close()
