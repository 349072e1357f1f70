"""The house rules that a machine can see, each a function: a folder in, its breaches out."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 350  # lines; near 300, and one job
SILENT = ("domain", "services", "store", "sync", "hub")  # packages that never make a sentence
NOT_OUR_WORDS = frozenset(
    {
        "user",
        "users",
        "client",
        "clients",
        "data",
        "info",
        "manager",
        "helper",
        "helpers",
        "utils",
        "util",
    }
)
SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|COMMIT|ROLLBACK|ON CONFLICT"
    r"|WHERE|ORDER BY|FROM|VALUES|AND|WITH)\b"
)
NEED_ROOT = ("needs_cups = ",)  # a print system of our own starts as root only
PRAGMA = re.compile(r"[a-z_]+ = \w+")
OUR_NAMES = frozenset({"DataKey"})  # DESIGN.md, Keys: what opens the database is called that
# Built of pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "/("
    + "|".join(("work", "farm", "root"))
    + ")/|"
    + "|".join(
        ("py" + r"pi\.o", "python" + "hosted", r"deb\." + "deb", "np" + r"mjs", "index-" + "url")
    )
)


def python_files(root: Path, *packages: str) -> Iterator[Path]:
    """The Python files below kiosk/, or below some of its packages."""
    for folder in [root / "kiosk" / name for name in packages] or [root / "kiosk"]:
        yield from sorted(folder.rglob("*.py"))


def named(root: Path, path: Path, line: int, what: str) -> str:
    """One breach, as a line."""
    return f"{path.relative_to(root)}:{line} {what}"


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


# --- words have homes ---------------------------------------------------------------------------


def sentences_outside_their_homes(root: Path) -> list[str]:
    """String literals of three words or more where no sentence may be made."""
    found = []
    for path in python_files(root, *SILENT):
        tree = tree_of(path)
        passed_over = set(_docstrings(tree)) | set(_for_developers(tree))
        for node in ast.walk(tree):
            text = _text_of(node)
            if text and id(node) not in passed_over and _is_sentence(text):
                found.append(named(root, path, node.lineno, repr(text)[:60]))
    return found


def _text_of(node: ast.AST) -> str:
    """The text of a string, or of an f-string without what is filled in; "" for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
    return ""


def _is_sentence(text: str) -> bool:
    words = [word for word in text.split() if re.search(r"[^\W\d_]{2}", word)]
    return len(words) >= 3 and not SQL.match(text) and not PRAGMA.fullmatch(text)


def _docstrings(tree: ast.Module) -> Iterator[int]:
    """Strings that stand alone: docstrings of modules, classes, functions and names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def _for_developers(tree: ast.Module) -> Iterator[int]:
    """What is said in raising one of Python's own errors, which no person is ever shown."""
    own = {"ValueError", "TypeError", "KeyError", "RuntimeError", "LookupError", "AssertionError"}
    for node in ast.walk(tree):
        raised = node.exc if isinstance(node, ast.Raise) else None
        said = node.msg if isinstance(node, ast.Assert) else None
        if isinstance(raised, ast.Call) and getattr(raised.func, "id", "") in own:
            said = raised
        if said is not None:
            yield from (id(inner) for inner in ast.walk(said))


def prints(root: Path) -> list[str]:
    """Calls of print and uses of stdout outside kiosk/cli."""
    found = []
    for path in python_files(root):
        if path.is_relative_to(root / "kiosk" / "cli"):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("print", "pprint"):
                found.append(named(root, path, node.lineno, "print"))
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "stdout"
                and (isinstance(node.value, ast.Name) and node.value.id == "sys")
            ):
                found.append(named(root, path, node.lineno, "sys.stdout"))
    return found


def statements_that_do_not_exist(root: Path, known: Iterable[str]) -> list[str]:
    """Statement ids in screens and on printed pages that easy_read does not have."""
    ids = set(known)
    found = []
    for path in python_files(root, "ui", "printing"):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            owner = getattr(node.func, "value", None)
            called = getattr(owner, "attr", getattr(owner, "id", ""))
            if name != "say" and not (name == "text" and called in ("words", "_words")):
                continue
            found += [
                named(root, path, node.lineno, f"no statement {text}")
                for text in _ids_in(node.args[0], ids)
            ]
    return found


def _ids_in(node: ast.expr, ids: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value not in ids:
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _ids_in(node.body, ids)
        yield from _ids_in(node.orelse, ids)
    elif isinstance(node, ast.JoinedStr):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        )
        if not any(re.fullmatch(pattern, known) for known in ids):
            yield pattern


# --- errors, names, files -----------------------------------------------------------------------


def blind_excepts(root: Path) -> list[str]:
    """Handlers for anything at all that do not raise again what they caught."""
    found = []
    for path in [*python_files(root), root / "main.py"]:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler) and _catches_all(node.type):
                last = node.body[-1]
                if not (isinstance(last, ast.Raise) and last.exc is None):
                    found.append(named(root, path, node.lineno, "except of anything"))
    return found


def _catches_all(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_catches_all(each) for each in caught.elts)
    return caught is None or getattr(caught, "id", "") in ("Exception", "BaseException")


def names_that_are_not_ours(root: Path) -> list[str]:
    """Modules and classes named user, client, data, info, manager, helper or utils."""
    found = []
    for path in python_files(root):
        if NOT_OUR_WORDS & set(path.stem.lower().split("_")):
            found.append(named(root, path, 0, path.stem))
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                words = {word.lower() for word in re.findall(r"[A-Z][a-z]*", node.name)}
                if NOT_OUR_WORDS & words and node.name not in OUR_NAMES:
                    found.append(named(root, path, node.lineno, node.name))
    return found


def long_files(root: Path) -> list[str]:
    """Files of more than 350 lines."""
    lengths = {
        path: path.read_text().count("\n") for path in [*python_files(root), root / "main.py"]
    }
    return [named(root, path, n, "lines") for path, n in lengths.items() if n > LONGEST_FILE]


def files_without_a_docstring(root: Path) -> list[str]:
    """Python files that do not say what they are."""
    return [
        named(root, path, 1, "no docstring")
        for path in python_files(root)
        if ast.get_docstring(tree_of(path)) is None
    ]


def logic_in_kv(root: Path) -> list[str]:
    """Kivy's layout files that reach for the app or hold logic."""
    bad = re.compile(r"\bapp\.|\bif\b|\bfor\b|\blambda\b|\bf[\"']|^\s*#:\s*import")
    return [
        named(root, path, number, line.strip())
        for path in sorted((root / "kiosk").rglob("*.kv"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if bad.search(line)
    ]


def machine_paths(root: Path, files: Iterable[Path]) -> list[str]:
    """Lines that name a folder of the maker's machine or the address of a registry."""
    found = []
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            named(root, path, number, line.strip()[:80])
            for number, line in enumerate(lines, 1)
            if path.suffix != ".po" and MACHINE.search(line)
        ]
    return found


def tests_that_do_not_run(root: Path) -> list[str]:
    """Tests that are skipped, expected to fail, or assert what is always so."""
    silenced = re.compile(r"pytest\.(skip|xfail)|mark\.(skip|xfail)|assert " + "True")
    return [
        named(root, path, number, line.strip())
        for path in sorted((root / "tests").rglob("*.py"))
        if path.parent.name != "house"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if silenced.search(line) and not line.startswith(NEED_ROOT)
    ]


# --- requirements, imports ----------------------------------------------------------------------


def pins(lock: Path) -> dict[str, str]:
    """Package -> version, of a lock file."""
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", lock.read_text(), re.M))


def loose_pins(root: Path) -> list[str]:
    """What is not pinned by hash, or pinned differently for tests."""
    found = []
    tested = pins(root / "requirements-dev.txt")
    for name, version in pins(root / "requirements.txt").items():
        if tested.get(name) != version:
            found.append(f"{name}: {version} runs, {tested.get(name)} is tested")
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (root / file).read_text()
        for block in re.split(r"\n(?=[^\s#])", text):
            if re.match(r"[a-z0-9]", block) and "--hash=sha256:" not in block:
                found.append(f"{file}: {block.splitlines()[0]}")
    return found


def broken_contracts(root: Path) -> list[str]:
    """Import contracts of pyproject.toml that the packages in `root` break."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as l; l()",
            "--no-cache",
        ],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    said = ran.stdout + ran.stderr
    broken = [line.strip() for line in said.splitlines() if line.rstrip().endswith("BROKEN")]
    if ran.returncode and not broken:
        broken = said.strip().splitlines()[-3:]
    return broken
