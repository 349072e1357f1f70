"""Which faces are used, how large, and that nothing else on the machine has a say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import ContentFaulty
from kiosk.typeset import declared
from kiosk.typeset.fonts import FONT_ROOTS, FONTS_FILE, fonts, use_fonts
from kiosk.typeset.paragraph import Paragraph, TextStyle

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fonts_back() -> Iterator[None]:
    yield
    use_fonts()


@pytest.mark.parametrize(
    ("language", "latin", "wanted"),
    [
        ("en", 40, 40),
        ("uk", 31, 31),
        ("ar", 40, 45),
        ("ar", 31, 35),
        ("ar", 69, 75),
        ("ckb", 54, 60),
    ],
)
def test_other_scripts_are_as_tall_as_capitals(language: str, latin: float, wanted: float) -> None:
    """Shared LOOK, Type: size times 0.725 over the height of an alef, rounded up to a 5."""
    assert fonts().scaled(latin, language) == wanted


def test_paper_rounds_nothing() -> None:
    assert fonts().scaled(14, "ar", step=0) == pytest.approx(14 * 0.725 / 0.671, rel=0.001)


def test_no_language_is_set_smaller_than_english() -> None:
    for language in ("ur", "ti", "bn", "pa", "fa", "xx"):
        assert fonts().factor(language) >= 1.0


def test_an_upright_letter_is_as_tall_as_a_capital() -> None:
    alef = Paragraph("ا", TextStyle(40, language="ar", rtl=True, step=0))
    capital = Paragraph("H", TextStyle(40))

    def ink_rows(paragraph: Paragraph) -> int:
        w, h = paragraph.pixel_size()
        alpha = paragraph.rgba()[3::4]
        return sum(1 for row in range(h) if max(alpha[row * w : row * w + w]) > 100)

    assert abs(ink_rows(alef) - ink_rows(capital)) <= 1


def test_a_missing_face_says_which_and_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(ContentFaulty) as raised:
        use_fonts(roots=[tmp_path])
    assert raised.value.facts == {
        "file": "Andika-Regular.ttf", "what": "font_missing", "package": "fonts-sil-andika",
    }  # fmt: skip
    assert Paragraph("Still set.", TextStyle(40)).unknown_glyphs == 0  # the old table is in force


def test_a_face_is_found_wherever_it_lies(tmp_path: Path, fonts_back: None) -> None:
    for face in fonts().faces:
        for file in (face.regular, face.bold):
            folder = tmp_path / "elsewhere" / file.parent.name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file.name).symlink_to(file)
    assert use_fonts(roots=[tmp_path]).faces[0].regular.parent == tmp_path / "elsewhere" / "andika"


def test_a_file_that_is_no_font_is_said(tmp_path: Path, fonts_back: None) -> None:
    for face in fonts().faces:
        for file in (face.regular, face.bold):
            (tmp_path / file.name).write_bytes(b"not a font at all")
    with pytest.raises(ContentFaulty) as raised:
        use_fonts(roots=[tmp_path])
    assert raised.value.facts["what"] == "font_unreadable"


@pytest.mark.parametrize("fault", ["", "not toml [", '[[face]]\nfamily = "A"\n', "[languages]\n"])
def test_a_faulty_table_is_said(tmp_path: Path, fault: str) -> None:
    table = tmp_path / "fonts.toml"
    table.write_text(fault, "utf-8")
    with pytest.raises(ContentFaulty) as raised:
        use_fonts(table, FONT_ROOTS)
    assert raised.value.facts == {"file": "fonts.toml", "what": "table_unreadable"}


def test_every_face_of_the_table_is_named_by_a_setting_or_never_used() -> None:
    table = fonts()
    used = {
        family
        for code in ("en", "ar", "ur", "ti", "bn", "pa")
        for family in table.setting(code).families
    }
    assert used == {face.family for face in table.faces}
    assert FONTS_FILE.is_file()


SET_AND_LEAVE = """
import hashlib, sys
from kiosk.typeset.paragraph import Paragraph, TextStyle, lay_out
from tests.typeset.samples import LINES, RIGHT_TO_LEFT
made = [
    lay_out(line, TextStyle(40, language=code, rtl=code in RIGHT_TO_LEFT), 400)
    for code, line in LINES.items()
]
for paragraph in made:
    paragraph.boxes(0, 3)
print(hashlib.sha256(b"".join(p.rgba() for p in made)).hexdigest())
"""


def set_and_leave(home: Path, **more: str) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SET_AND_LEAVE],
        cwd=home, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr  # layouts still alive at the end must not crash it
    assert done.stderr == ""
    return done.stdout.strip()


def test_the_machines_own_settings_change_nothing_and_nothing_is_left(tmp_path: Path) -> None:
    """Same pixels under another fontconfig; no cache in the home folder; a clean end."""
    plain, strange = tmp_path / "plain", tmp_path / "strange"
    plain.mkdir()
    strange.mkdir()
    config = strange / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<match target="pattern"><edit name="family" mode="assign"><string>DejaVu Sans</string>'
        '</edit></match><match target="font"><edit name="embolden" mode="assign"><bool>true</bool>'
        "</edit></match></fontconfig>",
        "utf-8",
    )
    first = set_and_leave(plain)
    second = set_and_leave(strange, FONTCONFIG_FILE=str(config))
    assert first == second
    assert list(plain.iterdir()) == []
    assert list(strange.iterdir()) == [config]


def test_declarations_are_kept_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "KEPT", tmp_path / "typeset")
    assert declared.hand_over() is False
    folder = declared.prepare()
    assert folder is not None
    assert len(list(folder.glob("yoursay_declared_*.py"))) == 4
    assert list((tmp_path / "typeset").iterdir()) == [folder]
    assert declared.prepare() == folder


def test_declarations_that_cannot_be_kept_are_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(declared, "KEPT", tmp_path / "file" / "typeset")
    assert declared.prepare() is None
    assert declared.hand_over() is False
