"""What is shipped: the statements that the app asks for, the notice, and both translations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.content.catalogues import check_language
from kiosk.content.notice import place_parts, read_notice
from kiosk.content.places import read_place
from kiosk.content.po_files import po_path, read_catalogue, script_of
from kiosk.content.statements import PLACEHOLDER, Statements, read_statements
from kiosk.content.toml_lines import read_toml
from kiosk.content.understanding import read_questions
from kiosk.content.words import Words
from kiosk.domain.place import Detail
from kiosk.errors import ContentFaulty
from kiosk.i18n import LanguageState, without_isolates

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "places" / "demo.toml"
MOST_ON_SCREEN = 350  # shorter is kinder; paper's own statements, code words and staff's apart
ASKED_FOR = re.compile(r"""(?:\bsay|\.text|say_about_us)\(\s*"([a-z][a-z0-9._-]*)"\s*[,)]""")


# --- English ----------------------------------------------------------------------------------------


def test_the_files_are_sound(statements: Statements) -> None:
    assert statements.faults == ()


def test_few_enough_statements(statements: Statements) -> None:
    seen = [
        s
        for s in statements.translated
        if not (s.staff or s.is_code_word or s.file.endswith("paper.toml"))
    ]
    assert len(seen) < MOST_ON_SCREEN


def test_every_id_that_code_asks_for_exists(statements: Statements) -> None:
    asked = 0
    for folder in ("ui", "printing"):
        for path in (ROOT / "kiosk" / folder).rglob("*.py"):
            for key in ASKED_FOR.findall(path.read_text(encoding="utf-8")):
                assert key in statements.by_id, f"{path.name}: {key}"
                asked += 1
    assert asked > 50


def test_the_four_answers_have_five_words_each(statements: Statements) -> None:
    for name in ("yes", "ask", "no", "later"):
        assert len(statements.by_id[f"answer.{name}.means"].english.split()) == 5


def test_placeholders_are_filled_by_someone(statements: Statements) -> None:
    parts = {*place_parts(read_place(DEMO)), "agency", "outcome", "kind", "level", "date", "wait"}
    parts |= {"page", "pages", "part", "parts"}
    for statement in statements.by_id.values():
        assert statement.placeholders <= parts, statement.id


def test_rules_of_the_list_form_too(tmp_path: Path) -> None:
    """Statements may also stand in a list, each with its id."""
    folder = tmp_path / "easy_read"
    folder.mkdir()
    (folder / "a.toml").write_text(
        '[[statement]]\nid = "a.b"\nen = "One"\n\n[[statement]]\nen = "Two"\n', encoding="utf-8"
    )
    found = read_statements(folder)
    assert list(found.by_id) == ["a.b"]
    assert found.by_id["a.b"].line == 1
    assert [(f.what, f.line) for f in found.faults] == [("bad_id", 5)]


# --- the notice -------------------------------------------------------------------------------------


def test_the_notice_has_five_pages_in_order() -> None:
    notice = read_notice()
    assert [page.id for page in notice.pages] == [
        "inside",
        "outside",
        "how-long",
        "rights",
        "consent",
    ]
    assert all(len(page.short) == 4 and page.full for page in notice.pages)


def test_the_short_notice_takes_two_minutes(built: Path) -> None:
    """At 120 words a minute, slow for a voice, with a second after each sentence."""
    words = Words("en", built).with_parts(**place_parts(read_place(DEMO)))
    notice = read_notice()
    said = [words.text(key) for page in notice.pages for key in (page.heading, *page.short)]
    seconds = sum(len(text.split()) for text in said) / 2 + len(said)
    assert seconds <= 125


def test_every_sentence_of_the_notice_can_be_filled_from_the_place(built: Path) -> None:
    for code in ("en", "pl", "ar"):
        words = Words(code, built).with_parts(**place_parts(read_place(DEMO)))
        for page in read_notice().pages:
            for key in page.statements:
                assert "{" not in words.text(key)
        assert words.faults == []


def test_the_notice_says_how_long_in_the_language(built: Path) -> None:
    parts = place_parts(read_place(DEMO))
    shown = Words("pl", built).with_parts(**parts).text("notice.how-long.2")
    assert "2 lata" in without_isolates(shown)


def test_the_hash_says_exactly_what_was_shown(built: Path) -> None:
    notice, parts = read_notice(), place_parts(read_place(DEMO))

    def hashed(code: str, **other: i18n.Part) -> str:
        return notice.content_hash(Words(code, built).with_parts(**{**parts, **other}))

    assert hashed("en") == hashed("en")
    assert re.fullmatch("[0-9a-f]{64}", hashed("en"))
    assert len({hashed("en"), hashed("pl"), hashed("ar"), hashed("en", place="Elsewhere")}) == 4


@pytest.mark.parametrize("text", ["", "version = 3", 'version = "1"\npage = [3]', "version = "])
def test_a_faulty_notice_is_a_named_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "easy_read" / "notice.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentFaulty):
        read_notice(path)


# --- the understanding check ------------------------------------------------------------------------


def test_three_pictured_questions(statements: Statements) -> None:
    questions = read_questions()
    assert [question.id for question in questions] == ["1", "2", "3"]
    for question in questions:
        assert 2 <= len(question.options) <= 3
        assert question.right in question.options
        for key in (*question.options, question.question, question.explain):
            assert statements.by_id[key].picture, key
        assert "wrong" not in statements.by_id[question.explain].english.lower()


def test_the_right_answer_is_not_always_in_one_place() -> None:
    places = {question.options.index(question.right) for question in read_questions()}
    assert len(places) > 1


# --- Polish and Arabic --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["pl", "ar"])
def test_complete_as_a_draft(code: str, statements: Statements) -> None:
    report, _ = check_language(code, statements)
    assert (report.state, report.faults) == (LanguageState.DRAFT, ())


@pytest.mark.parametrize("code", ["pl", "ar"])
def test_placeholders_are_the_same(code: str, statements: Statements) -> None:
    for domain in i18n.DOMAINS:
        for key, message in read_catalogue(po_path(code, domain)).messages.items():
            there = sorted(PLACEHOLDER.findall(str(message.string)))
            assert there == sorted(PLACEHOLDER.findall(statements.by_id[key].english)), key


LATIN_IN_ARABIC = {"ICO", "Citizens", "Advice", "OpenMoji", "CC", "BY", "SA"}


def test_arabic_has_no_latin_letters_but_names() -> None:
    for domain in i18n.DOMAINS:
        for key, message in read_catalogue(po_path("ar", domain)).messages.items():
            text = PLACEHOLDER.sub("", str(message.string))
            assert set(re.findall(r"[A-Za-z]+", text)) <= LATIN_IN_ARABIC, key
            assert any(script_of(sign) == "Arab" for sign in text), key


SAME_IN_POLISH = {
    "Stop", "robot", "koala", "pizza", "kiwi", "plaster", "radio", "medal", "zebra", "taco", "sofa",
    "popcorn", "laptop", "film", "panda",
}  # fmt: skip


def test_polish_shows_no_english(statements: Statements) -> None:
    english = "the|and|you|your|we|with|what|how|not|this|that|are|is|of|for|they"
    for domain in i18n.DOMAINS:
        for key, message in read_catalogue(po_path("pl", domain)).messages.items():
            text = str(message.string)
            assert not re.search(rf"\b({english})\b", text, re.I), (key, text)
            if text == statements.by_id[key].english:
                assert text in SAME_IN_POLISH, key


def test_every_statement_can_be_shown_in_every_language(
    built: Path, statements: Statements
) -> None:
    """All three, with every placeholder filled, and no fault noted on the way."""
    place = read_place(DEMO)
    parts: dict[str, i18n.Part] = {
        **place_parts(place),
        **dict.fromkeys(("agency", "outcome", "kind", "level"), "Marsh Lane"),
        "date": i18n.date(2027, 5, 23),
        "wait": i18n.Duration(30, "second"),
        **dict.fromkeys(("page", "pages", "part", "parts"), 2),
    }
    for code in ("en", "pl", "ar"):
        words = Words(code, built).with_parts(**parts)
        for key in words.ids():
            assert words.text(key).strip()
        for share in place.shares:
            for phrase in (share.heading, share.gets, share.if_yes, share.if_no):
                assert words.phrase(phrase, agency=share.agency.name)
        for category in place.categories.values():
            assert words.phrase(category.examples[Detail.SUMMARY])
        assert words.faults == []


def test_the_hide_button_is_said_to_be_where_it_is(built: Path) -> None:
    """Right to left, everything swaps sides, Hide now too."""
    said = {code: Words(code, built).text("hide.where") for code in ("en", "pl", "ar")}
    assert "right" in said["en"]
    assert "prawej" in said["pl"]
    assert "اليسار" in said["ar"]
    for code, text in said.items():
        assert Words(code, built).text("bar.hide") in text


def test_words_in_quotes_are_those_of_the_button_they_name(built: Path) -> None:
    pairs = [
        ("start.hide", "bar.hide"),
        ("start.nothing-saved", "save"),
        ("person.back", "bar.back"),
        ("notice.rights.3", "tell-more"),
    ]
    for code in ("en", "pl", "ar"):
        words = Words(code, built)
        for sentence, button in pairs:
            assert words.text(button) in words.text(sentence), (code, sentence)


def test_rules_file_is_read_with_lines() -> None:
    assert read_toml(ROOT / "easy_read" / "rules.toml").line("max_words") > 1
