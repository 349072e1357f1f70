"""What the screens are handed: built once by bootstrap, the only place naming concrete classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything below the screens. Services are called on the store's thread only."""

    settings: Settings
    place: Place
    notice: Notice
    languages: tuple[Language, ...]  # offered here, in the order in which they are shown
    words: Callable[[str], Words]  # a language code -> its words
    pictures: Pictures
    clock: Clock
    consents: Consents
    people: People
    receipts: Receipts
    staff: Staff
    speaker: Speaker
    printer: Printer
    logbook: Logbook
    close: Callable[[], None]
