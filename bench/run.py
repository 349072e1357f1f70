"""Runs the measurements by name, prints a table, and keeps it in bench/RESULTS.md.

Each measurement is a function without arguments that compares ours with something in the same run
and returns at least `ratio` and `reach` (the most that the ratio may be); the rest is detail. One
that cannot run here returns `lacking` and what is lacking, and counts as missed. Run as a module
with "module:function", this takes one and prints its outcome as a line of JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

Outcome = Mapping[str, float | int | str]
RESULTS = Path(__file__).with_name("RESULTS.md")
ROOT = RESULTS.parent.parent
LONGEST = 3600  # seconds, for one measurement


@dataclass(frozen=True, slots=True)
class Measurement:
    """One row of the table. `where` is "module:function"."""

    name: str
    what: str
    against: str
    where: str

    def take(self) -> Outcome:
        """Run it in a process of its own, so that no measurement leans on another's warmth."""
        ran = subprocess.run(
            [sys.executable, "-m", "bench.run", self.where],
            check=False,
            cwd=ROOT,
            env={**os.environ, "SDL_VIDEODRIVER": "offscreen"},
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
        if ran.returncode != 0:
            said = ran.stderr.strip().splitlines() or ["nothing said"]
            return {"failed": said[-1]}
        outcome: Outcome = json.loads(ran.stdout.splitlines()[-1])
        return outcome


MEASUREMENTS = (
    Measurement(
        "start", "start to first usable screen", "an empty Kivy app", "bench.start:start_to_screen"
    ),
    Measurement(
        "confirm",
        "confirm to durable, a visit of 12 agencies",
        "the same rows and signatures in one bare SQLCipher transaction",
        "bench.store:confirm_to_durable",
    ),
    Measurement(
        "text",
        "text of the longest page laid out and drawn",
        "Kivy's own Label",
        "bench.text:longest_page",
    ),
    Measurement(
        "listen",
        "tap on Listen to first sound, cached",
        "espeak-ng's command on the same words",
        "bench.listen:listen_to_first_sound",
    ),
    Measurement(
        "may-see",
        "who may see what, one question from the store",
        "two indexed SQLCipher reads",
        "bench.store:who_may_see",
    ),
    Measurement("memory", "memory after 50 visits", "after 1", "bench.memory:after_fifty_visits"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement that was taken."""

    measurement: Measurement
    outcome: Outcome

    @property
    def reached(self) -> bool:
        """True when the ratio is within reach."""
        if "ratio" not in self.outcome:
            return False
        return float(self.outcome["ratio"]) <= float(self.outcome["reach"])

    @property
    def cells(self) -> tuple[str, ...]:
        """Name, what, against, ratio, reach, reached, details."""
        shown = self.outcome
        details = ", ".join(
            f"{name} {value}" for name, value in shown.items() if name not in ("ratio", "reach")
        )
        return (
            self.measurement.name,
            self.measurement.what,
            self.measurement.against,
            str(shown.get("ratio", "-")),
            str(shown.get("reach", "-")),
            "yes" if self.reached else "no",
            details,
        )


HEADINGS = ("name", "what", "against", "ratio", "reach", "reached", "details")


def machine() -> str:
    """The machine in one line: processor, cores, memory, system, Python. Nothing of whose it is."""
    processor = platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            processor = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}, "
        f"Python {platform.python_version()}"
    )


def run(names: Sequence[str], *, write: bool = False, as_json: bool = False) -> int:
    """Take the measurements named, or all. Returns 0 when each reached its target, else 1.

    Raises KeyError for a name that there is not.
    """
    by_name = {measurement.name: measurement for measurement in MEASUREMENTS}
    rows = []
    for measurement in [by_name[name] for name in names] or list(MEASUREMENTS):
        sys.stderr.write(f"measuring {measurement.name}: {measurement.what}\n")
        rows.append(Row(measurement, measurement.take()))
    if as_json:
        report = {row.measurement.name: dict(row.outcome) for row in rows}
        print(json.dumps({"machine": machine(), "measurements": report}, indent=2))
    else:
        print(table(rows))
        print(machine())
    if write:
        RESULTS.write_text(results(rows), encoding="utf-8")
    return 0 if all(row.reached for row in rows) else 1


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown, which reads well at a terminal too."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADINGS) - 1)]

    def shown(line: Sequence[str]) -> str:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
        return "| " + " | ".join([*cells, line[-1]]) + " |"

    rule = "|" + "|".join(["-" * (width + 2) for width in widths] + ["---"]) + "|"
    return "\n".join([shown(HEADINGS), rule, *(shown(row.cells) for row in rows)])


def results(rows: Sequence[Row]) -> str:
    """What bench/RESULTS.md holds: the table, the machine, the day and the change measured."""
    change = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout.strip()
    day = datetime.now(UTC).date().isoformat()
    return (
        "# Measured\n\n"
        "`main.py bench --write` makes this file. Ratios are taken within one run, so that they\n"
        "say something on other machines too; times do not.\n\n"
        f"{machine()}. {day}, at {change}.\n\n{table(rows)}\n"
    )


def _take_here(where: str) -> None:
    """Take one measurement in this process, with Kivy told how to behave and kept quiet."""
    import tempfile

    from kiosk.logbook import Logbook
    from kiosk.settings import set_kivy_environment

    set_kivy_environment(ROOT / "build")
    module, function = where.split(":")
    with tempfile.TemporaryDirectory(prefix="your-say-bench-") as folder:
        hook = sys.excepthook
        Logbook(Path(folder)).take_over()
        sys.excepthook = hook  # what fails here is told to whoever measures
        measure: Callable[[], Outcome] = getattr(importlib.import_module(module), function)
        outcome = dict(measure())
    sys.stdout.write(json.dumps(outcome) + "\n")


if __name__ == "__main__":
    _take_here(sys.argv[1])
