"""The end of a visit, for memory: nothing of what was shown stays, and nothing grows.

Layouts, heights and pictures are kept during a visit for speed; each holds words or traces of what
a person saw (house rule 7). What is free then goes back to the system, so that the fiftieth visit
holds what the first did (measured: bench/memory.py).
"""

from __future__ import annotations

import ctypes
import gc

from kivy.cache import Cache

from kiosk.typeset.paragraph import forget_paragraphs
from kiosk.ui.widgets.words import forget_heights

KIVYS_PICTURES = ("kv.image", "kv.texture")
_M_MMAP_THRESHOLD = -3  # mallopt(3)
_LARGE = 65_536  # bytes


def forget_the_visit() -> None:
    """Drop what was kept for speed, and what nothing holds any more. Takes some 20 ms."""
    forget_paragraphs()
    forget_heights()
    for category in KIVYS_PICTURES:
        Cache.remove(category)
    gc.collect()
    _trim()


def keep_large_blocks_apart() -> None:
    """Let whatever is large be given back when it is freed, pictures above all.

    By its own ways glibc raises the bound with each large block that is freed, and then keeps
    them: 23 MB more after the second visit. Other C libraries have no such call.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)


def _trim() -> None:
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
