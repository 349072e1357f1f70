"""The frame of every screen: heading, body, foot row, the bar below and Hide now in the corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from kivy.uix.widget import Widget

from kiosk.i18n import Part
from kiosk.ui import theme
from kiosk.ui.routes import Step
from kiosk.ui.widgets.bar import Bar, HideTab
from kiosk.ui.widgets.controls import WordButton
from kiosk.ui.widgets.picture import Plate
from kiosk.ui.widgets.stage import Stage, paint_rectangle
from kiosk.ui.widgets.words import Words, put_words, words_height, words_width

if TYPE_CHECKING:
    from kiosk.ui.session import Session

FootButton = tuple[str, str, Callable[[], None]]
"""A button of the foot row: (name, label, act)."""


class Screen(Stage):
    """One screen of the app, built when it is entered and dropped when it is left.

    Subclasses put their things in `body()`. `parts` is how many pages their words need at this
    size; `step.part` is the one that is shown.
    """

    has_bar: ClassVar[bool] = True
    has_hide: ClassVar[bool] = True
    has_back: ClassVar[bool] = True
    reads_bar: ClassVar[bool] = False
    guarded: ClassVar[bool] = True  # the inactivity guard watches this screen

    def __init__(self, session: Session, step: Step) -> None:
        super().__init__(session.dress)
        self.session = session
        self.step = step
        self.size = session.dress.window
        self.pos = (0, 0)

    # --- where things go, in design pixels -----------------------------------------------------

    @property
    def bar_top(self) -> float:
        """Down to the upper edge of the bar, or to the bottom where there is none."""
        return self.inner_height - (self.dress.bar_height if self.has_bar else 0)

    @property
    def foot_top(self) -> float:
        return self.bar_top - theme.FOOT_ABOVE_BAR - self.dress.type.foot_height

    @property
    def full_width(self) -> float:
        return self.inner_width - 2 * theme.MARGIN

    @property
    def heading_width(self) -> float:
        """From the start edge to where a heading must end: before Hide now, or below it."""
        if self.dress.portrait:
            return self.inner_width - theme.MARGIN
        return self.inner_width - theme.MARGIN - self.dress.type.hide[0] - 24

    @property
    def heading_top(self) -> float:
        """Where a heading begins: beside Hide now, or below it on an upright screen."""
        if self.dress.portrait:
            return self.dress.type.hide[1] + 20
        return 24.0 if self.dress.size.roomy else 36.0

    def say(self, statement: str, **parts: Part) -> str:
        """A statement's words in the person's language."""
        return self.session.say(statement, **parts)

    # --- building ------------------------------------------------------------------------------

    def compose(self) -> None:
        paint_rectangle(self.canvas.before, self.pos, self.size, self.dress.palette.page)
        self.body()
        width, height = self.dress.type.hide
        if self.has_hide:
            self.put(HideTab(self.session), self.inner_width - width, 0, width, height)
        if self.has_bar:
            bar = Bar(self.session, has_back=self.has_back)
            self.put(bar, 0, self.bar_top, self.inner_width, self.dress.bar_height)

    def body(self) -> None:
        """Put this screen's own things."""
        raise NotImplementedError

    @property
    def heading_size(self) -> float:
        """Design pixels; screens full of keys have less room for it."""
        return self.dress.type.heading

    def heading(self, text: str, *, top: float | None = None) -> float:
        """The heading, which is the question where there is one. Returns where it ends."""
        top = self.heading_top if top is None else top
        spacing = 1.15 if self.dress.size is theme.Size.LARGEST else theme.HEADING_SPACING
        label = put_words(
            self,
            text,
            theme.MARGIN,
            top,
            self.heading_width - theme.MARGIN,
            size=self.heading_size,
            bold=True,
            spacing=spacing,
            balance=True,
        )
        return top + label.height / self.dress.scale

    def plate(
        self, picture: str, start: float, top: float, width: float, height: float, frame: str
    ) -> None:
        """A picture on its plate."""
        path = self.session.pictures.path(picture, frame)
        self.put(Plate(self.dress, path), start, top, width, height)

    def sentences(
        self,
        texts: Sequence[str],
        start: float,
        top: float,
        width: float,
        bottom: float,
        *,
        gap: float = theme.SENTENCE_GAP,
        spacing: float = theme.PARAGRAPH_SPACING,
    ) -> float:
        """Sentences, each on its own line, in the middle between top and bottom."""
        high = self.sentences_height(texts, width, gap=gap, spacing=spacing)
        at = top + max(0.0, (bottom - top - high) / 2)
        for text in texts:
            label = put_words(self, text, start, at, width, spacing=spacing)
            at += label.height / self.dress.scale + gap
        return at - gap

    def sentences_height(
        self,
        texts: Sequence[str],
        width: float,
        *,
        gap: float = theme.SENTENCE_GAP,
        spacing: float = theme.PARAGRAPH_SPACING,
    ) -> float:
        """Design pixels that these sentences take down."""
        body = self.dress.type.body
        heights = [words_height(self.dress, t, body, width, spacing=spacing) for t in texts]
        return sum(heights) + gap * max(0, len(texts) - 1)

    def foot_stacks(
        self, quiet: FootButton | None, end: FootButton | None, start: float = theme.MARGIN
    ) -> bool:
        """True where the quiet button has no room beside the last one, and stands above it."""
        if quiet is None or end is None:
            return False
        wide = self._button_width(quiet[1]) + self._button_width(end[1]) + 32
        return wide > self.inner_width - start - theme.MARGIN

    def _button_width(self, label: str) -> float:
        least = 0.0 if self.dress.portrait else 200.0
        return max(least, WordButton.wanted_width(self.dress, label))

    def foot(
        self,
        *,
        quiet: FootButton | None = None,
        note: str = "",
        page: str = "",
        end: FootButton | None = None,
        end_quiet: bool = False,
        start: float = theme.MARGIN,
    ) -> None:
        """The foot row: a quiet button, a note, page words, Next at the end."""
        top, height = self.foot_top, self.dress.type.foot_height
        left, right = start, self.inner_width - theme.MARGIN
        if quiet:
            width = self._button_width(quiet[1])
            stacks = self.foot_stacks(quiet, end, start)
            above = top - height - 16 if stacks else top
            width = min(width, right - left)
            button = WordButton(self.dress, quiet[0], quiet[1], quiet[2])
            self.put(button, left, above, width, height)
            left += 0 if stacks else width + 24
        if end:
            width = min(max(240.0, self._button_width(end[1])), self.inner_width - start - 48)
            if self.dress.portrait:
                width = self._button_width(end[1])
            right -= width
            button = WordButton(self.dress, end[0], end[1], end[2], tool=not end_quiet)
            self.put(button, right, top, width, height)
            right -= 24
        self._foot_notes(note, page, left, right, top, height)

    def _foot_notes(
        self, note: str, page: str, left: float, right: float, top: float, height: float
    ) -> None:
        small = self.dress.type.small
        if page:
            wide = words_width(self.dress, page, small) + 4
            if wide > right - left and self.dress.portrait:
                top_of_page = top - small * 1.3 - 16  # upright, the foot row has no room for it
                self._foot_words(page, theme.MARGIN, self.full_width, top_of_page, small * 1.3)
            elif right - left > 60:
                wide = min(wide, right - left)
                self._foot_words(page, right - wide, wide, top, height)
                right -= wide + 24
        if note and right - left > 100:
            self._foot_words(note, left, right - left, top, height)

    def _foot_words(self, text: str, start: float, width: float, top: float, height: float) -> None:
        small = self.dress.type.small
        high = words_height(self.dress, text, small, width, spacing=1.2)
        put_words(self, text, start, top + (height - high) / 2, width, size=small, spacing=1.2)

    # --- moving on -----------------------------------------------------------------------------

    def next(self) -> None:
        """Go to what follows."""
        self.session.forward()

    # --- being read ----------------------------------------------------------------------------

    def readable(self) -> list[Words]:
        """The paragraphs that are read out, in reading order."""
        return [
            widget
            for widget in in_order(self)
            if isinstance(widget, Words)
            and widget.said
            and (self.reads_bar or not _in_bar(widget))
            and widget.text
        ]


def in_order(root: Widget) -> Iterator[Widget]:
    """Every widget below `root`, in the order in which it was put: reading order."""
    for child in reversed(root.children):
        yield child
        yield from in_order(child)


def _in_bar(widget: Widget) -> bool:
    parent = widget.parent
    while parent is not None and not isinstance(parent, Screen):
        if isinstance(parent, Bar | HideTab):
            return True
        parent = parent.parent
    return False
