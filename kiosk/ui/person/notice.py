"""The five pages of how we use what people tell us: short, and more for whoever wants it."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.content.notice import NoticePage
from kiosk.ui.reading import Reading
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton


class _OnePage(Reading):
    def compose(self) -> None:
        self.session.visit.told = self.session.notice_now()
        super().compose()

    @property
    def page(self) -> NoticePage:
        return self.session.parts.notice.pages[self.step.page]

    def title(self) -> str:
        return self.say(self.page.heading)

    def picture(self) -> str:
        return self.page.picture


class Notice(_OnePage):
    """One of the five, in short."""

    def own_pictures(self) -> Sequence[str]:
        return [self.session.words.picture(statement) for statement in self.page.short]

    def texts(self) -> Sequence[str]:
        return [self.say(statement) for statement in self.page.short]

    def page_words(self) -> str:
        pages, page = len(self.session.parts.notice.pages), self.step.page + 1
        if self.parts == 1:
            return self.say("notice.page", page=page, pages=pages)
        return self.say("notice.part", page=page, pages=pages, part=self.part + 1, parts=self.parts)

    def quiet(self) -> FootButton | None:
        if not self.page.full:
            return None
        more = Step("notice-more", page=self.step.page)
        return ("tell-more", self.say("tell-more"), lambda: self.session.go(more))


class NoticeMore(_OnePage):
    """The same page in full; Next comes back to go on."""

    def compose(self) -> None:
        self.session.visit.opened_in_full.add(self.page.id)
        super().compose()

    def texts(self) -> Sequence[str]:
        return [self.say(statement) for sheet in self.page.full for statement in sheet]

    def end(self) -> FootButton:
        return ("next", self.say("next"), self._onward)

    def _onward(self) -> None:
        self.session.go_after(Step("notice", page=self.step.page))
