"""What people do at the kiosk, one act each, by touches alone: journeys are made of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.content.code_words import CODE_WORDS, GROUPS
from kiosk.domain.consent import Answer
from kiosk.domain.dates import months_on
from kiosk.domain.person import Code
from kiosk.domain.place import Detail
from kiosk.domain.visit import GivenAnswer, ShareKey, Understood
from kiosk.services.consents import Recorded
from kiosk.services.visit import Visit
from kiosk.ui.person.understanding import question_of
from kiosk.ui.person.yes import LEVELS, MONTHS
from kiosk.ui.routes import REVIEW
from tests.ui.at_hand import Demo, KioskAtHand, open_kiosk

PIN = "2580"
LEVEL_NAMES = dict(LEVELS)
PLAIN = {"ask": Answer.ASK_FIRST, "no": Answer.NO, "later": Answer.NOT_NOW}
HOUSING, HOSTEL, SHELTER = (
    ("council-housing", "home"),
    ("hostel", "home"),
    ("shelter", "bed-tonight"),
)
SURGERY, CLINIC = ("surgery", "health"), ("mental-health", "mind")
DRUGS, SAFE = ("drug-and-alcohol", "drink-drugs"), ("domestic-abuse", "safe")
CARE, BENEFITS = ("social-care", "health"), ("benefits", "money")
POLICE, IMMIGRATION = ("police", "safe"), ("immigration", "home")


@dataclass(frozen=True)
class Yes:
    """A Yes, and how far into its three questions the person goes. None: they leave that one."""

    levels: Mapping[str, Detail | None] | None = None
    until: str | None = None  # the statement of the row they touch

    @property
    def finished(self) -> bool:
        return bool(self.levels) and None not in (self.levels or {}).values() and bool(self.until)


@dataclass(frozen=True)
class Settled:
    """A demo's folder with somebody in it, and what they went away with."""

    demo: Demo
    kept: Recorded


Said = Yes | str  # "ask", "no", "later", or "skip" on the agency's page


# --- moving about ------------------------------------------------------------------------------


def touch(hand: KioskAtHand, *names: str) -> None:
    """Touch the first of these that is there; look for it on further pages by More."""
    for _ in range(40):
        for name in names:
            if hand.shows(name):
                hand.tap(name)
                return
        hand.tap("more")
    raise AssertionError(f"none of {names} on {hand.where}")


def past(hand: KioskAtHand, screen: str) -> None:
    """Next and More until this sort of screen is behind."""
    for _ in range(60):
        if hand.where != screen:
            return
        touch(hand, "next")
    raise AssertionError(f"no way past {screen}")


def begin(hand: KioskAtHand, language: str = "en") -> None:
    """From rest to what they would like to do."""
    assert hand.where == "rest"
    hand.tap("rest.touch")
    touch(hand, f"language.{language}")
    assert hand.where == "home"


def to_questions(hand: KioskAtHand, language: str = "en") -> None:
    """From rest to the first agency, by way of all that is told first."""
    begin(hand, language)
    touch(hand, "home.new")
    for screen in ("how", "start", "notice", "told"):
        assert hand.where == screen
        past(hand, screen)
    assert hand.where == "agency"


# --- answering ---------------------------------------------------------------------------------


def answer(hand: KioskAtHand, said: Said) -> None:
    """From an agency's page through its question to whatever comes next."""
    assert hand.where == "agency"
    if said == "skip":
        touch(hand, "skip")
        return
    while hand.where in ("agency", "answers"):
        touch(hand, "next")
    assert hand.where == "question"
    if isinstance(said, str):
        touch(hand, f"answer.{said}")
        return
    touch(hand, "answer.yes")
    _after_yes(hand, said)


def _after_yes(hand: KioskAtHand, said: Yes) -> None:
    assert hand.where == "kinds"
    for kind in said.levels or {}:
        choose_kind(hand, kind)
    touch(hand, "next")
    if not said.levels:
        return
    while hand.where == "level":
        level = said.levels[hand.session.step.item]
        if level is None:
            touch(hand, "skip")
            return
        touch(hand, f"level.{LEVEL_NAMES[level]}")
    assert hand.where == "until"
    touch(hand, said.until or "skip")


def choose_kind(hand: KioskAtHand, kind: str) -> None:
    """Touch one kind of facts, on whichever page it is; then back to the first page."""
    touch(hand, f"kind.{kind}")


def all_answers(hand: KioskAtHand, plan: Mapping[ShareKey, Said]) -> None:
    """Each agency in the order in which it comes, until the enforcement page."""
    while hand.where == "agency":
        answer(hand, plan.get(hand.session.step.key, "skip"))


def wanted(
    plan: Mapping[ShareKey, Said], untils: Mapping[str, date | None]
) -> dict[ShareKey, GivenAnswer]:
    """What must be in the database after these were said."""
    kept = {}
    for key, said in plan.items():
        if said == "skip":
            continue
        if isinstance(said, str):
            kept[key] = GivenAnswer(PLAIN[said])
        elif said.finished:
            levels = {kind: level for kind, level in (said.levels or {}).items() if level}
            kept[key] = GivenAnswer(Answer.YES, levels, untils[str(said.until)])
        else:
            kept[key] = GivenAnswer(Answer.NOT_NOW)
    return kept


def say_all(visit: Visit, plan: Mapping[ShareKey, Said], today: date) -> None:
    """Say all this in a visit, without a screen."""
    for key, said in plan.items():
        if isinstance(said, Yes):
            visit.choose(key, Answer.YES)
            visit.choose_kinds(key, tuple(said.levels or {}))
            for kind, level in (said.levels or {}).items():
                if level is not None:
                    visit.choose_level(key, kind, level)
            if said.until:
                months = {statement: months for months, statement in MONTHS}.get(said.until)
                visit.choose_until(key, months_on(today, months) if months else None)
        elif said != "skip":
            visit.choose(key, PLAIN[said])


def come_to_review(hand: KioskAtHand, plan: Mapping[ShareKey, Said]) -> None:
    """At the review with these answers, as if the person had given them: for what comes after."""
    begin(hand)
    say_all(hand.session.visit, plan, hand.session.now().date())
    hand.session.go(REVIEW)
    hand.wait()


def settled(demo: Demo, folder: Path, plan: Mapping[ShareKey, Said], pin: str = PIN) -> Settled:
    """A folder where somebody has said all this at an earlier visit, and was understood."""
    hand = open_kiosk(demo, folder)
    visit = hand.session.visit
    say_all(visit, plan, hand.session.now().date())
    visit.check_ended(Understood.YES)
    visit.pin = pin
    snapshot = visit.snapshot(hand.session.notice_shown())
    kept = hand.in_store(lambda: hand.parts.consents.record(snapshot))
    hand.close()
    assert isinstance(kept, Recorded)
    return Settled(replace(demo, folder=folder), kept)


# --- the check, and saving ---------------------------------------------------------------------


def understand(hand: KioskAtHand) -> None:
    """Answer what is left of the check rightly."""
    while hand.where == "check":
        touch(hand, question_of(hand.session.step).right)


def enter_pin(hand: KioskAtHand, pin: str = PIN) -> None:
    """Four digits on the glass."""
    while hand.shows("more"):
        hand.tap("more")
    for digit in pin:
        hand.tap(f"digit.{digit}")


def save(hand: KioskAtHand, pin: str = PIN) -> None:
    """From the enforcement page, the review or the PIN to the receipt."""
    past(hand, "apart")
    past(hand, "review")
    understand(hand)
    if hand.where == "pin":
        if pin:
            enter_pin(hand, pin)
            enter_pin(hand, pin)
        else:
            touch(hand, "pin.skip")
            assert hand.where == "no-pin"
            touch(hand, "yes-continue")
        assert hand.where == "found"
        touch(hand, "skip")
    assert hand.where == "confirm"
    touch(hand, "confirm.save")
    assert hand.where == "receipt", hand.words()


def first_visit(
    hand: KioskAtHand, plan: Mapping[ShareKey, Said], language: str = "en", pin: str = PIN
) -> None:
    """Journey 1, all of it, to the receipt."""
    to_questions(hand, language)
    all_answers(hand, plan)
    save(hand, pin)


# --- coming back -------------------------------------------------------------------------------


def enter_code(hand: KioskAtHand, code: Code | Sequence[int]) -> None:
    """The four things, each by its group."""
    assert hand.where == "been-words"
    for index in code:
        group = next(name for name, members in GROUPS.items() if index in members)
        touch(hand, f"group.{group}")
        touch(hand, f"word.{CODE_WORDS[index].id}")


def come_back(
    hand: KioskAtHand, code: Code | Sequence[int], pin: str = PIN, door: str = "home.been-before"
) -> None:
    """From rest, by the words, to what is beyond the PIN."""
    begin(hand)
    touch(hand, door)
    touch(hand, "been.words")
    enter_code(hand, code)
    enter_pin(hand, pin)


# --- a worker ----------------------------------------------------------------------------------


def type_words(hand: KioskAtHand, text: str) -> None:
    """On the keyboard that is shown."""
    for sign in text:
        hand.tap("letter.space" if sign == " " else f"letter.{sign}")


def sign_in(hand: KioskAtHand, name: str, passphrase: str) -> None:
    """From the list of names."""
    assert hand.where == "worker"
    touch(hand, f"staff.{name}")
    assert hand.where == "worker-passphrase"
    type_words(hand, passphrase)
    touch(hand, "done")


# --- what the database says ----------------------------------------------------------------------


def recorded(hand: KioskAtHand) -> Recorded:
    """What was just saved."""
    assert hand.session.recorded is not None
    return hand.session.recorded


def chosen(hand: KioskAtHand, person: bytes) -> dict[ShareKey, GivenAnswer]:
    """What the database holds, read anew."""
    return hand.in_store(lambda: hand.parts.consents.chosen(person))  # type: ignore[return-value]


def shared(hand: KioskAtHand, person: bytes) -> dict[tuple[str, str, str], Detail]:
    """Everything that any agency may see, cell by cell, as the store answers it."""
    place = hand.parts.place

    def ask() -> dict[tuple[str, str, str], Detail]:
        cells = {
            (share.agency.id, share.outcome.id, category)
            for share in place.shares
            for category in place.categories
        }
        seen = {cell: hand.parts.consents.may_see(person, *cell) for cell in cells}
        return {cell: level for cell, level in seen.items() if level is not Detail.NOTHING}

    return hand.in_store(ask)  # type: ignore[return-value]
