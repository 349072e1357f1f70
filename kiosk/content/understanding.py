"""The understanding check: questions, pictured answers, which one is so, and what explains it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kiosk.content.statements import EASY_READ
from kiosk.errors import ContentFaulty

UNDERSTANDING_FILE = EASY_READ / "understanding.toml"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. All words are statement ids."""

    id: str
    question: str
    options: tuple[str, ...]
    right: str
    explain: str


@cache
def read_questions(path: Path = UNDERSTANDING_FILE) -> tuple[Question, ...]:
    """The questions in the order asked. Raises ContentFaulty when the file is not as it must be."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
        questions = tuple(
            Question(
                str(table["id"]),
                str(table["question"]),
                tuple(map(str, table["options"])),
                str(table["right"]),
                str(table["explain"]),
            )
            for table in tables
        )
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise ContentFaulty(file=path.name, what="questions") from reason
    if any(question.right not in question.options for question in questions):
        raise ContentFaulty(file=path.name, what="right_is_no_option")
    return questions
