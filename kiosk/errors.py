"""Every failure that we foresee: one class, one code, and who can put it right.

An error carries no sentence. Its `code` names the words: `problem.<code>` in easy_read for a
person, `kiosk/cli/words.py` for whoever runs the commands. `facts` holds only what is safe to show
on a screen in a shared room: numbers, file names, ids of things, never anything about a person.
"""

from __future__ import annotations

from typing import ClassVar


class YourSayError(Exception):
    """The root of all that we foresee. Raise one of the classes below, never this one."""

    code: ClassVar[str] = ""

    def __init__(self, **facts: str | int) -> None:
        super().__init__(self.code)
        self.facts: dict[str, str | int] = facts


class PersonCanFix(YourSayError):
    """The person can put it right by themselves: try again, choose another."""


class AskStaff(YourSayError):
    """A worker can put it right: paper, a printer, a locked code."""


class Broken(YourSayError):
    """The device or its data is not as it must be; the visit ends safely."""


# --- coming back -------------------------------------------------------------------------------


class CodeOrPinWrong(PersonCanFix):
    """No such code, or not its PIN; never say which. Facts: `wait_seconds`."""

    code = "code_or_pin_wrong"


class CodeLocked(AskStaff):
    """Too many wrong PINs: a worker opens it. Stop sharing still works through a worker."""

    code = "code_locked"


class PinNotUsable(PersonCanFix):
    """A PIN that is not four to eight digits."""

    code = "pin_not_usable"


class SeveralFound(AskStaff):
    """More than one person left this to be found by. Facts: `how_many`."""

    code = "several_found"


class NotAReceipt(PersonCanFix):
    """What was scanned is not one of our receipts at all."""

    code = "not_a_receipt"


class ReceiptOfAnotherPlace(PersonCanFix):
    """A receipt of a place that this device does not know."""

    code = "receipt_of_another_place"


class ReceiptNotGenuine(PersonCanFix):
    """A receipt whose signature, form or issuer does not hold."""

    code = "receipt_not_genuine"


class ReceiptUnknownHere(AskStaff):
    """A genuine receipt whose record is not on this device."""

    code = "receipt_unknown_here"


class NobodyFound(AskStaff):
    """A worker looked for a person by what they have, and there is nobody with it."""

    code = "nobody_found"


# --- the store ---------------------------------------------------------------------------------


class WrongKey(AskStaff):
    """The passphrase or key does not open the keystore, or the keystore is not this database's."""

    code = "wrong_key"


class PassphraseTooShort(PersonCanFix):
    """A staff passphrase below the shortest that we take. Facts: `least`."""

    code = "passphrase_too_short"


class AlreadySetUp(AskStaff):
    """This data folder has its keys already; nothing was changed."""

    code = "already_set_up"


class KeystoreMissing(AskStaff):
    code = "keystore_missing"


class KeystoreDamaged(Broken):
    code = "keystore_damaged"


class StoreMissing(AskStaff):
    """The database file is not there, though the keystore is."""

    code = "store_missing"


class StoreDamaged(Broken):
    """The right key, and yet the file cannot be read or its events do not chain."""

    code = "store_damaged"


class StoreNotOurs(Broken):
    """A readable database that Your Say did not make, or one of another keystore."""

    code = "store_not_ours"


class StoreNewer(AskStaff):
    """Made by a newer Your Say than this one. Facts: `found`, `known`."""

    code = "store_newer"


class StoreFull(AskStaff):
    """No room on the disk; nothing of this act was kept."""

    code = "store_full"


class StoreReadOnly(AskStaff):
    code = "store_read_only"


class StoreInUse(AskStaff):
    """Another Your Say has this data folder open."""

    code = "store_in_use"


class KnownPlaceDamaged(Broken):
    """A place's signed list of devices does not hold, or is older than ours. Facts: `file`."""

    code = "known_place_damaged"


class EventUnreadable(Broken):
    """An event that we would not have written so: damaged, forged, or newer. Facts: `what`."""

    code = "event_unreadable"


# --- the place and its words -------------------------------------------------------------------


class PlaceFaulty(AskStaff):
    """The place pack has faults; nothing opens on it. Facts: `file`, `faults` (how many)."""

    code = "place_faulty"


class ContentFaulty(Broken):
    """Words or pictures that the app needs are missing or unusable. Facts: `file`, `what`."""

    code = "content_faulty"


class LanguageNotOffered(PersonCanFix):
    """A language that is incomplete or unknown. Facts: `language`."""

    code = "language_not_offered"


# --- voice and paper ---------------------------------------------------------------------------


class NoVoice(PersonCanFix):
    """No voice good enough for these words in this language: a worker reads them."""

    code = "no_voice"


class NoSoundDevice(AskStaff):
    code = "no_sound_device"


class NoPrinter(AskStaff):
    """No printer is set up."""

    code = "no_printer"


class PrinterOutOfPaper(AskStaff):
    code = "printer_out_of_paper"


class PrinterNotAnswering(AskStaff):
    code = "printer_not_answering"


# --- the command line --------------------------------------------------------------------------


class NoScreen(AskStaff):
    """No display to open the kiosk on."""

    code = "no_screen"


class SettingsFaulty(AskStaff):
    """A setting that cannot be. Facts: `file` (or "environment", "flags"), `name`."""

    code = "settings_faulty"


class BuildMissing(AskStaff):
    """Words, pictures or voices that are made at set-up are not there. Facts: `what`."""

    code = "build_missing"


class FileUnreadable(PersonCanFix):
    """A file that was named cannot be read. Facts: `file`."""

    code = "file_unreadable"
