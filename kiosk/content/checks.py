"""Whether the words are fit to be shown: structure, easy read, and what the law asks a notice to say.

The word lists and patterns are data, in easy_read/rules.toml; docs/EASY_READ.md says what they
catch and what they cannot. A check returns faults and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk import errors, i18n
from kiosk.content.catalogues import check_language
from kiosk.content.faults import Fault, first_lines, shown_name
from kiosk.content.notice import Notice, read_notice
from kiosk.content.po_files import LOCALES, po_path, read_catalogue
from kiosk.content.statements import (
    EASY_READ,
    PLACEHOLDER,
    REPOSITORY,
    Statement,
    Statements,
    read_statements,
)
from kiosk.content.toml_lines import TomlFile, read_toml
from kiosk.content.understanding import read_questions
from kiosk.errors import ContentFaulty

CHECKLIST = tuple(f"PN{number:02}" for number in range(1, 27))
OBJECT_APART = "PN22"  # UK GDPR Art 21(4): clearly, and separately from everything else
_SENTENCE_END = re.compile(r"(?<=[.?!؟।።])[”»\"]?\s+")
_PROPER_NAMES = re.compile(r"Information Commission(?! *er)|Citizens Advice")
PICTURED_FILES = frozenset(
    {"agencies.toml", "categories.toml", "notice.toml", "outcomes.toml", "shares.toml"}
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing to look for, and what to write instead."""

    rule: str
    find: re.Pattern[str]
    instead: str
    only_about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """easy_read/rules.toml, read."""

    max_words: int
    max_sentences: int
    least_ratio: float
    patterns: tuple[Pattern, ...]


def check_content(
    code: str = i18n.SOURCE,
    *,
    easy_read: Path = EASY_READ,
    locales: Path = LOCALES,
    has_picture: Callable[[str], bool] | None = None,
) -> list[Fault]:
    """Every fault of one language's words, in the order of files and lines.

    `has_picture` says whether a picture id is drawn; without it that is not checked.
    """
    statements = read_statements(easy_read)
    if code != i18n.SOURCE:
        return _check_translation(code, statements, easy_read, locales)
    faults = list(statements.faults)
    rules_file = read_toml(easy_read / "rules.toml", easy_read.parent)
    faults.extend(rules_file.faults)
    try:
        rules = _rules(rules_file)
    except (KeyError, TypeError, ValueError, AttributeError, re.error):
        return [*faults, Fault(rules_file.name, rules_file.line(), "bad_rules")]
    for statement in statements.translated:
        faults.extend(_check_english(statement, rules))
    for statement in statements.by_id.values():
        faults.extend(_check_picture(statement, has_picture))
    faults.extend(_check_equal(statements, rules, lambda s: s.english))
    faults.extend(_check_notice(statements, easy_read))
    faults.extend(_check_questions(statements, easy_read))
    faults.extend(_check_problems(statements, easy_read))
    return first_lines(faults)


# --- one statement --------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    """The sentences of a statement, by their end marks."""
    return [part for part in _SENTENCE_END.split(text) if part]


def word_count(text: str) -> int:
    """Words between blanks; whatever is filled in counts as one."""
    return len(text.split())


def _check_english(statement: Statement, rules: Rules) -> Iterator[Fault]:
    def fault(rule: str, text: str, instead: str) -> Fault:
        return Fault(statement.file, statement.line, rule, statement.id, text, instead)

    for sentence in sentences(statement.english):
        if word_count(sentence) > rules.max_words:
            yield fault("long_sentence", sentence, f"{rules.max_words} words or fewer")
    if len(sentences(statement.english)) > rules.max_sentences:
        yield fault("many_sentences", statement.english, f"{rules.max_sentences} or fewer")
    bare = PLACEHOLDER.sub("", _PROPER_NAMES.sub("", statement.english))
    for pattern in rules.patterns:
        if pattern.only_about and not pattern.only_about & set(statement.law):
            continue
        # A forbidden name may hold a proper one, so it is looked for in the words as they are.
        found = pattern.find.search(statement.english if pattern.rule == "forbidden" else bare)
        if found and pattern.rule not in statement.free:
            yield fault(pattern.rule, found.group(), pattern.instead)


def _check_picture(
    statement: Statement, has_picture: Callable[[str], bool] | None
) -> Iterator[Fault]:
    name = Path(statement.file).name
    if not statement.picture:
        if name in PICTURED_FILES and not statement.staff:
            yield Fault(statement.file, statement.line, "no_picture", statement.id)
    elif has_picture is not None and not has_picture(statement.picture):
        yield Fault(
            statement.file, statement.line, "unknown_picture", statement.id, statement.picture
        )


# --- several statements together ------------------------------------------------------------------


def _check_equal(
    statements: Statements, rules: Rules, words: Callable[[Statement], str]
) -> Iterator[Fault]:
    """Yes and No are explained at equal length (EDPB 3/2022; ICO and CMA on biased framing)."""
    pairs = [
        (key, key.removesuffix("yes") + "no")
        for key in statements.by_id
        if key.endswith(".if_yes") and _is_question(statements, key)
    ]
    answers = [key for key in statements.by_id if re.fullmatch(r"answer\.\w+\.means", key)]
    pairs += [(answers[0], other) for other in answers[1:]]
    for one, other in pairs:
        if one not in statements.by_id or other not in statements.by_id:
            continue
        first, second = statements.by_id[one], statements.by_id[other]
        counts = sorted((word_count(words(first)), word_count(words(second))))
        if counts[0] < rules.least_ratio * counts[1]:
            text = f"{word_count(words(first))} : {word_count(words(second))}"
            yield Fault(first.file, first.line, "unequal", one, text, words(second))


def _is_question(statements: Statements, key: str) -> bool:
    heading = statements.by_id.get(key.removesuffix("if_yes") + "heading")
    return heading is not None and heading.english.endswith("?")


def _check_notice(statements: Statements, easy_read: Path) -> Iterator[Fault]:
    """Each item of the privacy-notice checklist stands on a page of the notice (Arts 13, 14)."""
    path = easy_read / "notice.toml"
    file = read_toml(path, easy_read.parent)
    try:
        notice: Notice = read_notice(path)
    except ContentFaulty as reason:
        line, what = file.line("page"), str(reason.facts.get("what", "bad_page"))
        yield Fault(file.name, line, what)
        return
    said: set[str] = set()
    for index, page in enumerate(notice.pages):
        line = file.line("page", index)
        if len(page.short) != 4 or any(not 0 < len(part) <= 4 for part in page.full):
            yield Fault(file.name, line, "page_size", page.id, instead="4 sentences")
        for part in ((page.heading, *page.short), *page.full):
            objecting = [key for key in part if OBJECT_APART in _law(statements, key)]
            if objecting and any(_law(statements, key) - {OBJECT_APART, "PN14"} for key in part):
                yield Fault(file.name, line, "object_not_apart", page.id)
            for key in part:
                if key not in statements.by_id:
                    yield Fault(file.name, line, "unknown_statement", key)
                said |= _law(statements, key)
    for item in CHECKLIST:
        if item not in said:
            yield Fault(file.name, 0, "law_item_missing", item, instead=f'law = ["{item}"]')


def _law(statements: Statements, key: str) -> set[str]:
    statement = statements.by_id.get(key)
    return set(statement.law) if statement else set()


def _check_questions(statements: Statements, easy_read: Path) -> Iterator[Fault]:
    path = easy_read / "understanding.toml"
    file = read_toml(path, easy_read.parent)
    try:
        questions = read_questions(path)
    except ContentFaulty as reason:
        what = str(reason.facts.get("what", "questions"))
        yield Fault(file.name, 0, what)
        return
    for index, question in enumerate(questions):
        line = file.line("question", index)
        for key in (question.question, *question.options, question.explain):
            if key not in statements.by_id:
                yield Fault(file.name, line, "unknown_statement", key)


def _check_problems(statements: Statements, easy_read: Path) -> Iterator[Fault]:
    """Every failure that we foresee has words and a next step (kiosk/errors.py)."""
    name = shown_name(easy_read / "problems.toml", easy_read.parent)
    for code in sorted(problem_codes()):
        for end in ("what", "next"):
            key = f"problem.{code}.{end}"
            if key not in statements.by_id:
                yield Fault(name, 0, "no_problem_words", key, instead=f'[statement."{key}"]')


def problem_codes() -> set[str]:
    """The code of every error class."""
    classes = (getattr(errors, name) for name in dir(errors))
    return {
        kind.code
        for kind in classes
        if isinstance(kind, type) and issubclass(kind, errors.YourSayError) and kind.code
    }


# --- another language -----------------------------------------------------------------------------


def _check_translation(
    code: str, statements: Statements, easy_read: Path, locales: Path
) -> list[Fault]:
    """What can be checked by machine in any language: complete, unmixed, short, and equal."""
    if code not in i18n.KNOWN_LANGUAGES:
        return [Fault(code, 0, "unknown_language", code, instead=", ".join(i18n.KNOWN_LANGUAGES))]
    report, _ = check_language(code, statements, locales)
    faults = list(report.faults)
    rules = _rules(read_toml(easy_read / "rules.toml", easy_read.parent))
    texts: dict[str, str] = {}
    for domain in i18n.DOMAINS:
        path = po_path(code, domain, locales)
        name = shown_name(path, REPOSITORY)
        for key, message in read_catalogue(path).messages.items():
            texts[key] = str(message.string)
            for sentence in sentences(texts[key]):
                if word_count(sentence) > rules.max_words:
                    line = message.lineno or 0
                    faults.append(Fault(name, line, "long_sentence", key, sentence))
    words = {s.id: texts.get(s.same_as or s.id, s.english) for s in statements.by_id.values()}
    for fault in _check_equal(statements, rules, lambda s: words[s.id]):
        faults.append(Fault(f"locales/{code}", 0, fault.what, fault.key, fault.text, fault.instead))
    faults.extend(_same_code_words(code, statements, words))
    return first_lines(faults)


def _same_code_words(code: str, statements: Statements, words: dict[str, str]) -> Iterable[Fault]:
    """No two code words may be the same word, or a code could be said in two ways."""
    seen: dict[str, str] = {}
    for statement in statements.by_id.values():
        if statement.id.startswith("word."):
            word = words[statement.id].casefold()
            if word in seen:
                yield Fault(f"locales/{code}", 0, "same_word", statement.id, word, seen[word])
            seen.setdefault(word, statement.id)


# --- the rules ------------------------------------------------------------------------------------


def _rules(file: TomlFile) -> Rules:
    """Raises KeyError, TypeError, ValueError, AttributeError or re.error where they are faulty."""
    tree = file.tree
    patterns: list[Pattern] = []
    for rule in ("forbidden", "steering"):
        for entry in _tables(tree, rule):
            for word in _texts(entry["words"]):
                only = frozenset(_texts(entry.get("only_about", [])))
                patterns.append(Pattern(rule, _whole(word), str(entry["instead"]), only))
    hard = tree["hard"]
    if not isinstance(hard, dict):
        raise TypeError("hard")
    for word, plain in hard.items():
        if plain:
            patterns.append(Pattern("hard_word", _whole(word), str(plain)))
    for entry in _tables(tree, "pattern"):
        found = re.compile(str(entry["find"]), re.I)
        patterns.append(Pattern(str(entry["rule"]), found, str(entry["instead"])))
    return Rules(
        int(str(tree["max_words"])),
        int(str(tree["max_sentences"])),
        float(str(tree["least_ratio"])),
        tuple(patterns),
    )


def _tables(tree: dict[str, object], key: str) -> list[dict[str, object]]:
    value = tree[key]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise TypeError(key)
    return value


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return [str(item) for item in value]


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}s?\b", re.I)
