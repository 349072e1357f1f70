"""Pictures as files: built ahead into `build/pictures`, drawn on demand when one is not there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.content.drawing import openmoji, raster
from kiosk.content.drawing.palette import INK
from kiosk.content.drawing.stage import FRAMES, Frame, Scene, to_svg
from kiosk.content.scenes import PICTURES_DIR, Library, read_library
from kiosk.errors import ContentFaulty

RENDERER = "1"
"""Raise it when drawing changes, so that every picture is drawn anew."""

ZOOM = 2.0
"""Pixels of the PNG for each pixel of the frame, so that pictures stay sharp on dense screens."""

ICON_SIDE = 88
"""Pixels; icons are drawn on a grid of 48 units, white on nothing, to be tinted."""

MIRRORED_ICONS = frozenset({"back", "next", "listen", "key-backspace"})
"""Icons that have a direction: right-to-left screens show them the other way round."""

ICON_FOLDER = "icon"


def _blank(frame: Frame) -> str:
    """A white plate with an empty sheet: stands where a picture is missing."""
    side = min(frame.width, frame.height) * 0.5
    x, y = (frame.width - side * 0.8) / 2, (frame.height - side) / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}"'
        f' width="{frame.width}" height="{frame.height}">'
        f'<rect width="{frame.width}" height="{frame.height}" fill="#FFFFFF"/>'
        f'<rect x="{x}" y="{y}" width="{side * 0.8}" height="{side}" rx="4" fill="#FFFFFF"'
        f' stroke="{INK}" stroke-width="{frame.stroke}"/></svg>'
    )


def icon_svg(library: Library, name: str, mirrored: bool = False) -> str:
    """An icon, white on nothing, 48 units square. Raises ContentFaulty for an unknown name."""
    if name not in library.icons:
        raise ContentFaulty(file="icons.toml", what=name)
    flip = ' transform="translate(48,0) scale(-1,1)"' if mirrored else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">'
        f'<g{flip} fill="none" stroke="#FFFFFF" stroke-width="4" stroke-linecap="round"'
        f' stroke-linejoin="round">{library.icons[name]}</g></svg>'
    )


class Pictures:
    """The pictures of one build folder."""

    def __init__(self, build_dir: Path, source_dir: Path = PICTURES_DIR) -> None:
        """`build_dir` is settings.build_dir; pictures go under its `pictures`.

        Raises ContentFaulty when assets/pictures cannot be read.
        """
        self._folder = build_dir / "pictures"
        self._library = read_library(source_dir)

    @property
    def library(self) -> Library:
        """All pictures as data."""
        return self._library

    def has(self, picture_id: str) -> bool:
        """Whether there is such a picture."""
        return picture_id in self._library.scenes or picture_id in self._library.words

    def describe(self, picture_id: str) -> str:
        """What a picture shows, in plain English; empty when there is no such picture."""
        return self._scene(picture_id).shows if self.has(picture_id) else ""

    def means(self, picture_id: str) -> str:
        """What a picture may be used to say; empty when there is no such picture."""
        return self._scene(picture_id).means if self.has(picture_id) else ""

    def path(self, picture_id: str, frame: str) -> Path:
        """A PNG of the frame's size times `ZOOM`.

        A picture that was not built, or whose file has gone, is drawn now (some 20 ms). One that
        does not exist is a blank plate: a person's visit never ends for want of a picture;
        the build and the content check are where it is a fault.
        """
        target = self._folder / frame / f"{picture_id}.png"
        if not target.is_file():
            if self.has(picture_id):
                _write(target, raster.png(self.svg(picture_id, frame), ZOOM))
            else:
                target = self._folder / frame / "_blank.png"
                if not target.is_file():
                    _write(target, raster.png(_blank(FRAMES[frame]), ZOOM))
        return target

    def svg(self, picture_id: str, frame: str) -> str:
        """The picture as SVG, for paper. Raises ContentFaulty when there is no such picture."""
        if not self.has(picture_id):
            raise ContentFaulty(file="pictures.toml", what=picture_id)
        return to_svg(self._scene(picture_id), self._library.cast, FRAMES[frame])

    def icon(self, name: str, mirrored: bool = False) -> Path:
        """A control's sign, white on nothing, `ICON_SIDE` pixels square, to be tinted.

        `mirrored` is for right-to-left screens, and turns only the signs that have a direction.
        Raises ContentFaulty for an unknown name.
        """
        turned = mirrored and name in MIRRORED_ICONS
        target = self._folder / ICON_FOLDER / f"{name}{'.mirrored' if turned else ''}.png"
        if not target.is_file():
            _write(target, raster.png(icon_svg(self._library, name, turned), ICON_SIDE / 48))
        return target

    def _scene(self, picture_id: str) -> Scene:
        return self._library.scenes.get(picture_id) or self._library.words[picture_id]


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all, so that a build cut short leaves no half picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(content)
    half.replace(target)


def _fingerprint(library: Library, what: object) -> str:
    text = repr((RENDERER, openmoji.version(), ZOOM, FRAMES, library.cast, what))
    return hashlib.sha256(text.encode()).hexdigest()


def build_pictures(
    build_dir: Path, progress: Callable[[int, int], None] | None = None
) -> list[ContentFaulty]:
    """Draw what is new or changed into `build_dir`/pictures.

    `progress(done, of)` is called after each picture. Returns the faults of pictures that cannot
    be drawn (the others are); raises ContentFaulty when the data itself cannot be read.
    """
    library = read_library()
    pictures = Pictures(build_dir)
    folder = build_dir / "pictures"
    ledger_file = folder / "ledger.json"
    try:
        ledger: dict[str, str] = json.loads(ledger_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        ledger = {}

    jobs: list[tuple[Path, str, Callable[[], bytes]]] = []

    def plan(target: Path, what: object, draw: Callable[[], bytes]) -> None:
        jobs.append((target, _fingerprint(library, what), draw))

    for scene in (*library.scenes.values(), *library.words.values()):
        for frame in scene.frames:
            plan(
                folder / frame / f"{scene.id}.png",
                (scene, frame),
                lambda scene=scene, frame=frame: raster.png(  # type: ignore[misc]
                    to_svg(scene, library.cast, FRAMES[frame]), ZOOM
                ),
            )
    for name, source in library.icons.items():
        for turned in (False, True) if name in MIRRORED_ICONS else (False,):
            plan(
                folder / ICON_FOLDER / f"{name}{'.mirrored' if turned else ''}.png",
                (source, turned),
                lambda name=name, turned=turned: raster.png(  # type: ignore[misc]
                    icon_svg(library, name, turned), ICON_SIDE / 48
                ),
            )
    faults: list[ContentFaulty] = []
    fresh: dict[str, str] = {}

    def draw(job: tuple[Path, str, Callable[[], bytes]]) -> None:
        target, fingerprint, make = job
        key = target.relative_to(folder).as_posix()
        if ledger.get(key) != fingerprint or not target.is_file():
            try:
                _write(target, make())
            except (ContentFaulty, ValueError) as fault:
                faults.append(
                    fault
                    if isinstance(fault, ContentFaulty)
                    else ContentFaulty(file=key, what=str(fault))
                )
                return
        fresh[key] = fingerprint

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        for done, _ in enumerate(workers.map(draw, jobs), start=1):
            if progress is not None:
                progress(done, len(jobs))
    _write(ledger_file, json.dumps(fresh, indent=0, sort_keys=True).encode())
    # Pictures that are no longer asked for would mislead whoever looks into the folder.
    for old in folder.glob("*/*.png"):
        if old.relative_to(folder).as_posix() not in fresh and old.name != "_blank.png":
            old.unlink()
    return faults
