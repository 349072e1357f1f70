"""The line finder: every key's line, in every way that TOML can be written."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from kiosk.content.toml_lines import MAX_BYTES, read_toml

DEMO = Path(__file__).resolve().parents[2] / "places" / "demo.toml"

SAMPLE = '''\
# a comment with [brackets] and = signs
title = "one # two"

[place]
name = "Lane" # after
languages = [
    "en",  # English
    "pl",
]

[[agency]]
id = "first"
inline = { need = "a", "summary" = { deep = 3 } }

[agency.more]
x = 1

[[agency]]
id = """
many
lines"""
after = \'\'\'
' quotes \'\'\'
last."dotted key".here = 2027-11-01
'''


def lines_of(tmp_path: Path, text: str) -> dict[tuple[str | int, ...], int]:
    path = tmp_path / "sample.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return read_toml(path).lines


def test_every_key_has_its_line(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, SAMPLE)
    assert lines[("title",)] == 2
    assert lines[("place",)] == 4
    assert lines[("place", "name")] == 5
    assert lines[("place", "languages")] == 6
    assert lines[("place", "languages", 1)] == 8
    assert lines[("agency", 0)] == 11
    assert lines[("agency", 0, "inline", "summary", "deep")] == 13
    assert lines[("agency", 0, "more", "x")] == 16
    assert lines[("agency", 1)] == 18
    assert lines[("agency", 1, "id")] == 19
    assert lines[("agency", 1, "after")] == 22
    assert lines[("agency", 1, "last", "dotted key", "here")] == 24


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain = lines_of(tmp_path, SAMPLE)
    assert lines_of(tmp_path, "\ufeff" + SAMPLE.replace("\n", "\r\n")) == plain


def test_the_nearest_thing_around_has_a_line(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_text(SAMPLE, encoding="utf-8")
    file = read_toml(path)
    assert file.line("agency", 1, "missing") == 18
    assert file.line("nothing", "here") == 1


def test_every_key_of_the_demo_pack_is_found_where_it_stands() -> None:
    file = read_toml(DEMO)
    text = DEMO.read_text(encoding="utf-8").splitlines()

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        children = (
            list(value.items())
            if isinstance(value, dict)
            else list(enumerate(value))
            if isinstance(value, list)
            else []
        )
        for key, child in children:
            here = (*path, key)
            line = text[file.lines[here] - 1]
            if isinstance(key, str):
                assert key in line, here
            elif isinstance(child, str):
                assert child in line, here
            walk(child, here)

    walk(file.tree, ())


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        (b"a = 1\nb = \n", "not_toml", 2),
        (b"a = 1\na = 2\n", "not_toml", 2),
        (b'a = "open\n', "not_toml", 1),
        (b"a = 1\nb = '\xff'\n", "not_utf8", 2),
        (b"a = " + b"[" * 6000, "too_deep", 1),
        (b"a = 1" + b"0" * 5000, "not_toml", 1),
        (b"# " + b"x" * MAX_BYTES, "too_long", 0),
    ],
)
def test_what_cannot_be_read_is_a_fault(
    tmp_path: Path, content: bytes, what: str, line: int
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    (fault,) = read_toml(path).faults
    assert (fault.what, fault.line) == (what, line)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (fault,) = read_toml(tmp_path / "none.toml").faults
    assert fault.what == "unreadable"


def test_mangled_files_never_crash(tmp_path: Path) -> None:
    dice = random.Random(5)
    path = tmp_path / "mangled.toml"
    accepted = 0
    for _ in range(300):
        signs = list(SAMPLE)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(signs))
            signs[at] = dice.choice("\"'[]{}=#,.\n\\ab1\u202e")
        text = "".join(signs)
        path.write_text(text, encoding="utf-8")
        file = read_toml(path)
        last = text.count("\n") + 1
        if file.faults:
            assert 0 <= file.faults[0].line <= last
        else:
            accepted += 1
            assert file.tree == tomllib.loads(text)
            assert all(1 <= line <= last for line in file.lines.values())
    assert accepted > 20
