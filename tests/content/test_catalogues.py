"""Catalogues: extracted, brought up to date, checked with lines, compiled; nothing faulty gets in."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.content.catalogues import (
    build_catalogues,
    check_language,
    template,
    update_catalogues,
    written,
)
from kiosk.content.faults import Fault
from kiosk.content.po_files import MAX_BYTES, po_path, read_catalogue, wrong_letters
from kiosk.content.statements import Statements, read_statements
from kiosk.content.words import Words
from kiosk.i18n import LanguageState

REAL = {
    ("kiosk", "bar.back"): "Wróć",
    ("kiosk", "no"): "Nie",
    ("kiosk", "kinds.title"): "Co może wiedzieć {agency}?",
    ("easy_read", "answer.no"): "Nie",
}


def statements_of(root: Path) -> Statements:
    return read_statements(root / "easy_read")


def fill(root: Path, words: dict[tuple[str, str], str], *, reviewed: bool = False) -> None:
    """Write a Polish catalogue by hand, as a translator's tool would leave it."""
    for domain in i18n.DOMAINS:
        po_path("pl", domain, root / "locales").unlink(missing_ok=True)
    update_catalogues(statements_of(root), root / "locales", languages=["pl"])
    for domain in i18n.DOMAINS:
        path = po_path("pl", domain, root / "locales")
        text = path.read_text(encoding="utf-8")
        for (of, key), translation in words.items():
            if of == domain:
                start = text.index(f'msgctxt "{key}"')
                at = text.index('msgstr ""', start)
                text = f'{text[:at]}msgstr "{translation}"{text[at + 9 :]}'
        if reviewed:
            text = text.replace("# Reviewed by:", "# Reviewed by: A. Reader")
            text = text.replace("# Reviewed on:", "# Reviewed on: 2026-11-23")
        path.write_text(text, encoding="utf-8")


def report(root: Path) -> tuple[LanguageState, tuple[Fault, ...]]:
    found, _ = check_language("pl", statements_of(root), root / "locales")
    return found.state, found.faults


def line_of(root: Path, domain: str, text: str) -> int:
    lines = po_path("pl", domain, root / "locales").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


# --- states ---------------------------------------------------------------------------------------


def test_a_new_language_starts_incomplete(small: Path) -> None:
    fill(small, {})
    state, faults = report(small)
    assert state is LanguageState.INCOMPLETE
    assert {fault.what for fault in faults} == {"missing"}
    assert len(faults) == 4


def test_complete_is_a_draft_until_a_person_has_read_it(small: Path) -> None:
    fill(small, REAL)
    assert report(small) == (LanguageState.DRAFT, ())
    fill(small, REAL, reviewed=True)
    assert report(small) == (LanguageState.REVIEWED, ())


def test_one_reviewed_catalogue_of_two_is_still_a_draft(small: Path) -> None:
    fill(small, REAL, reviewed=True)
    path = po_path("pl", "kiosk", small / "locales")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Reviewed on: 2026-11-23", "Reviewed on: soon"), encoding="utf-8")
    assert report(small)[0] is LanguageState.DRAFT


def test_changed_english_makes_a_translation_stale_and_keeps_it(small: Path) -> None:
    fill(small, REAL)
    source = small / "easy_read" / "kiosk.toml"
    source.write_text(
        source.read_text(encoding="utf-8").replace('en = "Back"', 'en = "Go back"'),
        encoding="utf-8",
    )
    state, faults = report(small)
    assert (state, [(f.what, f.key) for f in faults]) == (
        LanguageState.INCOMPLETE,
        [("stale", "bar.back")],
    )
    update_catalogues(statements_of(small), small / "locales")
    again = read_catalogue(po_path("pl", "kiosk", small / "locales"))
    assert again.messages["bar.back"].string == "Wróć"
    assert again.messages["bar.back"].fuzzy
    assert [(f.what, f.key) for f in report(small)[1]] == [("stale", "bar.back")]


def test_same_english_in_two_places_can_differ(small: Path) -> None:
    fill(small, {**REAL, ("easy_read", "answer.no"): "Nie, dziękuję"})
    build_catalogues(small / "build", easy_read=small / "easy_read", locales=small / "locales")
    words = Words("pl", small / "build")
    assert (words.text("no"), words.text("answer.no")) == ("Nie", "Nie, dziękuję")


def test_updating_twice_changes_nothing_and_templates_hold_comments(small: Path) -> None:
    fill(small, REAL)
    update_catalogues(statements_of(small), small / "locales")
    assert update_catalogues(statements_of(small), small / "locales") == []
    pot = written(template(statements_of(small).translated, "easy_read")).decode()
    assert "#. Picture: answer.no" in pot


def test_translations_of_gone_statements_are_dropped_by_updating(small: Path) -> None:
    fill(small, REAL)
    (small / "easy_read" / "shares.toml").write_text("", encoding="utf-8")
    assert [f.what for f in report(small)[1]] == ["unknown_statement"]
    update_catalogues(statements_of(small), small / "locales")
    assert report(small)[1] == ()


# --- planted faults, each with its line -------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "translation", "what"),
    [
        ("kinds.title", "Co może wiedzieć?", "placeholders"),
        ("kinds.title", "Co wie {agencja}?", "placeholders"),
        ("kinds.title", "Co wie {agency} {page}?", "placeholders"),
        ("bar.back", "Wróć {0}", "placeholders"),
        ("bar.back", "Wróć\u202e", "bidi_override"),
        ("bar.back", "Wróć\x07", "control"),
        ("bar.back", "Wr\u200bóć", "hidden_sign"),
        ("bar.back", "Wrоć", "foreign_letters"),  # a Cyrillic о
        ("bar.back", "Wróć " * 40, "too_long"),
    ],
)
def test_a_faulty_message_is_named_with_its_line(
    small: Path, key: str, translation: str, what: str
) -> None:
    fill(small, {**REAL, ("kiosk", key): translation})
    state, faults = report(small)
    assert state is LanguageState.INCOMPLETE
    (fault,) = faults
    assert (fault.what, fault.key) == (what, key)
    assert fault.line == line_of(small, "kiosk", f'msgctxt "{key}"') + 1  # its msgid


def test_a_faulty_message_is_left_out_and_english_stands_in(small: Path) -> None:
    fill(small, {**REAL, ("kiosk", "kinds.title"): "Co wie {agencja}?"})
    faults = build_catalogues(
        small / "build", easy_read=small / "easy_read", locales=small / "locales"
    )
    assert [fault.what for fault in faults] == ["placeholders"]
    words = Words("pl", small / "build")
    assert words.text("bar.back") == "Wróć"
    assert "What can we tell" in words.text("kinds.title", agency="X")
    assert [fault.what for fault in words.faults] == ["missing"]
    offered = i18n.offered_languages(small / "build", ("en", "pl"), drafts=True)
    assert [language.code for language in offered] == ["en"]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ('msgctxt "bar.gone"\nmsgid "Gone"\nmsgstr "Nie ma"\n', "unknown_statement"),
        ('msgid "Back"\nmsgstr "Wróć"\n', "no_context"),
        (
            'msgctxt "x"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\nmsgstr[2] "e"\n',
            "plural",
        ),
    ],
)
def test_messages_that_are_not_ours(small: Path, entry: str, what: str) -> None:
    fill(small, REAL)
    path = po_path("pl", "kiosk", small / "locales")
    path.write_text(path.read_text(encoding="utf-8") + "\n" + entry, encoding="utf-8")
    (fault,) = report(small)[1]
    assert fault.what == what
    assert fault.line >= line_of(small, "kiosk", entry.splitlines()[0]) - 1


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        (b'msgid "a"\nmsgstr "\xff"\n', "not_utf8", 2),
        (b"rubbish of all sorts\n", "not_po", None),
        (b"#" * (MAX_BYTES + 1), "too_long", 0),
    ],
)
def test_files_that_are_not_catalogues(
    tmp_path: Path, content: bytes, what: str, line: int | None
) -> None:
    path = tmp_path / "kiosk.po"
    path.write_bytes(content)
    (fault,) = read_catalogue(path).faults
    assert fault.what == what
    assert line is None or fault.line == line


def test_a_language_with_no_catalogue_at_all(small: Path) -> None:
    found, _ = check_language("ro", statements_of(small), small / "locales")
    assert found.state is LanguageState.INCOMPLETE
    assert {fault.what for fault in found.faults} == {"no_catalogue"}


def test_letters_of_another_script() -> None:
    assert wrong_letters("ابحث عن ICO في ico.org.uk", "ar") == ""
    assert wrong_letters("ابحث عن {agency} 01632", "ar") == ""
    assert wrong_letters("ابحث عن office", "ar") == "foreign_letters"
    assert wrong_letters("Wróć", "pl") == ""


# --- building ---------------------------------------------------------------------------------------


def test_a_second_build_does_nothing_and_a_changed_word_is_seen(small: Path) -> None:
    fill(small, REAL)
    places = {"easy_read": small / "easy_read", "locales": small / "locales"}
    counted: list[tuple[int, int]] = []
    build_catalogues(small / "build", lambda *step: counted.append(step), **places)
    assert counted == [(1, 1)]
    states = small / "build" / "locales" / i18n.STATES_FILE
    before = states.stat().st_mtime_ns
    build_catalogues(small / "build", **places)
    assert states.stat().st_mtime_ns == before
    fill(small, {**REAL, ("kiosk", "bar.back"): "Z powrotem"})
    build_catalogues(small / "build", **places)
    assert Words("pl", small / "build").text("bar.back") == "Z powrotem"


def test_a_build_that_lost_a_file_is_made_anew(small: Path) -> None:
    fill(small, REAL)
    places = {"easy_read": small / "easy_read", "locales": small / "locales"}
    build_catalogues(small / "build", **places)
    catalogue = small / "build" / "locales" / "pl" / "LC_MESSAGES" / "kiosk.mo"
    catalogue.write_bytes(b"rubbish")
    build_catalogues(small / "build", **places)
    assert Words("pl", small / "build").text("bar.back") == "Wróć"


def test_faults_are_remembered_by_a_build_that_has_nothing_to_do(small: Path) -> None:
    fill(small, {**REAL, ("kiosk", "bar.back"): ""})
    places = {"easy_read": small / "easy_read", "locales": small / "locales"}
    first = build_catalogues(small / "build", **places)
    assert build_catalogues(small / "build", **places) == first
    assert len(first) == 1


# --- rubbish ----------------------------------------------------------------------------------------


def test_two_hundred_mangled_catalogues(small: Path) -> None:
    """No crash, and whatever is shown is fit to be shown."""
    fill(small, REAL)
    path = po_path("pl", "kiosk", small / "locales")
    whole = path.read_text(encoding="utf-8")
    dice = random.Random(2)
    refused = 0
    for _ in range(200):
        signs = list(whole)
        for _ in range(dice.randint(1, 12)):
            at = dice.randrange(len(signs))
            signs[at] = dice.choice(
                ['"', "\\", "\n", "{", "}", "msgid", "#, fuzzy\n", "\u202e", "\x00", "ж", "", "9"]
            )
        path.write_text("".join(signs), encoding="utf-8")
        faults = build_catalogues(
            small / "build", easy_read=small / "easy_read", locales=small / "locales"
        )
        refused += bool(faults)
        assert all(isinstance(fault, Fault) and fault.line >= 0 for fault in faults)
        json.dumps([fault.as_json() for fault in faults])
        words = Words("pl", small / "build")
        shown = words.text("kinds.title", agency="Lane 7")
        assert shown.count("\u2068Lane 7\u2069") == 1
        assert "{" not in shown
        assert "\u202e" not in shown
    assert refused > 60
