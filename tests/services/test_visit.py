"""One visit in memory: what was said, what that comes to, and that only what is finished is Yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.content.places import read_place
from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail, Place
from kiosk.domain.visit import FoundBy, GivenAnswer, NoticeShown, Understood
from kiosk.services.visit import EXPLANATIONS_BEFORE_A_PAUSE, Visit
from kiosk.settings import DEMO_PLACE

HOUSING, HOSTEL = ("council-housing", "home"), ("hostel", "home")
CARE_TOLD, POLICE = ("social-care", "safe"), ("police", "safe")
NOTICE = NoticeShown("1", "0" * 64, "en", ("easy-read",))
NEXT_YEAR = date(2027, 11, 23)


@pytest.fixture(scope="module")
def place() -> Place:
    return read_place(DEMO_PLACE)


@pytest.fixture
def visit(place: Place) -> Visit:
    return Visit(place)


def say_yes(visit: Visit, key: tuple[str, str] = HOUSING, until: date | None = NEXT_YEAR) -> None:
    visit.choose(key, Answer.YES)
    visit.choose_kinds(key, ("name",))
    visit.choose_level(key, "name", Detail.NEED)
    visit.choose_until(key, until)


# --- answers -----------------------------------------------------------------------------------


def test_nothing_is_marked_beforehand(visit: Visit) -> None:
    for share in visit.place.shares:
        assert visit.marked(share.key) is None
        assert visit.answer(share.key) == GivenAnswer(Answer.NOT_NOW)
    assert not visit.touched
    assert not visit.says_yes
    assert visit.snapshot(NOTICE).answers == {}


@pytest.mark.parametrize("answer", [Answer.ASK_FIRST, Answer.NO, Answer.NOT_NOW])
def test_an_answer_is_whole_at_once_but_for_yes(visit: Visit, answer: Answer) -> None:
    visit.choose(HOUSING, answer)
    assert visit.marked(HOUSING) is answer
    assert visit.answer(HOUSING) == GivenAnswer(answer)
    assert visit.touched


def test_a_finished_yes(visit: Visit) -> None:
    say_yes(visit)
    assert visit.answer(HOUSING) == GivenAnswer(Answer.YES, {"name": Detail.NEED}, NEXT_YEAR)
    assert visit.says_yes


@pytest.mark.parametrize("left", ["kinds", "no kind", "level", "until"])
def test_a_yes_with_one_question_left_is_not_now(visit: Visit, left: str) -> None:
    visit.choose(HOUSING, Answer.YES)
    if left != "kinds":
        visit.choose_kinds(HOUSING, () if left == "no kind" else ("name", "health"))
    if left == "until":
        visit.choose_level(HOUSING, "health", Detail.NEED)
    if left in ("level", "until"):
        visit.choose_level(HOUSING, "name", Detail.NEED)
    if left != "until":
        visit.choose_until(HOUSING, None)
    assert visit.marked(HOUSING) is Answer.YES, "what the person touched stays marked"
    assert visit.answer(HOUSING) == GivenAnswer(Answer.NOT_NOW)
    assert not visit.says_yes
    assert visit.snapshot(NOTICE).answers == {HOUSING: GivenAnswer(Answer.NOT_NOW)}


def test_until_i_say_is_an_answer_to_until_when(visit: Visit) -> None:
    say_yes(visit, until=None)
    assert visit.answer(HOUSING).answer is Answer.YES
    assert visit.answer(HOUSING).until is None


def test_saying_yes_anew_begins_the_three_questions_anew(visit: Visit) -> None:
    say_yes(visit)
    visit.choose(HOUSING, Answer.YES)
    assert visit.kinds(HOUSING) == ()
    assert visit.answer(HOUSING) == GivenAnswer(Answer.NOT_NOW)


def test_no_after_yes_leaves_nothing_of_the_yes(visit: Visit) -> None:
    say_yes(visit)
    visit.choose(HOUSING, Answer.NO)
    assert visit.answer(HOUSING) == GivenAnswer(Answer.NO)
    assert visit.level(HOUSING, "name") is None


def test_a_kind_taken_back_takes_its_level_with_it(visit: Visit) -> None:
    visit.choose(HOUSING, Answer.YES)
    visit.choose_kinds(HOUSING, ("name", "health"))
    visit.choose_level(HOUSING, "health", Detail.NEED)
    visit.choose_kinds(HOUSING, ("name",))
    visit.choose_kinds(HOUSING, ("name", "health"))
    assert visit.level(HOUSING, "health") is None


def test_never_more_than_the_agency_could_have(visit: Visit) -> None:
    visit.choose(HOUSING, Answer.YES)
    visit.choose_kinds(HOUSING, ("health", "offences", "nonsense"))
    assert visit.kinds(HOUSING) == ("health",)
    visit.choose_level(HOUSING, "health", Detail.EVERYTHING)
    assert visit.level(HOUSING, "health") is Detail.NEED


def test_leaving_a_question_takes_the_yes_back(visit: Visit) -> None:
    say_yes(visit)
    visit.leave_yes(HOUSING)
    assert visit.answer(HOUSING) == GivenAnswer(Answer.NOT_NOW)


# --- someone who came back ---------------------------------------------------------------------


def test_what_stands_is_shown_and_not_saved_again(place: Place) -> None:
    stands = {HOUSING: GivenAnswer(Answer.YES, {"name": Detail.SUMMARY}, None)}
    visit = Visit(place, person=b"p" * 16, standing=stands)
    assert visit.marked(HOUSING) is Answer.YES
    assert visit.answer(HOUSING) == stands[HOUSING]
    assert visit.kinds(HOUSING) == ("name",)
    assert visit.level(HOUSING, "name") is Detail.SUMMARY
    assert not visit.touched
    assert not visit.says_yes
    assert visit.snapshot(NOTICE).answers == {}


def test_only_what_was_said_in_this_visit_is_saved(place: Place) -> None:
    stands = {HOUSING: GivenAnswer(Answer.NO), HOSTEL: GivenAnswer(Answer.ASK_FIRST)}
    visit = Visit(place, person=b"p" * 16, standing=stands)
    visit.choose(HOSTEL, Answer.NO)
    assert visit.snapshot(NOTICE).answers == {HOSTEL: GivenAnswer(Answer.NO)}


def test_the_review_shows_enforcement_only_where_something_was_said(visit: Visit) -> None:
    assert visit.for_review() == visit.place.asked
    visit.choose(POLICE, Answer.NO)
    assert [share.key for share in visit.for_review()][-1] == POLICE


# --- objecting ---------------------------------------------------------------------------------


def test_objecting_and_taking_it_back(visit: Visit) -> None:
    visit.object_to(CARE_TOLD, objects=True)
    assert visit.touched
    assert visit.snapshot(NOTICE).objections == {CARE_TOLD}
    visit.object_to(CARE_TOLD, objects=False)
    visit.object_to(CARE_TOLD, objects=False)
    assert visit.snapshot(NOTICE).objections == frozenset()
    assert not visit.touched


# --- understanding -----------------------------------------------------------------------------


def test_two_explanations_and_then_a_pause(visit: Visit) -> None:
    assert [visit.explained() for _ in range(3)] == [False, False, True]
    assert visit.check.explanations == EXPLANATIONS_BEFORE_A_PAUSE


def test_a_question_answered_twice_counts_once(visit: Visit) -> None:
    visit.understood("1")
    visit.understood("1")
    assert visit.check.right == ("1",)


def test_not_yet_is_undone_by_a_worker_alone(visit: Visit) -> None:
    visit.check_ended(Understood.NOT_YET)
    visit.check_ended(Understood.YES)
    assert visit.check.result is Understood.NOT_YET
    visit.check_ended(Understood.WORKER_SAYS, worker="w", reason="we talked")
    assert visit.check.result is Understood.WORKER_SAYS
    visit.check_ended(Understood.YES)
    assert (visit.check.worker, visit.check.worker_reason) == ("w", "we talked")


def test_a_yes_that_was_not_understood_waits(visit: Visit) -> None:
    say_yes(visit)
    visit.choose(HOSTEL, Answer.NO)
    assert not visit.any_waits
    visit.check_ended(Understood.NOT_YET)
    assert visit.waits(HOUSING)
    assert not visit.waits(HOSTEL)
    assert visit.any_waits


# --- leaving -----------------------------------------------------------------------------------


def test_the_snapshot_holds_all_that_was_left_and_stays_as_it_is(visit: Visit) -> None:
    say_yes(visit)
    visit.pin, visit.helper = "2580", "w"
    visit.found_by = (FoundBy.NAME, "Jo")
    visit.forms.add("spoken")
    visit.opened_in_full |= {"who", "how-long"}
    taken = visit.snapshot(NOTICE)
    assert taken.notice == replace(
        NOTICE, forms=("easy-read", "spoken"), full_pages=("how-long", "who")
    )
    assert (taken.pin, taken.helper, taken.found_by) == ("2580", "w", (FoundBy.NAME, "Jo"))
    visit.choose(HOUSING, Answer.NO)
    visit.object_to(CARE_TOLD, objects=True)
    assert taken.answers[HOUSING].answer is Answer.YES
    assert taken.objections == frozenset()


def test_after_saving_what_was_saved_stands_and_nothing_is_unsaved(visit: Visit) -> None:
    say_yes(visit)
    visit.pin = "2580"
    after = visit.as_saved(b"p" * 16, visit.snapshot(NOTICE).answers)
    assert after.person == b"p" * 16
    assert after.answer(HOUSING) == visit.answer(HOUSING)
    assert not after.touched
    assert after.pin == ""
