"""Merging: the same whatever the order, never more than any head, and No where nobody knows."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.domain.consent import (
    EVERYTHING,
    NO_RECORD,
    Answer,
    Cell,
    Choice,
    Scope,
    Standing,
    Statement,
    Unreadable,
)
from kiosk.domain.history import History, standing
from kiosk.domain.place import Detail

AGENCIES, PURPOSES, CATEGORIES = ("a", "b"), ("p", "q"), ("x", "y")
CELLS = [Cell(*parts) for parts in itertools.product(AGENCIES, PURPOSES, CATEGORIES)]
TODAY = date(2026, 11, 24)
ENDS = [None, TODAY - timedelta(1), TODAY, TODAY + timedelta(1)]
NOT_YES = [answer for answer in Answer if answer is not Answer.YES]
LEVELS = [Detail.NEED, Detail.SUMMARY, Detail.EVERYTHING]
CELL = CELLS[0]

narrow_scopes = st.sampled_from(CELLS).map(lambda cell: Scope(*cell))
scopes = st.builds(
    Scope,
    st.sampled_from([None, *AGENCIES]),
    st.sampled_from([None, *PURPOSES]),
    st.sampled_from([None, *CATEGORIES]),
)
nothing, no_end = st.just(Detail.NOTHING), st.none()
statements = st.one_of(
    st.tuples(
        narrow_scopes, st.just(Answer.YES), st.sampled_from(LEVELS), st.sampled_from(ENDS), nothing
    ),
    st.tuples(scopes, st.sampled_from(NOT_YES), nothing, no_end, nothing),
    st.tuples(
        narrow_scopes,
        st.just(Answer.NOT_NOW),
        nothing,
        st.sampled_from(ENDS),
        st.sampled_from(LEVELS),
    ),
).map(lambda said: Statement(*said))


def event_id(number: int) -> bytes:
    return number.to_bytes(16, "big")


@st.composite
def histories(draw: st.DrawFn) -> list[Choice | Unreadable]:
    """Up to eight events, each replacing any that came before it (or, forged, after it)."""
    events: list[Choice | Unreadable] = []
    count = draw(st.integers(0, 8))
    for number in range(count):
        others = [event_id(n) for n in range(count) if n != number]
        replaces = frozenset(draw(st.lists(st.sampled_from(others), max_size=3)) if others else ())
        if draw(st.integers(0, 7)) == 0:
            events.append(Unreadable(event_id(number), replaces))
        else:
            said = tuple(draw(st.lists(statements, min_size=1, max_size=3)))
            events.append(Choice(event_id(number), said, replaces))
    return events


def all_standing(events: list[Choice | Unreadable]) -> dict[Cell, Standing]:
    history = History(events)
    return {cell: history.standing(cell) for cell in CELLS}


def shared(events: list[Choice | Unreadable]) -> dict[Cell, Detail]:
    history = History(events)
    return {cell: history.standing(cell).shares(TODAY) for cell in CELLS}


def yes(number: int, cell: Cell = CELL, *replaces: int, **how: object) -> Choice:
    level = how.get("level", Detail.SUMMARY)
    until = how.get("until")
    said = Statement(Scope(*cell), Answer.YES, level, until)  # type: ignore[arg-type]
    return Choice(event_id(number), (said,), frozenset(map(event_id, replaces)))


def no(number: int, scope: Scope, *replaces: int, answer: Answer = Answer.NO) -> Choice:
    said = Statement(scope, answer)
    return Choice(event_id(number), (said,), frozenset(map(event_id, replaces)))


# --- what holds of every history -------------------------------------------------------------------


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_same_in_any_order_and_however_often(
    events: list[Choice | Unreadable], chance: random.Random
) -> None:
    arriving = [*events, *chance.choices(events, k=len(events))] if events else []
    chance.shuffle(arriving)
    assert all_standing(arriving) == all_standing(events)


@given(histories())
@settings(max_examples=150)
def test_never_more_than_any_head(events: list[Choice | Unreadable]) -> None:
    history = History(events)
    by_id = {event.event_id: event for event in events}
    for cell in CELLS:
        level = history.standing(cell).shares(TODAY)
        for head in history.heads(cell):
            assert level <= History([by_id[head]]).standing(cell).shares(TODAY)


@given(histories())
@settings(max_examples=150)
def test_nothing_is_shared_without_a_live_yes_that_names_the_cell(
    events: list[Choice | Unreadable],
) -> None:
    history = History(events)
    by_id = {event.event_id: event for event in events}
    for cell in CELLS:
        if history.standing(cell).shares(TODAY):
            heads = [by_id[head] for head in history.heads(cell)]
            assert heads
            for head in heads:
                assert isinstance(head, Choice)
                said = head.says(cell)
                assert said is not None
                assert said.scope == Scope(*cell)
                assert said.answer is Answer.YES


@given(histories(), st.data())
@settings(max_examples=150)
def test_losing_a_body_never_shares_more(
    events: list[Choice | Unreadable], data: st.DataObject
) -> None:
    if not events:
        return
    lost = data.draw(st.sampled_from(events))
    after = [Unreadable(e.event_id, e.replaces) if e is lost else e for e in events]
    before = shared(events)
    assert all(level <= before[cell] for cell, level in shared(after).items())


@given(histories(), scopes, st.sampled_from(NOT_YES))
@settings(max_examples=150)
def test_an_unnamed_wide_answer_covers_every_narrower_cell(
    events: list[Choice | Unreadable], scope: Scope, answer: Answer
) -> None:
    wide = no(99, scope, answer=answer)
    after = shared([*events, wide])
    before = shared(events)
    for cell in CELLS:
        assert after[cell] == (Detail.NOTHING if scope.covers(cell) else before[cell])


@given(histories(), st.sampled_from(CELLS), st.sampled_from(LEVELS))
@settings(max_examples=150)
def test_a_fresh_informed_yes_takes_effect_there_and_nowhere_else(
    events: list[Choice | Unreadable], cell: Cell, level: Detail
) -> None:
    seen = History(events).heads_within(Scope(*cell))
    fresh = Choice(event_id(99), (Statement(Scope(*cell), Answer.YES, level),), seen)
    after, before = shared([*events, fresh]), shared(events)
    assert after[cell] == level
    assert all(after[other] == before[other] for other in CELLS if other != cell)


@given(histories(), scopes)
@settings(max_examples=150)
def test_heads_within_a_scope_are_those_of_its_cells(
    events: list[Choice | Unreadable], scope: Scope
) -> None:
    history = History(events)
    names = [(*AGENCIES, "?"), (*PURPOSES, "?"), (*CATEGORIES, "?")]
    cells = [Cell(*parts) for parts in itertools.product(*names)]
    expected = {head for cell in cells if scope.covers(cell) for head in history.heads(cell)}
    assert history.heads_within(scope) == expected


@given(histories(), scopes)
@settings(max_examples=200)
def test_a_wide_answer_that_replaces_all_it_sees_leaves_one_head(
    events: list[Choice | Unreadable], scope: Scope
) -> None:
    stop = Choice(
        event_id(99), (Statement(scope, Answer.WITHDRAWN),), History(events).heads_within(scope)
    )
    history = History([*events, stop])
    for cell in CELLS:
        if scope.covers(cell):
            assert history.heads(cell) == {stop.event_id}


@given(histories(), st.sampled_from(CELLS), st.integers(0, 5))
@example([yes(1, until=TODAY)], CELL, 1)
@settings(max_examples=200)
def test_time_only_ever_takes_away(
    events: list[Choice | Unreadable], cell: Cell, days: int
) -> None:
    stands = History(events).standing(cell)
    assert stands.shares(TODAY + timedelta(days)) <= stands.shares(TODAY)


# --- each rule by itself ---------------------------------------------------------------------------


def test_no_record_means_no() -> None:
    assert standing([], CELL, TODAY) == NO_RECORD
    assert NO_RECORD.shares(TODAY) is Detail.NOTHING


def test_a_yes_shares_its_level_until_its_last_day() -> None:
    history = [yes(1, until=TODAY)]
    assert standing(history, CELL, TODAY).shares(TODAY) is Detail.SUMMARY
    ended = standing(history, CELL, TODAY + timedelta(1))
    assert (ended.answer, ended.detail) == (Answer.NOT_NOW, Detail.NOTHING)


@pytest.mark.parametrize("protective", NOT_YES)
def test_a_concurrent_answer_that_protects_wins(protective: Answer) -> None:
    both = [yes(1), no(2, Scope("a", "p", "x"), answer=protective)]
    assert standing(both, CELL, TODAY).answer is protective


def test_order_of_protection() -> None:
    order = [Answer.WITHDRAWN, Answer.NO, Answer.NOT_NOW, Answer.ASK_FIRST]
    for first, second in itertools.pairwise(order):
        heads = [no(1, EVERYTHING, answer=second), no(2, Scope(*CELL), answer=first)]
        assert standing(heads, CELL, TODAY).answer is first


def test_two_concurrent_yeses_give_the_lower_level_and_the_earlier_end() -> None:
    heads = [
        yes(1, level=Detail.EVERYTHING, until=TODAY + timedelta(3)),
        yes(2, level=Detail.NEED, until=None),
    ]
    merged = standing(heads, CELL, TODAY)
    assert (merged.detail, merged.until) == (Detail.NEED, TODAY + timedelta(3))
    sooner = yes(3, until=TODAY + timedelta(2))
    assert standing([*heads, sooner], CELL, TODAY).until == TODAY + timedelta(2)


def test_a_yes_stands_over_a_wide_no_only_where_it_names_it() -> None:
    wide = no(1, Scope("a"))
    assert shared([wide, yes(2)])[CELL] is Detail.NOTHING
    named = shared([wide, yes(2, CELL, 1)])
    assert named[CELL] is Detail.SUMMARY
    assert [cell for cell, level in named.items() if level] == [CELL]


def test_an_event_is_replaced_only_in_the_cells_that_its_successor_covers() -> None:
    said = tuple(Statement(Scope(*c), Answer.YES, Detail.NEED) for c in CELLS[:2])
    both = Choice(event_id(1), said)
    after = shared([both, no(2, Scope(*CELLS[0]), 1)])
    assert after[CELLS[0]] is Detail.NOTHING
    assert after[CELLS[1]] is Detail.NEED


def test_the_narrowest_statement_of_one_event_speaks() -> None:
    event = Choice(
        event_id(1),
        (
            Statement(Scope("a", "p"), Answer.NOT_NOW),
            Statement(Scope(*CELL), Answer.YES, Detail.NEED),
        ),
    )
    assert shared([event])[CELL] is Detail.NEED
    assert standing([event], Cell("a", "p", "y"), TODAY).answer is Answer.NOT_NOW


def test_an_event_that_cannot_be_read_shares_nothing_until_it_is_replaced() -> None:
    unreadable = Unreadable(event_id(1))
    assert not any(shared([yes(2), unreadable]).values())
    assert shared([unreadable, yes(2, CELL, 1)])[CELL] is Detail.SUMMARY


def test_what_an_unreadable_event_replaced_is_not_forgotten() -> None:
    wide_no, unreadable = no(1, Scope("a")), Unreadable(event_id(2), frozenset([event_id(1)]))
    assert shared([wide_no, unreadable, yes(3, CELL, 2)])[CELL] is Detail.NOTHING


def test_events_that_replace_one_another_share_nothing() -> None:
    forged = [yes(1, CELL, 2), yes(2, CELL, 1)]
    assert not any(shared(forged).values())
    assert not any(shared([*forged, yes(3), yes(4, CELL, 4)]).values())
    lost = Unreadable(event_id(2), frozenset([event_id(1)]))
    assert not any(shared([forged[0], lost]).values()), "and losing a body does not revive one"


def test_one_id_with_two_contents_is_trusted_for_neither() -> None:
    assert not any(shared([yes(1), yes(1, level=Detail.EVERYTHING)]).values())


@pytest.mark.parametrize(
    "said",
    [
        (Scope("a", "p"), Answer.YES, Detail.NEED),
        (Scope(*CELL), Answer.YES, Detail.NOTHING),
        (Scope(*CELL), Answer.NO, Detail.NEED),
        (Scope(*CELL), Answer.NO, Detail.NOTHING, TODAY),
        (Scope(*CELL), Answer.NO, Detail.NOTHING, None, Detail.NEED),
        (Scope("a", "p"), Answer.NOT_NOW, Detail.NOTHING, None, Detail.NEED),
    ],
)
def test_a_statement_that_nobody_could_have_made_is_refused(said: tuple[object, ...]) -> None:
    statement = Statement(*said)  # type: ignore[arg-type]
    assert not statement.is_sound
    with pytest.raises(ValueError):
        Choice(event_id(1), (statement,))
