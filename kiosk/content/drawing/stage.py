"""A scene fitted to a frame: wall, people behind the table, table, things on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from inspect import signature

from kiosk.content.drawing import openmoji, palette, raster
from kiosk.content.drawing.raster import Extent
from kiosk.content.drawing.shapes import SHAPES
from kiosk.errors import ContentFaulty

BUST = 244.0
"""Side of the square of a person in stage units; the head-to-chest height is about 170."""


@dataclass(frozen=True)
class Frame:
    """A room for pictures on a screen, in pixels of the 1280x800 page.

    `line` is where, from 0 at the top to 1, the far edge of a table comes; `low_line` the same for
    floor and grass. `stroke` is the outline's width, one in a picture. `margin` stays clear of
    anything but wall, ground and the foot of what stands on the ground. `largest_people` caps the
    scale of scenes with people: OpenMoji's fills show beside an outline that is too thin for them.
    """

    name: str
    width: int
    height: int
    stroke: float
    line: float = 0.74
    low_line: float = 0.84
    margin: float = 10.0
    small: bool = False
    largest_people: float = 9.0


FRAMES = {
    frame.name: frame
    for frame in (
        Frame("plate", 448, 400, 4.0, margin=20.0, largest_people=1.3),
        Frame("answer", 244, 144, 3.0, line=0.75, margin=8.0),
        Frame("answer-wide", 308, 122, 3.0, line=0.72, margin=6.0),
        Frame("agency", 248, 204, 4.0, line=0.76, margin=10.0),
        Frame("agency-wide", 312, 106, 3.0, line=0.76, margin=6.0),
        Frame("row", 108, 84, 2.4, line=0.76, margin=4.0, small=True),
        Frame("level", 152, 118, 3.0, line=0.72, margin=8.0),
        Frame("word", 96, 96, 3.0, margin=5.0),
        Frame("rest", 672, 800, 7.0, line=0.8, margin=24.0),
    )
}
"""Every frame that a picture can be asked for in."""


@dataclass(frozen=True)
class Person:
    """One of the cast: an OpenMoji person, and how the house dresses them."""

    emoji: str
    shirt: str = ""
    changes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One thing in a scene.

    Exactly one of `who` (of the cast), `emoji` (code points) and `draw` (a shape) is given. `x`,
    `y` are the middle of its foot, in stage units from the middle of the ground's far edge, `y`
    growing towards us. `h` is an emoji's height in stage units. `only` are the frames it shows
    in, all when empty. `decor` parts (a window) do not count when the scene is fitted.
    """

    x: float = 0.0
    y: float = 0.0
    who: str = ""
    emoji: str = ""
    draw: str = ""
    h: float = 0.0
    flip: bool = False
    turn: float = 0.0
    decor: bool = False
    only: tuple[str, ...] = ()
    shirt: str = ""
    changes: dict[str, str] = field(default_factory=dict)
    measures: dict[str, str | float | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """A picture as data. `shows` says in plain words what is drawn; `means` what it may stand for.

    `small` replaces the parts in small frames when it is not empty. `extent`, when given, is the
    box that is fitted to a frame instead of that of the parts, so that a set of scenes agrees.
    """

    id: str
    shows: str
    means: str
    wall: str
    ground: str
    frames: tuple[str, ...]
    behind: tuple[Part, ...]
    front: tuple[Part, ...]
    small_behind: tuple[Part, ...] = ()
    small_front: tuple[Part, ...] = ()
    extent: Extent | None = None

    def parts(self, frame: Frame) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """What stands behind the ground's edge and before it, in this frame."""
        behind, front = self.behind, self.front
        if frame.small and (self.small_behind or self.small_front):
            behind, front = self.small_behind, self.small_front

        def shown(parts: tuple[Part, ...]) -> tuple[Part, ...]:
            return tuple(part for part in parts if not part.only or frame.name in part.only)

        return shown(behind), shown(front)


def _placed(inner: str, part: Part, box: Extent) -> str:
    """The fragment moved so that the middle of the foot of `box` comes to the part's place."""
    middle = (box.left + box.right) / 2
    moves = [f"translate({part.x:.2f},{part.y:.2f})"]
    if part.turn:
        moves.append(f"rotate({part.turn:.2f},0,{-box.height / 2:.2f})")
    if part.flip:
        moves.append("scale(-1,1)")
    moves.append(f"translate({-middle:.2f},{-box.bottom:.2f})")
    return f'<g transform="{" ".join(moves)}">{inner}</g>'


def _emoji(part: Part, stroke: float) -> str:
    natural = raster.ink(openmoji.part(part.emoji, BUST, 4.0))
    size = BUST * part.h / max(natural.height, 1.0)
    inner = openmoji.part(part.emoji, size, stroke, part.shirt, part.changes)
    grown = size / BUST
    box = Extent(
        *(edge * grown for edge in (natural.left, natural.top, natural.right, natural.bottom))
    )
    return _placed(inner, part, box)


def _person(part: Part, person: Person, stroke: float) -> str:
    size = part.h or BUST
    inner = openmoji.part(
        person.emoji,
        size,
        stroke,
        part.shirt or person.shirt,
        {**person.changes, **part.changes},
    )
    bottom = raster.ink(openmoji.part(person.emoji, BUST, 4.0)).bottom * size / BUST
    # A head is in the middle of OpenMoji's square, whatever hair or papers stick out.
    return _placed(inner, part, Extent(0.0, 0.0, size, bottom - 5.0))


def fragment(part: Part, cast: dict[str, Person], stroke: float) -> str:
    """One part as an SVG fragment in stage units, outlined `stroke` stage units thick.

    Raises ContentFaulty for a shape, person or OpenMoji picture that does not exist.
    """
    if part.who:
        if part.who not in cast:
            raise ContentFaulty(file="pictures.toml", what=f"cast {part.who}")
        return _person(part, cast[part.who], stroke)
    if part.emoji:
        return _emoji(part, stroke)
    if part.draw not in SHAPES:
        raise ContentFaulty(file="pictures.toml", what=f"shape {part.draw}")
    measures = dict(part.measures)
    width = float(measures.pop("stroke", 1.0)) * stroke
    shape = SHAPES[part.draw]
    try:
        given = signature(shape).bind(x=part.x, y=part.y, stroke=width, **measures)
    except TypeError as fault:
        raise ContentFaulty(file="pictures.toml", what=f"{part.draw}: {fault}") from fault
    drawn = shape(*given.args, **given.kwargs)
    if part.turn or part.flip:
        moves = f"translate({part.x:.2f},{part.y:.2f})"
        moves += f" rotate({part.turn:.2f})" if part.turn else ""
        moves += " scale(-1,1)" if part.flip else ""
        moves += f" translate({-part.x:.2f},{-part.y:.2f})"
        return f'<g transform="{moves}">{drawn}</g>'
    return drawn


@dataclass(frozen=True)
class Fitting:
    """Where a scene comes to lie in a frame: pixels = stage units * scale + (across, down)."""

    scale: float
    across: float
    down: float


def extent(scene: Scene, cast: dict[str, Person], frame: Frame) -> Extent:
    """The box of what must be seen whole in this frame, in stage units."""
    if scene.extent is not None:
        return scene.extent
    behind, front = scene.parts(frame)
    boxes = [raster.ink(fragment(part, cast, 4.0)) for part in (*behind, *front) if not part.decor]
    if not boxes:
        return Extent(-100.0, -100.0, 100.0, 0.0)
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.joined(box)
    return whole


def fit(scene: Scene, cast: dict[str, Person], frame: Frame) -> Fitting:
    """The largest size at which the whole scene is inside the frame's margin."""
    box = extent(scene, cast, frame)
    if scene.ground == "none":
        scale = min(
            (frame.width - 2 * frame.margin) / box.width,
            (frame.height - 2 * frame.margin) / box.height,
        )
        down = frame.height / 2 - (box.top + box.bottom) / 2 * scale
    else:
        down = frame.height * (frame.line if scene.ground == "table" else frame.low_line)
        rooms = [(frame.width - 2 * frame.margin) / box.width]
        if box.top < 0:
            rooms.append((down - frame.margin) / -box.top)
        if box.bottom > 4:
            rooms.append((frame.height - frame.margin / 2 - down) / box.bottom)
        scale = min(rooms)
    behind, front = scene.parts(frame)
    if any(part.who for part in (*behind, *front)):
        scale = min(scale, frame.largest_people)
    return Fitting(scale, frame.width / 2 - (box.left + box.right) / 2 * scale, down)


def _ground(scene: Scene, frame: Frame, down: float) -> str:
    if scene.ground == "none":
        return ""
    return (
        f'<rect x="-20" y="{down:.2f}" width="{frame.width + 40}" height="{frame.height}"'
        f' fill="{palette.GROUNDS[scene.ground]}" stroke="{palette.INK}"'
        f' stroke-width="{frame.stroke}"/>'
    )


def to_svg(scene: Scene, cast: dict[str, Person], frame: Frame) -> str:
    """The scene as one SVG of the frame's size."""
    fitting = fit(scene, cast, frame)
    stroke = frame.stroke / fitting.scale
    behind, front = scene.parts(frame)
    lay = (
        f'transform="translate({fitting.across:.2f},{fitting.down:.2f}) scale({fitting.scale:.4f})"'
    )

    def drawn(parts: tuple[Part, ...]) -> str:
        return "".join(fragment(part, cast, stroke) for part in parts)

    wall = ""
    if scene.wall != "none":
        wall = (
            f'<rect width="{frame.width}" height="{frame.height}"'
            f' fill="{palette.WALLS[scene.wall]}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}"'
        f' width="{frame.width}" height="{frame.height}">{wall}'
        f"<g {lay}>{drawn(behind)}</g>{_ground(scene, frame, fitting.down)}"
        f"<g {lay}>{drawn(front)}</g></svg>"
    )
