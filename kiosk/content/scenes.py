"""Reads assets/pictures/*.toml: scenes, the cast, code-word pictures, icons."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk.content.drawing.raster import Extent
from kiosk.content.drawing.stage import FRAMES, Part, Person, Scene
from kiosk.content.picture_files import PICTURES_DIR
from kiosk.errors import ContentFaulty

# Drawn ahead in these; any other frame is drawn when it is first asked for.
_FRAMES = ("plate", "level", "row")
_FRAMES_OF = {
    "agency": ("plate", "agency", "level", "row"),
    "answer": ("plate", "answer", "row"),
    "check": ("plate", "answer", "level"),
}

_PART_KEYS = {"x", "y", "who", "emoji", "draw", "h", "flip", "turn", "decor", "only", "shirt"}


@dataclass(frozen=True)
class Library:
    """All pictures as data: scenes by id, words by id (`word.boat`), icons by name."""

    cast: dict[str, Person]
    scenes: dict[str, Scene]
    words: dict[str, Scene]
    icons: dict[str, str]


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentFaulty(file=file.name, what="missing") from None
    except tomllib.TOMLDecodeError as fault:
        raise ContentFaulty(file=file.name, what=str(fault)) from fault


def _part(raw: dict[str, Any], scene_id: str, cast_for: dict[str, str]) -> Part:
    """One inline table of `behind` or `front`; a shape keeps its own measures."""
    rest = dict(raw)
    changes = dict(rest.pop("changes", {}))
    known = {key: rest.pop(key) for key in list(rest) if key in _PART_KEYS}
    drawn = "draw" in known
    if drawn:  # a shape has an own `h` and `shirt`
        rest.update({key: known.pop(key) for key in ("h", "shirt") if key in known})
    if rest and not drawn:
        raise ContentFaulty(file="pictures.toml", what=f"{scene_id}: {sorted(rest)[0]}")
    if sum(key in known for key in ("who", "emoji", "draw")) != 1:
        raise ContentFaulty(file="pictures.toml", what=f"{scene_id}: who, emoji or draw")
    if "only" in known:
        known["only"] = tuple(known["only"])
    if known.get("who") in cast_for:
        known["who"] = cast_for[known["who"]]
    return Part(**known, changes=changes, measures=rest)


def _scene(scene_id: str, raw: dict[str, Any], cast_for: dict[str, str]) -> Scene:
    def parts(source: dict[str, Any], key: str) -> tuple[Part, ...]:
        return tuple(_part(each, scene_id, cast_for) for each in source.get(key, ()))

    missing = {"shows", "means", "wall", "ground"} - raw.keys()
    if missing:
        raise ContentFaulty(file="pictures.toml", what=f"{scene_id}: {sorted(missing)[0]}")
    small = raw.get("small", {})
    family = scene_id.partition(".")[0]
    frames = tuple(raw.get("frames", _FRAMES_OF.get(family, _FRAMES)))
    if not set(frames) <= FRAMES.keys():
        raise ContentFaulty(file="pictures.toml", what=f"{scene_id}: frames")
    return Scene(
        id=scene_id,
        shows=raw["shows"],
        means=raw["means"],
        wall=raw["wall"],
        ground=raw["ground"],
        frames=frames,
        behind=parts(raw, "behind"),
        front=parts(raw, "front"),
        small_behind=parts(small, "behind"),
        small_front=parts(small, "front"),
        extent=Extent(*(float(edge) for edge in raw["extent"])) if "extent" in raw else None,
    )


def _word(word_id: str, raw: dict[str, Any]) -> Scene:
    name = word_id.removeprefix("word.")
    unknown = raw.keys() - {"emoji", "flip", "changes"}
    if unknown or "emoji" not in raw:
        raise ContentFaulty(file="words.toml", what=f"{name}: {min(unknown, default='emoji')}")
    part = Part(
        emoji=raw["emoji"],
        h=100.0,
        flip=bool(raw.get("flip")),
        changes=dict(raw.get("changes", {})),
    )
    return Scene(
        id=word_id,
        shows=name,
        means="One of the things that codes are made of.",
        wall="none",
        ground="none",
        frames=("word",),
        behind=(part,),
        front=(),
    )


@lru_cache(maxsize=4)
def read_library(folder: Path = PICTURES_DIR) -> Library:
    """Every picture of `folder`.

    Raises ContentFaulty, naming file and scene, for anything missing, unknown or malformed.
    """
    main = _read(folder / "pictures.toml")
    cast = {
        name: Person(raw["emoji"], raw.get("shirt", ""), dict(raw.get("changes", {})))
        for name, raw in main["cast"].items()
    }
    raw_scenes: dict[str, dict[str, Any]] = main["scene"]
    others: dict[str, dict[str, str]] = main.get("others", {})
    scenes: dict[str, Scene] = {}
    for scene_id, raw in raw_scenes.items():
        source = {**raw_scenes[raw["like"]], **raw} if "like" in raw else raw
        scenes[scene_id] = _scene(scene_id, source, dict(raw.get("as", {})))
        if raw.get("for_each_other"):
            for kind, other in others.items():
                varied = _scene(f"{scene_id}.{kind}", raw, {"other": other["who"]})
                scenes[varied.id] = replace(
                    varied,
                    shows=raw["shows"].replace("a worker from there", other["called"]),
                    frames=("answer",),
                )
    words = {
        f"word.{name}": _word(f"word.{name}", raw)
        for name, raw in _read(folder / "words.toml")["word"].items()
    }
    icons = {name: str(raw["svg"]) for name, raw in _read(folder / "icons.toml").items()}
    return Library(cast, scenes, words, icons)
