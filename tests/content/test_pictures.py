"""Pictures: every scene whole in every frame, equal where it must be, and never the end of a visit."""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.content.drawing import openmoji, palette, raster
from kiosk.content.drawing.stage import FRAMES, Part, Scene, fit, fragment, to_svg
from kiosk.content.picture_building import build_pictures
from kiosk.content.picture_files import (
    BLANK_PLATE,
    ICON_SIDE,
    LEDGER,
    MIRRORED_ICONS,
    PICTURES_DIR,
    ZOOM,
)
from kiosk.content.pictures import Pictures
from kiosk.content.scenes import Library, read_library
from kiosk.errors import ContentFaulty

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = read_library()
SCENES = sorted(LIBRARY.scenes)
CONTROLS = (
    "back", "listen", "stop", "bigger", "bigger.arab", "language", "person", "hide", "headphones",
    "pictures", "colours", "more", "next", "lock", "key-backspace", "clear",
)  # fmt: skip
SKIN_TONES = {"1F3FB", "1F3FC", "1F3FD", "1F3FE", "1F3FF"}
# Thumbs, ticks, crosses, padlocks, shields, scales, arrows, sirens, crests, handcuffs, bars, drinks.
NEVER = {
    "1F44D", "1F44E", "2714", "2705", "274C", "274E", "1F512", "1F513", "1F6E1", "2696", "1F6A8",
    "1F46E", "1F694", "1F693", "2194", "27A1", "2B05", "1F37A", "1F37B", "1F489", "1F52B", "1F480",
}  # fmt: skip


def drawn(scene: Scene, frame: str, library: Library = LIBRARY) -> Image.Image:
    with Image.open(BytesIO(raster.png(to_svg(scene, library.cast, FRAMES[frame]), 1.0))) as image:
        return image.convert("RGBA")


def all_parts(scene: Scene) -> list[Part]:
    return [*scene.behind, *scene.front, *scene.small_behind, *scene.small_front]


def cut_parts(scene: Scene, library: Library) -> list[str]:
    """Parts that reach out of a frame that the scene is drawn in, as `frame: part`."""
    found = []
    for name in scene.frames:
        frame = FRAMES[name]
        fitting = fit(scene, library.cast, frame)
        behind, front = scene.parts(frame)
        for part in (*behind, *front):
            box = raster.ink(fragment(part, library.cast, frame.stroke / fitting.scale))
            left = box.left * fitting.scale + fitting.across
            right = box.right * fitting.scale + fitting.across
            top = box.top * fitting.scale + fitting.down
            bottom = box.bottom * fitting.scale + fitting.down
            # Ink is measured to four stage units.
            slack = 4 * fitting.scale
            if (
                left < -slack
                or top < -slack
                or right > frame.width + slack
                or bottom > frame.height + slack
            ):
                found.append(f"{name}: {part.who or part.emoji or part.draw}")
    return found


# --- what is drawn -----------------------------------------------------------------------------


@pytest.mark.parametrize("scene_id", SCENES)
def test_nothing_is_cut_off(scene_id: str) -> None:
    assert cut_parts(LIBRARY.scenes[scene_id], LIBRARY) == []


def test_a_part_that_is_cut_off_is_seen() -> None:
    stray = Part(x=400, y=0, draw="sheet", measures={"w": 80, "h": 90})
    whole = replace(LIBRARY.scenes["answer.yes"], front=(stray,))
    assert cut_parts(whole, LIBRARY)


def test_every_picture_that_words_name_exists() -> None:
    named: set[str] = set()

    def gather(tree: object) -> None:
        if isinstance(tree, dict):
            if isinstance(tree.get("picture"), str):
                named.add(tree["picture"])
            for branch in tree.values():
                gather(branch)
        elif isinstance(tree, list):
            for branch in tree:
                gather(branch)

    for file in (*ROOT.glob("easy_read/*.toml"), *ROOT.glob("places/**/*.toml")):
        gather(tomllib.loads(file.read_text(encoding="utf-8")))
    assert named
    assert sorted(named - LIBRARY.scenes.keys() - LIBRARY.words.keys() - {""}) == []


@pytest.mark.parametrize("scene_id", SCENES)
def test_what_it_shows_is_said_in_short_sentences(scene_id: str) -> None:
    scene = LIBRARY.scenes[scene_id]
    sentences = re.findall(r"[^.?]+[.?]", scene.shows)
    assert sentences
    assert all(len(sentence.split()) <= 15 for sentence in sentences)
    assert scene.shows.endswith(".")
    assert scene.means


@pytest.mark.parametrize("scene_id", SCENES)
def test_at_most_two_people(scene_id: str) -> None:
    people = [part for part in all_parts(LIBRARY.scenes[scene_id]) if part.who]
    many = {"check.1.everyone"}  # its meaning is that there are many
    assert len(people) <= 2 or scene_id in many or LIBRARY.scenes[scene_id].small_behind


def test_people_have_a_real_skin_tone() -> None:
    for person in LIBRARY.cast.values():
        assert set(person.emoji.split("-")) & SKIN_TONES, person.emoji


def test_the_cast_is_wide() -> None:
    codes = [person.emoji for person in LIBRARY.cast.values()]
    assert {tone for code in codes for tone in code.split("-") if tone in SKIN_TONES} == SKIN_TONES
    assert any(code.startswith("1F9D5") for code in codes), "a headscarf"
    assert any("1F9B3" in code or code.startswith(("1F474", "1F475")) for code in codes), (
        "grey hair"
    )
    parts = [part for scene in LIBRARY.scenes.values() for part in all_parts(scene)]
    assert any(part.draw == "wheelchair-front" for part in parts), "a wheelchair"


def test_no_picture_that_has_to_be_decoded_or_that_frightens() -> None:
    used = {
        point
        for scene in (*LIBRARY.scenes.values(), *LIBRARY.words.values())
        for part in all_parts(scene)
        for point in part.emoji.split("-")
    }
    assert used & NEVER == set()


def test_no_red_cross_on_white() -> None:
    changes = LIBRARY.scenes["agency.health"].front[0].changes
    assert palette.colour(changes["#EA5A47"]) == "#3B5784"
    picture = drawn(LIBRARY.scenes["agency.health"], "agency")
    colours = {colour[:3] for _, colour in picture.getcolors(1 << 20) or []}
    assert (0xD8, 0x80, 0x5E) not in colours
    assert (0xB4, 0x58, 0x3C) not in colours


@pytest.mark.parametrize("ground", [*palette.WALLS.values(), *palette.GROUNDS.values()])
def test_outlines_stand_out(ground: str) -> None:
    assert palette.contrast(palette.INK, ground) >= 9.0


def test_contrast_is_wcags() -> None:
    assert palette.contrast("#000", "#fff") == pytest.approx(21.0)
    assert palette.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_one_outline_weight_in_a_picture() -> None:
    scene, frame = LIBRARY.scenes["notice.inside"], FRAMES["plate"]
    svg = to_svg(scene, LIBRARY.cast, frame)
    scale = fit(scene, LIBRARY.cast, frame).scale
    people = re.findall(
        r'<g transform="scale\(([\d.]+)\)" fill="#26152F">(.*?)</g></g>', svg, flags=re.S
    )
    assert people
    for own, inner in people:
        for width in re.findall(r'stroke-width="([\d.]+)"', inner):
            assert float(width) * float(own) * scale == pytest.approx(frame.stroke, rel=0.01)


# --- the four answers --------------------------------------------------------------------------


def test_only_the_paper_moves_between_yes_and_no() -> None:
    yes, no = (drawn(LIBRARY.scenes[f"answer.{answer}"], "answer") for answer in ("yes", "no"))
    box = ImageChops.difference(yes.convert("RGB"), no.convert("RGB")).getbbox()
    assert box is not None
    width, height = yes.size
    assert box[1] > height * 0.4, "heads do not change"
    share = sum(1 for pixel in ImageChops.difference(yes, no).convert("L").tobytes() if pixel)
    assert share < width * height * 0.16


@pytest.mark.parametrize("frame", ["answer", "row", "answer-wide"])
def test_answers_stand_at_one_size(frame: str) -> None:
    fittings = {
        fit(LIBRARY.scenes[f"answer.{answer}"], LIBRARY.cast, FRAMES[frame])
        for answer in ("yes", "ask", "no", "later")
    }
    assert len(fittings) == 1


def test_each_kind_of_agency_has_its_own_person_in_the_answers() -> None:
    kinds = [scene.removeprefix("agency.") for scene in SCENES if scene.startswith("agency.")]
    assert len(kinds) == 12
    for answer in ("yes", "no"):
        seen = {
            drawn(LIBRARY.scenes[f"answer.{answer}.{kind}"], "answer").tobytes() for kind in kinds
        }
        assert len(seen) == len(kinds)


# --- files -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    assert build_pictures(folder) == []
    return folder


def test_pictures_have_twice_the_pixels_of_their_frame(built: Path) -> None:
    for picture, name in (("answer.yes", "answer"), ("rest", "rest"), ("word.boat", "word")):
        with Image.open(Pictures(built).path(picture, name)) as image:
            frame = FRAMES[name]
            assert image.size == (frame.width * ZOOM, frame.height * ZOOM)


def test_scenes_fill_their_frame_and_words_stand_on_nothing(built: Path) -> None:
    with Image.open(Pictures(built).path("notice.inside", "plate")) as scene:
        assert scene.convert("RGBA").getchannel("A").getextrema() == (255, 255)
    with Image.open(Pictures(built).path("word.boat", "word")) as word:
        assert word.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_a_second_build_draws_nothing(built: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in built.glob("pictures/*/*.png")}
    seen: list[tuple[int, int]] = []
    assert build_pictures(built, lambda done, of: seen.append((done, of))) == []
    assert {file: file.stat().st_mtime_ns for file in built.glob("pictures/*/*.png")} == before
    assert seen[-1] == (len(before), len(before))


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder of pictures with no more than the answers and the levels."""
    source = tmp_path / "source"
    source.mkdir()
    for file in PICTURES_DIR.glob("*.toml"):
        shutil.copy(file, source)
    main, words = source / "pictures.toml", source / "words.toml"
    text = main.read_text(encoding="utf-8")
    start, end = text.index("# --- the four answers"), text.index("# --- telling, and the notice")
    main.write_text(text[: text.index("[scene.rest]")] + text[start:end], encoding="utf-8")
    words.write_text('[word]\nboat = { emoji = "26F5" }\n', encoding="utf-8")
    return source


def times(build: Path) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in build.glob("pictures/*/*.png")}


def test_a_build_draws_what_changed_and_takes_away_what_is_gone(few: Path, tmp_path: Path) -> None:
    build = tmp_path / "build"
    build_pictures(build, source_dir=few)
    before = times(build)
    main = few / "pictures.toml"
    text = main.read_text(encoding="utf-8").replace('"level.need"', '"level.less"')
    short = 'means = "A short summary."\nwall = "'
    assert short + "sand" in text
    main.write_text(text.replace(short + "sand", short + "sky"), encoding="utf-8")
    read_library.cache_clear()
    try:
        build_pictures(build, source_dir=few)
    finally:
        read_library.cache_clear()
    after = times(build)
    changed = {file.stem for file in after if after[file] != before.get(file)}
    assert changed == {"level.less", "level.summary"}
    assert {file.stem for file in before.keys() - after.keys()} == {"level.need"}


def test_a_ledger_that_is_not_whole_is_started_anew(few: Path, tmp_path: Path) -> None:
    build_pictures(tmp_path / "build", source_dir=few)
    ledger = tmp_path / "build" / "pictures" / LEDGER
    whole = ledger.read_text(encoding="utf-8")
    ledger.write_text(whole[: len(whole) // 2], encoding="utf-8")
    assert build_pictures(tmp_path / "build", source_dir=few) == []
    assert ledger.read_text(encoding="utf-8") == whole


def test_an_unknown_picture_is_a_blank_plate(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    path = pictures.path("no.such.picture", "row")
    assert path == BLANK_PLATE
    with Image.open(path) as image:
        assert image.getpixel((2, 2)) is not None
    assert pictures.describe("no.such.picture") == ""
    assert pictures.path("../../etc/passwd", "row") == BLANK_PLATE


def test_a_deleted_cache_is_drawn_again_whole_so_that_it_tells_of_nobody(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    with Image.open(pictures.path("word.drum", "word")) as image:
        assert image.size == (192, 192)
    assert len(list((tmp_path / "pictures" / "word").glob("*.png"))) == 256


def test_a_folder_that_cannot_be_written_to_gives_a_blank_plate(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("a file stands where the folder should be")
    assert Pictures(tmp_path).path("level.need", "level") == BLANK_PLATE


def test_any_picture_can_be_asked_for_in_any_frame(tmp_path: Path) -> None:
    with Image.open(Pictures(tmp_path).path("agency.health", "agency-wide")) as image:
        assert image.size == (624, 212)


def test_describe_says_what_is_drawn() -> None:
    assert Pictures(Path()).describe("level.need") == "A small slip of paper with one line."
    assert Pictures(Path()).means("level.need") == "Only that I need help with this."
    assert Pictures(Path()).describe("word.boat") == "boat"


# --- signs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONTROLS)
def test_signs_are_white_on_nothing(name: str, tmp_path: Path) -> None:
    with Image.open(Pictures(tmp_path).icon(name)) as image:
        assert image.size == (ICON_SIDE, ICON_SIDE)
        picture = image.convert("RGBA")
    box = picture.getchannel("A").getbbox()
    assert box is not None
    assert min(box[2] - box[0], box[3] - box[1]) > ICON_SIDE * 0.15
    assert box[0] > 0
    assert box[1] > 0
    assert box[2] < ICON_SIDE
    assert box[3] < ICON_SIDE
    inked = [pixel for _, pixel in picture.getcolors(1 << 14) or [] if pixel[3] > 0]
    assert all(min(pixel[:3]) > 250 for pixel in inked)


def test_only_signs_with_a_direction_turn(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    for name in CONTROLS:
        plain, turned = pictures.icon(name), pictures.icon(name, mirrored=True)
        assert (plain != turned) == (name in MIRRORED_ICONS), name
    with (
        Image.open(pictures.icon("back")) as plain_image,
        Image.open(pictures.icon("back", mirrored=True)) as turned_image,
    ):
        flipped = plain_image.convert("RGBA").transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        difference = ImageChops.difference(flipped, turned_image.convert("RGBA"))
        assert max(high for _, high in difference.getextrema()) < 24  # type: ignore[misc]


def test_an_unknown_sign_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentFaulty):
        Pictures(tmp_path).icon("thumbs-up")


# --- faults in the data ------------------------------------------------------------------------

_HEAD = '[cast]\nme = { emoji = "1F9D1-1F3FD" }\n'
_SCENE = 'shows = "A."\nmeans = "A."\nwall = "sand"\nground = "table"\n'


@pytest.mark.parametrize(
    ("scenes", "named"),
    [
        (_SCENE.replace('wall = "sand"\n', ""), "wall"),
        (_SCENE + 'frames = ["poster"]', "frames"),
        (_SCENE + "front = [{ x = 1 }]", "who, emoji or draw"),
        (_SCENE + 'front = [{ who = "me", size = 3 }]', "size"),
        (_SCENE + 'front = [{ who = "nobody" }]', "nobody"),
        (_SCENE + 'front = [{ draw = "unicycle" }]', "unicycle"),
        (_SCENE + 'front = [{ draw = "sheet", w = 8 }]', "sheet"),
        (_SCENE + 'front = [{ emoji = "FFFFF", h = 10 }]', "FFFFF"),
        (_SCENE + 'front = [{ draw = "mug", w = 9, h = 9, fill = "mauve" }]', "mauve"),
        (_SCENE + "front = [", "Invalid value"),
    ],
)
def test_faulty_data_is_named(scenes: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "pictures.toml").write_text(f'{_HEAD}[scene."a.b"]\n{scenes}\n', encoding="utf-8")
    (tmp_path / "words.toml").write_text("[word]\n", encoding="utf-8")
    (tmp_path / "icons.toml").write_text("", encoding="utf-8")
    try:
        faults = build_pictures(tmp_path / "build", source_dir=tmp_path)
    except ContentFaulty as fault:
        faults = [fault]
    assert faults
    assert named in str(faults[0].facts["what"])


def test_missing_data_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentFaulty) as raised:
        Pictures(tmp_path, source_dir=tmp_path).has("rest")
    assert raised.value.facts["file"] == "pictures.toml"


def test_nothing_of_openmoji_is_in_the_repository() -> None:
    assert openmoji.exists("26F5")
    assert list((ROOT / "assets").rglob("*.svg")) == []
    licences = (ROOT / "assets" / "LICENCES.md").read_text(encoding="utf-8")
    assert "OpenMoji" in licences
    assert "CC BY-SA 4.0" in licences
    assert openmoji.version() in licences
