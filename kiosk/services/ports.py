"""What services need from outside, where there are two real forms of it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time. The machine's own in use; one that tests move by hand."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that only ever go forward, from any beginning."""
        ...
