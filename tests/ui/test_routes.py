"""What follows what, as a graph: no screen lost, no question asked again, always a way out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import kiosk.ui
from kiosk.content.places import read_place
from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail, Place
from kiosk.domain.visit import Understood
from kiosk.services.visit import Visit
from kiosk.settings import DEMO_PLACE
from kiosk.ui import routes
from kiosk.ui.routes import CHECK_QUESTIONS, HOME, LANGUAGE, REST, REVIEW, Step, after

UI = Path(kiosk.ui.__file__).parent
ANSWERS = (Answer.YES, Answer.ASK_FIRST, Answer.NO, Answer.NOT_NOW)


@pytest.fixture(scope="module")
def place() -> Place:
    return read_place(DEMO_PLACE)


@pytest.fixture
def visit(place: Place) -> Visit:
    return Visit(place)


def onward(step: Step, visit: Visit, answer: Answer = Answer.NO) -> Iterator[Step]:
    """Every step from one to the receipt, answering each question in the same way."""
    for _ in range(200):
        if step.screen == "question":
            assert step.key is not None
            visit.choose(step.key, answer)
        step = after(step, visit, answer if step.screen == "question" else None)
        yield step
        if step.screen == "receipt":
            return
    raise AssertionError("no receipt after two hundred screens")


# --- from the first screen to the receipt ------------------------------------------------------


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_way_through_ends_in_a_receipt(visit: Visit, answer: Answer) -> None:
    walked = list(onward(Step("how"), visit, answer))
    assert walked[-1] == Step("receipt")


def test_the_first_screens(visit: Visit) -> None:
    assert after(REST, visit) == LANGUAGE
    assert after(LANGUAGE, visit) == HOME


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_question_comes_once_and_in_the_packs_order(visit: Visit, answer: Answer) -> None:
    asked = [step.key for step in onward(Step("how"), visit, answer) if step.screen == "question"]
    assert asked == [share.key for share in visit.place.asked]


def test_everything_that_is_told_comes_before_the_first_question(visit: Visit) -> None:
    walked = list(onward(Step("how"), visit))
    told = [step.key for step in walked if step.screen == "told"]
    assert told == [share.key for share in visit.place.told]
    screens = [step.screen for step in walked]
    assert max(at for at, name in enumerate(screens) if name == "told") < screens.index("agency")


def test_enforcement_is_never_on_the_way(visit: Visit) -> None:
    apart = {share.key for share in visit.place.apart}
    assert apart
    assert apart.isdisjoint(step.key for step in onward(Step("how"), visit))
    assert "advice" not in {step.screen for step in onward(Step("how"), visit)}


def test_a_place_that_tells_or_asks_nothing_has_a_way_through(place: Place) -> None:
    for shares in ((), place.told, place.asked):
        bare = Visit(replace(place, shares=shares))
        assert list(onward(Step("how"), bare))[-1] == Step("receipt")


# --- No is not asked again ---------------------------------------------------------------------


@pytest.mark.parametrize("changing", [False, True])
@pytest.mark.parametrize("answer", [Answer.ASK_FIRST, Answer.NO, Answer.NOT_NOW])
def test_nothing_leads_from_an_answer_back_to_its_question(
    visit: Visit, answer: Answer, changing: bool
) -> None:
    for share in (*visit.place.asked, *visit.place.apart):
        step = Step("question", key=share.key, changing=changing)
        visit.choose(share.key, answer)
        following = after(step, visit, answer)
        assert following.key != share.key
        if changing:
            assert following == REVIEW


def test_yes_costs_three_questions_more_and_no_costs_none(visit: Visit) -> None:
    """Nothing stands between No and the next agency: no "are you sure?"."""
    first, second = visit.place.asked[:2]
    assert after(Step("question", key=first.key), visit, Answer.NO) == Step(
        "agency", key=second.key
    )


# --- the three questions after Yes -------------------------------------------------------------


def test_each_kind_chosen_is_asked_how_much_and_then_until_when(visit: Visit) -> None:
    share = visit.place.asked[0]
    kinds = tuple(share.most)[:3]
    visit.choose(share.key, Answer.YES)
    visit.choose_kinds(share.key, kinds)
    step, seen = Step("kinds", key=share.key), []
    for _ in range(4):
        step = after(step, visit)
        seen.append((step.screen, step.item))
    assert seen == [*(("level", kind) for kind in kinds), ("until", "")]
    assert after(step, visit) == Step("agency", key=visit.place.asked[1].key)


def test_no_kind_chosen_skips_the_rest(visit: Visit) -> None:
    share = visit.place.asked[0]
    visit.choose(share.key, Answer.YES)
    following = after(Step("kinds", key=share.key), visit)
    assert following == Step("agency", key=visit.place.asked[1].key)


def test_changing_one_answer_comes_back_to_the_review_from_anywhere_in_it(visit: Visit) -> None:
    share = visit.place.asked[0]
    visit.choose(share.key, Answer.YES)
    assert routes.after_share(Step("level", key=share.key, changing=True), visit) == REVIEW
    question = after(Step("agency", key=share.key, changing=True), visit)
    assert question == Step("question", key=share.key, changing=True)
    kinds = after(question, visit, Answer.YES)
    assert kinds.changing


# --- the check ---------------------------------------------------------------------------------


def yes_to_one(visit: Visit) -> None:
    share = visit.place.asked[0]
    visit.choose(share.key, Answer.YES)
    visit.choose_kinds(share.key, ("name",))
    visit.choose_level(share.key, "name", Detail.NEED)
    visit.choose_until(share.key, None)


def test_a_yes_is_checked_and_anything_else_is_not(visit: Visit) -> None:
    assert after(REVIEW, visit) == Step("pin")
    yes_to_one(visit)
    assert after(REVIEW, visit) == Step("check", item=CHECK_QUESTIONS[0])


def test_an_unfinished_yes_is_not_checked_because_it_shares_nothing(visit: Visit) -> None:
    visit.choose(visit.place.asked[0].key, Answer.YES)
    assert after(REVIEW, visit) == Step("pin")


def test_an_explanation_leads_back_to_its_own_question(visit: Visit) -> None:
    yes_to_one(visit)
    for item in CHECK_QUESTIONS:
        assert after(Step("explain", item=item), visit) == Step("check", item=item)


@pytest.mark.parametrize("result", [Understood.YES, Understood.NOT_YET, Understood.WORKER_SAYS])
def test_a_check_that_has_ended_is_not_begun_again(visit: Visit, result: Understood) -> None:
    yes_to_one(visit)
    visit.check_ended(result, worker="Sam", reason="said it back in their own words")
    assert after(REVIEW, visit) == Step("pin")


def test_someone_who_came_back_makes_no_second_pin(place: Place) -> None:
    visit = Visit(place, person=b"p" * 16)
    assert after(REVIEW, visit) == Step("confirm")


# --- nothing lost ------------------------------------------------------------------------------


def steps_in_code() -> dict[str, set[str]]:
    """Names of screens that the code opens, and where: Step("…") and replace(…, screen="…")."""
    opened: dict[str, set[str]] = {}
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            names = [k.value for k in node.keywords if k.arg == "screen"]
            if getattr(node.func, "id", "") == "Step":
                names += node.args[:1]
            for name in names:
                for part in ast.walk(name):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        opened.setdefault(part.value, set()).add(file.name)
    return opened


def test_every_screen_can_be_reached_and_every_step_has_a_screen() -> None:
    from kiosk.ui.screens import SCREENS

    opened = {name for name in steps_in_code() if name in SCREENS or name.isidentifier()}
    opened.discard("")
    assert set(SCREENS) - set(steps_in_code()) == set(), "nothing opens these"
    called = {"agency", "told"}  # _next_of(…, "told") names them by a variable
    assert opened - set(SCREENS) - called == set(), "there is no such screen"
