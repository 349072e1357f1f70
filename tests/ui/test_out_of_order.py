"""A store that does not open: the first screen gives way to words, and staff get the reason."""

from __future__ import annotations

from pathlib import Path

from kiosk import bootstrap
from kiosk.errors import StoreInUse
from kiosk.settings import Settings
from kiosk.speech.players import SilentPlayer
from kiosk.store.opening import open_store
from kiosk.ui.app import Kiosk
from kiosk.ui.background import Background
from kiosk.ui.hand import Hand, HandClock
from tests.ui.at_hand import BEGINS, BUILD, Demo


def test_a_store_that_is_open_elsewhere_is_said_and_stays_said(demo: Demo, tmp_path: Path) -> None:
    store = demo.open(tmp_path)
    clock = HandClock(BEGINS)
    parts = bootstrap.build_late(
        Settings(data_dir=tmp_path, build_dir=BUILD),
        demo.place,
        lambda: open_store(tmp_path, demo.keys, BEGINS),  # type: ignore[arg-type]
        clock,
        lambda: SilentPlayer(clock),
    )
    unforeseen: list[BaseException] = []
    kiosk = Kiosk(parts, Background(unforeseen.append))
    hand = Hand(kiosk, clock)
    kiosk.open()
    try:
        assert hand.where == "rest"
        kiosk.get_ready()
        hand.wait()
        assert isinstance(kiosk.out_of_order, StoreInUse)
        assert hand.where == "problem"
        assert hand.screen.step.item == StoreInUse.code
        hand.tap("go-back")
        assert hand.where == "problem", "there is nothing to go back to"
        kiosk.end_visit()
        assert hand.where == "problem", "and no visit can begin"
    finally:
        hand.close()
        store.close()
    assert unforeseen == []
