"""One person's time at the kiosk: their language, how they like it, where they are, their visit.

Screens hold a session and nothing else. When it ends it is dropped whole: a new one is made for
whoever comes next, so that nothing can be left over (VVSG 2.0 7.1-A; house rule 7).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.domain.consent import Answer
from kiosk.domain.person import Code
from kiosk.domain.place import Agency, Drafts, Phrase
from kiosk.domain.visit import FoundBy, NoticeShown
from kiosk.errors import NobodyFound, YourSayError
from kiosk.i18n import Part
from kiosk.services.visit import Visit
from kiosk.ui import routes
from kiosk.ui.routes import Step
from kiosk.ui.theme import Dress, Look, Size

if TYPE_CHECKING:
    from kiosk.content.pictures import Pictures
    from kiosk.content.words import Words
    from kiosk.services.consents import Recorded
    from kiosk.ui.app import Kiosk
    from kiosk.ui.parts import Parts
    from kiosk.ui.voice import ScreenVoice

LONDON = ZoneInfo("Europe/London")


def as_code(words: tuple[int, ...]) -> Code:
    """Four touched words as a code."""
    one, two, three, four = words
    return (one, two, three, four)


class Session:
    """What the screen at hand may ask and do."""

    def __init__(self, kiosk: Kiosk, dress: Dress) -> None:
        self._kiosk = kiosk
        self.parts: Parts = kiosk.parts
        self.dress = dress
        self.words: Words = self.parts.words(dress.language)
        self.visit = Visit(self.parts.place)
        self.visit.yes_waits = self._yes_waits
        self.step = routes.REST
        self.reads_aloud = False
        self.turned = False  # the screen has just changed sides: say where Hide now is
        self.recorded: Recorded | None = None  # after saving: what the receipt shows
        self.with_choices = False  # the person's word on whether paper shows what they chose
        self.typed: dict[str, str] = {}  # what is being typed, by screen; wiped with the session
        self.code_typed: tuple[int, ...] = ()  # the code words touched so far
        self.knows_answers = False  # has seen what the four answers mean, where words are large
        self.worker = ""  # who is signed in beside the person
        self.problem: YourSayError | None = None
        self._at_work = False  # the store's thread has something of this session in hand
        self._history: list[Step] = []
        self.bar_acts: dict[str, Callable[[], None]] = {
            "back": self.back,
            "listen": self.listen_or_stop,
            "bigger": self.bigger,
            "language": lambda: self.go(Step("language")),
            "person": lambda: self.go(Step("person")),
        }

    # --- what screens ask ----------------------------------------------------------------------

    @property
    def pictures(self) -> Pictures:
        return self.parts.pictures

    @property
    def voice(self) -> ScreenVoice:
        return self._kiosk.voice

    @property
    def began(self) -> bool:
        """True when there is a visit to go on with: a language change comes back to it."""
        return bool(self._history) and any(
            step.screen not in ("rest", "language") for step in self._history
        )

    def say(self, statement: str, **parts: Part) -> str:
        """A statement's words in the person's language."""
        return self.words.text(statement, **parts)

    def statements(self, beginning: str) -> list[str]:
        """Ids of the numbered statements below `beginning`: "apart.off.1", "apart.off.2" ..."""
        start = beginning + "."
        found = [known for known in self.words.ids() if known.startswith(start)]
        numbered = [known for known in found if known[len(start) :].isdigit()]
        return sorted(numbered, key=lambda known: int(known[len(start) :]))

    def phrase(self, phrase: Phrase, agency: Agency | None = None) -> str:
        """A place pack's words in the person's language."""
        if agency is None:
            return self.words.phrase(phrase)
        return self.words.phrase(phrase, agency=agency.name)

    def called(self, agency: Agency) -> str:
        """What an agency is called in a list: "The council housing team"."""
        return self.phrase(agency.called, agency)

    def now(self) -> datetime:
        """The time on the wall."""
        return self.parts.clock.now().astimezone(LONDON)

    def notice_shown(self) -> NoticeShown:
        """What this person was told, in the language they last read or heard it in."""
        return self.visit.told or self.notice_now()

    def notice_now(self) -> NoticeShown:
        """The notice as it stands on the screen."""
        notice = self.parts.notice
        said = notice.content_hash(self.words)
        return NoticeShown(notice.version, said, self.dress.language, forms=())

    # --- moving --------------------------------------------------------------------------------

    def go(self, step: Step) -> None:
        """Open a screen; Back returns from it."""
        if self.step.screen != "rest":
            self._history.append(self.step)
        self._open(step)

    def swap(self, step: Step) -> None:
        """Open a screen in place of this one: Back does not return here."""
        self._open(step)

    def go_after(self, step: Step) -> None:
        """Go to what follows another screen than this one."""
        self.go(routes.after(step, self.visit))

    def forward(self, answer: Answer | None = None) -> None:
        """Go to what follows this screen."""
        self.go(routes.after(self.step, self.visit, answer))

    def back(self) -> None:
        """One screen back; from the first one, rest."""
        if self._history:
            self._open(self._history.pop())
        else:
            self._kiosk.end_visit()

    def forget_way(self) -> None:
        """After saving or stopping there is no way back into what was before."""
        self._history.clear()

    def refresh(self) -> None:
        """Build the screen at hand anew: its dress or its state changed. It is not read again."""
        self._kiosk.show(self.step, read=False)

    def _open(self, step: Step) -> None:
        if routes.is_for_workers(step):
            if not self.worker:
                step = Step("worker", item=step.item if step.item == "understood" else "")
        elif step.screen not in routes.BESIDE_ANY:
            self.worker_leaves()
        self.step = step
        self._kiosk.show(step)

    # --- coming back ---------------------------------------------------------------------------

    def come_back(
        self, person: bytes, then: str = "", helper: str = "", *, paper_alone: bool = False
    ) -> None:
        """Show what stands, or go on to `then`. `helper` vouched; their name is kept with it."""
        self.code_typed = ()
        self.typed.clear()
        consents, helper = self.parts.consents, helper or self.visit.helper

        def read() -> Visit:
            standing, objections = consents.chosen(person), consents.objected(person)
            place = self.parts.place
            opened = Visit(place, person=person, standing=standing, objections=objections)
            opened.paper_alone, opened.helper = paper_alone, helper
            return opened

        def show(visit: Visit) -> None:
            self.visit = visit
            self.visit.yes_waits = self._yes_waits
            self.forget_way()
            self._open(Step("stop") if then == "stop" else routes.REVIEW)

        self.run(read, show)

    def find_beside_worker(self, purpose: str, left: tuple[FoundBy, str] | None = None) -> None:
        """A worker vouches for the person: find them by what they left, or by a code, even locked."""
        people, worker = self.parts.people, self.worker
        code = as_code(self.code_typed) if left is None else None

        def find() -> bytes:
            person = people.find_for_worker(code, left, worker)
            if person is None:
                raise NobodyFound
            people.unlock(person, worker)
            return person

        self.run(find, lambda person: self.come_back(person, then=purpose, helper=worker))

    # --- how they like it ----------------------------------------------------------------------

    def choose_language(self, code: str) -> None:
        """Change the language; every answer stays."""
        language = next(known for known in self.parts.languages if known.code == code)
        self.turned = language.rtl is not self.dress.rtl and self.began
        self.words = self.parts.words(code)
        self.dress = replace(self.dress, language=code, rtl=language.rtl)
        self.visit.yes_waits = self._yes_waits
        if self.began:
            self.back()
        else:
            self.go(routes.HOME)

    @property
    def _yes_waits(self) -> bool:
        """True where a Yes waits for a worker: unchecked words (Drafts), or the paper alone."""
        unchecked = self.parts.place.drafts is Drafts.EXPLAIN and self.words.language.is_draft
        return unchecked or self.visit.paper_alone

    def bigger(self) -> None:
        """The next size up; after the largest, the smallest."""
        self.dress_in(size=self.dress.size.bigger)

    def dress_in(
        self,
        *,
        size: Size | None = None,
        look: Look | None = None,
        pictures: bool | None = None,
    ) -> None:
        """Wear another size or look, at once. The part shown goes back to the first."""
        self.dress = replace(
            self.dress,
            size=size or self.dress.size,
            look=look or self.dress.look,
            pictures=self.dress.pictures if pictures is None else pictures,
        )
        self.step = replace(self.step, part=0)
        self.refresh()

    # --- hearing -------------------------------------------------------------------------------

    def listen_or_stop(self) -> None:
        """Listen reads the screen; while it speaks the same cell is Stop."""
        if self.voice.speaking:
            self.voice.stop()
            self._kiosk.repaint_bar()
        else:
            self._kiosk.read_screen()

    def read_aloud(self, wanted: bool) -> None:
        """Read every screen as it opens, or only when asked."""
        self.reads_aloud = wanted
        if wanted:
            self.visit.forms.add("spoken")

    # --- still there? --------------------------------------------------------------------------

    @property
    def warning_left(self) -> int:
        """Seconds until this visit is cleared."""
        return self._kiosk.warning_left

    @property
    def warning_seconds(self) -> int:
        """How long the warning stands in all."""
        return self._kiosk.guard.warning_seconds

    def stay(self) -> None:
        """The person is still here: back to where they were."""
        self._kiosk.stay()

    # --- acting --------------------------------------------------------------------------------

    def run(
        self,
        work: Callable[[], object],
        done: Callable[..., None],
        problem: Callable[[YourSayError], None] | None = None,
    ) -> None:
        """Do `work` on the store's thread; a result of a visit that has ended is dropped.

        One thing at a time: what is asked for while another is being done is not done.
        """
        if self._at_work:
            return  # a second touch while the disk is slow: what was asked for is being done
        self._at_work = True
        told = problem or self.trouble

        def came(value: object) -> None:
            self._at_work = False
            done(value)

        def failed(error: YourSayError) -> None:
            self._at_work = False
            told(error)

        self._kiosk.run(self, work, came, failed)

    def trouble(self, error: YourSayError) -> None:
        """Show a failure in words, with what to do next."""
        self.problem = error
        self.go(Step("problem", item=error.code))

    def hide_now(self) -> None:
        """At once: silence, a neutral screen, nothing kept."""
        self._kiosk.end_visit()

    def finish(self) -> None:
        """The person is done."""
        self._kiosk.end_visit()

    def show_receipt(self, recorded: Recorded) -> None:
        """Something was saved: there is no way back into what was before."""
        self.now_stands(recorded)
        self.swap(Step("receipt"))

    def now_stands(self, recorded: Recorded) -> None:
        """Go on from what was saved: screens and paper show that, and nothing unsaved."""
        self.recorded = recorded
        self.visit = self.visit.as_saved(recorded.person, recorded.answers)
        self.forget_way()

    @property
    def began_visit(self) -> bool:
        """True when the person has said anything, or their record is open."""
        return self.visit.touched or self.visit.person is not None

    def worker_leaves(self) -> None:
        """The person has the screen again: nobody is signed in, and no passphrase half typed."""
        self.worker = ""
        self.typed.pop("passphrase", None)

    def back_to_person(self) -> None:
        """The worker steps away: back past their own screens to where the person was."""
        while self._history and self._history[-1].screen.startswith(("worker", "person")):
            self._history.pop()
        self.back()

    def leave_app(self) -> None:
        """Only staff can: end the app itself."""
        self._kiosk.leave_app()
