"""The word that is lit is the word that sounds, whatever the script."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.alignment import WordEvent, align, readable_by, spoken_form, words_of
from kiosk.speech.espeak import RATE, espeak

ISOLATED = "Your \u2068St Mungo\u2019s\u2069 code is \u206612\u2069."
SAMPLES = {
    "en": ("gmw/en", "We keep it for 7 years, until Friday 12 April 2026."),
    "pl": ("zlw/pl", "Nie chcę tego. Trzymamy to do 12 kwietnia 2026, w środę."),
    "ar": ("sem/ar", "يمكنك أن تقول لا. نحتفظ به حتى 12 أبريل 2026."),
}


def test_spoken_form_leaves_out_marks_and_keeps_where_words_were() -> None:
    form = spoken_form(ISOLATED)
    assert form.text == "Your St Mungo’s code is 12."
    shown = [ISOLATED[slice(*form.shown(a, b))] for a, b in words_of(form.text, "en")]
    assert shown == ["Your", "St", "Mungo’s", "code", "is", "12\u2069."]


def test_separate_accents_are_read_as_their_letter_and_lit_whole() -> None:
    shown = "Z\u0307ycie cafe\u0301 x"
    form = spoken_form(shown)
    assert form.text == "Życie café x"
    assert [shown[slice(*form.shown(a, b))] for a, b in words_of(form.text, "pl")] == [
        "Z\u0307ycie",
        "cafe\u0301",
        "x",
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_every_spoken_character_stands_somewhere_on_the_screen(shown: str) -> None:
    form = spoken_form(shown)
    assert len(form.spans) == len(form.text)
    flat = [edge for span in form.spans for edge in span]
    assert all(0 <= start < end <= len(shown) for start, end in form.spans)
    assert sorted(start for start, _ in form.spans) == [start for start, _ in form.spans]
    assert not flat or max(flat) <= len(shown)


@pytest.mark.parametrize("language", SAMPLES)
def test_each_shown_word_has_a_time_and_they_fill_the_sound(language: str) -> None:
    voice, text = SAMPLES[language]
    made = espeak().synthesise(text, voice, 100)
    count = len(made.samples) // 2
    times = align(text, language, made.events, count, RATE)
    assert [text[t.start : t.end] for t in times] == text.split()
    assert times[0].from_ms < 50
    assert times[-1].to_ms == round(count * 1000 / RATE)
    for before, after in pairwise(times):
        assert before.from_ms <= before.to_ms == after.from_ms
    # Real words take time: most of them more than a twentieth of a second.
    assert sum(t.to_ms - t.from_ms > 50 for t in times) >= len(times) - 1


@pytest.mark.parametrize("language", SAMPLES)
def test_a_pause_between_sentences_is_where_the_times_say(language: str) -> None:
    """Independent of espeak's events: just before a sentence's first word it is quiet."""
    voice, text = SAMPLES[language]
    text = text if ". " in text else text.replace(", ", ". Then ")
    made = espeak().synthesise(text, voice, 100)
    sound = np.frombuffer(made.samples, np.int16).astype(float)
    times = align(text, language, made.events, len(sound), RATE)
    first = next(t for t in times if text[: t.start].endswith(". "))
    at = first.from_ms * RATE // 1000

    def loud(a: int, b: int) -> float:
        return float(np.sqrt((sound[at + a * RATE // 1000 : at + b * RATE // 1000] ** 2).mean()))

    assert loud(-120, -20) < 0.1 * loud(20, 200)


def test_events_without_length_mean_nothing() -> None:
    events = [WordEvent(0, 0, 0), WordEvent(0, 3, 40), WordEvent(4, 0, 60), WordEvent(4, 2, 500)]
    assert [t.from_ms for t in align("abc de", "en", events, 1000, 1000)] == [40, 500]


def test_a_number_read_as_many_words_is_one_shown_word() -> None:
    events = [WordEvent(0, 4, 10), WordEvent(1, 4, 20), WordEvent(1, 4, 30), WordEvent(5, 2, 90)]
    times = align("2026 is", "en", events, 100, 1000)
    assert [(t.from_ms, t.to_ms) for t in times] == [(10, 90), (90, 100)]


def test_times_never_run_backwards_even_when_events_do() -> None:
    events = [WordEvent(0, 1, 50), WordEvent(2, 1, 20), WordEvent(4, 1, 999)]
    assert [t.from_ms for t in align("a b c", "en", events, 100, 1000)] == [50, 50, 100]


def test_dashes_are_not_words_and_signs_are_where_there_are_no_spaces() -> None:
    assert words_of("You - no", "en") == [(0, 3), (6, 8)]
    assert words_of("你好。", "zh-Hans") == [(0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("spoken", "fits"),
    [
        ("You can say no: 12 £.", True),
        ("Żółć", True),
        ("say لا", False),
        ("скажи нет", False),
        ("half \ud83d pair", False),
    ],
)
def test_a_voice_is_given_only_its_own_writing(spoken: str, fits: bool) -> None:
    assert readable_by(spoken, ["LATIN"]) is fits
