"""Journey 1: a person comes for the first time, is told, chooses, and leaves with proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from kiosk.content.code_words import CODE_WORDS
from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail
from kiosk.domain.visit import GivenAnswer, ShareKey
from kiosk.ui.person.understanding import question_of
from tests.journeys.walking import (
    BENEFITS,
    CARE,
    CLINIC,
    DRUGS,
    HOSTEL,
    HOUSING,
    IMMIGRATION,
    PIN,
    POLICE,
    SAFE,
    SHELTER,
    SURGERY,
    Said,
    Yes,
    all_answers,
    answer,
    begin,
    chosen,
    come_to_review,
    enter_pin,
    first_visit,
    past,
    recorded,
    save,
    shared,
    sign_in,
    to_questions,
    touch,
    type_words,
    understand,
    wanted,
)
from tests.ui.at_hand import PASSPHRASE, WORKER, KioskAtHand

UNTILS: Mapping[str, date | None] = {
    "until.1-month": date(2026, 12, 23),
    "until.6-months": date(2027, 5, 23),
    "until.1-year": date(2027, 11, 23),
    "until.i-say": None,
}
EVERY_KIND_OF_ANSWER: Mapping[ShareKey, Said] = {
    HOUSING: Yes({"name": Detail.EVERYTHING, "health": Detail.NEED}, "until.6-months"),
    HOSTEL: "ask",
    SHELTER: "no",
    SURGERY: "later",
    CLINIC: Yes({"mind": Detail.SUMMARY}, "until.i-say"),
    DRUGS: Yes(),  # what, how much and until when are left unanswered
    SAFE: "skip",
    CARE: Yes({"name": Detail.NEED, "health": None}),  # leaves at the second "how much"
    BENEFITS: Yes({"money": Detail.SUMMARY}, None),  # leaves at "until when"
}


def in_database(hand: KioskAtHand) -> dict[str, int]:
    """Rows in every table."""
    connection = hand.store._connection

    def count() -> dict[str, int]:
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in tables}

    return hand.in_store(count)  # type: ignore[return-value]


# --- all the way -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_what_is_kept_is_what_was_chosen(hand: KioskAtHand, language: str) -> None:
    first_visit(hand, EVERY_KIND_OF_ANSWER, language)
    saved = recorded(hand)
    kept = wanted(EVERY_KIND_OF_ANSWER, UNTILS)
    assert chosen(hand, saved.person) == saved.answers == kept
    assert shared(hand, saved.person) == {
        (*HOUSING, "name"): Detail.EVERYTHING,
        (*HOUSING, "health"): Detail.NEED,
        (*CLINIC, "mind"): Detail.SUMMARY,
    }
    verdict = hand.in_store(lambda: hand.parts.receipts.verify(saved.token))
    assert verdict.genuine  # type: ignore[attr-defined]
    assert verdict.receipt_id == saved.receipt_id  # type: ignore[attr-defined]


def test_the_receipt_shows_the_four_things_of_the_code(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: "no"})
    save(hand)
    words = hand.words()
    for index in recorded(hand).code:
        assert hand.session.say(f"word.{CODE_WORDS[index].id}") in words


def test_the_review_shows_what_will_be_kept_and_lets_it_be_changed(hand: KioskAtHand) -> None:
    come_to_review(hand, EVERY_KIND_OF_ANSWER)
    shown = {}
    while True:
        shown.update({name: True for name in hand.names() if name.startswith("change.")})
        if not hand.shows("more"):
            break
        hand.tap("more")
    assert set(shown) == {f"change.{s.agency.id}.{s.outcome.id}" for s in hand.parts.place.asked}
    hand.tap("change.benefits.money")
    answer(hand, "no")
    assert hand.where == "review"
    save(hand)
    assert chosen(hand, recorded(hand).person)[BENEFITS] == GivenAnswer(Answer.NO)


def test_nothing_is_in_the_database_before_it_is_confirmed(hand: KioskAtHand) -> None:
    before = in_database(hand)
    come_to_review(hand, EVERY_KIND_OF_ANSWER)
    past(hand, "review")
    understand(hand)
    enter_pin(hand)
    enter_pin(hand)
    touch(hand, "skip")
    assert hand.where == "confirm"
    touch(hand, "confirm.leave")
    assert hand.where == "rest"
    assert in_database(hand) == before


def test_a_yes_whose_questions_are_left_shares_nothing(hand: KioskAtHand) -> None:
    plan: dict[ShareKey, Said] = {
        DRUGS: Yes(),
        CARE: Yes({"name": None}),
        BENEFITS: Yes({"money": Detail.NEED}),
    }
    come_to_review(hand, plan)
    save(hand)
    person = recorded(hand).person
    assert shared(hand, person) == {}
    assert chosen(hand, person) == {key: GivenAnswer(Answer.NOT_NOW) for key in plan}


def test_saying_no_to_all_needs_no_check(hand: KioskAtHand) -> None:
    come_to_review(hand, dict.fromkeys((s.key for s in hand.parts.place.asked), "no"))
    past(hand, "review")
    assert hand.where == "pin"


def test_a_visit_that_answers_nothing_can_still_be_saved(hand: KioskAtHand) -> None:
    first_visit(hand, {})
    assert shared(hand, recorded(hand).person) == {}


# --- told, not asked ---------------------------------------------------------------------------


def test_what_the_law_allows_is_told_and_can_be_objected_to(hand: KioskAtHand) -> None:
    begin(hand)
    touch(hand, "home.new")
    for screen in ("how", "start", "notice"):
        past(hand, screen)
    assert hand.where == "told"
    told = [share.key for share in hand.parts.place.told]
    assert not any(name.startswith("answer.") for name in hand.names())
    touch(hand, "told.object")
    assert hand.session.visit.objections == {told[0]}
    past(hand, "told")
    save_from_first_agency(hand)
    person = recorded(hand).person
    assert hand.in_store(lambda: hand.parts.consents.objected(person)) == frozenset({told[0]})


def save_from_first_agency(hand: KioskAtHand) -> None:
    all_answers(hand, {})
    save(hand)


# --- enforcement agencies ----------------------------------------------------------------------


def test_enforcement_is_off_and_apart_with_advice_first(hand: KioskAtHand) -> None:
    to_questions(hand)
    all_answers(hand, {HOUSING: "no"})
    assert hand.where == "apart"
    touch(hand, "apart.look")
    assert hand.where == "advice"
    touch(hand, "apart.go-on")
    assert hand.session.step.key == POLICE
    answer(hand, "no")
    assert hand.session.step.key == IMMIGRATION
    answer(hand, Yes({"name": Detail.NEED}, "until.1-month"))
    assert hand.where == "review"
    save(hand)
    person = recorded(hand).person
    assert shared(hand, person) == {(*IMMIGRATION, "name"): Detail.NEED}


def test_leaving_the_advice_leaves_enforcement_off(hand: KioskAtHand) -> None:
    to_questions(hand)
    all_answers(hand, {})
    touch(hand, "apart.look")
    touch(hand, "apart.leave")
    assert hand.where == "review"
    save(hand)
    kept = chosen(hand, recorded(hand).person)
    assert POLICE not in kept
    assert IMMIGRATION not in kept


# --- was it understood? ------------------------------------------------------------------------


def wrong(hand: KioskAtHand) -> None:
    """Touch an answer that shows that we explained badly."""
    right = question_of(hand.session.step).right
    touch(hand, next(name for name in question_of(hand.session.step).options if name != right))


def to_check(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: Yes({"name": Detail.NEED}, "until.i-say"), HOSTEL: "ask"})
    past(hand, "review")
    assert hand.where == "check"


def test_a_wrong_answer_is_explained_and_asked_again(hand: KioskAtHand) -> None:
    to_check(hand)
    question = hand.session.step.item
    wrong(hand)
    assert hand.where == "explain"
    explain = question_of(hand.session.step).explain
    assert hand.session.say(explain) in hand.words()
    past(hand, "explain")
    assert (hand.where, hand.session.step.item) == ("check", question)
    save(hand)
    assert shared(hand, recorded(hand).person) == {(*HOUSING, "name"): Detail.NEED}


def test_not_sure_is_an_answer_and_is_explained(hand: KioskAtHand) -> None:
    to_check(hand)
    touch(hand, "check.not-sure")
    assert hand.where == "explain"


def not_understood(hand: KioskAtHand) -> None:
    to_check(hand)
    wrong(hand)
    past(hand, "explain")
    wrong(hand)
    assert hand.where == "explain", "explained twice before a pause is offered"
    past(hand, "explain")
    wrong(hand)
    assert hand.where == "pause"


def test_after_two_explanations_a_yes_is_kept_as_not_now(hand: KioskAtHand) -> None:
    not_understood(hand)
    touch(hand, "check.pause.save")
    save(hand)
    person = recorded(hand).person
    assert shared(hand, person) == {}
    assert chosen(hand, person)[HOUSING].answer is Answer.NOT_NOW
    assert chosen(hand, person)[HOSTEL].answer is Answer.ASK_FIRST
    assert hand.in_store(lambda: hand.parts.consents.choices_held(person))


def test_a_worker_who_writes_down_why_lets_the_yes_count(hand: KioskAtHand) -> None:
    not_understood(hand)
    touch(hand, "check.pause.ask")
    sign_in(hand, WORKER, PASSPHRASE)
    assert hand.where == "worker-reason"
    type_words(hand, "we talked about it")
    touch(hand, "done")
    assert hand.session.worker == ""
    save(hand)
    person = recorded(hand).person
    assert shared(hand, person) == {(*HOUSING, "name"): Detail.NEED}
    assert not hand.in_store(lambda: hand.parts.consents.choices_held(person))


def test_a_worker_who_writes_nothing_releases_nothing(hand: KioskAtHand) -> None:
    not_understood(hand)
    touch(hand, "check.pause.ask")
    sign_in(hand, WORKER, PASSPHRASE)
    touch(hand, "done")
    assert hand.where == "worker-reason"
    type_words(hand, "  ")
    touch(hand, "done")
    assert hand.where == "worker-reason"


def test_going_back_and_asking_again_does_not_turn_not_understood_into_yes(
    hand: KioskAtHand,
) -> None:
    """Saying Yes to one more after the check failed does not let the held ones through."""
    not_understood(hand)
    touch(hand, "check.pause.save")
    assert hand.where == "pin"
    while hand.where != "check":
        hand.tap("bar.back")
    understand(hand)
    while hand.where != "review":
        hand.tap("bar.back")
    save(hand)
    assert shared(hand, recorded(hand).person) == {}


# --- the PIN -----------------------------------------------------------------------------------


def to_pin(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: "no"})
    past(hand, "review")
    assert hand.where == "pin"


def test_an_easy_pin_and_a_slip_are_said_and_asked_again(hand: KioskAtHand) -> None:
    to_pin(hand)
    enter_pin(hand, "1111")
    assert hand.where == "pin"
    assert hand.session.say("pin.easy") in hand.words()
    enter_pin(hand)
    assert hand.where == "pin-again"
    enter_pin(hand, "2581")
    assert hand.where == "pin"
    assert hand.session.say("pin.differs") in hand.words()
    enter_pin(hand)
    enter_pin(hand)
    assert hand.where == "found"


def test_a_pin_can_be_made_of_pictures(hand: KioskAtHand) -> None:
    to_pin(hand)
    hand.tap("pin.turn")
    enter_pin(hand)
    assert hand.where == "pin-again"
    enter_pin(hand)
    assert hand.where == "found"
    assert hand.session.visit.pin == PIN


def test_back_from_the_pin_leaves_no_digit_standing(hand: KioskAtHand) -> None:
    to_pin(hand)
    hand.tap("digit.2")
    hand.tap("digit.5")
    hand.tap("bar.back")
    touch(hand, "next")
    assert hand.where == "pin"
    enter_pin(hand)
    assert hand.where == "pin-again", "what was typed before Back was still there"


def test_a_name_can_be_left_to_be_found_again(hand: KioskAtHand) -> None:
    to_pin(hand)
    enter_pin(hand)
    enter_pin(hand)
    touch(hand, "found.name")
    type_words(hand, "jo")
    touch(hand, "done")
    assert hand.where == "confirm"
    touch(hand, "confirm.save")
    from kiosk.domain.visit import FoundBy

    person = recorded(hand).person
    find = hand.parts.people.find_for_worker
    assert hand.in_store(lambda: find(None, (FoundBy.NAME, "Jo"), WORKER)) == person
