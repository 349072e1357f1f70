"""`main.py content`: whether words, pictures and translations are fit to be shown."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from kiosk import i18n
from kiosk.cli import words
from kiosk.cli.command import DONE, NOT_SO, Commands, OneLineParser, add_common, print_json
from kiosk.cli.fault_words import print_faults
from kiosk.content.faults import Fault
from kiosk.errors import LanguageNotOffered
from kiosk.settings import Settings

ALL = "all"


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("content", help=words.CONTENT_SHORT, description=words.CONTENT)
    command.add_argument(
        "--language", metavar="L", default=i18n.SOURCE, help=words.CONTENT_LANGUAGE
    )
    add_common(command, report=True)
    command.set_defaults(act=content)


def content(chosen: argparse.Namespace, _settings: Settings) -> int:
    """Exit code 0 without faults, 1 with. Raises LanguageNotOffered for one that has no words."""
    from kiosk.content.catalogues import catalogue_languages

    translated = catalogue_languages()
    codes = [i18n.SOURCE, *translated] if chosen.language == ALL else [chosen.language]
    if any(code != i18n.SOURCE and code not in translated for code in codes):
        raise LanguageNotOffered(language=chosen.language[:12])
    reports = {code: _checked(code) for code in codes}
    stopping = {
        code: sum(not fault.warns for fault in faults) for code, (_, faults) in reports.items()
    }
    if chosen.json:
        print_json(
            {
                code: {"state": state, "faults": [fault.as_json() for fault in faults]}
                for code, (state, faults) in reports.items()
            }
        )
    else:
        for code, (state, faults) in reports.items():
            print_faults(faults)
            sound = words.CONTENT_SOUND if not stopping[code] else words.CONTENT_FAULTS
            print(sound.format(language=code, state=words.STATES[state], n=stopping[code]))
    return NOT_SO if any(stopping.values()) else DONE


def _checked(code: str) -> tuple[str, Sequence[Fault]]:
    """The state of one language and everything that is wrong with it."""
    from kiosk.content.catalogues import check_language
    from kiosk.content.checks import check_content
    from kiosk.content.scenes import read_library
    from kiosk.content.statements import read_statements

    library = read_library()
    faults = check_content(code, has_picture=lambda p: p in library.scenes or p in library.words)
    if code == i18n.SOURCE:
        return i18n.LanguageState.SOURCE.value, faults
    report, _sound = check_language(code, read_statements())
    return report.state.value, faults
