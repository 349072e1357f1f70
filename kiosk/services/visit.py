"""One visit in memory: what the person has said so far, none of it saved.

Closing the visit drops it. `snapshot()` is the only way out, and goes to `consents.record`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail, Place, Share
from kiosk.domain.visit import (
    FoundBy,
    GivenAnswer,
    NoticeShown,
    ShareKey,
    UnderstandingCheck,
    Understood,
    VisitSnapshot,
)

EXPLANATIONS_BEFORE_A_PAUSE = 2


@dataclass(slots=True)
class DraftYes:
    """A Yes being put together: the three questions after it, each of which may be left."""

    kinds: tuple[str, ...] | None = None
    levels: dict[str, Detail] = field(default_factory=dict)
    until: date | None = None
    until_answered: bool = False

    @property
    def complete(self) -> bool:
        """True when what, how much and until when are all answered: only then is it a Yes."""
        return (
            bool(self.kinds)
            and all(kind in self.levels for kind in self.kinds or ())
            and self.until_answered
        )


class Visit:
    """The answers of one person, new or returning, as they are given and changed."""

    def __init__(
        self,
        place: Place,
        *,
        person: bytes | None = None,
        standing: Mapping[ShareKey, GivenAnswer] | None = None,
        objections: frozenset[ShareKey] = frozenset(),
    ) -> None:
        self.place = place
        self.person = person
        self.pin = ""
        self.found_by: tuple[FoundBy, str] | None = None
        self.helper = ""
        self.objections: set[ShareKey] = set(objections)
        self._objected_before = objections
        self.check = UnderstandingCheck()
        self.opened_in_full: set[str] = set()
        self.told: NoticeShown | None = None  # set as each page of the notice is shown
        self.forms: set[str] = {"easy-read"}
        self.paper_alone = False  # opened by a receipt with no PIN: whoever found it may hold it
        self.yes_waits = False  # a Yes said now waits for a worker: unchecked words, or paper alone
        self._unchecked: set[ShareKey] = set()  # a Yes, all or part of it said in such a language
        self._held: frozenset[ShareKey] = frozenset()  # saved as waiting
        self._answers: dict[ShareKey, Answer] = {}
        self._yes: dict[ShareKey, DraftYes] = {}
        self._standing = dict(standing or {})

    # --- answering -----------------------------------------------------------------------------

    def choose(self, key: ShareKey, answer: Answer) -> None:
        """Take one answer to one share; a new answer replaces the one before."""
        self._answers[key] = answer
        self._yes.pop(key, None)
        self._unchecked.discard(key)
        if answer is Answer.YES:
            self._draft(key)

    def choose_kinds(self, key: ShareKey, kinds: tuple[str, ...]) -> None:
        """What may be told. Only categories of this share count; none leaves nothing shared."""
        most = self.place.share(key).most
        draft = self._draft(key)
        draft.kinds = tuple(kind for kind in most if kind in kinds)
        draft.levels = {kind: level for kind, level in draft.levels.items() if kind in kinds}

    def choose_level(self, key: ShareKey, kind: str, level: Detail) -> None:
        """How much of one category, never above what this agency may have at most."""
        self._draft(key).levels[kind] = min(level, self.place.share(key).most[kind])

    def choose_until(self, key: ShareKey, until: date | None) -> None:
        """Until a date, or None for "until I say"."""
        draft = self._draft(key)
        draft.until, draft.until_answered = until, True

    def leave_yes(self, key: ShareKey) -> None:
        """Leave one of the three questions: nothing is shared until "until when" is said anew."""
        draft = self._draft(key)
        draft.until, draft.until_answered = None, False

    def object_to(self, key: ShareKey, objects: bool) -> None:
        """Object to a share that is told, not asked (UK GDPR Art 21), or take that back."""
        (self.objections.add if objects else self.objections.discard)(key)

    def _draft(self, key: ShareKey) -> DraftYes:
        if self.yes_waits:
            self._unchecked.add(key)
        return self._yes.setdefault(key, DraftYes())

    # --- what stands ---------------------------------------------------------------------------

    def marked(self, key: ShareKey) -> Answer | None:
        """The answer that the person gave, as the boxes should mark it; None when none yet."""
        if key in self._answers:
            return self._answers[key]
        standing = self._standing.get(key)
        return standing.answer if standing else None

    def answer(self, key: ShareKey) -> GivenAnswer:
        """What would be saved for one share: an unfinished Yes, or no answer, is Not now."""
        given = self._answers.get(key)
        if given is None:
            return self._standing.get(key, GivenAnswer(Answer.NOT_NOW))
        if given is not Answer.YES:
            return GivenAnswer(given)
        draft = self._yes.get(key, DraftYes())
        if not draft.complete:
            return GivenAnswer(Answer.NOT_NOW)
        details = {kind: draft.levels[kind] for kind in draft.kinds or ()}
        return GivenAnswer(Answer.YES, details, draft.until)

    def waits(self, key: ShareKey) -> bool:
        """True for a Yes that is saved, or would be, and shares nothing until a worker says more.

        What stood before this visit and was not changed goes on being shared, and waits for nothing.
        """
        given = self.answer(key)
        if key not in self._answers:
            return key in self._held and given.answer is Answer.NOT_NOW
        if given.answer is not Answer.YES or given == self._standing.get(key):
            return False
        return self.check.result is Understood.NOT_YET or key in self._unchecked

    @property
    def any_waits(self) -> bool:
        """True when some Yes of this visit waits."""
        return any(self.waits(key) for key in self._answers)

    def as_saved(self, person: bytes, answers: Mapping[ShareKey, GivenAnswer]) -> Visit:
        """Return the visit as it goes on after saving: what stands, and nothing unsaved."""
        objections = frozenset(self.objections)
        after = Visit(self.place, person=person, standing=answers, objections=objections)
        after.helper, after.yes_waits = self.helper, self.yes_waits
        after._held = frozenset(key for key in self.place_keys if self.waits(key))
        return after

    @property
    def place_keys(self) -> frozenset[ShareKey]:
        """Keys of all that this place asks or tells."""
        return frozenset(share.key for share in self.place.shares)

    def kinds(self, key: ShareKey) -> tuple[str, ...]:
        """Categories chosen for a Yes so far, in the pack's order."""
        draft = self._yes.get(key)
        if draft is not None:
            return draft.kinds or ()
        standing = self._standing.get(key)
        return tuple(standing.details) if standing else ()

    def level(self, key: ShareKey, kind: str) -> Detail | None:
        """The level chosen for one category of a Yes; None when not yet."""
        draft = self._yes.get(key)
        if draft is not None:
            return draft.levels.get(kind)
        standing = self._standing.get(key)
        return standing.details.get(kind) if standing else None

    def seen_before(self, key: ShareKey) -> bool:
        """True when this share was answered, in this visit or before it."""
        return key in self._answers or key in self._standing

    @property
    def touched(self) -> bool:
        """True when anything was said that is not saved yet."""
        return bool(self._answers) or self.objections != self._objected_before

    @property
    def says_yes(self) -> bool:
        """True when this visit gives any Yes: then understanding is checked before it counts."""
        return any(self.answer(key).answer is Answer.YES for key in self._answers)

    def for_review(self) -> tuple[Share, ...]:
        """The shares that the review shows: all that is asked, and enforcement where answered."""
        answered_apart = tuple(s for s in self.place.apart if self.seen_before(s.key))
        return self.place.asked + answered_apart

    # --- understanding -------------------------------------------------------------------------

    def understood(self, question: str) -> None:
        """One question of the check answered rightly."""
        if question not in self.check.right:
            self.check = replace(self.check, right=(*self.check.right, question))

    def explained(self) -> bool:
        """Count one more explanation; True when there were enough: offer a pause or a worker."""
        if self.check.explanations >= EXPLANATIONS_BEFORE_A_PAUSE:
            return True
        self.check = replace(self.check, explanations=self.check.explanations + 1)
        return False

    def check_ended(self, result: Understood, *, worker: str = "", reason: str = "") -> None:
        """Keep how the check ended; `worker` and `reason` when a worker wrote down why.

        After "not yet" only a worker's word counts: going back and trying the answers one by one
        does not, and it does not take the worker's name and reason away.
        """
        settled = (Understood.NOT_YET, Understood.WORKER_SAYS)
        if self.check.result in settled and result is Understood.YES:
            return
        self.check = replace(self.check, result=result, worker=worker, worker_reason=reason)

    # --- leaving -------------------------------------------------------------------------------

    def snapshot(self, notice: NoticeShown) -> VisitSnapshot:
        """All that this visit would save, frozen. Only what was answered in this visit is in it."""
        return VisitSnapshot(
            person=self.person,
            notice=replace(
                notice,
                forms=tuple(sorted(self.forms)),
                full_pages=tuple(sorted(self.opened_in_full)),
            ),
            answers={key: self.answer(key) for key in self._answers},
            objections=frozenset(self.objections),
            objections_taken_back=self._objected_before - self.objections,
            understanding=self.check,
            waiting=frozenset(key for key in self._unchecked if self.waits(key)),
            pin=self.pin,
            found_by=self.found_by,
            helper=self.helper,
        )
