"""One spoken sentence: its samples and when each word sounds; in memory, and as two small files.

On disk a clip is NAME.ogg (Ogg Vorbis, which keeps its length to the sample) and NAME.json:

    {"language": "en", "text": "...", "sha256": "of the .ogg", "ms": 2310,
     "words": [[0, 4, 0, 180], ...]}        start, end in the spoken form; from, to in ms

`words` may be empty: a recording of a person that nobody has marked yet.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import NoVoice
from kiosk.speech.alignment import WordEvent, WordTime, align
from kiosk.speech.espeak import RATE, espeak
from kiosk.speech.sonic import stretch
from kiosk.speech.voices import Voice

AUDIBLE = 60
"""Of 32,767: quieter than this is silence (espeak-ng's own noise floor lies below 30)."""
_LEAD, _TAIL = RATE // 200, RATE // 20
"""Samples of silence kept before and after: 5 ms and 50 ms. Starts at once, ends softly."""
_SMALLER_FILE = 0.7
"""Vorbis quality, 0 best to 1 smallest: about 45 KB for 8 s, no difference heard in speech."""


@dataclass(frozen=True)
class Clip:
    """`samples`: signed 16 bit, one channel, espeak.RATE a second."""

    samples: bytes
    words: tuple[WordTime, ...]

    @property
    def ms(self) -> int:
        """How long it sounds."""
        return round(len(self.samples) / 2 * 1000 / RATE)

    def at_speed(self, speed: float) -> Clip:
        """The same words at 0.5 to 2 times the pace, pitch unchanged, word times moved along."""
        if speed == 1.0:
            return self
        return Clip(
            stretch(self.samples, RATE, speed),
            tuple(
                WordTime(w.start, w.end, round(w.from_ms / speed), round(w.to_ms / speed))
                for w in self.words
            ),
        )


@dataclass(frozen=True)
class PackedClip:
    """A clip as it lies on disk: checked against its fingerprint, but not yet decoded."""

    ogg: bytes
    words: tuple[WordTime, ...]

    def unpack(self) -> Clip:
        """Decode: about 1 ms for each second and a half of speech.

        Raises NoVoice when it is not sound, though its fingerprint is the one it was kept with.
        """
        try:
            return Clip(decode(self.ogg), self.words)
        except ValueError as fault:
            raise NoVoice from fault


def warm_up() -> None:
    """Import what reading and writing sound takes, a tenth of a second, before it is wanted.

    On the thread that prepares samples, as soon as there is a voice: nobody waits for it then.
    """
    import soundfile

    soundfile.available_formats()


def synthesise(spoken: str, voice: Voice) -> Clip:
    """Let a voice read the spoken form now. Raises NoVoice."""
    import numpy  # late: the first screen does not wait for it

    made = espeak().synthesise(spoken, voice.name, voice.rate)
    samples = numpy.frombuffer(made.samples, dtype=numpy.int16)
    audible = numpy.flatnonzero(numpy.abs(samples.astype(numpy.int32)) > AUDIBLE)
    first, last = (int(audible[0]), int(audible[-1])) if len(audible) else (0, len(samples) - 1)
    start, end = max(0, first - _LEAD), min(len(samples), last + _TAIL)
    events = (
        WordEvent(event.start, event.length, max(0, event.sample - start)) for event in made.events
    )
    words = align(spoken, voice.language, events, end - start, RATE)
    return Clip(samples[start:end].tobytes(), words)


def encode(samples: bytes) -> bytes:
    """Ogg Vorbis of the samples."""
    import numpy
    import soundfile

    packed = io.BytesIO()
    soundfile.write(
        packed,
        numpy.frombuffer(samples, dtype=numpy.int16),
        RATE,
        format="OGG",
        subtype="VORBIS",
        compression_level=_SMALLER_FILE,
    )
    return packed.getvalue()


def decode(ogg: bytes) -> bytes:
    """The samples, one channel at espeak.RATE.

    Raises ValueError if it is not sound at all.
    """
    import soundfile

    try:
        samples, rate = soundfile.read(io.BytesIO(ogg), dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as fault:
        raise ValueError("no sound") from fault
    if rate == RATE and samples.shape[1] == 1:
        return bytes(samples.tobytes())
    from kiosk.speech.sound_library import miniaudio

    converted = miniaudio.convert_frames(
        miniaudio.SampleFormat.SIGNED16,
        samples.shape[1],
        rate,
        samples.tobytes(),
        miniaudio.SampleFormat.SIGNED16,
        1,
        RATE,
    )
    return bytes(converted)


def write_clip(
    folder: Path, name: str, ogg: bytes, words: tuple[WordTime, ...], language: str, spoken: str
) -> None:
    """Write both files, each beside its place and then moved into it. Raises OSError.

    The .json comes last, so that a clip with a .json is whole.
    """
    described = {
        "language": language,
        "text": spoken,
        "sha256": hashlib.sha256(ogg).hexdigest(),
        "words": [[w.start, w.end, w.from_ms, w.to_ms] for w in words],
    }
    write_whole(folder / f"{name}.ogg", ogg)
    write_whole(folder / f"{name}.json", json.dumps(described, ensure_ascii=False).encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing of it: a reader, or a power cut, never finds half a file."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)


def read_clip(folder: Path, name: str, language: str, spoken: str) -> PackedClip | None:
    """The clip, if both files are there, belong together and say these words; else None."""
    try:
        ogg = (folder / f"{name}.ogg").read_bytes()
        described = json.loads((folder / f"{name}.json").read_bytes())
        words = tuple(WordTime(*map(int, word)) for word in described["words"])
        fits = (
            described["language"] == language
            and described["text"] == spoken
            and described["sha256"] == hashlib.sha256(ogg).hexdigest()
            and all(0 <= w.start < w.end <= len(spoken) for w in words)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return PackedClip(ogg, words) if fits else None
