"""One .po file as a translator leaves it: read without a crash, and checked message by message."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from kiosk import i18n
from kiosk.content.faults import Fault, first_lines, shown_name
from kiosk.content.statements import REPOSITORY, Statement
from kiosk.content.words import unfit

LOCALES = REPOSITORY / "locales"
MAX_BYTES = 2_000_000

_REVIEWED_BY = re.compile(r"^#?\s*Reviewed by:[ \t]*(\S.*)$", re.M)
_REVIEWED_ON = re.compile(r"^#?\s*Reviewed on:[ \t]*(\d{4}-\d{2}-\d{2})[ \t]*$", re.M)


# What Babel raises on files that are no catalogues; found by mangling thousands of them.
_PO_ERRORS = (
    PoFileError,
    UnknownLocaleError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    ArithmeticError,
)


@dataclass(frozen=True, slots=True)
class ReadCatalogue:
    """One .po file as it was found: messages by context, and whether a person reviewed it."""

    messages: dict[str, Message]
    header: str
    faults: tuple[Fault, ...]

    @property
    def reviewed(self) -> bool:
        """True where a reviewer and a date stand in the header."""
        return bool(_REVIEWED_BY.search(self.header) and _REVIEWED_ON.search(self.header))


def po_path(code: str, domain: str, locales: Path = LOCALES) -> Path:
    """Where one language's catalogue of one domain lies."""
    return locales / code / "LC_MESSAGES" / f"{domain}.po"


# --- reading ------------------------------------------------------------------------------------


def read_catalogue(path: Path) -> ReadCatalogue:
    """Read one .po file. Never raises: what is wrong stands in `faults`, with its line."""
    name = shown_name(path, REPOSITORY)

    def refused(what: str, line: int = 0, text: str = "") -> ReadCatalogue:
        return ReadCatalogue({}, "", (Fault(name, line, what, text=text),))

    try:
        if path.stat().st_size > MAX_BYTES:
            return refused("too_long")
        raw = path.read_bytes()
    except OSError:
        return refused("no_catalogue")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        return refused("not_utf8", raw[: reason.start].count(b"\n") + 1)
    try:
        catalogue = read_po(io.StringIO(text), abort_invalid=True)
    except _PO_ERRORS as reason:
        return refused("not_po", int(getattr(reason, "lineno", 0) or 0), str(reason)[:80])
    messages: dict[str, Message] = {}
    faults: list[Fault] = []
    for message in catalogue:
        if not message.id:
            continue
        line = message.lineno or 0
        context = message.context or ""
        if not isinstance(message.id, str) or not isinstance(message.string, str):
            faults.append(Fault(name, line, "plural", context))
        elif not context:
            faults.append(Fault(name, line, "no_context", "", message.id[:60]))
        elif context in messages:
            faults.append(Fault(name, line, "same_context", context))
        else:
            messages[context] = message
    return ReadCatalogue(messages, catalogue.header_comment, tuple(faults))


def check_catalogue(
    found: ReadCatalogue, name: str, wanted: Iterable[Statement], code: str
) -> list[Fault]:
    """Every way in which a catalogue is not fit to be shown, for the statements of its domain."""
    faults = list(found.faults)
    statements = {statement.id: statement for statement in wanted}
    for key, statement in statements.items():
        message = found.messages.get(key)
        if message is None or not message.string:
            if not found.faults or found.messages:
                line = (message.lineno or 0) if message else 0
                faults.append(Fault(name, line, "missing", key, statement.english))
            continue
        line, text = message.lineno or 0, str(message.string)
        if message.id != statement.english or message.fuzzy:
            faults.append(Fault(name, line, "stale", key, text, statement.english))
            continue
        wrong = unfit(statement.english, text) or wrong_letters(text, code)
        if wrong:
            faults.append(Fault(name, line, wrong, key, text, statement.english))
    for key, message in found.messages.items():
        if key not in statements:
            faults.append(Fault(name, message.lineno or 0, "unknown_statement", key))
    return first_lines(faults)


# Scripts by the first letter's block; enough for the languages we know.
_BLOCKS = (
    ("Latn", 0x0041, 0x024F),
    ("Latn", 0x1E00, 0x1EFF),
    ("Grek", 0x0370, 0x03FF),
    ("Cyrl", 0x0400, 0x052F),
    ("Arab", 0x0600, 0x06FF),
    ("Arab", 0x0750, 0x077F),
    ("Arab", 0xFB50, 0xFDFF),
    ("Arab", 0xFE70, 0xFEFE),
    ("Beng", 0x0980, 0x09FF),
    ("Guru", 0x0A00, 0x0A7F),
    ("Ethi", 0x1200, 0x139F),
)
# Names that stay in Latin letters in every language: the regulator's, and what stands on keys.
_LATIN_NAMES = re.compile(
    r"Citizens Advice|ico\.org\.uk|\bICO\b|\bPIN\b|\bQR\b|CC BY-SA 4\.0|\bOpenMoji\b"
)


def script_of(letter: str) -> str:
    """The script of one letter as ISO 15924, or "" for signs, digits and unknown scripts."""
    if not letter.isalpha():
        return ""
    return next((name for name, low, high in _BLOCKS if low <= ord(letter) <= high), "")


def wrong_letters(text: str, code: str) -> str:
    """Say "foreign_letters" where a word has letters of another script than the language's."""
    script = i18n.language(code).script
    bare = _LATIN_NAMES.sub("", re.sub(r"\{[a-z0-9_]+\}", "", text))
    return "foreign_letters" if any(script_of(s) not in ("", script) for s in bare) else ""
