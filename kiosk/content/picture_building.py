"""Drawing pictures into files: all of them ahead, and again any that went missing."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.content.drawing import openmoji, raster
from kiosk.content.drawing.stage import FRAMES, Frame, Scene, to_svg
from kiosk.content.picture_files import (
    ICON_SIDE,
    LEDGER,
    MIRRORED_ICONS,
    PICTURES_DIR,
    ZOOM,
    icon_key,
)
from kiosk.content.scenes import Library, read_library
from kiosk.errors import ContentFaulty

RENDERER = "2"
"""Raise it when drawing changes, so that every picture is drawn anew."""

ICON_GRID = 48


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


def draw_missing(folder: Path, library: Library, frame: str) -> None:
    """Draw all pictures of a frame that are not there, not only the one that is asked for.

    Which code words were drawn last would tell whose visit it was. Raises OSError, ContentFaulty.
    """
    for job in _jobs(library):
        target = folder / job.key
        if job.key.startswith(f"{frame}/") and not target.is_file():
            _write(target, job.draw())


def draw_scene(target: Path, library: Library, scene: Scene, frame: str) -> None:
    """Draw one picture, in a frame that it is not drawn ahead in. Raises OSError, ContentFaulty."""
    _write(target, _draw(scene, library, FRAMES[frame]))


def draw_icon(target: Path, library: Library, name: str, turned: bool) -> None:
    """Draw one icon. Raises OSError; ContentFaulty for an unknown name."""
    _write(target, _draw_icon(library, name, turned))


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
                icon_key(name, turned),
                (source, turned),
                partial(_draw_icon, library, name, turned),
            )


def _draw(scene: Scene, library: Library, frame: Frame) -> bytes:
    return raster.in_few_colours(raster.png(to_svg(scene, library.cast, frame), ZOOM))


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
