"""How a person comes back without a name: four words, a PIN, and patience after wrong ones.

A code is four different things out of 256, by number. A PIN is digits; pictures stand for digits,
so one rule holds for both. After a wrong PIN the wait grows, and then a worker is needed; a code
that does not exist behaves in the same way, so that trying tells nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise
from typing import Final

from kiosk.domain.visit import FoundBy

WORDS: Final = 256
CODE_LENGTH: Final = 4
PIN_SHORTEST, PIN_LONGEST = 4, 8

Code = tuple[int, int, int, int]

# Seconds to wait after the 1st, 2nd, 3rd ... wrong PIN; after the last, a worker opens the code.
# Two slips cost nothing. Ten guesses at 10,000 PINs are one chance in a thousand.
_WAITS: Final = (0, 0, 5, 15, 30, 60, 120, 300, 600)
LOCKED_AFTER: Final = len(_WAITS) + 1


class PinProblem(StrEnum):
    """Why a PIN will not do; for the screen that asks for another. TOO_EASY is advice."""

    NOT_DIGITS = "not-digits"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    TOO_EASY = "too-easy"


def pin_problem(pin: str) -> PinProblem | None:
    """What is wrong with a PIN, or None. One digit over and over, or a run, is too easy."""
    if not (pin.isascii() and pin.isdigit()):
        return PinProblem.NOT_DIGITS
    if len(pin) < PIN_SHORTEST:
        return PinProblem.TOO_SHORT
    if len(pin) > PIN_LONGEST:
        return PinProblem.TOO_LONG
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        return PinProblem.TOO_EASY
    return None


def seconds_to_wait(wrong: int) -> int | None:
    """Seconds before another PIN is looked at, after `wrong` wrong ones; None: a worker opens it."""
    if wrong >= LOCKED_AFTER:
        return None
    return _WAITS[wrong - 1] if wrong else 0


def still_to_wait(wrong: int, seconds_since: float | None) -> int | None:
    """Whole seconds left to wait, rounded up; None: a worker opens it.

    `seconds_since` is since the last wrong PIN; None or less than nothing when a clock was set back
    and nobody can tell: then the whole wait runs again, and never longer.
    """
    wait = seconds_to_wait(wrong)
    if wait is None or not wait:
        return wait
    if seconds_since is None or seconds_since < 0:
        return wait
    return max(0, -int(-(wait - seconds_since) // 1))


def draw_code(random_below: Callable[[int], int], is_taken: Callable[[Code], bool]) -> Code:
    """Draw four different words until the code is free. `random_below(n)` gives 0 to n-1."""
    while True:
        words: list[int] = []
        while len(words) < CODE_LENGTH:
            word = random_below(WORDS)
            if word not in words:
                words.append(word)
        code = (words[0], words[1], words[2], words[3])
        if not is_taken(code):
            return code


def is_code(words: tuple[int, ...]) -> bool:
    """True for four numbers from 0 to 255."""
    return len(words) == CODE_LENGTH and all(0 <= word < WORDS for word in words)


# Accents on Latin, Greek and Cyrillic; points in Hebrew and Arabic, which most people leave out.
_LEFT_OUT: Final = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x0670))


def _is_a_vowel(sign: str) -> bool:
    """True for a mark that is part of the spelling: a vowel sign of Hindi, Bengali, Tamil, Thai."""
    if unicodedata.category(sign) not in ("Mn", "Mc"):
        return False
    return not any(first <= ord(sign) <= last for first, last in _LEFT_OUT)


def normal_form(by: FoundBy, value: str) -> str:
    """Return what someone left to be found by, as it is compared; "" when nothing is left of it.

    A name keeps its letters, without case, accents or the marks between; in scripts that write
    vowels as marks they stay, since two names may differ in nothing else. A number keeps its
    digits, a UK telephone number beginning with 0.
    """
    if by is FoundBy.NAME:
        apart = unicodedata.normalize("NFKD", value).casefold()
        return "".join(sign for sign in apart if sign.isalpha() or _is_a_vowel(sign))
    digits = "".join(
        str(unicodedata.digit(sign)) for sign in value if unicodedata.digit(sign, -1) >= 0
    )
    if by is FoundBy.PHONE:
        international = value.strip().startswith("+44")
        digits = digits.removeprefix("00")
        if international or (digits.startswith("44") and len(digits) > 10):
            digits = "0" + digits.removeprefix("44").removeprefix("0")
    return digits
