"""`main.py tour`: a robot hand walks the real app by touches, and keeps what it saw and heard."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli import words
from kiosk.cli.command import DONE, Commands, OneLineParser, add_common
from kiosk.errors import LanguageNotOffered
from kiosk.logbook import Logbook
from kiosk.settings import Settings
from kiosk.store.files import known_places_folder

if TYPE_CHECKING:
    from kiosk.ui.hand import Hand

BEGINS = datetime.fromisoformat("2026-11-23T14:20:00+00:00")  # the clock in every tour's pictures
JOURNEYS = ("first-visit", "come-back", "stop-sharing", "walk-away")


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("tour", help=words.TOUR_SHORT, description=words.TOUR)
    command.add_argument("--out", metavar="DIR", required=True, help="where the pictures go")
    command.add_argument("--language", metavar="L", default="", help="one language; else all")
    command.add_argument(
        "--journey", choices=JOURNEYS, default="", help="one journey; else the first visit"
    )
    add_common(command)
    command.set_defaults(act=tour)


def tour(chosen: argparse.Namespace, settings: Settings) -> int:
    """Walk. Exit code 0 when every step of the journey was there to be walked, in each language.

    The receipt is signed by a throwaway key, which is added to the data folder's known places, so
    that `verify` knows it. Raises LanguageNotOffered, and what opening a demo raises.
    """
    Logbook(settings.data_dir).take_over()  # before Kivy: its remarks are not for the terminal
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    os.environ.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")
    from kiosk.bootstrap import open_for_hand

    out = Path(chosen.out)
    journey = chosen.journey or JOURNEYS[0]
    languages: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="your-say-tour-") as folder:
        demo = replace(settings, data_dir=Path(folder), demo=True)
        hand = open_for_hand(demo, BEGINS, _fail)
        from kiosk.ui.tour import walk  # Kivy makes its window when first imported: after its size

        try:
            for code in _wanted(hand, chosen.language):
                into = out if chosen.language else out / code
                languages[code] = walk(hand, journey, into, code)
        finally:
            hand.kiosk.close()
        _keep_known_places(Path(folder), settings.data_dir)
    report = {"journey": journey, "languages": languages}
    written = json.dumps(report, ensure_ascii=False, indent=1)
    (out / "tour.json").write_text(written + "\n", encoding="utf-8")
    print(out / "tour.json")
    return DONE


def _wanted(hand: Hand, language: str) -> list[str]:
    offered = [known.code for known in hand.kiosk.parts.languages]
    if not language:
        return offered
    if language not in offered:
        raise LanguageNotOffered(language=language[:12])
    return [language]


def _keep_known_places(demo: Path, data_dir: Path) -> None:
    kept = known_places_folder(data_dir)
    kept.mkdir(parents=True, exist_ok=True)
    for known in known_places_folder(demo).glob("*.cbor"):
        shutil.copyfile(known, kept / f"demo-{known.name}")


def _fail(failure: BaseException) -> None:
    raise failure
