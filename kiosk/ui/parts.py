"""What the screens are handed: built once by bootstrap, the only place naming concrete classes.

What the first screen can do without is made when it is first asked for. Importing it alone takes
longer than Kivy takes to show an empty window (bench/start.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from kiosk.content.notice import Notice
    from kiosk.content.pictures import Pictures
    from kiosk.content.words import Words
    from kiosk.domain.place import Place
    from kiosk.i18n import Language
    from kiosk.logbook import Logbook
    from kiosk.printing.printers import Printer
    from kiosk.services.consents import Consents
    from kiosk.services.people import People
    from kiosk.services.ports import Clock
    from kiosk.services.receipts import Receipts
    from kiosk.services.staff import Staff
    from kiosk.settings import Settings
    from kiosk.speech.speaker import Speaker

T = TypeVar("T")


class Late(Generic[T]):
    """Something that is made once, when it is first asked for; `made` is None until then."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._making = RLock()
        self.made: T | None = None

    def __call__(self) -> T:
        """Return it; the first to ask makes it, and has to bear what that raises."""
        with self._making:
            if self.made is None:
                self.made = self._make()
            return self.made


@dataclass(frozen=True, slots=True)
class Services:
    """What works on the open store. Made, called and closed on the store's thread only."""

    consents: Consents
    people: People
    receipts: Receipts
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything below the screens."""

    settings: Settings
    place: Place
    languages: tuple[Language, ...]  # offered here, in the order in which they are shown
    words: Callable[[str], Words]  # a language code -> its words
    pictures: Pictures
    clock: Clock
    printer: Printer
    logbook: Logbook
    late_notice: Late[Notice]
    late_staff: Late[Staff]
    late_speaker: Late[Speaker]
    late_services: Late[Services]

    @property
    def notice(self) -> Notice:
        """The five pages. Raises ContentFaulty."""
        return self.late_notice()

    @property
    def staff(self) -> Staff:
        """Who may open this device."""
        return self.late_staff()

    @property
    def speaker(self) -> Speaker:
        """The voice, for Kivy's thread."""
        return self.late_speaker()

    @property
    def consents(self) -> Consents:
        """For the store's thread, like the next two. Raises why the store could not be opened."""
        return self.late_services().consents

    @property
    def people(self) -> People:
        """Those who come back, and how they are found."""
        return self.late_services().people

    @property
    def receipts(self) -> Receipts:
        """Tokens of receipts, and whether one is genuine."""
        return self.late_services().receipts

    def close(self) -> None:
        """Let go of what was made, on the store's thread; the store last."""
        if self.late_speaker.made is not None:
            self.late_speaker.made.close()
        if self.late_services.made is not None:
            self.late_services.made.close()
