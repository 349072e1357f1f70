"""espeak-ng through ctypes: text to samples and word events, with no sound card and no file.

The library and its data come from the `espeakng-loader` wheel, so that every machine speaks with
the same version. espeak-ng keeps one global state per process: hence one instance and one lock.
"""

from __future__ import annotations

import ctypes as c
import threading
from dataclasses import dataclass

import espeakng_loader

from kiosk.errors import NoVoice
from kiosk.speech.alignment import WordEvent

RATE = 22050
"""Samples a second of every espeak-ng voice, and of everything that the kiosk plays."""

_SYNCHRONOUS, _DO_NOT_EXIT = 2, 0x8000
_WORDS_A_MINUTE = 1
_UTF8 = 1
_END_OF_LIST, _WORD = 0, 1
_CHUNK_MS = 60


class _EventName(c.Union):
    _fields_ = (("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8))


class _Event(c.Structure):
    _fields_ = (
        ("type", c.c_int),
        ("unique_identifier", c.c_uint),
        ("text_position", c.c_int),
        ("length", c.c_int),
        ("audio_position", c.c_int),
        ("sample", c.c_int),
        ("user_data", c.c_void_p),
        ("id", _EventName),
    )


class _Voice(c.Structure):
    _fields_ = (
        ("name", c.c_char_p),
        ("languages", c.c_char_p),
        ("identifier", c.c_char_p),
        ("gender", c.c_ubyte),
        ("age", c.c_ubyte),
        ("variant", c.c_ubyte),
        ("unused", c.c_ubyte),
        ("score", c.c_int),
        ("spare", c.c_void_p),
    )


_ON_CHUNK = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(_Event))


@dataclass(frozen=True)
class Synthesised:
    """`samples`: signed 16 bit, one channel, RATE a second, native byte order."""

    samples: bytes
    events: tuple[WordEvent, ...]


class Espeak:
    """The one espeak-ng of this process; get it from `espeak()`. Safe from any thread."""

    def __init__(self) -> None:
        """Load library and data. Raises NoVoice (fact `engine`) when they cannot be."""
        try:
            self._library = c.CDLL(espeakng_loader.get_library_path())
            data_path = espeakng_loader.get_data_path()
        except (OSError, RuntimeError) as fault:
            raise NoVoice(engine="espeak-ng") from fault
        self._library.espeak_Info.restype = c.c_char_p
        self._library.espeak_GetCurrentVoice.restype = c.POINTER(_Voice)
        rate = self._library.espeak_Initialize(
            _SYNCHRONOUS, _CHUNK_MS, data_path.encode(), _DO_NOT_EXIT
        )
        if rate != RATE:
            raise NoVoice(engine="espeak-ng")
        self._lock = threading.Lock()
        self._on_chunk = _ON_CHUNK(self._take_chunk)  # espeak-ng keeps it: it must not be freed
        self._library.espeak_SetSynthCallback(self._on_chunk)
        self._samples = bytearray()
        self._events: list[WordEvent] = []
        self._chosen: dict[str, bool] = {}

    @property
    def version(self) -> str:
        """Such as "1.52.0"; clips rendered by another version are rendered again."""
        return str(self._library.espeak_Info(None).decode().split()[0])

    def has_voice(self, name: str) -> bool:
        """Whether espeak-ng, asked for this voice ("gmw/en"), really chooses that one.

        Found out once: a screen that asks does not wait for a sentence that is being read.
        """
        if name not in self._chosen:
            with self._lock:
                self._chosen[name] = self._choose(name)
        return self._chosen[name]

    def synthesise(self, text: str, voice: str, rate: int) -> Synthesised:
        """Read `text` aloud into memory. `rate`: 80 to 400 of espeak-ng's words a minute.

        Raises NoVoice when the voice is not there or nothing audible came of it: a sentence that
        comes out as silence must not look as if it had been spoken.
        """
        encoded = text.encode("utf-8")
        with self._lock:
            if not self._choose(voice):
                raise NoVoice(voice=voice)
            self._library.espeak_SetParameter(_WORDS_A_MINUTE, rate, 0)
            self._samples, self._events = bytearray(), []
            failed = self._library.espeak_Synth(
                encoded, c.c_size_t(len(encoded) + 1), 0, 1, 0, _UTF8, None, None
            )
            samples, events = bytes(self._samples), tuple(self._events)
            self._samples, self._events = bytearray(), []  # nothing of what was said stays here
        if failed or not samples.strip(b"\0"):
            raise NoVoice(voice=voice)
        return Synthesised(samples, events)

    def _choose(self, name: str) -> bool:
        if self._library.espeak_SetVoiceByName(name.encode()) != 0:
            return False  # and the last voice stays chosen, which must not read this
        chosen = self._library.espeak_GetCurrentVoice().contents.identifier
        return bool(chosen == name.encode())

    def _take_chunk(self, samples: object, count: int, events: object) -> int:
        index = 0
        while events[index].type != _END_OF_LIST:  # type: ignore[index]
            event = events[index]  # type: ignore[index]
            if event.type == _WORD:
                self._events.append(WordEvent(event.text_position - 1, event.length, event.sample))
            index += 1
        if count and samples:
            self._samples += c.string_at(samples, count * 2)  # type: ignore[arg-type]
        return 0


_loading = threading.Lock()
_loaded: list[Espeak] = []


def espeak() -> Espeak:
    """The one instance, loaded when first asked for (about 10 ms). Raises NoVoice.

    Whoever asks while it is loading waits: loading it twice at once breaks it.
    """
    with _loading:
        if not _loaded:
            _loaded.append(Espeak())
        return _loaded[0]
