"""A receipt to print, in English from easy_read and in a made-up Arabic, and a real print system."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.content.statements import read_statements
from kiosk.domain import receipt
from kiosk.errors import ContentFaulty
from kiosk.i18n import Language, LanguageState, LeftToRight, Part
from kiosk.printing.printable import PrintableReceipt, PrintedChoice

TOKEN = receipt.issue(
    bytes(range(16)), datetime(2026, 11, 23, 10, 30, tzinfo=UTC), b"\x07" * 8,
    lambda _signed: bytes(range(100, 164)),
)  # fmt: skip
PLACE, PHONE = "Orchard Street Trust", "01632 960 123"

ARABIC = {
    "paper.keep": "احتفظ بهذه الورقة",
    "paper.pin": "رقمك السري ليس عليها.",
    "paper.fold": "اطوِ هنا. أبقِ الباقي في الداخل.",
    "paper.chosen": "ما اخترته",
    "paper.keeper": "يحتفظ {place} بهذا. الهاتف {phone}.",
    "paper.demo": "هذا عرض تجريبي. ليس إيصالًا حقيقيًا.",
    "word.boat": "قارب",
    "word.apple": "تفاحة",
    "word.drum": "طبل",
    "word.fish": "سمكة",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only root may do, and say so: a print system of our own needs root."""
    left_out = [item for item in items if item.get_closest_marker("as_root")]
    if os.geteuid() != 0 and left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@dataclass
class PaperWords:
    """`content.words.Words` from easy_read itself, with no build; Arabic where we have it."""

    language: Language = field(default_factory=lambda: i18n.language("en"))
    asked: list[str] = field(default_factory=list)

    def text(self, statement: str, **parts: Part) -> str:
        self.asked.append(statement)
        source = STATEMENTS[statement].english if statement in STATEMENTS else ""
        if statement.startswith("word."):
            source = statement.removeprefix("word.")
        if not source:
            raise ContentFaulty(file="easy_read", what=statement)
        if self.language.code == "ar":
            source = ARABIC.get(statement, source)
        known: dict[str, Part] = {
            "ico_site": LeftToRight("ico.org.uk"), "ico_phone": LeftToRight("0303 123 1113"), **parts,
        }  # fmt: skip
        return re.sub(
            r"\{(\w+)\}", lambda name: i18n.shown(known[name[1]], self.language.code), source
        )


STATEMENTS = read_statements().by_id


@dataclass(frozen=True)
class Thing:
    """One of the things a code is made of."""

    id: str

    @property
    def picture(self) -> str:
        return f"word.{self.id}"


class OnePicture:
    """`content.pictures.Pictures` with one drawing for everything but what is missing."""

    def has(self, picture_id: str) -> bool:
        return picture_id != "word.missing"

    def svg(self, picture_id: str, frame: str) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
            '<rect x="20" y="30" width="56" height="40" fill="#D8805E" stroke="#26152F"'
            ' stroke-width="4"/><circle cx="48" cy="50" r="6" fill="#26152f"/></svg>'
        )


CHOICES = (
    PrintedChoice("Marsh Lane Surgery", "Yes", "A short summary", "23 May 2027"),
    PrintedChoice("The council", "Ask me first", "Only if you say yes", "23 May 2027"),
    PrintedChoice("The night shelter", "No", "", "No end date"),
    PrintedChoice("The benefits office", "Not now", "", "No end date"),
)


def a_receipt(**changes: object) -> PrintableReceipt:
    one, two, three, four = (Thing(name) for name in ("boat", "apple", "drum", "fish"))
    plain = PrintableReceipt(
        issued_on=date(2026, 11, 23), code=(one, two, three, four), token=TOKEN,
        place_name=PLACE, place_phone=PHONE, choices=CHOICES,
    )  # fmt: skip
    return replace(plain, **changes)


def words_in(code: str, state: LanguageState = LanguageState.REVIEWED) -> PaperWords:
    return PaperWords(i18n.language(code, state))


@pytest.fixture
def paper_words() -> PaperWords:
    return words_in("en")


@pytest.fixture
def pictures() -> OnePicture:
    return OnePicture()


@pytest.fixture
def short_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose path is short enough for a socket."""
    return tmp_path_factory.mktemp("c")
