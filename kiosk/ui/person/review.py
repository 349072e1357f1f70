"""Everything that was chosen, every answer set alike, everything changeable."""

from __future__ import annotations

from functools import partial

from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail, Share
from kiosk.ui import theme
from kiosk.ui.reading import Parted
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton
from kiosk.ui.session import Session
from kiosk.ui.widgets.controls import WordButton
from kiosk.ui.widgets.picture import Plate
from kiosk.ui.widgets.stage import paint_line
from kiosk.ui.widgets.words import put_words, words_height, words_room, words_width

PICTURE = (108.0, 86.0)
ROW_GAP = 4.0  # between the lines of a row
LINE_GAP = 20.0  # between lines where one agency has a page to itself

_STATEMENTS = {
    Answer.ASK_FIRST: ("ask", "ask"),
    Answer.NO: ("no", "no"),
    Answer.NOT_NOW: ("later", "later"),
    Answer.WITHDRAWN: ("no", "stopped"),
}
LEVELS = {Detail.NEED: "need", Detail.SUMMARY: "summary", Detail.EVERYTHING: "everything"}


def answer_in_words(session: Session, share: Share) -> tuple[str, str]:
    """(the answer, what that means) for one share, as it would be saved."""
    given = session.visit.answer(share.key)
    if session.visit.waits(share.key):
        return (session.say("answer.later"), session.say("review.held"))
    if given.answer is not Answer.YES:
        name, means = _STATEMENTS[given.answer]
        return (session.say(f"answer.{name}"), session.say(f"review.{means}"))
    if given.until is None:
        return (session.say("answer.yes"), session.say("review.yes.open"))
    return (session.say("answer.yes"), session.say("review.yes", date=given.until))


def answer_name(session: Session, share: Share) -> str:
    """Which of the four answers it is: "yes", "ask", "no", "later"."""
    given = session.visit.answer(share.key)
    if given.answer is Answer.YES:
        return "later" if session.visit.waits(share.key) else "yes"
    return _STATEMENTS[given.answer][0]


def kinds_in_words(session: Session, share: Share) -> list[str]:
    """Of a Yes: each kind of information with its level, one line each."""
    given = session.visit.answer(share.key)
    if answer_name(session, share) != "yes":
        return []
    categories = session.parts.place.categories
    return [
        session.say(
            "review.kind",
            kind=session.phrase(categories[kind].label),
            level=session.say(f"level.{LEVELS[level]}"),
        )
        for kind, level in given.details.items()
    ]


class Review(Parted):
    """As many rows a page as fit; in general four, and two where the words are large."""

    def compose(self) -> None:
        self._shares = self.session.visit.for_review()
        self._spacing = self.dress.type.label_spacing
        self._measure()
        self._large = self._split() if self._one_a_page else []
        super().compose()

    @property
    def _one_a_page(self) -> bool:
        room = self.foot_top - 8 - self._top
        too_tall = any(self._row(share) > room for share in self._shares)
        return self.dress.size.roomy or self.dress.portrait or too_tall

    # --- one agency a page, where the words are large -------------------------------------------

    def _split(self) -> list[tuple[Share, list[str]]]:
        """(share, the lines of one page) for every page."""
        pages: list[tuple[Share, list[str]]] = []
        for share in self._shares:
            answer, means = answer_in_words(self.session, share)
            group: list[str] = []
            for line in (answer, means, *kinds_in_words(self.session, share)):
                if group and self._large_height([*group, line]) > self._large_room(share):
                    pages.append((share, group))
                    group = []
                group = [*group, line]
            pages.append((share, group))
        if self._told is not None:
            pages.append((self._told, [self.say("notice.outside.4")]))
        return pages

    @property
    def _told(self) -> Share | None:
        """The first of what is told, for someone who came back: to object, or take that back."""
        told = self.session.parts.place.told
        return told[0] if told and self.session.visit.person is not None else None

    def _large_height(self, lines: list[str]) -> float:
        return self.sentences_height(lines, self._large_wide, gap=LINE_GAP, spacing=self._spacing)

    @property
    def _large_start(self) -> float:
        return theme.MARGIN + (272.0 + 36 if self.dress.pictures else 0.0)

    @property
    def _large_wide(self) -> float:
        return self.inner_width - self._large_start - theme.MARGIN

    def _large_top(self, share: Share) -> float:
        name = self.session.called(share.agency)
        width = self.heading_width - theme.MARGIN
        size = self.dress.type.heading
        high = words_height(self.dress, name, size, width, bold=True, spacing=1.25)
        return self.heading_top + high + 20

    def _large_room(self, share: Share) -> float:
        return self.foot_top - 16 - self._large_top(share)

    def _put_large(self) -> None:
        share, lines = self._large[self.part]
        self.heading(self.session.called(share.agency))
        top = self._large_top(share)
        if self.dress.pictures:
            self.plate(share.agency.picture, theme.MARGIN, top, 272, 240, "agency")
        answer = self.say(f"answer.{answer_name(self.session, share)}")
        for line in lines:
            label = put_words(
                self,
                line,
                self._large_start,
                top,
                self._large_wide,
                spacing=self._spacing,
                bold=line == answer,
            )
            top += label.height / self.dress.scale + LINE_GAP
        self.foot(
            quiet=self._object()
            if share is self._told
            else (self._change_name(share), self.say("change"), partial(self._change, share)),
            end=self.end_button("next", self.say("next"), self.next),
        )

    def _change_name(self, share: Share) -> str:
        return f"change.{share.agency.id}.{share.outcome.id}"

    # --- rows -----------------------------------------------------------------------------------

    def _measure(self) -> None:
        button = self.say("change")
        self._button_wide = max(192.0, WordButton.wanted_width(self.dress, button))
        start = PICTURE[0] + 20 if self.dress.pictures else 0.0
        self._words_start = theme.MARGIN + start
        self._words_wide = self.full_width - start - self._button_wide - 24
        self._pages = self._packed()

    def _packed(self) -> list[list[Share]]:
        """As many rows to a page as their words leave room for."""
        pages: list[list[Share]] = [[]]
        room = left = self.foot_top - 8 - self._top
        for share in self._shares:
            high = self._row(share)
            if pages[-1] and high > left:
                pages.append([])
                left = room
            pages[-1].append(share)
            left -= high
        return pages

    def _row(self, share: Share) -> float:
        return max(110.0, self._row_height(share) + 14)

    def _row_height(self, share: Share) -> float:
        lines = kinds_in_words(self.session, share)
        kinds = sum(self._kind_height(line) + ROW_GAP for line in lines)
        return self._name_height(share) + ROW_GAP + self._answer_height(share) + kinds

    def _kind_height(self, line: str) -> float:
        body = self.dress.type.body
        return words_height(self.dress, line, body, self._words_wide, spacing=self._spacing)

    def _name_height(self, share: Share) -> float:
        name = self.session.called(share.agency)
        body = self.dress.type.body
        return words_room(self.dress, name, body, self._words_wide, spacing=self._spacing)

    def _answer_height(self, share: Share) -> float:
        _answer, means = answer_in_words(self.session, share)
        wide = self._words_wide - self._answer_wide(share)
        return words_height(self.dress, means, self.dress.type.body, wide, spacing=self._spacing)

    def _answer_wide(self, share: Share) -> float:
        answer, _means = answer_in_words(self.session, share)
        return words_width(self.dress, answer, self.dress.type.body, bold=True) + 20

    @property
    def _top(self) -> float:
        return 112.0 if not self.dress.size.roomy else 36 + self.dress.type.heading * 1.25 + 14

    @property
    def parts(self) -> int:
        return len(self._large or self._pages)

    def body(self) -> None:
        if self._large:
            self._put_large()
            return
        self.heading(self.say("review.title"))
        top = self._top
        for at, share in enumerate(self._pages[self.part]):
            if at:
                y = self.top - self.dress.u(top)
                edges = (self.dress.u(theme.MARGIN), self.width - self.dress.u(theme.MARGIN))
                points = [edges[0], y, edges[1], y]
                paint_line(self.canvas.after, points, self.dress.u(3), self.dress.palette.rule)
            self._put_row(share, top)
            top += self._row(share)
        page = (
            self.say("review.page", page=self.part + 1, pages=self.parts) if self.parts > 1 else ""
        )
        self.foot(
            quiet=self._object(),
            note=self._note(),
            page=page,
            end=self.end_button("next", self.say("next"), self.next),
        )

    def _put_row(self, share: Share, top: float) -> None:
        row = self._row(share)
        if self.dress.pictures:
            path = self.session.pictures.path(share.agency.picture, "row")
            plate = Plate(self.dress, path, mat=5, border=3)
            self.put(plate, theme.MARGIN, top + (row - PICTURE[1]) / 2, *PICTURE)
        answer, means = answer_in_words(self.session, share)
        high, spacing = self._name_height(share), self._spacing
        at = top + (row - self._row_height(share)) / 2
        start, wide = self._words_start, self._words_wide
        put_words(self, self.session.called(share.agency), start, at, wide, spacing=spacing)
        beside = self._answer_wide(share)
        at += high + ROW_GAP
        put_words(self, answer, start, at, beside, spacing=spacing, bold=True)
        put_words(self, means, start + beside, at, wide - beside, spacing=spacing)
        at += self._answer_height(share) + ROW_GAP
        for line in kinds_in_words(self.session, share):
            put_words(self, line, start, at, wide, spacing=spacing)
            at += self._kind_height(line) + ROW_GAP
        button = WordButton(
            self.dress,
            self._change_name(share),
            self.say("change"),
            partial(self._change, share),
        )
        start = self.inner_width - theme.MARGIN - self._button_wide
        height = max(80.0, min(row - 16, self.dress.type.body * 1.3 + 24))
        self.put(button, start, top + (row - height) / 2, self._button_wide, height)

    def _note(self) -> str:
        visit = self.session.visit  # of someone who came back, what stands is saved
        return self.say("review.not-saved") if visit.person is None or visit.touched else ""

    def _object(self) -> FootButton | None:
        """The way to what is told and not asked, where a person can object (UK GDPR Art 21)."""
        told = self._told
        if told is None:
            return None
        step = Step("told", key=told.key, changing=True)
        return ("review.object", self.say("told.object"), partial(self.session.go, step))

    def _change(self, share: Share) -> None:
        self.session.go(Step("agency", key=share.key, changing=True))
