"""A place of twelve agencies and a visit to it, in code: for measurements and tests of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kiosk.domain.consent import Answer
from kiosk.domain.place import (
    Agency,
    AgencyKind,
    Category,
    Contact,
    Detail,
    Drafts,
    LawfulBasis,
    Nation,
    Outcome,
    Phrase,
    Place,
    Share,
)
from kiosk.domain.visit import (
    GivenAnswer,
    NoticeShown,
    UnderstandingCheck,
    Understood,
    VisitSnapshot,
)

BEGIN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CATEGORIES = ("health", "money", "housing", "family", "work", "safety")
OUTCOMES = ("home", "doctor")
_NOBODY = Contact("Somebody", "020 7946 0000", "1 The Street")
_KINDS = (*tuple(AgencyKind)[:10], AgencyKind.POLICE, AgencyKind.OTHER)


@dataclass
class HandClock:
    """Time that stands still until it is moved."""

    time: datetime = BEGIN
    seconds: float = 0.0

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.time

    def monotonic(self) -> float:
        """Seconds that `go_on` has passed."""
        return self.seconds

    def go_on(self, **how_long: float) -> None:
        """Let time pass for both clocks, as it does."""
        passed = timedelta(**how_long)
        self.time += passed
        self.seconds += passed.total_seconds()


def sample_place(place_id: str = "demo", *, demo: bool = True) -> Place:
    """A place of twelve agencies, one of them police, each asked about one outcome.

    One more share rests on public task and one on contract: those are told, not asked.
    """
    words = Phrase(own={"en": "words"})
    agencies = {
        f"agency-{n}": Agency(f"agency-{n}", f"Agency {n}", kind, words, words, "", "")
        for n, kind in enumerate(_KINDS)
    }
    outcomes = {name: Outcome(name, words, "") for name in OUTCOMES}
    categories = {name: Category(name, words, {}, "") for name in CATEGORIES}
    most = dict.fromkeys(CATEGORIES, Detail.EVERYTHING) | {"money": Detail.SUMMARY}

    def share(agency: Agency, outcome: str, basis: LawfulBasis) -> Share:
        return Share(
            agency, outcomes[outcome], most, basis, (), words, words, words, words, "", date.max
        )

    asked = [share(agency, "home", LawfulBasis.CONSENT) for agency in agencies.values()]
    told = [
        share(agencies["agency-0"], "doctor", LawfulBasis.PUBLIC_TASK),
        share(agencies["agency-1"], "doctor", LawfulBasis.CONTRACT),
    ]
    return Place(
        place_id, "The Sample Place", Nation.ENGLAND, demo, _NOBODY, _NOBODY, ("en",), Drafts.DEMO,
        (), agencies, outcomes, categories, (*asked, *told), "1",
    )  # fmt: skip


def sample_visit(
    place: Place,
    *,
    answer: Answer = Answer.YES,
    person: bytes | None = None,
    until: date | None = None,
    pin: str = "",
) -> VisitSnapshot:
    """A visit with the same answer to all that the place asks, understood."""
    details = dict.fromkeys(CATEGORIES[:4], Detail.SUMMARY) if answer is Answer.YES else {}
    shares = (*place.asked, *place.apart)
    return VisitSnapshot(
        person=person,
        notice=NoticeShown("1", "ab" * 32, "en", ("easy-read", "spoken")),
        answers={s.key: GivenAnswer(answer, details, until if details else None) for s in shares},
        objections=frozenset(),
        understanding=UnderstandingCheck(Understood.YES, ("one", "two", "three")),
        pin=pin,
    )
