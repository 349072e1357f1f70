#!/usr/bin/env python3
"""The one way in: finds the environment that bin/setup made, tells Kivy how to behave, hands over."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PYTHON = ROOT / ".venv" / "bin" / "python"


def main() -> int:
    """Run one command and return its exit code: 0 done, 1 not so, 2 bad use or bad input."""
    if find_spec("sqlcipher3") is None or find_spec("platformdirs") is None:
        if PYTHON.exists() and Path(sys.prefix) != PYTHON.parent.parent:
            os.execv(PYTHON, [str(PYTHON), str(ROOT / "main.py"), *sys.argv[1:]])  # noqa: S606
        sys.stderr.write("Your Say is not set up here yet. Run bin/setup first.\n")
        return 2
    from kiosk.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
