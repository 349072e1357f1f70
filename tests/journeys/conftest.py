"""One window for all journeys, and for each a kiosk on a demo folder of its own."""

from __future__ import annotations

from tests.ui.conftest import demo, hand, no_ink, seeing_hand

__all__ = ["demo", "hand", "no_ink", "seeing_hand"]
