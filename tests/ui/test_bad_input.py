"""What goes wrong around a visit ends in words and a next step, and loses nothing that was kept."""

from __future__ import annotations

import gettext
import json
import shutil
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as dbapi2
from kivy.clock import Clock

from kiosk.domain.place import Detail
from kiosk.errors import NoPrinter, PrinterNotAnswering, PrinterOutOfPaper, YourSayError
from kiosk.ui.routes import Step
from tests.journeys.walking import (
    HOUSING,
    Yes,
    begin,
    come_to_review,
    enter_pin,
    past,
    recorded,
    save,
    shared,
    touch,
    understand,
)
from tests.ui.at_hand import BUILD, Demo, KioskAtHand, open_kiosk

ONE_YES = Yes({"name": Detail.NEED}, "until.i-say")


def people(hand: KioskAtHand) -> int:
    connection = hand.store._connection
    return hand.in_store(lambda: connection.execute("SELECT count(*) FROM person").fetchone()[0])  # type: ignore[return-value]


def to_confirm(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: ONE_YES})
    past(hand, "review")
    understand(hand)
    enter_pin(hand)
    enter_pin(hand)
    touch(hand, "skip")
    assert hand.where == "confirm"


def said(hand: KioskAtHand, error: str) -> None:
    """What happened, and what to do next, are on the screen and can be heard."""
    assert (hand.where, hand.session.step.item) == ("problem", error)
    words = hand.words()
    assert hand.session.say(f"problem.{error}.what") in words
    assert hand.session.say(f"problem.{error}.next") in words


# --- the store ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("break_it", "mend_it", "error"),
    [
        ("PRAGMA max_page_count = {pages}", "PRAGMA max_page_count = 1000000", "store_full"),
        ("PRAGMA query_only = on", "PRAGMA query_only = off", "store_read_only"),
    ],
)
def test_a_store_that_cannot_be_written_keeps_nothing_and_can_be_tried_again(
    hand: KioskAtHand, break_it: str, mend_it: str, error: str
) -> None:
    connection = hand.store._connection
    much = {  # more than fits into pages that are there already
        share.key: Yes(dict(share.most), "until.i-say") for share in hand.parts.place.asked
    }
    come_to_review(hand, much)
    hand.session.visit.forms |= {f"form {number}" for number in range(400)}
    hand.session.go(Step("confirm"))
    hand.wait(1)

    def break_store() -> None:
        connection.execute("CREATE TABLE ballast (x)")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(break_it.format(pages=pages))
        for size in (3000, 300, 30):  # what room there is in pages that are there already
            with suppress(dbapi2.Error):
                while True:
                    connection.execute("INSERT INTO ballast VALUES (zeroblob(?))", (size,))

    hand.in_store(break_store)
    visit = hand.session.visit
    touch(hand, "confirm.save")
    said(hand, error)
    assert people(hand) == 0
    assert hand.session.visit is visit, "nothing of what was said is lost"
    hand.in_store(lambda: connection.execute(mend_it))
    touch(hand, "go-back")
    assert hand.where == "confirm"
    touch(hand, "confirm.save")
    assert hand.where == "receipt"
    assert people(hand) == 1
    assert shared(hand, recorded(hand).person) == {}, "the check was left out, so each Yes waits"


def test_something_unforeseen_in_the_stores_thread_ends_the_visit_safely(
    forgiving: KioskAtHand,
) -> None:
    hand = forgiving
    begin(hand)
    session = hand.session

    def breaks() -> None:
        raise ZeroDivisionError("Jo Bloggs, born on a Tuesday")

    session.run(breaks, lambda _none: None)
    hand.wait()
    assert [type(failure) for failure in hand.unforeseen] == [ZeroDivisionError]
    said(hand, "unexpected")
    assert hand.session is not session
    log = (hand.folder / "log" / "kiosk.jsonl").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "Bloggs" not in log
    assert "Tuesday" not in log
    touch(hand, "go-back")
    assert hand.where == "rest"
    begin(hand)
    assert hand.where == "home", "the next person begins as ever"


def test_something_unforeseen_on_the_screens_thread_ends_the_visit_safely(
    forgiving: KioskAtHand,
) -> None:
    hand = forgiving
    begin(hand)
    session = hand.session
    Clock.schedule_once(lambda _dt: 1 / 0, 0)
    hand.wait()
    said(hand, "unexpected")
    assert hand.session is not session
    Clock.schedule_once(lambda _dt: int("four"), 0)
    hand.wait()
    said(hand, "unexpected")
    assert len(hand.unforeseen) == 2


def test_a_screen_that_cannot_be_built_ends_the_visit_safely(forgiving: KioskAtHand) -> None:
    hand = forgiving
    begin(hand)
    Clock.schedule_once(lambda _dt: hand.session.go(Step("level", key=HOUSING, item="nothing")), 0)
    hand.wait()
    said(hand, "unexpected")


@pytest.fixture
def forgiving(demo: Demo, tmp_path: Path, no_ink: None) -> Iterator[KioskAtHand]:
    """A kiosk that goes on after what nobody foresaw, as the real one does."""
    opened = open_kiosk(demo, tmp_path / "data", on_unforeseen=lambda _failure: None)
    yield opened
    opened.close()


# --- paper -------------------------------------------------------------------------------------


class BrokenPrinter:
    """A printer that cannot, until it can."""

    def __init__(self) -> None:
        self.error: YourSayError | None = None
        self.printed: list[bytes] = []

    def print(self, pdf: bytes) -> object:
        if self.error is not None:
            raise self.error
        self.printed.append(pdf)
        return 1


@pytest.mark.parametrize("error", [NoPrinter, PrinterOutOfPaper, PrinterNotAnswering])
def test_a_printer_that_cannot_is_said_and_nothing_is_lost(
    hand: KioskAtHand, error: type[YourSayError]
) -> None:
    printer = BrokenPrinter()
    object.__setattr__(hand.kiosk.parts, "printer", printer)
    come_to_review(hand, {HOUSING: "no"})
    save(hand)
    kept = recorded(hand)
    printer.error = error()
    touch(hand, "print")
    touch(hand, "receipt.without-choices")
    hand.wait()
    said(hand, error.code)
    touch(hand, "go-back")
    assert hand.where in ("paper", "receipt")
    assert hand.session.recorded is kept
    printer.error = None
    if hand.where == "receipt":
        touch(hand, "print")
    touch(hand, "receipt.with-choices")
    hand.wait()
    assert hand.where == "printed"
    assert printer.printed[0].startswith(b"%PDF")


# --- files that are gone -----------------------------------------------------------------------


@pytest.fixture
def own_build(tmp_path: Path) -> Path:
    """A build folder that can be broken: links to what is there, but for the pictures."""
    build = tmp_path / "build"
    build.mkdir()
    for name in ("locales", "typeset", "speech"):
        (build / name).symlink_to(BUILD / name)
    (build / "pictures").mkdir()
    for folder in (BUILD / "pictures").iterdir():
        (build / "pictures" / folder.name).symlink_to(folder)
    return build


def gone(folder: Path) -> None:
    """It was there a moment ago."""
    folder.unlink()


@pytest.fixture
def own_hand(demo: Demo, tmp_path: Path, own_build: Path) -> Iterator[KioskAtHand]:
    """A kiosk on that build, with everything drawn."""
    opened = open_kiosk(demo, tmp_path / "data", build_dir=own_build)
    yield opened
    opened.close()


def test_pictures_that_are_gone_leave_the_words(own_hand: KioskAtHand, own_build: Path) -> None:
    """Gone in the middle of a visit: every screen still stands."""
    hand = own_hand
    begin(hand)
    for frame in ("agency", "answer", "level"):
        gone(own_build / "pictures" / frame)
    for step in (
        Step("agency", key=HOUSING),
        Step("question", key=HOUSING),
        Step("kinds", key=HOUSING),
        Step("review"),
    ):
        hand.session.go(step)
        hand.wait()
        assert hand.where == step.screen
        assert hand.words()


def test_the_speech_folder_gone_mid_visit_is_read_live(
    own_hand: KioskAtHand, own_build: Path
) -> None:
    hand = own_hand
    heard: list[str] = []
    hand.parts.speaker.on_spoken = lambda _language, text: heard.append(text)
    begin(hand)
    gone(own_build / "speech")
    hand.tap("bar.listen")
    hand.until(lambda: not hand.kiosk.voice.speaking, seconds=120)
    assert heard == hand.words()


def test_a_catalogue_with_wrong_placeholders_falls_back_to_english(
    demo: Demo, tmp_path: Path, own_build: Path, no_ink: None
) -> None:
    """A translation that cannot be shown safely is not shown; the visit goes on."""
    (own_build / "locales").unlink()
    shutil.copytree(BUILD / "locales", own_build / "locales")
    for file in (own_build / "locales" / "pl").rglob("*.mo"):
        with file.open("rb") as opened:
            catalogue = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
        broken = {
            key: text.replace("{agency}", "{agencja}")
            for key, text in catalogue.items()
            if isinstance(text, str)
        }
        file.write_bytes(as_mo(broken))
    hand = open_kiosk(demo, tmp_path / "data", build_dir=own_build)
    try:
        begin(hand, "pl")
        hand.session.go(Step("kinds", key=HOUSING))
        hand.wait()
        assert hand.where == "kinds"
        assert not any("agencja" in text for text in hand.words())
        assert hand.session.words.faults
    finally:
        hand.close()


def as_mo(catalogue: dict[str, str]) -> bytes:
    """A compiled catalogue, as gettext reads it."""
    pairs = sorted((key.encode(), text.encode()) for key, text in catalogue.items())
    keys = b"".join(key + b"\0" for key, _text in pairs)
    texts = b"".join(text + b"\0" for _key, text in pairs)
    start = 28 + 16 * len(pairs)
    table, at_key, at_text = [], start, start + len(keys)
    second = []
    for key, text in pairs:
        table.append(struct.pack("<2I", len(key), at_key))
        second.append(struct.pack("<2I", len(text), at_text))
        at_key += len(key) + 1
        at_text += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(table + second) + keys + texts


# --- the clock ---------------------------------------------------------------------------------


def test_a_clock_set_back_a_year_mid_visit_changes_nothing_and_revives_nothing(
    hand: KioskAtHand,
) -> None:
    come_to_review(hand, {HOUSING: Yes({"name": Detail.NEED}, "until.1-month")})
    save(hand)
    person = recorded(hand).person
    hand.tap("hide")
    hand.clock.set_back(-40)  # forty days on: it has run out
    assert shared(hand, person) == {}
    hand.wait(1)
    come_to_review(hand, {HOUSING: ONE_YES})
    hand.clock.set_back(365)
    save(hand)
    verdict = hand.in_store(lambda: hand.parts.receipts.verify(recorded(hand).token))
    assert verdict.genuine  # type: ignore[attr-defined]
    assert shared(hand, recorded(hand).person) == {(*HOUSING, "name"): Detail.NEED}
    assert shared(hand, person) == {}, "what had run out stays so"
    hand.in_store(lambda: hand.store.check(whole=True))


def test_a_clock_set_back_does_not_time_anyone_out_or_keep_them_for_ever(
    hand: KioskAtHand,
) -> None:
    begin(hand)
    hand.clock.set_back(365)
    hand.skip(295)
    assert hand.where == "home"
    hand.skip(10)
    assert hand.where == "time-out"
    hand.skip(65)
    assert hand.where == "rest"


# --- the log -----------------------------------------------------------------------------------


def test_what_is_logged_of_a_visit_names_nobody(hand: KioskAtHand) -> None:
    to_confirm(hand)
    touch(hand, "confirm.save")
    hand.tap("hide")
    log = hand.folder / "log" / "kiosk.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    for line in lines:
        assert set(json.loads(line)) <= {"at", "what", "how", "of", "part", "file", "line", "demo"}
