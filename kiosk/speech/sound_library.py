"""miniaudio, without the numpy that it brings along wherever it finds it.

It needs numpy only for samples that are numpy's, which ours never are; and the first screen would
wait a tenth of a second for it (measured: bench/start.py).
"""

from __future__ import annotations

import sys

if "numpy" in sys.modules:
    import miniaudio
else:
    sys.modules["numpy"] = None  # type: ignore[assignment]  # what Python takes for "there is none"
    try:
        import miniaudio
    finally:
        del sys.modules["numpy"]

__all__ = ["miniaudio"]
