"""After a visit the data folder holds none of the person's words, whoever looks through it."""

from __future__ import annotations

from dataclasses import replace

from bench.sample import sample_visit
from kiosk.domain.visit import FoundBy, UnderstandingCheck, Understood
from tests.services.conftest import WORKER, Desk

PIN, NAME, REASON = "70294618", "Zbigniew Nowakowski", "said it back in his own words"


def everything(desk: Desk) -> bytes:
    files = (path for path in desk.data_dir.rglob("*") if path.is_file())
    return b"".join(str(path).encode() + path.read_bytes() for path in files)


def test_no_word_of_theirs_is_in_the_data_folder(desk: Desk) -> None:
    check = UnderstandingCheck(Understood.WORKER_SAYS, worker=WORKER, worker_reason=REASON)
    visit = replace(sample_visit(desk.place, pin=PIN), found_by=(FoundBy.NAME, NAME))
    recorded = desk.consents.record(replace(visit, understanding=check, helper=WORKER))
    desk.people.open_with_code(recorded.code, PIN)
    desk.people.find_for_worker(None, (FoundBy.NAME, NAME), WORKER)
    desk.consents.stop(recorded.person, "agency-0")
    words = [
        PIN.encode(),
        NAME.encode(),
        b"zbigniewnowakowski",
        REASON.encode(),
        WORKER.encode(),
        b"agency-0",
        b"withdrawn",
        recorded.person,
        recorded.person.hex().encode(),
        recorded.token.encode(),
        recorded.receipt_id,
        bytes(recorded.code),
    ]
    while_open = everything(desk)
    desk.store.close()
    closed = everything(desk)
    for word in words:
        if len(word) > 4:  # four bytes turn up in noise by chance
            assert word not in while_open, word
            assert word not in closed, word
    assert len(while_open) > len(closed), "the log was there while it was open"
