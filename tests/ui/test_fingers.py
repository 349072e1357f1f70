"""What fingers and keys may do: lift where they came down, once; and nothing else means anything."""

from __future__ import annotations

import pytest
from kivy.core.window import Keyboard, Window

from kiosk.domain.consent import Answer
from kiosk.domain.visit import ShareKey
from kiosk.ui.hand import BETWEEN_TAPS, FRAME
from kiosk.ui.routes import Step
from kiosk.ui.widgets.touch import REPEAT_SECONDS, SLOP
from tests.ui.at_hand import KioskAtHand


def at_question(hand: KioskAtHand) -> ShareKey:
    key = hand.parts.place.asked[0].key
    hand.session.go(Step("language"))
    hand.session.go(Step("question", key=key))
    hand.wait()
    return key


# --- fingers -----------------------------------------------------------------------------------


def test_nothing_happens_until_the_finger_lifts(hand: KioskAtHand) -> None:
    key = at_question(hand)
    box = hand.find("answer.no")
    finger = hand.finger_down(*box.center)
    hand.wait(2)
    assert box.pressed
    assert hand.where == "question"
    assert hand.session.visit.marked(key) is None
    hand.finger_up(finger)
    hand.wait()
    assert hand.session.visit.marked(key) is Answer.NO


def test_sliding_off_takes_it_back(hand: KioskAtHand) -> None:
    key = at_question(hand)
    box = hand.find("answer.yes")
    finger = hand.finger_down(*box.center)
    hand.finger_to(finger, box.center_x, box.top + SLOP + 5)
    assert not box.pressed
    hand.finger_up(finger)
    hand.wait(BETWEEN_TAPS)
    assert (hand.where, hand.session.visit.marked(key)) == ("question", None)


def test_sliding_onto_another_answer_chooses_neither(hand: KioskAtHand) -> None:
    key = at_question(hand)
    yes, no = hand.find("answer.yes"), hand.find("answer.no")
    finger = hand.finger_down(*yes.center)
    hand.finger_to(finger, *no.center)
    assert not no.pressed
    hand.finger_up(finger)
    hand.wait(BETWEEN_TAPS)
    assert (hand.where, hand.session.visit.marked(key)) == ("question", None)


def test_sliding_off_and_back_still_counts(hand: KioskAtHand) -> None:
    at_question(hand)
    box = hand.find("answer.no")
    finger = hand.finger_down(*box.center)
    hand.finger_to(finger, box.center_x, box.top + 80)
    hand.finger_to(finger, *box.center)
    assert box.pressed
    hand.finger_up(finger)
    hand.wait()
    assert hand.where != "question"


def test_a_shaking_finger_may_stray_a_little(hand: KioskAtHand) -> None:
    key = at_question(hand)
    box = hand.find("answer.later")
    finger = hand.finger_down(box.center_x, box.top - 3)
    hand.finger_to(finger, box.center_x, box.top + SLOP - 5)
    hand.finger_up(finger)
    hand.wait()
    assert hand.session.visit.marked(key) is Answer.NOT_NOW


@pytest.mark.parametrize("apart", [0.1, 0.3, REPEAT_SECONDS - 0.1])
def test_a_tap_right_after_another_in_the_same_place_counts_once(
    hand: KioskAtHand, apart: float
) -> None:
    """The second lands on whatever has come up under the finger, and must not act on it."""
    at_question(hand)
    box = hand.find("answer.no")
    place = tuple(box.center)
    before = len(hand.session._history)
    hand.finger_up(hand.finger_down(*place))
    hand.wait(apart)
    hand.finger_up(hand.finger_down(*place))
    hand.wait(BETWEEN_TAPS)
    assert hand.where == "agency"
    assert len(hand.session._history) == before + 1


def test_a_second_tap_later_is_a_second_tap(hand: KioskAtHand) -> None:
    hand.session.go(Step("language"))
    hand.session.go(Step("pin"))
    hand.wait()
    hand.tap("digit.5")
    hand.tap("digit.5")
    assert hand.session.typed["pin"] == "55"


def test_forty_fingers_at_once_change_one_thing_at_most(hand: KioskAtHand) -> None:
    at_question(hand)
    before = len(hand.session._history)
    session = hand.session
    fingers = []
    for at in range(40):
        x, y = 60 + (at % 8) * 160, 130 + (at // 8) * 120
        fingers.append(hand.finger_down(x, y))
    hand.wait()
    for finger in fingers:
        hand.finger_to(finger, finger.x + 3, finger.y + 2)
    for finger in reversed(fingers):
        hand.finger_up(finger)
    hand.wait(BETWEEN_TAPS)
    assert hand.session is session
    assert len(hand.session._history) <= before + 1
    assert len(hand.session.visit._answers) <= 1
    hand.tap("hide")
    assert hand.where == "rest", "the glass still works afterwards"


def test_a_finger_left_on_the_glass_does_not_keep_others_out_for_ever(hand: KioskAtHand) -> None:
    """A resting palm on nothing in particular holds nothing."""
    at_question(hand)
    resting = hand.finger_down(640, 795)
    hand.wait()
    hand.tap("answer.no")
    assert hand.where == "agency"
    hand.finger_up(resting)


def test_a_finger_still_down_when_the_screen_changes_does_nothing_more(hand: KioskAtHand) -> None:
    at_question(hand)
    finger = hand.finger_down(*hand.find("answer.yes").center)
    hand.session.hide_now()
    hand.wait()
    hand.finger_up(finger)
    hand.wait(BETWEEN_TAPS)
    assert hand.where == "rest"
    hand.tap("rest.touch")
    assert hand.where == "language"


# --- keys --------------------------------------------------------------------------------------


def press(hand: KioskAtHand, name: str) -> None:
    Window.dispatch("on_key_down", Keyboard.keycodes[name], 0, None, [])
    hand.wait(FRAME)


def test_nothing_has_the_focus_at_first_and_enter_does_nothing(hand: KioskAtHand) -> None:
    key = at_question(hand)
    for name in ("enter", "spacebar", "numpadenter"):
        hand.key(name)
        assert hand.where == "question"
        assert hand.session.visit.marked(key) is None
    assert not any(thing.focused for thing in hand.kiosk.focusable())


def test_arrows_go_round_in_reading_order(hand: KioskAtHand) -> None:
    at_question(hand)
    seen = []
    for _ in range(len(hand.names()) + 1):
        hand.key("down")
        seen.append(next(thing.name for thing in hand.kiosk.focusable() if thing.focused))
    assert seen[:4] == ["answer.yes", "answer.ask", "answer.no", "answer.later"]
    assert seen[-1] == seen[0], "round and round: never a trap"
    assert set(seen) == set(hand.names())


def test_a_key_held_down_counts_once(hand: KioskAtHand) -> None:
    at_question(hand)
    for _ in range(20):
        press(hand, "down")  # what a keyboard sends while a key is held
    focused = [thing.name for thing in hand.kiosk.focusable() if thing.focused]
    assert focused == ["answer.yes"]


def test_enter_held_down_chooses_once(hand: KioskAtHand) -> None:
    at_question(hand)
    for _ in range(3):
        hand.key("down")  # No
    for _ in range(20):
        press(hand, "enter")
    assert hand.where == "agency"
    assert len(hand.session.visit._answers) == 1


@pytest.mark.parametrize("name", ["f1", "f4", "f11", "super", "print", "pause", "home", "end"])
def test_no_other_key_does_anything(hand: KioskAtHand, name: str) -> None:
    at_question(hand)
    hand.key(name, ("alt", "ctrl"))
    assert hand.where == "question"


def test_left_and_right_follow_the_script(hand: KioskAtHand) -> None:
    hand.session.choose_language("ar")
    at_question(hand)
    hand.key("left")
    assert hand.find("answer.yes").focused
    hand.key("left")
    assert hand.find("answer.ask").focused
    hand.key("right")
    assert hand.find("answer.yes").focused
