"""main.py's commands. Exit codes: 0 done, 1 what was asked about is not so, 2 bad use or bad input.

Each command is one module with `add(commands)`, which describes it to argparse, and an act that
takes what was typed and the settings and returns the exit code. What goes wrong is one line on
stderr and 2, for what we foresaw and for what we did not; never a traceback.
"""

from __future__ import annotations

from kiosk.cli.running import run

__all__ = ["run"]
