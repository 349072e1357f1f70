"""From what a person said in a visit to the choices that are kept, and back again.

`decide` says what is new and what it replaces; `chosen` says what stands, one answer a share, as
screens and the receipt show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.domain.consent import ANY_OTHER, Answer, Cell, Scope, Standing, Statement
from kiosk.domain.history import History
from kiosk.domain.place import Detail
from kiosk.domain.visit import GivenAnswer, ShareKey


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice to be kept as one event: what it says, and the events that it replaces."""

    statements: tuple[Statement, ...]
    replaces: frozenset[bytes]


def decide(
    answers: Mapping[ShareKey, GivenAnswer],
    history: History,
    *,
    understood: bool,
    today: date,
) -> tuple[Decision, ...]:
    """One decision for each share whose answer is not what stands already.

    A Yes that was not understood is withheld: it is kept as Not now, with what it would have been,
    so that a worker may release it. A Yes or Not now about the share as a whole covers every
    category, so that a kind no longer named is no longer shared.
    """
    decisions = []
    waiting = {(cell.agency, cell.purpose) for cell, _held in withheld(history, today)}
    for (agency, purpose), given in answers.items():
        stands = chosen(history, agency, purpose, today)
        # Said again while a Yes waits for a worker, even the same Not now puts an end to waiting.
        if stands is not None and _same(stands, given) and (agency, purpose) not in waiting:
            continue
        statements = _statements(agency, purpose, given, understood=understood)
        replaces = history.heads_within(Scope(agency, purpose))
        decisions.append(Decision(statements, replaces))
    return tuple(decisions)


def decide_to_stop(history: History, agency: str | None) -> Decision:
    """Withdraw from one agency, or from all (None), replacing all that holds there."""
    scope = Scope(agency)
    return Decision((Statement(scope, Answer.WITHDRAWN),), history.heads_within(scope))


def decide_to_release(history: History, today: date) -> tuple[Decision, ...]:
    """Make each withheld Yes count, where nothing else was said since; ended ones stay shut."""
    by_share: dict[ShareKey, list[Statement]] = {}
    for cell, held in withheld(history, today):
        yes = Statement(Scope(*cell), Answer.YES, held.withheld, held.until)
        by_share.setdefault((cell.agency, cell.purpose), []).append(yes)
    decisions = []
    for _share, statements in sorted(by_share.items()):
        # Cells of the share that wait for nothing keep their heads: only these are replaced.
        replaces = {id_ for s in statements for id_ in history.heads_within(s.scope)}
        decisions.append(Decision(tuple(statements), frozenset(replaces)))
    return tuple(decisions)


def withheld(history: History, today: date) -> Iterable[tuple[Cell, Standing]]:
    """Cells whose Yes waits for a worker, in a fixed order."""
    for cell in sorted(history.cells()):
        held = history.standing(cell)
        waits = held.withheld is not Detail.NOTHING
        if waits and (held.until is None or today <= held.until):
            yield cell, held


def chosen(history: History, agency: str, purpose: str, today: date) -> GivenAnswer | None:
    """What stands for a share as one answer; None when nothing was ever said of it.

    Any category that is shared today makes it a Yes with those categories and the earliest end.
    Otherwise it is what was said of the share as a whole; an ended Yes is Not now.
    """
    if not history:
        return None
    details: dict[str, Detail] = {}
    ends = []
    said = []
    for category in sorted(history.categories(agency, purpose)):
        stands = history.standing(Cell(agency, purpose, category))
        level = stands.shares(today)
        if level:
            details[category] = level
            if stands.until is not None:
                ends.append(stands.until)
        elif stands.answer is not None:
            said.append(stands.answer)
    if details:
        return GivenAnswer(Answer.YES, details, min(ends) if ends else None)
    whole = history.standing(Cell(agency, purpose, ANY_OTHER)).answer
    if whole is None and not said:
        return None
    answer = whole if whole is not None else said[0]
    return GivenAnswer(Answer.NOT_NOW if answer is Answer.YES else answer)


def _statements(
    agency: str, purpose: str, given: GivenAnswer, *, understood: bool
) -> tuple[Statement, ...]:
    """What one answer to a share says: of the share as a whole, and of each category of a Yes."""
    whole = Scope(agency, purpose)
    if not _says_yes(given):
        answer = Answer.NOT_NOW if given.answer is Answer.YES else given.answer
        return (Statement(whole, answer),)
    cells = []
    for category, level in sorted(given.details.items()):
        if level is Detail.NOTHING:
            continue
        scope = Scope(agency, purpose, category)
        if understood:
            cells.append(Statement(scope, Answer.YES, level, given.until))
        else:
            cells.append(Statement(scope, Answer.NOT_NOW, until=given.until, withheld=level))
    return (Statement(whole, Answer.NOT_NOW), *cells)


def _says_yes(given: GivenAnswer) -> bool:
    return given.answer is Answer.YES and any(given.details.values())


def _same(stands: GivenAnswer, given: GivenAnswer) -> bool:
    if stands.answer is not given.answer:
        return False
    named = {category: level for category, level in given.details.items() if level}
    return stands.answer is not Answer.YES or (
        dict(stands.details) == named and stands.until == given.until
    )
