"""Words: filled in, isolated, and never a translation that is not fit to be shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kiosk.content.catalogues import build_catalogues
from kiosk.content.statements import read_statements
from kiosk.content.words import STATEMENTS_FILE, Words, WordsFault, unfit
from kiosk.domain.place import Phrase
from kiosk.errors import ContentFaulty, LanguageNotOffered
from kiosk.i18n import Duration, without_isolates


def test_a_statement_in_three_languages(built: Path) -> None:
    assert [Words(code, built).text("answer.no") for code in ("en", "pl", "ar")] == [
        "No",
        "Nie",
        "لا",
    ]


def test_parts_are_isolated(built: Path) -> None:
    shown = Words("ar", built).text("kinds.title", agency="Marsh Lane Surgery")
    assert "\u2068Marsh Lane Surgery\u2069" in shown


def test_dates_and_lengths_are_written_in_the_language(built: Path) -> None:
    polish = Words("pl", built)
    until = polish.text("until.date", date=date(2027, 5, 23))
    assert without_isolates(until) == "Ostatni dzień: niedziela, 23 maja 2027"
    wait = polish.text("problem.wait", wait=Duration(30, "second"))
    assert "30 sekund" in without_isolates(wait)


def test_parts_that_are_not_named_do_no_harm(built: Path) -> None:
    assert Words("en", built).text("answer.no", agency="Somewhere") == "No"


def test_a_part_that_is_missing_is_an_error_and_not_a_brace_on_the_screen(built: Path) -> None:
    with pytest.raises(ContentFaulty):
        Words("en", built).text("kinds.title")


def test_a_part_with_braces_stays_as_it_is(built: Path) -> None:
    shown = Words("en", built).text("kinds.title", agency="{page} {0} %s")
    assert "{page} {0} %s" in shown


def test_unknown_statement_and_unknown_language(built: Path) -> None:
    with pytest.raises(ContentFaulty):
        Words("en", built).text("no.such")
    with pytest.raises(LanguageNotOffered):
        Words("tlh", built)


def test_nothing_compiled(tmp_path: Path) -> None:
    with pytest.raises(ContentFaulty):
        Words("en", tmp_path)


def test_damaged_statements_file(built: Path, tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    for name in (STATEMENTS_FILE, "languages.json"):
        whole = (built / "locales" / name).read_bytes()
        (tmp_path / "locales" / name).write_bytes(whole)
    (tmp_path / "locales" / STATEMENTS_FILE).write_bytes(b'{"statements": {"a": {}}}')
    with pytest.raises(ContentFaulty):
        Words("en", tmp_path)


def test_phrases(built: Path) -> None:
    polish = Words("pl", built)
    assert polish.phrase(Phrase(statement="answer.yes")) == "Tak"
    own = Phrase(own={"en": "The barn {agency}", "pl": "Stodoła {agency}"})
    assert without_isolates(polish.phrase(own, agency="Lane")) == "Stodoła Lane"
    assert Words("ar", built).phrase(Phrase(own={"en": "The barn"})) == "The barn"


def test_the_place_says_its_parts_once(built: Path) -> None:
    words = Words("en", built).with_parts(place="Orchard Street Trust")
    assert without_isolates(words.text("notice.inside.1")) == "We are Orchard Street Trust."
    assert words.placeholders("notice.inside.1") == {"place"}


def test_pictures_and_ids(built: Path) -> None:
    words = Words("en", built)
    assert words.picture("answer.no") == "answer.no"
    assert words.picture("bar.back") == ""
    assert words.has("answer.no")
    assert "answer.no" in words.ids()


def test_an_alias_has_its_sources_words_in_every_language(built: Path) -> None:
    for code in ("en", "pl", "ar"):
        words = Words(code, built)
        assert words.text("confirm.save") == words.text("save")


@pytest.mark.parametrize(
    ("english", "translation", "why"),
    [
        ("No", None, "missing"),
        ("No", " ", "missing"),
        ("Tell {agency}", "Powiedz {agency}", ""),
        ("Tell {agency}", "Powiedz", "placeholders"),
        ("Tell {agency}", "Powiedz {agent}", "placeholders"),
        ("Tell {agency}", "Powiedz {agency} {agency}", "placeholders"),
        ("Tell {agency}", "Powiedz {agency} {", "placeholders"),
        ("No", "{0}", "placeholders"),
        ("No", "Nie\u202e", "bidi_override"),
        ("No", "Nie\u2067", "bidi_override"),
        ("No", "Nie\x07", "control"),
        ("No", "Nie\n", "control"),
        ("No", "N\u200bie", "hidden_sign"),
        ("No", "Nie" * 60, "too_long"),
    ],
)
def test_what_makes_a_translation_unfit(english: str, translation: str | None, why: str) -> None:
    assert unfit(english, translation) == why


def test_a_translation_that_was_doctored_after_the_build_never_shows(
    built: Path, tmp_path: Path
) -> None:
    build_catalogues(tmp_path)
    bad = Catalog(locale="pl")
    for statement in read_statements().translated:
        if statement.domain == "kiosk":
            bad.add(statement.english, "Zło {0} \u202e", context=statement.id)
    with (tmp_path / "locales/pl/LC_MESSAGES/kiosk.mo").open("wb") as file:
        write_mo(file, bad)
    words = Words("pl", tmp_path)
    assert words.text("answer.no") == "No"
    assert words.text("answer.no") == "No"
    assert words.faults == [WordsFault("answer.no", "pl", "placeholders")]


def test_changing_language_needs_only_new_words(built: Path) -> None:
    """Journey 13: the same ids in another language, nothing else kept."""
    ids = Words("en", built).ids()
    assert ids == Words("ar", built).ids()
