"""Pictures on plates, and control signs tinted to their ground."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kivy.graphics import Color, Rectangle, RoundedRectangle
from kivy.graphics.texture import Texture
from kivy.properties import ColorProperty
from kivy.uix.widget import Widget
from PIL import Image, ImageOps

from kiosk.ui import theme
from kiosk.ui.theme import Dress
from kiosk.ui.widgets.stage import Stage, paint_box


def cut_to(path: Path, width: int, height: int) -> Texture:
    """The middle of a picture in the shape wanted, never stretched, at exactly this size."""
    with Image.open(path) as opened:
        opened.load()
        whole: Image.Image = opened if opened.mode == "RGBA" else opened.convert("RGB")
    if whole.width >= 2 * width and whole.height >= 2 * height:
        whole = whole.reduce(2)  # drawn at twice the size: a plain mean is right, and quick
    fitted = ImageOps.fit(whole, (width, height), Image.Resampling.BICUBIC)
    texture = Texture.create(size=(width, height), colorfmt="rgba")
    texture.blit_buffer(fitted.convert("RGBA").tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


@lru_cache(128)  # signs say nothing of anybody, and stand on every screen
def sign_at(path: Path, width: int, height: int) -> Texture:
    """A control's sign at exactly this size. Smaller ones made by the driver cost it 90 ms."""
    return cut_to(path, width, height)


class Picture(Widget):
    """One picture, filling its bounds with rounded corners. Never mirrored."""

    def __init__(self, dress: Dress, path: Path, radius: float = theme.RADIUS_INSIDE) -> None:
        super().__init__(size_hint=(None, None))
        self.dress, self.path, self.radius = dress, path, radius
        self.bind(size=self._draw)  # placed before it is sized: drawn once

    def _draw(self, *_args: object) -> None:
        width, height = (max(1, round(side)) for side in self.size)
        palette, corner = self.dress.palette, self.dress.u(self.radius)
        texture = cut_to(self.path, width, height)
        self.canvas.clear()
        with self.canvas:
            Color(*palette.picture_ground)
            RoundedRectangle(pos=self.pos, size=self.size, radius=[corner])
            Color(1, 1, 1, palette.picture_strength)
            RoundedRectangle(pos=self.pos, size=self.size, radius=[corner], texture=texture)


class Plate(Stage):
    """A picture on its white plate: border 4, mat 10."""

    def __init__(
        self, dress: Dress, path: Path, *, mat: float = 10, border: float = theme.BORDER
    ) -> None:
        super().__init__(dress)
        self.path, self.mat, self.border = path, mat, border

    def compose(self) -> None:
        palette, unit = self.dress.palette, self.dress.u
        small = self.inner_height < 120
        paint_box(
            self.canvas.before,
            self.pos,
            self.size,
            fill=palette.picture_ground,
            edge=palette.ink,
            border=unit(self.border),
            radius=unit(14 if small else theme.RADIUS_BOX),
        )
        inset = self.mat + self.border
        self.put(
            Picture(self.dress, self.path, radius=7 if small else theme.RADIUS_INSIDE),
            inset,
            inset,
            self.inner_width - 2 * inset,
            self.inner_height - 2 * inset,
        )


class Icon(Widget):
    """A control's sign: white on nothing in its file, tinted here."""

    color = ColorProperty((1, 1, 1, 1))

    def __init__(self, path: Path, color: theme.Colour) -> None:
        super().__init__(size_hint=(None, None))
        self.path = path
        self.color = color
        self.bind(pos=self._draw, size=self._draw, color=self._draw)

    def _draw(self, *_args: object) -> None:
        width, height = (max(1, round(side)) for side in self.size)
        self.canvas.clear()
        with self.canvas:
            Color(*self.color)
            Rectangle(pos=self.pos, size=self.size, texture=sign_at(self.path, width, height))
