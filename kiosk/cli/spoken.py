"""Every sentence that is known before anybody comes: what is rendered to speech at set-up.

Sentences with a date or a code in them are said by the live voice; all others wait in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from kiosk.content.notice import place_parts
from kiosk.content.words import Words
from kiosk.domain.place import Phrase, Place
from kiosk.i18n import Part, language_states

MOST_TOGETHER = 400  # sentences from one statement; beyond that the live voice says them


def spoken_sentences(place: Place, build_dir: Path) -> Iterator[tuple[str, str]]:
    """(language code, sentence as shown) for the place's languages, the same ones may come twice.

    Raises ContentFaulty when the catalogues are not compiled.
    """
    compiled = language_states(build_dir)
    for code in place.languages:
        if code not in compiled:
            continue
        words = Words(code, build_dir).with_parts(**place_parts(place))
        yield code, words.language.name_own_script
        yield from ((code, text) for text in _of_place(place, words))
        fillings = _fillings(place, words)
        for statement in words.ids():
            yield from ((code, text) for text in _filled(words, statement, fillings))


def _of_place(place: Place, words: Words) -> Iterator[str]:
    for agency in place.agencies.values():
        yield agency.name
        for phrase in (agency.called, agency.who):
            yield from _phrase(words, phrase, agency=agency.name)
    for outcome in place.outcomes.values():
        yield from _phrase(words, outcome.label)
    for category in place.categories.values():
        for phrase in (category.label, *category.examples.values()):
            yield from _phrase(words, phrase)
    for rule in place.retention:
        for phrase in (rule.label, rule.since, rule.why):
            yield from _phrase(words, phrase)
    for share in place.shares:
        for phrase in (share.heading, share.gets, share.if_yes, share.if_no):
            yield from _phrase(words, phrase, agency=share.agency.name)


def _phrase(words: Words, phrase: Phrase, **parts: Part) -> Iterator[str]:
    if phrase.statement or phrase.own:
        yield words.phrase(phrase, **parts)


def _fillings(place: Place, words: Words) -> Mapping[str, Sequence[Part]]:
    """What may be put into a statement, by the name of the place it goes to."""
    names = [agency.name for agency in place.agencies.values()]
    called = [words.phrase(agency.called, agency=agency.name) for agency in place.agencies.values()]
    levels = [s for s in words.ids() if s.startswith("level.") and not words.placeholders(s)]
    return {
        "agency": [*names, *called],
        "outcome": [words.phrase(outcome.label) for outcome in place.outcomes.values()],
        "kind": [words.phrase(category.label) for category in place.categories.values()],
        "level": [words.text(statement) for statement in levels],
        **{name: [part] for name, part in place_parts(place).items()},
    }


def _filled(words: Words, statement: str, fillings: Mapping[str, Sequence[Part]]) -> Iterator[str]:
    wanted = sorted(words.placeholders(statement))
    if not all(name in fillings for name in wanted):
        return
    combinations = list(product(*(fillings[name] for name in wanted)))
    if len(combinations) > MOST_TOGETHER:
        return
    for values in combinations:
        yield words.text(statement, **dict(zip(wanted, values, strict=True)))
