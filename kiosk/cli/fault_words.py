"""The operator's words for every fault that a check of words, pictures or a place pack can find."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.content.faults import Fault

FAULTS: dict[str, str] = {}


def print_faults(faults: Iterable[Fault]) -> None:
    """One fault a line: file, line, what is wrong, what stands there, what to write instead."""
    for fault in faults:
        print(said(fault))


def said(fault: Fault) -> str:
    """One fault in one line."""
    where = f"{fault.file}:{fault.line}" if fault.line else fault.file
    key = f" {fault.key}:" if fault.key else ""
    stands = f" [{fault.text}]" if fault.text else ""
    instead = f" Write: {fault.instead}" if fault.instead else ""
    level = " (worth a look)" if fault.warns else ""
    return " ".join(
        f"{where}:{key} {FAULTS.get(fault.what, fault.what)}{stands}{instead}{level}".split()
    )
