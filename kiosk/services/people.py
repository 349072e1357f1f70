"""Coming back: with a code or a receipt and a PIN, or through a worker."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NoReturn

from kiosk.domain.event import Kind
from kiosk.domain.person import Code, normal_form, seconds_to_wait, still_to_wait
from kiosk.domain.visit import FoundBy
from kiosk.errors import (
    CodeLocked,
    CodeOrPinWrong,
    NotAReceipt,
    ReceiptNotGenuine,
    ReceiptOfAnotherPlace,
    ReceiptUnknownHere,
    SeveralFound,
)
from kiosk.services.pins import is_pin_of, new_pin
from kiosk.services.ports import Clock
from kiosk.services.receipts import Reason, Receipts
from kiosk.store.opening import FOUND_BY_KEY
from kiosk.store.store import PersonRow, Store

PERSON_THEMSELVES: Final = "person"


class People:
    """Who is who, by code, receipt, or the one thing that they left to be found by."""

    def __init__(self, store: Store, receipts: Receipts, clock: Clock) -> None:
        self._store = store
        self._receipts = receipts
        self._clock = clock
        # Code -> when the next PIN is looked at, on the monotonic clock: a wait that was seen in
        # this run neither shrinks nor grows when somebody moves the wall clock.
        self._next_look: dict[Code, float] = {}

    # --- by oneself ----------------------------------------------------------------------------

    def open_with_code(self, code: Code, pin: str) -> bytes:
        """Return the person's id.

        Raises CodeOrPinWrong (with `wait_seconds`; the same for a code that nobody has), CodeLocked.
        """
        self._refuse_while_waiting(code)
        self._store.count_attempt(
            code, self._clock.now()
        )  # before looking: pulling the plug helps nobody
        rows: tuple[PersonRow | None, ...] = self._store.people_with_code(code) or (None,)
        found = [row for row in rows if is_pin_of(self._store, pin, row)]
        if not found or found[0] is None:
            self._refuse(code)
        self._let_in(code, found[0].person)
        return found[0].person

    def open_with_receipt(self, token: str, pin: str) -> bytes:
        """Return the id of the person whose receipt this is.

        Someone who chose to have no PIN was told that their paper alone opens their choices: for
        them `pin` is "".

        Raises NotAReceipt, ReceiptNotGenuine, ReceiptOfAnotherPlace, ReceiptUnknownHere; and as
        `open_with_code`, whose count of wrong PINs it shares.
        """
        row = self._row_of_receipt(token)
        code = row.code
        if code is None:
            raise ReceiptUnknownHere
        self._refuse_while_waiting(code)
        self._store.count_attempt(code, self._clock.now())
        right = is_pin_of(self._store, pin, row)
        if not (right or (row.pin_hash is None and not pin)):  # "your paper alone opens it"
            self._refuse(code)
        self._let_in(code, row.person)
        return row.person

    def _row_of_receipt(self, token: str) -> PersonRow:
        verdict = self._receipts.verify(token)
        if verdict.reason is Reason.NOT_A_RECEIPT:
            raise NotAReceipt
        if verdict.reason is Reason.ANOTHER_PLACE:
            raise ReceiptOfAnotherPlace
        if not verdict.genuine or verdict.receipt_id is None:
            raise ReceiptNotGenuine
        if verdict.place_id != self._store.place:
            raise ReceiptOfAnotherPlace
        person = self._store.person_with_receipt(verdict.receipt_id)
        row = self._store.person(person) if person is not None else None
        if row is None:
            raise ReceiptUnknownHere
        return row

    def _refuse_while_waiting(self, code: Code) -> None:
        attempts = self._store.attempts(code)
        wait = still_to_wait(attempts.wrong, self._since(attempts.last_at))
        if wait is None:
            raise CodeLocked
        here = self._next_look.get(code)
        if here is not None:
            wait = max(0, round(here - self._clock.monotonic() + 0.499))
        elif wait:
            self._next_look[code] = self._clock.monotonic() + wait
        if wait:
            raise CodeOrPinWrong(wait_seconds=wait)

    def _since(self, last_at: datetime | None) -> float | None:
        return (self._clock.now() - last_at).total_seconds() if last_at is not None else None

    def _refuse(self, code: Code) -> NoReturn:
        wait = seconds_to_wait(self._store.attempts(code).wrong)
        if wait is None:
            raise CodeLocked
        self._next_look[code] = self._clock.monotonic() + wait
        raise CodeOrPinWrong(wait_seconds=wait)

    def _let_in(self, code: Code, person: bytes) -> None:
        self._forget_attempts(code)
        with self._store.writing(self._clock.now()) as act:
            act.audit(PERSON_THEMSELVES, "opened", person)

    def _forget_attempts(self, code: Code) -> None:
        self._store.clear_attempts(code)
        self._next_look.pop(code, None)

    # --- through a worker ----------------------------------------------------------------------

    def find_for_worker(
        self, code: Code | None, found_by: tuple[FoundBy, str] | None, worker: str
    ) -> bytes | None:
        """Return the person that a worker vouches for, locked or not; None when nobody is found.

        Raises SeveralFound when more than one left the same thing to be found by.
        """
        people: set[bytes] = set()
        if code is not None:
            people = {row.person for row in self._store.people_with_code(code)}
        if found_by is not None:
            mark = self.mark(*found_by)
            marked = set(self._store.people_with_mark(mark)) if mark is not None else set()
            people = marked & people if code is not None else marked
        if len(people) > 1:
            raise SeveralFound(how_many=len(people))
        person = people.pop() if people else None
        with self._store.writing(self._clock.now()) as act:
            act.audit(worker, "looked for", person)
        return person

    def unlock(self, person: bytes, worker: str) -> None:
        """Let a person try their PIN again."""
        self._open_code(person)
        with self._store.writing(self._clock.now()) as act:
            act.audit(worker, "unlocked", person)

    def set_pin(self, person: bytes, pin: str, worker: str = "") -> None:
        """Give a person a new PIN; wrong ones before are forgotten. Raises PinNotUsable."""
        salt, hashed = new_pin(self._store, pin)
        with self._store.writing(self._clock.now()) as act:
            act.event(Kind.PIN_SET, person, {"salt": salt, "hash": hashed, "by": worker})
            act.audit(worker or PERSON_THEMSELVES, "set PIN", person)
        self._open_code(person)

    def code_of(self, person: bytes) -> Code | None:
        """Return a person's code, for their receipt."""
        row = self._store.person(person)
        return row.code if row is not None else None

    def mark(self, by: FoundBy, value: str) -> bytes | None:
        """Return the keyed hash by which a thing left is found; None when nothing was left."""
        normal = normal_form(by, value)
        if not normal:
            return None
        return self._store.keyed_hash(FOUND_BY_KEY, f"{by}:{normal}".encode())

    def _open_code(self, person: bytes) -> None:
        code = self.code_of(person)
        if code is not None:
            self._forget_attempts(code)
