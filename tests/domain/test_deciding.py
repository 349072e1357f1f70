"""From a visit's answers to the choices that are kept, and what stands of them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.consent import Answer, Cell, Choice, Scope, Statement, Unreadable
from kiosk.domain.deciding import (
    Decision,
    chosen,
    decide,
    decide_to_release,
    decide_to_stop,
    withheld,
)
from kiosk.domain.history import History
from kiosk.domain.place import Detail
from kiosk.domain.visit import GivenAnswer, ShareKey

TODAY = date(2026, 11, 24)
SHARE = ("a", "p")
YES = GivenAnswer(Answer.YES, {"x": Detail.NEED, "y": Detail.SUMMARY})
NO = GivenAnswer(Answer.NO)
NOT_NOW = GivenAnswer(Answer.NOT_NOW)


class Kept:
    """Decisions as they would be kept, each under the next id."""

    def __init__(self) -> None:
        self.events: list[Choice | Unreadable] = []

    @property
    def history(self) -> History:
        return History(self.events)

    def keep(self, *decisions: Decision) -> None:
        for decision in decisions:
            event_id = len(self.events).to_bytes(16, "big")
            self.events.append(Choice(event_id, decision.statements, decision.replaces))

    def say(
        self, given: GivenAnswer, share: ShareKey = SHARE, *, understood: bool = True
    ) -> tuple[Decision, ...]:
        made = decide({share: given}, self.history, understood=understood, today=TODAY)
        self.keep(*made)
        return made

    def stands(self, share: ShareKey = SHARE, today: date = TODAY) -> GivenAnswer | None:
        return chosen(self.history, *share, today)


levels = st.sampled_from([Detail.NEED, Detail.SUMMARY, Detail.EVERYTHING])
answers = st.one_of(
    st.sampled_from([NO, NOT_NOW, GivenAnswer(Answer.ASK_FIRST)]),
    st.builds(
        GivenAnswer,
        st.just(Answer.YES),
        st.dictionaries(st.sampled_from("xyz"), levels, min_size=1),
        st.sampled_from([None, TODAY, TODAY + timedelta(9)]),
    ),
)
shares = st.tuples(st.sampled_from("ab"), st.sampled_from("pq"))
steps = st.lists(
    st.one_of(st.tuples(shares, answers), st.sampled_from([None, "a", "b"])), max_size=8
)


@given(steps, shares, answers)
@settings(max_examples=150)
def test_what_was_said_last_is_what_stands(
    steps: list[object], share: ShareKey, last: GivenAnswer
) -> None:
    kept = Kept()
    for step in steps:
        if isinstance(step, tuple):
            kept.say(step[1], step[0])
        else:
            kept.keep(decide_to_stop(kept.history, step))
    others = {(a, p): kept.stands((a, p)) for a in "ab" for p in "pq" if (a, p) != share}
    kept.say(last, share)
    assert kept.stands(share) == last
    assert {other: kept.stands(other) for other in others} == others
    assert not kept.say(last, share), "said again, it is not kept again"


def test_nothing_was_ever_said() -> None:
    assert Kept().stands() is None


def test_a_yes_that_names_nothing_is_not_now() -> None:
    kept = Kept()
    kept.say(GivenAnswer(Answer.YES, {"x": Detail.NOTHING}))
    assert kept.stands() == NOT_NOW


def test_a_kind_left_out_of_a_later_yes_is_no_longer_shared() -> None:
    kept = Kept()
    kept.say(YES)
    kept.say(GivenAnswer(Answer.YES, {"y": Detail.SUMMARY}))
    assert kept.history.standing(Cell("a", "p", "x")).shares(TODAY) is Detail.NOTHING


def test_stopping_one_agency_leaves_the_others() -> None:
    kept = Kept()
    kept.say(YES)
    kept.say(YES, ("b", "p"))
    kept.keep(decide_to_stop(kept.history, "a"))
    assert kept.stands() == GivenAnswer(Answer.WITHDRAWN)
    assert kept.stands(("b", "p")) == YES
    kept.keep(decide_to_stop(kept.history, None))
    assert kept.stands(("b", "p")) == GivenAnswer(Answer.WITHDRAWN)


def test_a_yes_after_stopping_everything_counts_for_that_share_only() -> None:
    kept = Kept()
    kept.say(YES, ("a", "q"))
    kept.keep(decide_to_stop(kept.history, None))
    kept.say(YES)
    assert kept.stands() == YES
    assert kept.stands(("a", "q")) == GivenAnswer(Answer.WITHDRAWN)


def test_an_ended_yes_is_not_now_and_can_be_said_again() -> None:
    kept = Kept()
    kept.say(GivenAnswer(Answer.YES, {"x": Detail.NEED}, TODAY - timedelta(1)))
    assert kept.stands() == NOT_NOW
    kept.say(YES)
    assert kept.stands() == YES


def test_two_devices_out_of_touch_show_what_both_allow() -> None:
    kept = Kept()
    kept.keep(*decide({SHARE: YES}, History(()), understood=True, today=TODAY))
    other = GivenAnswer(Answer.YES, {"x": Detail.EVERYTHING}, TODAY)
    kept.keep(*decide({SHARE: other}, History(()), understood=True, today=TODAY))
    assert kept.stands() == GivenAnswer(Answer.YES, {"x": Detail.NEED}, TODAY)


# --- a Yes that was not understood -----------------------------------------------------------------


def test_a_yes_not_understood_waits_and_shares_nothing() -> None:
    kept = Kept()
    kept.say(YES, understood=False)
    assert kept.stands() == NOT_NOW
    assert [cell.category for cell, _ in withheld(kept.history, TODAY)] == ["x", "y"]


def test_a_worker_releases_exactly_what_was_said() -> None:
    kept = Kept()
    end = TODAY + timedelta(30)
    kept.say(GivenAnswer(Answer.YES, dict(YES.details), end), understood=False)
    kept.keep(*decide_to_release(kept.history, TODAY))
    assert kept.stands() == GivenAnswer(Answer.YES, dict(YES.details), end)
    assert not list(withheld(kept.history, TODAY))


def test_a_later_no_or_not_now_is_not_released() -> None:
    for later in (NO, NOT_NOW):
        kept = Kept()
        kept.say(YES, understood=False)
        kept.say(later)
        assert not decide_to_release(kept.history, TODAY)
        assert kept.stands() == later


def test_stopping_everything_is_not_undone_by_a_release() -> None:
    kept = Kept()
    kept.say(YES, understood=False)
    kept.keep(decide_to_stop(kept.history, None))
    assert not decide_to_release(kept.history, TODAY)


def test_a_concurrent_no_keeps_a_release_shut() -> None:
    kept = Kept()
    kept.say(YES, understood=False)
    kept.keep(Decision((Statement(Scope("a"), Answer.NO),), frozenset()))
    assert not decide_to_release(kept.history, TODAY)


def test_a_withheld_yes_whose_end_has_passed_stays_shut() -> None:
    kept = Kept()
    kept.say(GivenAnswer(Answer.YES, dict(YES.details), TODAY), understood=False)
    assert not decide_to_release(kept.history, TODAY + timedelta(1))


def test_failing_the_check_does_not_take_back_an_earlier_yes() -> None:
    kept = Kept()
    kept.say(YES)
    assert not kept.say(YES, understood=False)
    assert kept.stands() == YES
    kept.say(GivenAnswer(Answer.YES, {"x": Detail.EVERYTHING}), understood=False)
    assert kept.stands() == NOT_NOW
