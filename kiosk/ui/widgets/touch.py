"""What a finger may do: come down, lift on the same thing. Nothing else means anything.

No swipe, hold, double tap or second finger (WCAG 2.5.1, 2.5.7; EN 301 549 5.9). Sliding off takes
the touch back (WCAG 2.5.2). The same tap twice within half a second counts once (EN 301 549 5.8).
"""

from __future__ import annotations

from collections.abc import Callable

from kivy.clock import Clock
from kivy.properties import BooleanProperty

from kiosk.ui.theme import Dress
from kiosk.ui.widgets.stage import Stage

SLOP = 30  # design pixels that a finger may stray and still mean the same thing
REPEAT_SECONDS = 0.5
SAME_SPOT = 60  # design pixels


class Finger:
    """The one finger that counts, and the last thing that it did. One for the whole window."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Start afresh: nothing is held and nothing was tapped."""
        self.holder: Tappable | None = None
        self._last: tuple[float, str, float, float] = (-1e9, "", 0.0, 0.0)

    def repeats(self, name: str, x: float, y: float, reach: float) -> bool:
        """True when this tap is the one before it, once more; otherwise it is remembered."""
        now = Clock.get_time()
        then, last_name, last_x, last_y = self._last
        close = abs(x - last_x) < reach and abs(y - last_y) < reach
        if now - then < REPEAT_SECONDS and (name == last_name or close):
            return True
        self._last = (now, name, x, y)
        return False


FINGER = Finger()


class Tappable(Stage):
    """Anything that a tap acts on. `name` is what journeys and the robot hand know it by."""

    pressed = BooleanProperty(False)
    focused = BooleanProperty(False)

    def __init__(
        self, dress: Dress, name: str, on_tap: Callable[[], None], spoken: str = ""
    ) -> None:
        super().__init__(dress)
        self.name = name
        self.on_tap = on_tap
        self.spoken = spoken
        self.bind(pressed=self._repaint, focused=self._repaint)

    def _repaint(self, *_args: object) -> None:
        self.paint()

    def paint(self) -> None:
        """Draw the own ground for the state at hand."""

    def tap(self) -> None:
        """Do what a tap does: also how a key does it."""
        self.on_tap()

    # --- touches -------------------------------------------------------------------------------

    def on_touch_down(self, touch: object) -> bool:
        if not self.collide_point(*touch.pos):  # type: ignore[attr-defined]
            return False
        if FINGER.holder is None:
            FINGER.holder = self
            touch.grab(self)  # type: ignore[attr-defined]
            self.pressed = True
        return True

    def on_touch_move(self, touch: object) -> bool:
        if touch.grab_current is not self:  # type: ignore[attr-defined]
            return False
        self.pressed = self._holds(*touch.pos)  # type: ignore[attr-defined]
        return True

    def on_touch_up(self, touch: object) -> bool:
        if touch.grab_current is not self:  # type: ignore[attr-defined]
            return False
        touch.ungrab(self)  # type: ignore[attr-defined]
        FINGER.holder = None
        meant, self.pressed = self._holds(*touch.pos), False  # type: ignore[attr-defined]
        x, y = touch.pos  # type: ignore[attr-defined]
        if meant and not FINGER.repeats(self.name, x, y, self.dress.u(SAME_SPOT)):
            self.tap()
        return True

    def _holds(self, x: float, y: float) -> bool:
        slop = self.dress.u(SLOP)
        return bool(
            self.x - slop <= x <= self.right + slop and self.y - slop <= y <= self.top + slop
        )
