"""gettext catalogues: made from easy_read, brought up to date, checked, and compiled.

A message's context is its statement's id, its msgid the English, so that two statements that share
English words can differ elsewhere, and a changed English statement is seen as stale. Babel reads
and writes the files; updating goes by context, which Babel's own matching by likeness does not.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from kiosk import i18n
from kiosk.content.faults import Fault, shown_name
from kiosk.content.po_files import LOCALES, check_catalogue, po_path, read_catalogue
from kiosk.content.statements import EASY_READ, REPOSITORY, Statement, Statements, read_statements
from kiosk.content.words import STATEMENTS_FILE
from kiosk.errors import ContentFaulty
from kiosk.i18n import DOMAINS, SOURCE, LanguageState

FORMAT = 1  # of what is written into BUILD/locales; a new one makes everything anew

_EPOCH = datetime(2026, 11, 22, tzinfo=UTC)  # a fixed date, so that the same words give one file


@dataclass(frozen=True, slots=True)
class LanguageReport:
    """One language's state, and everything that keeps it from being offered."""

    code: str
    state: LanguageState
    faults: tuple[Fault, ...]


# --- making and updating -------------------------------------------------------------------------


def template(statements: Iterable[Statement], domain: str) -> Catalog:
    """The .pot of one domain: every statement's English with its comment for the translator."""
    made = Catalog(domain=domain, project="Your Say", creation_date=_EPOCH, revision_date=_EPOCH)
    made.header_comment = f"# Your Say: the words of {domain}. See docs/TRANSLATORS.md."
    for statement in statements:
        if statement.domain == domain:
            _add(made, statement, "", fuzzy=False)
    return made


def updated(path: Path, statements: Iterable[Statement], domain: str, code: str) -> Catalog:
    """The .po of one language with today's statements.

    A translation whose English changed is kept and marked stale (gettext's "fuzzy"); one whose
    statement is gone is dropped.
    """
    old = read_catalogue(path)
    made = Catalog(
        locale=code,
        domain=domain,
        project="Your Say",
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        fuzzy=False,
    )
    made.header_comment = old.header or (
        f"# Your Say: the words of {domain} in {code}. See docs/TRANSLATORS.md.\n"
        "# A draft until a person who reads it well has checked every line and stands here:\n"
        "# Reviewed by:\n# Reviewed on:"
    )
    for statement in statements:
        if statement.domain != domain:
            continue
        message = old.messages.get(statement.id)
        text = str(message.string) if message and message.string else ""
        stale = bool(message and text and (message.id != statement.english or message.fuzzy))
        _add(made, statement, text, fuzzy=stale)
    return made


def _add(made: Catalog, statement: Statement, text: str, *, fuzzy: bool) -> None:
    about = [statement.comment] if statement.comment else []
    if statement.picture:
        about.append(f"Picture: {statement.picture}")
    made.add(
        statement.english,
        text,
        auto_comments=about,
        context=statement.id,
        flags=("fuzzy",) if fuzzy else (),
    )


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file: the same words give the same bytes."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=98, omit_header=False)
    return buffer.getvalue()


def update_catalogues(
    statements: Statements | None = None,
    locales: Path = LOCALES,
    *,
    languages: Iterable[str] = (),
) -> list[Path]:
    """Write every .pot and bring every .po (and each of `languages`) up to date.

    Returns the files whose bytes changed.
    """
    today = (statements or read_statements()).translated
    changed: list[Path] = []
    codes = sorted({*catalogue_languages(locales), *languages})
    for domain in DOMAINS:
        files = {locales / f"{domain}.pot": template(today, domain)}
        for code in codes:
            path = po_path(code, domain, locales)
            files[path] = updated(path, today, domain, code)
        for path, catalogue in files.items():
            if _write(path, written(catalogue)):
                changed.append(path)
    return changed


def catalogue_languages(locales: Path = LOCALES) -> list[str]:
    """Codes of the languages that have a folder of catalogues, English left out."""
    folders = (path.name for path in locales.glob("*") if (path / "LC_MESSAGES").is_dir())
    return sorted(name for name in folders if name in i18n.KNOWN_LANGUAGES and name != SOURCE)


# --- compiling -----------------------------------------------------------------------------------


def check_language(
    code: str, statements: Statements, locales: Path = LOCALES
) -> tuple[LanguageReport, dict[str, Catalog]]:
    """One language's state and faults, and per domain a catalogue of its sound messages only."""
    faults: list[Fault] = []
    sound: dict[str, Catalog] = {}
    reviewed = True
    for domain in DOMAINS:
        path = po_path(code, domain, locales)
        found = read_catalogue(path)
        wanted = [s for s in statements.translated if s.domain == domain]
        here = check_catalogue(found, shown_name(path, REPOSITORY), wanted, code)
        faults.extend(here)
        unsound = {fault.key for fault in here}
        reviewed = reviewed and found.reviewed
        sound[domain] = Catalog(locale=code, domain=domain, creation_date=_EPOCH)
        sound[domain].revision_date = _EPOCH
        for statement in wanted:
            if statement.id not in unsound and statement.id in found.messages:
                text = str(found.messages[statement.id].string)
                sound[domain].add(statement.english, text, context=statement.id)
    faults.extend(_missing_units(code))
    state = LanguageState.REVIEWED if reviewed else LanguageState.DRAFT
    if any(not fault.warns for fault in faults):
        state = LanguageState.INCOMPLETE
    return LanguageReport(code, state, tuple(faults)), sound


def _missing_units(code: str) -> list[Fault]:
    """A language in which we cannot say "6 years" cannot say how long we keep things."""
    try:
        for unit in ("second", "year"):
            i18n.format_duration(i18n.Duration(6, unit), code)
    except ContentFaulty:
        return [Fault(code, 0, "no_duration", unit)]
    return []


def build_catalogues(
    build_dir: Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    easy_read: Path = EASY_READ,
    locales: Path = LOCALES,
) -> list[Fault]:
    """Compile statements and catalogues into BUILD/locales, if anything changed.

    A faulty message is left out, its language is not offered, and both are in the faults that are
    returned. `progress(done, total)` counts languages.
    """
    target = build_dir / "locales"
    digest = _digest(easy_read, locales)
    kept = _kept_faults(target / i18n.STATES_FILE, digest)
    if kept is not None:
        if progress:
            progress(1, 1)
        return kept
    statements = read_statements(easy_read)
    codes = catalogue_languages(locales)
    faults = list(statements.faults)
    states: dict[str, object] = {SOURCE: {"state": LanguageState.SOURCE}}
    for done, code in enumerate(codes):
        report, sound = check_language(code, statements, locales)
        faults.extend(report.faults)
        states[code] = {"state": report.state, "faults": len(report.faults)}
        for domain, catalogue in sound.items():
            buffer = io.BytesIO()
            write_mo(buffer, catalogue)
            _write(target / code / "LC_MESSAGES" / f"{domain}.mo", buffer.getvalue())
        if progress:
            progress(done + 1, len(codes))
    entries = {
        statement.id: {
            "en": statement.english,
            "domain": statement.domain,
            "picture": statement.picture,
            "source": statement.same_as or statement.id,
        }
        for statement in statements.by_id.values()
    }
    _write(target / STATEMENTS_FILE, _json({"statements": entries}))
    rows = [[f.file, f.line, f.what, f.key, f.text, f.instead, f.warns] for f in faults]
    _write(
        target / i18n.STATES_FILE, _json({"digest": digest, "languages": states, "faults": rows})
    )
    return faults


def _kept_faults(path: Path, digest: str) -> list[Fault] | None:
    """The faults of the last build when nothing has changed since, else None."""
    try:
        last = json.loads(path.read_text(encoding="utf-8"))
        if last["digest"] != digest or not (path.parent / STATEMENTS_FILE).is_file():
            return None
        for code in last["languages"]:
            for domain in DOMAINS if code != SOURCE else ():
                if not _is_mo(path.parent / code / "LC_MESSAGES" / f"{domain}.mo"):
                    return None
        return [Fault(*row) for row in last["faults"]]
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _is_mo(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == struct.pack("<I", 0x950412DE)
    except OSError:
        return False


def _digest(easy_read: Path, locales: Path) -> str:
    """Over the names and bytes of all that goes in, and over this format."""
    digest = hashlib.sha256(str(FORMAT).encode())
    paths = [*sorted(easy_read.glob("*.toml")), *sorted(locales.glob("*/LC_MESSAGES/*.po"))]
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.parent.parent.name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=0).encode()


def _write(path: Path, content: bytes) -> bool:
    """Write whole or not at all. Returns whether the bytes differ from what was there."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)
    return True
