"""Every screen as somebody would meet it: which step, and what has been said by then.

A scene is built without being shown, in any dress: the widgets are where they would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from kiosk.content.code_words import CODE_WORDS, GROUPS
from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail
from kiosk.domain.visit import FoundBy, NoticeShown, Understood
from kiosk.errors import AskStaff, Broken, CodeOrPinWrong, PersonCanFix, YourSayError
from kiosk.services.consents import Recorded
from kiosk.ui import screen as frame
from kiosk.ui import theme
from kiosk.ui.routes import CHECK_QUESTIONS, NOTICE_PAGES, Step
from kiosk.ui.screen import Screen
from kiosk.ui.screens import SCREENS
from kiosk.ui.session import Session
from kiosk.ui.theme import Dress, Look, Size
from kiosk.ui.widgets.bar import Bar
from tests.ui.at_hand import WORKER, KioskAtHand

Prepare = Callable[[Session], None]
ONLY_WHERE_ROOMY = frozenset({"answers"})
COMMAND_LINE = frozenset({"no_screen", "settings_faulty", "build_missing", "file_unreadable"})


@dataclass(frozen=True)
class Scene:
    """One step, and how a session comes to it."""

    step: Step
    prepare: tuple[Prepare, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """What faults are reported under."""
        step = self.step
        about = ["/".join(step.key)] if step.key else []
        about += [step.item] if step.item else []
        about += [f"page {step.page}"] if step.page else []
        about += [self.note] if self.note else []
        return " ".join([step.screen, *about])


# --- what has been said by then ----------------------------------------------------------------


def answered(session: Session) -> None:
    """A visit with every sort of answer, finished and not, police among them."""
    visit, place = session.visit, session.parts.place
    for at, share in enumerate((*place.asked, *place.apart)):
        visit.choose(share.key, (Answer.YES, Answer.ASK_FIRST, Answer.NO, Answer.NOT_NOW)[at % 4])
        if at % 4 == 0:
            visit.choose_kinds(share.key, tuple(share.most))
            for kind, most in share.most.items():
                visit.choose_level(share.key, kind, most)
            date = session.now().date().replace(year=2027)
            visit.choose_until(share.key, None if at else date)


def all_yes(session: Session) -> None:
    """Yes to each, of one kind each."""
    for share in session.parts.place.asked:
        session.visit.choose(share.key, Answer.YES)
        kind = next(iter(share.most))
        session.visit.choose_kinds(share.key, (kind,))
        session.visit.choose_level(share.key, kind, Detail.NEED)
        session.visit.choose_until(share.key, None)


def one_kind(session: Session, key: tuple[str, str]) -> None:
    """A Yes whose first kind is chosen already, and its level."""
    kind = next(iter(session.parts.place.share(key).most))
    session.visit.choose(key, Answer.YES)
    session.visit.choose_kinds(key, (kind,))
    session.visit.choose_level(key, kind, Detail.NEED)


def not_understood(session: Session) -> None:
    session.visit.check_ended(Understood.NOT_YET)


def returned(session: Session) -> None:
    session.visit.person = b"p" * 16


def signed_in(session: Session) -> None:
    session.worker = WORKER


def typed(session: Session, **fields: str) -> None:
    session.typed.update(fields)


def code_so_far(session: Session, count: int) -> None:
    session.code_typed = (0, 40, 80)[:count]


def in_trouble(session: Session, error: YourSayError) -> None:
    session.problem = error


def objected(session: Session, key: tuple[str, str]) -> None:
    session.visit.object_to(key, objects=True)


def with_receipt(session: Session, recorded: Recorded) -> None:
    """The receipt of a code whose words are the longest in this language."""
    longest = sorted(
        range(len(CODE_WORDS)), key=lambda at: -len(session.say(f"word.{CODE_WORDS[at].id}"))
    )
    one, two, three, four = longest[:4]
    session.recorded = replace(recorded, code=(one, two, three, four))


def recorded_once(hand: KioskAtHand) -> Recorded:
    """A receipt as the store gives it."""
    visit = hand.session.visit
    shown = NoticeShown("1", "0" * 64, "en", ())
    return hand.in_store(lambda: hand.parts.consents.record(visit.snapshot(shown)))  # type: ignore[return-value]


# --- all of them -------------------------------------------------------------------------------


def scenes(hand: KioskAtHand, recorded: Recorded) -> Iterator[Scene]:
    """Every screen in SCREENS, each about everything that it can be about."""
    place = hand.parts.place
    yield from (Scene(Step(name)) for name in ("rest", "language", "home", "how", "start"))
    yield from (Scene(Step("notice", page=page)) for page in range(NOTICE_PAGES))
    yield from (Scene(Step("notice-more", page=page)) for page in range(NOTICE_PAGES))
    for share in place.told:
        yield Scene(Step("told", key=share.key))
        if share.basis.can_object:
            yield Scene(
                Step("told", key=share.key), (partial(objected, key=share.key),), "objected"
            )
    for share in (*place.asked, *place.apart):
        yield Scene(Step("agency", key=share.key))
        yield Scene(Step("question", key=share.key))
        yield Scene(Step("kinds", key=share.key))
        yield Scene(Step("until", key=share.key))
        first = next(iter(share.most))
        yield Scene(Step("level", key=share.key, item=first))
    first_key = place.asked[0].key
    seen = {next(iter(place.asked[0].most))}
    for share in (*place.asked, *place.apart):
        for kind in share.most.keys() - seen:
            seen.add(kind)
            yield Scene(Step("level", key=share.key, item=kind))
    chosen = (partial(one_kind, key=first_key),)
    yield Scene(Step("question", key=first_key), chosen, "yes before")
    yield Scene(Step("kinds", key=first_key), chosen, "one chosen")
    yield Scene(Step("answers", key=first_key))
    yield from _end_of_visit(recorded)
    yield from _coming_back(hand, recorded)
    yield from _around(hand)
    yield from _staff()


def _end_of_visit(recorded: Recorded) -> Iterator[Scene]:
    yield Scene(Step("apart"))
    yield Scene(Step("advice"))
    yield Scene(Step("review"), (answered,))
    yield Scene(Step("review"), (all_yes,), "all yes")
    yield Scene(Step("review"), (all_yes, not_understood), "held")
    yield Scene(Step("review"), note="nothing said")
    yield from (Scene(Step("check", item=item)) for item in CHECK_QUESTIONS)
    yield from (Scene(Step("explain", item=item)) for item in CHECK_QUESTIONS)
    yield Scene(Step("pause"))
    for item in ("", "easy", "differs"):
        yield Scene(Step("pin", item=item))
    pictures = partial(typed, **{"pin-by": "pictures", "pin": "12"})
    yield Scene(Step("pin"), (pictures,), "pictures")
    yield Scene(Step("pin-again"), (partial(typed, **{"pin-again": "123"}),))
    yield Scene(Step("no-pin"))
    yield Scene(Step("found"))
    for way in FoundBy:
        yield Scene(Step("found-entry", item=way))
    yield Scene(Step("found-entry", item=FoundBy.NAME), (partial(typed, found="m" * 40),), "long")
    yield Scene(Step("found-entry", item=FoundBy.PHONE), (partial(typed, found="0" * 11),), "full")
    yield Scene(Step("confirm"))
    yield Scene(Step("confirm"), (not_understood,), "held")
    kept = (partial(with_receipt, recorded=recorded),)
    for name in ("receipt", "paper", "printed"):
        yield Scene(Step(name), kept)


def _coming_back(hand: KioskAtHand, recorded: Recorded) -> Iterator[Scene]:
    yield Scene(Step("been"))
    for page in range(len(GROUPS) + 1):
        yield Scene(Step("been-words", page=page))
    yield Scene(Step("been-words"), (partial(code_so_far, count=3),), "three touched")
    yield Scene(Step("been-words", page=1), (partial(code_so_far, count=3),), "three touched")
    yield Scene(Step("been-scan"))
    yield Scene(Step("been-pin"))
    yield Scene(Step("stop"), (returned,), "nothing shared")
    yield Scene(Step("stop"), (all_yes, returned), "all shared")
    yield Scene(Step("stop-sure", item="*"), (returned,))
    for agency in hand.parts.place.agencies:
        yield Scene(Step("stop-sure", item=agency), (returned,))
    yield Scene(Step("stopped"), (partial(with_receipt, recorded=recorded),))


def _around(hand: KioskAtHand) -> Iterator[Scene]:
    yield Scene(Step("person"))
    yield Scene(Step("no-voice"))
    for error in problems():
        facts = {"wait_seconds": 600} if error is CodeOrPinWrong else {}
        yield Scene(Step("problem", item=error.code), (partial(in_trouble, error=error(**facts)),))
    yield Scene(Step("problem", item="unexpected"))
    hand.kiosk.warning_left = 57
    yield Scene(Step("time-out"))


def problems() -> list[type[YourSayError]]:
    """Every failure that can come up on a screen."""
    found = [error for sort in (PersonCanFix, AskStaff, Broken) for error in sort.__subclasses__()]
    return [error for error in found if error.code not in COMMAND_LINE]


def _staff() -> Iterator[Scene]:
    yield Scene(Step("worker"))
    yield Scene(Step("worker-passphrase"))
    long = partial(typed, passphrase="x" * 60)
    yield Scene(Step("worker-passphrase", page=1), (long,), "wrong, long")
    yield Scene(Step("worker-acts"), (signed_in,))
    yield Scene(Step("worker-acts"), (signed_in, answered, returned), "all acts")
    yield Scene(Step("worker-reason"), (signed_in,))
    reason = partial(typed, reason="we talked about it for a long time and then she said it back ")
    yield Scene(Step("worker-reason", page=1), (signed_in, reason), "long")
    for item in ("find", "stop", "unlock"):
        yield Scene(Step("worker-code", item=item), (signed_in,))
    for way in FoundBy:
        full = partial(typed, found="0" * 11)
        yield Scene(Step("found-entry", item=f"worker-find-{way}"), (signed_in, full), "worker")


# --- building ----------------------------------------------------------------------------------


def dressed(
    hand: KioskAtHand,
    language: str,
    size: Size,
    look: Look = Look.DEFAULT,
    *,
    pictures: bool = True,
    window: tuple[int, int] = theme.LANDSCAPE,
) -> Session:
    """A session of nobody yet, in this dress."""
    rtl = next(known.rtl for known in hand.parts.languages if known.code == language)
    dress = Dress(language, rtl, look, size, pictures, window)
    return Session(hand.kiosk, dress)


class _SameBar(Bar):
    """The bar's place. Its cells are the same on every screen of one dress, and take their time."""

    def compose(self) -> None:
        """Put nothing."""


def built(session: Session, scene: Scene, part: int = 0, *, whole_bar: bool = True) -> Screen:
    """The scene's screen with everything put, as it stands when nobody has touched it."""
    session.step = replace(scene.step, part=part)
    screen = SCREENS[scene.step.screen](session, session.step)
    frame.Bar = Bar if whole_bar else _SameBar  # type: ignore[misc]
    try:
        screen.compose()
    finally:
        frame.Bar = Bar  # type: ignore[misc]
    if scene.step.screen == "rest":
        screen._ticking.cancel()  # type: ignore[attr-defined]
    return screen


def every_part(
    hand: KioskAtHand,
    scene: Scene,
    make_session: Callable[[], Session],
    *,
    whole_bar: bool = True,
) -> Iterator[tuple[str, Screen]]:
    """(where, screen) for each page that this scene takes in this dress."""
    part, parts = 0, 1
    while part < parts:
        session = make_session()
        if scene.step.screen in ONLY_WHERE_ROOMY and not session.dress.size.roomy:
            return
        for prepare in scene.prepare:
            prepare(session)
        screen = built(session, scene, part, whole_bar=whole_bar and part == 0)
        if scene.step.screen == "answers":
            parts = 4
        else:
            parts = getattr(screen, "parts", 1)
        where = scene.name if parts == 1 else f"{scene.name} [{part + 1}/{parts}]"
        yield where, screen
        part += 1
