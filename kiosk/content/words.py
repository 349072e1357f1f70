"""The words of one language, as screens, paper and the voice ask for them: by statement id.

Reads what `kiosk.content.catalogues` compiled into BUILD/locales, so that opening the kiosk parses
no TOML. A translation that cannot be shown safely never reaches a person: the English stands in
for it and the fault is kept in `Words.faults`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from kiosk import i18n
from kiosk.content.faults import bad_sign
from kiosk.content.statements import PLACEHOLDER, REPOSITORY
from kiosk.domain.place import Phrase
from kiosk.errors import ContentFaulty
from kiosk.i18n import Language, Part

BUILD = REPOSITORY / "build"
STATEMENTS_FILE = "statements.json"


@dataclass(frozen=True, slots=True)
class WordsFault:
    """A translation that the source's words stand in for. `what`: "missing", "placeholders" ..."""

    statement: str
    language: str
    what: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as it was compiled.

    `source_id` is the statement whose translation this one has: itself, or what it is same as.
    """

    english: str
    domain: str
    picture: str
    source_id: str

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that are filled in when it is shown."""
        return frozenset(PLACEHOLDER.findall(self.english))


class Words:
    """All statements in one language. Changing language is making another `Words`.

    `parts` are filled into every statement that names them: what the place pack says once, such as
    the place's name and telephone (`kiosk.content.notice.place_parts`).

    Raises LanguageNotOffered for an unknown language, ContentFaulty when nothing is compiled.
    """

    def __init__(
        self,
        language: Language | str = i18n.SOURCE,
        build_dir: Path = BUILD,
        parts: dict[str, Part] | None = None,
    ) -> None:
        code = language if isinstance(language, str) else language.code
        state = i18n.language_states(build_dir).get(code, i18n.LanguageState.INCOMPLETE)
        self._language = i18n.language(code, state)
        self._entries = compiled_statements(build_dir)
        self._catalogue = i18n.Catalogue(build_dir, code)
        self._parts: dict[str, Part] = dict(parts or {})
        self._ready: dict[str, str] = {}
        self.faults: list[WordsFault] = []

    @property
    def language(self) -> Language:
        """The language that these words are in."""
        return self._language

    def with_parts(self, **parts: Part) -> Self:
        """The same words with more parts filled in everywhere."""
        self._parts.update(parts)
        return self

    def has(self, statement: str) -> bool:
        """True where there is such a statement."""
        return statement in self._entries

    def ids(self) -> tuple[str, ...]:
        """Every statement's id."""
        return tuple(self._entries)

    def text(self, statement: str, **parts: Part) -> str:
        """The words of a statement, its placeholders filled in and isolated.

        Parts that the statement does not name are ignored. Raises ContentFaulty for an unknown id
        and for a placeholder that nothing fills.
        """
        return self._filled(self._message(statement), {**self._parts, **parts}, statement)

    def phrase(self, phrase: Phrase, **parts: Part) -> str:
        """The words of a phrase in a place pack: a statement, or the place's own words."""
        if phrase.statement:
            return self.text(phrase.statement, **parts)
        own = phrase.own.get(self._language.code)
        if own is None:
            own = phrase.own.get(i18n.SOURCE)
            if own is None:
                raise ContentFaulty(file="place", what="no_words")
            self._note(own[:40], "missing")
        return self._filled(own, {**self._parts, **parts}, own[:40])

    def picture(self, statement: str) -> str:
        """The id of the picture that goes with a statement, or "" for a control."""
        return self._entry(statement).picture

    def placeholders(self, statement: str) -> frozenset[str]:
        """What is filled into a statement."""
        return self._entry(statement).placeholders

    # --- inside ----------------------------------------------------------------------------------

    def _entry(self, statement: str) -> Entry:
        try:
            return self._entries[statement]
        except KeyError:
            raise ContentFaulty(file="easy_read", what=f"no statement {statement}") from None

    def _message(self, statement: str) -> str:
        """The translation if it is fit to be shown, else the English; worked out once."""
        ready = self._ready.get(statement)
        if ready is not None:
            return ready
        entry = self._entry(statement)
        text = entry.english
        if self._language.code != i18n.SOURCE and _has_words(entry.english):
            found = self._catalogue.message(entry.domain, entry.source_id, entry.english)
            fault = unfit(entry.english, found)
            if fault or found is None:
                self._note(statement, fault)
            else:
                text = found
        self._ready[statement] = text
        return text

    def _filled(self, text: str, parts: dict[str, Part], where: str) -> str:
        def put(match: object) -> str:
            name = match.group(1)  # type: ignore[attr-defined]
            if name not in parts:
                raise ContentFaulty(file=where, what=f"no part {name}")
            return i18n.shown(parts[name], self._language.code)

        return PLACEHOLDER.sub(put, text)

    def _note(self, statement: str, what: str) -> None:
        fault = WordsFault(statement, self._language.code, what)
        if fault not in self.faults:
            self.faults.append(fault)


def unfit(english: str, translation: str | None) -> str:
    """Why a translation must not be shown, or "" when it may.

    "missing", "placeholders" (other names than the English fills in, or a brace that is not one),
    "too_long", or what `bad_sign` finds.
    """
    if translation is None or not translation.strip():
        return "missing"
    if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(translation)):
        return "placeholders"
    left_over = PLACEHOLDER.sub("", translation)
    if "{" in left_over or "}" in left_over:
        return "placeholders"
    if len(translation) > 4 * len(english) + 60:
        return "too_long"
    return bad_sign(translation)


def _has_words(english: str) -> bool:
    return any(sign.isalpha() for sign in PLACEHOLDER.sub("", english))


def compiled_statements(build_dir: Path) -> Mapping[str, Entry]:
    """Every statement by its id. Raises ContentFaulty when nothing is compiled."""
    path = build_dir / "locales" / STATEMENTS_FILE
    try:
        return _read_entries(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise ContentFaulty(file=STATEMENTS_FILE, what="not_compiled") from reason


@lru_cache(1)  # every language asks, and so does whoever reads the place pack
def _read_entries(path: Path, _modified_ns: int) -> Mapping[str, Entry]:
    written = json.loads(path.read_text(encoding="utf-8"))["statements"]
    return {
        key: Entry(entry["en"], entry["domain"], entry["picture"], entry["source"])
        for key, entry in written.items()
    }
