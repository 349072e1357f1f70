"""Taking down what a person chose, stopping, releasing, and answering "may I see?"."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, partial

from kiosk.domain.deciding import (
    chosen,
    decide,
    decide_to_release,
    decide_to_stop,
    withheld,
)
from kiosk.domain.event import Kind
from kiosk.domain.history import History
from kiosk.domain.notice import check_content, counts_as_understood, notice_content
from kiosk.domain.person import Code, draw_code
from kiosk.domain.place import Detail, Place
from kiosk.domain.visit import (
    GivenAnswer,
    ShareKey,
    UnderstandingCheck,
    Understood,
    VisitSnapshot,
)
from kiosk.errors import StoreDamaged
from kiosk.services import receipts
from kiosk.services.people import PERSON_THEMSELVES, People
from kiosk.services.pins import new_pin
from kiosk.services.ports import Clock
from kiosk.store.store import PersonRow, Store
from kiosk.store.writing import Writing


@dataclass(frozen=True)
class Recorded:
    """What was saved, and is on the disk: what the receipt shows."""

    person: bytes
    code: Code
    token: str
    receipt_id: bytes
    issued_at: datetime
    stands: Callable[[], Mapping[ShareKey, GivenAnswer]] = field(repr=False, compare=False)

    @cached_property
    def answers(self) -> Mapping[ShareKey, GivenAnswer]:
        """All that stands now, share by share: worked out when first asked for, from memory.

        Saving does not wait for it, and it does not need the store's thread.
        """
        return self.stands()


class Consents:
    """What people allow. Each method that changes anything is one transaction."""

    def __init__(self, store: Store, place: Place, people: People, clock: Clock) -> None:
        self._store = store
        self._place = place
        self._people = people
        self._clock = clock
        asked = (*place.asked, *place.apart)
        self._asked = {share.key: share for share in asked}
        self._most = {
            (share.agency.id, share.outcome.id, category): level
            for share in asked
            for category, level in share.most.items()
        }
        self._can_object = {s.key for s in place.told if s.basis.can_object}

    # --- taking down ---------------------------------------------------------------------------

    def record(self, snapshot: VisitSnapshot) -> Recorded:
        """Save one visit, all of it or nothing, and return it with its receipt.

        A Yes whose understanding check was not passed, now or in an earlier visit, and one said in
        words that nobody has checked, is withheld: it stands as Not now until a worker releases it,
        or it is said again. Raises PinNotUsable, StoreFull,
        StoreReadOnly; KeyError for an answer to something that this place does not ask.
        """
        now = self._clock.now()
        known = self._known(snapshot.person) if snapshot.person is not None else None
        history = self._store.history(known.person) if known else History(())
        before = known.understood if known else Understood.NOT_ASKED
        today = self._store.today(now)
        answers = {key: self._within(key, given) for key, given in snapshot.answers.items()}
        unchecked = {key: answers.pop(key) for key in snapshot.waiting if key in answers}
        understood = counts_as_understood(snapshot.understanding.result, before)
        decisions = (
            *decide(answers, history, understood=understood, today=today),
            *decide(unchecked, history, understood=False, today=today),
        )
        pin = new_pin(self._store, snapshot.pin) if snapshot.pin else None
        with self._store.writing(now) as act:
            person, code = self._come(act, known)
            self._keep_notice(act, person, snapshot)
            history = act.choices(person, decisions, history, snapshot.helper)
            self._keep_objections(act, person, snapshot)
            if pin is not None:
                content = {"salt": pin[0], "hash": pin[1], "by": snapshot.helper}
                act.event(Kind.PIN_SET, person, content)
            self._keep_found_by(act, person, snapshot)
            issued = receipts.issue(self._store, act, person)
            act.audit(snapshot.helper or PERSON_THEMSELVES, "recorded", person)
        return self._recorded(person, code, issued, history)

    def stop(self, person: bytes, agency_id: str | None, worker: str = "") -> Recorded:
        """Withdraw everything from one agency, or from all (None). Works for a locked code."""
        known = self._known(person)
        history = self._store.history(person)
        with self._store.writing(self._clock.now()) as act:
            decision = decide_to_stop(history, agency_id)
            history = act.choices(person, [decision], history, worker)
            issued = receipts.issue(self._store, act, person)
            act.audit(worker or PERSON_THEMSELVES, "stopped", person)
        return self._recorded(person, _code(known), issued, history)

    def release_held(self, person: bytes, worker: str, reason: str) -> Recorded:
        """Let every withheld Yes count, because a worker wrote down why it was understood."""
        known = self._known(person)
        history = self._store.history(person)
        now = self._clock.now()
        check = UnderstandingCheck(Understood.WORKER_SAYS, worker=worker, worker_reason=reason)
        with self._store.writing(now) as act:
            act.event(Kind.UNDERSTANDING_CHECKED, person, check_content(check))
            decisions = decide_to_release(history, self._store.today(now))
            history = act.choices(person, decisions, history, worker)
            issued = receipts.issue(self._store, act, person)
            act.audit(worker, "released", person)
        return self._recorded(person, _code(known), issued, history)

    # --- asking --------------------------------------------------------------------------------

    def may_see(self, person: bytes, agency: str, purpose: str, category: str) -> Detail:
        """Return how much an agency may see, on the ground of consent: NOTHING unless all is well.

        The same answer for "no" and for "no such person". Never more than the place pack allows
        now. What the law allows without consent is not asked here. Raises StoreDamaged.
        """
        most = self._most.get((agency, purpose, category))
        if most is None:
            return Detail.NOTHING
        stands = self._store.may_see(person, agency, purpose, category, self._clock.now())
        return stands if stands <= most else most

    def chosen(self, person: bytes) -> dict[ShareKey, GivenAnswer]:
        """Return what stands, share by share, in the order asked; no entry where nothing was said."""
        return self._chosen(self._store.history(person), self._today())

    def objected(self, person: bytes) -> frozenset[ShareKey]:
        """Return the shares that a person objects to (UK GDPR Art 21)."""
        return self._store.objections(person)

    def choices_held(self, person: bytes) -> bool:
        """True when some Yes waits for a worker to write down why it was understood."""
        return any(True for _cell in withheld(self._store.history(person), self._today()))

    # --- the steps of one transaction ----------------------------------------------------------

    def _known(self, person: bytes) -> PersonRow:
        row = self._store.person(person)
        if row is None:
            raise StoreDamaged(what="person")
        return row

    def _come(self, act: Writing, known: PersonRow | None) -> tuple[bytes, Code]:
        if known is not None:
            return known.person, _code(known)
        person = secrets.token_bytes(16)
        code = draw_code(secrets.randbelow, lambda c: bool(self._store.people_with_code(c)))
        act.event(Kind.PERSON_CAME, person, {"code": list(code)})
        return person, code

    def _keep_notice(self, act: Writing, person: bytes, snapshot: VisitSnapshot) -> None:
        notice = notice_content(snapshot.notice, snapshot.helper)
        act.event(Kind.NOTICE_SHOWN, person, notice)
        if snapshot.understanding.result is not Understood.NOT_ASKED:
            check = check_content(snapshot.understanding)
            act.event(Kind.UNDERSTANDING_CHECKED, person, check)

    def _keep_objections(self, act: Writing, person: bytes, snapshot: VisitSnapshot) -> None:
        said, undone = snapshot.objections, snapshot.objections_taken_back
        standing = self._store.objections(person) if said or undone else frozenset()
        changes = [(Kind.OBJECTION_MADE, key) for key in sorted(said - standing)]
        changes += [(Kind.OBJECTION_TAKEN_BACK, key) for key in sorted(undone & standing)]
        for kind, (agency, purpose) in changes:
            if kind is Kind.OBJECTION_MADE and (agency, purpose) not in self._can_object:
                raise KeyError((agency, purpose))
            act.event(kind, person, {"agency": agency, "purpose": purpose, "by": snapshot.helper})

    def _keep_found_by(self, act: Writing, person: bytes, snapshot: VisitSnapshot) -> None:
        mark = self._people.mark(*snapshot.found_by) if snapshot.found_by else None
        if mark is not None and snapshot.found_by is not None:
            act.event(Kind.FOUND_BY_LEFT, person, {"by": str(snapshot.found_by[0]), "mark": mark})

    # --- answers -------------------------------------------------------------------------------

    def _within(self, key: ShareKey, given: GivenAnswer) -> GivenAnswer:
        """Keep a Yes to what this agency could ever have. Raises KeyError for what is not asked."""
        most = self._asked[key].most
        if all(level <= most.get(category, -1) for category, level in given.details.items()):
            return given
        details = {
            category: min(level, most[category])
            for category, level in given.details.items()
            if category in most
        }
        return replace(given, details=details)

    def _chosen(self, history: History, today: date) -> dict[ShareKey, GivenAnswer]:
        stands = {key: chosen(history, *key, today) for key in self._asked}
        return {key: given for key, given in stands.items() if given is not None}

    def _recorded(
        self, person: bytes, code: Code, issued: receipts.IssuedReceipt, history: History
    ) -> Recorded:
        stands = partial(self._chosen, history, self._today())
        return Recorded(person, code, issued.token, issued.receipt_id, issued.issued_at, stands)

    def _today(self) -> date:
        return self._store.today(self._clock.now())


def _code(known: PersonRow) -> Code:
    if known.code is None:
        raise StoreDamaged(what="code")
    return known.code
