"""bench: a table whose numbers were measured, and a target that is missed shows."""

from __future__ import annotations

import pytest

from bench import run
from bench.run import MEASUREMENTS, Measurement, Outcome, Row, machine, results, table

FIRST = MEASUREMENTS[0]


@pytest.mark.parametrize(
    ("outcome", "reached"),
    [
        ({"ratio": 1.5, "reach": 1.5}, True),
        ({"ratio": 1.51, "reach": 1.5}, False),
        ({"lacking": "pulseaudio"}, False),
        ({"failed": "RuntimeError"}, False),
    ],
)
def test_a_target_is_reached_or_missed(outcome: Outcome, reached: bool) -> None:
    row = Row(FIRST, outcome)
    assert row.reached is reached
    assert row.cells[5] == ("yes" if reached else "no")


def test_what_fails_is_told_and_stops_no_other() -> None:
    assert "failed" in Measurement("none", "", "", "bench.none:none").take()


def test_every_measurement_is_there_to_be_taken() -> None:
    import importlib

    assert [m.name for m in MEASUREMENTS] == [
        "start",
        "confirm",
        "text",
        "listen",
        "may-see",
        "memory",
    ]
    for measurement in MEASUREMENTS:
        module, function = measurement.where.split(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_the_table_says_what_machine_it_was() -> None:
    rows = [Row(FIRST, {"ratio": 1.2, "reach": 2.0, "ours_ms": 3})]
    kept = results(rows)
    assert machine() in kept
    assert table(rows) in kept
    assert "ours_ms 3" in kept
    assert "cores" in machine()


def test_exit_code_and_file_follow_what_was_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = iter([{"ratio": 1.0, "reach": 2.0}, {"ratio": 3.0, "reach": 2.0}])
    monkeypatch.setattr(Measurement, "take", lambda _self: next(outcomes))
    assert run.run(["start"]) == 0
    assert run.run(["start"], as_json=True) == 1
    assert '"ratio": 3.0' in capsys.readouterr().out
