"""Where pictures lie, and how large they are: what both drawing them and finding them go by."""

from __future__ import annotations

from pathlib import Path

PICTURES_DIR = Path(__file__).resolve().parents[2] / "assets" / "pictures"

ZOOM = 2.0
"""Pixels of the PNG for each pixel of the frame, so that pictures stay sharp on dense screens."""

ICON_SIDE = 88
"""Pixels; icons are drawn on a grid of 48 units, white on nothing, to be tinted."""

MIRRORED_ICONS = frozenset({"back", "next", "listen", "key-backspace"})
"""Icons that have a direction: right-to-left screens show them the other way round."""

LEDGER = "ledger.json"
"""Beside the pictures: what each was drawn from, so that a build draws only what changed."""

BLANK_PLATE = PICTURES_DIR / "blank.png"
"""An empty sheet on white: stands where a picture is missing."""


def icon_key(name: str, turned: bool) -> str:
    """An icon's file, below the folder of pictures."""
    return f"icon/{name}{'.mirrored' if turned else ''}.png"
