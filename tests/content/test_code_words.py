"""The 256 things: told apart by eye, by word, and for ever in the same order."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from kiosk.content.code_words import (
    CODE_WORDS,
    COUNT,
    GROUP_NAMES,
    GROUPS,
    read_code_words,
)
from kiosk.content.drawing import openmoji, raster
from kiosk.content.drawing.stage import FRAMES, Part, to_svg
from kiosk.content.picture_files import PICTURES_DIR
from kiosk.content.scenes import read_library
from kiosk.errors import ContentFaulty

ROOT = Path(__file__).resolve().parents[2]
WORDS = [word.id for word in CODE_WORDS]

# The closest pair, carrot and pencil or crocodile and shoe, are at 0.07; two boats come to 0.03.
LEAST_DIFFERENCE = 0.06

HURTFUL = {
    # taboo food, drink, drugs; weapons; police and prison; faith; nations; grief; the body
    "pig", "pork", "bacon", "ham", "beer", "wine", "cigarette", "pill", "syringe", "gun", "bomb",
    "knife", "axe", "sword", "rope", "police", "handcuffs", "padlock", "cage", "cross", "church",
    "mosque", "candle", "coffin", "skull", "flag", "crown", "baby", "cradle", "ring", "heart",
    "face", "tear", "tent", "bed", "trolley", "helicopter", "rocket", "aeroplane", "lifebelt",
    "monkey", "gorilla", "donkey", "cow", "sheep", "rat", "snake", "spider", "banana", "coconut",
    "watermelon", "dog", "dove", "lotus", "moon", "shamrock", "scissors", "razor", "hook",
}  # fmt: skip


def edits(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]


def look(code: str, flip: bool = False) -> npt.NDArray[np.float64]:
    """The picture on white, 32 pixels square, channels 0..1."""
    scene = read_library().words["word.boat"]
    bare = replace(scene, behind=(Part(emoji=code, h=100.0, flip=flip),))
    with Image.open(BytesIO(raster.png(to_svg(bare, {}, FRAMES["word"]), 1.0))) as image:
        picture = image.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    flat = Image.alpha_composite(white, picture).convert("RGB")
    small = flat.resize((32, 32), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.float64) / 255


def closest(looks: dict[str, npt.NDArray[np.float64]]) -> list[tuple[float, str, str]]:
    """All pairs, the most alike first; the mean difference of a channel, 0 to 1."""
    names = list(looks)
    rows = np.stack([looks[name].ravel() for name in names])
    pairs = []
    for at, name in enumerate(names):
        far = np.abs(rows[at + 1 :] - rows[at]).mean(axis=1)
        pairs.extend(
            (float(distance), name, other)
            for distance, other in zip(far, names[at + 1 :], strict=True)
        )
    return sorted(pairs)


def test_there_are_256_in_the_order_of_their_numbers() -> None:
    assert len(CODE_WORDS) == COUNT == 256
    assert [word.index for word in CODE_WORDS] == list(range(256))
    assert len(set(WORDS)) == 256


def test_the_order_is_for_ever() -> None:
    """Codes that were given out mean these numbers: this digest may never be changed."""
    digest = hashlib.sha256(" ".join(WORDS).encode()).hexdigest()
    assert digest == "3d2e7cc0c700ada8756f2c4e5ba3b345045434d6d6c54422a3fd2a1945d3cfe6"


def test_the_order_is_not_that_of_the_alphabet_nor_of_groups() -> None:
    rest = WORDS[10:]
    rising = sum(one < other for one, other in pairwise(rest))
    assert 0.35 < rising / len(rest) < 0.65


def test_words_are_single_plain_and_in_small_letters() -> None:
    assert [word for word in WORDS if not re.fullmatch(r"[a-z]{3,12}", word)] == []


def test_no_word_is_one_slip_from_another() -> None:
    assert [pair for pair in combinations(WORDS, 2) if edits(*pair) < 2] == []
    assert edits("boat", "coat") == 1


def test_no_word_can_hurt() -> None:
    assert set(WORDS) & HURTFUL == set()


def test_each_has_a_picture_of_its_own() -> None:
    parts = [read_library().words[word.picture].behind[0] for word in CODE_WORDS]
    assert len({part.emoji for part in parts}) == COUNT
    assert all(openmoji.exists(part.emoji) for part in parts)


def test_no_two_pictures_look_alike() -> None:
    looks = {}
    for word in CODE_WORDS:
        part = read_library().words[word.picture].behind[0]
        looks[word.id] = look(part.emoji, part.flip)
    assert closest(looks)[0][0] >= LEAST_DIFFERENCE, closest(looks)[:10]


def test_pictures_that_look_alike_are_seen() -> None:
    alike = {"spoon": look("1F944"), "thermometer": look("1F321"), "boat": look("26F5")}
    far, one, other = closest(alike)[0]
    assert far < LEAST_DIFFERENCE + 0.01
    assert {one, other} == {"spoon", "thermometer"}


def test_the_pictures_of_a_pin_are_far_apart() -> None:
    looks = {}
    for word in CODE_WORDS[:10]:
        part = read_library().words[word.picture].behind[0]
        looks[word.id] = look(part.emoji, part.flip)
    assert closest(looks)[0][0] > 0.11, closest(looks)[:3]


def test_groups_hold_each_word_once() -> None:
    assert tuple(GROUPS) == GROUP_NAMES
    assert sorted(index for group in GROUPS.values() for index in group) == list(range(256))
    assert all(len(group) <= 54 for group in GROUPS.values()), "three pages of 18"


def test_each_has_its_english_word_and_nothing_else_has() -> None:
    tree = tomllib.loads((ROOT / "easy_read/code_words.toml").read_text(encoding="utf-8"))
    statements = dict(tree["statement"])
    assert list(statements) == [f"word.{word}" for word in WORDS]
    assert all(table["en"] == name.removeprefix("word.") for name, table in statements.items())
    assert all(table["picture"] == name for name, table in statements.items())


# --- faults ------------------------------------------------------------------------------------


def written(folder: Path, words: Iterable[str], groups: dict[str, list[str]]) -> Path:
    lines = ["[word]", *(f'{word} = {{ emoji = "26F5" }}' for word in words), "[group]"]
    lines += [f"{name} = {list(of)!r}" for name, of in groups.items()]
    file = folder / "words.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def grouped() -> dict[str, list[str]]:
    return {name: [CODE_WORDS[index].id for index in group] for name, group in GROUPS.items()}


def test_a_whole_list_is_read(tmp_path: Path) -> None:
    words, groups = read_code_words(written(tmp_path, WORDS, grouped()))
    assert words == CODE_WORDS
    assert groups == GROUPS


@pytest.mark.parametrize("fault", ["one_short", "not_grouped", "grouped_twice", "no_group", "gone"])
def test_a_faulty_list_is_a_fault(fault: str, tmp_path: Path) -> None:
    words, groups = list(WORDS), grouped()
    if fault == "one_short":
        words.pop()
    elif fault == "not_grouped":
        groups["food"].remove("apple")
    elif fault == "grouped_twice":
        groups["home"].append("apple")
    elif fault == "no_group":
        del groups["tools"]
    file = written(tmp_path, words, groups)
    if fault == "gone":
        file.unlink()
    with pytest.raises(ContentFaulty) as raised:
        read_code_words(file)
    assert raised.value.facts["file"] == "words.toml"


def test_the_list_is_where_it_says() -> None:
    assert (PICTURES_DIR / "words.toml").is_file()
