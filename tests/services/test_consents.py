"""What a person chose: kept whole, shown as it stands, stopped at once, released only by a worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bench.sample import sample_visit
from kiosk.domain.consent import Answer
from kiosk.domain.event import Kind
from kiosk.domain.place import Detail
from kiosk.domain.visit import (
    FoundBy,
    GivenAnswer,
    UnderstandingCheck,
    Understood,
    VisitSnapshot,
)
from kiosk.errors import PinNotUsable, StoreDamaged, StoreFull
from kiosk.services.consents import Consents
from tests.services.conftest import WORKER, Desk

FIRST = ("agency-0", "home")
NOT_YET = UnderstandingCheck(Understood.NOT_YET, explanations=2)


def answering(desk: Desk, given: GivenAnswer, **other: object) -> VisitSnapshot:
    """A visit that answers one share."""
    visit = sample_visit(desk.place)
    return replace(visit, answers={FIRST: given}, **other)  # type: ignore[arg-type]


def seen(desk: Desk, person: bytes) -> dict[tuple[str, str, str], Detail]:
    """All that any agency may see of a person; what is nothing left out."""
    cells = product(desk.place.agencies, desk.place.outcomes, desk.place.categories)
    levels = {cell: desk.consents.may_see(person, *cell) for cell in cells}
    return {cell: level for cell, level in levels.items() if level}


def test_a_first_visit_is_kept_whole(desk: Desk) -> None:
    visit = sample_visit(desk.place, pin="2846")
    recorded = desk.consents.record(visit)
    assert recorded.answers == dict(visit.answers)
    assert len(recorded.person) == len(recorded.receipt_id) == 16
    assert len(set(recorded.code)) == 4
    assert recorded.issued_at == desk.clock.now()
    assert desk.consents.chosen(recorded.person) == dict(visit.answers)
    assert len(seen(desk, recorded.person)) == 12 * 4
    assert desk.store.check(whole=True)


def test_the_same_is_there_after_a_restart(desk: Desk) -> None:
    visit = sample_visit(desk.place, pin="2846")
    recorded = desk.consents.record(visit)
    again = desk.restart()
    assert again.consents.chosen(recorded.person) == dict(visit.answers)
    assert again.people.open_with_code(recorded.code, "2846") == recorded.person
    again.store.close()


@pytest.mark.parametrize("answer", [a for a in Answer if a is not Answer.YES])
def test_no_other_answer_shares_anything(desk: Desk, answer: Answer) -> None:
    recorded = desk.consents.record(sample_visit(desk.place, answer=answer))
    assert seen(desk, recorded.person) == {}
    assert {given.answer for given in recorded.answers.values()} == {answer}


def test_nobody_and_nothing_known_may_be_seen(desk: Desk) -> None:
    recorded = desk.consents.record(sample_visit(desk.place))
    may_see = desk.consents.may_see
    assert may_see(b"?" * 16, *FIRST, "health") is Detail.NOTHING
    assert may_see(recorded.person, "agency-99", "home", "health") is Detail.NOTHING
    assert may_see(recorded.person, "agency-0", "elsewhere", "health") is Detail.NOTHING
    assert may_see(recorded.person, "agency-0", "home", "dreams") is Detail.NOTHING
    assert may_see(recorded.person, "agency-0", "doctor", "health") is Detail.NOTHING


def test_an_agency_gets_no_more_than_its_pack_allows_then_or_now(desk: Desk) -> None:
    given = GivenAnswer(Answer.YES, {"money": Detail.EVERYTHING, "dreams": Detail.NEED})
    recorded = desk.consents.record(answering(desk, given))
    assert recorded.answers[FIRST].details == {"money": Detail.SUMMARY}
    tighter = replace(
        desk.place,
        shares=tuple(replace(s, most={"money": Detail.NEED}) for s in desk.place.shares),
    )
    consents = Consents(desk.store, tighter, desk.people, desk.clock)
    assert consents.may_see(recorded.person, *FIRST, "money") is Detail.NEED


def test_a_returning_person_changes_one_thing(desk: Desk) -> None:
    first = desk.consents.record(sample_visit(desk.place))
    desk.clock.go_on(days=30)
    visit = answering(desk, GivenAnswer(Answer.NO), person=first.person)
    second = desk.consents.record(visit)
    assert (second.person, second.code) == (first.person, first.code)
    assert second.token != first.token
    assert second.answers[FIRST] == GivenAnswer(Answer.NO)
    unchanged = {key: given for key, given in first.answers.items() if key != FIRST}
    assert {key: second.answers[key] for key in unchanged} == unchanged


def test_saying_the_same_again_keeps_no_second_choice(desk: Desk) -> None:
    visit = sample_visit(desk.place)
    person = desk.consents.record(visit).person
    before = choices(desk)
    desk.consents.record(replace(visit, person=person))
    assert choices(desk) == before


def choices(desk: Desk) -> int:
    query = "SELECT count(*) FROM event WHERE kind = ?"
    count: int = desk.store._connection.execute(query, (Kind.CHOICE_MADE,)).fetchone()[0]
    return count


def test_a_yes_ends_with_its_last_day_and_is_not_revived(desk: Desk) -> None:
    end = desk.clock.now().date() + timedelta(days=1)
    person = desk.consents.record(sample_visit(desk.place, until=end)).person
    assert seen(desk, person)
    desk.clock.go_on(days=2)
    assert seen(desk, person) == {}
    assert desk.consents.chosen(person)[FIRST] == GivenAnswer(Answer.NOT_NOW)
    desk.clock.time -= timedelta(days=400)
    assert seen(desk, person) == {}
    assert desk.consents.record(sample_visit(desk.place)).issued_at > desk.clock.now()


# --- stopping --------------------------------------------------------------------------------------


def test_stopping_one_agency(desk: Desk) -> None:
    person = desk.consents.record(sample_visit(desk.place)).person
    stopped = desk.consents.stop(person, "agency-0")
    assert stopped.answers[FIRST] == GivenAnswer(Answer.WITHDRAWN)
    assert {agency for agency, _, _ in seen(desk, person)} == set(desk.place.agencies) - {
        "agency-0"
    }
    assert desk.receipts.verify(stopped.token).genuine


def test_stopping_everything_holds_for_what_was_never_asked_too(desk: Desk) -> None:
    person = desk.consents.record(
        answering(desk, GivenAnswer(Answer.YES, {"work": Detail.NEED}))
    ).person
    stopped = desk.consents.stop(person, None, WORKER)
    assert seen(desk, person) == {}
    assert {given.answer for given in stopped.answers.values()} == {Answer.WITHDRAWN}
    again = desk.consents.record(
        answering(desk, GivenAnswer(Answer.YES, {"work": Detail.NEED}), person=person)
    )
    assert seen(desk, person) == {(*FIRST, "work"): Detail.NEED}
    assert again.answers[("agency-1", "home")] == GivenAnswer(Answer.WITHDRAWN)


# --- understanding ---------------------------------------------------------------------------------


def test_a_yes_that_was_not_understood_waits_for_a_worker(desk: Desk) -> None:
    visit = replace(sample_visit(desk.place), understanding=NOT_YET)
    recorded = desk.consents.record(visit)
    assert seen(desk, recorded.person) == {}
    assert recorded.answers == dict.fromkeys(visit.answers, GivenAnswer(Answer.NOT_NOW))
    assert desk.consents.choices_held(recorded.person)
    released = desk.consents.release_held(
        recorded.person, WORKER, "We went through it in Tigrinya."
    )
    assert released.answers == dict(visit.answers)
    assert not desk.consents.choices_held(recorded.person)
    assert len(seen(desk, recorded.person)) == 12 * 4
    desk.store.check(whole=True)


def test_a_yes_without_any_check_waits_too(desk: Desk) -> None:
    visit = replace(sample_visit(desk.place), understanding=UnderstandingCheck())
    assert desk.consents.choices_held(desk.consents.record(visit).person)


def test_who_has_understood_before_need_not_be_asked_again(desk: Desk) -> None:
    person = desk.consents.record(sample_visit(desk.place)).person
    yes = GivenAnswer(Answer.YES, {"work": Detail.NEED})
    visit = answering(desk, yes, person=person, understanding=UnderstandingCheck())
    assert desk.consents.record(visit).answers[FIRST] == yes
    failed_now = replace(visit, answers={FIRST: GivenAnswer(Answer.YES, {"work": Detail.SUMMARY})})
    desk.consents.record(replace(failed_now, understanding=NOT_YET))
    assert desk.consents.chosen(person)[FIRST] == GivenAnswer(Answer.NOT_NOW)


def test_a_no_counts_whatever_was_understood(desk: Desk) -> None:
    person = desk.consents.record(sample_visit(desk.place)).person
    visit = answering(desk, GivenAnswer(Answer.NO), person=person, understanding=NOT_YET)
    assert desk.consents.record(visit).answers[FIRST] == GivenAnswer(Answer.NO)


# --- what goes wrong -------------------------------------------------------------------------------


def test_what_cannot_be_saved_is_not_saved_at_all(desk: Desk) -> None:
    person = desk.consents.record(sample_visit(desk.place)).person
    kept = [desk.store.projected()]
    connection = desk.store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")

    def change_their_mind() -> None:
        for answer in (Answer.NO, Answer.YES) * 20:
            desk.consents.record(sample_visit(desk.place, answer=answer, person=person))
            kept.append(desk.store.projected())

    with pytest.raises(StoreFull):
        change_their_mind()
    connection.execute("PRAGMA max_page_count = 1000000")
    assert desk.store.projected() == kept[-1]
    desk.store.check(whole=True)
    desk.consents.record(sample_visit(desk.place, answer=Answer.NO, person=person))
    assert seen(desk, person) == {}


@pytest.mark.parametrize("pin", ["12", "123456789", "abcd", "12 4"])
def test_a_pin_that_is_none_saves_nothing(desk: Desk, pin: str) -> None:
    with pytest.raises(PinNotUsable):
        desk.consents.record(sample_visit(desk.place, pin=pin))
    assert desk.store.projected()["person"] == []


def test_an_answer_to_what_is_not_asked_saves_nothing(desk: Desk) -> None:
    visit = replace(
        sample_visit(desk.place), answers={("agency-0", "doctor"): GivenAnswer(Answer.YES)}
    )
    with pytest.raises(KeyError):
        desk.consents.record(visit)
    with pytest.raises(KeyError):
        desk.consents.record(replace(sample_visit(desk.place), objections=frozenset([FIRST])))
    with pytest.raises(StoreDamaged):
        desk.consents.record(sample_visit(desk.place, person=b"?" * 16))
    assert desk.store.projected()["person"] == []


def test_objections_are_kept_once(desk: Desk) -> None:
    told = ("agency-0", "doctor")
    visit = replace(sample_visit(desk.place), objections=frozenset([told]))
    person = desk.consents.record(visit).person
    desk.consents.record(replace(visit, person=person))
    assert desk.consents.objected(person) == {told}
    count = "SELECT count(*) FROM event WHERE kind = 'objection.made'"
    assert desk.store._connection.execute(count).fetchone() == (1,)


def test_an_objection_can_be_taken_back_and_that_is_worked_out_again(desk: Desk) -> None:
    told = ("agency-0", "doctor")
    visit = replace(sample_visit(desk.place), objections=frozenset([told]))
    person = desk.consents.record(visit).person
    back = replace(
        visit, person=person, objections=frozenset(), objections_taken_back=frozenset([told])
    )
    desk.consents.record(back)
    assert desk.consents.objected(person) == frozenset()
    desk.consents.record(back)  # nothing stands: nothing more is kept
    count = "SELECT count(*) FROM event WHERE kind = 'objection.taken-back'"
    assert desk.store._connection.execute(count).fetchone() == (1,)
    before = desk.store.projected()
    desk.store.rebuild()
    assert desk.store.projected() == before


def test_everything_can_be_worked_out_again(desk: Desk) -> None:
    for number in range(4):
        visit = sample_visit(desk.place, pin="2846", until=desk.clock.now().date())
        visit = replace(visit, found_by=(FoundBy.NAME, f"Sam {number}"))
        visit = replace(visit, objections=frozenset([("agency-0", "doctor")]))
        person = desk.consents.record(visit).person
        desk.consents.stop(person, f"agency-{number}")
    held = desk.consents.record(replace(sample_visit(desk.place), understanding=NOT_YET)).person
    desk.consents.release_held(held, WORKER, "Read aloud, and said back.")
    before = desk.store.projected()
    assert all(before.values())
    desk.store.rebuild()
    assert desk.store.projected() == before


def test_who_did_what_is_noted(desk: Desk) -> None:
    visit = replace(sample_visit(desk.place), helper=WORKER)
    person = desk.consents.record(visit).person
    desk.consents.stop(person, None)
    rows = desk.store._connection.execute("SELECT who, act, person FROM audit").fetchall()
    assert rows == [(WORKER, "recorded", person), ("person", "stopped", person)]
    sent = desk.store._connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    assert sent == desk.store.check(whole=True), "every event waits to be sent"
