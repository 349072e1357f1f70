"""What this device writes down about itself: a closed list of entries, with nothing personal in it.

An entry's fields are small counts, members of closed lists, error codes and places in our code.
There is no field that a sentence, a name or a number of somebody's would fit into, and what other
loggers and exceptions *say* is never kept, only where it was said. Lines of JSON, in DATA/log/.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self, TypeGuard

from kiosk.errors import YourSayError

FOLDER = "log"
FILE_NAME = "kiosk.jsonl"
FULL_AT_BYTES = 1_000_000
KEPT_FILES = 5
LARGEST_COUNT = 99_999  # five digits: no telephone number, no date of birth with its year
CODE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,79}\Z")
CODE_FILE = re.compile(r"(?:[\w.-]+/)*[\w-]+\.(?:py|pyx|kv)\Z|unknown\Z", re.ASCII)
ROOT = Path(__file__).resolve().parent.parent


class Count(int):
    """A small whole number, 0 to 99,999; anything beyond is written as the nearest of the two."""

    def __new__(cls, number: int) -> Self:
        """Bring `number` within bounds."""
        return super().__new__(cls, max(0, min(int(number), LARGEST_COUNT)))


@dataclass(frozen=True, slots=True)
class CodePlace:
    """A line of code: a file below this folder or a library's module name, and the line in it."""

    file: str
    line: Count

    @classmethod
    def of(cls, trace: TracebackType | None) -> Self:
        """The innermost of our own lines in `trace`; that of a library when none is ours."""
        best = cls("unknown", Count(0))
        while trace is not None:
            path = Path(trace.tb_frame.f_code.co_filename)
            ours = path.is_relative_to(ROOT) and ".venv" not in path.parts
            if ours or best.file == "unknown":
                best = cls.at(path, trace.tb_lineno)
            trace = trace.tb_next
        return best

    @classmethod
    def at(cls, path: Path, line: int) -> Self:
        """`path` without the folders above this house, which may carry somebody's name."""
        ours = path.is_relative_to(ROOT) and ".venv" not in path.parts
        name = path.relative_to(ROOT).as_posix() if ours else path.name
        return cls(name if CODE_FILE.match(name) else "unknown", Count(line))


@dataclass(frozen=True, slots=True)
class ErrorName:
    """The class of an exception; never what it says."""

    name: str

    @classmethod
    def of(cls, error: type[BaseException]) -> Self:
        """The class's own name, or "unnamed" for one that is no plain identifier."""
        name = error.__qualname__.rsplit(".", 1)[-1]
        return cls(name if CODE_NAME.match(name) else "unnamed")


class Part(StrEnum):
    """What is made at set-up, or works by itself."""

    WORDS = "words"
    PICTURES = "pictures"
    SPEECH = "speech"
    PRINTER = "printer"
    STORE = "store"
    CAMERA = "camera"
    SCREEN = "screen"


class Source(StrEnum):
    """Whose logger it was."""

    KIVY = "kivy"
    OTHER = "other"


class VisitEnd(StrEnum):
    """How a visit ended. Nothing about whose, or what was in it."""

    DONE = "done"
    LEFT = "left"
    HIDDEN = "hidden"
    TIME_OUT = "time-out"
    BROKEN = "broken"


class Entry:
    """One thing worth writing down. Only the classes in `ENTRIES` exist."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Started(Entry):
    """The kiosk has opened."""

    demo: bool
    milliseconds: Count


@dataclass(frozen=True, slots=True)
class Stopped(Entry):
    """The kiosk was closed in the ordinary way."""

    visits: Count


@dataclass(frozen=True, slots=True)
class VisitEnded(Entry):
    """The screen went back to rest."""

    how: VisitEnd


@dataclass(frozen=True, slots=True)
class Problem(Entry):
    """A failure that has a name. `of` is its class in kiosk/errors.py."""

    of: type[YourSayError]
    part: Part
    at: CodePlace


@dataclass(frozen=True, slots=True)
class Unforeseen(Entry):
    """A failure that has none."""

    error: ErrorName
    at: CodePlace


@dataclass(frozen=True, slots=True)
class LibraryWarned(Entry):
    """A library's own logger said something of level WARNING or above."""

    source: Source
    level: Count
    at: CodePlace


@dataclass(frozen=True, slots=True)
class Built(Entry):
    """Set-up made something."""

    part: Part
    made: Count
    kept: Count
    faults: Count


@dataclass(frozen=True, slots=True)
class StoreRebuilt(Entry):
    """The projections were worked out again from the events."""

    events: Count
    differences: Count


@dataclass(frozen=True, slots=True)
class KeysChanged(Entry):
    """A slot of the keystore came or went, or the key was changed."""

    slots: Count
    rekeyed: bool


ENTRIES: tuple[type[Entry], ...] = (
    Started,
    Stopped,
    VisitEnded,
    Problem,
    Unforeseen,
    LibraryWarned,
    Built,
    StoreRebuilt,
    KeysChanged,
)


class NotForTheLog(TypeError):  # noqa: N818  # named for the situation, as in errors.py
    """Something was handed to the logbook that is no entry of the closed list, or not as typed."""


class Logbook:
    """Writes entries to DATA/log/kiosk.jsonl; five files of a megabyte are kept.

    A disk that is full or read-only never stops a visit: such entries are counted in `lost`.
    Safe to call from any thread.
    """

    def __init__(self, data_dir: Path, now: Callable[[], datetime] | None = None) -> None:
        self.file = data_dir / FOLDER / FILE_NAME
        self.lost = 0
        self._now = now or (lambda: datetime.now(UTC))
        self._lock = threading.Lock()

    def write(self, entry: Entry) -> None:
        """Add one line. Raises NotForTheLog when a field holds what its type does not allow."""
        line = json.dumps(
            {"at": self._now().isoformat(timespec="seconds")} | as_plain(entry), ensure_ascii=True
        )
        with self._lock:
            try:
                self._make_room(len(line) + 1)
                with self.file.open("a", encoding="ascii") as lines:
                    lines.write(line + "\n")
            except OSError:
                self.lost += 1

    def problem(self, error: YourSayError, part: Part) -> None:
        """Write down a failure that has a name: its class and where it was raised."""
        self.write(Problem(type(error), part, CodePlace.of(error.__traceback__)))

    def unforeseen(self, error: BaseException) -> None:
        """Write down a failure that has none: its class and where it was raised, not its words."""
        self.write(Unforeseen(ErrorName.of(type(error)), CodePlace.of(error.__traceback__)))

    def take_over(self) -> None:
        """Make this the only place where loggers and uncaught exceptions end up, for this process.

        Python's, Kivy's and every other logger's handlers go; nothing is printed from then on.
        """
        handler = _OnlyWhere(self)
        for name in (None, *logging.root.manager.loggerDict):
            logger = logging.getLogger(name)
            for old in list(logger.handlers):
                logger.removeHandler(old)
            logger.propagate = True
        logging.root.addHandler(handler)
        logging.root.setLevel(logging.WARNING)
        logging.raiseExceptions = False
        logging.captureWarnings(capture=True)
        sys.excepthook = lambda _kind, error, _trace: self.unforeseen(error)
        threading.excepthook = lambda uncaught: self._uncaught(uncaught.exc_value)
        sys.unraisablehook = lambda uncaught: self._uncaught(uncaught.exc_value)

    def _uncaught(self, error: BaseException | None) -> None:
        if error is not None:
            self.unforeseen(error)

    def _make_room(self, more: int) -> None:
        self.file.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file.parent.mkdir(mode=0o700, exist_ok=True)
        if not self.file.exists() or self.file.stat().st_size + more <= FULL_AT_BYTES:
            return
        for number in range(KEPT_FILES - 1, 0, -1):
            older = self.file.with_suffix(f".{number}.jsonl")
            newer = self.file.with_suffix(f".{number - 1}.jsonl") if number > 1 else self.file
            if newer.exists():
                newer.replace(older)


def as_plain(entry: Entry) -> dict[str, str | int | bool]:
    """The entry as it is written, each field checked. Raises NotForTheLog."""
    if type(entry) not in ENTRIES:
        raise NotForTheLog(type(entry).__name__)
    plain: dict[str, str | int | bool] = {"entry": type(entry).__name__}
    for field in fields(entry):  # type: ignore[arg-type]  # every class in ENTRIES is a dataclass
        plain |= _plain_field(field.name, getattr(entry, field.name), str(field.type))
    return plain


def _plain_field(name: str, value: object, declared: str) -> dict[str, str | int | bool]:
    if declared == "bool" and isinstance(value, bool):
        return {name: value}
    if declared == "Count" and isinstance(value, Count):
        return {name: int(value)}
    if declared in ("Part", "Source", "VisitEnd") and type(value).__name__ == declared:
        return {name: str(value)}
    if declared == "ErrorName" and type(value) is ErrorName and CODE_NAME.match(value.name):
        return {name: value.name}
    if declared == "type[YourSayError]" and _is_ours(value):
        return {name: value.code}
    if declared == "CodePlace" and type(value) is CodePlace and CODE_FILE.match(value.file):
        return {f"{name}_file": value.file, f"{name}_line": int(Count(value.line))}
    raise NotForTheLog(name)


def _is_ours(value: object) -> TypeGuard[type[YourSayError]]:
    return (
        isinstance(value, type)
        and issubclass(value, YourSayError)
        and CODE_NAME.match(value.code) is not None
    )


class _OnlyWhere(logging.Handler):
    """Takes every logger's records and keeps where they came from, not what they say."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__(logging.WARNING)
        self._logbook = logbook

    def emit(self, record: logging.LogRecord) -> None:
        source = Source.KIVY if record.name.startswith("kivy") else Source.OTHER
        place = CodePlace.at(Path(record.pathname), record.lineno)
        self._logbook.write(LibraryWarned(source, Count(record.levelno), place))
