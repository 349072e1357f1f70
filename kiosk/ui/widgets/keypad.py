"""Keys to type with on the glass: ten digits, each also a picture; letters of the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.ui import theme
from kiosk.ui.theme import Dress
from kiosk.ui.widgets.controls import Box
from kiosk.ui.widgets.picture import Icon, Picture
from kiosk.ui.widgets.stage import Stage
from kiosk.ui.widgets.words import put_words, words_height, words_width

if TYPE_CHECKING:
    from kiosk.ui.screen import Screen


class Key(Box):
    """One key: a sign, a picture, or an icon. What it types is never spoken; what it does may be."""

    def __init__(
        self,
        dress: Dress,
        name: str,
        label: str,
        act: Callable[[], None],
        *,
        picture: Path | None = None,
        icon: Path | None = None,
        size: float = 0,
        spoken: str = "",
    ) -> None:
        super().__init__(dress, name, act, spoken, theme.RADIUS_BUTTON)
        self.label, self.picture, self.icon = label, picture, icon
        self.words_size = size or 48

    def compose(self) -> None:
        width, height = self.inner_width, self.inner_height
        if self.picture is not None:
            side = min(width, height) - 16
            picture = Picture(self.dress, self.picture, radius=8)
            self.put(picture, (width - side) / 2, (height - side) / 2, side, side)
        elif self.icon is not None:
            sign = Icon(self.icon, self.ink)
            side = min(48.0, height * 0.6)
            self.put(sign, (width - side) / 2, (height - side) / 2, side, side)
            self.tinted.append(sign)
        else:
            size = min(self.words_size, height * 0.5)
            high = words_height(self.dress, self.label, size, width - 12, bold=True, spacing=1.1)
            self.tinted.append(
                put_words(
                    self,
                    self.label,
                    6,
                    (height - high) / 2,
                    width - 12,
                    size=size,
                    bold=True,
                    align="center",
                    spacing=1.1,
                    said=bool(self.spoken),
                )
            )
        self.paint()


class Keypad(Stage):
    """Digits as on a telephone, in the same places in every language; or ten pictures."""

    COLUMNS, ROWS, GAP = 3, 4, 16.0

    def __init__(
        self,
        dress: Dress,
        on_digit: Callable[[str], None],
        on_back: Callable[[], None],
        *,
        back_icon: Path,
        pictures: Sequence[Path] = (),
    ) -> None:
        super().__init__(dress)
        self.on_digit, self.on_back = on_digit, on_back
        self.back_icon, self.pictures = back_icon, pictures

    def compose(self) -> None:
        wide = (self.inner_width - (self.COLUMNS - 1) * self.GAP) / self.COLUMNS
        high = (self.inner_height - (self.ROWS - 1) * self.GAP) / self.ROWS
        places = {digit: ((int(digit) - 1) % 3, (int(digit) - 1) // 3) for digit in "123456789"}
        places["0"] = (1, 3)
        for digit in "1234567890":
            column, row = places[digit]
            picture = self.pictures[int(digit)] if self.pictures else None
            key = Key(
                self.dress, f"digit.{digit}", digit, partial(self.on_digit, digit), picture=picture
            )
            self._put_unmirrored(key, column, row, wide, high)
        back = Key(self.dress, "key.back", "", self.on_back, icon=self.back_icon)
        self._put_unmirrored(back, 2, 3, wide, high)

    def _put_unmirrored(self, key: Key, column: int, row: int, wide: float, high: float) -> None:
        """A telephone's keys stand the same way round in every script."""
        if self.dress.rtl:
            column = self.COLUMNS - 1 - column
        self.put(key, column * (wide + self.GAP), row * (high + self.GAP), wide, high)


ALPHABETS: dict[str, tuple[str, ...]] = {
    "en": ("abcdefghij", "klmnopqrs", "tuvwxyz"),
    "cy": ("abcdefghij", "klmnopqrs", "tuvwxyzâêîôûŵŷ"),
    "pl": ("aąbcćdeęfghi", "jklłmnńoópqr", "sśtuvwxyzźż"),
    "ro": ("aăâbcdefghi", "îjklmnopqr", "sștțuvwxyz"),
    "es": ("abcdefghij", "klmnñopqr", "stuvwxyz"),
    "so": ("abcdefghij", "klmnopqrs", "tuvwxyz"),
    "ar": ("ابتثجحخدذر", "زسشصضطظعغف", "قكلمنهويءةى"),
    "uk": ("абвгґдеєжз", "иіїйклмноп", "рстуфхцчшщьюя"),
}
DIGITS = "1234567890"


SIGNS = "-.'"  # besides letters, for passphrases


class Keyboard(Stage):
    """Digits, letters in the order of the alphabet, and a last row: capitals, space, back, done.

    Keys are at least 75 design pixels (12.7 mm) each way wherever there is room for five rows.
    """

    GAP = 15.0

    def __init__(
        self,
        dress: Dress,
        on_letter: Callable[[str], None],
        on_back: Callable[[], None],
        *,
        space: str,
        back_icon: Path,
        last: Sequence[tuple[str, str, Callable[[], None]]] = (),
        on_capitals: Callable[[], None] | None = None,
        capitals: bool = False,
        language: str = "",
    ) -> None:
        """Take what the keys do.

        `last`: (name, label, act) of the keys that end the last row. `on_capitals` is given where a
        passphrase is typed: letters of both sorts, and the signs.
        """
        super().__init__(dress)
        self.on_letter, self.on_back, self.on_capitals = on_letter, on_back, on_capitals
        self.space, self.back_icon, self.last = space, back_icon, last
        letters = ALPHABETS.get(language or dress.language, ALPHABETS["en"])
        if on_capitals:
            letters = (*letters[:-1], letters[-1] + SIGNS)
        if capitals:
            letters = tuple(line.upper() for line in letters)
        self.lines = (DIGITS, *letters)

    def compose(self) -> None:
        rows = len(self.lines) + 1
        high = (self.inner_height - (rows - 1) * self.GAP) / rows
        most = max(len(line) for line in self.lines)
        wide = (self.inner_width - (most - 1) * self.GAP) / most
        for row, line in enumerate(self.lines):
            for column, letter in enumerate(line):
                key = Key(
                    self.dress, f"letter.{letter}", letter, partial(self.on_letter, letter), size=40
                )
                self.put(key, column * (wide + self.GAP), row * (high + self.GAP), wide, high)
        self._last_row((rows - 1) * (high + self.GAP), high)

    def _last_row(self, top: float, high: float) -> None:
        keys: list[tuple[float, Key]] = []
        if self.on_capitals:
            keys.append((1.0, Key(self.dress, "key.capitals", "Aa", self.on_capitals, size=36)))
        space = Key(self.dress, "letter.space", self.space, partial(self.on_letter, " "), size=32)
        keys.append((2.2, space))
        back = Key(self.dress, "key.back", "", self.on_back, icon=self.back_icon)
        keys.append((1.2, back))
        for name, label, act in self.last:
            keys.append((2.4, Key(self.dress, name, label, act, size=36, spoken=label)))
        unit = (self.inner_width - self.GAP * (len(keys) - 1)) / sum(share for share, _key in keys)
        start = 0.0
        for share, key in keys:
            self.put(key, start, top, share * unit, high)
            start += share * unit + self.GAP


def put_typed(screen: Screen, typed: str, top: float) -> float:
    """What was typed so far, on one line: its end, where it is longer. Returns where it ends."""
    dress, size = screen.dress, min(40, screen.dress.type.body)
    room = screen.full_width
    shown = typed
    while shown and words_width(dress, shown, size, bold=True) > room:
        shown = shown[1:]
    label = put_words(
        screen,
        shown or "…",
        theme.MARGIN,
        top,
        room,
        size=size,
        bold=True,
        spacing=1.2,
        said=False,
    )
    return float(top + label.height / dress.scale)
