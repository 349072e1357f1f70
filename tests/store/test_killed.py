"""kill -9 at any moment: what was confirmed is there, what was not is not, and nothing in between."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.sample import BEGIN, HandClock, sample_place
from kiosk.domain.consent import Answer
from kiosk.services.consents import Consents
from kiosk.services.people import People
from kiosk.services.receipts import Receipts
from kiosk.store.files import known_places_folder
from kiosk.store.keystore import new_keystore, read_keystore
from kiosk.store.opening import create_store, open_store
from kiosk.store.store import Store
from tests.store.killed import MACHINE

Said = dict[str, Answer]
LONGEST_ACT = 0.012  # seconds: about two acts, so that any moment of one is met


@dataclass
class Told:
    """What the killed one told: confirmed answers by person, and the one act on its way."""

    confirmed: dict[str, Said] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    on_its_way: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        word, *rest = line.split()
        if word in ("recording", "stopping"):
            self.on_its_way = [word, *rest]
        elif word == "recorded":
            person, said, token = rest
            self.confirmed.setdefault(person, {}).update(answers_in(said))
            self.tokens[bytes.fromhex(token).decode()] = person
            self.on_its_way = []
        elif word == "stopped":
            self.confirmed[rest[0]] = dict.fromkeys(sample_place().agencies, Answer.WITHDRAWN)
            self.on_its_way = []

    def would_be(self) -> tuple[str, Said]:
        """Whose answers would differ, and how, had the act on its way come through."""
        word, person, *said = self.on_its_way
        if word == "stopping":
            return person, dict.fromkeys(sample_place().agencies, Answer.WITHDRAWN)
        return person, self.confirmed.get(person, {}) | answers_in(said[0])


def answers_in(said: str) -> Said:
    pairs = (part.split("=") for part in said.split(","))
    return {agency: Answer(answer) for agency, answer in pairs}


def killed_in_the_middle(data_dir: Path, seed: int) -> Told:
    """Run one kiosk, kill it at a seeded moment of a seeded act, and hear what it told."""
    chance = random.Random(seed)
    acts = chance.randint(0, 12)
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", str(data_dir), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    told = Told()
    with running:
        assert running.stdout is not None
        for line in running.stdout:
            told.hear(line)
            acts -= line.startswith(("recording", "stopping"))
            if acts < 0:
                break
        end = time.perf_counter() + chance.uniform(0, LONGEST_ACT)
        while time.perf_counter() < end:  # a sleep would be too coarse to fall inside an act
            pass
        running.kill()
        for line in running.stdout:  # what it had said before it died
            if line.endswith("\n"):
                told.hear(line)
    return told


def look(store: Store) -> dict[str, Said]:
    """Everybody's answers, as the store has them."""
    clock, place = HandClock(), sample_place()
    people = People(store, Receipts(store, Path()), clock)
    consents = Consents(store, place, people, clock)
    persons = [row[0] for row in store.projected()["person"]]
    return {
        person.hex(): {
            agency: given.answer for (agency, _), given in consents.chosen(person).items()
        }
        for person in persons
        if isinstance(person, bytes)
    }


def one_round(data_dir: Path, seed: int) -> str:
    """Kill one, open what it left, and say how it went: "between acts", "not there" or "all there"."""
    keystore, keys = new_keystore()
    keystore.with_machine(keys, MACHINE).write(data_dir)
    known_places_folder(data_dir).mkdir()
    create_store(data_dir, keys[0], place="demo", demo=True, now=BEGIN)
    told = killed_in_the_middle(data_dir, seed)
    with open_store(data_dir, read_keystore(data_dir).open_with_machine(MACHINE), BEGIN) as store:
        store.check(whole=True)
        before = store.projected()
        found = look(store)
        for token, person in told.tokens.items():
            assert any(row[4] == token and row[1].hex() == person for row in before["receipt"])  # type: ignore[attr-defined]
        store.rebuild()
        assert store.projected() == before
    if found == told.confirmed:
        return "not there" if told.on_its_way else "between acts"
    # The commit came back and the word of it did not: then all of that act is there.
    assert told.on_its_way, "nothing was on its way"
    person, said = told.would_be()
    if person == "-":
        (person,) = set(found) - set(told.confirmed)
    assert found == told.confirmed | {person: said}
    return "all there"


@pytest.mark.parametrize("seed", range(10))
def test_killed(tmp_path: Path, seed: int) -> None:
    one_round(tmp_path, seed)


@pytest.mark.slow
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    outcomes = []
    for seed in range(1000, 1200):
        data_dir = tmp_path / str(seed)
        data_dir.mkdir()
        outcomes.append(one_round(data_dir, seed))
    assert {"not there", "all there"} <= set(outcomes), "both sides of the commit were met"
