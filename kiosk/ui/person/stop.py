"""Stop sharing: one agency or all, any day, in as few taps as it took to start (Art 7(3))."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from kiosk.domain.consent import Answer
from kiosk.ui.choices import Choices, RowChoice
from kiosk.ui.reading import Reading
from kiosk.ui.routes import REVIEW, Step
from kiosk.ui.screen import FootButton

if TYPE_CHECKING:
    from kiosk.services.consents import Recorded

EVERYONE = "*"


class Stop(Choices):
    """All first, then each agency that may be told anything."""

    end_quiet = True
    least_row = 96.0
    gap = 20.0

    def title(self) -> str:
        return self.say("stop.title")

    def lead(self) -> str:
        return "" if self._sharing else self.say("stop.nothing")

    @property
    def _sharing(self) -> list[str]:
        visit = self.session.visit
        agencies: list[str] = []
        for share in visit.place.shares:
            open_to = visit.answer(share.key).answer in (Answer.YES, Answer.ASK_FIRST)
            if open_to and share.agency.id not in agencies:
                agencies.append(share.agency.id)
        return agencies

    def rows(self) -> Sequence[RowChoice]:
        agencies = self.session.parts.place.agencies
        sharing = self._sharing
        rows = [
            RowChoice(
                f"stop.{agency}",
                self.session.called(agencies[agency]),
                partial(self._stop, agency),
                picture=agencies[agency].picture,
                frame="row",
            )
            for agency in sharing
        ]
        if sharing:
            everyone = RowChoice(
                "stop.all",
                self.say("stop.all"),
                partial(self._stop, EVERYONE),
                picture="home.stop",
                frame="row",
            )
            rows.insert(0, everyone)
        return rows

    def quiet(self) -> FootButton | None:
        return ("stop.see", self.say("review.title"), lambda: self.session.go(REVIEW))

    def end(self) -> FootButton | None:
        return ("finish", self.say("finish"), self.session.finish)

    def _stop(self, agency: str) -> None:
        self.session.go(Step("stop-sure", item=agency))


class StopSure(Reading):
    """What stopping does and does not do, said before it is done; one tap does it."""

    def title(self) -> str:
        if self.step.item == EVERYONE:
            return self.say("stop.sure.all")
        agency = self.session.parts.place.agencies[self.step.item]
        return self.say("stop.sure", agency=agency.name)

    def picture(self) -> str:
        return "stop.now"

    def texts(self) -> Sequence[str]:
        names = ("stop.now", "stop.recall", "stop.tell-them", "stop.law")
        return [self.say(name) for name in names]

    def end(self) -> FootButton:
        return ("stop.confirm", self.say("stop.confirm"), self._stop)

    def _stop(self) -> None:
        person, worker = self.session.visit.person, self.session.visit.helper
        assert person is not None
        agency = None if self.step.item == EVERYONE else self.step.item
        stop = self.session.parts.consents.stop
        self.session.run(lambda: stop(person, agency, worker), self._stopped)

    def _stopped(self, recorded: Recorded) -> None:
        self.session.now_stands(recorded)
        self.session.swap(Step("stopped"))


class Stopped(Reading):
    """What has stopped, what cannot be called back, and that they will be told."""

    has_back = False

    def title(self) -> str:
        return self.say("stop.done")

    def picture(self) -> str:
        return "stop.now"

    def texts(self) -> Sequence[str]:
        return [self.say("stop.recall"), self.say("stop.tell-them")]

    def end(self) -> FootButton:
        return ("next", self.say("next"), lambda: self.session.swap(Step("receipt")))
