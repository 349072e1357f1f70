"""Reads a TOML file and remembers on which line every key stands, so that a fault can say where.

Python's own `tomllib` gives no lines. The file is first read by `tomllib`, which settles whether it
is TOML at all; then it is walked once more for the lines only.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kiosk.content.faults import Fault, shown_name

MAX_BYTES = 1_000_000  # ten times the largest pack that we have seen; stops a file of rubbish

Path_ = tuple[str | int, ...]
_LINE_IN_MESSAGE = re.compile(r"at line (\d+)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class TomlFile:
    """What stands in a file, and the line of each key. `faults` is empty when it could be read."""

    name: str
    tree: dict[str, object] = field(default_factory=dict)
    text: str = ""
    faults: tuple[Fault, ...] = ()

    @cached_property
    def lines(self) -> dict[Path_, int]:
        """The line of every key; worked out when first asked for, since a sound file needs none."""
        return _Lines(self.text).found

    def line(self, *path: str | int) -> int:
        """The line of a key, or of the nearest thing around it that has one."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1 if self.tree else 0


def read_toml(path: Path, root: Path | None = None) -> TomlFile:
    """The file's tree and lines. Never raises: what is wrong stands in `faults`."""
    name = shown_name(path, root)
    try:
        if path.stat().st_size > MAX_BYTES:
            return _refused(name, 0, "too_long", f"{MAX_BYTES} bytes or fewer")
        raw = path.read_bytes()
    except OSError:
        return _refused(name, 0, "unreadable", "")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = raw[: reason.start].count(b"\n") + 1
        return _refused(name, line, "not_utf8", "save the file as UTF-8")
    text = text.replace("\r\n", "\n")
    try:
        tree = tomllib.loads(text)
    except RecursionError:
        return _refused(name, 1, "too_deep", "")
    except ValueError as reason:  # TOMLDecodeError, and numbers too long for Python
        found = _LINE_IN_MESSAGE.search(str(reason))
        line = int(found.group(1)) if found else text.rstrip("\n").count("\n") + 1
        return _refused(name, line, "not_toml", str(reason).partition(" (at ")[0])
    return TomlFile(name, tree, text)


def _refused(name: str, line: int, what: str, instead: str) -> TomlFile:
    return TomlFile(name, faults=(Fault(name, line, what, instead=instead),))


class _Lines:
    """One walk through text that `tomllib` has already accepted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.found: dict[Path_, int] = {}
        self._arrays: dict[Path_, int] = {}  # how many [[tables]] of each name so far
        self._table: Path_ = ()
        while self._to_next(newlines=True):
            if self._here("["):
                self._header()
            else:
                self._pair(self._table)

    # --- moving ----------------------------------------------------------------------------------

    def _here(self, start: str) -> bool:
        return self.text.startswith(start, self.at)

    def _step(self, count: int = 1) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count

    def _to_next(self, *, newlines: bool) -> bool:
        """Past blanks and comments. False at the end of the file."""
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif sign in " \t" or (newlines and sign == "\n"):
                self._step()
            else:
                return True
        return False

    # --- keys and tables -------------------------------------------------------------------------

    def _key(self) -> Path_:
        parts: list[str | int] = []
        while self._to_next(newlines=False):
            if self.text[self.at] in "\"'":
                parts.append(self._string())
            else:
                bare = _BARE.match(self.text, self.at)
                if bare is None:
                    break
                parts.append(bare.group())
                self.at = bare.end()
            self._to_next(newlines=False)
            if not self._here("."):
                break
            self._step()
        return tuple(parts)

    def _header(self) -> None:
        line = self.line
        array = self._here("[[")
        self._step(2 if array else 1)
        path = self._resolve(self._key())
        self._step(2 if array else 1)
        if array:
            index = self._arrays.get(path, 0)
            self._arrays[path] = index + 1
            self.found.setdefault(path, line)
            path = (*path, index)
        self.found.setdefault(path, line)
        self._table = path

    def _resolve(self, key: Path_) -> Path_:
        """The header's path with the number of the current table of each array on the way."""
        path: Path_ = ()
        for place, part in enumerate(key):
            path = (*path, part)
            if place < len(key) - 1 and path in self._arrays:
                path = (*path, self._arrays[path] - 1)
        return path

    def _pair(self, table: Path_) -> None:
        line = self.line
        key = self._key()
        if not key:  # not reached with accepted text; moves on rather than standing still
            self._step()
            return
        path = table
        for part in key:
            path = (*path, part)
            self.found.setdefault(path, line)
        self._to_next(newlines=False)
        self._step()  # the equals sign
        self._value(path)

    # --- values ----------------------------------------------------------------------------------

    def _value(self, path: Path_) -> None:
        if not self._to_next(newlines=True):
            return
        sign = self.text[self.at]
        if sign in "\"'":
            self._string()
        elif sign == "[":
            self._array(path)
        elif sign == "{":
            self._inline_table(path)
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self._step()

    def _array(self, path: Path_) -> None:
        self._step()
        index = 0
        while self._to_next(newlines=True):
            if self._here("]"):
                self._step()
                return
            if self._here(","):
                self._step()
                continue
            self.found.setdefault((*path, index), self.line)
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path_) -> None:
        self._step()
        while self._to_next(newlines=True):
            if self._here("}"):
                self._step()
                return
            if self._here(","):
                self._step()
                continue
            self._pair(path)

    def _string(self) -> str:
        quote = self.text[self.at]
        mark = quote * 3 if self._here(quote * 3) else quote
        self._step(len(mark))
        start = self.at
        while self.at < len(self.text) and not self._here(mark):
            self._step(2 if quote == '"' and self._here("\\") else 1)
        written = self.text[start : self.at]
        self._step(len(mark))
        while len(mark) == 3 and self._here(quote):  # a string may end in up to two of its quotes
            self._step()
        return written
