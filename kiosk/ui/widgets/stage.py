"""A sheet that things are put on by design pixels, from the start edge and the top.

Every screen and every box is one. Right to left, `put` counts from the right edge: nothing else in
the app needs to know which way a language runs. Screens are built anew when anything about their
dress changes, so places are worked out once.
"""

from __future__ import annotations

from kivy.graphics import Color, Line, Rectangle, RoundedRectangle
from kivy.uix.widget import Widget

from kiosk.ui.theme import Colour, Dress


class Stage(Widget):
    """A widget whose children are placed by `put`, in reading order."""

    def __init__(self, dress: Dress, **kwargs: object) -> None:
        super().__init__(size_hint=(None, None), **kwargs)
        self.dress = dress

    @property
    def inner_width(self) -> float:
        """Own width in design pixels."""
        return float(self.width / self.dress.scale)

    @property
    def inner_height(self) -> float:
        """Own height in design pixels."""
        return float(self.height / self.dress.scale)

    def put(self, widget: Widget, start: float, top: float, width: float, height: float) -> Widget:
        """Place `widget` by design pixels from the start edge and the top, and add it."""
        unit = self.dress.u
        left = self.right - unit(start + width) if self.dress.rtl else self.x + unit(start)
        widget.pos = (round(left), round(self.top - unit(top + height)))
        widget.size = (round(unit(width)), round(unit(height)))
        self.add_widget(widget)
        if isinstance(widget, Stage):
            widget.compose()
        return widget

    def compose(self) -> None:
        """Put the children. Called once, when the own size and place are known."""


def paint_rectangle(canvas: object, pos: object, size: object, colour: Colour) -> None:
    """A plain filled rectangle, in window pixels."""
    with canvas:  # type: ignore[attr-defined]
        Color(*colour)
        Rectangle(pos=pos, size=size)


def paint_box(
    canvas: object,
    pos: tuple[float, float],
    size: tuple[float, float],
    *,
    fill: Colour,
    edge: Colour,
    border: float,
    radius: float | list[float],
) -> None:
    """A filled box with its border inside its bounds, in window pixels."""
    radii = radius if isinstance(radius, list) else [radius] * 4
    with canvas:  # type: ignore[attr-defined]
        if border > 0:
            Color(*edge)
            RoundedRectangle(pos=pos, size=size, radius=radii)
        Color(*fill)
        RoundedRectangle(
            pos=(pos[0] + border, pos[1] + border),
            size=(max(0, size[0] - 2 * border), max(0, size[1] - 2 * border)),
            radius=[max(1, r - border) if r else 0 for r in radii],
        )


def paint_line(canvas: object, points: list[float], width: float, colour: Colour) -> None:
    """A straight line `width` window pixels thick."""
    with canvas:  # type: ignore[attr-defined]
        Color(*colour)
        Line(points=points, width=width / 2, cap="none")
