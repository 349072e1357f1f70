"""The first visit with a keypad and no touch at all: arrows and one key that taps."""

from __future__ import annotations

from kiosk.domain.place import Detail
from kiosk.ui.person.understanding import question_of
from tests.journeys.walking import HOSTEL, HOUSING, chosen, recorded, shared
from tests.ui.at_hand import KioskAtHand


def press_on(hand: KioskAtHand, *names: str) -> None:
    """Go to the first of these that is there, by the shorter way round, and press Enter."""
    wanted = next((name for name in names if hand.shows(name)), None)
    assert wanted is not None, f"none of {names} on {hand.where}: {hand.names()}"
    order = hand.names()
    ahead = order.index(wanted) + 1
    back = len(order) - order.index(wanted)
    for _ in range(min(ahead, back)):
        hand.key("down" if ahead <= back else "up")
    assert hand.find(wanted).focused
    hand.key("enter")
    hand.settle()


def answers(hand: KioskAtHand) -> None:
    """Yes to the first agency, No to the second, the others skipped."""
    key = hand.session.step.key
    if hand.where == "agency" and key not in (HOUSING, HOSTEL):
        press_on(hand, "skip", "more")
    elif hand.where == "question":
        press_on(hand, "answer.yes" if key == HOUSING else "answer.no")
    elif hand.where == "kinds" and not hand.session.visit.kinds(HOUSING):
        press_on(hand, "kind.name")
    else:
        press_on(hand, "level.need", "until.i-say", "next", "more")


def test_the_first_visit_needs_no_touch(hand: KioskAtHand) -> None:
    press_on(hand, "rest.touch")
    press_on(hand, "language.en")
    press_on(hand, "home.new")
    for _ in range(120):
        where = hand.where
        if where == "receipt":
            break
        if where in ("agency", "question", "kinds", "level", "until"):
            answers(hand)
        elif where == "check":
            press_on(hand, question_of(hand.session.step).right, "more")
        elif where in ("pin", "pin-again"):
            for digit in "2580":
                press_on(hand, f"digit.{digit}")
        elif where == "found":
            press_on(hand, "skip", "more")
        elif where == "confirm":
            press_on(hand, "confirm.save", "more")
        else:
            press_on(hand, "next", "more")
    assert hand.where == "receipt"
    assert hand._touches == 0
    person = recorded(hand).person
    assert set(chosen(hand, person)) == {HOUSING, HOSTEL}
    assert shared(hand, person) == {(*HOUSING, "name"): Detail.NEED}
