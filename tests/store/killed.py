"""One kiosk that is killed in the middle: run as a module with a folder and a seed.

Prints a line before each act, and one after it has come back, so that whoever kills it knows what
was confirmed and what was on its way.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

from bench.sample import HandClock, sample_place, sample_visit
from kiosk.domain.consent import Answer
from kiosk.services.consents import Consents
from kiosk.services.people import People
from kiosk.services.receipts import Receipts
from kiosk.store.files import known_places_folder
from kiosk.store.keystore import read_keystore
from kiosk.store.opening import open_store

MACHINE = b"m" * 32


def tell(*words: str) -> None:
    """Say a line, so that it is heard even if the next moment is the last."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def go_on(data_dir: Path, seed: int) -> None:
    """Record visits and withdrawals for ever."""
    chance = random.Random(seed)
    clock, place = HandClock(), sample_place()
    store = open_store(data_dir, read_keystore(data_dir).open_with_machine(MACHINE), clock.now())
    receipts = Receipts(store, known_places_folder(data_dir))
    people = People(store, receipts, clock)
    consents = Consents(store, place, people, clock)
    known: list[bytes] = []
    tell("open")
    while True:
        person = chance.choice([None, *known[-5:]])
        if person is not None and chance.random() < 0.5:
            tell("stopping", person.hex())
            consents.stop(person, None)
            tell("stopped", person.hex())
            continue
        answer = chance.choice([Answer.YES, Answer.YES, Answer.NO])
        visit = sample_visit(place, answer=answer, person=person)
        asked = chance.sample(sorted(visit.answers), chance.randint(1, len(visit.answers)))
        visit = replace(visit, answers={key: visit.answers[key] for key in asked})
        said = ",".join(sorted(f"{agency}={answer}" for agency, _ in visit.answers))
        tell("recording", person.hex() if person else "-", said)
        recorded = consents.record(visit)
        known.append(recorded.person)
        tell("recorded", recorded.person.hex(), said, recorded.token.encode().hex())


if __name__ == "__main__":
    go_on(Path(sys.argv[1]), int(sys.argv[2]))
