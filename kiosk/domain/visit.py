"""What one person has said during one visit, before any of it is saved.

A `VisitSnapshot` is the whole of it, frozen: what `services.consents.record` is handed. It lives in
memory only; a slip of the hand writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail

ShareKey = tuple[str, str]  # (agency id, outcome id)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer to one share. A Yes names its categories, each with a level, and an end.

    `details` is category id -> level; a Yes whose details are empty shares nothing and is kept as
    Not now. `until` None means "until I say".
    """

    answer: Answer
    details: Mapping[str, Detail] = field(default_factory=dict)
    until: date | None = None


class Understood(StrEnum):
    """How the understanding check ended."""

    NOT_ASKED = "not-asked"
    YES = "yes"
    NOT_YET = "not-yet"  # after two explanations: every Yes is held as Not now
    WORKER_SAYS = "worker-says"  # a worker wrote down why it was understood


@dataclass(frozen=True, slots=True)
class UnderstandingCheck:
    """The check's result as it is kept: question ids answered rightly, and how many explanations."""

    result: Understood = Understood.NOT_ASKED
    right: tuple[str, ...] = ()
    explanations: int = 0
    worker: str = ""  # id of the member of staff who wrote down why
    worker_reason: str = ""

    def __post_init__(self) -> None:
        """A worker's word counts only with who said it and why. Raises ValueError."""
        if self.result is Understood.WORKER_SAYS and not (
            self.worker and self.worker_reason.strip()
        ):
            raise ValueError("a worker's word needs a worker and a reason")


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """What the person was told, and in which forms (consent record: Notice)."""

    version: str
    content_hash: str  # hex SHA-256 of the words in the language shown
    language: str
    forms: tuple[str, ...]  # "easy-read", "spoken", "pictures", "by-worker"
    full_pages: tuple[str, ...] = ()  # pages where "tell me more" was opened


class FoundBy(StrEnum):
    """The one thing that a person may leave so that a lost code can be found again."""

    NAME = "name"
    BIRTHDAY = "birthday"  # DDMM, no year
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class VisitSnapshot:
    """All that one visit would save. `person` is None for someone new."""

    person: bytes | None
    notice: NoticeShown
    answers: Mapping[ShareKey, GivenAnswer]
    objections: frozenset[ShareKey]
    understanding: UnderstandingCheck
    objections_taken_back: frozenset[ShareKey] = frozenset()
    waiting: frozenset[ShareKey] = frozenset()  # Yeses said in words that nobody has checked
    pin: str = ""  # digits; empty leaves the PIN as it is (or none)
    found_by: tuple[FoundBy, str] | None = None
    helper: str = ""  # id of the member of staff who helped, "" for nobody
