"""Coming back: by code or receipt and PIN; patience after wrong ones; always a way to stop."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bench.sample import sample_place, sample_visit
from kiosk.domain.person import LOCKED_AFTER, Code, seconds_to_wait
from kiosk.domain.visit import FoundBy
from kiosk.errors import (
    CodeLocked,
    CodeOrPinWrong,
    NotAReceipt,
    PinNotUsable,
    ReceiptNotGenuine,
    ReceiptOfAnotherPlace,
    ReceiptUnknownHere,
    SeveralFound,
)
from kiosk.services.consents import Recorded
from kiosk.services.setting_up import make_demo
from kiosk.store.files import known_places_folder
from tests.services.conftest import WORKER, Desk

PIN, WRONG = "2846", "6482"


@pytest.fixture
def someone(desk: Desk) -> Recorded:
    visit = sample_visit(desk.place, pin=PIN)
    return desk.consents.record(replace(visit, found_by=(FoundBy.NAME, "José Ángel")))


def nobodys(code: Code) -> Code:
    first, second, third, fourth = code
    return (fourth, third, second, first)


def waits(attempt: Callable[[], bytes]) -> int | None:
    """Seconds to wait after an attempt that fails; None when it is locked."""
    try:
        attempt()
    except CodeOrPinWrong as wrong:
        return int(wrong.facts["wait_seconds"])
    except CodeLocked:
        return None
    raise AssertionError("it opened")


# --- code and PIN ----------------------------------------------------------------------------------


def test_code_and_pin_open_it(desk: Desk, someone: Recorded) -> None:
    assert desk.people.open_with_code(someone.code, PIN) == someone.person
    assert desk.people.code_of(someone.person) == someone.code


@pytest.mark.parametrize("pin", [WRONG, "", PIN + "1", PIN[::-1], " " + PIN])
def test_nothing_else_does(desk: Desk, someone: Recorded, pin: str) -> None:
    with pytest.raises(CodeOrPinWrong):
        desk.people.open_with_code(someone.code, pin)


def test_without_a_pin_only_a_worker_opens_it(desk: Desk) -> None:
    recorded = desk.consents.record(sample_visit(desk.place))
    for pin in ("", "0000"):
        with pytest.raises(CodeOrPinWrong):
            desk.people.open_with_code(recorded.code, pin)
    assert desk.people.find_for_worker(recorded.code, None, WORKER) == recorded.person


def test_a_code_that_nobody_has_answers_exactly_alike(desk: Desk, someone: Recorded) -> None:
    """The same waits, the same lock, whoever tries, and never a word on which it was."""
    answers: dict[Code, list[int | None]] = {}
    for code in (someone.code, nobodys(someone.code)):
        answers[code] = []
        for _ in range(LOCKED_AFTER + 2):
            wait = waits(lambda code=code: desk.people.open_with_code(code, WRONG))
            answers[code].append(wait)
            desk.clock.go_on(seconds=wait or 0)
    known, unknown = answers.values()
    assert known == unknown
    assert known[:LOCKED_AFTER] == [seconds_to_wait(n) for n in range(1, LOCKED_AFTER + 1)]
    assert known[-1] is None


def test_a_code_that_nobody_has_takes_as_long(desk: Desk, someone: Recorded) -> None:
    took: dict[bool, list[float]] = {True: [], False: []}
    for round_ in range(12):
        for known in (True, False):
            first = (round_ * 7) % 256
            code = someone.code if known else (first, 254, 255, 253)
            desk.store.clear_attempts(someone.code)
            began = time.perf_counter()
            waits(lambda code=code: desk.people.open_with_code(code, WRONG))
            took[known].append(time.perf_counter() - began)
    known_one, nobody = (statistics.median(took[which]) for which in (True, False))
    assert 0.5 < known_one / nobody < 2, "both hash one PIN: without that it is fifty to one"


def test_while_waiting_not_even_the_right_pin_is_looked_at(desk: Desk, someone: Recorded) -> None:
    for _ in range(3):
        waits(lambda: desk.people.open_with_code(someone.code, WRONG))
    assert waits(lambda: desk.people.open_with_code(someone.code, PIN)) == 5
    desk.clock.go_on(seconds=3)
    assert waits(lambda: desk.people.open_with_code(someone.code, PIN)) == 2
    desk.clock.go_on(seconds=2)
    assert desk.people.open_with_code(someone.code, PIN) == someone.person
    assert waits(lambda: desk.people.open_with_code(someone.code, WRONG)) == 0, (
        "and it is forgotten"
    )


def test_restarting_forgets_no_wrong_pin(desk: Desk, someone: Recorded) -> None:
    for _ in range(4):
        waits(lambda: desk.people.open_with_code(someone.code, WRONG))
        desk.clock.go_on(seconds=10)
    desk.clock.time -= timedelta(seconds=9)
    again = desk.restart()
    assert waits(lambda: again.people.open_with_code(someone.code, PIN)) == 14
    again.clock.go_on(seconds=14)
    assert again.people.open_with_code(someone.code, PIN) == someone.person
    again.store.close()


@pytest.mark.parametrize("moved", [timedelta(days=365), -timedelta(days=365)])
def test_moving_the_clock_neither_shortens_nor_lengthens_a_wait(
    desk: Desk, someone: Recorded, moved: timedelta
) -> None:
    for _ in range(3):
        waits(lambda: desk.people.open_with_code(someone.code, WRONG))
    desk.clock.time += moved
    assert waits(lambda: desk.people.open_with_code(someone.code, PIN)) == 5
    desk.clock.go_on(seconds=5)
    assert desk.people.open_with_code(someone.code, PIN) == someone.person


def test_a_clock_set_back_while_it_was_off_costs_one_wait(desk: Desk, someone: Recorded) -> None:
    for _ in range(3):
        waits(lambda: desk.people.open_with_code(someone.code, WRONG))
    desk.clock.time -= timedelta(days=365)
    again = desk.restart()
    assert waits(lambda: again.people.open_with_code(someone.code, PIN)) == 5
    again.clock.go_on(seconds=5)
    assert again.people.open_with_code(someone.code, PIN) == someone.person
    again.store.close()


# --- locked ----------------------------------------------------------------------------------------


def lock(desk: Desk, someone: Recorded) -> None:
    for _ in range(LOCKED_AFTER):
        wait = waits(lambda: desk.people.open_with_receipt(someone.token, WRONG))
        desk.clock.go_on(seconds=wait or 0)


def test_whoever_finds_a_receipt_cannot_trap_its_owner(desk: Desk, someone: Recorded) -> None:
    lock(desk, someone)
    with pytest.raises(CodeLocked):
        desk.people.open_with_code(someone.code, PIN)
    desk.clock.go_on(days=1)
    with pytest.raises(CodeLocked):
        desk.people.open_with_code(someone.code, PIN)
    person = desk.people.find_for_worker(someone.code, None, WORKER)
    assert person == someone.person
    desk.consents.stop(person, None, WORKER)
    assert desk.consents.may_see(person, "agency-0", "home", "health") == 0


def test_a_worker_opens_a_locked_code(desk: Desk, someone: Recorded) -> None:
    lock(desk, someone)
    desk.people.unlock(someone.person, WORKER)
    assert desk.people.open_with_code(someone.code, PIN) == someone.person


def test_a_worker_gives_a_new_pin(desk: Desk, someone: Recorded) -> None:
    lock(desk, someone)
    with pytest.raises(PinNotUsable):
        desk.people.set_pin(someone.person, "12", WORKER)
    desk.people.set_pin(someone.person, "9173", WORKER)
    assert desk.people.open_with_code(someone.code, "9173") == someone.person
    with pytest.raises(CodeOrPinWrong):
        desk.people.open_with_code(someone.code, PIN)


# --- receipts --------------------------------------------------------------------------------------


def test_any_receipt_of_theirs_and_the_pin_open_it(desk: Desk, someone: Recorded) -> None:
    newer = desk.consents.stop(someone.person, "agency-0")
    for token in (someone.token, newer.token):
        assert desk.people.open_with_receipt(token, PIN) == someone.person
    assert desk.receipts.token_for(someone.person) == newer.token


def test_what_is_scanned_and_does_not_open(
    desk: Desk, someone: Recorded, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other_dir = tmp_path_factory.mktemp("other")
    place = sample_place("other", demo=False)
    keys = make_demo(other_dir, place, name="Bo", passphrase="any", now=desk.clock.now())
    other = Desk.open(other_dir, keys, place, desk.clock)
    foreign = other.consents.record(sample_visit(place, pin=PIN)).token
    other.store.close()
    cut = someone.token[:-3]
    refused: list[tuple[str, type[Exception]]] = [
        ("https://example.org/", NotAReceipt),
        (cut, ReceiptNotGenuine),
        (someone.token[:-1] + ("0" if someone.token[-1] != "0" else "1"), ReceiptNotGenuine),
        (foreign, ReceiptOfAnotherPlace),
    ]
    for token, why in refused:
        with pytest.raises(why):
            desk.people.open_with_receipt(token, PIN)
    known = known_places_folder(other_dir) / "other.cbor"
    (known_places_folder(desk.data_dir) / "other.cbor").write_bytes(known.read_bytes())
    with pytest.raises(ReceiptOfAnotherPlace):  # known, and still another place's
        desk.people.open_with_receipt(foreign, PIN)
    assert desk.receipts.verify(foreign).genuine


def test_a_genuine_receipt_whose_record_is_not_here(desk: Desk, someone: Recorded) -> None:
    desk.store._connection.execute("DELETE FROM receipt")
    with pytest.raises(ReceiptUnknownHere):
        desk.people.open_with_receipt(someone.token, PIN)
    with pytest.raises(ReceiptUnknownHere):
        desk.receipts.token_for(someone.person)


# --- found again -----------------------------------------------------------------------------------


def test_found_by_what_they_left(desk: Desk, someone: Recorded) -> None:
    find = desk.people.find_for_worker
    assert find(None, (FoundBy.NAME, "jose angel"), WORKER) == someone.person
    assert find(None, (FoundBy.NAME, "josefina"), WORKER) is None
    assert find(None, (FoundBy.PHONE, "jose angel"), WORKER) is None
    assert find(None, (FoundBy.NAME, "  "), WORKER) is None
    assert find(None, None, WORKER) is None
    audit = desk.store._connection.execute("SELECT who, act, person FROM audit").fetchall()
    assert audit[1] == (WORKER, "looked for", someone.person)
    assert len(audit) == 6, "also when nobody was found"


def test_two_with_the_same_birthday(desk: Desk) -> None:
    visit = replace(sample_visit(desk.place), found_by=(FoundBy.BIRTHDAY, "0307"))
    first, _second = (desk.consents.record(visit) for _ in range(2))
    with pytest.raises(SeveralFound) as several:
        desk.people.find_for_worker(None, (FoundBy.BIRTHDAY, "0307"), WORKER)
    assert several.value.facts == {"how_many": 2}
    found = desk.people.find_for_worker(first.code, (FoundBy.BIRTHDAY, "03 07"), WORKER)
    assert found == first.person


def test_what_they_left_is_nowhere_to_be_read(desk: Desk, someone: Recorded) -> None:
    """Not even inside the database: only a hash under a key of its own."""
    dump = "\n".join(
        str(row)
        for table in ("event", "body", "found_by", "audit", "person")
        for row in desk.store._connection.execute(f"SELECT * FROM {table}")
    )
    for word in ("José", "jose", "Ángel", PIN):
        assert word not in dump
