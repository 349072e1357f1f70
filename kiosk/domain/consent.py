"""What a person allows: answers, what they are about, and what stands of one.

A cell is (agency, purpose, category) of one person. A choice is what one event says: statements,
each about one cell or wider, and the events that it replaces. `history` merges them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kiosk.domain.place import Detail


class Answer(StrEnum):
    """The four answers, and taking a Yes back. Only YES lets anything be shared."""

    YES = "yes"
    ASK_FIRST = "ask-first"
    NO = "no"
    NOT_NOW = "not-now"
    WITHDRAWN = "withdrawn"


_YES, _NOT_NOW = Answer.YES, Answer.NOT_NOW  # looking a member up takes its time, cell by cell

# Least first. No and withdrawn protect alike; one order between them makes merging the same
# everywhere, and withdrawn comes first because agencies still have to be told of it.
PERMISSIVENESS = {
    Answer.WITHDRAWN: 0,
    Answer.NO: 1,
    Answer.NOT_NOW: 2,
    Answer.ASK_FIRST: 3,
    Answer.YES: 4,
}


class Cell(NamedTuple):
    """The least thing that an answer can be about. `purpose` is an outcome's id."""

    agency: str
    purpose: str
    category: str


class Scope(NamedTuple):
    """What a statement is about; None is every one of them."""

    agency: str | None = None
    purpose: str | None = None
    category: str | None = None

    def covers(self, cell: Cell) -> bool:
        """True when the cell lies within this scope."""
        return (
            (self.agency is None or self.agency == cell.agency)
            and (self.purpose is None or self.purpose == cell.purpose)
            and (self.category is None or self.category == cell.category)
        )

    def meets(self, other: Scope) -> bool:
        """True when some cell could lie within both scopes."""
        pairs = (
            (self.agency, other.agency),
            (self.purpose, other.purpose),
            (self.category, other.category),
        )
        return all(a is None or b is None or a == b for a, b in pairs)

    @property
    def narrowness(self) -> int:
        """How many of agency, purpose and category it names: 0 to 3."""
        return (self.agency is not None) + (self.purpose is not None) + (self.category is not None)


EVERYTHING = Scope()


class Statement(NamedTuple):
    """One answer about one scope. A Yes names a single cell, a level above nothing and an end.

    `withheld` is the level of a Yes that waits as Not now, because the understanding check was not
    passed; `until` is then that Yes's end. `until` None means "until I say".
    """

    scope: Scope
    answer: Answer
    detail: Detail = Detail.NOTHING
    until: date | None = None
    withheld: Detail = Detail.NOTHING

    @property
    def is_sound(self) -> bool:
        """False for a Yes that is wide or empty, and for a level or an end beside another answer."""
        scope, answer, detail, until, withheld = self
        if answer is _YES:
            return detail > 0 and withheld == 0 and None not in scope
        if answer is _NOT_NOW and withheld > 0:
            return detail == 0 and None not in scope
        return detail == 0 and withheld == 0 and until is None


def _rank(said: Statement) -> tuple[int, int, int, date]:
    """Sort the most protective first; equal only for statements of equal effect."""
    return (PERMISSIVENESS[said.answer], said.detail, said.withheld, said.until or date.max)


@dataclass(slots=True)
class Choice:
    """What one event says, and which events the person saw and replaced by it. Never changed.

    Raises ValueError for a statement that is not sound: its whole body is then unreadable.
    """

    event_id: bytes
    statements: tuple[Statement, ...]
    replaces: frozenset[bytes] = frozenset()
    exact: dict[Cell, Statement] = field(init=False, repr=False, compare=False)
    wide: tuple[Statement, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort its statements into those about one cell, by cell, and all others."""
        exact: dict[Cell, Statement] = {}
        wide = []
        for said in self.statements:
            if not said.is_sound:
                raise ValueError("a statement that nobody could have made")
            agency, purpose, category = said.scope
            if agency is None or purpose is None or category is None:
                wide.append(said)
            else:
                cell = Cell(agency, purpose, category)
                before = exact.get(cell)
                exact[cell] = said if before is None else min(before, said, key=_rank)
        self.exact = exact
        self.wide = tuple(wide)

    def covers(self, cell: Cell) -> bool:
        """True when it says anything about the cell."""
        return cell in self.exact or any(said.scope.covers(cell) for said in self.wide)

    def says(self, cell: Cell) -> Statement | None:
        """Its narrowest statement about the cell, of equals the most protective; None if none."""
        exactly = self.exact.get(cell)
        if exactly is not None:
            return exactly
        covering = [s for s in self.wide if s.scope.covers(cell)]
        if len(covering) < 2:
            return covering[0] if covering else None
        narrowest = max(s.scope.narrowness for s in covering)
        return min((s for s in covering if s.scope.narrowness == narrowest), key=_rank)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An event about this person's choices whose body is gone, damaged or newer than us."""

    event_id: bytes
    replaces: frozenset[bytes] = frozenset()


class Standing(NamedTuple):
    """What holds for one cell. `answer` None: no record, or a head that cannot be read.

    `detail` counts only with YES and until `until`; ask `shares(today)`. `withheld` is the level of
    a Yes that a worker may release, NOTHING when there is none.
    """

    answer: Answer | None = None
    detail: Detail = Detail.NOTHING
    until: date | None = None
    withheld: Detail = Detail.NOTHING

    def shares(self, today: date) -> Detail:
        """The level that may be shared on a day; the end day itself still counts."""
        if self.answer is not _YES or (self.until is not None and today > self.until):
            return Detail.NOTHING
        return self.detail

    def expired(self, today: date) -> bool:
        """True for a Yes whose end has passed."""
        return self.answer is Answer.YES and self.until is not None and today > self.until


NO_RECORD = Standing()
ANY_OTHER = ""  # in a cell: an agency, purpose or category that no narrow statement names
