"""Looks over one built screen and says what is wrong with it, and by how much.

Rules and their sources: WCAG 2.2, VVSG 2.0, EN 301 549 and shared LOOK, as measured on a panel of
149 pixels an inch. Everything is measured in window pixels, y upwards, as Kivy has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from kiosk.speech.repertoire import VoiceState, has_words
from kiosk.ui.screen import Screen, in_order
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.bar import Bar, BarCell, HideTab
from kiosk.ui.widgets.controls import Box
from kiosk.ui.widgets.keypad import Key
from kiosk.ui.widgets.picture import Icon, Picture, Plate
from kiosk.ui.widgets.touch import Tappable
from kiosk.ui.widgets.words import Words

PPI = 149
MM = PPI / 25.4  # window pixels
TARGET, TARGET_GAP = 12.7 * MM, 2.54 * MM  # VVSG 2.0 7.2-I
ANSWER_HIGH, ANSWER_GAP = 20 * MM, 5 * MM
LEAST_TYPE = 29  # LOOK: nothing on any screen is under 29 px
LONGEST_LINE = 80  # WCAG 1.4.8
TEXT_CONTRAST, OTHER_CONTRAST = 7.0, 3.0  # WCAG 1.4.6, 1.4.11
ROUNDING = 1.0  # px that are nobody's fault
NONE = VoiceState.NONE
NEVER_SPOKEN_KEYS = ("digit.", "letter.", "key.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong on one screen."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind:12} {self.where}: {self.what}"


class Area(NamedTuple):
    """A rectangle of the window."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def meets(self, other: Area, slack: float = ROUNDING) -> float:
        """How far (px) two areas reach into each other, the lesser of across and down; 0: not."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.top, other.top) - max(self.bottom, other.bottom)
        reach = min(across, down)
        return reach if reach > slack else 0.0

    def outside(self, other: Area, slack: float = ROUNDING) -> float:
        """How far (px) this one reaches out of another; 0: it does not."""
        out = max(
            other.left - self.left,
            other.bottom - self.bottom,
            self.right - other.right,
            self.top - other.top,
        )
        return out if out > slack else 0.0

    def gap(self, other: Area) -> float:
        """How far apart (px) two areas are that lie side by side or above one another."""
        across = max(other.left - self.right, self.left - other.right)
        down = max(other.bottom - self.top, self.bottom - other.top)
        return max(across, down)


def area(widget: Widget) -> Area:
    return Area(widget.x, widget.y, widget.right, widget.top)


def inks(words: Words) -> list[Area]:
    """Where there is ink, line by line: not the box that lines are counted in."""
    assert words.paragraph is not None
    left, top = round(words.x), round(words.top)
    lines = [line.ink for line in words.paragraph._lines if line.ink.w > 0]
    return [
        Area(left + ink.x, top - ink.y - ink.h, left + ink.x + ink.w, top - ink.y) for ink in lines
    ]


def around(areas: list[Area]) -> Area:
    """One area that holds them all."""
    lefts, bottoms, rights, tops = zip(*areas, strict=True)
    return Area(min(lefts), min(bottoms), max(rights), max(tops))


def touchable(thing: Tappable) -> Area:
    """Where a finger is taken, which may be less than what is drawn."""
    x, y = thing.center
    edges = []
    for outer, step_x, step_y in (
        ((thing.x, y), 1, 0),
        ((x, thing.y), 0, 1),
        ((thing.right - 1, y), -1, 0),
        ((x, thing.top - 1), 0, -1),
    ):
        at_x, at_y = outer
        for _ in range(60):
            if thing.collide_point(at_x, at_y):
                break
            at_x, at_y = at_x + step_x, at_y + step_y
        edges.append((at_x, at_y))
    return Area(edges[0][0], edges[1][1], edges[2][0] + 1, edges[3][1] + 1)


# --- what is on a screen -----------------------------------------------------------------------


def above(widget: Widget) -> Iterator[Widget]:
    """What a widget stands on, up to the screen."""
    parent = widget.parent
    while parent is not None and parent is not parent.parent:
        yield parent
        if isinstance(parent, Screen):
            return
        parent = parent.parent


def holder(widget: Widget) -> Tappable | None:
    """The thing to tap that a widget is part of."""
    return next((over for over in above(widget) if isinstance(over, Tappable)), None)


def covers_all(thing: Tappable) -> bool:
    """The rest screen's whole glass."""
    return thing.name == "rest.touch"


def short(text: str) -> str:
    """Enough of a paragraph to find it by."""
    return f"{text[:36]!r}"


class Looked:
    """One screen, taken apart."""

    def __init__(self, screen: Screen, where: str) -> None:
        self.screen, self.where = screen, where
        everything = list(in_order(screen))
        self.words = [w for w in everything if isinstance(w, Words) and w.text.strip()]
        self.things = [w for w in everything if isinstance(w, Tappable) and not covers_all(w)]
        self.pictures = [w for w in everything if isinstance(w, Picture | Icon)]
        self.plates = [w for w in everything if isinstance(w, Plate)]
        self.bars = [w for w in everything if isinstance(w, Bar)]
        self.everything = everything

    def fault(self, kind: str, what: str) -> Fault:
        return Fault(kind, self.where, what)

    def faults(self) -> Iterator[Fault]:
        """All that is wrong."""
        yield from self.inside()
        yield from self.overlaps()
        yield from self.targets()
        yield from self.type()
        yield from self.spoken()
        yield from self.contrast()
        yield from self.still()

    # --- where things are ----------------------------------------------------------------------

    def inside(self) -> Iterator[Fault]:
        """Nothing reaches out of the screen, or out of what it stands on."""
        whole = Area(0, 0, self.screen.width, self.screen.height)
        for widget in self.everything:
            if (out := area(widget).outside(whole)) and not isinstance(widget, Words):
                yield self.fault("off screen", f"{_name(widget)} by {out:.0f} px")
        for words in self.words:
            thing, place = holder(words), around(inks(words))
            out = place.outside(whole)
            if thing is not None and not covers_all(thing):
                out = out or place.outside(_within(thing))
            if out:
                on = f" of {thing.name}" if thing else ""
                yield self.fault("clipped", f"{short(words.text)}{on} by {out:.0f} px")
        for picture in self.pictures:
            thing = holder(picture)
            if thing is not None and (out := area(picture).outside(area(thing))):
                yield self.fault("clipped", f"picture of {thing.name} by {out:.0f} px")

    def overlaps(self) -> Iterator[Fault]:
        """No words on other words, nor on pictures or things that they are no part of."""
        lines = [(words, inks(words)) for words in self.words]
        for (one, first), (two, second) in combinations(lines, 2):
            if reach := max(a.meets(b) for a in first for b in second):
                yield self.fault(
                    "overlap", f"{short(one.text)} and {short(two.text)} by {reach:.0f} px"
                )
        for words, places in lines:
            mine = set(above(words))
            for other in (*self.things, *self.pictures, *self.bars):
                if other in mine or holder(other) in self.things and holder(other) not in mine:
                    continue  # what it stands on; a picture of something that is looked at itself
                if reach := max(line.meets(area(other)) for line in places):
                    yield self.fault(
                        "overlap", f"{short(words.text)} and {_name(other)} by {reach:.0f} px"
                    )
        for one, two in combinations((*self.things, *self.plates, *self.bars), 2):
            if one in set(above(two)) or two in set(above(one)):
                continue
            if reach := area(one).meets(area(two)):
                yield self.fault("overlap", f"{_name(one)} and {_name(two)} by {reach:.0f} px")

    # --- what a finger needs -------------------------------------------------------------------

    def targets(self) -> Iterator[Fault]:
        """Large enough, and far enough from one another."""
        answers = self.screen.step.screen in ("question", "check")
        areas = [(thing, touchable(thing)) for thing in self.things]
        keys = [min(place.width, place.height) for thing, place in areas if isinstance(thing, Key)]
        for thing, place in areas:
            least = min(place.width, place.height)
            if isinstance(thing, Key) and least > min(keys):
                continue  # of a keyboard, only the smallest
            if least < TARGET - ROUNDING:
                yield self.fault("small", f"{thing.name} {least / MM:.1f} mm")
            if answers and _is_answer(thing) and place.height < ANSWER_HIGH - ROUNDING:
                yield self.fault("small", f"answer {thing.name} {place.height / MM:.1f} mm high")
        for (one, first), (two, second) in combinations(areas, 2):
            gap = first.gap(second)
            wanted = TARGET_GAP
            if answers and (_is_answer(one) or _is_answer(two)):
                wanted = ANSWER_GAP
            if gap < wanted - ROUNDING:
                yield self.fault("crowded", f"{one.name} and {two.name} {gap / MM:.1f} mm apart")

    # --- the words themselves ------------------------------------------------------------------

    def type(self) -> Iterator[Fault]:
        """Large enough, whole, every letter known, no line too long, nothing left unfilled."""
        scale = self.screen.dress.scale
        for words in self.words:
            paragraph = words.paragraph
            assert paragraph is not None
            if words.font_size < LEAST_TYPE * scale - 0.1:
                yield self.fault("small type", f"{short(words.text)} {words.font_size:.0f} px")
            if paragraph.unknown_glyphs:
                yield self.fault("glyphs", f"{short(words.text)} {paragraph.unknown_glyphs}")
            if paragraph.broken_words:
                yield self.fault("broken word", short(words.text))
            longest = max(end - start for start, end in paragraph.lines)
            if longest > LONGEST_LINE:
                yield self.fault("long line", f"{short(words.text)} {longest} signs")
            if "{" in words.text or "}" in words.text:
                yield self.fault("unfilled", short(words.text))

    def spoken(self) -> Iterator[Fault]:
        """Whatever is shown can be heard, but for what is typed in secret; no sign without words."""
        speaker = self.screen.session.parts.speaker
        if self.screen.step.screen == "rest":
            return  # a clock on a wall
        typed = "".join(self.screen.session.typed.values())
        for thing in self.things:
            secret = isinstance(thing, Key) and thing.name.startswith(NEVER_SPOKEN_KEYS)
            if secret and thing.name.startswith("digit.") and thing.spoken:
                yield self.fault("secret", f"{thing.name} is spoken")
            if not secret and not thing.spoken.strip():
                yield self.fault("unspoken", f"{thing.name} has no words")
        for words in self.words:
            if not words.said:
                thing = holder(words)
                if thing is not None and thing.name.startswith("digit."):
                    continue
                if not any(sign.isalpha() for sign in words.text) or isinstance(thing, Key):
                    continue
                if words.text in typed:
                    continue  # private: it is never said aloud unasked
                yield self.fault("unspoken", short(words.text))
            elif speaker.can_say(_voice(words)) is not NONE and not speaks(
                speaker, _voice(words), words.spoken or words.text
            ):
                yield self.fault("unspoken", f"no voice for {short(words.text)}")

    def contrast(self) -> Iterator[Fault]:
        """Each paragraph against the ground that it lies on; each control's edge against its own."""
        for words in self.words:
            ratio = contrast(tuple(words.color), ground(words))
            if ratio < TEXT_CONTRAST - 0.05:
                yield self.fault("contrast", f"{short(words.text)} {ratio:.1f}:1")

    def still(self) -> Iterator[Fault]:
        """No scrolling, nothing pressed, focused or chosen before anybody touched it."""
        for widget in self.everything:
            if isinstance(widget, ScrollView):
                yield self.fault("scrolls", _name(widget))
        for thing in self.things:
            if thing.focused or thing.pressed:
                yield self.fault("beforehand", f"{thing.name} has the focus")


def look_over(screen: Screen, where: str) -> list[Fault]:
    """Every fault of one screen."""
    return list(Looked(screen, where).faults())


# --- small things ------------------------------------------------------------------------------


def _name(widget: Widget) -> str:
    if isinstance(widget, Tappable):
        return widget.name
    thing = holder(widget)
    return f"{type(widget).__name__}{f' of {thing.name}' if thing else ''}"


def _voice(words: Words) -> str:
    return words.voice or str(words.language)


def _within(thing: Tappable) -> Area:
    """What a thing has room for: inside its border."""
    inset = thing.dress.u(thing.border if isinstance(thing, Box) else 0)
    return Area(thing.x + inset, thing.y + inset, thing.right - inset, thing.top - inset)


def _is_answer(thing: Tappable) -> bool:
    return not isinstance(thing, BarCell | HideTab) and thing.name.startswith(("answer.", "check."))


def ground(words: Words) -> Colour:
    """The colour that words lie on."""
    for over in above(words):
        if isinstance(over, Box):
            return over.ground
        if isinstance(over, BarCell):
            return over._ground
        if isinstance(over, HideTab | Bar):
            return over.dress.palette.tool
        if type(over).__name__ == "_Column":
            return over.dress.palette.tool
        if type(over).__name__ == "CodeWordCard":
            return over.dress.palette.plate
    return words_screen(words).dress.palette.page


def words_screen(words: Words) -> Screen:
    """The screen that words stand on."""
    screen = list(above(words))[-1]
    assert isinstance(screen, Screen)
    return screen


def luminance(colour: Iterable[float]) -> float:
    """WCAG 2.2 relative luminance of sRGB, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in list(colour)[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Iterable[float], two: Iterable[float]) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def speaks(speaker, language: str, text: str) -> bool:  # type: ignore[no-untyped-def]
    """True where these words have a voice, or there is nothing in them to say."""
    return not has_words(language, text) or speaker.can_say(language, text) is not NONE
