"""A few sentences rendered once, a clock that is handed in, and a Speaker on both."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.speech.cache import build_speech, clips_folder
from kiosk.speech.players import SilentPlayer
from kiosk.speech.speaker import Speaker

SAFE = "We keep your information safe."
NO = "You can say \u2068no\u2069."
POLISH = "Możesz powiedzieć nie."
FIXED = [("en", SAFE), ("en", NO), ("pl", POLISH)]


class HandedClock:
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds


class Heard:
    """Everything a Speaker calls back with, in order."""

    def __init__(self) -> None:
        self.events: list[tuple[object, ...]] = []

    def word(self, utterance: int, start: int, end: int) -> None:
        self.events.append(("word", utterance, start, end))

    def done(self, completed: bool) -> None:
        self.events.append(("done", completed))

    def spoken(self, language: str, text: str) -> None:
        self.events.append(("spoken", language, text))

    def problem(self, problem: Exception) -> None:
        self.events.append(("problem", type(problem).__name__))

    def words(self, *texts: str) -> list[str]:
        return [texts[e[1]][e[2] : e[3]] for e in self.events if e[0] == "word"]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speech")
    build_speech(FIXED, folder)
    return folder


@pytest.fixture
def clips(rendered: Path, tmp_path: Path) -> Path:
    """A copy of the cache, which a test may spoil."""
    return Path(shutil.copytree(clips_folder(rendered), tmp_path / "clips"))


@pytest.fixture
def clock() -> HandedClock:
    return HandedClock()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def make_speaker(
    clips: Path, clock: HandedClock, heard: Heard, tmp_path: Path
) -> Iterator[Callable[..., Speaker]]:
    made: list[Speaker] = []

    def make(**options: object) -> Speaker:
        chosen: dict[str, object] = {"recordings": tmp_path / "recordings", **options}
        player = chosen.pop("player", None) or SilentPlayer(clock)
        speaker = Speaker(player, clips, **chosen)
        speaker.on_spoken = heard.spoken
        speaker.on_problem = heard.problem
        made.append(speaker)
        return speaker

    yield make
    for speaker in made:
        speaker.close()


@pytest.fixture
def finish(clock: HandedClock) -> Callable[[Speaker], None]:
    """Let time pass, frame by frame, until all has been said."""

    def until_silent(speaker: Speaker) -> None:
        for _ in range(10_000):
            speaker.poll()
            if not speaker.speaking:
                speaker.poll()
                return
            clock.seconds += 1 / 60
        raise AssertionError("it never ended")

    return until_silent
