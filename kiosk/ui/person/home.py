"""What a person comes to do, and what to know before they start."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ui.choices import Choices, RowChoice
from kiosk.ui.reading import Reading
from kiosk.ui.routes import Step


class Home(Choices):
    """New here, been here before, stop sharing: three rows alike (UK GDPR Art 7(3))."""

    least_row = 150.0
    picture_width = 160.0

    def title(self) -> str:
        return self.say("home.title")

    def rows(self) -> Sequence[RowChoice]:
        go = self.session.go
        return (
            RowChoice(
                "home.new", self.say("home.new"), lambda: go(Step("how")), picture="home.new"
            ),
            RowChoice(
                "home.been-before",
                self.say("home.been-before"),
                lambda: go(Step("been")),
                picture="home.been-before",
            ),
            RowChoice(
                "home.stop",
                self.say("home.stop"),
                lambda: go(Step("been", item="stop")),
                picture="home.stop",
            ),
        )


class Start(Reading):
    """Hide now, what happens when they walk away, and that nothing is kept yet (rules 49, 83)."""

    reads_bar = True
    STATEMENTS = ("start.hide", "start.leave", "start.nothing-saved")

    def title(self) -> str:
        return self.say("start.title")

    def picture(self) -> str:
        return self.session.words.picture(self.STATEMENTS[0])

    def own_pictures(self) -> Sequence[str]:
        pictures = [self.session.words.picture(name) for name in self.STATEMENTS]
        return [pictures[0], *pictures] if self.dress.rtl else pictures

    def texts(self) -> Sequence[str]:
        texts = [self.say(name) for name in self.STATEMENTS]
        if self.dress.rtl:
            texts.insert(1, self.say("hide.where"))
        if self.session.words.language.is_draft:
            texts.append(self.say("draft.mark"))
            if self.session.visit.yes_waits:
                texts.append(self.say("check.pause.held"))
        return texts
