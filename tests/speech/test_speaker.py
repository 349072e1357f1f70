"""One voice: in order, interruptible, never another language's, never silence for speech."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile

from kiosk.errors import NoVoice
from kiosk.speech.alignment import spoken_form
from kiosk.speech.players import SilentPlayer
from kiosk.speech.recordings import keep_recording
from kiosk.speech.repertoire import VoiceState, clip_name, recording_name
from kiosk.speech.speaker import Speaker, Utterance
from kiosk.speech.voices import read_voices
from tests.speech.conftest import NO, POLISH, SAFE, HandedClock, Heard

Make = Callable[..., Speaker]
Finish = Callable[[Speaker], None]
PAGE = [Utterance(SAFE, "en"), Utterance(NO, "en")]
CODE = "Your code is boat, apple, drum, kite."


def _files_of(clips: Path, language: str, text: str) -> list[Path]:
    name = clip_name(language, spoken_form(text).text, read_voices()[language])
    return [clips / f"{name}.ogg", clips / f"{name}.json"]


# --- in order -----------------------------------------------------------------------------------


def test_a_page_is_read_in_order_word_by_word(
    make_speaker: Make, heard: Heard, finish: Finish, clock: HandedClock
) -> None:
    speaker = make_speaker()
    began = clock.seconds
    speaker.say(PAGE, heard.word, heard.done)
    assert speaker.speaking
    assert heard.events == []  # callbacks come only from poll
    finish(speaker)
    assert not speaker.speaking
    assert heard.words(SAFE, NO) == [*SAFE.split(), "You", "can", "say", "no\u2069."]
    assert [e for e in heard.events if e[0] != "word"] == [
        ("spoken", "en", SAFE),
        ("spoken", "en", NO),
        ("done", True),
    ]
    assert heard.events[0] == ("spoken", "en", SAFE)
    assert heard.events[-1] == ("done", True)
    assert 2 < clock.seconds - began < 6


def test_words_come_when_they_sound(
    make_speaker: Make, clips: Path, clock: HandedClock, heard: Heard
) -> None:
    import json

    times = json.loads(_files_of(clips, "en", SAFE)[1].read_text())["words"]
    speaker = make_speaker()
    began = clock.seconds
    seen: list[tuple[int, int]] = []
    speaker.say(
        PAGE[:1],
        lambda _number, start, _end: seen.append((start, round((clock.seconds - began) * 1000))),
    )
    while speaker.speaking:
        speaker.poll()
        clock.seconds += 0.001
    for (start, at), (expected_start, _, from_ms, _) in zip(seen, times, strict=True):
        assert start == expected_start
        assert 0 <= at - from_ms <= 2


def test_there_is_a_short_gap_between_sentences(
    make_speaker: Make, clips: Path, clock: HandedClock, heard: Heard, finish: Finish
) -> None:
    import json

    speaker = make_speaker()
    lengths = [
        json.loads(_files_of(clips, "en", text)[1].read_text())["words"][-1][3]
        for text in (SAFE, NO)
    ]
    began = clock.seconds
    speaker.say(PAGE, heard.word)
    finish(speaker)
    gap = (clock.seconds - began) * 1000 - sum(lengths)
    assert 200 < gap < 350


def test_two_languages_in_one_saying_have_each_their_own_voice(
    make_speaker: Make, heard: Heard, finish: Finish
) -> None:
    speaker = make_speaker(allow_drafts=True)
    speaker.say([Utterance(POLISH, "pl"), *PAGE[:1]], heard.word, heard.done)
    finish(speaker)
    assert heard.words(POLISH, SAFE) == POLISH.split() + SAFE.split()


def test_lines_without_words_are_passed_over_and_numbers_still_fit(
    make_speaker: Make, heard: Heard, finish: Finish
) -> None:
    speaker = make_speaker()
    speaker.say([Utterance(" - ", "en"), PAGE[0], Utterance("", "en")], heard.word, heard.done)
    finish(speaker)
    assert {e[1] for e in heard.events if e[0] == "word"} == {1}
    heard.events.clear()
    speaker.say([], heard.word, heard.done)
    finish(speaker)
    assert heard.events == [("done", True)]


# --- stopping -----------------------------------------------------------------------------------


def test_stop_is_at_once_and_no_word_comes_after_it(
    make_speaker: Make, heard: Heard, clock: HandedClock, finish: Finish
) -> None:
    speaker = make_speaker()
    speaker.say(PAGE, heard.word, heard.done)
    speaker.poll()
    clock.seconds += 0.8
    began = time.perf_counter()
    speaker.stop()
    assert time.perf_counter() - began < 0.010
    assert not speaker.speaking
    heard.events.clear()
    for _ in range(600):
        clock.seconds += 1 / 60
        speaker.poll()
    assert heard.events == [("done", False)]


def test_a_stop_from_inside_a_word_callback_holds_back_the_words_behind_it(
    make_speaker: Make, heard: Heard, clock: HandedClock
) -> None:
    speaker = make_speaker()
    words: list[int] = []

    def on_word(_number: int, start: int, _end: int) -> None:
        words.append(start)
        speaker.stop()

    speaker.say(PAGE, on_word, heard.done)
    clock.seconds += 30  # the screen stood still: many words are due at once
    speaker.poll()
    speaker.poll()
    assert words == [0]
    assert [e for e in heard.events if e[0] == "done"] == [("done", False)]


def test_new_speech_silences_the_old(
    make_speaker: Make, heard: Heard, clock: HandedClock, finish: Finish
) -> None:
    speaker = make_speaker()
    first, second = Heard(), Heard()
    speaker.say(PAGE, first.word, first.done)
    speaker.poll()
    clock.seconds += 0.5
    speaker.say(PAGE[1:], second.word, second.done)
    finish(speaker)
    assert first.events[-1] == ("done", False)
    assert len([e for e in first.events if e[0] == "word"]) == 1
    assert second.words(NO) == ["You", "can", "say", "no\u2069."]
    assert second.events[-1] == ("done", True)
    assert [e[2] for e in heard.events] == [SAFE, NO]


def test_speech_started_from_on_done_is_not_lost(
    make_speaker: Make, heard: Heard, finish: Finish
) -> None:
    speaker = make_speaker()
    speaker.say(PAGE[:1], on_done=lambda _completed: speaker.say(PAGE[1:], on_done=heard.done))
    finish(speaker)
    finish(speaker)
    assert [e[2] for e in heard.events if e[0] == "spoken"] == [SAFE, NO]
    assert heard.events[-1] == ("done", True)


# --- who may say what ---------------------------------------------------------------------------


def test_the_state_of_each_language(make_speaker: Make) -> None:
    strict, demo = make_speaker(), make_speaker(allow_drafts=True)
    assert {code: strict.can_say(code) for code in ("en", "pl", "ar", "ps", "xx")} == {
        "en": VoiceState.LIVE,
        "pl": VoiceState.NONE,
        "ar": VoiceState.NONE,
        "ps": VoiceState.NONE,
        "xx": VoiceState.NONE,
    }
    assert demo.can_say("pl") is VoiceState.LIVE
    assert demo.can_say("ar") is VoiceState.NONE
    assert strict.can_say("en", SAFE) is VoiceState.CACHED
    assert strict.can_say("en", CODE) is VoiceState.LIVE
    assert strict.can_say("pl", POLISH) is VoiceState.NONE  # rendered, but nobody reviewed it
    assert demo.can_say("pl", POLISH) is VoiceState.CACHED
    assert strict.can_say("en", "Say لا") is VoiceState.NONE


@pytest.mark.parametrize(
    "utterance",
    [
        Utterance("لا", "ar"),
        Utterance("Maya", "so"),
        Utterance(POLISH, "pl"),
        Utterance("لا", "en"),
    ],
)
def test_what_no_voice_can_say_is_refused_whole_and_in_words(
    make_speaker: Make, heard: Heard, utterance: Utterance, clock: HandedClock
) -> None:
    speaker = make_speaker()
    with pytest.raises(NoVoice) as raised:
        speaker.say([*PAGE, utterance], heard.word, heard.done)
    assert raised.value.facts == {"language": utterance.language}
    assert not speaker.speaking
    clock.seconds += 5
    speaker.poll()
    assert heard.events == []  # half a page must not sound like the whole of it


@pytest.mark.parametrize("spoil", ["delete", "damage"])
def test_a_clip_that_is_gone_is_read_live_where_the_voice_is_good(
    make_speaker: Make, clips: Path, heard: Heard, finish: Finish, spoil: str
) -> None:
    speaker = make_speaker()
    for path in _files_of(clips, "en", SAFE):
        if spoil == "delete":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-9] + b"not sound")
    assert speaker.can_say("en", SAFE) is VoiceState.LIVE
    speaker.say(PAGE, heard.word, heard.done)
    finish(speaker)
    assert heard.words(SAFE, NO)[:5] == SAFE.split()
    assert heard.events[-1] == ("done", True)
    if spoil == "delete":  # a live sentence is never written down
        assert not _files_of(clips, "en", SAFE)[0].exists()


def test_a_clip_that_is_gone_and_cannot_be_read_live_offers_a_worker(
    make_speaker: Make, clips: Path
) -> None:
    from dataclasses import replace

    voices = dict(read_voices())
    voices["en"] = replace(voices["en"], scripts=("GREEK",))  # cached only, in effect
    speaker = make_speaker(voices=voices)
    assert speaker.can_say("en", SAFE) is VoiceState.CACHED
    _files_of(clips, "en", SAFE)[0].unlink()
    assert speaker.can_say("en", SAFE) is VoiceState.NONE
    with pytest.raises(NoVoice):
        speaker.say(PAGE)


def test_what_turns_out_unsayable_only_while_it_is_prepared_is_told(
    make_speaker: Make, clips: Path, heard: Heard, clock: HandedClock
) -> None:
    """A clip whose fingerprint fits and that is still no sound: kept wrongly, not spoilt."""
    import hashlib
    import json

    ogg, described = _files_of(clips, "en", NO)
    ogg.write_bytes(b"not sound at all")
    content = json.loads(described.read_text())
    content["sha256"] = hashlib.sha256(b"not sound at all").hexdigest()
    described.write_text(json.dumps(content))
    player = SilentPlayer(clock)
    speaker = make_speaker(player=player)
    speaker.say([PAGE[1], PAGE[0]], heard.word, heard.done)
    for _ in range(300):
        speaker.poll()
        assert not player.playing  # nor does the rest of the page sound
        clock.seconds += 1 / 60
    assert heard.events == [("problem", "NoVoice"), ("done", False)]
    assert not speaker.speaking


# --- people's recordings ------------------------------------------------------------------------


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A made-up recording in stereo at 44,100 a second, of a known length: 1.5 s."""
    import numpy as np

    tone = (np.sin(np.arange(66_150) * 0.05) * 9000).astype(np.int16)
    soundfile.write(tmp_path / "person.wav", np.column_stack([tone, tone]), 44_100)
    return tmp_path / "person.wav"


def test_a_recorded_person_comes_before_the_synthetic_voice(
    make_speaker: Make, heard: Heard, finish: Finish, tmp_path: Path, recording: Path,
    clock: HandedClock,
) -> None:  # fmt: skip
    folder = tmp_path / "recordings"
    keep_recording("en", SAFE, recording, folder)
    keep_recording("ar", "\u2067لا\u2069", recording, folder)
    speaker = make_speaker()
    assert speaker.can_say("en", SAFE) is VoiceState.RECORDED
    assert speaker.can_say("ar") is VoiceState.RECORDED
    assert speaker.can_say("ar", "لا") is VoiceState.RECORDED
    assert speaker.can_say("ar", "نعم") is VoiceState.NONE
    began = clock.seconds
    speaker.say([Utterance("\u2067لا\u2069", "ar")], heard.word, heard.done)
    finish(speaker)
    assert 1.5 <= clock.seconds - began < 1.55
    assert heard.events[1] == ("word", 0, 1, 3)  # no marks: lit all at once


def test_a_recording_of_other_words_is_not_played(
    make_speaker: Make, tmp_path: Path, recording: Path
) -> None:
    folder = tmp_path / "recordings"
    keep_recording("ar", "نعم", recording, folder)
    for ending in (".ogg", ".json"):
        yes = folder / "ar" / (recording_name("ar", "نعم") + ending)
        yes.rename(yes.with_name(recording_name("ar", "لا") + ending))
    assert make_speaker().can_say("ar", "لا") is VoiceState.NONE


# --- volume and speed ---------------------------------------------------------------------------


def test_volume_and_speed_stay_within_their_ends(make_speaker: Make) -> None:
    speaker = make_speaker()
    assert (speaker.volume, speaker.speed) == (1.0, 1.0)
    speaker.volume, speaker.speed = 7, 9
    assert (speaker.volume, speaker.speed) == (1.0, 2.0)
    speaker.volume, speaker.speed = -1, 0
    assert (speaker.volume, speaker.speed) == (0.0, 0.5)


@pytest.mark.parametrize("speed", [0.5, 2.0])
def test_the_words_keep_up_with_the_speed(
    make_speaker: Make, heard: Heard, finish: Finish, clock: HandedClock, speed: float
) -> None:
    speaker = make_speaker()
    took = []
    for pace in (1.0, speed):
        speaker.speed = pace
        began = clock.seconds
        speaker.say(PAGE[:1], heard.word)
        finish(speaker)
        took.append(clock.seconds - began)
    assert took[0] / took[1] == pytest.approx(speed, rel=0.05)
    assert heard.words(SAFE) == SAFE.split() * 2


# --- pyttsx3, and nothing left behind -----------------------------------------------------------


def test_everything_goes_through_pyttsx3(
    make_speaker: Make, heard: Heard, finish: Finish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut pyttsx3's say, and nothing is heard: it is the way, not an ornament beside it."""
    import pyttsx3.engine

    said: list[str] = []
    monkeypatch.setattr(
        pyttsx3.engine.Engine, "say", lambda _self, text, name=None: said.append(text)
    )
    speaker = make_speaker()
    speaker.say(PAGE, heard.word, heard.done)
    for _ in range(10):
        speaker.poll()
    assert said == [SAFE, NO]
    assert heard.events == []


def test_two_speakers_do_not_share_an_engine(make_speaker: Make, heard: Heard) -> None:
    one, two = make_speaker(), make_speaker()
    one.say(PAGE)
    two.stop()
    assert one.speaking
    assert not two.speaking
    assert not [name for name in sys.modules if name.startswith("pyttsx3.drivers.your_say")]


LIVE_AND_KILLED = """
import sys, time
from pathlib import Path
import miniaudio
from kiosk.speech.miniaudio_player import MiniaudioPlayer
from kiosk.speech.speaker import Speaker, Utterance
speaker = Speaker(MiniaudioPlayer([miniaudio.Backend.NULL]), Path(sys.argv[1]))
words = []
speaker.say([Utterance("My secret is the lighthouse.", "en")], lambda *word: words.append(word))
while len(words) < 2:
    speaker.poll()
    time.sleep(0.005)
print("speaking", flush=True)
while True:
    speaker.poll()
    time.sleep(0.005)
"""


def test_killed_while_it_speaks_it_leaves_no_file(tmp_path: Path) -> None:
    """pyttsx3's own Linux driver leaves the spoken words in the temp folder here."""
    import os

    home = tmp_path / "home"
    home.mkdir()
    places = {name: str(home) for name in ("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME")}
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-B", "-c", LIVE_AND_KILLED, str(home / "none")],
        env={**os.environ, **places, "PYTHONPATH": str(root)},
        cwd=home,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"speaking\n"
        assert list(home.rglob("*")) == []
        process.kill()
    assert list(home.rglob("*")) == []


def test_closing_ends_its_thread(make_speaker: Make, clips: Path) -> None:
    import miniaudio

    from kiosk.speech.miniaudio_player import MiniaudioPlayer

    before = threading.active_count()
    speaker = Speaker(MiniaudioPlayer([miniaudio.Backend.NULL]), clips)
    assert threading.active_count() > before
    speaker.close()
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before
