"""Who we are, whom we may tell, about what, and on what lawful ground: one place's facts.

A place pack (TOML, `kiosk/content/places.py` reads it) becomes one frozen `Place`. Words in it are
`Phrase`s: either the id of a statement in easy_read, which is translated, or the place's own words
by language, which we never translate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum


class Nation(StrEnum):
    """Where the controller acts: its bank holidays move due dates (UK GDPR Art 4A)."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class AgencyKind(StrEnum):
    """What sort of recipient an agency is. Enforcement stands apart and is off unless asked for."""

    HOUSING = "housing"
    HOSTEL = "hostel"
    SHELTER = "shelter"
    HEALTH = "health"
    MENTAL_HEALTH = "mental-health"
    DRUG_AND_ALCOHOL = "drug-and-alcohol"
    DOMESTIC_ABUSE = "domestic-abuse"
    SOCIAL_CARE = "social-care"
    BENEFITS = "benefits"
    PROBATION = "probation"
    POLICE = "police"
    IMMIGRATION = "immigration"
    OTHER = "other"

    @property
    def enforces(self) -> bool:
        """True for agencies that are not there to support."""
        return self in (AgencyKind.POLICE, AgencyKind.IMMIGRATION)


class LawfulBasis(StrEnum):
    """UK GDPR Art 6(1) (a) to (f) and (ea)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal-obligation"
    VITAL_INTERESTS = "vital-interests"
    PUBLIC_TASK = "public-task"
    RECOGNISED_LEGITIMATE_INTERESTS = "recognised-legitimate-interests"
    LEGITIMATE_INTERESTS = "legitimate-interests"

    @property
    def is_asked(self) -> bool:
        """Only consent is a question; all else is told (DPA guidance: never pretend to ask)."""
        return self is LawfulBasis.CONSENT

    @property
    def can_object(self) -> bool:
        """UK GDPR Art 21(1): (e), (ea) and (f)."""
        return self in (
            LawfulBasis.PUBLIC_TASK,
            LawfulBasis.RECOGNISED_LEGITIMATE_INTERESTS,
            LawfulBasis.LEGITIMATE_INTERESTS,
        )


class Detail(IntEnum):
    """How much of one category an agency may have, least first."""

    NOTHING = 0
    NEED = 1
    SUMMARY = 2
    EVERYTHING = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a place pack: a statement's id, or the place's own words by language code."""

    statement: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agency:
    """A recipient (UK GDPR Art 4(9)). `name` is a proper name and is never translated."""

    id: str
    name: str
    kind: AgencyKind
    called: Phrase  # "The council housing team": short, for lists
    who: Phrase  # one sentence: who they are
    picture: str
    contact: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A purpose, named as what the person gets by it: "find a place to live"."""

    id: str
    label: Phrase
    picture: str


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of information, with an example of what would be seen at each level."""

    id: str
    label: Phrase
    examples: Mapping[Detail, Phrase]  # NEED, SUMMARY, EVERYTHING
    picture: str
    special: bool = False  # UK GDPR Art 9
    criminal: bool = False  # UK GDPR Art 10


@dataclass(frozen=True, slots=True)
class Share:
    """What one agency may get for one outcome: the thing that is asked, or told."""

    agency: Agency
    outcome: Outcome
    most: Mapping[str, Detail]  # category id -> the most that they would ever get
    basis: LawfulBasis
    conditions: tuple[str, ...]  # "9(2)(a)", "DPA Sch 1 para 18" ...
    heading: Phrase  # the question, or what we tell
    gets: Phrase  # what they would get
    if_yes: Phrase  # what could happen with Yes (told: why the law lets us)
    if_no: Phrase  # what could happen with No (told: what the person can do)
    agreement: str  # reference of the data-sharing agreement
    review: date

    @property
    def key(self) -> tuple[str, str]:
        """(agency id, outcome id): what an answer hangs on."""
        return (self.agency.id, self.outcome.id)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long one sort of record is kept, and why. `years` after `since`."""

    id: str
    label: Phrase
    years: int
    since: Phrase
    why: Phrase


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to reach, at least one way without the internet (UK GDPR Art 13(1)(a), (b))."""

    name: str
    phone: str
    post: str
    email: str = ""


class Drafts(StrEnum):
    """What a language whose translation no named person has reviewed may do here."""

    OFF = "off"
    EXPLAIN = "explain"  # read, hear, say No; a Yes waits
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Place:
    """One controller's pack, checked. Shares stand in the order in which they are asked."""

    id: str
    name: str
    nation: Nation
    demo: bool
    controller: Contact
    data_protection: Contact
    languages: tuple[str, ...]
    drafts: Drafts
    retention: tuple[RetentionRule, ...]
    agencies: Mapping[str, Agency]
    outcomes: Mapping[str, Outcome]
    categories: Mapping[str, Category]
    shares: tuple[Share, ...]
    version: str

    @property
    def asked(self) -> tuple[Share, ...]:
        """Shares that are a question, enforcement left out."""
        return tuple(s for s in self.shares if s.basis.is_asked and not s.agency.kind.enforces)

    @property
    def told(self) -> tuple[Share, ...]:
        """Shares that the law allows without a yes: told, never asked."""
        return tuple(s for s in self.shares if not s.basis.is_asked)

    @property
    def apart(self) -> tuple[Share, ...]:
        """Enforcement agencies' questions: shown only when the person asks to see them."""
        return tuple(s for s in self.shares if s.basis.is_asked and s.agency.kind.enforces)

    def share(self, key: tuple[str, str]) -> Share:
        """The share of (agency id, outcome id). Raises KeyError when there is none."""
        for share in self.shares:
            if share.key == key:
                return share
        raise KeyError(key)
