"""The tour: a robot hand walks journeys through the real app and keeps what it saw and heard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.content.code_words import CODE_WORDS, GROUPS
from kiosk.ui.hand import Hand
from kiosk.ui.paper import receipt_for
from kiosk.ui.person.understanding import question_of

LISTEN_AT = ("notice", "question", "receipt")  # screens that the tour listens to, once each
ANSWERS = ("answer.yes", "answer.ask", "answer.no", "answer.later")
PIN = "2580"


class Tour:
    """One walk in one language."""

    def __init__(self, hand: Hand, folder: Path, language: str) -> None:
        self.hand, self.folder, self.language = hand, folder, language
        self.steps: list[dict[str, object]] = []
        self._said: list[dict[str, str]] = []
        self._listened: set[str] = set()
        self._answered = 0
        hand.kiosk.parts.speaker.on_spoken = self._heard

    def _heard(self, language: str, text: str) -> None:
        self._said.append({"language": language, "text": text})

    def look(self) -> None:
        """Keep the screen at hand: its picture, its words, what was said since the last one."""
        number = len(self.steps) + 1
        name = f"{number:03d}-{self.hand.where}.png"
        self.hand.picture(self.folder / name)
        self.steps.append(
            {
                "picture": name,
                "screen": self.hand.where,
                "words": self.hand.words(),
                "touched": "",
                "said": self._said,
            }
        )
        self._said = []

    def touch(self, *names: str) -> None:
        """Touch the first of these that is there, and keep what follows."""
        name = next((name for name in names if self.hand.shows(name)), names[0])
        self.hand.tap(name)
        self.steps[-1]["touched"] = name
        self.look()

    def listen(self) -> None:
        """Listen to the screen, to the end; keep how it looks while a word is lit."""
        if self.hand.where in self._listened:
            return
        self._listened.add(self.hand.where)
        self.hand.tap("bar.listen")
        self.look()
        if self.hand.where == "no-voice":
            self.touch("go-back")
            return
        self.hand.until(lambda: not self.hand.kiosk.voice.speaking, seconds=240)
        self.steps[-1]["said"] = [*self.steps[-1]["said"], *self._said]  # type: ignore[misc]
        self._said = []

    # --- journeys ------------------------------------------------------------------------------

    def begin(self) -> None:
        """From rest, in the tour's language, to what they would like to do."""
        self.look()
        self.touch("rest.touch")
        while not self.hand.shows(f"language.{self.language}"):
            self.touch("more")
        self.touch(f"language.{self.language}")

    def first_visit(self) -> None:
        """Journey 1, from the rest screen to the receipt."""
        self.begin()
        self.touch("home.new")
        for _ in range(600):
            if self.hand.where in LISTEN_AT:
                self.listen()
            if self.hand.where == "receipt" and not self.hand.shows("more"):
                return
            self._one_step()
        raise TimeoutError("the first visit did not end")

    def _one_step(self) -> None:
        where = self.hand.where
        if where == "question":
            self.touch(ANSWERS[self._answered % len(ANSWERS)])
            self._answered += 1
        elif where == "kinds":
            kinds = [name for name in self.hand.names() if name.startswith("kind.")]
            if kinds:
                self.touch(kinds[0])
            self.touch("more", "next")
        elif where == "level":
            levels = [name for name in self.hand.names() if name.startswith("level.")]
            self.touch("more" if not levels else levels[min(1, len(levels) - 1)])
        elif where == "until":
            self.touch("until.6-months", "more")
        elif where == "check":
            self.touch(question_of(self.hand.screen.step).right, "more")
        elif where in ("pin", "pin-again") and self.hand.shows("digit.1"):
            for digit in PIN:
                self.hand.tap(f"digit.{digit}")
            self.look()
        elif where == "found":
            self.touch("skip", "more")
        elif where == "confirm":
            self.touch("confirm.save", "more")
        else:
            self.touch("next", "more")

    def come_back(self) -> None:
        """Journey 2: the code words, the PIN, one answer changed, a new receipt."""
        self.first_visit()
        self._return()
        for name in self._first_change():
            self.touch(name)
        while self.hand.where != "receipt":
            self._one_step()

    def stop_sharing(self) -> None:
        """Journey 3: from the first screen to nobody being told."""
        self.first_visit()
        self._return("home.stop")
        self.touch("stop.all")
        while self.hand.where != "stopped":
            self.touch("stop.confirm", "more")

    def _return(self, home: str = "home.been-before") -> None:
        recorded = self.hand.kiosk.session.recorded
        assert recorded is not None
        code = recorded.code
        self.touch("finish")
        self.begin()
        self.touch(home)
        self.touch("been.words")
        for index in code:
            group = next(name for name, members in GROUPS.items() if index in members)
            self.touch(f"group.{group}")
            while not self.hand.shows(f"word.{CODE_WORDS[index].id}"):
                self.touch("more")
            self.touch(f"word.{CODE_WORDS[index].id}")
        for digit in PIN:
            self.hand.tap(f"digit.{digit}")
        self.look()

    def _first_change(self) -> list[str]:
        change = next(name for name in self.hand.names() if name.startswith("change."))
        return [change, "next", "answer.no"]

    def walk_away(self) -> None:
        """Journey 11: no touch for five minutes, the warning, and nothing left."""
        self.begin()
        self.touch("home.new")
        self.touch("next")
        self.hand.skip(self.hand.kiosk.parts.settings.idle_seconds + 1)
        self.look()
        self.hand.skip(self.hand.kiosk.guard.warning_seconds + 1)
        self.look()


JOURNEYS: dict[str, Callable[[Tour], None]] = {
    "first-visit": Tour.first_visit,
    "come-back": Tour.come_back,
    "stop-sharing": Tour.stop_sharing,
    "walk-away": Tour.walk_away,
}


def walk(hand: Hand, journey: str, folder: Path, language: str) -> dict[str, object]:
    """Walk one of `JOURNEYS` in one language, into `folder`.

    Returns every screen with its picture, the words on it and what was said aloud there; and the
    receipt, where there is one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tour = Tour(hand, folder, language)
    JOURNEYS[journey](tour)
    result: dict[str, object] = {"steps": tour.steps}
    session = hand.kiosk.session
    if session.recorded is not None:
        session.with_choices = True
        (folder / "receipt.pdf").write_bytes(receipt_for(session))
        result["receipt"] = {"pdf": "receipt.pdf", "token": session.recorded.token}
    hand.kiosk.end_visit()
    hand.wait()
    return result
