"""From what was typed to an exit code: the parser, the settings, and what happens on a failure."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.cli import words
from kiosk.cli.command import BAD, DONE, BadUse, OneLineParser, add_common, one_line
from kiosk.errors import YourSayError
from kiosk.logbook import CodePlace, Logbook
from kiosk.settings import Settings, default_data_dir, read_settings, set_kivy_environment

MODULES = (
    "opening",
    "touring",
    "verifying",
    "place",
    "content",
    "keys",
    "records",
    "doctor",
    "benching",
    "building",
)
INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands. Each puts its act under `act`; the kiosk is the act of none."""
    parser = OneLineParser(prog="main.py", description=words.ABOUT, epilog=words.EXIT_CODES)
    add_common(parser)
    commands = parser.add_subparsers(
        metavar="COMMAND", title="commands", parser_class=OneLineParser, dest="command"
    )
    for name in MODULES:
        import_module(f"kiosk.cli.{name}").add(commands, parser)
    return parser


def run(typed: Sequence[str]) -> int:
    """Carry out one command. Returns its exit code; prints at most one line when it fails."""
    safety = Safety()
    with safety:
        chosen = make_parser().parse_args(list(typed))
        settings = settings_of(chosen)
        safety.data_dir = settings.data_dir
        set_kivy_environment(settings.build_dir)
        safety.code = chosen.act(chosen, settings)
        sys.stdout.flush()
    return safety.code


def settings_of(chosen: argparse.Namespace) -> Settings:
    """The settings with what was typed on top. Raises SettingsFaulty, FileUnreadable."""
    given = vars(chosen)
    flags = {"data_dir": given.get("data"), "place_file": given.get("place")}
    flags["fullscreen"] = False if given.get("window") else None
    file = given.get("settings")
    return read_settings(flags, file=Path(file) if file else None)


class Safety:
    """Turns whatever ends a command into one line and an exit code, kept in `code`.

    What nobody foresaw is named by its class and place, never by its message, which may hold
    anything; the logbook of the data folder gets the same.
    """

    def __init__(self) -> None:
        self.code = BAD
        self.data_dir: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Say it. Only leaving by SystemExit goes on upwards."""
        if error is None or isinstance(error, SystemExit):
            return False
        if isinstance(error, KeyboardInterrupt):
            self.code = INTERRUPTED
        elif isinstance(error, BrokenPipeError):
            # Whoever read our output has seen enough; keep the interpreter's farewell quiet too.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.code = DONE
        elif isinstance(error, YourSayError):
            say(words.problem(error))
        elif isinstance(error, BadUse):
            say(str(error))
        elif isinstance(error, OSError) and error.strerror:
            where = f" ({error.filename})" if error.filename else ""
            say(f"{words.FILE_TROUBLE}: {error.strerror}{where}")
        else:
            place = CodePlace.of(trace)
            name = type(error).__name__
            say(words.UNFORESEEN.format(error=name, file=place.file, line=place.line))
            data_dir = self.data_dir or default_data_dir()
            if data_dir.is_dir():
                Logbook(data_dir).unforeseen(error)
        return True


def say(sentence: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"main.py: {one_line(sentence)}\n")
