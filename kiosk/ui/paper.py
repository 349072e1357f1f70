"""From a session to the paper: the receipt in the person's language, as they want it."""

from __future__ import annotations

from kiosk.content.code_words import CODE_WORDS
from kiosk.domain.place import Share
from kiosk.printing.printable import PrintableReceipt, PrintedChoice
from kiosk.ui.person.review import answer_in_words, kinds_in_words
from kiosk.ui.session import LONDON, Session


def receipt_for(session: Session) -> bytes:
    """The PDF of what was just saved, with the choices on it only if the person said so."""
    from kiosk.printing.receipt_page import receipt_pdf  # late: the first screen needs no paper

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
    kinds = kinds_in_words(session, share)
    if not kinds:
        return PrintedChoice(session.called(share.agency), answer, means, "")
    until = session.visit.answer(share.key).until
    ends = session.say("until.i-say") if until is None else session.say("until.date", date=until)
    return PrintedChoice(session.called(share.agency), answer, "; ".join(kinds), ends)
