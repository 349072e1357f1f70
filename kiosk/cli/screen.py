"""Whether there is a screen to open a window on. `python -m kiosk.cli.screen` exits 0 when there is."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

X_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108  # X's own, not ours
GRAPHICS = Path("/sys/class/drm")


def has_screen(
    environment: Mapping[str, str] | None = None,
    x_sockets: Path = X_SOCKETS,
    graphics: Path = GRAPHICS,
) -> bool:
    """True with an X display that is there, or a connected panel that we may draw on directly.

    Kivy's SDL speaks to X and to the kernel's own display (KMSDRM), and not to Wayland.
    """
    surroundings = os.environ if environment is None else environment
    display = surroundings.get("DISPLAY", "")
    if display:
        host, _, number = display.rpartition(":")
        ours = host in ("", "unix")
        return not ours or (x_sockets / f"X{number.split('.')[0]}").exists()
    if surroundings.get("WAYLAND_DISPLAY"):
        return False
    for status in graphics.glob("card*-*/status"):
        card = Path("/dev/dri") / status.parent.name.split("-")[0]
        if status.read_text().strip() == "connected" and os.access(card, os.R_OK | os.W_OK):
            return True
    return False


if __name__ == "__main__":
    sys.exit(0 if has_screen() else 1)
