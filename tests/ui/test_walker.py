"""The walker itself: each sort of fault is planted on a good screen, and found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from kivy.uix.scrollview import ScrollView

from kiosk.ui.routes import Step
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Look, Size
from kiosk.ui.widgets.words import put_words
from tests.ui.at_hand import Demo, KioskAtHand, open_kiosk
from tests.ui.scenes import Scene, built, dressed
from tests.ui.walker import Area, Looked, contrast, look_over


@pytest.fixture(scope="module")
def opened(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskAtHand]:
    hand = open_kiosk(demo, tmp_path_factory.mktemp("walker") / "data")
    yield hand
    hand.close()


def question(hand: KioskAtHand) -> Screen:
    session = dressed(hand, "en", Size.DEFAULT, Look.DEFAULT)
    return built(session, Scene(Step("question", key=hand.parts.place.asked[0].key)))


def thing(screen: Screen, name: str):  # type: ignore[no-untyped-def]
    return next(found for found in Looked(screen, "").things if found.name == name)


def heading(screen: Screen):  # type: ignore[no-untyped-def]
    return Looked(screen, "").words[0]


def too_low(screen: Screen) -> None:
    box = thing(screen, "answer.yes")
    label = Looked(screen, "").words
    next(w for w in label if w.parent is box).y -= 300


def onto_another(screen: Screen) -> None:
    heading(screen).pos = Looked(screen, "").words[1].pos


def off_the_screen(screen: Screen) -> None:
    thing(screen, "answer.yes").x = -40


def too_small(screen: Screen) -> None:
    thing(screen, "answer.no").height = 60


def an_answer_too_low(screen: Screen) -> None:
    thing(screen, "answer.no").height = 110  # a finger's breadth, and less than an answer's


def too_near(screen: Screen) -> None:
    thing(screen, "answer.no").width += 25


def under_the_bar(screen: Screen) -> None:
    heading(screen).y = 40


def under_hide_now(screen: Screen) -> None:
    heading(screen).pos = (1150, 740)


def too_small_type(screen: Screen) -> None:
    heading(screen).font_size = 24


def unknown_letters(screen: Screen) -> None:
    heading(screen).text = "\U00012000 \U00012001"


def broken(screen: Screen) -> None:
    heading(screen).width = 60
    heading(screen).text = "Unausweichlichkeiten"


def too_long(screen: Screen) -> None:
    put_words(screen, "so it goes on and " * 6, 48, 560, 1200, size=29)


def unfilled(screen: Screen) -> None:
    heading(screen).text = "Can we tell {agency}?"


def without_words(screen: Screen) -> None:
    thing(screen, "answer.no").spoken = " "


def silent(screen: Screen) -> None:
    heading(screen).said = False


def pale(screen: Screen) -> None:
    heading(screen).color = (0.6, 0.55, 0.65, 1)


def beforehand(screen: Screen) -> None:
    thing(screen, "answer.yes").focused = True


def scrolls(screen: Screen) -> None:
    screen.add_widget(ScrollView(size=(10, 10), size_hint=(None, None)))


def no_voice(screen: Screen) -> None:
    heading(screen).text = "お名前は何ですか"


@pytest.mark.parametrize(
    ("plant", "kind"),
    [
        (too_low, "clipped"),
        (onto_another, "overlap"),
        (off_the_screen, "off screen"),
        (too_small, "small"),
        (an_answer_too_low, "small"),
        (too_near, "crowded"),
        (under_the_bar, "overlap"),
        (under_hide_now, "overlap"),
        (too_small_type, "small type"),
        (unknown_letters, "glyphs"),
        (broken, "broken word"),
        (too_long, "long line"),
        (unfilled, "unfilled"),
        (without_words, "unspoken"),
        (silent, "unspoken"),
        (no_voice, "unspoken"),
        (pale, "contrast"),
        (beforehand, "beforehand"),
        (scrolls, "scrolls"),
    ],
)
def test_a_planted_fault_is_found(
    opened: KioskAtHand, no_ink: None, plant: Callable[[Screen], None], kind: str
) -> None:
    screen = question(opened)
    assert look_over(screen, "question") == []
    plant(screen)
    assert kind in {fault.kind for fault in look_over(screen, "question")}


def test_a_spoken_digit_is_found(opened: KioskAtHand, no_ink: None) -> None:
    screen = built(dressed(opened, "en", Size.DEFAULT), Scene(Step("pin")))
    thing(screen, "digit.4").spoken = "four"
    assert "secret" in {fault.kind for fault in look_over(screen, "pin")}


def test_areas() -> None:
    one, two = Area(0, 0, 10, 10), Area(8, 8, 20, 20)
    assert one.meets(two) == 2
    assert not one.meets(Area(9.5, 0, 20, 10))
    assert one.gap(Area(14, 0, 20, 10)) == 4
    assert Area(-3, 0, 5, 5).outside(one) == 3
    assert not Area(1, 1, 9, 9).outside(one)


def test_contrast_is_wcags() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((0x76 / 255,) * 3, (1, 1, 1)) == pytest.approx(4.54, abs=0.01)
