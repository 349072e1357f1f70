"""Every statement that a person is shown, as it stands in easy_read/*.toml: the one source.

A file holds tables `[statement."bar.back"]` (or `[[statement]]` with an `id`) with these keys:

    en       the English words; {name} is filled in when it is shown
    picture  id of the picture that goes with it (controls may have none)
    hard     ids of glossary words that it explains
    comment  for the translator: who says it, where, what the picture shows
    law      items of the privacy-notice checklist that it answers ("PN01")
    staff    true for words that only workers meet
    same_as  id of another statement whose words, picture and translation this one has
    free     rules of docs/EASY_READ.md that do not fit it, each with its reason in `comment`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.content.faults import Fault, bad_sign
from kiosk.content.toml_lines import TomlFile, read_toml

REPOSITORY = Path(__file__).resolve().parents[2]
EASY_READ = REPOSITORY / "easy_read"
KIOSK_FILES = frozenset({"kiosk.toml", "problems.toml", "screens.toml", "worker.toml"})

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
STATEMENT_ID = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9_-]+)*\Z")

_TEXT_KEYS = ("en", "picture", "comment", "same_as")
_LIST_KEYS = ("hard", "law", "free")
_KEYS = frozenset((*_TEXT_KEYS, *_LIST_KEYS, "staff", "id"))


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `domain` is the gettext domain whose catalogue holds its translations."""

    id: str
    english: str
    domain: str
    file: str
    line: int
    picture: str = ""
    hard: tuple[str, ...] = ()
    comment: str = ""
    law: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    staff: bool = False
    same_as: str = ""

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that are filled in when it is shown."""
        return frozenset(PLACEHOLDER.findall(self.english))

    @property
    def is_code_word(self) -> bool:
        """One of the 256 things that codes are made of, or a name of a group of them."""
        return self.id.startswith(("word.", "group."))

    @property
    def wordless(self) -> bool:
        """True where nothing but placeholders and signs stands: the same in every language."""
        return not any(sign.isalpha() for sign in PLACEHOLDER.sub("", self.english))


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements by id, aliases filled in, and what is wrong with the files."""

    by_id: Mapping[str, Statement]
    faults: tuple[Fault, ...]

    @property
    def translated(self) -> tuple[Statement, ...]:
        """Those with words of their own, in the order of the files: what a translator is given."""
        return tuple(s for s in self.by_id.values() if not s.same_as and not s.wordless)


def read_statements(folder: Path = EASY_READ, *, lines: bool = True) -> Statements:
    """Read every easy-read file. Never raises: faults are returned with their lines.

    Without `lines`, every line is 0: four times as fast, for whoever only needs the words.
    """
    by_id: dict[str, Statement] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        file = read_toml(path, folder.parent)
        faults.extend(file.faults)
        domain = "kiosk" if path.name in KIOSK_FILES else "easy_read"
        for statement in _statements_of(file, domain, faults, lines=lines):
            if statement.id in by_id:
                faults.append(_fault(statement, "same_id", by_id[statement.id].file))
            else:
                by_id[statement.id] = statement
    return Statements(_with_aliases(by_id, faults), tuple(faults))


def _statements_of(
    file: TomlFile, domain: str, faults: list[Fault], *, lines: bool
) -> Iterable[Statement]:
    def line_of(*path: str | int) -> int:
        return file.line(*path) if lines else 0

    tables = file.tree.get("statement", {})
    entries: list[tuple[str, object, int]]
    if isinstance(tables, dict):
        entries = [(key, table, line_of("statement", key)) for key, table in tables.items()]
    elif isinstance(tables, list):
        entries = [
            (str(table.get("id", "")) if isinstance(table, dict) else "", table, place)
            for table, place in zip(
                tables, (line_of("statement", i) for i in range(len(tables))), strict=True
            )
        ]
    else:
        entries = [("", tables, line_of("statement"))]
    for key, table, line in entries:
        if not isinstance(table, dict) or not STATEMENT_ID.match(key):
            faults.append(Fault(file.name, line, "bad_id", key[:40], instead='"bar.back"'))
            continue
        found = _one(file.name, key, table, line, domain, faults)
        if found is not None:
            yield found


def _one(
    name: str, key: str, table: dict[str, object], line: int, domain: str, faults: list[Fault]
) -> Statement | None:
    def fault(what: str, text: object = "", instead: str = "") -> None:
        faults.append(Fault(name, line, what, key, str(text)[:80], instead))

    for other in table.keys() - _KEYS:
        fault("unknown_key", other, ", ".join(sorted(_KEYS - {"id"})))
    texts: dict[str, str] = {}
    for field in _TEXT_KEYS:
        value = table.get(field, "")
        if not isinstance(value, str):
            fault("not_text", field, f'{field} = "..."')
            return None
        texts[field] = value
    lists: dict[str, tuple[str, ...]] = {}
    for field in _LIST_KEYS:
        value = table.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            fault("not_a_list", field, f'{field} = ["..."]')
            return None
        lists[field] = tuple(value)
    english, same_as = texts["en"], texts["same_as"]
    if not english.strip() and not same_as:
        fault("no_words", "", 'en = "..."')
        return None
    if english != english.strip() or "  " in english or bad_sign(english):
        fault(bad_sign(english) or "stray_space", english, english.strip())
    if english.count("{") != len(PLACEHOLDER.findall(english)) or english.count("{") != (
        english.count("}")
    ):
        fault("bad_placeholder", english, "{agency}")
    return Statement(
        id=key,
        english=english,
        domain=domain,
        file=name,
        line=line,
        picture=texts["picture"],
        comment=texts["comment"],
        same_as=same_as,
        staff=table.get("staff") is True,
        **lists,
    )


def _with_aliases(by_id: dict[str, Statement], faults: list[Fault]) -> dict[str, Statement]:
    filled: dict[str, Statement] = {}
    for key, statement in by_id.items():
        if not statement.same_as:
            filled[key] = statement
            continue
        source = by_id.get(statement.same_as)
        if source is None or source.same_as or statement.english:
            faults.append(_fault(statement, "bad_alias", statement.same_as))
            continue
        filled[key] = Statement(
            id=key,
            english=source.english,
            domain=source.domain,
            file=statement.file,
            line=statement.line,
            picture=statement.picture or source.picture,
            hard=source.hard,
            comment=statement.comment or source.comment,
            law=(*source.law, *statement.law),
            free=source.free,
            staff=statement.staff,
            same_as=source.id,
        )
    return filled


def _fault(statement: Statement, what: str, text: str) -> Fault:
    return Fault(statement.file, statement.line, what, statement.id, text)
