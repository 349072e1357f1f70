"""What a person allows: answers, how they merge, and what an agency may see."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """The four answers, and taking a Yes back. Only YES lets anything be shared."""

    YES = "yes"
    ASK_FIRST = "ask-first"
    NO = "no"
    NOT_NOW = "not-now"
    WITHDRAWN = "withdrawn"
