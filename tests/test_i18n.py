"""Languages, isolates, dates and catalogues."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.content.catalogues import build_catalogues
from kiosk.errors import ContentFaulty, LanguageNotOffered
from kiosk.i18n import Duration, LanguageState, LeftToRight

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build_catalogues(folder)
    return folder


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", "Monday 23 November 2026"),
        ("pl", "poniedziałek, 23 listopada 2026"),
        ("ar", "الاثنين، 23 نوفمبر 2026"),
    ],
)
def test_dates_have_their_weekday_and_western_digits(code: str, shown: str) -> None:
    assert i18n.format_date(MONDAY, code) == shown


@pytest.mark.parametrize("code", i18n.KNOWN_LANGUAGES)
def test_every_known_language_writes_a_gregorian_date(code: str) -> None:
    written = i18n.format_date(MONDAY, code)
    assert "2026" in written
    assert "23" in written
    assert i18n.format_time(time(14, 5), code) == "14:05"


def test_a_date_can_do_without_its_weekday() -> None:
    assert i18n.format_date(MONDAY, "en", weekday=False) == "23 November 2026"


@pytest.mark.parametrize(
    ("code", "count", "shown"),
    [
        ("en", 1, "1 year"),
        ("en", 6, "6 years"),
        ("pl", 2, "2 lata"),
        ("pl", 6, "6 lat"),
        ("ar", 6, "6 سنوات"),
    ],
)
def test_lengths_of_time_have_the_right_plural(code: str, count: int, shown: str) -> None:
    assert i18n.format_duration(Duration(count, "year"), code) == shown


@pytest.mark.parametrize("unit", ["second", "minute", "hour", "day", "month", "year"])
@pytest.mark.parametrize("code", ["en", "pl", "ar"])
def test_offered_languages_can_say_every_unit(code: str, unit: str) -> None:
    assert "duration" not in i18n.format_duration(Duration(30, unit), code)


def test_a_unit_that_is_not_one_is_an_error_and_not_nonsense() -> None:
    with pytest.raises(ContentFaulty):
        i18n.format_duration(Duration(3, "fortnight"), "en")


@pytest.mark.parametrize(
    ("part", "first"),
    [
        ("Marsh Lane Surgery", "\u2068"),
        (LeftToRight("01632 960100"), "\u2066"),
        (5, "\u2066"),
        (Duration(2, "year"), "\u2068"),
        (MONDAY, "\u2068"),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "\u2068"),
        (time(9, 30), "\u2066"),
    ],
)
def test_whatever_is_put_in_is_isolated(part: i18n.Part, first: str) -> None:
    shown = i18n.shown(part, "ar")
    assert shown[0] == first
    assert shown[-1] == "\u2069"
    assert i18n.without_isolates(shown) == shown[1:-1]


def test_unknown_language() -> None:
    with pytest.raises(LanguageNotOffered):
        i18n.language("tlh")
    with pytest.raises(LanguageNotOffered):
        i18n.format_date(MONDAY, "tlh")


def test_arabic_runs_from_right_to_left() -> None:
    arabic = i18n.language("ar")
    assert (arabic.rtl, arabic.script, arabic.name_own_script) == (True, "Arab", "العربية")
    assert i18n.language("en").state is LanguageState.SOURCE


def test_drafts_are_offered_only_where_the_place_says_so(built: Path) -> None:
    codes = ("pl", "en", "ar", "ro")
    assert [item.code for item in i18n.offered_languages(built, codes, drafts=False)] == ["en"]
    with_drafts = i18n.offered_languages(built, codes, drafts=True)
    assert [item.code for item in with_drafts] == ["pl", "en", "ar"]
    assert [item.is_draft for item in with_drafts] == [True, False, True]


def test_english_is_offered_even_if_a_pack_forgets_it(built: Path) -> None:
    assert [item.code for item in i18n.offered_languages(built, ("pl",), drafts=True)] == [
        "en",
        "pl",
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"languages": 3}', b'{"languages": {"pl": {"state": "good"}}}']
)
def test_damaged_states_are_a_named_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / i18n.STATES_FILE).write_bytes(content)
    with pytest.raises(ContentFaulty):
        i18n.language_states(tmp_path)


@pytest.mark.parametrize("cut", [0, 3, 20, 100, 5000])
def test_a_damaged_catalogue_is_a_named_error(built: Path, tmp_path: Path, cut: int) -> None:
    folder = tmp_path / "locales" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain in i18n.DOMAINS:
        whole = (built / "locales" / "pl" / "LC_MESSAGES" / f"{domain}.mo").read_bytes()
        (folder / f"{domain}.mo").write_bytes(whole[:cut])
    with pytest.raises(ContentFaulty):
        i18n.Catalogue(tmp_path, "pl")


def test_messages_are_found_by_statement_and_english(built: Path) -> None:
    catalogue = i18n.Catalogue(built, "pl")
    assert catalogue.message("kiosk", "answer.no", "No") == "Nie"
    assert catalogue.message("kiosk", "answer.no", "Nope") is None
    assert catalogue.message("kiosk", "bar.back", "No") is None
    assert i18n.Catalogue(built, "en").message("kiosk", "answer.no", "No") is None


def test_states_are_written_as_words(built: Path) -> None:
    states = json.loads((built / "locales" / i18n.STATES_FILE).read_text(encoding="utf-8"))
    assert states["languages"]["pl"]["state"] == "draft"
