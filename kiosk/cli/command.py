"""What every command is made of: its parser, its exit codes, its report."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from kiosk.cli import words

DONE, NOT_SO, BAD = 0, 1, 2

Commands = argparse._SubParsersAction


class BadUse(Exception):  # noqa: N818  # named for the situation, as in errors.py
    """A command that cannot be carried out as it was given. Holds the operator's one sentence."""


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong with the words of a command in one line, and exits with 2."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        sys.stderr.write(f"{self.prog}: {one_line(message)}. Try: {self.prog} --help\n")
        raise SystemExit(BAD)


def add_common(parser: argparse.ArgumentParser, *, report: bool = False) -> None:
    """Give a command `--data`, `--settings`, `--place`, and `--json` where it reports.

    They may stand before the command's name or after it, so none has a default to undo the other.
    """
    kept = argparse.SUPPRESS
    parser.add_argument("--data", metavar="DIR", default=kept, help=words.HELP_DATA)
    parser.add_argument("--settings", metavar="FILE", default=kept, help=words.HELP_SETTINGS)
    parser.add_argument("--place", metavar="FILE", default=kept, help=words.HELP_PLACE)
    if report:
        parser.add_argument("--json", action="store_true", help=words.HELP_JSON)


def passphrase_from(file: str | None, ask: str) -> str:
    """A passphrase: the first line of `file` ("-" is stdin), else asked for at the terminal.

    Raises BadUse where there is no terminal to ask at, and OSError for a file that is not there.
    """
    if file == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if file is not None:
        with Path(file).open(encoding="utf-8") as lines:
            return lines.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadUse(words.NO_TERMINAL)
    return getpass.getpass(f"{ask}: ")


def one_line(sentence: str) -> str:
    """The sentence with nothing in it that would break a line or move a cursor."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in sentence).split())


def print_json(report: Mapping[str, object] | Sequence[object]) -> None:
    """Print a report for programs: UTF-8, one document."""
    print(json.dumps(report, ensure_ascii=False, indent=2))


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows with their columns under one another; the last column is not padded."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())
