"""Nothing of a visit outlives it in memory: no session, no screen, no paragraph of theirs."""

from __future__ import annotations

import gc
import weakref

from kiosk.domain.consent import Answer
from kiosk.typeset.paragraph import Paragraph
from kiosk.ui.routes import Step
from kiosk.ui.screen import Screen
from kiosk.ui.session import Session
from kiosk.ui.widgets.words import Words
from tests.journeys.walking import HOUSING
from tests.ui.at_hand import KioskAtHand

VISITS = 20
NAME = "zanzibarquagga"


def visit(hand: KioskAtHand, kept: list[weakref.ref[object]]) -> None:
    """A short one, on screens of every sort, in all three languages, that ends by Hide now."""
    hand.tap("rest.touch")
    hand.session.visit.choose(HOUSING, Answer.YES)
    hand.session.typed["found"] = NAME
    steps = (
        Step("notice"),
        Step("question", key=HOUSING),
        Step("review"),
        Step("found-entry", item="name"),
        Step("been-words", page=2),
    )
    for code, step in zip(("en", "pl", "ar", "pl", "en"), steps, strict=True):
        hand.session.choose_language(code)
        hand.session.go(step)
        hand.wait()
        kept += [weakref.ref(hand.session), weakref.ref(hand.screen)]
    hand.tap("bar.listen")
    hand.tap_at(*hand.find("hide").center)  # the test itself holds on to nothing meanwhile


def alive(kind: type) -> int:
    return sum(issubclass(type(thing), kind) for thing in gc.get_objects())


def test_after_twenty_visits_nothing_of_them_is_left(hand: KioskAtHand) -> None:
    kept: list[weakref.ref[object]] = []
    visit(hand, kept)
    hand.wait(2)
    gc.collect()
    before = {kind: alive(kind) for kind in (Session, Screen, Words)}
    for _ in range(VISITS - 1):
        visit(hand, kept)
    hand.wait(2)
    left = [ref() for ref in kept if ref() is not None]
    assert left == []
    gc.collect()
    assert {kind: alive(kind) for kind in before} == before
    texts = [thing.text for thing in gc.get_objects() if type(thing) is Paragraph]
    assert not any(NAME in text for text in texts)
