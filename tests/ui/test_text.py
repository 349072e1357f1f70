"""Kivy's labels through our typesetter: sizes at once, words lit where they stand, a clean end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from kivy.base import EventLoop
from kivy.core.text import LabelBase
from kivy.core.window import Window
from kivy.graphics import Color, Rectangle
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from kivy.uix.button import Button
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.typeset.paragraph import Paragraph, TextStyle
from kiosk.ui.text import TextLabel, TypesetLabel, install

ROOT = Path(__file__).resolve().parents[2]
MARIGOLD, INK = (255, 201, 77), (38, 21, 47)
PHONE = "\u2066 0300 123 4567\u2069"


class Shot:
    """What the window shows; y from the bottom, as Kivy counts."""

    def __init__(self) -> None:
        self.w, self.h = Window.size
        self._pixels = glReadPixels(0, 0, self.w, self.h, GL_RGB, GL_UNSIGNED_BYTE)

    def __call__(self, x: float, y: float) -> tuple[int, int, int]:
        at = 3 * (int(y) * self.w + int(x))
        red, green, blue = self._pixels[at : at + 3]
        return (red, green, blue)

    def where(self, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
        """(left, bottom, right, top) of all pixels of one colour."""
        wanted = bytes(colour)
        found = [
            (at // 3 % self.w, at // 3 // self.w)
            for at in range(0, len(self._pixels), 3)
            if self._pixels[at : at + 3] == wanted
        ]
        if not found:
            return None
        xs, ys = zip(*found, strict=True)
        return min(xs), min(ys), max(xs) + 1, max(ys) + 1


@pytest.fixture
def root() -> Iterator[Widget]:
    install()
    EventLoop.ensure_window()
    Window.size = (800, 400)
    widget = Widget(size=(800, 400), size_hint=(None, None))
    with widget.canvas.before:
        Color(1, 1, 1, 1)
        Rectangle(size=(800, 400))
    Window.add_widget(widget)
    yield widget
    Window.remove_widget(widget)


def shown() -> Shot:
    for _ in range(3):
        EventLoop.idle()
    return Shot()


def words(text: str = "Workers here can read your notes.", **more: object) -> TextLabel:
    return TextLabel(
        **{"text": text, "font_size": 40, "width": 640, "line_height": 1.5, "pos": (50, 150),
           "color": (0, 0, 0, 1), **more}
    )  # fmt: skip


# --- size --------------------------------------------------------------------------------------


def test_height_follows_at_once() -> None:
    label = words()
    assert label.height == 120
    label.width = 700
    assert label.height == 60
    label.text = "You can say no. " * 8
    assert label.height > 120
    label.font_size = 20
    assert label.height == Paragraph.height_for(label.text, label.style(), 700)
    label.text = ""
    assert label.height == 0


def test_arabic_is_set_larger_and_from_the_right() -> None:
    label = words("اتصل اليوم", language="ar", rtl=True)
    assert label.height == 68  # 67.5: 45 px type, 1.5 apart
    first = label.word_boxes(0)[0]
    assert first.x + first.w == pytest.approx(label.right, abs=1)


def test_only_what_has_ink_is_kept_and_colour_draws_nothing_anew(root: Widget) -> None:
    label = words("gy", line_height=1.0)
    root.add_widget(label)
    shown()
    texture = label.texture
    assert texture is not None
    assert texture.width < 80
    assert texture.height < 48
    label.color = (1, 0, 0, 1)
    assert shown().where((255, 0, 0)) is not None
    assert label.texture is texture
    label.text = ""
    assert shown().where((255, 0, 0)) is None
    assert label.texture is None


# --- what draws --------------------------------------------------------------------------------


def test_every_label_and_button_draws_through_us(root: Widget) -> None:
    label, button = Label(text="Yes"), Button(text="No")
    assert isinstance(label._label, TypesetLabel)
    assert isinstance(button._label, TypesetLabel)
    root.add_widget(label)
    shown()
    assert label.texture_size[0] > 0


def test_what_kivy_keeps_stays_kivys() -> None:
    from kivy.core.text.markup import MarkupLabel
    from kivy.uix.textinput import Label as InputLabel

    assert not issubclass(MarkupLabel, TypesetLabel)
    assert not issubclass(InputLabel, TypesetLabel)
    assert isinstance(Label(text="[b]x[/b]", markup=True)._label, MarkupLabel)
    assert issubclass(TypesetLabel, LabelBase)


@pytest.mark.parametrize(
    ("halign", "direction", "wanted"),
    [("left", "ltr", "start"), ("right", "ltr", "end"), ("left", "rtl", "end"),
     ("right", "rtl", "start"), ("center", "rtl", "center"), ("auto", "rtl", "start")],
)  # fmt: skip
def test_a_stock_label_aligns_by_side(halign: str, direction: str, wanted: str) -> None:
    core = TypesetLabel(text="Yes", halign=halign, base_direction=direction)
    assert core.style().align == wanted


@pytest.mark.parametrize(("valign", "top"), [("top", 0), ("middle", 70), ("bottom", 140)])
def test_a_stock_label_keeps_to_its_box(root: Widget, valign: str, top: int) -> None:
    label = Label(
        text="H", font_size=40, color=(0, 0, 0, 1), text_size=(200, 200), valign=valign,
        size=(200, 200), pos=(100, 100),
    )  # fmt: skip
    root.add_widget(label)
    ink = shown().where((0, 0, 0))
    assert ink is not None
    single = Paragraph("H", TextStyle(40, line_height=0))
    free = 200 - single.pixel_size()[1]
    wanted = 300 - free * top / 140 - (single.baseline - 29)  # 29: capitals of 40 px
    assert ink[3] == pytest.approx(wanted, abs=3)


def test_words_are_drawn_in_their_colour_where_the_box_is(root: Widget) -> None:
    label = words("HHHH", color=(1, 0, 0, 1))
    root.add_widget(label)
    ink = shown().where((255, 0, 0))
    assert ink is not None
    (box,) = label.word_boxes(0)
    assert box.x <= ink[0] <= box.x + 8
    assert box.x + box.w - 8 <= ink[2] <= box.x + box.w
    assert box.y < ink[1] < ink[3] < box.y + box.h


def test_what_hangs_out_of_the_box_is_shown_whole_and_in_place(root: Widget) -> None:
    hanging = words("gy", line_height=1.0, color=(1, 0, 0, 1))
    root.add_widget(hanging)
    ink = shown().where((255, 0, 0))
    assert hanging.paragraph is not None
    assert hanging.paragraph.bleed.bottom > 1
    assert ink is not None
    assert ink[1] < hanging.y  # below the box
    assert ink[3] == pytest.approx(hanging.top - hanging.paragraph.baseline + 20, abs=2)  # x-height


# --- read-along --------------------------------------------------------------------------------


def test_the_spoken_word_is_lit_behind_and_nothing_moves(root: Widget) -> None:
    label = words()
    root.add_widget(label)
    dark = shown()
    at = label.text.index("your")
    label.light(at, at + 4)
    lit = shown()
    assert label.word == 4
    (box,) = label.word_boxes(4)
    edge, fill = lit.where(INK), lit.where(MARIGOLD)
    assert edge is not None
    assert fill is not None
    assert edge[0] == pytest.approx(box.x - 7, abs=1)
    assert edge[2] == pytest.approx(box.x + box.w + 7, abs=1)
    assert fill[0] == pytest.approx(box.x - 4, abs=1)
    assert fill[3] - fill[1] == pytest.approx(58 - 6, abs=1)  # the line less 2, less the edges
    assert fill[1] < box.y + 15  # the descender of the y lies inside
    assert lit(box.x + box.w / 2, edge[3] + 3) == (255, 255, 255)
    # The letters stand where they stood: what was black still is.
    for x in range(int(box.x), int(box.x + box.w)):
        for y in range(int(box.y), int(box.y + box.h)):
            if dark(x, y) == (0, 0, 0):
                assert lit(x, y) == (0, 0, 0)
    label.light(0, 0)
    assert label.word == -1
    assert shown().where(MARIGOLD) is None


def test_the_light_follows_a_number_from_left_to_right_inside_arabic(root: Widget) -> None:
    label = words(f"اتصل على {PHONE} اليوم", language="ar", rtl=True)
    root.add_widget(label)
    lefts = []
    for digits in ("0300", "123", "4567"):
        label.light(label.text.index(digits), label.text.index(digits) + len(digits))
        fill = shown().where(MARIGOLD)
        assert fill is not None
        lefts.append(fill[0])
    assert all(one < next_ for one, next_ in pairwise(lefts))


def test_a_word_on_two_sides_gets_two_boxes() -> None:
    label = words("one-اثنان", width=300)
    assert label.paragraph is not None
    assert len(label.paragraph.words()) == 1
    boxes = label.word_boxes(0)
    assert len(boxes) == 1 or boxes[0].x + boxes[0].w < boxes[1].x
    assert label.word_boxes(5) == []
    assert label.word_boxes(-1) == []


def test_the_light_moves_with_the_label_and_scales(root: Widget) -> None:
    label = words("Yes", mark_scale=2)
    root.add_widget(label)
    label.word = 0
    before = shown().where(MARIGOLD)
    label.pos = (150, 250)
    after = shown().where(MARIGOLD)
    assert before is not None
    assert after is not None
    assert (after[0] - before[0], after[1] - before[1]) == (100, 100)
    assert before[0] == pytest.approx(50 - 14 + 6, abs=1)


def test_new_text_lets_an_old_light_go_out() -> None:
    label = words()
    label.word = 5
    label.text = "No."
    assert label.word_boxes(int(label.word)) == []


LEAVE = """
import os
from kiosk.settings import KIVY_ENVIRONMENT
os.environ.update(KIVY_ENVIRONMENT)
from kivy.core.window import Window
from kivy.uix.widget import Widget
from kivy.uix.button import Button
from kivy.base import EventLoop
from kiosk.ui.text import TextLabel, install
install()
root = Widget(size=(400, 400))
Window.add_widget(root)
for at in range(4):
    label = TextLabel(text="Who sees what you tell us", width=300, font_size=30, pos=(0, 90 * at))
    label.word = at
    root.add_widget(label)
root.add_widget(Button(text="Yes", base_direction="rtl", text_language="ar"))
for _ in range(3):
    EventLoop.idle()
print("drawn")
"""


def test_leaving_with_labels_on_the_screen_does_not_crash(tmp_path: Path) -> None:
    """Libraries unloaded before the layouts were freed crashed at every end; now they stay."""
    done = subprocess.run(
        [sys.executable, "-c", LEAVE],
        cwd=tmp_path, capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KIVY_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout == "drawn\n"
    assert done.returncode == 0
