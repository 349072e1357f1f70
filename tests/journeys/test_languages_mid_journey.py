"""Journey 13: Arabic, then Polish, then English, mid-journey, with no answer lost."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail
from kiosk.domain.visit import GivenAnswer
from kiosk.ui.routes import Step
from kiosk.ui.widgets.touch import Tappable
from tests.journeys.walking import (
    HOSTEL,
    HOUSING,
    SHELTER,
    SURGERY,
    Yes,
    answer,
    begin,
    chosen,
    come_to_review,
    enter_pin,
    past,
    recorded,
    save,
    to_questions,
    touch,
    understand,
)
from tests.ui.at_hand import KioskAtHand

ALL = ("en", "pl", "ar")


def change_to(hand: KioskAtHand, code: str) -> None:
    """By the bar, and back to where the person was."""
    hand.tap("bar.language")
    assert hand.where == "language"
    touch(hand, f"language.{code}")


@pytest.fixture(autouse=True)
def all_three_are_offered(hand: KioskAtHand) -> None:
    assert [known.code for known in hand.parts.languages] == list(ALL)


def test_no_answer_is_lost(hand: KioskAtHand) -> None:
    """One agency in each language; a Yes begun in Polish is finished in English."""
    to_questions(hand, "ar")
    answer(hand, Yes({"name": Detail.SUMMARY}, "until.6-months"))
    change_to(hand, "pl")
    assert (hand.where, hand.session.step.key) == ("agency", HOSTEL)
    answer(hand, "no")
    touch(hand, "next")
    assert (hand.where, hand.session.step.key) == ("question", SHELTER)
    touch(hand, "answer.yes")
    touch(hand, "kind.name")
    touch(hand, "kind.sleep")
    touch(hand, "next")
    assert hand.where == "level"
    touch(hand, "level.summary")
    change_to(hand, "en")
    assert (hand.where, hand.session.step.item) == ("level", "sleep")
    touch(hand, "level.need")
    touch(hand, "until.i-say")
    assert hand.session.step.key == SURGERY
    answer(hand, "ask")
    while hand.where == "agency":
        touch(hand, "skip")
    save(hand)
    person = recorded(hand).person
    assert chosen(hand, person) == {
        HOUSING: GivenAnswer(Answer.YES, {"name": Detail.SUMMARY}, date(2027, 5, 23)),
        HOSTEL: GivenAnswer(Answer.NO),
        SHELTER: GivenAnswer(Answer.YES, {"name": Detail.SUMMARY, "sleep": Detail.NEED}, None),
        SURGERY: GivenAnswer(Answer.ASK_FIRST),
    }


@pytest.mark.parametrize(
    "step",
    [
        Step("how"),
        Step("start"),
        Step("notice", page=3),
        Step("notice-more", page=1),
        Step("told", key=("probation", "licence")),
        Step("agency", key=SURGERY),
        Step("question", key=SURGERY),
        Step("kinds", key=SURGERY),
        Step("level", key=SURGERY, item="name"),
        Step("until", key=SURGERY),
        Step("apart"),
        Step("advice"),
        Step("review"),
        Step("check", item="2"),
        Step("explain", item="2"),
        Step("pause"),
        Step("pin"),
        Step("found"),
        Step("confirm"),
        Step("been"),
        Step("person"),
    ],
    ids=lambda step: step.screen,
)
def test_a_change_of_language_comes_back_to_the_same_screen(hand: KioskAtHand, step: Step) -> None:
    begin(hand)
    hand.session.visit.choose(SURGERY, Answer.YES)
    hand.session.visit.choose_kinds(SURGERY, ("name",))
    hand.session.go(step)
    hand.wait(1)
    english = hand.words()
    for code in ("ar", "pl", "en"):
        change_to(hand, code)
        assert hand.session.step == step
        assert hand.session.words.language.code == code
        assert {w.voice or w.language for w in hand.screen.readable()} == {code}
    assert hand.words() == english
    assert hand.session.visit.marked(SURGERY) is Answer.YES


def test_what_was_typed_is_not_lost(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: "no"})
    past(hand, "review")
    enter_pin(hand)
    hand.tap("digit.2")
    hand.tap("digit.5")
    change_to(hand, "ar")
    assert hand.where == "pin-again"
    hand.tap("digit.8")
    change_to(hand, "pl")
    hand.tap("digit.0")
    assert hand.where == "found"


def test_the_check_goes_on_where_it_was(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: Yes({"name": Detail.NEED}, "until.i-say")})
    past(hand, "review")
    touch(hand, "check.1.doctor")
    change_to(hand, "ar")
    assert hand.session.step.item == "2"
    understand(hand)
    assert hand.where == "pin"


def test_the_receipt_is_in_the_language_at_hand(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: "no"})
    save(hand)
    change_to(hand, "ar")
    assert hand.where == "receipt"
    assert hand.session.say("receipt.title") in hand.words()


# --- right to left -----------------------------------------------------------------------------


def places(hand: KioskAtHand) -> dict[str, tuple[float, float]]:
    """Where each thing to tap is: its middle."""
    return {thing.name: tuple(thing.center) for thing in hand.kiosk.focusable()}


def test_everything_swaps_sides_and_nothing_else(hand: KioskAtHand) -> None:
    """Same rows, same heights; left and right exchanged."""
    begin(hand)
    hand.session.go(Step("question", key=HOUSING))
    hand.wait(1)
    english = places(hand)
    change_to(hand, "ar")
    arabic = places(hand)
    assert arabic.keys() == english.keys()
    names = [name for name in english if name.startswith("bar.") or name == "hide"]
    for name in names:
        assert arabic[name][0] == pytest.approx(1280 - english[name][0], abs=1), name
        assert arabic[name][1] == pytest.approx(english[name][1], abs=1), name


def test_hide_now_stands_at_the_left(hand: KioskAtHand) -> None:
    begin(hand, "ar")
    hide = hand.find("hide")
    assert hide.x == 0
    assert hide.top == 800
    hand.tap_at(5, 795)
    assert hand.where == "rest"


def test_the_answers_run_from_the_right(hand: KioskAtHand) -> None:
    begin(hand, "ar")
    hand.session.go(Step("question", key=HOUSING))
    hand.wait()
    names = ("answer.yes", "answer.ask", "answer.no", "answer.later")
    found = [hand.find(name) for name in names]
    order = sorted(found, key=lambda box: (-round(box.top), -box.x))
    assert [box.name for box in order] == list(names)
    assert found[0].center_x > found[1].center_x


@pytest.mark.parametrize("screen", ["pin", "been-pin"])
def test_a_keypad_stands_the_same_way_round_in_every_script(hand: KioskAtHand, screen: str) -> None:
    begin(hand, "ar")
    hand.session.go(Step(screen))
    hand.wait()

    def key(digit: str) -> Tappable:
        return hand.find(f"digit.{digit}")

    assert key("1").x < key("2").x < key("3").x
    assert key("1").y > key("4").y > key("7").y > key("0").y
    assert key("0").center_x == key("8").center_x
    assert hand.find("key.back").center_x == key("9").center_x


def test_pictures_are_not_mirrored_and_stand_before_the_words(hand: KioskAtHand) -> None:
    from kiosk.ui.screen import in_order
    from kiosk.ui.widgets.picture import Plate
    from kiosk.ui.widgets.words import Words

    sides = {}
    for code in ("en", "ar"):
        begin(hand, code)
        hand.session.go(Step("notice"))
        hand.wait()
        everything = list(in_order(hand.screen))
        plate = next(widget for widget in everything if isinstance(widget, Plate))
        words = [w for w in everything if isinstance(w, Words) and w.parent is hand.screen][1]
        sides[code] = plate.center_x < words.center_x
        hand.tap("hide")
        hand.wait(1)
    assert sides == {"en": True, "ar": False}


def test_the_first_thing_said_after_a_change_of_direction_is_where_hide_now_is(
    hand: KioskAtHand,
) -> None:
    said: list[tuple[str, str]] = []
    hand.parts.speaker.on_spoken = lambda language, text: said.append((language, text))
    begin(hand, "ar")
    hand.session.go(Step("notice"))
    hand.wait()
    change_to(hand, "en")
    said.clear()
    hand.tap("bar.listen")
    hand.wait(1)
    assert said[0] == ("en", hand.session.say("hide.where"))


def test_arabic_has_no_voice_and_says_so_in_writing(hand: KioskAtHand) -> None:
    """Never another language's voice, and never silence that nobody explains."""
    said: list[tuple[str, str]] = []
    hand.parts.speaker.on_spoken = lambda language, text: said.append((language, text))
    begin(hand, "ar")
    hand.tap("bar.listen")
    hand.wait(1)
    assert said == []
    assert hand.where == "no-voice"
    touch(hand, "go-back")
    assert hand.where == "home"


def test_polish_is_read_by_a_polish_voice(hand: KioskAtHand) -> None:
    said: list[tuple[str, str]] = []
    hand.parts.speaker.on_spoken = lambda language, text: said.append((language, text))
    begin(hand, "pl")
    hand.tap("bar.listen")
    hand.wait(30)
    assert {language for language, _text in said} == {"pl"}
    assert [text for _language, text in said] == hand.words()
