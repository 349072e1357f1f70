"""Languages, compiled catalogues, and how numbers, dates and names are put into a sentence.

Catalogues are compiled by `kiosk.content.catalogues` into BUILD/locales. Everything that is put
into a sentence goes through `shown()`, which wraps it in Unicode isolates, so that a phone number
or a foreign name stands the right way round inside Arabic (UAX #9, section 2.4.2). Dates and
lengths of time come from CLDR through Babel: Gregorian, with western digits, which stand beside
phone numbers everywhere in this app.
"""

from __future__ import annotations

import gettext
import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path

from kiosk.errors import ContentFaulty, LanguageNotOffered

SOURCE = "en"  # the language that statements are written in
DOMAINS = ("kiosk", "easy_read")
STATES_FILE = "languages.json"

_LRI, _FSI, _PDI = "\u2066", "\u2068", "\u2069"
ISOLATES = frozenset("\u2066\u2067\u2068\u2069")


class LanguageState(StrEnum):
    """What is known about a language's words. Only the first three can be offered."""

    SOURCE = "source"  # English, which all others are translated from
    REVIEWED = "reviewed"  # a named reviewer and a date stand in both catalogues
    DRAFT = "draft"  # complete, and no named person has reviewed it yet
    INCOMPLETE = "incomplete"  # something is missing, stale or faulty: never offered


@dataclass(frozen=True, slots=True)
class Language:
    """One language as a person meets it. `code` is BCP 47, `script` ISO 15924."""

    code: str
    name_own_script: str
    rtl: bool
    script: str
    state: LanguageState = LanguageState.INCOMPLETE

    @property
    def is_draft(self) -> bool:
        """True where the screen and the paper must say that nobody has reviewed the words."""
        return self.state is LanguageState.DRAFT


# code: (name in its own script, right to left, script, CLDR locale for dates)
_KNOWN: dict[str, tuple[str, bool, str, str]] = {
    "en": ("English", False, "Latn", "en_GB"),
    "cy": ("Cymraeg", False, "Latn", "cy"),
    "pl": ("Polski", False, "Latn", "pl"),
    "ro": ("Română", False, "Latn", "ro"),
    "ar": ("العربية", True, "Arab", "ar"),
    "fa": ("فارسی", True, "Arab", "fa"),
    "ckb": ("کوردی", True, "Arab", "ckb"),
    "ur": ("اردو", True, "Arab", "ur"),
    "ti": ("ትግርኛ", False, "Ethi", "ti"),
    "pa": ("ਪੰਜਾਬੀ", False, "Guru", "pa"),
    "bn": ("বাংলা", False, "Beng", "bn"),
    "uk": ("Українська", False, "Cyrl", "uk"),
    "so": ("Soomaali", False, "Latn", "so"),
    "es": ("Español", False, "Latn", "es"),
}
KNOWN_LANGUAGES: tuple[str, ...] = tuple(_KNOWN)


class LeftToRight(str):
    """A phone number, code or address: shown left to right whatever stands around it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time to be said with its unit, such as `Duration(6, "year")`.

    `unit` is one of CLDR's: "second", "minute", "hour", "day", "month", "year".
    """

    count: int
    unit: str


Part = str | int | date | time | Duration


def language(code: str, state: LanguageState = LanguageState.INCOMPLETE) -> Language:
    """The language of a BCP 47 code. Raises LanguageNotOffered for one that we do not know."""
    if code not in _KNOWN:
        raise LanguageNotOffered(language=code[:12])
    name, rtl, script, _ = _KNOWN[code]
    if code == SOURCE:
        state = LanguageState.SOURCE
    return Language(code, name, rtl, script, state)


def language_states(build_dir: Path) -> dict[str, LanguageState]:
    """The state of every compiled language. Raises ContentFaulty when nothing was compiled."""
    path = build_dir / "locales" / STATES_FILE
    try:
        states = json.loads(path.read_text(encoding="utf-8"))["languages"]
        return {str(code): LanguageState(entry["state"]) for code, entry in states.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise ContentFaulty(file=STATES_FILE, what="not_compiled") from reason


def offered_languages(
    build_dir: Path, codes: Sequence[str], *, drafts: bool
) -> tuple[Language, ...]:
    """The languages of `codes`, in that order, that are complete; English always.

    `drafts` says whether the place lets people read languages that nobody has reviewed yet.
    """
    states = language_states(build_dir)
    allowed = {LanguageState.SOURCE, LanguageState.REVIEWED}
    if drafts:
        allowed.add(LanguageState.DRAFT)
    chosen = list(dict.fromkeys(codes))
    if SOURCE not in chosen:
        chosen.insert(0, SOURCE)
    return tuple(
        language(code, states.get(code, LanguageState.INCOMPLETE))
        for code in chosen
        if code in _KNOWN
        and (code == SOURCE or states.get(code, LanguageState.INCOMPLETE) in allowed)
    )


# --- catalogues ---------------------------------------------------------------------------------


class Catalogue:
    """The compiled messages of one language, looked up by statement id (the context) and English.

    Raises ContentFaulty when a catalogue is missing or cannot be read. English has none.
    """

    def __init__(self, build_dir: Path, code: str) -> None:
        self._domains: dict[str, gettext.NullTranslations] = {}
        for domain in DOMAINS if code != SOURCE else ():
            path = build_dir / "locales" / code / "LC_MESSAGES" / f"{domain}.mo"
            try:
                with path.open("rb") as file:
                    self._domains[domain] = gettext.GNUTranslations(file)
            except (OSError, ValueError, LookupError) as reason:
                raise ContentFaulty(file=f"{code}/{domain}.mo", what="unreadable") from reason
            except struct.error as reason:
                raise ContentFaulty(file=f"{code}/{domain}.mo", what="cut_short") from reason

    def message(self, domain: str, statement: str, english: str) -> str | None:
        """The translation, or None where there is none."""
        found = self._domains.get(domain)
        if found is None:
            return None
        text = found.pgettext(statement, english)
        return None if text == english and not self._holds(found, statement, english) else text

    @staticmethod
    def _holds(found: gettext.NullTranslations, statement: str, english: str) -> bool:
        messages: dict[str, str] = getattr(found, "_catalog", {})
        return f"{statement}\x04{english}" in messages


# --- what is put into a sentence ----------------------------------------------------------------


def isolate_number(text: str) -> str:
    """A number, code or address between U+2066 and U+2069: always left to right."""
    return f"{_LRI}{text}{_PDI}"


def isolate_name(text: str) -> str:
    """A name or a phrase between U+2068 and U+2069: the way its own first letter runs."""
    return f"{_FSI}{text}{_PDI}"


def without_isolates(text: str) -> str:
    """The same words with no isolates, for a voice or a plain comparison."""
    return "".join(sign for sign in text if sign not in ISOLATES)


def format_date(day: date, code: str, *, weekday: bool = True) -> str:
    """Weekday and full date, or the date alone, as the language writes it. Gregorian."""
    import babel.dates

    pattern = "full" if weekday else "long"
    written: str = babel.dates.format_date(day, pattern, locale=_locale(code))
    # CLDR's British date has a comma after the weekday; easy read and GOV.UK have none.
    return written.replace(",", "") if code == SOURCE else written


def format_time(moment: time, code: str) -> str:
    """Hours and minutes of the 24-hour clock, as it stands on the wall: 14:05."""
    _locale(code)
    return f"{moment.hour:02}:{moment.minute:02}"


def format_duration(length: Duration, code: str) -> str:
    """A number with its unit, in the right plural: 6 years, 6 lat.

    Raises ContentFaulty where CLDR, as Babel has it, lacks the unit in this language.
    """
    import babel.units

    unit, locale = f"duration-{length.unit}", _locale(code)
    foreign = re.compile("[A-Za-z]" if _KNOWN[code][2] != "Latn" else re.escape(unit))
    # CLDR lets long forms fall back on short ones, which are words as well; Babel does not.
    for form in ("long", "short"):
        try:
            written: str = babel.units.format_unit(length.count, unit, form, locale=locale)
        except babel.units.UnknownUnitError:
            break
        if not foreign.search(written):
            return written
    raise ContentFaulty(file=code, what="no_duration")


def shown(part: Part, code: str) -> str:
    """One part as it is put into a sentence of language `code`: written out and isolated."""
    if isinstance(part, LeftToRight):
        return isolate_number(part)
    if isinstance(part, str):
        return isolate_name(part)
    if isinstance(part, int):
        return isolate_number(str(part))
    if isinstance(part, Duration):
        return isolate_name(format_duration(part, code))
    if isinstance(part, time):
        return isolate_number(format_time(part, code))
    return isolate_name(format_date(part, code))


def _locale(code: str) -> str:
    if code not in _KNOWN:
        raise LanguageNotOffered(language=code[:12])
    return _KNOWN[code][3]
