"""Agencies that enforce the law stand apart, off, with independent advice first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.ui.reading import Reading
from kiosk.ui.routes import REVIEW, Step
from kiosk.ui.screen import FootButton


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
