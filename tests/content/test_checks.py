"""The checks of the words: what is shipped is clean, and every rule catches what is planted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.content.checks import CHECKLIST, check_content, sentences, word_count
from kiosk.content.faults import Fault
from kiosk.content.pictures import Pictures
from kiosk.content.po_files import LOCALES, po_path
from kiosk.content.statements import EASY_READ


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of easy_read to plant faults in."""
    return Path(shutil.copytree(EASY_READ, tmp_path / "easy_read"))


def plant(copy: Path, file: str, old: str, new: str) -> int:
    """Change one file; returns the line of the change."""
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_of(copy: Path) -> list[Fault]:
    return check_content(easy_read=copy)


def test_the_english_is_clean(tmp_path: Path) -> None:
    assert check_content(has_picture=Pictures(tmp_path).has) == []


@pytest.mark.parametrize("code", ["pl", "ar"])
def test_the_translations_are_clean(code: str) -> None:
    assert check_content(code) == []


# (a sentence planted in place of "You do not need to say why.", the rule that must catch it)
SENTENCES = [
    ("We go on and on and on and on and on and on and on and on for ever.", "long_sentence"),
    ("You can ask us, or ask a person you trust, or a friend, or your own doctor first.", "long_sentence"),
    ("One. Two. Three.", "many_sentences"),
    ("Complain to the Information Commissioner.", "forbidden"),
    ("Ask the information commissioner's office.", "forbidden"),
    ("See Article 77.", "forbidden"),
    ("We help homeless people.", "forbidden"),
    ("We process your facts.", "hard_word"),
    ("We retain it.", "hard_word"),
    ("You can withdraw.", "hard_word"),
    ("We collect personal data.", "hard_word"),
    ("Well done, you chose.", "steering"),
    ("Are you sure?", "steering"),
    ("Sadly we cannot help then.", "steering"),
    ("Most people say it is the best.", "steering"),
    ("We don't tell them.", "contraction"),
    ("They can’t see it.", "contraction"),
    ("It's yours.", "contraction"),
    ("We won't ask.", "contraction"),
    ("4 per cent of people say so.", "per_cent"),
    ("40% of people say so.", "per_cent"),
    ("99 percent say so.", "per_cent"),
    ("Almost 5 % ask.", "per_cent"),
    ("Ask the DWP.", "abbreviation"),
    ("Some facts, e.g. health.", "abbreviation"),
    ("Names, dates etc are here.", "abbreviation"),
    ("This is a SAR.", "abbreviation"),
    ("We do not tell nobody.", "double_negative"),
    ("You cannot go without it.", "double_negative"),
    ("We never say it unless you ask.", "double_negative"),
    ("No one is not told.", "double_negative"),
    ("Your notes are kept here.", "passive"),
    ("You will be told.", "passive"),
    ("It was given to them.", "passive"),
    ("Your name is shared with them.", "passive"),
    ("We keep you in the loop.", "metaphor"),
    ("They will sort out your home.", "metaphor"),
    ("Please reach out to us.", "metaphor"),
    ("We keep an eye on it.", "metaphor"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "rule"), SENTENCES)
def test_a_planted_sentence_is_caught(copy: Path, sentence: str, rule: str) -> None:
    line = plant(copy, "paper.toml", '"You do not need to say why."', f'"{sentence}"')
    found = [fault for fault in faults_of(copy) if fault.rule == rule]
    assert {(Path(fault.file).name, fault.line) for fault in found} == {("paper.toml", line - 1)}
    assert found[0].instead


def test_a_rule_that_does_not_fit_can_be_lifted_for_one_statement(copy: Path) -> None:
    plant(
        copy,
        "paper.toml",
        'en = "You do not need to say why."',
        'en = "We don\'t ask."\nfree = ["contraction"]',
    )
    assert faults_of(copy) == []


def test_thirty_days_is_right_for_complaints_and_wrong_for_seeing(copy: Path) -> None:
    plant(copy, "notice.toml", "We answer within 1 month,", "We answer within 30 days,")
    assert [fault.rule for fault in faults_of(copy)] == ["forbidden"]


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("shares.toml", "Yes: they may help you sooner. They use it to decide.", "Yes: good.", "unequal"),
        ("shares.toml", "No: we tell them nothing. You may need to say it again.", "No: fine.", "unequal"),
        ("kiosk.toml", "We tell them nothing yet.", "We ask you on another day and tell nothing yet.", "unequal"),
        ("kiosk.toml", "We do not tell them.", "No.", "unequal"),
        ("outcomes.toml", 'picture = "outcome.home"\n', "", "no_picture"),
        ("agencies.toml", 'picture = "agency.police"\n', "", "no_picture"),
        ("notice.toml", 'law = ["PN16", "PN17"]', 'law = ["PN16"]', ""),
        ("notice.toml", 'law = ["PN08"]', 'law = []', "law_item_missing"),
        ("notice.toml", 'law = ["PN26"]', 'law = []', "law_item_missing"),
        ("notice.toml", 'law = ["PN19"]', 'law = []', "law_item_missing"),
        ("notice.toml", 'law = ["PN08"]', 'law = ["PN08", "PN22"]', "object_not_apart"),
        ("notice.toml", '"notice.inside.4"]', '"notice.inside.44"]', "unknown_statement"),
        ("notice.toml", ', "notice.inside.4"]', "]", "page_size"),
        ("notice.toml", 'heading = "notice.outside"', "", "bad_page"),
        ("understanding.toml", '"check.1.doctor", "check.1.police"]', '"check.1.doctor", "check.1.x"]', "unknown_statement"),
        ("understanding.toml", 'right = "check.1.doctor"', 'right = "check.1.x"', "right_is_no_option"),
        ("problems.toml", '[statement."problem.code_locked.next"]', '[statement."problem.code_x.next"]', "no_problem_words"),
        ("kiosk.toml", '[statement."bar.stop"]', '[statement."Bar Stop"]', "bad_id"),
        ("kiosk.toml", 'en = "Stop"', 'en = "Stop "', "stray_space"),
        ("kiosk.toml", 'en = "Stop"', 'en = "Stop {"', "bad_placeholder"),
        ("kiosk.toml", 'en = "Stop"', 'en = "Stop\\u202e"', "bidi_override"),
        ("kiosk.toml", 'en = "Stop"', 'en = ""', "no_words"),
        ("kiosk.toml", 'en = "Stop"', 'en = 3', "not_text"),
        ("kiosk.toml", 'en = "Stop"', 'en = "Stop"\nlaw = "PN01"', "not_a_list"),
        ("kiosk.toml", 'en = "Stop"', 'en = "Stop"\ncolour = "red"', "unknown_key"),
        ("kiosk.toml", 'same_as = "print"', 'same_as = "prin"', "bad_alias"),
        ("outcomes.toml", '[statement."outcome.home"]', '[statement."bar.back"]', "same_id"),
        ("kiosk.toml", '[statement."bar.stop"]', '[statement."bar.back"]', "not_toml"),
        ("rules.toml", 'max_words = 15', 'max_words = "many"', "bad_rules"),
        ("rules.toml", 'find = "%', 'find = "(%', "bad_rules"),
    ],
)  # fmt: skip
def test_structure(copy: Path, file: str, old: str, new: str, rule: str) -> None:
    plant(copy, file, old, new)
    rules = {fault.rule for fault in faults_of(copy)}
    assert rule in rules if rule else not rules


def test_a_picture_that_nobody_drew(tmp_path: Path, copy: Path) -> None:
    plant(copy, "outcomes.toml", 'picture = "outcome.home"', 'picture = "outcome.palace"')
    (fault,) = check_content(easy_read=copy, has_picture=Pictures(tmp_path).has)
    assert (fault.rule, fault.text) == ("unknown_picture", "outcome.palace")


def test_every_item_of_the_checklist_can_be_missed(copy: Path) -> None:
    """Take each away in turn: the check must say exactly that one."""
    notice = (copy / "notice.toml").read_text(encoding="utf-8")
    for item in CHECKLIST:
        (copy / "notice.toml").write_text(notice.replace(f'"{item}"', '"PN00"'), encoding="utf-8")
        missing = [f.key for f in faults_of(copy) if f.rule == "law_item_missing"]
        assert missing == [item]


# --- translations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('msgstr "Nie teraz"', 'msgstr ""', "missing"),
        ('msgstr "Nie teraz"', 'msgstr "Not tеraz"', "foreign_letters"),
        ('msgstr "Nie teraz"', f'msgstr "{"nie " * 16}"', "long_sentence"),
        ('msgstr "Na razie nic nie mówimy."', 'msgstr "Nie."', "unequal"),
    ],
)
def test_a_translation_with_a_fault(tmp_path: Path, old: str, new: str, rule: str) -> None:
    locales = Path(shutil.copytree(LOCALES, tmp_path / "locales"))
    path = po_path("pl", "kiosk", locales)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert rule in {fault.rule for fault in check_content("pl", locales=locales)}


def test_two_code_words_that_are_one(tmp_path: Path) -> None:
    locales = Path(shutil.copytree(LOCALES, tmp_path / "locales"))
    path = po_path("pl", "easy_read", locales)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgstr "kot"', 'msgstr "pies"').replace('msgstr "lis"', 'msgstr "pies"'),
        encoding="utf-8",
    )
    assert "same_word" in {fault.rule for fault in check_content("pl", locales=locales)}


def test_languages_without_words() -> None:
    assert [fault.rule for fault in check_content("xx")] == ["unknown_language"]
    assert {fault.rule for fault in check_content("so")} == {"no_catalogue"}


def test_sentences_and_words() -> None:
    assert sentences("Say it. Then stop? Yes.") == ["Say it.", "Then stop?", "Yes."]
    assert sentences("هل كان شرحنا جيدًا؟ لدينا 3 أسئلة.") == [
        "هل كان شرحنا جيدًا؟",
        "لدينا 3 أسئلة.",
    ]
    assert word_count("Can we tell {agency} this?") == 5
    assert set(i18n.KNOWN_LANGUAGES) >= {"en", "pl", "ar"}
