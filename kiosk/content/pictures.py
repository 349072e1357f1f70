"""Pictures as files: built ahead into `build/pictures`, drawn on demand when one is not there.

Finding one that was built reads no picture data and imports nothing that draws: that is for when
something is missing (bench/start.py).
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.content.picture_files import BLANK_PLATE, MIRRORED_ICONS, PICTURES_DIR, icon_key
from kiosk.errors import ContentFaulty

if TYPE_CHECKING:
    from kiosk.content.drawing.stage import Scene
    from kiosk.content.scenes import Library


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
        from kiosk.content.scenes import read_library

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
        from kiosk.content.picture_building import draw_missing, draw_scene

        try:
            draw_missing(self._folder, self.library, frame)
            if not target.is_file():
                draw_scene(target, self.library, self._scene(picture_id), frame)
        except (OSError, ContentFaulty):
            return BLANK_PLATE
        return target

    def svg(self, picture_id: str, frame: str) -> str:
        """The picture as SVG, for paper. Raises ContentFaulty when there is no such picture."""
        if not self.has(picture_id):
            raise ContentFaulty(file="pictures.toml", what=picture_id)
        from kiosk.content.drawing.stage import FRAMES, to_svg

        return to_svg(self._scene(picture_id), self.library.cast, FRAMES[frame])

    def icon(self, name: str, mirrored: bool = False) -> Path:
        """A control's sign, white on nothing, `ICON_SIDE` pixels square, to be tinted.

        `mirrored` is for right-to-left screens, and turns only the signs that have a direction.
        Raises ContentFaulty for an unknown name.
        """
        turned = mirrored and name in MIRRORED_ICONS
        target = self._folder / icon_key(name, turned)
        if not target.is_file():
            from kiosk.content.picture_building import draw_icon

            draw_icon(target, self.library, name, turned)
        return target

    def _scene(self, picture_id: str) -> Scene:
        return self.library.scenes.get(picture_id) or self.library.words[picture_id]
