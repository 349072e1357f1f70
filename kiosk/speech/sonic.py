"""Faster or slower without changing the pitch: libsonic, which is built into espeak-ng's library."""

from __future__ import annotations

import ctypes as c
from functools import cache

import espeakng_loader

SLOWEST, FASTEST = 0.5, 2.0
_ROOM = 4096


@cache
def _library() -> c.CDLL:
    library = c.CDLL(espeakng_loader.get_library_path())
    library.sonicChangeShortSpeed.restype = c.c_int
    library.sonicChangeShortSpeed.argtypes = [
        c.POINTER(c.c_short),
        c.c_int,
        c.c_float,
        c.c_float,
        c.c_float,
        c.c_float,
        c.c_int,
        c.c_int,
        c.c_int,
    ]
    return library


def stretch(samples: bytes, rate: int, speed: float) -> bytes:
    """The same sound at `speed` times its pace, 0.5 to 2, at the same pitch.

    `samples`: signed 16 bit, one channel, `rate` a second. Speed 1 returns them unchanged.
    """
    if speed == 1.0 or not samples:
        return samples
    count = len(samples) // 2
    # sonic writes its result over its input, so the room must hold the longer of the two.
    room = int(count * max(1.0, 1.0 / speed)) + _ROOM + rate // 4
    buffer = (c.c_short * room)()
    c.memmove(buffer, samples, count * 2)
    made = _library().sonicChangeShortSpeed(buffer, count, speed, 1.0, 1.0, 1.0, 0, rate, 1)
    return c.string_at(buffer, made * 2)
