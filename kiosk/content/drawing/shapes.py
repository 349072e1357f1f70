"""What a part of pictures.toml may name with `draw`."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.content.drawing import basics, body, furniture, paper, things

SHAPES: dict[str, Callable[..., str]] = {
    shape.__name__.replace("_", "-"): shape
    for shape in (
        basics.ellipse, basics.line, basics.path, basics.rect,
        body.arm, body.headset, body.wheelchair_back, body.wheelchair_front,
        furniture.armchair, furniture.bed, furniture.building, furniture.bunk, furniture.desk,
        furniture.door, furniture.drawer, furniture.night, furniture.open_door, furniture.plant,
        furniture.screen, furniture.side_table, furniture.view, furniture.window,
        paper.binder, paper.booklet, paper.calendar, paper.card, paper.clipboard, paper.file,
        paper.folder, paper.form, paper.letter, paper.note, paper.receipt, paper.sheet,
        things.bottle, things.bowl, things.coin, things.glass, things.key, things.keypad,
        things.mug, things.pen, things.scanner, things.tablets, things.telephone,
    )
}  # fmt: skip
"""Each takes `x`, `y`, `stroke` and measures of its own, in stage units."""
