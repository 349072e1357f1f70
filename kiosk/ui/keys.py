"""Keys: a keypad or keyboard moves a two-tone ring and taps; a scanner's typing is collected.

No key leaves the app. Three presses of Escape within five seconds hide the screen. A key held down
counts once (EN 301 549 5.7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.clock import Clock
from kivy.core.window import Keyboard, Window

if TYPE_CHECKING:
    from kiosk.ui.app import Kiosk
    from kiosk.ui.widgets.touch import Tappable

NEXT = frozenset({"tab", "down"})
BEFORE = frozenset({"up"})
TAP = frozenset({"enter", "numpadenter", "spacebar"})
HIDE_PRESSES, HIDE_WITHIN = 3, 5.0
SCAN_GAP_SECONDS = 0.25  # a person does not type this fast for this long
SCAN_STARTS = "YS1:"
SCAN_LONGEST = 400

_NAMES = {code: name for name, code in Keyboard.keycodes.items()}


class Keys:
    """One place for all keys. Focus starts on nothing, so that no answer is chosen beforehand."""

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk
        self._focused: Tappable | None = None
        self._held: set[int] = set()
        self._hides: list[float] = []
        self._scan = ""
        self._scan_at = -1e9

    def bind(self) -> None:
        """Take all keys of the window."""
        Window.bind(on_key_down=self._down, on_key_up=self._up, on_textinput=self._typed)

    def unbind(self) -> None:
        """Give them back."""
        Window.unbind(on_key_down=self._down, on_key_up=self._up, on_textinput=self._typed)

    def forget(self) -> None:
        """A new screen: nothing is focused."""
        self._focused = None

    def end_visit(self) -> None:
        """Keep nothing of what was scanned or pressed."""
        self._focused, self._scan = None, ""
        self._hides.clear()

    def _up(self, _window: object, key: int, *_args: object) -> bool:
        self._held.discard(key)
        return True

    def _down(
        self, _window: object, key: int, _scancode: int, _text: str | None, modifiers: list[str]
    ) -> bool:
        if key in self._held:
            return True
        self._held.add(key)
        name = _NAMES.get(key, "")
        if name == "escape":
            self._escape()
            return True
        if self._kiosk.somebody():
            self._kiosk.stay()
            return True
        if self._scanning and name in ("enter", "numpadenter"):
            self._scanned()
            return True
        if self._scanning and name == "spacebar":
            return True  # a token has spaces; no button is meant by them
        self._move_or_tap(name, modifiers)
        return True

    def _move_or_tap(self, name: str, modifiers: list[str]) -> None:
        rtl = self._kiosk.session.dress.rtl
        back = name in BEFORE or (name == "tab" and "shift" in modifiers)
        back = back or name == ("right" if rtl else "left")
        forward = name in NEXT or name == ("left" if rtl else "right")
        if back or forward:
            self._focus_next(-1 if back else 1)
        elif name in TAP and self._focused is not None:
            self._focused.tap()

    def _focus_next(self, direction: int) -> None:
        stops = self._kiosk.focusable()
        if not stops:
            return
        if self._focused in stops:
            at = (stops.index(self._focused) + direction) % len(stops)
        else:
            at = 0 if direction > 0 else len(stops) - 1
        if self._focused is not None:
            self._focused.focused = False
        self._focused = stops[at]
        self._focused.focused = True

    def _escape(self) -> None:
        now = Clock.get_time()
        self._hides = [then for then in self._hides if now - then < HIDE_WITHIN] + [now]
        if len(self._hides) >= HIDE_PRESSES:
            self._kiosk.end_visit()

    # --- a scanner that types ------------------------------------------------------------------

    @property
    def _scanning(self) -> bool:
        """True while something types faster than people do; one sign alone is a person's."""
        return len(self._scan) > 1 and Clock.get_time() - self._scan_at <= SCAN_GAP_SECONDS

    def _typed(self, _window: object, text: str) -> bool:
        now = Clock.get_time()
        if now - self._scan_at > SCAN_GAP_SECONDS:
            self._scan = ""
        self._scan_at = now
        self._scan = (self._scan + text)[:SCAN_LONGEST]
        return True

    def _scanned(self) -> None:
        token, self._scan = self._scan, ""
        if len(token) > len(SCAN_STARTS):
            self._kiosk.somebody()
            self._kiosk.scanned(token)
