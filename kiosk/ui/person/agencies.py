"""Agency by agency: who they are, then the question; or what we tell without asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kiosk.domain.consent import Answer
from kiosk.domain.place import Share
from kiosk.ui import theme
from kiosk.ui.reading import FootButton, Parted, Reading, Setting
from kiosk.ui.routes import REVIEW, Step, after_share
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.controls import PictureBox
from kiosk.ui.widgets.picture import Plate
from kiosk.ui.widgets.stage import Stage, paint_line, paint_rectangle
from kiosk.ui.widgets.words import put_words, words_height, words_room

ANSWERS: tuple[tuple[str, Answer], ...] = (
    ("yes", Answer.YES),
    ("ask", Answer.ASK_FIRST),
    ("no", Answer.NO),
    ("later", Answer.NOT_NOW),
)


class _AboutShare(Screen):
    @property
    def share(self) -> Share:
        assert self.step.key is not None
        return self.session.parts.place.share(self.step.key)


class Agency(_AboutShare, Reading):
    """Who they are, what they would get, what for, and what could happen with Yes and with No."""

    def title(self) -> str:
        return self.session.called(self.share.agency)

    def picture(self) -> str:
        return self.share.agency.picture

    def texts(self) -> Sequence[str]:
        share, agency = self.share, self.share.agency
        purpose = self.say("agency.for", outcome=self.session.phrase(share.outcome.label))
        phrases = (agency.who, share.gets, share.if_yes, share.if_no)
        texts = [self.session.phrase(phrase, agency) for phrase in phrases]
        texts.insert(1, purpose)
        if self.dress.size.roomy:
            texts.append(self.say("question.same"))  # the question's own page has no room for it
        return texts

    def quiet(self) -> FootButton | None:
        return ("skip", self.say("skip"), self._skip)

    def _skip(self) -> None:
        self.session.go(after_share(self.step, self.session.visit))

    def next(self) -> None:
        """To the question; where words are large, once by way of what the four answers mean."""
        if self.dress.size.roomy and not self.session.knows_answers:
            self.session.knows_answers = True
            self.session.go(replace(self.step, screen="answers", part=0))
        else:
            super().next()


class Question(_AboutShare, Parted):
    """Yes, Ask me first, No, Not now: the same box four times, in this order, always."""

    parts = 1
    LONG_HEADING = 54.0  # where a heading of the largest size would leave the answers no room

    @property
    def heading_size(self) -> float:
        size = self.dress.type.heading
        heading = self.session.phrase(self.share.heading, self.share.agency)
        width = self.heading_width - theme.MARGIN
        high = words_height(self.dress, heading, size, width, bold=True, spacing=1.15)
        long = self.dress.size is theme.Size.LARGEST and high > 2.5 * size * 1.15
        return self.LONG_HEADING if long else size

    def body(self) -> None:
        heading = self.session.phrase(self.share.heading, self.share.agency)
        boxes = self._boxes
        if self._fits_in_columns(heading):
            top = self._head_with_picture(heading)
            self._columns(boxes, top)
        else:
            bottom = self.heading(heading, top=None if self.dress.portrait else 20)
            self._squares(boxes, bottom + 16)

    @property
    def _boxes(self) -> list[tuple[str, Answer, str, str]]:
        return [
            (name, answer, self.say(f"answer.{name}"), self.say(f"answer.{name}.means"))
            for name, answer in ANSWERS
        ]

    # --- side by side, with the agency's picture above ----------------------------------------

    def _fits_in_columns(self, heading: str) -> bool:
        if self.dress.size.roomy or self.dress.portrait:
            return False
        head = words_height(
            self.dress, heading, self.dress.type.heading, 660, bold=True, spacing=1.25
        )
        room = self.bar_top - 30 - self._columns_top(head)
        spacing, body = self.dress.type.label_spacing, self.dress.type.body
        needed = max(
            words_height(self.dress, label, body, 248, bold=True, spacing=spacing)
            + words_height(self.dress, means, body, 248, spacing=spacing)
            for _name, _answer, label, means in self._boxes
        )
        one_line = words_height(self.dress, "Ag", body, 248, bold=True, spacing=spacing)
        labels_on_one_line = all(
            words_height(self.dress, label, body, 248, bold=True, spacing=spacing) < one_line * 1.5
            for _name, _answer, label, _means in self._boxes
        )
        return head <= 260 and labels_on_one_line and needed + self._picture_room + 22 <= room

    @property
    def _picture_room(self) -> float:
        return 152.0 if self.dress.pictures else 0.0

    def _columns_top(self, head: float) -> float:
        return max(306.0, 32 + head + 60 + 14)

    def _head_with_picture(self, heading: str) -> float:
        start, width = theme.MARGIN, self.heading_width - theme.MARGIN
        if self.dress.pictures:
            self.plate(self.share.agency.picture, theme.MARGIN, 36, 272, 240, "agency")
            start, width = 352, 660
        label = put_words(
            self,
            heading,
            start,
            32,
            width,
            size=self.dress.type.heading,
            bold=True,
            spacing=1.25,
            balance=True,
        )
        bottom = 32 + label.height / self.dress.scale
        wide = self.inner_width - start - theme.MARGIN
        put_words(self, self.say("question.same"), start, bottom + 8, wide, spacing=1.3)
        return self._columns_top(bottom - 32)

    def _columns(self, boxes: list[tuple[str, Answer, str, str]], top: float) -> None:
        width = (self.full_width - 3 * theme.GAP) / 4
        height = self.bar_top - 30 - top
        for at, box in enumerate(boxes):
            self._put_answer(box, theme.MARGIN + at * (width + theme.GAP), top, width, height)

    # --- two by two -----------------------------------------------------------------------------

    def _squares(self, boxes: list[tuple[str, Answer, str, str]], top: float) -> None:
        columns = 1 if self.dress.portrait and self.dress.size.roomy else 2
        rows = len(boxes) // columns
        width = (self.full_width - theme.GAP * (columns - 1)) / columns
        height = (self.bar_top - 30 - top - theme.GAP * (rows - 1)) / rows
        beside = self._picture_beside(boxes, width, height) if not self.dress.portrait else None
        for at, box in enumerate(boxes):
            start = theme.MARGIN + (at % columns) * (width + theme.GAP)
            down = top + (at // columns) * (height + theme.GAP)
            self._put_answer(box, start, down, width, height, beside=beside)

    def _picture_beside(
        self, boxes: list[tuple[str, Answer, str, str]], width: float, height: float
    ) -> tuple[float, float]:
        """The largest picture, alike in all four boxes, that leaves every answer room."""
        body, spacing = self.dress.type.body, self.dress.type.label_spacing
        for wide in (200.0, 170.0, 140.0, 110.0, 84.0, 60.0):
            size = (wide, wide * 144 / 244)
            across = width - wide - 64
            highest = max(
                words_room(self.dress, label, body, across, bold=True, spacing=spacing)
                + (
                    0
                    if self.dress.size.roomy
                    else words_room(self.dress, means, body, across, spacing=spacing)
                )
                for _name, _answer, label, means in boxes
            )
            if highest + 2 * theme.BORDER + 4 <= height and size[1] + 24 <= height:
                return size
        return size

    def _put_answer(
        self,
        box: tuple[str, Answer, str, str],
        start: float,
        top: float,
        width: float,
        height: float,
        *,
        beside: tuple[float, float] | None = None,
    ) -> None:
        name, answer, label, means = box
        picture = None
        size = beside or (244.0, 144.0)
        if self.dress.pictures:
            across = f"answer.{name}.{self.share.agency.kind}"  # their own worker at the table
            pictures = self.session.pictures
            shown = across if pictures.has(across) else f"answer.{name}"
            picture = pictures.path(shown, "answer-wide" if self.dress.portrait else "answer")
        if self.dress.size.roomy:
            means = ""  # said on the page before, so that nothing has to shrink
        choice = PictureBox(
            self.dress,
            f"answer.{name}",
            label,
            partial(self._choose, answer),
            picture=picture,
            sentence=means,
            beside=beside is not None,
            picture_size=size,
        )
        choice.chosen = self.session.visit.marked(self.share.key) is answer
        self.put(choice, start, top, width, height)

    def _choose(self, answer: Answer) -> None:
        self.session.visit.choose(self.share.key, answer)
        self.session.forward(answer)


class AnswersExplained(_AboutShare, Reading):
    """What the four answers mean, on a page of its own where the boxes have room for one word."""

    def title(self) -> str:
        return self.say(f"answer.{self._name}")

    @property
    def _name(self) -> str:
        return ANSWERS[min(self.step.part, len(ANSWERS) - 1)][0]

    def picture(self) -> str:
        return f"answer.{self._name}"

    def texts(self) -> Sequence[str]:
        return [self.say(f"answer.{name}.means") for name, _answer in ANSWERS]

    def next(self) -> None:
        self.session.go(replace(self.step, screen="question", part=0))


class Told(_AboutShare, Reading):
    """What the law lets us tell without a yes: a dark column, and nothing that looks like a choice.

    Where the ground is public task or legitimate interests, a quiet way to object stands below
    (UK GDPR Art 21(4): shown clearly and apart).
    """

    COLUMN = 440.0

    def title(self) -> str:
        return self.session.phrase(self.share.heading, self.share.agency)

    def picture(self) -> str:
        heading = self.share.heading.statement
        return (self.session.words.picture(heading) if heading else "") or self.share.agency.picture

    def texts(self) -> Sequence[str]:
        share, agency = self.share, self.share.agency
        phrases = (share.gets, share.if_yes, share.if_no)
        texts = [self.session.phrase(phrase, agency) for phrase in phrases]
        if share.key in self.session.visit.objections:
            texts[-1:] = [self.say("told.objected"), self.say("told.objected.next")]
        elif share.basis.can_object:
            texts.append(self.say("told.object.means"))
        return texts

    def quiet(self) -> FootButton | None:
        if not self.share.basis.can_object:
            return None
        objected = self.share.key in self.session.visit.objections
        label = self.say("told.object.undo" if objected else "told.object")
        return ("told.object", label, partial(self._object, not objected))

    def _object(self, objects: bool) -> None:
        self.session.visit.object_to(self.share.key, objects)
        self.session.refresh()

    @property
    def _foot_start(self) -> float:
        return self._words_start

    # --- laid out about the dark column --------------------------------------------------------

    @property
    def _band(self) -> bool:
        """Upright, or where words are large, the dark part lies across the top."""
        return self.dress.portrait or self.dress.size.roomy

    @property
    def _column(self) -> float:
        return self.inner_width if self._band else self.COLUMN

    @property
    def _column_height(self) -> float:
        if self.dress.size.roomy:
            return self.dress.type.hide[1] + 16
        return 420.0 if self.dress.portrait else self.bar_top

    @property
    def _words_start(self) -> float:
        return theme.MARGIN if self._band else self._column + theme.MARGIN

    def _text_area(self) -> tuple[float, float, float, float]:
        start = self._words_start
        width = self.inner_width - start - theme.MARGIN
        heading = words_height(
            self.dress, self.title(), self.dress.type.heading, width, bold=True, spacing=1.25
        )
        return (start, self._title_top + heading + 20, width, self._body_bottom + 8)

    @property
    def _title_top(self) -> float:
        if self._band:
            return self._column_height + 20
        return self.dress.type.hide[1] + 28

    def settings(self) -> Sequence[Setting]:
        if self.dress.size.roomy:
            return (Setting(424, 20, 1.2), Setting(424, 12, 1.06))
        return (Setting(424, 20, 1.4), Setting(424, 14, 1.3))

    def body(self) -> None:
        column = _Column(self)
        self.put(column, 0, 0, self._column, self._column_height)
        start, top, width, bottom = self._text_area()
        put_words(
            self,
            self.title(),
            start,
            self._title_top,
            width,
            size=self.dress.type.heading,
            bold=True,
            spacing=1.25,
            balance=True,
        )
        self.put_sentences(start, top, width, bottom)
        quiet = self.quiet() if self.last_part else None
        end = self.end_button(*self.end())
        self.foot(quiet=quiet, end=end, start=start)


class _Column(Stage):
    """The dark side of a page that tells."""

    def __init__(self, screen: Told) -> None:
        super().__init__(screen.dress)
        self.screen = screen

    def compose(self) -> None:
        palette, unit = self.dress.palette, self.dress.u
        paint_rectangle(self.canvas.before, self.pos, self.size, palette.tool)
        if palette.edged_tool:
            edge = self.x if self.dress.rtl else self.right
            line = [edge, self.y, edge, self.top]
            paint_line(self.canvas.before, line, unit(theme.BORDER), palette.on_tool)
        width = self.inner_width - 2 * theme.MARGIN
        size = 44  # a sign on the wall: the same at every size
        low = self.inner_height < 200
        tag = put_words(
            self,
            self.screen.say("told.tag"),
            theme.MARGIN,
            32 if low else 40,
            width - self.dress.type.hide[0] if low else width,
            size=size,
            bold=True,
            spacing=1.25,
            colour=palette.on_tool,
            balance=True,
        )
        if low or not self.dress.pictures:
            return
        top = 40 + tag.height / self.dress.scale + 32
        room = self.inner_height - top - 40
        high = min(room, width * 412 / 424)
        path = self.screen.session.pictures.path(self.screen.picture(), "plate")
        wide = high * 424 / 412
        self.put(Plate(self.dress, path), theme.MARGIN, top, wide, high)


class Apart(Reading):
    """Agencies that enforce the law: apart, off, with independent advice first."""

    def title(self) -> str:
        return self.say("apart.title")

    def picture(self) -> str:
        return "apart.off"

    def texts(self) -> Sequence[str]:
        return [self.say(statement) for statement in self.session.statements("apart.off")]

    def quiet(self) -> FootButton | None:
        if not self.session.parts.place.apart:
            return None
        return ("apart.look", self.say("apart.look"), lambda: self.session.go(Step("advice")))


class Advice(Reading):
    """Independent advice, before anything about enforcement agencies can be chosen."""

    def title(self) -> str:
        return self.say("apart.advice.title")

    def picture(self) -> str:
        return "apart.advice"

    def texts(self) -> Sequence[str]:
        return [self.say(statement) for statement in self.session.statements("apart.advice")]

    def quiet(self) -> FootButton | None:
        return ("apart.go-on", self.say("yes-continue"), self._look)

    def end(self) -> FootButton:
        return ("apart.leave", self.say("apart.leave"), lambda: self.session.go(REVIEW))

    def _look(self) -> None:
        first = self.session.parts.place.apart[0].key
        self.session.go(replace(Step("agency"), key=first))
