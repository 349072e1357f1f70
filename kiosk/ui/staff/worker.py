"""The worker beside the person: sign in, help, write down why, stop for a locked code, leave.

A worker never answers for the person. What they do is kept with their name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kiosk.domain.visit import FoundBy, Understood
from kiosk.errors import WrongKey, YourSayError
from kiosk.ui import theme
from kiosk.ui.choices import Choices, RowChoice
from kiosk.ui.routes import Step
from kiosk.ui.screen import FootButton, Screen
from kiosk.ui.widgets.keypad import Keyboard, put_typed

TYPED_IN = "en"  # passphrases are typed on the alphabet they were made with
HIDDEN = "•"


class Worker(Choices):
    """Who is it? Names come from the keystore: those who may start this device."""

    end_quiet = True
    least_row = 96.0

    def title(self) -> str:
        return self.say("worker.title")

    def lead(self) -> str:
        return self.say("worker.name")

    def rows(self) -> Sequence[RowChoice]:
        return [
            RowChoice(f"staff.{name}", name, partial(self._chosen, name))
            for name in self.session.parts.staff.names()
        ]

    def _chosen(self, name: str) -> None:
        if self.session.worker == name:
            self.session.go(after_sign_in(self.step))
            return
        self.session.typed["staff"] = name
        self.session.typed.pop("passphrase", None)
        self.session.go(Step("worker-passphrase", item=self.step.item))

    def end(self) -> FootButton | None:
        return ("go-back", self.say("bar.back"), self.session.back)


def after_sign_in(step: Step) -> Step:
    """What a worker was asked for, or their list."""
    if step.item == "understood":
        return Step("worker-reason", item="understood")
    return Step("worker-acts")


class Typing(Screen):
    """A line of letters, typed on the glass. What is typed lives in the session only."""

    field = ""
    hidden = False
    most = 200

    def title(self) -> str:
        raise NotImplementedError

    def lead(self) -> str:
        """What went wrong, which is then the heading; empty for nothing."""
        return ""

    def done_label(self) -> str:
        return self.say("done")

    def done(self, text: str) -> None:
        raise NotImplementedError

    @property
    def heading_size(self) -> float:
        return min(theme.TYPES[theme.Size.DEFAULT].body, self.dress.type.heading)

    @property
    def typed(self) -> str:
        return self.session.typed.get(self.field, "")

    def body(self) -> None:
        bottom = self.heading(self.lead() or self.title())  # one of them: the keys need the room
        top = max(bottom + 8, self.dress.type.hide[1] + 8)
        shown = HIDDEN * len(self.typed) if self.hidden else self.typed
        top = put_typed(self, shown, top) + 12
        board = Keyboard(
            self.dress,
            self._type,
            self._take_back,
            space=self.say("key.space"),
            back_icon=self.session.pictures.icon("key-backspace", mirrored=self.dress.rtl),
            last=[("done", self.done_label(), self._done)],
            on_capitals=self._turn_capitals if self.hidden else None,
            capitals=bool(self.session.typed.get("capitals")),
            language=TYPED_IN if self.hidden else "",
        )
        self.put(board, theme.MARGIN, top, self.full_width, self.bar_top - 28 - top)

    def _turn_capitals(self) -> None:
        self.session.typed["capitals"] = "" if self.session.typed.get("capitals") else "on"
        self.session.refresh()

    def _type(self, sign: str) -> None:
        self.session.typed[self.field] = (self.typed + sign)[: self.most]
        self.session.refresh()

    def _take_back(self) -> None:
        self.session.typed[self.field] = self.typed[:-1]
        self.session.refresh()

    def _done(self) -> None:
        self.session.typed.pop("capitals", None)
        self.done(self.session.typed.pop(self.field, "").strip())


class WorkerPassphrase(Typing):
    """Checked against the keystore; a wrong one says so and nothing more."""

    field = "passphrase"
    hidden = True

    def title(self) -> str:
        return self.say("worker.passphrase")

    def lead(self) -> str:
        return self.say("worker.wrong") if self.step.page else ""

    def done_label(self) -> str:
        return self.say("worker.sign-in")

    def done(self, text: str) -> None:
        name = self.session.typed.get("staff", "")
        check = self.session.parts.staff.check_passphrase
        self.session.run(
            lambda: check(name, text), lambda _none: self._signed_in(name), self._refused
        )

    def _signed_in(self, name: str) -> None:
        self.session.typed.pop("staff", None)
        self.session.worker = name
        self.session.swap(after_sign_in(self.step))

    def _refused(self, error: YourSayError) -> None:
        if isinstance(error, WrongKey):
            self.session.swap(Step("worker-passphrase", item=self.step.item, page=1))
        else:
            self.session.trouble(error)


class WorkerActs(Choices):
    """What a worker can do from here."""

    end_quiet = True
    least_row = 84.0
    gap = 16.0

    def title(self) -> str:
        return self.say("worker.title")

    def rows(self) -> Sequence[RowChoice]:
        session = self.session
        rows = []
        if session.began_visit:
            rows.append(
                RowChoice(
                    "worker.helping",
                    self.say("worker.helping"),
                    self._help,
                    sentence=self.say("worker.helping.note"),
                    filled=bool(session.visit.helper),
                )
            )
        if session.visit.person is not None:
            release = Step("worker-reason", item="release")
            rows.append(
                RowChoice(
                    "worker.release", self.say("worker.release"), partial(session.go, release)
                )
            )
        stop_locked, unlock = Step("worker-code", item="stop"), Step("worker-code", item="unlock")
        find = Step("worker-code", item="find")
        rows += [
            RowChoice("worker.find", self.say("worker.find"), partial(session.go, find)),
            RowChoice(
                "worker.stop-locked",
                self.say("worker.stop-locked"),
                partial(session.go, stop_locked),
            ),
            RowChoice("worker.unlock", self.say("worker.unlock"), partial(session.go, unlock)),
            RowChoice(
                "worker.leave",
                self.say("worker.leave"),
                session.leave_app,
                sentence=self.say("worker.leave.note"),
            ),
        ]
        return rows

    def _help(self) -> None:
        visit = self.session.visit
        visit.helper = "" if visit.helper else self.session.worker
        self.session.refresh()

    def end(self) -> FootButton | None:
        return ("worker.sign-out", self.say("worker.sign-out"), self._sign_out)

    def _sign_out(self) -> None:
        self.session.worker_leaves()
        self.session.back_to_person()


class WorkerReason(Typing):
    """Why the worker thinks it was understood: without it a Yes stays Not now."""

    field = "reason"

    def title(self) -> str:
        return self.say("worker.reason")

    def lead(self) -> str:
        return self.say("worker.reason.needed") if self.step.page else ""

    def done_label(self) -> str:
        return self.say("worker.release")

    def done(self, text: str) -> None:
        if not text:
            self.session.swap(Step("worker-reason", item=self.step.item, page=1))
            return
        visit, worker = self.session.visit, self.session.worker
        if self.step.item == "understood" or visit.person is None:
            visit.check_ended(Understood.WORKER_SAYS, worker=worker, reason=text)
            self.session.worker = ""
            self.session.go_after(Step("pause"))
            return
        person, release = visit.person, self.session.parts.consents.release_held
        self.session.run(lambda: release(person, worker, text), self.session.show_receipt)


class WorkerCode(Choices):
    """Who it is: by the code's words, with no PIN, or by what the person left to be found by."""

    least_row = 84.0
    gap = 16.0

    end_quiet = True

    def title(self) -> str:
        title = "worker.stop-locked" if self.step.item == "stop" else f"worker.{self.step.item}"
        return self.say(title)

    def rows(self) -> Sequence[RowChoice]:
        item = f"worker-{self.step.item}"
        words = RowChoice(
            "been.words",
            self.say("been.words"),
            partial(self._look, Step("been-words", item=item)),
            picture=self.session.words.picture("been.words"),
        )
        left = [
            RowChoice(
                f"found.{way}",
                self.say(f"found.{way}"),
                partial(self._look, Step("found-entry", item=f"{item}-{way}")),
                picture=f"found-by.{way}",
            )
            for way in FoundBy
        ]
        return [words, *left]

    def _look(self, step: Step) -> None:
        self.session.typed.pop("found", None)
        self.session.code_typed = ()
        self.session.go(step)

    def end(self) -> FootButton | None:
        return ("go-back", self.say("bar.back"), self.session.back)
