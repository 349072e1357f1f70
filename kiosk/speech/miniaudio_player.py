"""The player that is heard: miniaudio, with a stream always open and empty, ready for the next words.

A stream that is kept running plays silence from its buffer before anything new (measured: 20 to
50 ms), and goes on playing that buffer after a stop (up to 90 ms). So each sound gets a stream of
its own, opened beforehand and not yet started: the first sample leaves within 3 ms, and closing
the stream is silence within 10 ms. A second stream, silent and never closed, keeps the sound card
awake, because one that sleeps swallows the first word when it wakes, and "no" is a first word.
"""

from __future__ import annotations

import contextlib
import ctypes
import threading
import time
from array import array
from collections.abc import Callable, Generator, Sequence
from typing import Any

from kiosk.errors import NoSoundDevice
from kiosk.speech.espeak import RATE
from kiosk.speech.sound_library import miniaudio

_PERIOD_MS, _PERIODS = 30, 3
"""90 ms of buffer: under load Python was seen to come back up to 58 ms late."""
_AWAKE_MS = 500
_LOST_AFTER = 2.0
"""Seconds in which a playing device did not ask for more; it asks every 30 ms while it is there."""
_BYTES_A_SECOND = RATE * 2
_ALSA_COMPLAINT = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)


_hear_no_complaint = _ALSA_COMPLAINT(lambda *_about: None)
"""ALSA's own prints sixty lines on stderr about the devices that are not there."""


def _quieten_alsa() -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_hear_no_complaint)


class _Stream:
    """One device stream for one sound: opened empty, started once, closed."""

    def __init__(self, backends: Sequence[miniaudio.Backend], period_ms: int = _PERIOD_MS) -> None:
        """Raise NoSoundDevice when there is none, or only the one that plays into nothing."""
        try:
            self._device: Any = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=period_ms,
                callback_periods=_PERIODS,
                backends=list(backends),
                app_name="Your Say",
            )
        except miniaudio.MiniaudioError as fault:
            raise NoSoundDevice from fault
        if not backends and self._device.backend == "Null":
            self.close()
            raise NoSoundDevice
        self.started = False
        self.gone = False
        self._device.stop_callback = self._note_gone

    def start(self, feed: Generator[bytes, int, None] | None) -> None:
        """Raise NoSoundDevice when the device has gone meanwhile."""
        self.started = True
        if feed:
            next(feed)
        try:
            self._device.start(feed)
        except miniaudio.MiniaudioError as fault:
            raise NoSoundDevice from fault

    def close(self) -> None:
        """What it had still to play is not heard."""
        self._device.stop_callback = None
        self._device.close()
        # miniaudio's Python side never gives its connection to the sound server back.
        miniaudio.lib.ma_context_uninit(self._device._context)

    def _note_gone(self) -> None:
        self.gone = True


class _Sound:
    """The samples of one `play`, and how much of them has gone where."""

    def __init__(self, samples: bytes) -> None:
        self.samples = samples
        self.handed = 0
        self.silenced = False
        self.asked_at = self.began = time.monotonic()

    def heard(self) -> float:
        """Bytes that have reached the ear: as many as time allows, of those handed over."""
        return min((time.monotonic() - self.began) * _BYTES_A_SECOND, self.handed)

    def over(self) -> bool:
        return self.silenced or self.heard() >= len(self.samples)

    def next_chunk(self, size: int) -> bytes:
        """Up to `size` bytes more. If the device ran dry, the ear waited, and so does the time."""
        self.asked_at = time.monotonic()
        self.began = max(self.began, self.asked_at - self.handed / _BYTES_A_SECOND)
        if self.silenced:
            return b""
        chunk = self.samples[self.handed : self.handed + size]
        self.handed += len(chunk)
        return chunk


class MiniaudioPlayer:
    """Plays on the machine's default device (PulseAudio or PipeWire, else ALSA)."""

    prepares_in_line = False

    def __init__(
        self,
        backends: Sequence[miniaudio.Backend] = (),
        tape: Callable[[bytes], None] | None = None,
    ) -> None:
        """Open the device. Raises NoSoundDevice.

        `backends` is for tests: with none named, miniaudio's own last resort, which plays into
        nothing and calls that a success, counts as no device. `tape` gets every chunk of speech
        as the device gets it, on the device's own thread.
        """
        _quieten_alsa()
        self.volume = 1.0
        self._backends = backends
        self._tape = tape
        self._sound: _Sound | None = None
        self._changing = threading.Lock()
        self._stream: _Stream | None = _Stream(backends)
        self._awake = self._keep_awake()
        self._wanted = threading.Event()
        self._closed = False
        self._keeper = threading.Thread(target=self._keep_ready, name="sound", daemon=True)
        self._keeper.start()

    def play(self, samples: bytes) -> None:
        """Begin at once, in place of whatever sounds now. Raises NoSoundDevice."""
        self._silence()
        with self._changing:
            stream = self._fresh_stream()
            sound = _Sound(samples)
            try:
                stream.start(self._feed(sound))
            except NoSoundDevice:
                self._drop_stream()
                raise
            self._sound = sound

    def stop(self) -> None:
        """Silence: nothing more is handed over at once, and the stream closes within 10 ms."""
        if self._silence():
            self._wanted.set()

    def position_ms(self) -> float:
        """How far the ear is in the samples last played."""
        sound = self._sound
        return sound.heard() * 1000 / _BYTES_A_SECOND if sound else 0.0

    @property
    def playing(self) -> bool:
        """False once the last sample has been heard, or after `stop`."""
        sound = self._sound
        return sound is not None and not sound.over()

    @property
    def lost(self) -> bool:
        """True when the device went away in the middle of a sound. The next `play` looks anew."""
        sound, stream = self._sound, self._stream
        if sound is None or sound.over():
            return False
        return stream is None or stream.gone or time.monotonic() - sound.asked_at > _LOST_AFTER

    def close(self) -> None:
        """Give the device back."""
        self._closed = True
        self._silence()
        self._wanted.set()
        self._keeper.join()

    def _silence(self) -> bool:
        sound, self._sound = self._sound, None
        if sound:
            sound.silenced = True
        return sound is not None

    def _feed(self, sound: _Sound) -> Generator[bytes, int, None]:
        """Runs on the device's thread each time it wants more: nothing slow, nothing that waits."""
        frames = yield b""
        while True:
            frames = yield self._chunk(sound, frames * 2)

    def _chunk(self, sound: _Sound, size: int) -> bytes:
        speech = sound.next_chunk(size)
        if not speech:
            if sound.over():
                self._wanted.set()
            return bytes(size)
        if self.volume != 1.0:
            speech = array("h", [int(s * self.volume) for s in array("h", speech)]).tobytes()
        if self._tape:
            self._tape(speech)
        return speech + bytes(size - len(speech))

    # --- streams: opened and closed under `_changing`, never on the UI thread ------------------

    def _keep_ready(self) -> None:
        """After each sound, put an empty stream in the place of the used one."""
        while not self._closed:
            self._wanted.wait()
            self._wanted.clear()
            with self._changing:
                sound = self._sound
                if sound is None or sound.over():
                    with contextlib.suppress(NoSoundDevice):  # `play` says so if it is still so
                        self._fresh_stream()
        with self._changing:
            self._drop_stream()
            if self._awake:
                self._awake.close()

    def _fresh_stream(self) -> _Stream:
        if self._stream and (self._stream.started or self._stream.gone):
            self._drop_stream()
        if self._stream is None:
            self._stream = _Stream(self._backends)
        return self._stream

    def _drop_stream(self) -> None:
        if self._stream:
            self._stream.close()
            self._stream = None

    def _keep_awake(self) -> _Stream | None:
        """None on a card that allows one stream only; that one then stays open anyway."""
        try:
            stream = _Stream(self._backends, _AWAKE_MS)
        except NoSoundDevice:
            return None
        try:
            stream.start(None)
        except NoSoundDevice:
            stream.close()
            return None
        return stream
