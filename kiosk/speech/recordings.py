"""Sentences recorded by people, which always come before a synthetic voice."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import FileUnreadable
from kiosk.speech.alignment import spoken_form
from kiosk.speech.clip import AUDIBLE, decode, encode, write_clip
from kiosk.speech.repertoire import RECORDINGS, recording_name


def keep_recording(language: str, text: str, sound_file: Path, folder: Path = RECORDINGS) -> Path:
    """Keep a person's reading of `text` (as it is shown); returns the .ogg.

    `sound_file`: WAV, FLAC, Ogg or MP3, any rate. Whoever keeps it has listened that it says just
    these words. It carries no word times: its words are lit all at once, unless marks are added
    to `words` in the .json. Raises FileUnreadable (fact `file`) when it is no sound, or silence.
    """
    import numpy

    try:
        samples = decode(sound_file.read_bytes())
    except (OSError, ValueError) as fault:
        raise FileUnreadable(file=sound_file.name) from fault
    loudest = numpy.abs(numpy.frombuffer(samples, dtype=numpy.int16).astype(numpy.int32))
    if not len(loudest) or loudest.max() <= AUDIBLE:
        raise FileUnreadable(file=sound_file.name)
    spoken = spoken_form(text).text
    name = recording_name(language, spoken)
    home = folder / language
    home.mkdir(parents=True, exist_ok=True)
    write_clip(home, name, encode(samples), (), language, spoken)
    return home / f"{name}.ogg"
