"""The check that it was understood: three pictured questions, explained again, never scolded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kiosk.content.understanding import Question, read_questions
from kiosk.domain.visit import Understood
from kiosk.ui.choices import Choices, RowChoice
from kiosk.ui.reading import Reading
from kiosk.ui.routes import CHECK_QUESTIONS, Step
from kiosk.ui.screen import FootButton


def question_of(step: Step) -> Question:
    """The question that a step is about."""
    return next(known for known in read_questions() if known.id == step.item)


class Check(Choices):
    """One question; its answers are boxes alike, each with a picture of what would happen."""

    least_row = 150.0
    least_roomy = 122.0  # these are answers: 20 mm high, 5 mm apart
    gap = 32.0
    least_gap = 32.0
    columns = 2
    picture_width = 152.0

    def title(self) -> str:
        return self.say(question_of(self.step).question)

    def lead(self) -> str:
        first = self.step.item == CHECK_QUESTIONS[0] and not self.session.visit.check.explanations
        return self.say("check.intro") if first else ""

    def rows(self) -> Sequence[RowChoice]:
        question = question_of(self.step)
        return [
            RowChoice(
                name,
                self.say(name),
                partial(self._answer, name == question.right),
                picture=self.session.words.picture(name),
            )
            for name in (*question.options, "check.not-sure")
        ]

    def _answer(self, right: bool) -> None:
        visit = self.session.visit
        if right:
            visit.understood(self.step.item)
            if len(visit.check.right) == len(CHECK_QUESTIONS):
                visit.check_ended(Understood.YES)
            self.session.forward()
            return
        if visit.explained():
            visit.check_ended(Understood.NOT_YET)
            self.session.go(Step("pause"))
            return
        self.session.go(replace(self.step, screen="explain"))


class Explain(Reading):
    """What is so, said again with its picture; then the same question."""

    def title(self) -> str:
        return self.say("check.explain")

    def picture(self) -> str:
        return self.session.words.picture(question_of(self.step).explain)

    def texts(self) -> Sequence[str]:
        return [self.say(question_of(self.step).explain), self.say("check.again")]


class Pause(Reading):
    """After two explanations: a pause or a worker. A Yes stays Not now until a worker says why."""

    def title(self) -> str:
        return self.say("check.pause.title")

    def picture(self) -> str:
        return self.session.words.picture("check.pause.worker")

    def texts(self) -> Sequence[str]:
        names = ("check.pause.worker", "check.pause.later", "check.pause.held")
        return [self.say(name) for name in names]

    def quiet(self) -> FootButton | None:
        return ("check.pause.ask", self.say("check.pause.ask"), self._worker)

    def end(self) -> FootButton:
        return ("check.pause.save", self.say("check.pause.save"), self.next)

    def _worker(self) -> None:
        self.session.go(Step("worker", item="understood"))
