"""The guard against someone walking away: never a limit on answering.

Five minutes without a touch, a key or speech, then at least sixty seconds of warning, spoken and
shown, which any touch or key takes back, as often as wanted (WCAG 2.2.1; VVSG 2.0 7.2). It never
counts as an answer.
"""

from __future__ import annotations

from collections.abc import Callable

SPOKEN_AGAIN_SECONDS = 20


class IdleGuard:
    """Counts quiet seconds. `tick` is called about every half second with the time that passed."""

    def __init__(
        self,
        idle_seconds: float,
        warning_seconds: float,
        *,
        warn: Callable[[int], None],
        count: Callable[[int, bool], None],
        end: Callable[[], None],
    ) -> None:
        self._idle = idle_seconds
        self.warning_seconds = max(60, round(warning_seconds))
        self._warn, self._count, self._end = warn, count, end
        self._quiet = 0.0
        self.warning = False

    def touched(self) -> None:
        """Someone is there: a touch, a key, a scan, or speech going on."""
        self._quiet = 0.0
        self.warning = False

    def tick(self, seconds: float, *, speaking: bool) -> None:
        """Let `seconds` pass. Speech counts as being there, except the warning's own."""
        if speaking and not self.warning:
            self._quiet = 0.0
            return
        before = self._quiet
        self._quiet += seconds
        if not self.warning and self._quiet >= self._idle:
            self.warning = True
            self._quiet = self._idle
            self._warn(self.warning_seconds)
            return
        if self.warning:
            self._count_down(before)

    def _count_down(self, before: float) -> None:
        left = self._idle + self.warning_seconds - self._quiet
        if left <= 0:
            self.warning, self._quiet = False, 0.0
            self._end()
            return
        was = self._idle + self.warning_seconds - before
        aloud = int(was // SPOKEN_AGAIN_SECONDS) != int(left // SPOKEN_AGAIN_SECONDS)
        self._count(max(1, -int(-left // 1)), aloud)
