"""`main.py doctor`: looks this device over, and says of each thing whether it will do."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.cli import words
from kiosk.cli.command import DONE, NOT_SO, Commands, OneLineParser, add_common, print_json
from kiosk.errors import YourSayError
from kiosk.settings import Settings

CUPS_CONF = Path("/etc/cups/cupsd.conf")
LEAST_FREE = 500_000_000  # bytes: years of visits, and room to rekey


class Health(StrEnum):
    """How one thing is. Only FAULT makes the exit code 1."""

    GOOD = "good"
    LOOK = "look"  # works, but somebody should look at it
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and the operator's sentence about it."""

    thing: str
    health: Health
    sentence: str


def add(commands: Commands[OneLineParser], _parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    command = commands.add_parser("doctor", help=words.DOCTOR_SHORT, description=words.DOCTOR)
    add_common(command, report=True)
    command.set_defaults(act=doctor)


def doctor(chosen: argparse.Namespace, settings: Settings) -> int:
    """Exit code 1 when something keeps the kiosk from working, or pages from staying private."""
    found = [finding for look in LOOKS for finding in look(settings)]
    if chosen.json:
        print_json(
            [{"thing": f.thing, "health": f.health.value, "sentence": f.sentence} for f in found]
        )
    else:
        for f in found:
            print(f"{words.HEALTH[f.health.value]:<6} {f.thing}: {f.sentence}")
    return NOT_SO if any(f.health is Health.FAULT for f in found) else DONE


def disk(settings: Settings) -> list[Finding]:
    """Room and a right to write where the data folder is, or will be."""
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    room = Health.GOOD if free >= LEAST_FREE else Health.FAULT
    findings = [Finding("disk", room, words.DISK_FREE.format(mb=free // 1_000_000))]
    if not os.access(folder, os.W_OK):
        findings.append(Finding("disk", Health.FAULT, words.DISK_READ_ONLY.format(folder=folder)))
    if settings.data_dir.exists() and settings.data_dir.stat().st_mode & 0o077:
        findings.append(Finding("disk", Health.LOOK, words.DISK_OPEN.format(folder=folder)))
    return findings


def place(settings: Settings) -> list[Finding]:
    """The place pack."""
    from kiosk.content.places import read_place

    try:
        name = read_place(settings.place_file).name
    except YourSayError as error:
        return [Finding("place", Health.FAULT, words.problem(error))]
    demo = words.PLACE_IS_DEMO if settings.demo else ""
    return [Finding("place", Health.GOOD, f"{name}{demo}")]


def keystore(settings: Settings) -> list[Finding]:
    """The keystore and the database beside it, without opening either."""
    from kiosk.store.files import database_file
    from kiosk.store.keystore import read_keystore
    from kiosk.store.slots import SlotKind

    if settings.demo:
        return [Finding("keys", Health.GOOD, words.KEYS_OF_A_DEMO)]
    try:
        found = read_keystore(settings.data_dir)
    except YourSayError as error:
        return [Finding("keys", Health.FAULT, words.problem(error))]
    findings = [Finding("keys", Health.GOOD, words.KEYS_FOUND.format(n=len(found.staff)))]
    if not found.has(SlotKind.RECOVERY):
        findings.append(Finding("keys", Health.LOOK, words.NO_RECOVERY))
    if not database_file(settings.data_dir).exists():
        sentence = words.PROBLEMS["store_missing"]
        findings.append(Finding("store", Health.FAULT, sentence))
    return findings


def built(settings: Settings) -> list[Finding]:
    """Languages that are offered, and the voice of each."""
    from kiosk.content.places import read_place
    from kiosk.i18n import LanguageState, language_states
    from kiosk.speech.voices import Standard, read_voices

    try:
        states = language_states(settings.build_dir)
        voices = read_voices()
        codes = read_place(settings.place_file).languages
    except YourSayError as error:
        return [Finding("languages", Health.FAULT, words.problem(error))]
    findings = []
    for code in codes:
        state = states.get(code, LanguageState.INCOMPLETE)
        voice = voices[code].standard if code in voices else Standard.NONE
        fit = state is not LanguageState.INCOMPLETE and voice is not Standard.NONE
        sentence = f"{words.STATES[state.value]}, {words.VOICES[voice.value]}"
        findings.append(Finding(f"language {code}", Health.GOOD if fit else Health.LOOK, sentence))
    return findings


def fonts(_settings: Settings) -> list[Finding]:
    """Every face that assets/fonts.toml names."""
    from kiosk.typeset.fonts import use_fonts

    try:
        use_fonts()
    except YourSayError as error:
        return [Finding("fonts", Health.FAULT, words.problem(error))]
    return [Finding("fonts", Health.GOOD, words.FONTS_FOUND)]


def sound(_settings: Settings) -> list[Finding]:
    """Something to play through."""
    from kiosk.errors import NoSoundDevice
    from kiosk.speech.miniaudio_player import MiniaudioPlayer

    try:
        MiniaudioPlayer().close()
    except NoSoundDevice:
        return [Finding("sound", Health.LOOK, words.PROBLEMS["no_sound_device"])]
    return [Finding("sound", Health.GOOD, words.SOUND_FOUND)]


def printer(settings: Settings) -> list[Finding]:
    """A queue, and whether the print system keeps people's pages after they are printed."""
    if shutil.which("lpstat") is None:
        return [Finding("printer", Health.LOOK, words.NO_CUPS)]
    asked = subprocess.run(
        ["lpstat", "-e"], capture_output=True, text=True, timeout=20, check=False
    )
    queues = asked.stdout.split()
    if not queues or (settings.printer and settings.printer not in queues):
        return [Finding("printer", Health.LOOK, words.PROBLEMS["no_printer"])]
    return [
        Finding("printer", Health.GOOD, words.QUEUES.format(names=", ".join(queues))),
        _privacy(CUPS_CONF),
    ]


def _privacy(conf: Path) -> Finding:
    """By its own ways CUPS keeps what was printed in its spool."""
    try:
        text = conf.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Finding("printer privacy", Health.LOOK, words.SPOOL_UNKNOWN.format(file=conf))
    set_off = {
        name.lower()
        for name, value in re.findall(r"^\s*(Preserve\w+)\s+(\S+)", text, re.M | re.I)
        if value.lower() in ("no", "off", "false")
    }
    if {"preservejobfiles", "preservejobhistory"} <= set_off:
        return Finding("printer privacy", Health.GOOD, words.SPOOL_EMPTY)
    return Finding("printer privacy", Health.FAULT, words.SPOOL_KEEPS.format(file=conf))


LOOKS: tuple[Callable[[Settings], list[Finding]], ...] = (
    disk,
    place,
    keystore,
    built,
    fonts,
    sound,
    printer,
)
