"""What is said aloud, when, and what never is."""

from __future__ import annotations

import pytest

from kiosk.ui.routes import Step
from tests.journeys.walking import HOUSING, begin, come_to_review, enter_pin, past, save, touch
from tests.ui.at_hand import KioskAtHand


@pytest.fixture
def heard(hand: KioskAtHand) -> list[tuple[str, str]]:
    """(language, text) of everything said, in order."""
    said: list[tuple[str, str]] = []
    hand.parts.speaker.on_spoken = lambda language, text: said.append((language, text))
    return said


def to_the_end(hand: KioskAtHand) -> None:
    hand.until(lambda: not hand.kiosk.voice.speaking, seconds=240)


@pytest.mark.parametrize(
    "step",
    [
        Step("home"),
        Step("notice", page=1),
        Step("question", key=HOUSING),
        Step("level", key=HOUSING, item="name"),
        Step("review"),
        Step("pin"),
        Step("person"),
        Step("stop-sure", item="*"),
    ],
    ids=lambda step: step.screen,
)
def test_listen_says_all_that_is_shown_in_the_order_in_which_it_stands(
    hand: KioskAtHand, heard: list[tuple[str, str]], step: Step
) -> None:
    begin(hand)
    hand.session.visit.person = b"p" * 16
    hand.session.go(step)
    hand.wait()
    hand.tap("bar.listen")
    to_the_end(hand)
    assert heard == [("en", text) for text in hand.words()]


def test_listen_again_stops_at_once(hand: KioskAtHand, heard: list[tuple[str, str]]) -> None:
    begin(hand)
    hand.tap("bar.listen")
    assert hand.parts.speaker.speaking
    hand.tap("bar.listen")
    assert not hand.parts.speaker.speaking
    count = len(heard)
    hand.wait(3)
    assert len(heard) == count


def test_any_move_stops_what_is_being_said(hand: KioskAtHand) -> None:
    begin(hand)
    hand.tap("bar.listen")
    hand.tap("home.new")
    assert not hand.parts.speaker.speaking


def test_read_aloud_reads_each_screen_as_it_comes(
    hand: KioskAtHand, heard: list[tuple[str, str]]
) -> None:
    begin(hand)
    hand.session.read_aloud(True)
    hand.session.go(Step("notice"))
    to_the_end(hand)
    assert heard == [("en", text) for text in hand.words()]
    heard.clear()
    touch(hand, "next")
    to_the_end(hand)
    assert heard[0] == ("en", hand.words()[0])


def test_a_pin_is_never_said(hand: KioskAtHand, heard: list[tuple[str, str]]) -> None:
    """EN 301 549 5.1.3.8: made, repeated and asked for, with every screen read aloud."""
    come_to_review(hand, {HOUSING: "no"})
    hand.session.read_aloud(True)
    past(hand, "review")
    to_the_end(hand)
    enter_pin(hand)
    to_the_end(hand)
    enter_pin(hand)
    to_the_end(hand)
    assert hand.where == "found"
    hand.session.go(Step("been-pin"))
    to_the_end(hand)
    hand.tap("digit.2")
    hand.tap("bar.listen")
    to_the_end(hand)
    assert heard
    words = {word for _language, text in heard for word in text.split()}
    assert not words & {"2", "5", "8", "0", "2580"}


def test_what_is_typed_is_not_said_unasked(hand: KioskAtHand, heard: list[tuple[str, str]]) -> None:
    begin(hand)
    hand.session.read_aloud(True)
    hand.session.go(Step("found-entry", item="name"))
    for letter in "zoe":
        hand.tap(f"letter.{letter}")
    to_the_end(hand)
    assert not any("zoe" in text or text in "zoe" for _language, text in heard)


def test_the_receipt_is_said_code_words_and_all(
    hand: KioskAtHand, heard: list[tuple[str, str]]
) -> None:
    come_to_review(hand, {HOUSING: "no"})
    save(hand)
    hand.tap("bar.listen")
    to_the_end(hand)
    said = [text for _language, text in heard]
    assert said == hand.words()
    assert hand.session.recorded is not None
    from kiosk.content.code_words import CODE_WORDS

    for index in hand.session.recorded.code:
        assert hand.session.say(f"word.{CODE_WORDS[index].id}") in said


def test_the_word_being_said_is_lit_and_goes_dark_after(hand: KioskAtHand) -> None:
    begin(hand)
    hand.tap("bar.listen")
    lit = set()
    for _ in range(60):
        hand.wait(0.1)
        lit |= {
            (label.text, int(label.word)) for label in hand.screen.readable() if label.word >= 0
        }
    assert len(lit) > 3
    hand.tap("bar.listen")
    assert all(label.word < 0 for label in hand.screen.readable())


def test_a_languages_name_is_said_by_its_own_voice(
    hand: KioskAtHand, heard: list[tuple[str, str]]
) -> None:
    hand.tap("rest.touch")
    hand.tap("hear.pl")
    hand.wait(2)
    assert heard == [("pl", "Polski")]
    assert hand.where == "language"
