"""What a printed receipt is made from, and what it needs from the floors beside this one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from kiosk.i18n import Language, Part


class WordsOfPaper(Protocol):
    """`content.words.Words`, as far as paper needs it."""

    @property
    def language(self) -> Language:
        """The language that the paper is in."""

    def text(self, statement: str, **parts: Part) -> str:
        """The words of a statement. Raises ContentFaulty for an unknown id."""


class PicturesOfPaper(Protocol):
    """`content.pictures.Pictures`, as far as paper needs it."""

    def has(self, picture_id: str) -> bool:
        """Whether there is such a picture."""

    def svg(self, picture_id: str, frame: str) -> str:
        """The picture as SVG."""


class CodeThing(Protocol):
    """One of the 256 things (`content.code_words.CodeWord`): its word is statement `word.<id>`."""

    @property
    def id(self) -> str:
        """Its name in English, such as boat."""

    @property
    def picture(self) -> str:
        """The picture's id."""


@dataclass(frozen=True, slots=True)
class PrintedChoice:
    """One line of what the person chose, in words of the paper's language."""

    called: str  # who: "The council"
    answer: str  # "Ask me first"
    what: str  # "A short summary"
    until: str  # "23 May 2027"


@dataclass(frozen=True, slots=True)
class PrintableReceipt:
    """Everything that may stand on the paper. The PIN is not here, so it cannot be printed.

    `choices` are printed only when `with_choices`: the person decides. The language, and whether
    it is a draft, are those of the words the page is made with.
    """

    issued_on: date  # where the kiosk stands (Europe/London)
    code: tuple[CodeThing, CodeThing, CodeThing, CodeThing]
    token: str
    place_name: str
    place_phone: str
    with_choices: bool = False
    choices: tuple[PrintedChoice, ...] = field(default=())
    demo: bool = False
