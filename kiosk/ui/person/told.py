"""What we tell without asking, because the law lets us: nothing on it looks like a choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kiosk.ui import theme
from kiosk.ui.person.about_share import AboutShare
from kiosk.ui.reading import Reading, Setting
from kiosk.ui.screen import FootButton
from kiosk.ui.widgets.picture import Plate
from kiosk.ui.widgets.stage import Stage, paint_line, paint_rectangle
from kiosk.ui.widgets.words import put_words, words_height


class Told(AboutShare, Reading):
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
