"""The logbook: a closed list, and nothing about a person fits into it."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import get_type_hints

import pytest

from kiosk import logbook as module
from kiosk.errors import StoreFull, YourSayError
from kiosk.logbook import (
    ENTRIES,
    Built,
    CodePlace,
    Count,
    Entry,
    ErrorName,
    Logbook,
    NotForTheLog,
    Part,
    Problem,
    Started,
    Stopped,
    Unforeseen,
    VisitEnd,
    VisitEnded,
)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PERSONAL = "Asha Begum 07700 900123"


@pytest.fixture
def book(tmp_path: Path) -> Logbook:
    return Logbook(tmp_path, now=lambda: NOON)


def lines(book: Logbook) -> list[dict[str, object]]:
    return [json.loads(line) for line in book.file.read_text().splitlines()]


def test_an_entry_is_a_line_of_json(book: Logbook) -> None:
    book.write(Started(demo=True, milliseconds=Count(812)))
    book.write(VisitEnded(VisitEnd.TIME_OUT))
    assert lines(book) == [
        {
            "at": "2026-11-22T12:00:00+00:00",
            "entry": "Started",
            "demo": True,
            "milliseconds": 812,
        },
        {"at": "2026-11-22T12:00:00+00:00", "entry": "VisitEnded", "how": "time-out"},
    ]


def test_every_entry_class_is_in_the_list_and_typed_so_that_nothing_personal_fits() -> None:
    # Slots make each dataclass anew, so the classes are told by their names.
    assert {kind.__name__ for kind in Entry.__subclasses__()} == {e.__name__ for e in ENTRIES}
    allowed = {bool, Count, CodePlace, ErrorName, type[YourSayError]}
    for entry in ENTRIES:
        for name, kind in get_type_hints(entry).items():
            closed = isinstance(kind, type) and issubclass(kind, Enum)
            assert closed or kind in allowed, f"{entry.__name__}.{name}: {kind}"
    for kind in (Part, VisitEnd, module.Source):
        assert len(kind) < 20, "a closed list, not a vocabulary"


def personal_attempts() -> Iterator[Entry]:
    yield VisitEnded(PERSONAL)  # type: ignore[arg-type]
    yield Started(demo=PERSONAL, milliseconds=Count(1))  # type: ignore[arg-type]
    yield Started(demo=True, milliseconds=7700900123)  # type: ignore[arg-type]
    yield Unforeseen(ErrorName(PERSONAL), CodePlace("kiosk/errors.py", Count(1)))
    yield Unforeseen(ErrorName("OSError"), CodePlace(PERSONAL, Count(1)))
    yield Unforeseen(ErrorName("OSError"), CodePlace("Asha", Count(1)))
    yield Problem(StoreFull, PERSONAL, CodePlace("kiosk/errors.py", Count(1)))  # type: ignore[arg-type]
    personal = type("Personal", (YourSayError,), {"code": PERSONAL})
    yield Problem(personal, Part.STORE, CodePlace("kiosk/errors.py", Count(1)))
    yield Stopped(PERSONAL)  # type: ignore[arg-type]
    yield Built(Part.WORDS, Count(1), Count(1), PERSONAL)  # type: ignore[arg-type]


@pytest.mark.parametrize("entry", list(personal_attempts()), ids=lambda entry: type(entry).__name__)
def test_nothing_personal_can_be_put_in(book: Logbook, entry: Entry) -> None:
    with pytest.raises(NotForTheLog) as caught:
        book.write(entry)
    assert "Asha" not in str(caught.value)
    assert not book.file.exists()


def test_an_entry_of_ones_own_is_refused(book: Logbook) -> None:
    @dataclass(frozen=True)
    class Remark:
        text: str

    with pytest.raises(NotForTheLog):
        book.write(Remark(PERSONAL))  # type: ignore[arg-type]


def test_a_long_number_is_not_kept() -> None:
    assert Count(7_700_900_123) == 99_999
    assert Count(-4) == 0


def test_an_exception_leaves_its_class_and_place_only(book: Logbook) -> None:
    try:
        int(PERSONAL)
    except ValueError as error:
        book.unforeseen(error)
    text = book.file.read_text()
    assert "Asha" not in text
    assert "900123" not in text
    (line,) = lines(book)
    assert line["error"] == "ValueError"
    assert line["at_file"] == "tests/test_logbook.py"


def test_a_place_in_code_never_names_the_folders_above() -> None:
    assert CodePlace.at(Path("/home/asha/lib/thing.py"), 3) == CodePlace("thing.py", Count(3))
    assert CodePlace.at(Path("/home/asha/notes about Asha"), 3).file == "unknown"
    assert CodePlace.of(None).file == "unknown"


def test_a_full_disk_loses_the_line_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    book = Logbook(tmp_path)
    book.write(Stopped(Count(1)))
    assert book.lost == 1


def test_old_lines_make_room(book: Logbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FULL_AT_BYTES", 400)
    for visits in range(60):
        book.write(Stopped(Count(visits)))
    kept = sorted(book.file.parent.iterdir())
    assert len(kept) == module.KEPT_FILES
    assert all(path.stat().st_size <= 400 for path in kept)
    assert lines(book)[-1]["visits"] == 59


def test_other_loggers_and_crashes_end_here_without_their_words(tmp_path: Path) -> None:
    """In a process of its own, with Kivy's logger, warnings, threads and an uncaught crash."""
    script = f"""
import logging, sys, threading, warnings
from pathlib import Path
from kiosk.settings import set_kivy_environment
set_kivy_environment(Path({str(tmp_path / "build")!r}))
from kivy.logger import Logger
from kiosk.logbook import Logbook
Logbook(Path({str(tmp_path)!r})).take_over()
Logger.warning({PERSONAL!r})
logging.getLogger("some.library").error({PERSONAL!r})
logging.getLogger("some.library").info("not even kept")
warnings.warn({PERSONAL!r})
thread = threading.Thread(target=lambda: int({PERSONAL!r}))
thread.start()
thread.join()
raise RuntimeError({PERSONAL!r})
"""
    environment = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        timeout=60,
    )
    assert ran.returncode == 1
    assert b"Asha" not in ran.stdout + ran.stderr
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Asha" not in everything
    entries = [
        (line["entry"], line.get("source"), line.get("error")) for line in lines(Logbook(tmp_path))
    ]
    assert entries == [
        ("LibraryWarned", "kivy", None),
        ("LibraryWarned", "other", None),
        ("LibraryWarned", "other", None),
        ("Unforeseen", None, "ValueError"),
        ("Unforeseen", None, "RuntimeError"),
    ]


def test_nothing_in_the_logbook_reads_a_message() -> None:
    tree = ast.parse(Path(module.__file__).read_text())
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & {"getMessage", "msg", "args", "format_exc", "formatException"}
