"""Journey 3: stop sharing, with one agency or with all, in no more taps than it took to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail
from kiosk.errors import CodeLocked, CodeOrPinWrong
from kiosk.services.consents import Recorded
from tests.journeys.walking import (
    CLINIC,
    HOSTEL,
    HOUSING,
    PIN,
    SHELTER,
    Settled,
    Yes,
    begin,
    chosen,
    come_back,
    enter_code,
    first_visit,
    past,
    recorded,
    settled,
    shared,
    sign_in,
    touch,
)
from tests.ui.at_hand import PASSPHRASE, WORKER, Demo, KioskAtHand, open_kiosk

FIRST = {
    HOUSING: Yes({"name": Detail.EVERYTHING, "health": Detail.NEED}, "until.1-year"),
    HOSTEL: "ask",
    SHELTER: "no",
    CLINIC: Yes({"mind": Detail.SUMMARY}, "until.i-say"),
}


@pytest.fixture(scope="module")
def earlier(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """Two agencies were told yes, and one to ask first."""
    return settled(demo, tmp_path_factory.mktemp("settled"), FIRST)


@pytest.fixture
def hand(earlier: Settled, tmp_path: Path, no_ink: None) -> Iterator[KioskAtHand]:
    """A kiosk that they come back to."""
    opened = open_kiosk(earlier.demo, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def before(earlier: Settled) -> Recorded:
    """What they went away with."""
    return earlier.kept


class Taps:
    """How often the glass was touched."""

    def __init__(self, hand: KioskAtHand) -> None:
        self.count = 0
        self._down = hand.finger_down
        hand.finger_down = self._counted  # type: ignore[method-assign]

    def _counted(self, x: float, y: float):  # type: ignore[no-untyped-def]
        self.count += 1
        return self._down(x, y)


# --- one, or all -------------------------------------------------------------------------------


def test_stopping_one_agency_leaves_the_others(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code, door="home.stop")
    assert hand.where == "stop"
    touch(hand, "stop.council-housing")
    assert hand.where == "stop-sure"
    past_pages(hand)
    touch(hand, "stop.confirm")
    assert hand.where == "stopped"
    assert shared(hand, before.person) == {(*CLINIC, "mind"): Detail.SUMMARY}
    assert chosen(hand, before.person)[HOSTEL].answer is Answer.ASK_FIRST


def past_pages(hand: KioskAtHand) -> None:
    while hand.shows("more"):
        hand.tap("more")


def test_stopping_all_shares_nothing_with_anybody(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code, door="home.stop")
    touch(hand, "stop.all")
    touch(hand, "stop.confirm")
    assert hand.where == "stopped"
    assert shared(hand, before.person) == {}
    answers = {given.answer for given in chosen(hand, before.person).values()}
    assert answers.isdisjoint({Answer.YES, Answer.ASK_FIRST})


def test_stopping_gives_a_new_receipt(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code, door="home.stop")
    touch(hand, "stop.all")
    touch(hand, "stop.confirm")
    past(hand, "stopped")
    assert hand.where == "receipt"
    after = recorded(hand)
    assert after.receipt_id != before.receipt_id
    assert after.code == before.code
    verdict = hand.in_store(lambda: hand.parts.receipts.verify(after.token))
    assert verdict.genuine  # type: ignore[attr-defined]


def test_after_stopping_there_is_no_way_back_into_what_was_before(
    hand: KioskAtHand, before: Recorded
) -> None:
    come_back(hand, before.code, door="home.stop")
    touch(hand, "stop.all")
    touch(hand, "stop.confirm")
    past(hand, "stopped")
    assert not hand.shows("bar.back")


def test_leaving_before_the_confirmation_stops_nothing(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code, door="home.stop")
    kept = shared(hand, before.person)
    touch(hand, "stop.all")
    hand.tap("bar.back")
    assert hand.where == "stop"
    hand.tap("hide")
    assert shared(hand, before.person) == kept


def test_where_nothing_is_shared_that_is_said(hand: KioskAtHand, before: Recorded) -> None:
    hand.in_store(lambda: hand.parts.consents.stop(before.person, None))
    come_back(hand, before.code, door="home.stop")
    assert hand.where == "stop"
    assert hand.session.say("stop.nothing") in hand.words()
    assert not hand.shows("stop.all")


def test_what_was_stopped_can_be_allowed_again(hand: KioskAtHand, before: Recorded) -> None:
    """Withdrawing is not for ever: a later Yes stands over it."""
    from tests.journeys.walking import answer, save

    hand.in_store(lambda: hand.parts.consents.stop(before.person, None))
    come_back(hand, before.code)
    assert hand.where == "review"
    touch(hand, "change.council-housing.home")
    answer(hand, Yes({"name": Detail.NEED}, "until.i-say"))
    save(hand)
    assert shared(hand, before.person) == {(*HOUSING, "name"): Detail.NEED}


# --- no harder than to start -------------------------------------------------------------------


def test_it_takes_no_more_taps_than_it_took_to_start(hand: KioskAtHand) -> None:
    """UK GDPR Art 7(3): from rest to sharing with one agency; from rest to sharing with none."""
    giving = Taps(hand)
    first_visit(hand, {HOUSING: Yes({"name": Detail.NEED}, "until.i-say")})
    to_give = giving.count
    kept = recorded(hand)
    hand.tap("hide") if hand.shows("hide") else touch(hand, "finish")
    giving.count = 0
    come_back(hand, kept.code, door="home.stop")
    opening = giving.count
    touch(hand, "stop.all")
    touch(hand, "stop.confirm")
    assert hand.where == "stopped"
    assert giving.count <= to_give
    assert giving.count - opening <= 2, "two taps, once the record is open"


def test_one_answer_costs_less_to_withdraw_than_to_give(
    hand: KioskAtHand, before: Recorded
) -> None:
    """At the review, with the record open: change to No, and change to Yes."""
    from tests.journeys.walking import answer

    come_back(hand, before.code)
    taps = Taps(hand)
    touch(hand, "change.mental-health.mind")
    answer(hand, "no")
    assert hand.where == "review"
    to_withdraw, taps.count = taps.count, 0
    touch(hand, "change.mental-health.mind")
    answer(hand, Yes({"mind": Detail.NEED}, "until.i-say"))
    assert to_withdraw <= taps.count


# --- a locked code -----------------------------------------------------------------------------


def lock(hand: KioskAtHand, before: Recorded) -> None:
    def try_again() -> bool:
        hand.clock.move(700)
        try:
            hand.parts.people.open_with_code(before.code, "1357")
        except CodeOrPinWrong:
            return True
        except CodeLocked:
            return False
        raise AssertionError("a wrong PIN opened it")

    while hand.in_store(try_again):
        pass


def test_a_locked_code_still_stops_through_a_worker(hand: KioskAtHand, before: Recorded) -> None:
    """Whoever finds a receipt and tries PINs on it cannot trap its owner."""
    lock(hand, before)
    come_back(hand, before.code, PIN, door="home.stop")
    assert hand.session.step.item == "code_locked"
    hand.tap("bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    assert hand.where == "worker-acts"
    touch(hand, "worker.stop-locked")
    touch(hand, "been.words")
    enter_code(hand, before.code)
    assert hand.where == "stop"
    touch(hand, "stop.all")
    touch(hand, "stop.confirm")
    assert hand.where == "stopped"
    assert shared(hand, before.person) == {}


def test_a_worker_who_stopped_for_someone_is_on_the_record(
    hand: KioskAtHand, before: Recorded
) -> None:
    begin(hand)
    hand.tap("bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    touch(hand, "worker.stop-locked")
    touch(hand, "been.words")
    enter_code(hand, before.code)
    touch(hand, "stop.council-housing")
    touch(hand, "stop.confirm")
    rows = hand.in_store(lambda: hand.store._connection.execute("SELECT * FROM audit").fetchall())
    assert any(WORKER in map(str, row) and "stopped" in map(str, row) for row in rows)  # type: ignore[union-attr]


def test_a_worker_finds_nobody_by_a_code_that_nobody_has(
    hand: KioskAtHand, before: Recorded
) -> None:
    begin(hand)
    hand.tap("bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    touch(hand, "worker.stop-locked")
    touch(hand, "been.words")
    enter_code(hand, tuple((word + 1) % 256 for word in before.code))
    assert hand.session.step.item == "nobody_found"
