"""From a tap on Listen to the first sound that is heard, against espeak-ng's own command.

Both play into one PulseAudio null sink, and one recorder on that sink's monitor hears both. A
sound counts when the recorder has it, so both carry the same few milliseconds of recording.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy

from kiosk.speech.cache import build_speech, clips_folder
from kiosk.speech.espeak import RATE
from kiosk.speech.miniaudio_player import MiniaudioPlayer
from kiosk.speech.repertoire import VoiceState
from kiosk.speech.speaker import Speaker, Utterance
from kiosk.speech.voices import read_voices

WORDS = "You can say no to any agency, and we still help you."
ROUNDS = 9
REACH = 1.5
_AUDIBLE = 200
"""Of 32,767; both voices pass it within 2 ms of their first sample."""
_FRAME = 1 / 60
_SAY_FOR, _REST = 0.8, 0.5
_SETTLE = 2.5
"""A new null sink first plays out the 2 seconds of silence that it began with."""
NEEDED = ("pulseaudio", "parec", "pactl", "espeak-ng")


class Ear:
    """Records the sink from the start, and knows when each chunk arrived."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._chunks: list[tuple[float, bytes]] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait_for_end(self) -> None:
        """Until the recorder has ended, so that nobody reads its pipe when it is closed."""
        self._thread.join()

    def _listen(self) -> None:
        while chunk := os.read(self._stream.fileno(), 1 << 16):
            self._chunks.append((time.monotonic(), chunk))

    def first_sound_after(self, moment: float) -> float | None:
        """Seconds from `moment` until something audible was there, or None."""
        for at, chunk in self._chunks:
            if at >= moment and _loudest(chunk) > _AUDIBLE:
                return at - moment
        return None

    def last_sound(self) -> float:
        """When something audible last arrived."""
        return max((at for at, chunk in self._chunks if _loudest(chunk) > _AUDIBLE), default=0.0)


def _loudest(chunk: bytes) -> int:
    samples = numpy.frombuffer(chunk[: len(chunk) // 2 * 2], dtype=numpy.int16)
    return int(numpy.abs(samples.astype(numpy.int32)).max(initial=0))


@contextmanager
def null_sink() -> Iterator[Ear]:
    """A PulseAudio of our own with one null sink, and an ear on it. Works as root.

    While it lasts, every player of this process plays into it. Leaves nothing behind.
    """
    with tempfile.TemporaryDirectory(prefix="your-say-ear-") as folder:
        socket = Path(folder) / "native"
        surroundings = {
            "HOME": folder,
            "XDG_RUNTIME_DIR": folder,
            "PULSE_RUNTIME_PATH": folder,
            "PULSE_COOKIE": f"{folder}/cookie",
            "PULSE_SERVER": f"unix:{socket}",
        }
        with (
            _environment(surroundings),
            _running(
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
                "--log-level=error",
                "-L",
                "module-null-sink sink_name=ear",
                "-L",
                f"module-native-protocol-unix socket={socket} auth-anonymous=1",
            ),
        ):
            _wait_until_answering()
            with _running(
                "parec",
                "--device=ear.monitor",
                "--format=s16ne",
                f"--rate={RATE}",
                "--channels=1",
                "--latency-msec=5",
                "--raw",
            ) as recorder:
                assert recorder.stdout is not None
                ear = Ear(recorder.stdout)
                time.sleep(_SETTLE)
                try:
                    yield ear
                finally:
                    recorder.kill()
                    ear.wait_for_end()


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_until_answering() -> None:
    for _ in range(100):
        if subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError("pulseaudio does not answer")


def listen_to_first_sound(rounds: int = ROUNDS) -> dict[str, float | int | str]:
    """Milliseconds, medians of `rounds` each, taken in turns after one unmeasured round.

    Keys `ours_ms`, `espeak_ng_ms`, `ratio`, `reach`, `rounds`, and `ours_worst_ms`, `stop_ms`
    (from `stop` until nothing more arrived); or only `lacking`, the programs that are not there.
    """
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    if lacking:
        return {"lacking": " ".join(lacking)}
    with tempfile.TemporaryDirectory(prefix="your-say-listen-") as folder, null_sink() as ear:
        build_speech([("en", WORDS)], Path(folder))
        speaker = Speaker(MiniaudioPlayer(), clips_folder(Path(folder)))
        try:
            return _in_turns(speaker, ear, rounds)
        finally:
            speaker.close()


def _in_turns(speaker: Speaker, ear: Ear, rounds: int) -> dict[str, float | int | str]:
    if speaker.can_say("en", WORDS) is not VoiceState.CACHED:
        raise RuntimeError("the sentence is not in the cache")
    ours: list[float] = []
    theirs: list[float] = []
    stops: list[float] = []
    for _ in range(rounds + 1):
        first, stop = _ours(speaker, ear)
        ours.append(first)
        stops.append(stop)
        theirs.append(_theirs(ear))
    mine, command = statistics.median(ours[1:]), statistics.median(theirs[1:])
    return {
        "ours_ms": round(mine, 1),
        "espeak_ng_ms": round(command, 1),
        "ratio": round(mine / command, 2),
        "reach": REACH,
        "rounds": rounds,
        "ours_worst_ms": round(max(ours[1:]), 1),
        "stop_ms": round(statistics.median(stops[1:]), 1),
    }


def _ours(speaker: Speaker, ear: Ear) -> tuple[float, float]:
    """One tap, with the frames of a screen going on meanwhile; then one stop."""
    tap = time.monotonic()
    speaker.say([Utterance(WORDS, "en")])
    while time.monotonic() - tap < _SAY_FOR:
        speaker.poll()
        time.sleep(_FRAME)
    stop = time.monotonic()
    speaker.stop()
    time.sleep(_REST)
    return _heard(ear, tap), max(0.0, ear.last_sound() - stop) * 1000


def _theirs(ear: Ear) -> float:
    voice = read_voices()["en"]
    began = time.monotonic()
    with _running("espeak-ng", "-v", "en-gb", "-s", str(voice.rate), WORDS):
        time.sleep(_SAY_FOR)
    time.sleep(_REST)
    return _heard(ear, began)


def _heard(ear: Ear, moment: float) -> float:
    first = ear.first_sound_after(moment)
    if first is None or first > _SAY_FOR:
        raise RuntimeError("nothing was heard")
    return first * 1000


if __name__ == "__main__":
    print(listen_to_first_sound())
