"""Every screen in every dress: nothing cut off, nothing crowded, all of it legible and sayable.

`tests/ui/scenes.py` says what is looked at, `tests/ui/walker.py` how. The sizes between are looked
at with fewer agencies; `bin/test --slow` looks at everything, upright too.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest

from kiosk.ui.person.agencies import ANSWERS
from kiosk.ui.routes import Step
from kiosk.ui.screen import in_order
from kiosk.ui.screens import SCREENS
from kiosk.ui.theme import LANDSCAPE, PORTRAIT, Look, Size
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.words import Words
from tests.ui.at_hand import Demo, KioskAtHand, open_kiosk
from tests.ui.scenes import Scene, built, dressed, every_part, recorded_once, scenes
from tests.ui.walker import Fault, Looked, area, look_over

LANGUAGES = ("en", "pl", "ar")
# The default and the largest are where things break; the sizes between are for `bin/test --slow`.
QUICK_SIZES = [
    size if size in (Size.DEFAULT, Size.LARGEST) else pytest.param(size, marks=pytest.mark.slow)
    for size in Size
]
ABOUT_EVERY_AGENCY = ("agency", "question", "kinds", "until", "level", "stop-sure", "been-words")
SAME_HEADING = (  # two pages of one thing
    {"notice", "notice-more"},
    {"agency", "review"},
    {"worker", "worker-acts"},
)


@dataclass
class Walk:
    """What one look at every screen in one language and size has found."""

    faults: list[Fault] = field(default_factory=list)
    places: dict[str, set[object]] = field(default_factory=lambda: defaultdict(set))
    headings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unequal: list[str] = field(default_factory=list)


class Walks:
    """One kiosk for all of this, every scene, and each walk made once."""

    def __init__(self, hand: KioskAtHand) -> None:
        self.hand = hand
        self.scenes = list(scenes(hand, recorded_once(hand)))
        self._made: dict[tuple[str, Size], Walk] = {}

    def of(self, language: str, size: Size) -> Walk:
        """At the default size, and in Polish, the longest, at the largest: about every agency."""
        if (language, size) not in self._made:
            whole = size is Size.DEFAULT or (language, size) == ("pl", Size.LARGEST)
            walked = self.scenes if whole else fewer(self.scenes)
            self._made[language, size] = self._walk(walked, language, size)
        return self._made[language, size]

    def _walk(self, walked: Iterable[Scene], language: str, size: Size) -> Walk:
        walk, make = Walk(), partial(dressed, self.hand, language, size)
        gc.disable()  # widgets by the ten thousand: collected once, after them all
        seen: set[str] = set()
        for scene in walked:
            first = scene.step.screen not in seen
            seen.add(scene.step.screen)
            for where, screen in every_part(self.hand, scene, make, whole_bar=first):
                looked = Looked(screen, where)
                walk.faults += looked.faults()
                if scene.step.screen == "rest":
                    continue
                note_places(looked, walk)
                heading = next(w for w in looked.words if w.bold and w.parent is screen)
                walk.headings[heading.text].add(scene.step.screen)
                if scene.step.screen == "question" and not scene.note:
                    note_answers(looked, walk)
        gc.enable()
        gc.collect()
        return walk


def note_places(looked: Looked, walk: Walk) -> None:
    things = {thing.name: thing for thing in looked.things}
    for name in ("hide", "bar.listen", "bar.bigger", "bar.language", "bar.person"):
        if name in things:
            walk.places[name].add(area(things[name]))
        elif name == "hide" or things.keys() & {"bar.bigger", "bar.person"}:
            walk.places[name].add(f"not on {looked.where}")


def note_answers(looked: Looked, walk: Walk) -> None:
    """Area, border, picture and type of each of the four."""
    boxes = [thing for thing in looked.things if thing.name.startswith("answer.")]
    order = [box.name for box in boxes]
    alike = set()
    for box in boxes:
        labels = [w for w in in_order(box) if isinstance(w, Words)]
        pictures = tuple(tuple(p.size) for p in in_order(box) if isinstance(p, Picture))
        fonts = tuple((w.font_size, w.bold, w.align) for w in labels)
        alike.add((*box.size, box.border, box.ground, pictures, fonts))  # type: ignore[attr-defined]
    if len(alike) != 1 or order != [f"answer.{name}" for name in ("yes", "ask", "no", "later")]:
        walk.unequal.append(looked.where)


@pytest.fixture(scope="module")
def walks(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walks]:
    hand = open_kiosk(demo, tmp_path_factory.mktemp("screens") / "data")
    yield Walks(hand)
    hand.close()


def fewer(all_scenes: Iterable[Scene]) -> list[Scene]:
    """Of scenes about each agency, the first two."""
    seen: dict[str, int] = defaultdict(int)
    kept = []
    for scene in all_scenes:
        seen[scene.step.screen] += 1
        if scene.step.screen not in ABOUT_EVERY_AGENCY or seen[scene.step.screen] <= 2:
            kept.append(scene)
    return kept


def told(faults: list[Fault]) -> str:
    return "\n" + "\n".join(map(str, faults))


def test_there_is_a_scene_of_every_screen(walks: Walks) -> None:
    assert {scene.step.screen for scene in walks.scenes} == set(SCREENS)


@pytest.mark.parametrize("size", QUICK_SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_on_any_screen(
    walks: Walks, no_ink: None, language: str, size: Size
) -> None:
    faults = walks.of(language, size).faults
    assert faults == [], told(faults)


@pytest.mark.slow
@pytest.mark.parametrize("window", [LANDSCAPE, PORTRAIT], ids=["across", "upright"])
@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_on_any_screen_about_any_agency(
    walks: Walks, no_ink: None, language: str, size: Size, window: tuple[int, int]
) -> None:
    faults = []
    for scene in walks.scenes:
        make = partial(dressed, walks.hand, language, size, window=window)
        for where, screen in every_part(walks.hand, scene, make):
            faults += look_over(screen, where)
    assert faults == [], told(faults)


@pytest.mark.parametrize("look", [look for look in Look if look is not Look.DEFAULT])
def test_every_look_is_as_legible(walks: Walks, no_ink: None, look: Look) -> None:
    """Colours alone differ: the places of things are those of the default look."""
    faults = []
    for scene in {scene.step.screen: scene for scene in walks.scenes}.values():
        make = partial(dressed, walks.hand, "en", Size.DEFAULT, look)
        for where, screen in every_part(walks.hand, scene, make):
            faults += Looked(screen, where).contrast()
    assert faults == [], told(faults)


def test_words_only_gives_the_pictures_room_to_space(walks: Walks, no_ink: None) -> None:
    faults = []
    for scene in {scene.step.screen: scene for scene in walks.scenes}.values():
        for size in (Size.DEFAULT, Size.LARGEST):
            make = partial(dressed, walks.hand, "en", size, pictures=False)
            for where, screen in every_part(walks.hand, scene, make):
                faults += look_over(screen, where)
    assert faults == [], told(faults)


# --- the same everywhere -----------------------------------------------------------------------


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_and_hide_now_are_in_the_same_place_on_every_screen(
    walks: Walks, no_ink: None, language: str, size: Size
) -> None:
    """WCAG 3.2.6; and a corner that can be hit without looking."""
    moved = {n: p for n, p in walks.of(language, size).places.items() if len(p) > 1}
    assert moved == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_of_one_screen(walks: Walks, no_ink: None, language: str) -> None:
    headings = walks.of(language, Size.DEFAULT).headings
    twice = {
        text: names
        for text, names in headings.items()
        if len(names) > 1 and not any(names <= same for same in SAME_HEADING)
    }
    assert twice == {}


# --- Yes and No --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_four_answers_are_equal(walks: Walks, no_ink: None, language: str, size: Size) -> None:
    """Same order, area, border, picture and type (ICO and CMA: equal prominence, equal ease)."""
    assert walks.of(language, size).unequal == []


def test_an_answer_given_before_is_marked_the_same_whichever_it_was(
    walks: Walks, no_ink: None
) -> None:
    key = walks.hand.parts.place.asked[0].key
    marks = set()
    for name, answer in ANSWERS:
        session = dressed(walks.hand, "en", Size.DEFAULT)
        session.visit.choose(key, answer)
        looked = Looked(built(session, Scene(Step("question", key=key))), "question")
        chosen = [thing for thing in looked.things if getattr(thing, "chosen", False)]
        assert [box.name for box in chosen] == [f"answer.{name}"]
        marks.add((chosen[0].border, chosen[0].ground, chosen[0].ink))  # type: ignore[attr-defined]
    assert len(marks) == 1
