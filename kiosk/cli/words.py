"""What the operator is told: one sentence for every error code, and the commands' own words.

People at the kiosk never see these: theirs are in easy_read/.
"""

from __future__ import annotations

from collections import defaultdict

from kiosk.errors import YourSayError

ABOUT = "Your Say: what is written down about a person, who sees it, and what they choose."
EXIT_CODES = "Exit codes: 0 done; 1 what was asked about is not so; 2 bad use or bad input."
HELP_DATA = "the data folder (default: the one in the settings, or this account's own)"
HELP_SETTINGS = "a settings file (default: settings.toml in the data folder)"
HELP_PLACE = "the place pack (default: the one in the settings, or the demo place)"
HELP_JSON = "print the report as JSON"

FILE_TROUBLE = "a file could not be read or written"
UNFORESEEN = (
    "something went wrong that we did not foresee ({error} at {file}, line {line}). Nothing that "
    "was saved before is lost. Please tell whoever looks after Your Say these words."
)

PROBLEMS: dict[str, str] = {
    "code_or_pin_wrong": "The code or the PIN is wrong. Wait {wait_seconds} seconds.",
    "code_locked": "Too many wrong PINs: a worker has to open this code. Stop sharing still works.",
    "pin_not_usable": "That PIN cannot be used.",
    "several_found": "Several people left that to be found by. Look them up another way.",
    "nobody_found": "Nobody here left that to be found by.",
    "not_a_receipt": "This is not one of our receipts.",
    "receipt_of_another_place": "This receipt is of a place that this device does not know.",
    "receipt_not_genuine": "This receipt is not genuine.",
    "receipt_unknown_here": "The receipt is genuine, but its record is not on this device.",
    "wrong_key": "That passphrase or key does not open this keystore.",
    "passphrase_too_short": "A passphrase has at least {least} signs: three words will do.",
    "already_set_up": "This data folder is set up already. Nothing was changed.",
    "known_place_damaged": "The list of a place ({file}) does not verify, or is older than ours.",
    "event_unreadable": "An event is not one that this Your Say can read.",
    "keystore_missing": "There is no keystore in the data folder. Set it up: main.py keys init",
    "keystore_damaged": "The keystore cannot be read. Put back the copy that you keep elsewhere.",
    "store_missing": "The keystore is there, but the database is not. Restore it from a backup.",
    "store_damaged": "The key is right, but the database is damaged. Restore it from a backup.",
    "store_not_ours": "That database was not made by Your Say, or belongs to another keystore.",
    "store_newer": (
        "The database was made by a newer Your Say (version {found}; this one knows up to {known}). "
        "Bring Your Say up to date."
    ),
    "store_full": "There is no room left on the disk. Nothing of this was saved.",
    "store_read_only": "The data folder cannot be written to. Nothing of this was saved.",
    "store_in_use": "Another Your Say has this data folder open. Close that one first.",
    "place_faulty": "The place pack {file} has {faults} faults. See: main.py place check {file}",
    "content_faulty": "Words or pictures cannot be used: {file}: {what}. See: main.py content",
    "language_not_offered": "The language {language} is unknown here, or not complete.",
    "no_voice": "There is no voice good enough for these words. A worker reads them.",
    "no_sound_device": "There is no sound device.",
    "no_printer": "No printer is set up.",
    "printer_out_of_paper": "The printer is out of paper.",
    "printer_not_answering": "The printer does not answer.",
    "no_screen": (
        "There is no screen to open the kiosk on. To see it without one: main.py tour --out DIR"
    ),
    "settings_faulty": "The setting {name} in {file} cannot be. See README.md for what it may be.",
    "build_missing": "{what} was not made yet. Run bin/setup.",
    "file_unreadable": "The file {file} cannot be read.",
}

VERDICTS: dict[str, str] = {
    "genuine": "Genuine.",
    "not-a-receipt": "Not genuine: this is not one of our receipts at all.",
    "not-genuine": "Not genuine: it was changed, cut short or made by someone else.",
    "another-place": "Not genuine as far as we can tell: no place that we know vouches for it.",
    "device-lost": "Not genuine: issued by a device after it was reported lost.",
}

# --- verify, place, content ----------------------------------------------------------------------

VERIFY = "Says whether a receipt is genuine, without a network. Exit code 0: it is; 1: it is not."
VERIFY_WHAT = "what its QR code says, or a PNG, PDF or text file with it, or - for standard input"
RECEIPT_FACTS = "Receipt {id}, issued {at} by {place}"
DEMO_NOTE = " (a demo: it proves nothing)"
PLACE = "Checks place packs. docs/PLACES.md says how to write one."
PLACE_CHECK = "Says what is wrong with a place pack, where, and what to write instead."
PACK_SOUND = "The place pack is sound."
PACK_FAULTS = "{n} faults. Nothing opens on this pack until they are mended."
CONTENT_SHORT = "check words, pictures and translations"
CONTENT = (
    "Checks easy-read words and pictures, or a translation: structure, hard words, sentence "
    "length, pictures, law, placeholders, stale, complete."
)
CONTENT_LANGUAGE = "a language's code, or all (default: en, the source)"
CONTENT_SOUND = "{language}: no faults ({state})"
CONTENT_FAULTS = "{language}: {n} faults ({state})"
STATES = {
    "source": "the source of all others",
    "reviewed": "reviewed",
    "draft": "complete, a draft that nobody has reviewed",
    "incomplete": "incomplete, not offered",
}

# --- tour, bench, build, doctor -------------------------------------------------------------------

TOUR_SHORT = "walk the kiosk by itself and keep pictures"
TOUR = (
    "A robot hand walks the real app by touches. DIR then holds a picture of each screen, what was "
    "said at each, receipt.pdf and tour.json. No screen or sound card is needed."
)
BENCH_NAMES = "There is no such measurement. There are: {names}"
BENCH_SHORT = "take the measurements"
BENCH = "Takes the measurements in bench/ and says which targets are reached."
BUILD = "Compiles catalogues, draws pictures and renders speech, as bin/setup does."
BUILD_PARTS = {"words": "words", "pictures": "pictures", "speech": "speech"}
BUILD_DONE = "{part}: {n} done"
BUILD_FAULTS = "{part}: {n} faults, see: main.py content"
DOCTOR_SHORT = "look this device over"
DOCTOR = "Looks this device over: disk, place, keys, languages, fonts, sound, printer privacy."
HEALTH = {"good": "good", "look": "LOOK", "fault": "FAULT"}
DISK_FREE = "{mb} MB free"
DISK_READ_ONLY = "{folder} cannot be written to"
DISK_OPEN = "other accounts of this machine can look into {folder}: chmod 700"
PLACE_IS_DEMO = " (the demo: its keys are thrown away at the end)"
KEYS_OF_A_DEMO = "made anew for each run of the demo"
KEYS_FOUND = "{n} members of staff may open this device"
NO_RECOVERY = "there is no recovery key: when all passphrases are lost, so is the database"
VOICES = {"good": "a good voice", "draft": "a draft voice", "none": "no voice: workers read"}
FONTS_FOUND = "all there"
SOUND_FOUND = "there is something to play through"
NO_CUPS = "the print system (CUPS) is not installed"
QUEUES = "queues: {names}"
SPOOL_EMPTY = "printed pages are not kept"
SPOOL_KEEPS = "printed pages are kept: put PreserveJobFiles No, PreserveJobHistory No into {file}"
SPOOL_UNKNOWN = "{file} cannot be read, so whether printed pages are kept is not known"
REBUILD_SHORT = "work out again what the screens read"
REBUILD = "Works out again, from the events, what the screens read, and compares."
REBUILT = "{events} events checked, {tables} tables rebuilt, {differing} of them differed."

# --- keys -----------------------------------------------------------------------------------------

KEYS_SHORT = "set up a real device, and say who may open it"
KEYS = (
    "Sets up a real data folder from a place pack, and keeps the list of those who may open it. "
    "Passphrases are asked for at the terminal, or read from the first line of a file."
)
KEYS_INIT = "set up this data folder: keystore, database, and the place's word for this device"
KEYS_LIST = "list who may open this device, and which devices are vouched for"
KEYS_ADD = "let a member of staff open this device, or give them a new passphrase"
KEYS_REMOVE = "stop a member of staff from opening this device (rekey afterwards)"
KEYS_REKEY = "encrypt the database under a fresh key"
KEYS_RECOVER = "give a member of staff a passphrase with the recovery key"
KEYS_TRUST = "take in another place's list of devices, so that its receipts are known here"
KEYS_LOST = "report a device lost: from now on its receipts do not count"
PLACE_KEY_OUT = "a new file, off this device, for the place key"
RECOVERY_KEY_OUT = "a new file, off this device, for the recovery key"
HELP_AS = "the member of staff whose passphrase opens it"
HELP_PASSPHRASE = "the passphrase is this file's first line (- for standard input)"
WHO_OPENS = "Say who opens it: main.py --as NAME. The names are in: main.py keys list."
DEMO_LEFT_BY = "To leave the demo, sign in as {worker} with: {passphrase}"
ASK_PASSPHRASE = "Passphrase of {name}"
ASK_NEW = "New passphrase for {name} (three words or more)"
ASK_AGAIN = "The same again"
NO_TERMINAL = "There is no terminal to ask for a passphrase at. Give a file: see --help"
NOT_THE_SAME = "The two passphrases differ. Nothing was changed."
NAME_WILL_NOT_DO = "That name will not do: 1 to 64 letters, no spaces at the ends."
NOT_THE_DEMO = "That is the demo place. Give your own place pack: --place FILE"
KEYS_ELSEWHERE = (
    "The place key and the recovery key go into two new files, off this device: not the data folder"
)
SET_UP = "{data} is set up for {place}."
KEEP_KEYS = (
    "Print {place_key} and {recovery_key} once, give the paper to your data protection lead, and "
    "destroy the files. Whoever holds the recovery key can read this database."
)
SLOT_KINDS = {
    "staff": "member of staff",
    "recovery": "key on paper",
    "machine": "this machine itself",
}
KNOWN_DEVICE = "device"
LOST_FROM = ", lost from {at}"
MAY_OPEN = "{name} may now open this device."
MAY_NOT_OPEN = (
    "{name} may no longer open this device. They may have kept the key: now run keys rekey."
)
NO_SUCH_NAME = "No member of staff is called {name} here. See: main.py keys list"
LAST_NAME = "That is the last member of staff who may open this device. Add another first."
REKEYED = "The database is encrypted under a fresh key. Everybody's passphrase stays as it was."
TRUSTED = "Receipts of {place} are known here now ({n} devices)."
LOST = "Reported lost. Take the new list of {place} to the other devices: main.py keys trust"
NO_SUCH_DEVICE = "No place that this key belongs to lists that device. See: main.py keys list"


def problem(error: YourSayError) -> str:
    """The sentence for an error, its facts filled in; its class where no sentence exists."""
    facts: defaultdict[str, str | int] = defaultdict(lambda: "?", error.facts)
    return PROBLEMS.get(error.code, type(error).__name__).format_map(facts)
