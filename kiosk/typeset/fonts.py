"""Which faces each language is set in, how large and how far apart: assets/fonts.toml, in force.

Only the files named there exist for us (a private fontconfig), so that a page looks the same on
every machine. Sizes are given as for Latin; other scripts are enlarged until an upright letter is
as tall as Andika's capitals (shared LOOK, Type: 45 for 40 in Arabic).
"""

from __future__ import annotations

import math
import os
import struct
import threading
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.errors import ContentFaulty
from kiosk.typeset import foreign
from kiosk.typeset.layout import describe, extents, new_layout

FONTS_FILE = Path(__file__).resolve().parents[2] / "assets" / "fonts.toml"
FONT_ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_LARGE = 1000  # px at which letters are measured, so that rounding does not show
_DESCRIBED = 200  # font descriptions kept: a few sizes of a few settings
SCREEN_STEP = 5.0  # enlarged sizes on screens are rounded up to a multiple of this, in px


@dataclass(frozen=True, slots=True)
class Face:
    """One family in the two weights that we use."""

    family: str
    regular: Path
    bold: Path


@dataclass(frozen=True, slots=True)
class Setting:
    """How one script is set: its families in order, the letter matched to Andika's H, its lines."""

    families: tuple[str, ...]
    upright: str
    line_factor: float


class Fonts:
    """The table in force. Font maps and contexts are kept apart for each thread (Pango's rule)."""

    def __init__(
        self, faces: Iterable[Face], settings: dict[str, Setting], languages: dict[str, str]
    ) -> None:
        self.faces = tuple(faces)
        self._settings = settings
        self._languages = languages
        files = [str(file) for face in self.faces for file in (face.regular, face.bold)]
        self._config = foreign.private_fonts(files)
        self._capital = _capital_height(self.faces[0].regular)
        self._factors: dict[str, float] = {"latin": 1.0}
        self._reaches: dict[str, tuple[float, float]] = {}
        self._described: dict[tuple[str, float, bool], Any] = {}
        self._here = threading.local()

    def setting_name(self, language: str) -> str:
        """The setting of a language code ("naskh"); "latin" for one that the table lacks."""
        return self._languages.get(language, "latin")

    def setting(self, language: str) -> Setting:
        """How `language` is set."""
        return self._settings[self.setting_name(language)]

    def context(self, language: str, rtl: bool) -> Any:
        """This thread's `PangoContext *` for a language and a direction."""
        contexts: dict[tuple[str, bool], Any] | None = getattr(self._here, "contexts", None)
        if contexts is None:
            contexts = self._here.contexts = {}
            self._here.font_map = foreign.new_font_map(self._config)
        key = (language, rtl)
        if key not in contexts:
            contexts[key] = foreign.new_context(self._here.font_map, language, rtl)
        return contexts[key]

    def factor(self, language: str) -> float:
        """What a Latin size is multiplied by so that upright letters stand as tall; 1.0 or more."""
        name = self.setting_name(language)
        if name not in self._factors:
            ink, _, _ = extents(self._letter(language))
            self._factors[name] = max(1.0, self._capital * _LARGE / ink.h)
        return self._factors[name]

    def reach(self, language: str) -> tuple[float, float]:
        """(above, below) the baseline in ems: what the language's first face asks for a line."""
        name = self.setting_name(language)
        if name not in self._reaches:
            _, box, baseline = extents(self._letter(language))
            self._reaches[name] = baseline / _LARGE, (box.h - baseline) / _LARGE
        return self._reaches[name]

    def scaled(self, size: float, language: str, step: float = SCREEN_STEP) -> float:
        """`size` (Latin) as `language` needs it; rounded up to a `step` unless `step` is 0."""
        factor = self.factor(language)
        if factor == 1.0:
            return size
        grown = size * factor
        return math.ceil(grown / step - 1e-9) * step if step else grown

    def layout(self, text: str, size: float, language: str, *, rtl: bool, bold: bool) -> Any:
        """A collected `PangoLayout *` of `text` at `size` (already scaled)."""
        key = (self.setting_name(language), size, bold)
        described = self._described.get(key)
        if described is None:
            if len(self._described) >= _DESCRIBED:
                self._described.clear()
            families = ",".join(self.setting(language).families)
            described = self._described[key] = describe(families, size, bold=bold)
        return new_layout(self.context(language, rtl), text, described)

    def _letter(self, language: str) -> Any:
        upright = self.setting(language).upright
        return self.layout(upright, _LARGE, language, rtl=False, bold=False)


@dataclass(slots=True)
class _InForce:
    """The one table in force, and what keeps two threads from reading it at once."""

    fonts: Fonts | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_in_force = _InForce()


def use_fonts(table: Path = FONTS_FILE, roots: Iterable[Path] = FONT_ROOTS) -> Fonts:
    """Read the table and put it in force for paragraphs made from now on.

    Raises ContentFaulty: what "font_missing" (file, package) when a face is not on this machine,
    "font_unreadable" when it is no font, "table_unreadable" when the table itself cannot be used.
    """
    _in_force.fonts = made = _read(table, tuple(roots))
    return made


def fonts() -> Fonts:
    """The table in force; read from assets/fonts.toml the first time. Raises as `use_fonts`."""
    if _in_force.fonts is None:
        with _in_force.lock:
            if _in_force.fonts is None:
                return use_fonts()
    return _in_force.fonts


def _read(table: Path, roots: tuple[Path, ...]) -> Fonts:
    try:
        with table.open("rb") as file:
            read = tomllib.load(file)
        faces = [
            Face(row["family"], _find(row, "regular", roots), _find(row, "bold", roots))
            for row in read["face"]
        ]
        settings = {
            name: Setting(tuple(row["faces"]), row["upright"], float(row["line_factor"]))
            for name, row in read["setting"].items()
        }
        languages = dict(read["languages"])
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise ContentFaulty(file=table.name, what="table_unreadable") from fault
    return Fonts(faces, settings, languages)


def _find(row: dict[str, str], weight: str, roots: tuple[Path, ...]) -> Path:
    """Where the file of a face is: in the folder the table names, else wherever it lies."""
    name = row[weight]
    for root in roots:
        likely = root / row["folder"] / name
        if likely.is_file():
            return likely
    for root in roots:
        for folder, _, names in os.walk(root):
            if name in names:
                return Path(folder) / name
    raise ContentFaulty(file=name, what="font_missing", package=row["package"])


def _capital_height(file: Path) -> float:
    """Height of capitals in ems: OS/2 sCapHeight over head unitsPerEm (OpenType 1.9)."""
    try:
        font = file.read_bytes()
        count = struct.unpack_from(">H", font, 4)[0]
        tables = {
            font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
            for at in range(12, 12 + 16 * count, 16)
        }
        per_em = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
        capital = struct.unpack_from(">h", font, tables[b"OS/2"] + 88)[0]
    except (OSError, KeyError, struct.error) as fault:
        raise ContentFaulty(file=file.name, what="font_unreadable") from fault
    return float(capital) / float(per_em)
