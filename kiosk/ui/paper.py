"""From a session to the paper: the receipt in the person's language, as they want it."""

from __future__ import annotations

from kiosk.content.code_words import CODE_WORDS
from kiosk.domain.consent import Answer
from kiosk.domain.place import Share
from kiosk.printing.printable import PrintableReceipt, PrintedChoice
from kiosk.printing.receipt_page import receipt_pdf
from kiosk.ui.person.review import LEVELS, answer_in_words
from kiosk.ui.session import LONDON, Session


def receipt_for(session: Session) -> bytes:
    """The PDF of what was just saved, with the choices on it only if the person said so."""
    return receipt_pdf(printable(session), session.words, session.pictures)


def printable(session: Session) -> PrintableReceipt:
    """What the paper needs, in words."""
    recorded = session.recorded
    assert recorded is not None
    one, two, three, four = (CODE_WORDS[index] for index in recorded.code)
    place = session.parts.place
    return PrintableReceipt(
        issued_on=recorded.issued_at.astimezone(LONDON).date(),
        code=(one, two, three, four),
        token=recorded.token,
        place_name=place.name,
        place_phone=place.controller.phone,
        with_choices=session.with_choices,
        choices=tuple(_line(session, share) for share in session.visit.for_review()),
        demo=place.demo,
    )


def _line(session: Session, share: Share) -> PrintedChoice:
    answer, means = answer_in_words(session, share)
    given = session.visit.answer(share.key)
    what = ""
    if given.answer is Answer.YES:
        labels = session.parts.place.categories
        what = "; ".join(
            session.say(
                "review.kind",
                kind=session.phrase(labels[kind].label),
                level=session.say(f"level.{LEVELS[level]}"),
            )
            for kind, level in given.details.items()
        )
    return PrintedChoice(
        called=session.called(share.agency), answer=answer, what=what, until=means
    )
