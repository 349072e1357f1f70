"""docs/ARCHITECTURE.md stays true: each file and each name that it gives is there.

What is looked at: everything in backticks, and everything in the drawings (the fenced blocks) that
has the form of one of our names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "ARCHITECTURE.md"
MADE_LATER = ("DATA/", "build/", ".venv")  # folders of a running kiosk, not of a clone
FILE = re.compile(r"[\w.*-]*/[\w./*-]*|[\w-]+\.(?:py|toml|md|sql|txt|in|sh|po|pot)")
DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
CALL = re.compile(r"([A-Za-z_]\w*)\(\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@dataclass(slots=True)
class Named:
    """One module or class: what it holds, and the classes that a class stands on."""

    holds: set[str] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)


@cache
def house() -> tuple[dict[str, list[Named]], dict[str, Named]]:
    """Everything that has a name: classes and modules by their last name; modules by their whole."""
    by_name: dict[str, list[Named]] = {}
    modules: dict[str, Named] = {}
    for path in sorted((ROOT / "kiosk").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        whole = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = modules[whole] = Named(set(_held(tree.body)))
        by_name.setdefault(whole.rpartition(".")[2], []).append(module)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found = Named(set(_held(node.body)) | set(_own(node)))
                found.bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
                by_name.setdefault(node.name, []).append(found)
    return by_name, modules


def _held(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target)
        elif isinstance(node, ast.Assign):
            yield from (ast.unparse(target) for target in node.targets)


def _own(node: ast.ClassDef) -> Iterator[str]:
    """What its methods keep in `self`."""
    for inside in ast.walk(node):
        if isinstance(inside, ast.Attribute) and ast.unparse(inside.value) == "self":
            yield inside.attr


def holds(name: str, wanted: str) -> bool:
    """True when some class or module of this name has it, or a class that it stands on."""
    by_name, _modules = house()
    return any(
        wanted in found.holds or any(holds(base, wanted) for base in found.bases)
        for found in by_name.get(name, [])
    )


def is_there(dotted: str) -> bool:
    """True for a module, a name in one, or a class's method or value."""
    _by_name, modules = house()
    if dotted in modules or f"kiosk.{dotted}" in modules:
        return True
    parts = dotted.split(".")
    return all(holds(holder, held) for holder, held in pairwise(parts))


@cache
def sources() -> str:
    """All our Python, for what is made later: its name stands in the code that makes it."""
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "kiosk").rglob("*.py")))


def is_a_file(name: str) -> bool:
    """True for a file or folder here, or one whose name the code knows."""
    if name.startswith("/"):
        return True  # on somebody's machine
    if name.startswith(MADE_LATER):
        last = Path(name.rstrip("/")).name
        return last.startswith("*") or last in ("DATA", "build", ".venv") or f'{last}"' in sources()
    return any(True for _ in ROOT.glob(name.rstrip("/")))


def commands() -> set[str]:
    return set(re.findall(r'add_parser\(\s*"([a-z-]+)"', sources()))


def untrue(text: str) -> list[str]:
    """What a page names and the house does not have."""
    drawn = "\n".join(FENCE.findall(text))
    ticked = re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    wrong = [said for said in ticked if not _is_true(said)]
    for line in drawn.splitlines():
        for said in re.findall(r"[\w./*-]+(?:\(\))?", line):
            bare = said.rstrip(".").removesuffix("()")
            if "/" in bare.strip("/") or DOTTED.fullmatch(bare):
                wrong += [] if _is_true(bare) else [bare]
    return wrong


def _is_true(said: str) -> bool:
    first, _, rest = said.partition(" ")
    if rest and (first == "main.py" or first.startswith("bin/")):
        second = rest.split()[0]
        known = not second.isalpha() or second in commands() or first != "main.py"
        return is_a_file(first) and known
    if FILE.fullmatch(said):
        return is_a_file(said)
    if called := CALL.fullmatch(said):
        return re.search(rf"\bdef {called[1]}\b", sources()) is not None
    bare = said.removesuffix("()")
    return is_there(bare) if DOTTED.fullmatch(bare) else True


def test_what_it_names_is_there() -> None:
    assert untrue(PAGE.read_text(encoding="utf-8")) == []


def test_it_names_a_good_deal() -> None:
    assert len(re.findall(r"`[^`\n]+`", PAGE.read_text(encoding="utf-8"))) > 60


@pytest.mark.parametrize(
    "said",
    [
        "`Question._chose`",
        "`Choice.on_choice`",
        "`kiosk/ui/widgets/stages.py`",
        "`kiosk.ui.problems`",
        "`consents.remember`",
        "`tests/journeys/test_nobody*.py`",
        "`DATA/your-say.sqlite`",
        "`remember_everything()`",
        "`main.py dance`",
        "```\nQuestion._choose\n  calls Consents.remember\n```",
        "```\nkiosk/ui/widgets/stages.py\n```",
    ],
)
def test_a_wrong_name_is_caught(said: str) -> None:
    assert untrue(said) != []


@pytest.mark.parametrize(
    "said",
    [
        "`Question._choose`",
        "`Question.heading`",  # its grandparent's
        "`Writing.position`",  # kept in self
        "`kiosk/ui/widgets/stage.py`",
        "`kiosk.ui.widgets.stage`",
        "`routes.after`",
        "`DATA/your-say.db`",
        "`open_store()`",
        "`main.py tour --out DIR`",
        "```\nQuestion._choose -> kiosk/ui/widgets/stage.py\n```",
    ],
)
def test_a_right_name_passes(said: str) -> None:
    assert untrue(said) == []
