"""What is wrong in a file of words or facts, and where: the one shape that every check returns.

A fault carries no sentence: `what` is a code (`kiosk/cli/words.py` says it to the operator), and
`instead` is literally what to write in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. `line` counts from 1; 0 means the file as a whole.

    `key` is where in the file ("share.3.basis"), `text` what stands there, `instead` what to write.
    """

    file: str
    line: int
    what: str
    key: str = ""
    text: str = ""
    instead: str = ""
    warns: bool = False  # worth looking at, but it stops nothing

    @property
    def rule(self) -> str:
        """The rule that is broken: the same as `what`, under the name that reports use."""
        return self.what

    def as_json(self) -> dict[str, str | int]:
        """file, line, rule, text, and a better way: what `--json` prints."""
        return {
            "file": self.file,
            "line": self.line,
            "rule": self.what,
            "key": self.key,
            "text": self.text,
            "instead": self.instead,
        }


def shown_name(path: Path, root: Path | None = None) -> str:
    """The path as a fault names it: below `root` (or the working folder) where it lies there."""
    for base in (root, Path.cwd()):
        if base is not None and path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.as_posix()


def first_lines(faults: Iterable[Fault]) -> list[Fault]:
    """Faults in the order of the file, each once."""
    return sorted(set(faults))


# Signs that no statement may hold: controls, and those that turn the direction of what follows.
# Isolates are ours alone: the formatter puts them in.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HIDDEN = frozenset("\u00ad\u200b\u200e\u200f\u2028\u2029\u2060\ufeff\ufffd")


def bad_sign(text: str) -> str:
    """What is wrong with the signs of `text`: "control", "bidi_override", "hidden_sign" or ""."""
    for sign in text:
        if sign in _OVERRIDES:
            return "bidi_override"
        if ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0:
            return "control"
        if sign in _HIDDEN or 0xE000 <= ord(sign) <= 0xF8FF or 0xD800 <= ord(sign) <= 0xDFFF:
            return "hidden_sign"
    return ""
