"""A kiosk in the one offscreen window of this process, on a demo folder of its own, and a hand.

Kivy has one window per process; kiosks take turns in it. What a set-up makes (keys, database) is
made once and copied, so that a kiosk opens in a fraction of a second.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from kiosk import bootstrap
from kiosk.content.pictures import Pictures
from kiosk.content.places import read_place
from kiosk.domain.place import Place
from kiosk.services.setting_up import make_demo
from kiosk.settings import DEMO_PLACE, ROOT, Settings
from kiosk.speech.players import SilentPlayer
from kiosk.store.keystore import read_keystore
from kiosk.store.opening import open_store
from kiosk.store.store import Store
from kiosk.ui import window

BUILD = ROOT / "build"
LANDSCAPE = (1280, 800)
window.prepare(Settings(data_dir=BUILD), fullscreen=False)  # before the one window is made

from kivy.core.window import Window, WindowBase  # noqa: E402
from kivy.graphics.texture import Texture  # noqa: E402

from kiosk.ui.app import Kiosk  # noqa: E402
from kiosk.ui.background import Background  # noqa: E402
from kiosk.ui.hand import Hand, HandClock  # noqa: E402
from kiosk.ui.parts import Parts  # noqa: E402
from kiosk.ui.session import Session  # noqa: E402
from kiosk.ui.text import TextLabel  # noqa: E402
from kiosk.ui.widgets import picture  # noqa: E402

BEGINS = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)  # a Monday
WORKER = "Demo worker"
PASSPHRASE = "abcd-1234"


@dataclass(frozen=True)
class Demo:
    """A demo's folder as it is just after set-up, its place, and the keys that open it."""

    folder: Path
    place: Place
    keys: object

    def open(self, into: Path) -> Store:
        """Open a copy of it in an empty folder."""
        shutil.copytree(self.folder, into, dirs_exist_ok=True)
        return open_store(into, self.keys, BEGINS)  # type: ignore[arg-type]


def make(folder: Path) -> Demo:
    """Set up once."""
    place = read_place(DEMO_PLACE)
    make_demo(folder, place, name=WORKER, passphrase=PASSPHRASE, now=BEGINS)
    return Demo(folder, place, read_keystore(folder).open_with_passphrase(WORKER, PASSPHRASE))


@lru_cache(1)
def all_pictures() -> Pictures:
    """One set for all kiosks: what it renders is kept."""
    return Pictures(BUILD)


class KioskAtHand(Hand):
    """The hand, and what tests look at besides the glass."""

    store: Store
    folder: Path
    unforeseen: list[BaseException]

    @property
    def parts(self) -> Parts:
        return self.kiosk.parts

    @property
    def session(self) -> Session:
        return self.kiosk.session

    def in_store(self, work: Callable[[], object]) -> object:
        """Do something on the store's own thread, where SQLCipher's connection lives."""
        return self.kiosk.background.now(work)


def open_kiosk(
    demo: Demo,
    folder: Path,
    *,
    size: tuple[int, int] = LANDSCAPE,
    build_dir: Path = BUILD,
    on_unforeseen: Callable[[BaseException], None] | None = None,
) -> KioskAtHand:
    """Open a kiosk on a copy of the demo. Close it by `hand.close()`."""
    if tuple(Window.size) != size:
        Window.size = size
    clock = HandClock(BEGINS)
    happened: list[BaseException] = []

    def unforeseen(failure: BaseException) -> None:
        happened.append(failure)
        if on_unforeseen is None:
            raise failure
        on_unforeseen(failure)

    background = Background(lambda failure: kiosk.unforeseen(failure))  # noqa: PLW0108  # made below
    settings = Settings(data_dir=folder, build_dir=build_dir, width=size[0], height=size[1])
    store = background.now(lambda: demo.open(folder))
    parts = bootstrap.build(settings, demo.place, store, clock, SilentPlayer(clock))
    if build_dir == BUILD:
        parts = replace(parts, pictures=all_pictures())
    kiosk = Kiosk(parts, background)
    kiosk.on_unforeseen = unforeseen
    hand = KioskAtHand(kiosk, clock)
    hand.store, hand.folder, hand.unforeseen = store, folder, happened
    kiosk.open()
    hand.wait()
    return hand


@pytest.fixture
def no_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is laid out and nothing drawn: for tests that look at no pixels, four times faster."""

    def texture_update(_label: TextLabel, *_args: object) -> None:  # Kivy finds it by its name
        """Draw nothing."""

    monkeypatch.setattr(TextLabel, "texture_update", texture_update)
    monkeypatch.setattr(WindowBase, "on_draw", lambda _window: None)
    monkeypatch.setattr(type(Window), "flip", lambda _window: None)
    monkeypatch.setattr(picture, "cut_to", _looked_at_only)
    monkeypatch.setattr(picture, "sign_at", _looked_at_only)  # which keeps what it once cut


@lru_cache(1)
def _no_picture() -> Texture:
    return Texture.create(size=(1, 1))


def _looked_at_only(path: Path, *_size: int) -> Texture:
    """A picture that is there, and is not cut to size."""
    path.stat()
    return _no_picture()
