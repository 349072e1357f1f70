"""Printers. A page goes to the print system as it is; nothing about it is said but "Page"."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import Protocol

from kiosk.errors import NoPrinter, PrinterNotAnswering, PrinterOutOfPaper

JOB_TITLE = "Page"  # queues, logs and the printer's own display show it: it says nothing
PATIENCE_SECONDS = 10.0  # for one call to the print system
_OUT_OF_PAPER = ("media-empty", "media-needed")


class Printer(Protocol):
    """Something that puts a page on paper."""

    def check(self) -> None:
        """Look whether a page could be printed now.

        Raises NoPrinter, PrinterOutOfPaper or PrinterNotAnswering: say that, and offer no button.
        """

    def print(self, pdf: bytes) -> None:
        """Hand over one document. Returns when the print system has taken it. Raises as `check`."""


class NoPrinterHere:
    """A device without a printer."""

    def check(self) -> None:
        """Always raises NoPrinter."""
        raise NoPrinter

    def print(self, pdf: bytes) -> None:
        """Always raises NoPrinter."""
        raise NoPrinter


class KeptPages:
    """Keeps what would be printed, for the tour and for tests."""

    def __init__(self) -> None:
        self.pages: list[bytes] = []

    def check(self) -> None:
        """Always ready."""

    def print(self, pdf: bytes) -> None:
        """Keep the page."""
        self.pages.append(pdf)


@dataclass(frozen=True, slots=True)
class CupsPrinter:
    """A CUPS queue; with no name, the system's default one.

    The page is handed over on standard input: no copy of it is made on the way. The queue itself
    must keep none either (`PreserveJobFiles No`, `PreserveJobHistory No`; `faulty_settings`).
    `server` is another CUPS than the system's: host, host:port or a socket's path.
    """

    queue: str = ""
    server: str = ""

    def check(self) -> None:
        """Raises NoPrinter, PrinterOutOfPaper or PrinterNotAnswering."""
        queue = self.queue or self._default_queue()
        # One line of attributes that no language changes: printer-state=3 printer-state-reasons=…
        status, said = self._ask(["lpoptions", "-p", queue])
        state = _attribute(said, "printer-state")
        if status != 0 or not state:
            raise NoPrinter
        reasons = _attribute(said, "printer-state-reasons")
        if any(reason in reasons for reason in _OUT_OF_PAPER):
            raise PrinterOutOfPaper
        accepts = _attribute(said, "printer-is-accepting-jobs") != "false"
        if (
            state == "5" or not accepts or "offline" in reasons
        ):  # IPP: 3 idle, 4 printing, 5 stopped
            raise PrinterNotAnswering

    def print(self, pdf: bytes) -> None:
        """Queue one PDF. Raises NoPrinter, PrinterOutOfPaper or PrinterNotAnswering."""
        self.check()
        command = ["lp", "-s", "-t", JOB_TITLE, "-o", "job-sheets=none"]
        if self.queue:
            command += ["-d", self.queue]
        status, _ = self._ask([*command, "-"], pdf)
        if status != 0:
            raise PrinterNotAnswering

    def _default_queue(self) -> str:
        """The system's default queue. Raises NoPrinter when it has none."""
        status, said = self._ask(["lpstat", "-d"])
        found = re.fullmatch(r"system default destination: (\S+)", said.strip())
        if status != 0 or found is None:
            raise NoPrinter
        return found.group(1)

    def _ask(self, command: list[str], page: bytes = b"") -> tuple[int, str]:
        """Run one of CUPS's own commands. Raises NoPrinter where CUPS is not installed."""
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        server = self.server or os.environ.get("CUPS_SERVER", "")
        if server:
            environment["CUPS_SERVER"] = server
        try:
            done = subprocess.run(
                command, input=page, capture_output=True, timeout=PATIENCE_SECONDS,
                env=environment, check=False,
            )  # fmt: skip
        except FileNotFoundError as absent:
            raise NoPrinter from absent
        except (OSError, subprocess.TimeoutExpired) as silent:
            raise PrinterNotAnswering from silent
        return done.returncode, done.stdout.decode("utf-8", "replace")


def _attribute(said: str, name: str) -> str:
    """One attribute of `lpoptions`' answer, without quotes; "" when it is not there."""
    found = re.search(rf"(?:^|\s){re.escape(name)}=('[^']*'|\S+)", said)
    return found.group(1).strip("'") if found else ""


def find_printer(queue: str = "") -> Printer:
    """The printer of this device: the queue named in the settings, or else CUPS's default.

    Asks nobody yet, so that starting never waits for a printer: `check` does, when a page is due.
    """
    if shutil.which("lp") is None:
        return NoPrinterHere()
    return CupsPrinter(queue)
