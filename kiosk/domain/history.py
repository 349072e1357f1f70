"""Merging: from any set of choices, in any order and however often each arrives, what stands.

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
from datetime import date

from kiosk.domain.consent import (
    ANY_OTHER,
    NO_RECORD,
    PERMISSIVENESS,
    Answer,
    Cell,
    Choice,
    Scope,
    Standing,
    Statement,
    Unreadable,
)


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
        self._standing: dict[Cell, Standing] = {}  # worked out so far

    def __bool__(self) -> bool:
        return bool(self._replaces)

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
        choices = {event_id for event_id, _said in self._live(cell)}
        return frozenset(choices | {id_ for id_ in self._unreadable if self._alive(id_, cell)})

    def standing(self, cell: Cell) -> Standing:
        """What holds for a cell, whatever the day. Never more than any one head allows."""
        found = self._standing.get(cell)
        if found is None:
            found = self._standing[cell] = self._work_out(cell)
        return found

    def _work_out(self, cell: Cell) -> Standing:
        if self._unreadable and any(self._alive(id_, cell) for id_ in self._unreadable):
            return NO_RECORD
        said = [statement for _event_id, statement in self._live(cell)]
        if len(said) == 1:
            _scope, answer, detail, until, held_back = said[0]
            return Standing(answer, detail, until, held_back)
        return _most_protective(said) if said else NO_RECORD

    def cells(self) -> frozenset[Cell]:
        """Every cell that some statement names: the only ones where anything can be shared."""
        return frozenset(cell for choice in self._choices.values() for cell in choice.exact)

    def categories(self, agency: str, purpose: str) -> frozenset[str]:
        """Categories that some statement names for one share: the only ones that can be shared."""
        found = self._by_share.get((agency, purpose), [])
        return frozenset(
            cell.category
            for choice in (*found, *self._wide)
            for cell in choice.exact
            if cell.agency == agency and cell.purpose == purpose
        )

    def heads_within(self, scope: Scope) -> frozenset[bytes]:
        """Ids of all events that hold anywhere within a scope: what a new answer there replaces."""
        if not self:
            return frozenset()
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

    def _live(self, cell: Cell) -> list[tuple[bytes, Statement]]:
        """Return the events that hold for a cell, each with what it says there."""
        found = self._by_share.get((cell.agency, cell.purpose), [])
        live = []
        for choice in [*found, *self._wide] if self._wide else found:
            said = choice.says(cell)
            if said is not None and self._alive(choice.event_id, cell):
                live.append((choice.event_id, said))
        return live

    def _alive(self, event_id: bytes, cell: Cell) -> bool:
        namers = self._named_by.get(event_id)
        return namers is None or not any(namer.covers(cell) for namer in namers)


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
    answer = min((s.answer for s in said), key=PERMISSIVENESS.__getitem__)
    agreeing = [s for s in said if s.answer is answer]
    ends = [s.until for s in agreeing if s.until is not None]
    return Standing(
        answer=answer,
        detail=min(s.detail for s in agreeing),
        until=min(ends) if ends else None,
        withheld=min(s.withheld for s in agreeing),
    )
