"""The question: four answers, one box."""

from __future__ import annotations

from functools import partial

from kiosk.domain.consent import Answer
from kiosk.ui import theme
from kiosk.ui.person.about_share import AboutShare
from kiosk.ui.reading import Parted
from kiosk.ui.widgets.controls import PictureBox
from kiosk.ui.widgets.words import put_words, words_height, words_room

ANSWERS: tuple[tuple[str, Answer], ...] = (
    ("yes", Answer.YES),
    ("ask", Answer.ASK_FIRST),
    ("no", Answer.NO),
    ("later", Answer.NOT_NOW),
)


class Question(AboutShare, Parted):
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
