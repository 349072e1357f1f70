"""Where a person is, and what comes next. Pure: no Kivy, no words, so that a test can walk it.

A `Step` names one screen. `after(step, visit)` is the only place that knows the order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.domain.consent import Answer
from kiosk.domain.place import Share
from kiosk.domain.visit import ShareKey, Understood
from kiosk.services.visit import Visit

NOTICE_PAGES = 5
CHECK_QUESTIONS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Step:
    """One screen, about one share or one item of it, at one part when its words need several."""

    screen: str
    key: ShareKey | None = None
    item: str = ""
    page: int = 0
    part: int = 0
    changing: bool = False  # came here from the review, and goes back to it


# Where the worker's signing in neither begins nor ends: they may need these as they work.
BESIDE_ANY = frozenset({"worker", "worker-passphrase", "problem", "language", "no-voice"})
_WORKERS_OWN = frozenset({"worker-acts", "worker-reason", "worker-code"})


def is_for_workers(step: Step) -> bool:
    """True for what only a worker who has signed in may see: never the person handed back to."""
    return step.screen in _WORKERS_OWN or step.item.startswith("worker-")


REST = Step("rest")
LANGUAGE = Step("language")
HOME = Step("home")
REVIEW = Step("review")


FIXED: dict[str, Step] = {
    "rest": LANGUAGE,
    "language": HOME,
    "how": Step("start"),
    "start": Step("notice", page=0),
    "apart": REVIEW,
    "pin-again": Step("found"),
    "no-pin": Step("found"),
    "found": Step("confirm"),
    "found-entry": Step("confirm"),
    "confirm": Step("receipt"),
}
"""Screens that are always followed by the same one."""

WITHIN_SHARE = ("agency", "question", "kinds", "level", "until")


def after(step: Step, visit: Visit, answer: Answer | None = None) -> Step:
    """The screen that follows `step`. `answer` is what was just said, where that matters."""
    screen = step.screen
    if screen in FIXED:
        return FIXED[screen]
    if screen in WITHIN_SHARE:
        return _within_share(step, visit, answer)
    if screen == "explain":
        return replace(step, screen="check", part=0)
    if screen == "pin":
        return Step("pin-again") if visit.pin else Step("found")
    follow: dict[str, Callable[[Step, Visit], Step]] = {
        "notice": _after_notice,
        "told": _after_told,
        "review": _after_review,
        "check": _after_check,
        "pause": _to_saving,
    }
    return follow[screen](step, visit) if screen in follow else HOME


def _after_notice(step: Step, visit: Visit) -> Step:
    if step.page + 1 < NOTICE_PAGES:
        return Step("notice", page=step.page + 1)
    if visit.place.told:
        return Step("told", key=visit.place.told[0].key)
    return _first_question(visit)


def _after_told(step: Step, visit: Visit) -> Step:
    following = _next_of(visit.place.told, step, "told")
    if step.changing:  # came back to object, or to take that back
        return replace(following, changing=True) if following else REVIEW
    return following or _first_question(visit)


def _first_question(visit: Visit) -> Step:
    return Step("agency", key=visit.place.asked[0].key) if visit.place.asked else Step("apart")


def _within_share(step: Step, visit: Visit, answer: Answer | None) -> Step:
    assert step.key is not None
    if step.screen == "agency":
        return replace(step, screen="question", part=0)
    if step.screen == "question" and answer is Answer.YES:
        return replace(step, screen="kinds", part=0)
    if step.screen in ("kinds", "level"):
        kinds = visit.kinds(step.key)
        following = kinds[kinds.index(step.item) + 1 :] if step.item in kinds else kinds
        if following:
            return replace(step, screen="level", item=following[0], part=0)
        if kinds:
            return replace(step, screen="until", item="", part=0)
    return after_share(step, visit)


def after_share(step: Step, visit: Visit) -> Step:
    """What follows one agency: the review when changing, else the next agency of its group."""
    if step.changing:
        return REVIEW
    apart = any(share.key == step.key for share in visit.place.apart)
    group = visit.place.apart if apart else visit.place.asked
    return _next_of(group, step, "agency") or (REVIEW if apart else Step("apart"))


def _next_of(shares: tuple[Share, ...], step: Step, screen: str) -> Step | None:
    keys = [share.key for share in shares]
    at = keys.index(step.key) if step.key in keys else -1
    return Step(screen, key=keys[at + 1]) if at + 1 < len(keys) else None


def _after_review(step: Step, visit: Visit) -> Step:
    if visit.says_yes and visit.check.result is Understood.NOT_ASKED:
        return Step("check", item=CHECK_QUESTIONS[0])
    return _to_saving(step, visit)


def _after_check(step: Step, visit: Visit) -> Step:
    left = [question for question in CHECK_QUESTIONS if question not in visit.check.right]
    return Step("check", item=left[0]) if left else _to_saving(step, visit)


def _to_saving(_step: Step, visit: Visit) -> Step:
    return Step("confirm") if visit.person else Step("pin")
