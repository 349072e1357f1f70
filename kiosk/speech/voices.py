"""Which voice reads which language, read once from assets/voices.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.errors import ContentFaulty

VOICES_FILE = Path(__file__).resolve().parents[2] / "assets" / "voices.toml"
SLOWEST, FASTEST = 80, 400
"""espeak-ng's own limits, in its words a minute; outside them it clips without a word."""


class Standard(Enum):
    """How good a synthetic voice was found to be by someone who speaks the language."""

    GOOD = "good"
    DRAFT = "draft"
    NONE = "none"


@dataclass(frozen=True)
class Voice:
    """One language's synthetic voice.

    `name` is what the engine must really choose, `rate` its own words a minute (80 to 400),
    `scripts` the writing it reads, as the first word of Unicode character names ("LATIN").
    All three are empty where `standard` is NONE.
    """

    language: str
    standard: Standard
    engine: str = ""
    name: str = ""
    rate: int = 0
    scripts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What a rendered clip depends on besides its words: a change here renders it again."""
        return f"{self.engine}/{self.name}/{self.rate}"

    def allowed(self, allow_drafts: bool) -> bool:
        """Whether a person may hear this voice, at a place that allows drafts or does not."""
        return self.standard is Standard.GOOD or (allow_drafts and self.standard is Standard.DRAFT)


Voices = Mapping[str, Voice]
"""Voices by language code; a language that is not there has no voice."""


def read_voices(path: Path = VOICES_FILE) -> Voices:
    """Read voices.toml. Raises ContentFaulty (facts `file`, `what`: the language or "toml")."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ContentFaulty(file=path.name, what="toml") from fault
    return {language: _voice(path, language, table) for language, table in tables.items()}


def _voice(path: Path, language: str, table: object) -> Voice:
    try:
        if not isinstance(table, dict):
            raise TypeError
        standard = Standard(table["standard"])
        if standard is Standard.NONE:
            return Voice(language, standard)
        voice = Voice(
            language=language,
            standard=standard,
            engine=str(table["engine"]),
            name=str(table["voice"]),
            rate=int(table["rate"]),
            scripts=tuple(str(script) for script in table["scripts"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise ContentFaulty(file=path.name, what=language) from fault
    if voice.engine != "espeak-ng" or not SLOWEST <= voice.rate <= FASTEST or not voice.scripts:
        raise ContentFaulty(file=path.name, what=language)
    return voice
