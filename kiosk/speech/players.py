"""What turns samples into sound: one that is heard, and one for machines without a sound card."""

from __future__ import annotations

from typing import Protocol

from kiosk.speech.espeak import RATE


class MonotonicClock(Protocol):
    """Anything with a `monotonic()` in seconds: the app's Clock, or the `time` module."""

    def monotonic(self) -> float:
        """Seconds since any fixed moment."""
        ...


class Player(Protocol):
    """One sound at a time: signed 16 bit, one channel, espeak.RATE a second."""

    volume: float
    """0 to 1; may change while it plays."""

    prepares_in_line: bool
    """True: samples are prepared before `say` returns, so that a handed clock decides all."""

    def play(self, samples: bytes) -> None:
        """Begin at once, in place of whatever sounds now, on any thread. Raises NoSoundDevice."""

    def stop(self) -> None:
        """Silence at once. Safe from any thread."""

    def position_ms(self) -> float:
        """How far into the samples of the last `play` the ear is."""
        ...

    @property
    def playing(self) -> bool:
        """False once the last sample has been heard, or after `stop`."""
        ...

    @property
    def lost(self) -> bool:
        """True when the device went away in the middle of a sound."""
        ...

    def close(self) -> None:
        """Give the device back."""


class SilentPlayer:
    """No sound at all, in the right time: for tests, the tour, and machines without a card.

    The screens behave as if it were heard (the words light up one after another), by the handed
    clock. Whoever starts the kiosk is told that there is no sound card; this class does not hide
    it from them.
    """

    prepares_in_line = True
    lost = False

    def __init__(self, clock: MonotonicClock) -> None:
        self.volume = 1.0
        self._clock = clock
        self._began = 0.0
        self._ms = 0.0

    def play(self, samples: bytes) -> None:
        """Begin now, by the handed clock."""
        self._began = self._clock.monotonic()
        self._ms = len(samples) / 2 * 1000 / RATE

    def stop(self) -> None:
        """Over at once."""
        self._ms = 0.0

    def position_ms(self) -> float:
        """Where the ear would be."""
        return min((self._clock.monotonic() - self._began) * 1000, self._ms)

    @property
    def playing(self) -> bool:
        """False once the time of the last sample has passed, or after `stop`."""
        return (self._clock.monotonic() - self._began) * 1000 < self._ms

    def close(self) -> None:
        """Nothing to give back."""
        self.stop()
