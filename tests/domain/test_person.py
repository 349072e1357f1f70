"""Codes, PINs, patience after wrong ones, and what a person is found by."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.person import (
    CODE_LENGTH,
    LOCKED_AFTER,
    WORDS,
    PinProblem,
    draw_code,
    is_code,
    normal_form,
    pin_problem,
    seconds_to_wait,
    still_to_wait,
)
from kiosk.domain.staff import name_will_do, passphrase_will_do
from kiosk.domain.visit import FoundBy


def drawn(*numbers: int) -> Callable[[int], int]:
    """A die that falls as told."""
    following = iter(numbers)

    def roll(below: int) -> int:
        assert below == WORDS
        return next(following)

    return roll


def test_a_code_is_four_different_words() -> None:
    assert draw_code(drawn(1, 1, 2, 1, 3, 4), lambda _code: False) == (1, 2, 3, 4)


def test_a_code_that_someone_has_is_drawn_again() -> None:
    code = draw_code(drawn(1, 2, 3, 4, 5, 6, 7, 8), lambda code: code == (1, 2, 3, 4))
    assert code == (5, 6, 7, 8)
    assert is_code(code)
    assert not is_code((1, 2, 3, 256))
    assert not is_code(tuple(range(CODE_LENGTH + 1)))


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("2846", None),
        ("28461937", None),
        ("", PinProblem.NOT_DIGITS),
        ("28a6", PinProblem.NOT_DIGITS),
        ("２８４６", PinProblem.NOT_DIGITS),
        ("284", PinProblem.TOO_SHORT),
        ("284619370", PinProblem.TOO_LONG),
        ("0000", PinProblem.TOO_EASY),
        ("3456", PinProblem.TOO_EASY),
        ("9876", PinProblem.TOO_EASY),
        ("1357", None),
    ],
)
def test_what_a_pin_must_be(pin: str, problem: PinProblem | None) -> None:
    assert pin_problem(pin) == problem


def test_waits_only_grow_and_end_with_a_worker() -> None:
    waits = [seconds_to_wait(wrong) for wrong in range(LOCKED_AFTER + 3)]
    before = [wait for wait in waits if wait is not None]
    assert waits[:3] == [0, 0, 0], "two slips cost nothing"
    assert before == sorted(before)
    assert waits[LOCKED_AFTER:] == [None] * 3
    assert len(before) == LOCKED_AFTER


@given(st.integers(0, LOCKED_AFTER + 2), st.one_of(st.none(), st.floats(-1e9, 1e9)))
def test_a_wait_is_never_longer_than_its_step(wrong: int, since: float | None) -> None:
    step, left = seconds_to_wait(wrong), still_to_wait(wrong, since)
    if step is None:
        assert left is None
    else:
        assert left is not None
        assert 0 <= left <= step
        if since is not None and since >= step:
            assert left == 0
        if since is None or since < 0:
            assert left == step, "a clock set back shortens no wait"


@pytest.mark.parametrize(
    ("by", "left", "typed"),
    [
        (FoundBy.NAME, "José  O'Brien-Smith", "jose obrien smith"),
        (FoundBy.NAME, "ŁUKASZ", "łukasz"),
        (FoundBy.NAME, "محمد", "محمد "),
        (FoundBy.NAME, "Straße", "STRASSE"),
        (FoundBy.PHONE, "07700 900123", "+44 (0)7700 900-123"),
        (FoundBy.PHONE, "0044 7700 900123", "07700900123"),
        (FoundBy.PHONE, "٠٧٧٠٠٩٠٠١٢٣", "07700900123"),
        (FoundBy.BIRTHDAY, "03/07", "0307"),
    ],
)
def test_what_is_left_is_found_however_it_is_typed(by: FoundBy, left: str, typed: str) -> None:
    assert normal_form(by, left) == normal_form(by, typed) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u091c\u094d\u092f\u094b\u0924\u093f", "\u091c\u092f\u0924"),
        ("\u0bb0\u0bbe\u0bae\u0bbe", "\u0bb0\u0bae"),
    ],
    ids=["Jyoti, Jayat", "Rama, Ram"],
)
def test_names_that_differ_in_their_vowels_are_two_names(one: str, other: str) -> None:
    """Or a worker would open the record of somebody else."""
    assert normal_form(FoundBy.NAME, one) != normal_form(FoundBy.NAME, other)


def test_points_and_accents_may_be_left_out() -> None:
    assert normal_form(
        FoundBy.NAME, "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f"
    ) == normal_form(FoundBy.NAME, "\u0645\u062d\u0645\u062f")
    assert normal_form(FoundBy.NAME, "Zo\u00eb") == normal_form(FoundBy.NAME, "zoe")


def test_nothing_left_is_nothing() -> None:
    assert normal_form(FoundBy.NAME, " -'7 ") == ""
    assert normal_form(FoundBy.PHONE, "none") == ""


def test_what_staff_type() -> None:
    assert passphrase_will_do("three short words")
    assert not passphrase_will_do("short")
    assert name_will_do("Amina")
    assert not any(name_will_do(name) for name in ("", " Amina", "A\nB", "A" * 65))
