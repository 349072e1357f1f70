"""Memory of the real app after fifty first visits, against after one, in one process.

A robot hand walks each visit to its receipt, in the three languages in turn. Run as a module, it is
that process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

VISITS = 50
REACH = 1.05
ROOT = Path(__file__).resolve().parent.parent
LONGEST_RUN = 1800  # seconds


def after_fifty_visits(visits: int = VISITS) -> dict[str, float | int | str]:
    """Resident memory in MB: `after_1_mb`, `after_50_mb`; `ratio`, `reach`, `visits`.

    `after_4_mb`: every language has been read once, and the first of them a second time. What has
    come by then is what languages take; what comes later is a leak.
    """
    with tempfile.TemporaryDirectory(prefix="your-say-memory-") as folder:
        ran = subprocess.run(
            [sys.executable, "-m", "bench.memory", folder, str(visits)],
            cwd=ROOT,
            env={**os.environ, "SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"},
            capture_output=True,
            text=True,
            timeout=LONGEST_RUN,
            check=True,
        )
    held: list[float] = json.loads(ran.stdout.splitlines()[-1])
    return {
        "after_1_mb": round(held[0], 1),
        "after_4_mb": round(held[min(3, visits - 1)], 1),
        f"after_{visits}_mb": round(held[-1], 1),
        "most_mb": round(max(held), 1),
        "ratio": round(held[-1] / held[0], 3),
        "reach": REACH,
        "visits": visits,
    }


def _visit_again_and_again(folder: Path, visits: int) -> list[float]:
    from kiosk.logbook import Logbook
    from kiosk.settings import read_settings, set_kivy_environment

    settings = read_settings({"data_dir": folder, "demo": True}, {})
    set_kivy_environment(settings.build_dir)
    Logbook(folder / "logbook").take_over()
    from kiosk.bootstrap import open_for_hand
    from kiosk.ui.tour import Tour

    class Walk(Tour):
        """A tour that keeps nothing."""

        def look(self) -> None:
            """Only make room for the name of what is touched."""
            self.steps = [{}]
            self._said = []

        def listen(self) -> None:
            """Not here: how long it takes says nothing about memory."""

    def raised(failure: BaseException) -> None:
        raise failure

    hand = open_for_hand(settings, datetime(2026, 11, 23, 14, 20, tzinfo=UTC), raised)
    languages = [language.code for language in hand.kiosk.parts.languages]
    held = []
    for number in range(visits):
        Walk(hand, folder, languages[number % len(languages)]).first_visit()
        hand.kiosk.end_visit()
        hand.wait()
        held.append(_resident())
    hand.kiosk.close()
    return held


def _resident() -> float:
    """Resident memory in MB, as it is."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_visit_again_and_again(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
