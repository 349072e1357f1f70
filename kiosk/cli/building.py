"""`main.py build`: makes what the kiosk shows and says, with a progress bar. bin/setup calls it.

Not among the listed commands: nobody needs it by hand. What is there already is kept.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field

from kiosk.cli import words
from kiosk.cli.command import DONE, NOT_SO, Commands, OneLineParser, add_common
from kiosk.logbook import Built, Count, Logbook, Part
from kiosk.settings import Settings

WIDTH = 30  # signs of the bar


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command; without `help` it stands in no list."""
    command = commands.add_parser("build", description=words.BUILD)
    add_common(command)
    command.set_defaults(act=build)


@dataclass(slots=True)
class Bar:
    """A bar on stderr: drawn over itself at a terminal, a line at each quarter elsewhere."""

    name: str
    terminal: bool = field(default_factory=sys.stderr.isatty)
    shown: int = -1
    of: int = 0

    def __call__(self, done: int, of: int) -> None:
        """Show that `done` of `of` are made."""
        self.of = of
        percent = 100 if of <= 0 else done * 100 // of
        step = percent if self.terminal else percent // 25 * 25
        if step == self.shown:
            return
        self.shown = step
        if self.terminal:
            filled = WIDTH * percent // 100
            line = f"\r{self.name:<9} [{'#' * filled:<{WIDTH}}] {percent:3d}% of {of}"
            sys.stderr.write(line + ("\n" if percent == 100 else ""))
        else:
            sys.stderr.write(f"{self.name}: {percent}% of {of}\n")
        sys.stderr.flush()


def build(_chosen: argparse.Namespace, settings: Settings) -> int:
    """Make words, pictures and speech. Exit code 1 when something could not be made."""
    from kiosk.cli.spoken import spoken_sentences
    from kiosk.content.catalogues import build_catalogues
    from kiosk.content.picture_building import build_pictures
    from kiosk.content.places import read_place
    from kiosk.speech.cache import build_speech

    logbook = Logbook(settings.data_dir)
    faults = 0

    def made(part: Part, found: int, new: int, kept: int) -> None:
        nonlocal faults
        faults += found
        logbook.write(Built(part, Count(new), Count(kept), Count(found)))
        if found:
            print(words.BUILD_FAULTS.format(part=words.BUILD_PARTS[part.value], n=found))

    bar = Bar(words.BUILD_PARTS["words"])
    stopping = [f for f in build_catalogues(settings.build_dir, bar) if not f.warns]
    made(Part.WORDS, len(stopping), bar.of, 0)
    bar = Bar(words.BUILD_PARTS["pictures"])
    blank = build_pictures(settings.build_dir, bar)
    made(Part.PICTURES, len(blank), bar.of, 0)
    bar = Bar(words.BUILD_PARTS["speech"])
    place = read_place(settings.place_file)
    said = build_speech(spoken_sentences(place, settings.build_dir), settings.build_dir, bar)
    made(Part.SPEECH, 0, said.rendered, said.kept)
    return NOT_SO if faults else DONE
