"""What a person allows: answers, how they merge, and what an agency may see.

A cell is (agency, purpose, category) of one person. A choice is what one event says: statements,
each about one cell or wider, and the events that it replaces. From any set of choices, in any
order and however often each arrives, `History` works out what stands:

* An event is dead for a cell only when an event that covers that cell names it. The heads of a
  cell are the events that cover it and are not dead there.
* Several heads resolve to the most protective: No or withdrawn, Not now, Ask me first, Yes; then
  the lower level; then the earlier end. No clock decides.
* A wide No covers every narrower cell, and only a choice that names it stands over it.
* No record means no. So does a head that we cannot read: erased, damaged, or newer than us. It
  stands over every cell, since we cannot know which it was about, and kills nothing, since we
  cannot know where. Losing a body therefore never shares more.
* Events that replace one another in a circle can only be forged, since nobody can name an event
  that is not there yet: they are taken as unreadable.

Source: DESIGN, Events; the shape was tried on 3,000 random histories before it was built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


# Least first. No and withdrawn protect alike; one order between them makes merging the same
# everywhere, and withdrawn comes first because agencies still have to be told of it.
_PERMISSIVENESS = {
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


@dataclass(frozen=True, slots=True)
class Scope:
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
        named = (self.agency, self.purpose, self.category)
        return sum(part is not None for part in named)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Statement:
    """One answer about one scope. A Yes names a single cell, a level above nothing and an end.

    `withheld` is the level of a Yes that waits as Not now, because the understanding check was not
    passed; `until` is then that Yes's end. `until` None means "until I say". Raises ValueError for
    a Yes that is wide or empty, or a level beside another answer: such a body is unreadable.
    """

    scope: Scope
    answer: Answer
    detail: Detail = Detail.NOTHING
    until: date | None = None
    withheld: Detail = Detail.NOTHING

    def __post_init__(self) -> None:
        says_yes = self.answer is Answer.YES
        waits = self.withheld is not Detail.NOTHING
        if says_yes is (self.detail is Detail.NOTHING):
            raise ValueError("a level goes with a Yes, and only with a Yes")
        if waits and self.answer is not Answer.NOT_NOW:
            raise ValueError("only Not now holds a Yes back")
        if (says_yes or waits) and self.scope.narrowness < len(Cell._fields):
            raise ValueError("a Yes names its agency, purpose and category")
        if self.until is not None and not (says_yes or waits):
            raise ValueError("only a Yes has an end")

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Sorts the most protective first; equal only for statements of equal effect."""
        end = self.until.toordinal() if self.until else date.max.toordinal() + 1
        return (_PERMISSIVENESS[self.answer], int(self.detail), int(self.withheld), end)


@dataclass(frozen=True, slots=True)
class Choice:
    """What one event says, and which events the person saw and replaced by it."""

    event_id: bytes
    statements: tuple[Statement, ...]
    replaces: frozenset[bytes] = frozenset()

    def covers(self, cell: Cell) -> bool:
        """True when it says anything about the cell."""
        return any(statement.scope.covers(cell) for statement in self.statements)

    def says(self, cell: Cell) -> Statement | None:
        """Its narrowest statement about the cell, of equals the most protective; None if none."""
        covering = [s for s in self.statements if s.scope.covers(cell)]
        if not covering:
            return None
        return min(covering, key=lambda s: (-s.scope.narrowness, s.rank))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An event about this person's choices whose body is gone, damaged or newer than us."""

    event_id: bytes
    replaces: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
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
        if self.answer is not Answer.YES or (self.until is not None and today > self.until):
            return Detail.NOTHING
        return self.detail

    def expired(self, today: date) -> bool:
        """True for a Yes whose end has passed."""
        return self.answer is Answer.YES and self.until is not None and today > self.until


NO_RECORD = Standing()
ANY_OTHER = ""  # in a cell: an agency, purpose or category that no narrow statement names


class History:
    """All that is known of one person's choices; made from any collection of them."""

    def __init__(self, events: Iterable[Choice | Unreadable]) -> None:
        self._unreadable: set[bytes] = set()
        self._choices: dict[bytes, Choice] = {}
        names: dict[bytes, frozenset[bytes]] = {}
        for event in events:
            self._take_in(event)
            names[event.event_id] = names.get(event.event_id, frozenset()) | event.replaces
        for forged in _in_a_circle(names):
            self._choices.pop(forged, None)
            self._unreadable.add(forged)
        self._replaces = names
        self._by_share: dict[tuple[str, str], list[Choice]] = defaultdict(list)
        self._wide: list[Choice] = []
        self._named_by: dict[bytes, list[Choice]] = defaultdict(list)
        for choice in self._choices.values():
            self._index(choice)

    def with_more(self, events: Iterable[Choice | Unreadable]) -> History:
        """Return this history and some more events."""
        unreadable = (Unreadable(id_, self._replaces[id_]) for id_ in self._unreadable)
        return History([*self._choices.values(), *unreadable, *events])

    def _take_in(self, event: Choice | Unreadable) -> None:
        known = self._choices.get(event.event_id)
        if isinstance(event, Unreadable) or (known is not None and known != event):
            # One id with two contents can only be damage or forgery: trust neither.
            self._choices.pop(event.event_id, None)
            self._unreadable.add(event.event_id)
        elif event.event_id not in self._unreadable:
            self._choices[event.event_id] = event

    def _index(self, choice: Choice) -> None:
        shares = {(s.scope.agency, s.scope.purpose) for s in choice.statements}
        narrow = {(a, p) for a, p in shares if a is not None and p is not None}
        if len(narrow) < len(shares):
            self._wide.append(choice)
        else:
            for share in narrow:
                self._by_share[share].append(choice)
        for replaced in choice.replaces:
            self._named_by[replaced].append(choice)

    def heads(self, cell: Cell) -> frozenset[bytes]:
        """Ids of the events that hold for a cell: nothing that covers it replaces them there."""
        choices = {choice.event_id for choice in self._live_choices(cell)}
        return frozenset(choices | {id_ for id_ in self._unreadable if self._alive(id_, cell)})

    def standing(self, cell: Cell) -> Standing:
        """What holds for a cell, whatever the day. Never more than any one head allows."""
        if any(self._alive(id_, cell) for id_ in self._unreadable):
            return NO_RECORD
        said = [choice.says(cell) for choice in self._live_choices(cell)]
        if not said:
            return NO_RECORD
        return _most_protective([statement for statement in said if statement is not None])

    def cells(self) -> frozenset[Cell]:
        """Every cell that some statement names: the only ones where anything can be shared."""
        return frozenset(
            Cell(s.scope.agency, s.scope.purpose, s.scope.category)
            for choice in self._choices.values()
            for s in choice.statements
            if s.scope.agency is not None
            and s.scope.purpose is not None
            and s.scope.category is not None
        )

    def categories(self, agency: str, purpose: str) -> frozenset[str]:
        """Categories that some statement names for one share."""
        found = self._by_share.get((agency, purpose), [])
        scopes = (s.scope for choice in (*found, *self._wide) for s in choice.statements)
        return frozenset(
            scope.category
            for scope in scopes
            if scope.category is not None and scope.meets(Scope(agency, purpose))
        )

    def heads_within(self, scope: Scope) -> frozenset[bytes]:
        """Ids of all events that hold anywhere within a scope: what a new answer there replaces."""
        return frozenset(id_ for cell in self._probes(scope) for id_ in self.heads(cell))

    def _probes(self, scope: Scope) -> Iterator[Cell]:
        """Yield cells enough to meet every event alive in the scope: those named, and others."""
        scopes = [s.scope for c in self._choices.values() for s in c.statements]
        meeting = [s for s in scopes if s.meets(scope)]
        seen: set[Cell] = set()
        for met in (*meeting, scope):
            cell = Cell(
                scope.agency or met.agency or ANY_OTHER,
                scope.purpose or met.purpose or ANY_OTHER,
                scope.category or met.category or ANY_OTHER,
            )
            if cell not in seen:
                seen.add(cell)
                yield cell

    def _live_choices(self, cell: Cell) -> Iterator[Choice]:
        found = self._by_share.get((cell.agency, cell.purpose), ())
        for choice in (*found, *self._wide):
            if choice.covers(cell) and self._alive(choice.event_id, cell):
                yield choice

    def _alive(self, event_id: bytes, cell: Cell) -> bool:
        return not any(namer.covers(cell) for namer in self._named_by.get(event_id, ()))


def standing(choices: Iterable[Choice | Unreadable], cell: Cell, today: date) -> Standing:
    """What holds for a cell on a day: an ended Yes is Not now, and no record has no answer."""
    found = History(choices).standing(cell)
    if found.expired(today):
        return Standing(Answer.NOT_NOW, until=found.until)
    return found


def _in_a_circle(names: dict[bytes, frozenset[bytes]]) -> set[bytes]:
    """Return the events on a circle of naming, and any between two circles.

    Peels off, again and again, what names nothing that is left or is named by nothing left.
    """
    left = {id_ for id_, named in names.items() if named}
    while left:
        named = frozenset().union(*(names[id_] for id_ in left))
        keep = {id_ for id_ in left if id_ in named and not left.isdisjoint(names[id_])}
        if keep == left:
            break
        left = keep
    return left


def _most_protective(said: list[Statement]) -> Standing:
    """Merge what several heads say of one cell."""
    answer = min((s.answer for s in said), key=_PERMISSIVENESS.__getitem__)
    agreeing = [s for s in said if s.answer is answer]
    ends = [s.until for s in agreeing if s.until is not None]
    return Standing(
        answer=answer,
        detail=min(s.detail for s in agreeing),
        until=min(ends) if ends else None,
        withheld=min(s.withheld for s in agreeing),
    )
