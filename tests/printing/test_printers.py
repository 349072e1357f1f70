"""Printing through a real CUPS: paper, no paper, no printer, and nothing left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.errors import NoPrinter, PrinterNotAnswering, PrinterOutOfPaper
from kiosk.printing.printers import CupsPrinter, KeptPages, NoPrinterHere, find_printer, keeps_pages
from kiosk.printing.receipt_page import receipt_pdf
from tests.printing.conftest import OnePicture, PaperWords, a_receipt

CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin:/sbin")
LIBRARY = Path("/usr/lib/cups")

BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct kiosktest:/ "t" "t"'; exit 0; }
out="${DEVICE_URI#kiosktest:}"
[ -e "$out/out-of-paper" ] && {
    echo 'STATE: +media-empty-error' >&2; echo 'ERROR: Out of paper' >&2; exit 4
}
while [ -e "$out/slow" ]; do sleep 0.1; done
echo "$3" > "$out/title"
echo 'STATE: -media-empty-error' >&2
cat "${6:--}" > "$out/$1.part" && mv "$out/$1.part" "$out/$1.prn"
"""


@dataclass
class Cups:
    """A print system of our own, with one queue `t` whose paper is files in `out`."""

    folder: Path

    @property
    def server(self) -> str:
        return str(self.folder / "cups.sock")

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, env={**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C"},
            capture_output=True, text=True, timeout=20,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def printed(self, count: int) -> list[bytes]:
        """Wait until so many pages lie in the tray, and nothing waits in the queue."""
        for _ in range(200):
            pages = sorted(self.out.glob("*.prn"))
            if len(pages) == count and not self.run("lpstat", "-o", "t"):
                return [page.read_bytes() for page in pages]
            time.sleep(0.05)
        raise AssertionError(self.run("lpstat", "-t"))


def make_cups(folder: Path) -> None:
    for name in ("etc", "spool/tmp", "cache", "state", "log", "out", "bin/backend"):
        (folder / name).mkdir(parents=True)
    for entry in LIBRARY.iterdir():
        if entry.name != "backend":
            (folder / "bin" / entry.name).symlink_to(entry)
    backend = folder / "bin" / "backend" / "kiosktest"
    backend.write_text(BACKEND, "utf-8")
    backend.chmod(0o700)
    (folder / "etc" / "cups-files.conf").write_text(
        f"ServerBin {folder}/bin\nServerRoot {folder}/etc\nRequestRoot {folder}/spool\n"
        f"CacheDir {folder}/cache\nStateDir {folder}/state\nTempDir {folder}/spool/tmp\n"
        f"AccessLog {folder}/log/access\nErrorLog {folder}/log/error\nPageLog {folder}/log/page\n",
        "utf-8",
    )
    (folder / "etc" / "cupsd.conf").write_text(
        f"Listen {folder}/cups.sock\nBrowsing Off\nDefaultAuthType None\nWebInterface No\n"
        "PreserveJobFiles No\nPreserveJobHistory No\n<Location />\n</Location>\n"
        "<Policy default>\n<Limit All>\n</Limit>\n</Policy>\n",
        "utf-8",
    )


@pytest.fixture(scope="module")
def cups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cups]:
    folder = tmp_path_factory.mktemp("c")
    for parent in (folder, *folder.parents):
        if parent.owner() == "root" and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)  # the print system has a name of its own
    make_cups(folder)
    assert CUPSD is not None
    etc = folder / "etc"
    daemon = subprocess.Popen(
        [CUPSD, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    made = Cups(folder)
    try:
        for _ in range(200):
            if (folder / "cups.sock").exists():
                break
            time.sleep(0.05)
        made.run("lpadmin", "-p", "t", "-E", "-v", f"kiosktest:{folder}/out")
        yield made
    finally:
        daemon.terminate()
        daemon.wait(10)


@pytest.mark.as_root
def test_a_page_comes_out_as_it_was_and_nothing_stays(
    cups: Cups, paper_words: PaperWords, pictures: OnePicture
) -> None:
    page = receipt_pdf(a_receipt(with_choices=True), paper_words, pictures)
    printer = CupsPrinter("t", cups.server)
    printer.check()
    printer.print(page)
    assert cups.printed(1) == [page]
    assert (cups.out / "title").read_text() == "Page\n"
    left = [
        file
        for file in cups.folder.rglob("*")
        if file.is_file() and not file.is_symlink() and file.parent != cups.out
    ]
    assert left
    for file in left:
        kept = file.read_bytes()
        assert b"%PDF" not in kept, file
        assert b"Surgery" not in kept, file
        assert a_receipt().token.encode() not in kept, file
    assert cups.run("lpstat", "-W", "completed", "-o", "t") == ""


@pytest.mark.as_root
def test_out_of_paper_is_said_and_the_page_never_comes_out_later(cups: Cups) -> None:
    printer = CupsPrinter("t", cups.server)
    before = len(list(cups.out.glob("*.prn")))
    (cups.out / "out-of-paper").touch()
    with pytest.raises(PrinterOutOfPaper):
        printer.print(b"%PDF-1.5 one")
    with pytest.raises(PrinterOutOfPaper):
        printer.check()
    assert cups.run("lpstat", "-o", "t") == ""  # taken back
    (cups.out / "out-of-paper").unlink()
    cups.run("cupsenable", "t")
    printer.check()
    printer.print(b"%PDF-1.5 two")
    pages = cups.printed(before + 1)
    assert b"%PDF-1.5 two" in pages
    assert b"%PDF-1.5 one" not in pages


@pytest.mark.as_root
def test_a_page_that_takes_too_long_is_taken_back(
    cups: Cups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.printing.printers.LONGEST_JOB_SECONDS", 0.5)
    before = len(list(cups.out.glob("*.prn")))
    (cups.out / "slow").touch()
    with pytest.raises(PrinterNotAnswering):
        CupsPrinter("t", cups.server).print(b"%PDF-1.5 slow")
    (cups.out / "slow").unlink()
    cups.printed(before)


@pytest.mark.as_root
def test_a_stopped_or_closed_queue_does_not_answer(cups: Cups) -> None:
    printer = CupsPrinter("t", cups.server)
    cups.run("cupsdisable", "t")
    with pytest.raises(PrinterNotAnswering):
        printer.check()
    cups.run("cupsenable", "t")
    cups.run("cupsreject", "t")
    with pytest.raises(PrinterNotAnswering):
        printer.print(b"%PDF-1.5")
    cups.run("cupsaccept", "t")
    printer.check()


@pytest.mark.as_root
def test_no_such_queue_and_no_default_are_no_printer(cups: Cups) -> None:
    with pytest.raises(NoPrinter):
        CupsPrinter("elsewhere", cups.server).check()
    with pytest.raises(NoPrinter):
        CupsPrinter("", cups.server).print(b"%PDF-1.5")


@pytest.mark.as_root
def test_the_default_queue_is_found(cups: Cups) -> None:
    cups.run("lpadmin", "-d", "t")
    CupsPrinter("", cups.server).check()
    cups.run("lpadmin", "-x", "t")
    with pytest.raises(NoPrinter):
        CupsPrinter("", cups.server).check()
    cups.run("lpadmin", "-p", "t", "-E", "-v", f"kiosktest:{cups.folder}/out")


@pytest.mark.as_root
def test_no_print_system_at_all(tmp_path: Path) -> None:
    with pytest.raises(NoPrinter):
        CupsPrinter("t", str(tmp_path / "none.sock")).check()


def test_no_cups_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(find_printer("anything"), NoPrinterHere)
    with pytest.raises(NoPrinter):
        CupsPrinter("t").check()


def test_a_print_system_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "lpoptions"
    slow.write_text("#!/bin/sh\nexec sleep 30\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("kiosk.printing.printers.PATIENCE_SECONDS", 0.2)
    with pytest.raises(PrinterNotAnswering):
        CupsPrinter("t").check()


def test_without_a_printer_it_is_said() -> None:
    for act in (NoPrinterHere().check, lambda: NoPrinterHere().print(b"")):
        with pytest.raises(NoPrinter):
            act()


def test_kept_pages_are_kept() -> None:
    pages = KeptPages()
    pages.check()
    pages.print(b"one")
    assert pages.pages == [b"one"]


def test_settings_that_keep_pages_are_found(tmp_path: Path) -> None:
    settings = tmp_path / "cupsd.conf"
    assert keeps_pages(settings) == ["PreserveJobFiles No", "PreserveJobHistory No"]
    settings.write_text("Listen x\n# PreserveJobFiles No\n  preservejobhistory   no\n", "utf-8")
    assert keeps_pages(settings) == ["PreserveJobFiles No"]
    settings.write_text("PreserveJobFiles No\nPreserveJobHistory No\n", "utf-8")
    assert keeps_pages(settings) == []
