"""The three questions after a Yes: what, how much, until when. Any may be left: then we tell nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from kiosk.domain.dates import months_on
from kiosk.domain.place import Category, Detail
from kiosk.domain.visit import ShareKey
from kiosk.ui import routes
from kiosk.ui.choices import Choices, RowChoice
from kiosk.ui.screen import FootButton

LEVELS = ((Detail.NEED, "need"), (Detail.SUMMARY, "summary"), (Detail.EVERYTHING, "everything"))
MONTHS = ((1, "until.1-month"), (6, "until.6-months"), (12, "until.1-year"))


class _AfterYes(Choices):
    end_quiet = True

    @property
    def key(self) -> ShareKey:
        assert self.step.key is not None
        return self.step.key

    @property
    def agency_name(self) -> str:
        return self.session.parts.place.share(self.key).agency.name

    def skip(self) -> None:
        """Leave the three questions: the Yes is unfinished, so nothing is shared."""
        self.session.visit.leave_yes(self.key)
        self.session.go(routes.after_share(self.step, self.session.visit))

    def end(self) -> FootButton | None:
        return ("skip", self.say("skip"), self.skip)

    def note(self) -> str:
        return self.say("level.skip-note")


class Kinds(_AfterYes):
    """What may be told: tap as many as wanted, tap again to take one back."""

    end_quiet = False
    least_row = 86.0
    gap = 16.0
    picture_width = 92.0
    columns = 2

    def title(self) -> str:
        return self.say("kinds.title", agency=self.agency_name)

    def lead(self) -> str:
        return self.say("kinds.touch")

    def rows(self) -> Sequence[RowChoice]:
        chosen = self.session.visit.kinds(self.key)
        categories = self.session.parts.place.categories
        return [
            RowChoice(
                f"kind.{kind}",
                self.session.phrase(categories[kind].label),
                partial(self._turn, kind),
                picture=categories[kind].picture,
                filled=kind in chosen,
            )
            for kind in self.session.parts.place.share(self.key).most
        ]

    def _turn(self, kind: str) -> None:
        chosen = set(self.session.visit.kinds(self.key)) ^ {kind}
        self.session.visit.choose_kinds(self.key, tuple(chosen))
        self.session.refresh()

    def note(self) -> str:
        return self.say("kinds.none")

    def end(self) -> FootButton | None:
        return ("next", self.say("next"), self.next)


class Level(_AfterYes):
    """How much of one kind, least first, each with what they would really see."""

    least_row = 112.0
    gap = 20.0

    def title(self) -> str:
        return self.say("level.title", agency=self.agency_name)

    @property
    def category(self) -> Category:
        return self.session.parts.place.categories[self.step.item]

    def lead(self) -> str:
        return self.say("level.kind", kind=self.session.phrase(self.category.label))

    def rows(self) -> Sequence[RowChoice]:
        most = self.session.parts.place.share(self.key).most[self.step.item]
        chosen = self.session.visit.level(self.key, self.step.item)
        return [
            RowChoice(
                f"level.{name}",
                self.say(f"level.{name}"),
                partial(self._choose, level),
                sentence=self.session.phrase(self.category.examples[level]),
                picture=f"level.{name}",
                chosen=level is chosen,
            )
            for level, name in LEVELS
            if level <= most
        ]

    def _choose(self, level: Detail) -> None:
        self.session.visit.choose_level(self.key, self.step.item, level)
        self.next()


class Until(_AfterYes):
    """Until a date, or until the person says."""

    may_stand_beside = True
    least_row = 80.0
    gap = 16.0
    picture_width = 84.0

    def title(self) -> str:
        return self.say("until.title", agency=self.agency_name)

    def rows(self) -> Sequence[RowChoice]:
        today = self.session.now().date()
        rows = [
            RowChoice(
                statement,
                self.say(statement),
                partial(self._choose, months_on(today, months)),
                sentence=self.say("until.date", date=months_on(today, months)),
                picture="until.date",
            )
            for months, statement in MONTHS
        ]
        rows.append(
            RowChoice(
                "until.i-say",
                self.say("until.i-say"),
                partial(self._choose, None),
                picture="until.i-say",
            )
        )
        return rows

    def note(self) -> str:
        return self.say("until.skip-note")

    def _choose(self, until: date | None) -> None:
        self.session.visit.choose_until(self.key, until)
        self.next()
