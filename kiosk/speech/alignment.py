"""From the words on the screen to the words in the sound.

What is shown and what is read differ: a screen's text carries invisible direction marks, may be
written with separate accents, and shows "2026" as one word where the voice reads three. Here the
shown text becomes a spoken form, and the voice's own word events become one time per shown word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_INVISIBLE = frozenset(
    "\x00\xad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
    "\u2066\u2067\u2068\u2069\ufeff"
)
"""Direction marks, isolates and zero-width signs. The joiners U+200C and U+200D stay: Persian and
the Indian scripts spell with them."""

_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_RUN = re.compile(r"\S+")
_WRITTEN_WITHOUT_SPACES = frozenset({"zh", "yue", "cmn", "ja", "th"})


@dataclass(frozen=True)
class SpokenForm:
    """The text given to a voice, and for each of its characters the shown characters behind it.

    `spans[i]` is [start, end) in the shown text of spoken character i.
    """

    text: str
    spans: tuple[tuple[int, int], ...]

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) in the shown text of the spoken characters [start, end), end > start."""
        return self.spans[start][0], self.spans[end - 1][1]


@dataclass(frozen=True)
class WordEvent:
    """One word event of a voice: character offset, length in characters, sample number."""

    start: int
    length: int
    sample: int


@dataclass(frozen=True)
class WordTime:
    """When one word sounds: spoken-form characters [start, end), milliseconds [from_ms, to_ms)."""

    start: int
    end: int
    from_ms: int
    to_ms: int


def spoken_form(shown: str) -> SpokenForm:
    """Leave out what cannot be heard and join accents to their letters, keeping what was where.

    The same words shown with other direction marks have the same spoken form.
    """
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(shown):
        if cluster.group()[0] in _INVISIBLE:
            continue
        for letter in unicodedata.normalize("NFC", cluster.group()):
            letters.append(letter)
            spans.append(cluster.span())
    return SpokenForm("".join(letters), tuple(spans))


def words_of(spoken: str, language: str) -> list[tuple[int, int]]:
    """[start, end) of each word as a reader sees it: what stands between spaces.

    One sign is a word where the language is written without spaces. Runs with nothing to read
    ("-") are left out.
    """
    if language.partition("-")[0] in _WRITTEN_WITHOUT_SPACES:
        return [(at, at + 1) for at, sign in enumerate(spoken) if sign.isalnum()]
    return [
        run.span() for run in _RUN.finditer(spoken) if any(sign.isalnum() for sign in run.group())
    ]


def align(
    spoken: str, language: str, events: Iterable[WordEvent], samples: int, rate: int
) -> tuple[WordTime, ...]:
    """One time for each shown word, in order, never running backwards, filling the whole sound.

    A voice reports several events inside one shown word (a number, an abbreviation) and, in some
    languages, events of length 0 that mean nothing. A shown word takes its first event; a word
    without one shares the moment of the word before it.

    `samples` is the length of the sound, `rate` its samples a second.
    """
    words = words_of(spoken, language)
    first_sample = _first_samples(words, events)
    starts: list[int] = []
    latest = 0
    for number in range(len(words)):
        latest = max(latest, first_sample.get(number, latest))
        starts.append(round(min(latest, samples) * 1000 / rate))
    ends = [*starts[1:], round(samples * 1000 / rate)]
    return tuple(
        WordTime(start, end, from_ms, to_ms)
        for (start, end), from_ms, to_ms in zip(words, starts, ends, strict=False)
    )


def _first_samples(words: list[tuple[int, int]], events: Iterable[WordEvent]) -> dict[int, int]:
    first: dict[int, int] = {}
    for event in events:
        if event.length <= 0:
            continue
        for number, (start, end) in enumerate(words):
            if start <= event.start < end or event.start < start < event.start + event.length:
                first.setdefault(number, event.sample)
                break
    return first


def readable_by(spoken: str, scripts: Iterable[str]) -> bool:
    """Whether every letter is of a writing that the voice reads.

    An English voice given Arabic letters reads out their names, which is not what is written.
    `scripts` are the first words of Unicode character names: "LATIN", "CYRILLIC".
    """
    known = tuple(scripts)
    for sign in spoken:
        if sign.isalpha() and not unicodedata.name(sign, "").startswith(known):
            return False
        if unicodedata.category(sign) == "Cs":  # half of a broken pair: not a character at all
            return False
    return True
