"""Builds each part once and hands them over: the only place that names concrete classes.

Imports that only the voice or the open store need stand where those are made, on a thread that
nobody waits for: importing them takes longer than the first screen may (bench/start.py).
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.content.notice import place_parts, read_notice
from kiosk.content.pictures import Pictures
from kiosk.content.places import read_place
from kiosk.content.words import Words, compiled_statements
from kiosk.domain.place import Drafts, Place
from kiosk.errors import NoSoundDevice
from kiosk.logbook import Logbook
from kiosk.printing.printers import CupsPrinter
from kiosk.settings import Settings
from kiosk.store.files import is_abandoned

if TYPE_CHECKING:
    from kiosk.services.ports import Clock
    from kiosk.services.staff import Staff
    from kiosk.speech.players import Player
    from kiosk.speech.speaker import Speaker
    from kiosk.store.store import Store
    from kiosk.ui.hand import Hand
    from kiosk.ui.parts import Parts, Services

DEMO_WORKER = "Demo worker"
DEMO_FOLDER = "your-say-demo-"


class MachineClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only ever go forward."""
        return time.monotonic()


def player_for(clock: Clock) -> Player:
    """The machine's sound, or a silent stand-in that keeps time where it has none."""
    from kiosk.speech.miniaudio_player import MiniaudioPlayer
    from kiosk.speech.players import SilentPlayer

    try:
        return MiniaudioPlayer()
    except NoSoundDevice:
        return SilentPlayer(clock)


def build(settings: Settings, place: Place, store: Store, clock: Clock, player: Player) -> Parts:
    """Everything that the screens are handed, over an open store. Close it by `parts.close()`."""
    return build_late(settings, place, lambda: store, clock, lambda: player)


def build_late(
    settings: Settings,
    place: Place,
    open_store: Callable[[], Store],
    clock: Clock,
    find_player: Callable[[], Player],
) -> Parts:
    """The same, with the store opened and the sound device taken when they are first asked for."""
    from kiosk.ui.parts import Late, Parts

    drafts = place.drafts is not Drafts.OFF
    parts_of_place = place_parts(place)

    @cache
    def words(code: str) -> Words:
        return Words(code, settings.build_dir, dict(parts_of_place))

    return Parts(
        settings=settings,
        place=place,
        languages=i18n.offered_languages(settings.build_dir, place.languages, drafts=drafts),
        words=words,
        pictures=Pictures(settings.build_dir),
        clock=clock,
        printer=CupsPrinter(settings.printer),
        logbook=Logbook(settings.data_dir),
        late_notice=Late(read_notice),
        late_staff=Late(partial(_staff, settings)),
        late_speaker=Late(lambda: _speaker(settings, place, find_player())),
        late_services=Late(lambda: _services(settings, place, open_store(), clock)),
    )


def _staff(settings: Settings) -> Staff:
    from kiosk.services.staff import Staff

    return Staff(settings.data_dir)


def _speaker(settings: Settings, place: Place, player: Player) -> Speaker:
    from kiosk.speech.speaker import Speaker

    demo = place.drafts is Drafts.DEMO
    return Speaker(player, settings.build_dir / "speech", allow_drafts=demo)


def _services(settings: Settings, place: Place, store: Store, clock: Clock) -> Services:
    from kiosk.services.consents import Consents
    from kiosk.services.people import People
    from kiosk.services.receipts import Receipts
    from kiosk.store.files import known_places_folder
    from kiosk.ui.parts import Services

    receipts = Receipts(store, known_places_folder(settings.data_dir))
    people = People(store, receipts, clock)
    return Services(Consents(store, place, people, clock), people, receipts, store.close)


def new_passphrase() -> str:
    """Three random groups of letters and digits, for a demo's one worker."""
    return " ".join(secrets.token_hex(2) for _ in range(3))


@contextmanager
def demo_folder() -> Iterator[Path]:
    """A folder for one run of the demo, gone with all its keys when the run ends.

    What runs that were killed left behind goes now: nobody has its keys.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{DEMO_FOLDER}*"):
        if is_abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=DEMO_FOLDER) as folder:
        yield Path(folder)


def open_demo(folder: Path, place: Place, clock: Clock, passphrase: str) -> Store:
    """Make a demo's data in an empty folder and open it."""
    from kiosk.services.setting_up import make_demo
    from kiosk.store.opening import open_store

    now = clock.now()
    keys = make_demo(folder, place, name=DEMO_WORKER, passphrase=passphrase, now=now)
    return open_store(folder, keys, now)


def open_kiosk(
    settings: Settings,
    worker: str = "",
    passphrase: str = "",
    tell_demo: Callable[[str, str], None] = lambda _worker, _passphrase: None,
) -> int:
    """Open the kiosk and stay until staff leave it; returns the exit code.

    A demo makes its data in a folder of its own, and throws it and its keys away at the end;
    `tell_demo` is told its one worker's name and passphrase. A real one opens with `worker`'s
    passphrase: WrongKey, KeystoreMissing and KeystoreDamaged are raised before there is a window,
    where it was typed. Why the store did not open is shown first, and raised when staff have left.
    Raises what reading the place and the window raise besides.
    """
    place = read_place(settings.place_file, compiled_statements(settings.build_dir))
    clock = MachineClock()
    if settings.demo:
        with demo_folder() as folder:
            secret = new_passphrase()
            tell_demo(DEMO_WORKER, secret)
            demo = replace(settings, data_dir=folder)
            _stay(demo, place, clock, lambda: open_demo(folder, place, clock, secret))
    else:
        from kiosk.services.setting_up import unlock
        from kiosk.store.opening import open_store

        keys = unlock(settings.data_dir, worker, passphrase)
        _stay(settings, place, clock, lambda: open_store(settings.data_dir, keys, clock.now()))
    return 0


def _stay(settings: Settings, place: Place, clock: Clock, opened: Callable[[], Store]) -> None:
    from kiosk.ui import window

    window.prepare(settings, fullscreen=settings.fullscreen)
    from kiosk.ui.running import run

    run(build_late(settings, place, opened, clock, lambda: player_for(clock)))


def open_for_hand(
    settings: Settings, begins: datetime, on_unforeseen: Callable[[BaseException], None]
) -> Hand:
    """A demo kiosk in an offscreen window, and the hand to drive it, on a clock of its own.

    `settings.data_dir` is an empty folder. Close it by `hand.kiosk.close()`.
    """
    from kiosk.ui import window

    window.prepare(settings, fullscreen=False)
    from kiosk.speech.players import SilentPlayer
    from kiosk.ui.app import Kiosk
    from kiosk.ui.background import Background
    from kiosk.ui.hand import Hand, HandClock

    clock = HandClock(begins)
    place = read_place(settings.place_file, compiled_statements(settings.build_dir))
    background = Background(on_unforeseen)
    store = background.now(lambda: open_demo(settings.data_dir, place, clock, new_passphrase()))
    kiosk = Kiosk(build(settings, place, store, clock, SilentPlayer(clock)), background)
    kiosk.on_unforeseen = on_unforeseen
    hand = Hand(kiosk, clock)
    kiosk.open()
    hand.wait(0.2)
    return hand
