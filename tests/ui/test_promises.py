"""What the screens promise about saving, waiting and handing back, tried by touches."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Never

import pytest

from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail, Drafts
from kiosk.domain.visit import FoundBy, Understood
from kiosk.ui.paper import printable
from kiosk.ui.person.review import answer_name
from kiosk.ui.routes import REVIEW, Step
from kiosk.ui.theme import Size
from tests.journeys.walking import (
    HOSTEL,
    HOUSING,
    Yes,
    answer,
    begin,
    come_back,
    come_to_review,
    enter_code,
    enter_pin,
    first_visit,
    past,
    shared,
    sign_in,
    to_questions,
    touch,
    type_words,
    understand,
)
from tests.ui.at_hand import PASSPHRASE, WORKER, KioskAtHand, Window

ONE_YES = Yes({"name": Detail.NEED}, "until.i-say")


def people(hand: KioskAtHand) -> int:
    connection = hand.store._connection
    return hand.in_store(lambda: connection.execute("SELECT count(*) FROM person").fetchone()[0])  # type: ignore[return-value]


def to_confirm(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: ONE_YES})
    past(hand, "review")
    understand(hand)
    enter_pin(hand)
    enter_pin(hand)
    touch(hand, "skip")
    assert hand.where == "confirm"


# --- saving ------------------------------------------------------------------------------------


def test_save_touched_again_while_saving_saves_once(hand: KioskAtHand) -> None:
    to_confirm(hand)
    disk = threading.Event()
    hand.kiosk.background._thread.submit(disk.wait)  # a slow disk
    save_button = hand.find("confirm.save")
    for _ in range(3):
        save_button.tap()
        hand.kiosk.session.dress_in(size=hand.session.dress.size)  # and the screen is drawn anew
        save_button = hand.find("confirm.save")
    disk.set()
    hand.settle()
    assert hand.where == "receipt"
    assert people(hand) == 1


def test_hide_now_while_saving_shows_the_next_person_nothing(hand: KioskAtHand) -> None:
    to_confirm(hand)
    disk = threading.Event()
    hand.kiosk.background._thread.submit(disk.wait)
    hand.find("confirm.save").tap()
    hand.session.hide_now()
    assert hand.where == "rest"
    disk.set()
    hand.settle()
    assert hand.where == "rest"
    assert hand.session.recorded is None
    assert people(hand) == 1, "what was confirmed is kept"


# --- a Yes is no more than was said ------------------------------------------------------------


@pytest.mark.parametrize("at", ["level", "until"])
def test_skipping_a_question_on_the_way_back_takes_the_yes_back(hand: KioskAtHand, at: str) -> None:
    """The screen says: if you skip this, we tell them nothing yet."""
    to_questions(hand)
    key = hand.session.step.key
    assert key is not None
    answer(hand, Yes({"name": Detail.NEED, "health": Detail.NEED}, "until.i-say"))
    assert hand.session.visit.answer(key).answer is Answer.YES
    while hand.where != at:
        hand.tap("bar.back")
    touch(hand, "skip")
    assert hand.session.visit.answer(key).answer is Answer.NOT_NOW
    while hand.where != at:
        hand.tap("bar.back")
    while hand.where == "level":
        touch(hand, "level.need")
    touch(hand, "until.i-say")
    assert hand.session.visit.answer(key).answer is Answer.YES


# --- paper and review say what is so -----------------------------------------------------------


def test_paper_after_stopping_does_not_say_yes(hand: KioskAtHand) -> None:
    first_visit(hand, {HOUSING: ONE_YES})
    code = hand.session.recorded.code  # type: ignore[union-attr]
    touch(hand, "finish")
    come_back(hand, code, door="home.stop")
    touch(hand, "stop.all")
    touch(hand, "stop.confirm")
    hand.session.with_choices = True
    said = {line.answer for line in printable(hand.session).choices}
    assert hand.session.say("answer.yes") not in said


def test_a_yes_that_stands_is_not_shown_as_waiting(hand: KioskAtHand) -> None:
    """Only what this visit says waits for the check; what stood before is still shared."""
    first_visit(hand, {HOUSING: ONE_YES})
    code = hand.session.recorded.code  # type: ignore[union-attr]
    touch(hand, "finish")
    come_back(hand, code)
    visit = hand.session.visit
    visit.choose(HOSTEL, Answer.YES)
    visit.choose_kinds(HOSTEL, ("name",))
    visit.choose_level(HOSTEL, "name", Detail.NEED)
    visit.choose_until(HOSTEL, None)
    visit.check_ended(Understood.NOT_YET)
    hand.session.go(REVIEW)
    hand.wait()
    place = hand.parts.place
    assert answer_name(hand.session, place.share(HOUSING)) == "yes"
    assert answer_name(hand.session, place.share(HOSTEL)) == "later"


# --- the worker hands back ---------------------------------------------------------------------


def test_a_worker_who_steps_back_is_no_longer_signed_in(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: "no"})
    touch(hand, "bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    assert hand.where == "worker-acts"
    touch(hand, "worker.helping")
    while hand.where != "review":
        hand.tap("bar.back")
    assert hand.session.visit.helper == WORKER
    touch(hand, "bar.person")
    touch(hand, "person.worker")
    touch(hand, f"staff.{WORKER}")
    assert hand.where == "worker-passphrase"


def test_a_worker_panel_left_open_asks_again_after_the_warning(hand: KioskAtHand) -> None:
    begin(hand)
    touch(hand, "bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    hand.skip(hand.parts.settings.idle_seconds + 2)
    assert hand.where == "time-out"
    touch(hand, "timeout.here")
    assert hand.where == "worker"
    assert hand.session.worker == ""


def test_nobody_signed_in_reaches_no_worker_screen(hand: KioskAtHand) -> None:
    begin(hand)
    for step in (
        Step("worker-acts"),
        Step("worker-reason", item="release"),
        Step("worker-code", item="unlock"),
        Step("been-words", item="worker-unlock"),
    ):
        hand.session.go(step)
        hand.wait()
        assert hand.where == "worker"


def test_a_half_typed_passphrase_goes_with_the_worker(hand: KioskAtHand) -> None:
    begin(hand)
    touch(hand, "bar.person")
    touch(hand, "person.worker")
    touch(hand, f"staff.{WORKER}")
    hand.tap("letter.a")
    hand.tap("bar.back")
    touch(hand, f"staff.{WORKER}")
    assert not hand.session.typed.get("passphrase")


# --- coming back -------------------------------------------------------------------------------


def test_four_wrong_words_can_be_typed_anew(hand: KioskAtHand) -> None:
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.words")
    enter_code(hand, (1, 2, 3, 4))
    assert hand.where == "been-pin"
    while hand.where != "been-words":
        hand.tap("bar.back")
    enter_code(hand, (5, 6, 7, 8))
    assert hand.where == "been-pin"
    assert hand.session.code_typed == (5, 6, 7, 8)


def test_a_receipt_scanned_to_stop_leads_to_stop(hand: KioskAtHand) -> None:
    first_visit(hand, {HOUSING: ONE_YES})
    token = hand.session.recorded.token  # type: ignore[union-attr]
    touch(hand, "finish")
    begin(hand)
    touch(hand, "home.stop")
    touch(hand, "been.scan")
    hand.scan(token)
    enter_pin(hand)
    assert hand.where == "stop"


def test_a_space_in_a_scan_presses_nothing(hand: KioskAtHand) -> None:
    """Base45 has spaces, and a scanner that types presses the space bar."""
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.scan")
    hand.key("tab")
    Window.dispatch("on_textinput", "YS1:6BF")
    hand.key("spacebar")
    Window.dispatch("on_textinput", " ABC")
    hand.key("enter")
    assert hand.where == "been-pin"


def test_enter_after_a_space_still_presses(hand: KioskAtHand) -> None:
    begin(hand)
    Window.dispatch("on_textinput", " ")
    hand.wait(2)
    hand.key("tab")
    hand.key("enter")
    assert hand.where != "home"


def test_what_was_typed_for_a_name_does_not_begin_a_birthday(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: "no"})
    past(hand, "review")
    enter_pin(hand)
    enter_pin(hand)
    touch(hand, "found.name")
    hand.tap("letter.a")
    hand.tap("bar.back")
    touch(hand, "found.birthday")
    assert not hand.session.typed.get("found")


# --- a failure of a visit that is over -----------------------------------------------------------


def test_what_fails_late_does_not_end_the_next_visit(hand: KioskAtHand) -> None:
    def breaks() -> Never:
        raise LookupError

    begin(hand)
    hand.kiosk.on_unforeseen = None
    disk = threading.Event()
    hand.kiosk.background._thread.submit(disk.wait)
    hand.session.run(breaks, lambda _value: None)
    hand.session.hide_now()
    hand.kiosk.session.go(Step("home"))
    disk.set()
    hand.settle()
    assert hand.where == "home"


# --- words that nobody has checked (Drafts.EXPLAIN) ----------------------------------------------


@pytest.fixture
def explaining(hand: KioskAtHand) -> KioskAtHand:
    place = replace(hand.parts.place, drafts=Drafts.EXPLAIN)
    hand.kiosk.parts = replace(hand.parts, place=place)
    hand.kiosk.end_visit()
    hand.wait()
    return hand


def test_a_yes_in_words_that_nobody_checked_waits(explaining: KioskAtHand) -> None:
    hand = explaining
    first_visit(hand, {HOUSING: ONE_YES, HOSTEL: "no"}, "pl")
    recorded = hand.session.recorded
    assert recorded is not None
    assert shared(hand, recorded.person) == {}
    assert hand.in_store(lambda: hand.parts.consents.choices_held(recorded.person))
    assert recorded.answers[HOSTEL].answer is Answer.NO, "a No needs no checked words"
    lines = {line.answer for line in printable(hand.session).choices}
    assert hand.session.say("answer.yes") not in lines


def test_only_a_language_that_is_checked_takes_the_yes(explaining: KioskAtHand) -> None:
    """Asked in a draft and saved in English, it still waits; asked in English it does not."""
    hand = explaining
    to_questions(hand, "pl")
    key = hand.session.step.key
    assert key is not None
    answer(hand, ONE_YES)
    touch(hand, "bar.language")
    touch(hand, "language.en")
    visit = hand.session.visit
    assert visit.waits(key)
    assert visit.snapshot(hand.session.notice_shown()).waiting == {key}
    second = hand.session.step.key
    answer(hand, ONE_YES)
    assert second is not None
    assert not visit.waits(second)
    visit.choose(key, Answer.YES)
    visit.choose_kinds(key, ("name",))
    visit.choose_level(key, "name", Detail.NEED)
    visit.choose_until(key, None)
    assert not visit.waits(key)
    assert visit.snapshot(hand.session.notice_shown()).waiting == frozenset()


def test_where_drafts_are_a_demo_a_yes_counts(hand: KioskAtHand) -> None:
    first_visit(hand, {HOUSING: ONE_YES}, "pl")
    recorded = hand.session.recorded
    assert recorded is not None
    assert shared(hand, recorded.person) == {(*HOUSING, "name"): Detail.NEED}


# --- no PIN --------------------------------------------------------------------------------------


def test_with_no_pin_the_paper_alone_opens_it(hand: KioskAtHand) -> None:
    """As the screen said; the four words alone do not."""
    come_to_review(hand, {HOUSING: "no"})
    past(hand, "review")
    touch(hand, "pin.skip")
    touch(hand, "yes-continue")
    touch(hand, "skip")
    touch(hand, "confirm.save")
    token = hand.session.recorded.token  # type: ignore[union-attr]
    touch(hand, "finish")
    begin(hand)
    hand.scan(token)
    assert hand.where == "been-pin"
    touch(hand, "pin.skip")
    assert hand.where == "review"


def test_a_yes_by_the_paper_alone_waits_for_a_worker_and_a_stop_does_not(
    hand: KioskAtHand,
) -> None:
    """Whoever found the paper may hold it: it takes back at once, and gives nothing."""
    come_to_review(hand, {HOUSING: ONE_YES})
    past(hand, "review")
    understand(hand)
    touch(hand, "pin.skip")
    touch(hand, "yes-continue")
    touch(hand, "skip")
    touch(hand, "confirm.save")
    recorded = hand.session.recorded
    assert recorded is not None
    touch(hand, "finish")
    begin(hand)
    hand.scan(recorded.token)
    touch(hand, "pin.skip")
    hand.session.visit.choose(HOSTEL, Answer.YES)
    hand.session.visit.choose_kinds(HOSTEL, ("name",))
    hand.session.visit.choose_level(HOSTEL, "name", Detail.NEED)
    hand.session.visit.choose_until(HOSTEL, None)
    hand.session.visit.choose(HOUSING, Answer.NO)
    hand.session.visit.check_ended(Understood.YES)
    snapshot = hand.session.visit.snapshot(hand.session.notice_shown())
    hand.in_store(lambda: hand.parts.consents.record(snapshot))

    def may_see(key: tuple[str, str]) -> Detail:
        consents, (agency, outcome) = hand.parts.consents, key
        seen = hand.in_store(lambda: consents.may_see(recorded.person, agency, outcome, "name"))
        assert isinstance(seen, Detail)
        return seen

    assert may_see(HOSTEL) is Detail.NOTHING
    assert may_see(HOUSING) is Detail.NOTHING


# --- objecting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [Size.DEFAULT, Size.LARGEST])
def test_an_objection_is_shown_on_return_and_can_be_taken_back(
    hand: KioskAtHand, size: Size
) -> None:
    place = hand.parts.place
    told = next(share for share in place.told if share.basis.can_object)

    def to_told() -> None:
        hand.session.dress_in(size=size)
        touch(hand, "review.object")
        while hand.session.step.key != told.key:
            touch(hand, "next")

    def objected() -> object:
        recorded = hand.session.recorded
        assert recorded is not None
        return hand.in_store(lambda: hand.parts.consents.objected(recorded.person))

    first_visit(hand, {HOUSING: "no"})
    code = hand.session.recorded.code  # type: ignore[union-attr]
    assert objected() == frozenset()
    for wanted in (frozenset([told.key]), frozenset()):
        touch(hand, "finish")
        come_back(hand, code)
        to_told()
        if not wanted:
            assert told.key in hand.session.visit.objections
        touch(hand, "told.object")
        past(hand, "told")
        assert hand.where == "review"
        hand.session.dress_in(size=Size.DEFAULT)
        past(hand, "review")
        touch(hand, "confirm.save")
        assert objected() == wanted
    counts = hand.in_store(lambda: hand.store.check(whole=True))
    assert counts


# --- found again by what was left ----------------------------------------------------------------


@pytest.mark.parametrize("act", ["worker.find", "worker.stop-locked"])
def test_a_worker_finds_who_left_a_name_and_the_record_says_who_helped(
    hand: KioskAtHand, act: str
) -> None:
    come_to_review(hand, {HOUSING: ONE_YES})
    hand.session.visit.found_by = (FoundBy.NAME, "Jo")
    snapshot = hand.session.visit.snapshot(hand.session.notice_shown())
    recorded = hand.in_store(lambda: hand.parts.consents.record(snapshot))
    hand.tap("hide")
    begin(hand)
    touch(hand, "bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    touch(hand, act)
    touch(hand, "found.name")
    assert not hand.shows("skip"), "there is nothing to leave"
    type_words(hand, "jo")
    touch(hand, "done")
    assert hand.session.visit.person == recorded.person  # type: ignore[attr-defined]
    assert hand.where == ("review" if act == "worker.find" else "stop")
    assert hand.session.visit.helper == WORKER
    assert hand.session.worker == ""


def test_a_name_that_nobody_left_finds_nobody(hand: KioskAtHand) -> None:
    begin(hand)
    touch(hand, "bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    touch(hand, "worker.find")
    touch(hand, "found.birthday")
    for digit in "0101":
        hand.tap(f"digit.{digit}")
    touch(hand, "done")
    assert hand.where == "problem"
    assert hand.session.step.item == "nobody_found"


def test_what_stands_is_not_called_unsaved(hand: KioskAtHand) -> None:
    first_visit(hand, {HOUSING: "no"})
    code = hand.session.recorded.code  # type: ignore[union-attr]
    touch(hand, "finish")
    come_back(hand, code)
    unsaved = hand.session.say("review.not-saved")
    assert unsaved not in hand.words()
    touch(hand, "change.hostel.home")
    answer(hand, "no")
    assert hand.where == "review"
    assert unsaved in hand.words()
