"""What every test needs: Kivy told how to behave before it is imported, and no screen or sound card."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.settings import set_kivy_environment

ROOT = Path(__file__).resolve().parent.parent

set_kivy_environment(ROOT / "build")
os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")
