"""Who an agency is and what could happen; and, where words are large, what the answers mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.ui.person.about_share import AboutShare
from kiosk.ui.person.question import ANSWERS
from kiosk.ui.reading import Reading
from kiosk.ui.routes import after_share
from kiosk.ui.screen import FootButton


class Agency(AboutShare, Reading):
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


class AnswersExplained(AboutShare, Reading):
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
