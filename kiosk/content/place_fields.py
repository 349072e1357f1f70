"""Reads the keys of a place pack one by one, noting every fault with its line.

Each method returns the value, or a harmless stand-in and a fault, so that one reading finds all
faults of a pack and not only the first.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from kiosk.content.faults import Fault, bad_sign
from kiosk.content.statements import PLACEHOLDER
from kiosk.content.toml_lines import TomlFile
from kiosk.domain.place import Detail, Phrase
from kiosk.i18n import KNOWN_LANGUAGES, SOURCE

Choice = TypeVar("Choice", bound=StrEnum)
Known = TypeVar("Known")
Table = dict[str, object]

MAX_TEXT = 200  # characters; the longest own sentence that a screen can hold at the largest size
MAX_WORDS = 15  # of one sentence: GOV.UK easy read
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_PICTURE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\Z")
_PHONE = re.compile(r"\+?[0-9][0-9 ]{4,20}\Z")
_CONDITION = re.compile(r"9\(2\)\([a-j]\)\Z|DPA Sch 1 para [1-9][0-9]?\Z|DPA Sch 8 para [1-9]\Z")
_STAND_IN = date(2000, 1, 1)


class Fillable(Protocol):
    """A statement, as far as a pack needs to know it."""

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that are filled in when it is shown."""


class Fields:
    """The keys of one file. `spoken` are the pack's languages, which its own words must be in."""

    def __init__(self, file: TomlFile, statements: Mapping[str, Fillable]) -> None:
        self.file = file
        self.statements = statements
        self.spoken: tuple[str, ...] = (SOURCE,)
        self.faults: list[Fault] = []
        self._paths: dict[int, tuple[str | int, ...]] = {}
        self._read: dict[int, set[str]] = {}
        self._ids: set[tuple[str, str]] = set()
        self._kept: list[Table] = []  # keeps stand-in tables alive, so that ids stay their own

    # --- tables ----------------------------------------------------------------------------------

    def top(self, sections: Sequence[str]) -> Table:
        """The whole file. Sections that we do not know are faults."""
        top = dict(self.file.tree)
        self._remember(top, ())
        self.done(top, *sections)
        return top

    def table(self, parent: Table, key: str) -> Table:
        """One [table], or an empty one and a fault."""
        value = self._take(parent, key)
        if isinstance(value, dict):
            return self._remember(value, (*self._path(parent), key))
        if value is None:
            self.fault(parent, "missing_key", key, f"[{self._name(parent, key)}]")
        else:
            self.fault(parent, "not_a_table", key, f"[{self._name(parent, key)}]", key=key)
        return self._remember({}, (*self._path(parent), key))

    def tables(self, parent: Table, key: str) -> list[Table]:
        """All [[tables]] of one name; at least one."""
        value = self._take(parent, key)
        if not isinstance(value, list) or not value:
            what = "missing_key" if value is None else "not_a_list"
            self.fault(parent, what, key, f"[[{key}]]", key=key)
            return []
        found = []
        for index, item in enumerate(value):
            if isinstance(item, dict):
                found.append(self._remember(item, (*self._path(parent), key, index)))
            else:
                self.fault(parent, "not_a_table", key, f"[[{key}]]", key=key)
        return found

    def done(self, table: Table, *more: str) -> None:
        """Every key of the table that nobody asked for is a fault, with the likeliest one meant."""
        known = self._read.setdefault(id(table), set()) | set(more)
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, sorted(known), 1, 0.6)
                self.fault(table, "unknown_key", key, near[0] if near else _list(known), key=key)

    # --- single values ---------------------------------------------------------------------------

    def text(self, table: Table, key: str, default: str | None = None) -> str:
        """A line of text: a name, an address."""
        value = self._take(table, key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            self._wrong(table, key, value, "not_text", f'{key} = "..."')
            return ""
        if not value.strip() or value != value.strip():
            self.fault(table, "empty" if not value.strip() else "stray_space", value, key=key)
        elif len(value) > MAX_TEXT:
            self.fault(table, "too_long", value, f"{MAX_TEXT}", key=key)
        elif bad_sign(value):
            self.fault(table, bad_sign(value), ascii(value), key=key)
        elif "{" in value or "}" in value:
            self.fault(table, "bad_placeholder", value, key=key)
        return value

    def slug(self, table: Table, key: str) -> str:
        """An id: small letters, digits and hyphens."""
        value = self.text(table, key)
        if value and not _SLUG.match(value):
            better = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-") or "marsh-lane"
            self.fault(table, "bad_id", value, f'{key} = "{better}"', key=key)
        return value

    def new_id(self, table: Table, kind: str) -> str:
        """An id that no other of its kind has."""
        value = self.slug(table, "id")
        if (kind, value) in self._ids:
            self.fault(table, "same_id", value, key="id")
        self._ids.add((kind, value))
        return value

    def picture(self, table: Table) -> str:
        """The id of a picture."""
        value = self.text(table, "picture")
        if value and not _PICTURE.match(value):
            self.fault(table, "bad_id", value, 'picture = "agency.health"', key="picture")
        return value

    def phone(self, table: Table, key: str) -> str:
        """A telephone number in digits and spaces, or "" when there is none."""
        value = self.text(table, key, default="")
        if value and not _PHONE.match(value):
            self.fault(table, "bad_phone", value, f'{key} = "01632 960100"', key=key)
        return value

    def number(self, table: Table, key: str, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self._take(table, key)
        if not isinstance(value, int) or isinstance(value, bool):
            self._wrong(table, key, value, "not_a_number", f"{key} = 6")
            return least
        if not least <= value <= most:
            self.fault(table, "out_of_range", str(value)[:20], f"{least} ... {most}", key=key)
            return least
        return value

    def flag(self, table: Table, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self._take(table, key)
        if value is not None and not isinstance(value, bool):
            self.fault(table, "not_a_flag", str(value), f"{key} = true", key=key)
        return value is True

    def day(self, table: Table, key: str) -> date:
        """A date, as TOML writes it: 2027-11-01."""
        value = self._take(table, key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._wrong(table, key, value, "not_a_date", f"{key} = 2027-11-01")
            return _STAND_IN
        return value

    def choice(
        self,
        table: Table,
        key: str,
        kinds: type[Choice],
        stand_in: Choice,
        default: Choice | None = None,
    ) -> Choice:
        """One of a closed list of words."""
        value = self._take(table, key)
        if value is None and default is not None:
            return default
        allowed = [str(kind) for kind in kinds]
        if isinstance(value, str) and value in allowed:
            return kinds(value)
        near = difflib.get_close_matches(str(value), allowed, 1, 0.6)
        self._wrong(table, key, value, "not_allowed", near[0] if near else _list(allowed))
        return stand_in

    def one_of(self, table: Table, key: str, known: Mapping[str, Known]) -> Known | None:
        """The thing that an id names, or None and a fault."""
        value = self._take(table, key)
        if isinstance(value, str) and value in known:
            return known[value]
        near = difflib.get_close_matches(str(value), list(known), 1, 0.6)
        self._wrong(table, key, value, "unknown_id", near[0] if near else _list(known))
        return None

    def level(self, table: Table, key: str, levels: Mapping[str, Detail]) -> Detail:
        """How much of one kind of facts: need, summary or everything."""
        found = self.one_of(table, key, levels)
        return Detail.NOTHING if found is None else found

    def known(self, table: Table, known: Mapping[str, object]) -> list[str]:
        """The keys of a table that name one of `known`; the others are faults."""
        if not table:
            self.fault(table, "empty", "", f'{next(iter(known), "name")} = "need"')
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, list(known), 1, 0.6)
                self.fault(table, "unknown_id", key, near[0] if near else _list(known), key=key)
                self._read.setdefault(id(table), set()).add(key)
        return [key for key in table if key in known]

    def languages(self, table: Table) -> tuple[str, ...]:
        """The languages offered, English among them."""
        codes = self._texts(table, "languages", 'languages = ["en", "pl"]', required=True)
        for code in codes:
            if code not in KNOWN_LANGUAGES:
                allowed = _list(KNOWN_LANGUAGES)
                self.fault(table, "unknown_language", code, allowed, key="languages")
        if codes and SOURCE not in codes:
            self.fault(table, "no_english", ", ".join(codes), '"en"', key="languages")
        if len(set(codes)) != len(codes):
            self.fault(table, "same_id", ", ".join(codes), key="languages")
        return tuple(code for code in dict.fromkeys(codes) if code in KNOWN_LANGUAGES) or (SOURCE,)

    def conditions(self, table: Table) -> tuple[str, ...]:
        """Conditions of UK GDPR Art 9 and DPA 2018 Sch 1."""
        found = self._texts(table, "conditions", 'conditions = ["9(2)(a)"]', required=False)
        for condition in found:
            if not _CONDITION.match(condition):
                better = '"9(2)(a)", "DPA Sch 1 para 18"'
                self.fault(table, "bad_condition", condition, better, key="conditions")
        return tuple(found)

    # --- words -----------------------------------------------------------------------------------

    def phrase(self, table: Table, key: str, parts: Sequence[str] = ()) -> Phrase:
        """Words: `"@statement.id"`, or the place's own by language `{ en = "...", pl = "..." }`."""
        value = self._take(table, key)
        if isinstance(value, str):
            return self._statement(table, key, value, parts)
        if isinstance(value, dict) and value:
            return self._own(table, key, value, parts)
        self._wrong(table, key, value, "not_words", f'{key} = {{ en = "..." }}')
        return Phrase(own={SOURCE: ""})

    def _statement(self, table: Table, key: str, value: str, parts: Sequence[str]) -> Phrase:
        name = value.removeprefix("@")
        statement = self.statements.get(name)
        if not value.startswith("@"):
            better = f'{key} = {{ en = "{value[:60]}" }}' if statement is None else f'"@{name}"'
            self.fault(table, "not_words", value, better, key=key)
        elif statement is None:
            near = difflib.get_close_matches(name, list(self.statements), 1, 0.6)
            better = f'"@{near[0]}"' if near else f'{key} = {{ en = "..." }}'
            self.fault(table, "unknown_statement", value, better, key=key)
        elif not statement.placeholders <= set(parts):
            self.fault(table, "bad_placeholder", value, _list(parts), key=key)
        return Phrase(statement=name)

    def _own(self, table: Table, key: str, value: Table, parts: Sequence[str]) -> Phrase:
        own: dict[str, str] = {}
        for code, text in value.items():
            if code not in KNOWN_LANGUAGES:
                self.fault(table, "unknown_language", code, _list(KNOWN_LANGUAGES), key=key)
            elif not isinstance(text, str) or not text.strip():
                self.fault(table, "empty", code, f'{code} = "..."', key=key)
            else:
                own[code] = text
                self._own_text(table, key, code, text, parts)
        for code in self.spoken:
            if code not in value:
                self.fault(table, "no_words", code, f'{code} = "..."', key=key)
        return Phrase(own=own or {SOURCE: ""})

    def _own_text(self, table: Table, key: str, code: str, text: str, parts: Sequence[str]) -> None:
        left_over = PLACEHOLDER.sub("", text)
        if bad_sign(text):
            self.fault(table, bad_sign(text), ascii(text)[:60], key=key)
        elif len(text) > MAX_TEXT:
            self.fault(table, "too_long", text[:60], f"{MAX_TEXT}", key=key)
        elif not set(PLACEHOLDER.findall(text)) <= set(parts) or set("{}") & set(left_over):
            self.fault(table, "bad_placeholder", text[:60], _list(parts), key=key)
        elif code == SOURCE:
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                if len(sentence.split()) > MAX_WORDS:
                    self.fault(table, "long_sentence", sentence, f"{MAX_WORDS}", key=key)

    # --- inside ----------------------------------------------------------------------------------

    def fault(
        self, table: Table, what: str, text: str = "", instead: str = "", key: str = ""
    ) -> None:
        """Note a fault at a key of a table, or at the table itself."""
        path = (*self._path(table), key) if key else self._path(table)
        where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        self.faults.append(
            Fault(self.file.name, self.file.line(*path), what, where, text[:80], instead)
        )

    def _wrong(self, table: Table, key: str, value: object, what: str, instead: str) -> None:
        if value is None:
            self.fault(table, "missing_key", key, instead, key=key)
        else:
            self.fault(table, what, str(value), instead, key=key)

    def _take(self, table: Table, key: str) -> object:
        self._read.setdefault(id(table), set()).add(key)
        return table.get(key)

    def _texts(self, table: Table, key: str, example: str, *, required: bool) -> list[str]:
        value = self._take(table, key)
        if value is None and not required:
            return []
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            if value or not required:
                return value
            value = None
        self._wrong(table, key, value, "not_a_list", example)
        return []

    def _remember(self, table: Table, path: tuple[str | int, ...]) -> Table:
        self._paths[id(table)] = path
        self._kept.append(table)
        return table

    def _path(self, table: Table) -> tuple[str | int, ...]:
        return self._paths.get(id(table), ())

    def _name(self, table: Table, key: str) -> str:
        return ".".join(
            str(part) for part in (*self._path(table), key) if not isinstance(part, int)
        )


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
