"""The 256 things that a person's code is made of, by number, and the groups they are found in.

A code is four numbers of 0 to 255; each has a picture and a word in every language (statement
`word.<id>`). assets/pictures/words.toml holds the list; its order is for ever.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kiosk.content.picture_files import PICTURES_DIR
from kiosk.errors import ContentFaulty

COUNT = 256

GROUP_NAMES = ("animals", "plants", "food", "home", "clothes", "travel", "play", "tools")
"""Statement `group.<name>` has the words of a group."""


@dataclass(frozen=True, slots=True)
class CodeWord:
    """One thing. `index` is 0 to 255."""

    index: int
    id: str

    @property
    def picture(self) -> str:
        """The id of its picture, for content/pictures, frame `word`."""
        return f"word.{self.id}"


def read_code_words(file: Path) -> tuple[tuple[CodeWord, ...], dict[str, tuple[int, ...]]]:
    """The words of words.toml, and the numbers of each group in the order they are offered.

    Raises ContentFaulty when there are not 256, or the groups do not hold each exactly once.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        words = tuple(CodeWord(index, name) for index, name in enumerate(raw["word"]))
        named: dict[str, list[str]] = {name: raw["group"][name] for name in GROUP_NAMES}
    except (OSError, tomllib.TOMLDecodeError, KeyError) as fault:
        raise ContentFaulty(file=file.name, what=str(fault)) from fault
    if len(words) != COUNT:
        raise ContentFaulty(file=file.name, what=f"{len(words)} words")
    number = {word.id: word.index for word in words}
    grouped = [word for group in named.values() for word in group]
    astray = set(grouped) ^ number.keys()
    if astray or len(grouped) != COUNT:
        raise ContentFaulty(file=file.name, what=f"group: {min(astray, default='twice')}")
    return words, {name: tuple(number[word] for word in group) for name, group in named.items()}


CODE_WORDS, GROUPS = read_code_words(PICTURES_DIR / "words.toml")
"""All words, `CODE_WORDS[i].index == i`; and the groups, each with the numbers of its words."""
