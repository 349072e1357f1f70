"""Printers. A page goes to the print system as it is; nothing about it is said but "Page"."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.errors import NoPrinter, PrinterNotAnswering, PrinterOutOfPaper

JOB_TITLE = "Page"  # queues, logs and the printer's own display show it: it says nothing
PATIENCE_SECONDS = 10.0  # for one call to the print system
LONGEST_JOB_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.2
_REASONS_HOLD_SECONDS = 6.0
CUPS_SETTINGS = Path("/etc/cups/cupsd.conf")
_KEEP_NOTHING = ("PreserveJobFiles No", "PreserveJobHistory No")
_OUT_OF_PAPER = ("media-empty", "media-needed")
_IDLE, _STOPPED = "3", "5"  # IPP printer-state (RFC 8011, 5.4.11); 4 is printing


class Printer(Protocol):
    """Something that puts a page on paper."""

    def check(self) -> None:
        """Look whether a page could be printed now.

        Raises NoPrinter, PrinterOutOfPaper or PrinterNotAnswering: say that, and offer no button.
        """

    def print(self, pdf: bytes) -> None:
        """Print one document and wait for it: not for the thread that draws. Raises as `check`."""


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
    must keep none either (`PreserveJobFiles No`, `PreserveJobHistory No`; see `keeps_pages`).
    `server` is another CUPS than the system's: host, host:port or a socket's path.
    """

    queue: str = ""
    server: str = ""

    def check(self) -> None:
        """Raises NoPrinter, PrinterOutOfPaper or PrinterNotAnswering."""
        self._check(self.queue or self._default_queue())

    def print(self, pdf: bytes) -> None:
        """Print one PDF; returns when the printer has all of it, and may take a minute to.

        Raises NoPrinter, PrinterOutOfPaper or PrinterNotAnswering, and takes the page back first:
        it must not come out later, when somebody else stands at the printer.
        """
        queue = self.queue or self._default_queue()
        self._check(queue)
        command = ["lp", "-d", queue, "-t", JOB_TITLE, "-o", "job-sheets=none", "-"]
        status, said = self._ask(command, pdf)
        found = re.search(r"request id is (\S+)", said)
        if status != 0 or found is None:
            raise PrinterNotAnswering
        job = found.group(1)
        try:
            self._wait_for(job, queue)
        except (NoPrinter, PrinterOutOfPaper, PrinterNotAnswering):
            self._ask(["cancel", job])
            raise

    def _check(self, queue: str) -> None:
        state, reasons = self._state(queue)
        # An idle queue may still carry the reason that its last page had: a new page will tell.
        if state != _IDLE and _lacks_paper(reasons):
            raise PrinterOutOfPaper
        if state == _STOPPED or "offline" in reasons:
            raise PrinterNotAnswering

    def _state(self, queue: str) -> tuple[str, str]:
        """(printer-state, printer-state-reasons); raises when no page would be taken at all."""
        # One line of attributes that no language changes: printer-state=3 printer-state-reasons=…
        status, said = self._ask(["lpoptions", "-p", queue])
        state = _attribute(said, "printer-state")
        if status != 0 or not state:
            raise NoPrinter
        if _attribute(said, "printer-is-accepting-jobs") == "false":
            raise PrinterNotAnswering
        return state, _attribute(said, "printer-state-reasons")

    def _wait_for(self, job: str, queue: str) -> None:
        """Until the job has left the queue; raises when that will not happen."""
        began = time.monotonic()
        while time.monotonic() < began + LONGEST_JOB_SECONDS:
            _, waiting = self._ask(["lpstat", "-o", queue])
            if not any(line.split()[:1] == [job] for line in waiting.splitlines()):
                return
            state, reasons = self._state(queue)
            # A reason may be an old one, until the printer has had time to take it back.
            told = time.monotonic() > began + _REASONS_HOLD_SECONDS
            if _lacks_paper(reasons) and (state == _STOPPED or told):
                raise PrinterOutOfPaper
            if state == _STOPPED:
                raise PrinterNotAnswering
            time.sleep(_LOOK_AGAIN_SECONDS)
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


def _lacks_paper(reasons: str) -> bool:
    return any(reason in reasons for reason in _OUT_OF_PAPER)


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


def keeps_pages(settings: Path = CUPS_SETTINGS) -> list[str]:
    """What CUPS's settings lack so that no printed page stays on this device; [] when all is well.

    For `doctor`: the lines to add to /etc/cups/cupsd.conf. A file that is not there or may not be
    read lacks them all, since CUPS keeps pages unless told otherwise.
    """
    try:
        lines = settings.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    said = {tuple(line.lower().split()) for line in lines}
    return [line for line in _KEEP_NOTHING if tuple(line.lower().split()) not in said]
