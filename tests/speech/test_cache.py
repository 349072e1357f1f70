"""Clips are whole, found by their words, made once, and gone when no longer wanted."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.errors import ContentFaulty
from kiosk.speech import cache
from kiosk.speech.alignment import spoken_form
from kiosk.speech.cache import build_speech, clips_folder
from kiosk.speech.clip import read_clip
from kiosk.speech.repertoire import clip_name
from kiosk.speech.voices import read_voices
from tests.speech.conftest import FIXED, NO, POLISH, SAFE

VOICES = read_voices()


def _clip(folder: Path, language: str, text: str) -> object:
    spoken = spoken_form(text).text
    return read_clip(folder, clip_name(language, spoken, VOICES[language]), language, spoken)


def test_a_clip_keeps_its_length_to_the_sample_and_its_words(clips: Path) -> None:
    from kiosk.speech.clip import synthesise

    packed = _clip(clips, "en", SAFE)
    clip = packed.unpack()
    assert [SAFE[w.start : w.end] for w in clip.words] == SAFE.split()
    # espeak-ng's samples differ a little from run to run; its lengths hardly do.
    assert clip.ms == pytest.approx(synthesise(SAFE, VOICES["en"]).ms, abs=60)
    assert clip.words[-1].to_ms == clip.ms


def test_a_second_build_renders_nothing(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    first = build_speech(FIXED, tmp_path, lambda done, total: seen.append((done, total)))
    assert (first.rendered, first.kept, first.removed, first.unsaid) == (3, 0, 0, ())
    assert seen == [(1, 3), (2, 3), (3, 3)]
    before = {path: path.stat().st_mtime_ns for path in clips_folder(tmp_path).glob("*.ogg")}
    second = build_speech(FIXED, tmp_path)
    assert (second.rendered, second.kept) == (0, 3)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_only_what_lacks_is_rendered_and_orphans_go(tmp_path: Path) -> None:
    build_speech(FIXED, tmp_path)
    folder = clips_folder(tmp_path)
    (folder / "cut-off.ogg.part").write_bytes(b"half")
    (folder / "orphan.ogg").write_bytes(b"old")
    sentences = [("en", SAFE), ("en", "A new one.")]
    built = build_speech(sentences, tmp_path)
    assert (built.rendered, built.kept, built.removed) == (1, 1, 3)
    stems = {path.stem for path in folder.iterdir()} - {"manifest"}
    assert len(stems) == 2
    assert json.loads((folder / "manifest.json").read_text())["clips"] == sorted(stems)


@pytest.mark.parametrize("spoil", ["delete", "empty", "cut", "other words", "json", "half json"])
def test_a_spoilt_clip_is_noticed_and_made_again(tmp_path: Path, spoil: str) -> None:
    build_speech(FIXED, tmp_path)
    folder = clips_folder(tmp_path)
    name = clip_name("en", SAFE, VOICES["en"])
    ogg, described = folder / f"{name}.ogg", folder / f"{name}.json"
    match spoil:
        case "delete":
            ogg.unlink()
        case "empty":
            ogg.write_bytes(b"")
        case "cut":
            ogg.write_bytes(ogg.read_bytes()[:-1])
        case "other words":  # a valid clip of other words under this name must never be played
            other = clip_name("pl", POLISH, VOICES["pl"])
            ogg.write_bytes((folder / f"{other}.ogg").read_bytes())
            described.write_bytes((folder / f"{other}.json").read_bytes())
        case "json":
            described.unlink()
        case "half json":
            described.write_bytes(described.read_bytes()[:20])
    assert _clip(folder, "en", SAFE) is None
    assert build_speech(FIXED, tmp_path).rendered == 1
    assert _clip(folder, "en", SAFE) is not None


def test_another_engine_version_makes_all_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_speech(FIXED, tmp_path)
    monkeypatch.setattr(cache, "_FORM", 99)
    built = build_speech(FIXED, tmp_path)
    assert (built.rendered, built.kept, built.removed) == (3, 0, 3)


def test_a_build_that_is_cut_off_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [("en", f"Sentence number {n}.") for n in range(12)]

    class PulledPlugError(Exception):
        pass

    def pull(done: int, _total: int) -> None:
        if done == 4:
            raise PulledPlugError

    with pytest.raises(PulledPlugError):
        build_speech(sentences, tmp_path, pull)
    assert 4 <= build_speech(sentences, tmp_path).kept < 12


def test_languages_without_a_voice_are_passed_over_and_foreign_letters_are_told(
    tmp_path: Path,
) -> None:
    built = build_speech(
        [("ar", "لا"), ("so", "Maya"), ("en", "Say لا"), ("en", " - "), ("en", "No.")], tmp_path
    )
    assert (built.rendered, built.unsaid) == (1, (("en", "Say لا"),))


def test_the_same_words_with_other_direction_marks_are_one_clip(tmp_path: Path) -> None:
    assert build_speech([("en", NO), ("en", "You can say no.")], tmp_path).rendered == 1


def test_another_voice_or_rate_has_other_names() -> None:
    voice = VOICES["en"]
    names = {
        clip_name("en", SAFE, voice),
        clip_name("en", SAFE, replace(voice, rate=voice.rate + 1)),
        clip_name("en", SAFE, replace(voice, name="gmw/en-US")),
        clip_name("pl", SAFE, voice),
        clip_name("en", NO, voice),
    }
    assert len(names) == 5


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "speech").write_text("a file where the folder should be")
    with pytest.raises(ContentFaulty):
        build_speech(FIXED, tmp_path)


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    sentences = [("en", f"Sentence number {n}.") for n in range(8)]
    built: list[tuple[int, int]] = []

    def build() -> None:
        result = build_speech(sentences, tmp_path)
        built.append((result.rendered, result.kept))

    threads = [threading.Thread(target=build) for _ in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(built) == [(0, 8), (8, 0)]
