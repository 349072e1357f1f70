"""Pictures as files: built ahead into `build/pictures`, drawn on demand when one is not there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from kiosk.content.drawing import openmoji, raster
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

ICON_GRID = 48

LEDGER = "ledger.json"
"""Beside the pictures: what each was drawn from, so that a build draws only what changed."""

BLANK_PLATE = PICTURES_DIR / "blank.png"
"""An empty sheet on white: stands where a picture is missing."""


def _icon_key(name: str, turned: bool) -> str:
    return f"icon/{name}{'.mirrored' if turned else ''}.png"


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

        What stands in assets/pictures is read when it is first asked for: ContentFaulty then.
        """
        self._folder = build_dir / "pictures"
        self._source_dir = source_dir

    @cached_property
    def library(self) -> Library:
        """All pictures as data. Raises ContentFaulty when assets/pictures cannot be read."""
        return read_library(self._source_dir)

    def has(self, picture_id: str) -> bool:
        """Whether there is such a picture."""
        return picture_id in self.library.scenes or picture_id in self.library.words

    def describe(self, picture_id: str) -> str:
        """What a picture shows, in plain English; empty when there is no such picture."""
        return self._scene(picture_id).shows if self.has(picture_id) else ""

    def means(self, picture_id: str) -> str:
        """What a picture may be used to say; empty when there is no such picture."""
        return self._scene(picture_id).means if self.has(picture_id) else ""

    def path(self, picture_id: str, frame: str) -> Path:
        """A PNG of the frame's size times `ZOOM`.

        A picture that does not exist, or cannot be drawn, is `BLANK_PLATE`: a person's visit never
        ends for want of a picture; the build and the content check are where it is a fault.
        """
        target = self._folder / frame / f"{picture_id}.png"
        if target.is_file():
            return target
        if not self.has(picture_id):
            return BLANK_PLATE
        try:
            self._draw_missing(frame)
            if not target.is_file():
                _write(target, _draw(self._scene(picture_id), self.library, FRAMES[frame]))
        except (OSError, ContentFaulty):
            return BLANK_PLATE
        return target

    def _draw_missing(self, frame: str) -> None:
        """Draw all pictures of a frame that are not there, not only the one that is asked for.

        Which code words were drawn last would tell whose visit it was.
        """
        for job in _jobs(self.library):
            target = self._folder / job.key
            if job.key.startswith(f"{frame}/") and not target.is_file():
                _write(target, job.draw())

    def svg(self, picture_id: str, frame: str) -> str:
        """The picture as SVG, for paper. Raises ContentFaulty when there is no such picture."""
        if not self.has(picture_id):
            raise ContentFaulty(file="pictures.toml", what=picture_id)
        return to_svg(self._scene(picture_id), self.library.cast, FRAMES[frame])

    def icon(self, name: str, mirrored: bool = False) -> Path:
        """A control's sign, white on nothing, `ICON_SIDE` pixels square, to be tinted.

        `mirrored` is for right-to-left screens, and turns only the signs that have a direction.
        Raises ContentFaulty for an unknown name.
        """
        turned = mirrored and name in MIRRORED_ICONS
        target = self._folder / _icon_key(name, turned)
        if not target.is_file():
            _write(target, _draw_icon(self.library, name, turned))
        return target

    def _scene(self, picture_id: str) -> Scene:
        return self.library.scenes.get(picture_id) or self.library.words[picture_id]


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all, so that a build cut short leaves no half picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(content)
    half.replace(target)


@dataclass(frozen=True)
class _Job:
    """One file to draw: `what` is all that its looks depend on."""

    key: str
    what: object
    draw: Callable[[], bytes]


def _jobs(library: Library) -> Iterator[_Job]:
    for scene in (*library.scenes.values(), *library.words.values()):
        for name in scene.frames:
            yield _Job(
                f"{name}/{scene.id}.png",
                (scene, FRAMES[name]),
                partial(_draw, scene, library, FRAMES[name]),
            )
    for name, source in library.icons.items():
        for turned in (False, True) if name in MIRRORED_ICONS else (False,):
            yield _Job(
                _icon_key(name, turned),
                (source, turned),
                partial(_draw_icon, library, name, turned),
            )


def _draw(scene: Scene, library: Library, frame: Frame) -> bytes:
    return raster.png(to_svg(scene, library.cast, frame), ZOOM)


def _draw_icon(library: Library, name: str, turned: bool) -> bytes:
    return raster.png(icon_svg(library, name, turned), ICON_SIDE / ICON_GRID)


def _fingerprint(library: Library, job: _Job) -> str:
    text = repr((RENDERER, openmoji.version(), ZOOM, library.cast, job.what))
    return hashlib.sha256(text.encode()).hexdigest()


def _read_ledger(file: Path) -> dict[str, str]:
    """What each file was drawn from; nothing when it was never written or is not whole."""
    try:
        ledger = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return ledger if isinstance(ledger, dict) else {}


def build_pictures(
    build_dir: Path,
    progress: Callable[[int, int], None] | None = None,
    source_dir: Path = PICTURES_DIR,
) -> list[ContentFaulty]:
    """Draw what is new or changed into `build_dir`/pictures.

    `progress(done, of)` is called after each picture. Returns the faults of pictures that cannot
    be drawn (the others are); raises ContentFaulty when the data itself cannot be read.
    """
    library = read_library(source_dir)
    folder = build_dir / "pictures"
    ledger = _read_ledger(folder / LEDGER)
    faults: list[ContentFaulty] = []
    fresh: dict[str, str] = {}

    def draw(job: _Job) -> None:
        target, fingerprint = folder / job.key, _fingerprint(library, job)
        if ledger.get(job.key) != fingerprint or not target.is_file():
            try:
                _write(target, job.draw())
            except ContentFaulty as fault:
                faults.append(fault)
                return
            except ValueError as fault:  # resvg could make nothing of the drawing
                faults.append(ContentFaulty(file=job.key, what=str(fault)))
                return
        fresh[job.key] = fingerprint

    jobs = list(_jobs(library))
    # One after the other: resvg does not let go of the interpreter, so threads gain nothing.
    for done, job in enumerate(jobs, start=1):
        draw(job)
        if progress is not None:
            progress(done, len(jobs))
    _write(folder / LEDGER, json.dumps(fresh, indent=0, sort_keys=True).encode())
    # Pictures that are no longer asked for would mislead whoever looks into the folder.
    for old in folder.glob("*/*.png"):
        if old.relative_to(folder).as_posix() not in fresh:
            old.unlink()
    return faults
