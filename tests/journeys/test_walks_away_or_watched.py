"""Journey 11: someone walks away, or someone walks up behind them: nothing is left to find."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.content.code_words import CODE_WORDS
from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail
from kiosk.settings import ROOT
from kiosk.ui.hand import BETWEEN_TAPS
from kiosk.ui.routes import Step, is_for_workers
from kiosk.ui.screens import SCREENS
from kiosk.ui.theme import Look, Size
from tests.journeys.walking import (
    HOSTEL,
    HOUSING,
    PIN,
    Yes,
    begin,
    come_to_review,
    enter_pin,
    past,
    recorded,
    sign_in,
    touch,
    type_words,
    understand,
)
from tests.ui.at_hand import PASSPHRASE, WORKER, KioskAtHand
from tests.ui.scenes import Scene, recorded_once, scenes

NAME = "zanzibarquagga"
REASON = "yellowsubmarinetalk"


def go_to(hand: KioskAtHand, scene: Scene) -> None:
    """Stand on a scene's screen, in the session at hand, with what has been said by then."""
    hand.tap("rest.touch")
    for prepare in scene.prepare:
        prepare(hand.session)
    hand.session.worker = WORKER if is_for_workers(scene.step) else ""
    hand.session.go(scene.step)


# --- Hide now ----------------------------------------------------------------------------------


def test_hide_now_works_from_every_screen_and_leaves_no_session(hand: KioskAtHand) -> None:
    """One tap, the neutral screen in the next frame, and nothing in memory to go back to."""
    kept = recorded_once(hand)
    first = {scene.step.screen: scene for scene in reversed(list(scenes(hand, kept)))}
    assert set(first) == set(SCREENS), "a screen without a scene"
    wrong = []
    for name, scene in first.items():
        if name == "rest":
            continue
        go_to(hand, scene)
        assert hand.where == name
        session, screen = weakref.ref(hand.session), weakref.ref(hand.screen)
        if not hand.shows("hide"):
            wrong.append(f"{name}: there is no Hide now")
            hand.kiosk.end_visit()
            continue
        hand.finger_up(hand.finger_down(*hand.find("hide").center))
        hand.wait()
        if hand.where != "rest":
            wrong.append(f"{name}: {hand.where}")
        hand.wait()
        if session() is not None:
            wrong.append(f"{name}: its session is still there")
        if screen() is not None:
            wrong.append(f"{name}: its screen is still there")
        hand.wait(BETWEEN_TAPS)
    assert wrong == []


def test_the_neutral_frame_comes_at_once(seeing_hand: KioskAtHand) -> None:
    """Not a pixel of what was there is left in the next frame: it is the rest screen's."""
    hand = seeing_hand
    rest = hand.pixels().tobytes()
    come_to_review(hand, {HOUSING: Yes({"name": Detail.NEED}, "until.i-say")})
    assert hand.pixels().tobytes() != rest
    hand.finger_up(hand.finger_down(*hand.find("hide").center))
    hand.wait()
    assert hand.pixels().tobytes() == rest


def test_hide_now_silences_the_voice_at_once(hand: KioskAtHand) -> None:
    begin(hand)
    hand.tap("bar.listen")
    assert hand.parts.speaker.speaking
    hand.finger_up(hand.finger_down(*hand.find("hide").center))
    assert not hand.parts.speaker.speaking


def test_escape_three_times_hides_and_twice_does_not(hand: KioskAtHand) -> None:
    for screen in ("home", "notice", "pin", "found", "worker"):
        go_to(hand, Scene(Step(screen)))
        hand.key("escape")
        hand.key("escape")
        assert hand.where == screen
        hand.key("escape")
        assert hand.where == "rest", screen
        hand.wait(1)


def test_three_escapes_over_a_longer_time_do_not_hide(hand: KioskAtHand) -> None:
    begin(hand)
    for _ in range(4):
        hand.key("escape")
        hand.wait(3)
    assert hand.where == "home"


def test_hiding_keeps_nothing_that_was_not_confirmed(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: "no"})
    hand.tap("hide")
    rows = hand.in_store(
        lambda: hand.store._connection.execute("SELECT count(*) FROM person").fetchone()
    )
    assert rows == (0,)


def test_hiding_while_it_is_being_saved_shows_the_receipt_to_nobody(hand: KioskAtHand) -> None:
    """What was confirmed is kept; what comes back from the store finds nobody and says nothing."""
    come_to_review(hand, {HOUSING: "no"})
    hand.session.go(Step("confirm"))
    hand.wait(1)
    hand.finger_up(hand.finger_down(*hand.find("confirm.save").center))
    hand.finger_up(hand.finger_down(*hand.find("hide").center))
    hand.wait(2)
    assert hand.where == "rest"
    rows = hand.in_store(
        lambda: hand.store._connection.execute("SELECT count(*) FROM person").fetchone()
    )
    assert rows == (1,)


# --- the time-out ------------------------------------------------------------------------------


IDLE, WARNING = 300, 60


def test_after_five_minutes_it_asks_and_after_one_more_it_clears(hand: KioskAtHand) -> None:
    begin(hand)
    hand.skip(IDLE - 2)
    assert hand.where == "home"
    hand.skip(4)
    assert hand.where == "time-out"
    hand.skip(WARNING - 5)
    assert hand.where == "time-out"
    hand.skip(10)
    assert hand.where == "rest"


def test_the_countdown_is_shown_and_said_again(hand: KioskAtHand) -> None:
    said = []
    hand.parts.speaker.on_spoken = lambda _language, text: said.append(text)
    begin(hand)
    hand.skip(IDLE + 1)
    title = hand.session.say("timeout.title")
    shown = set()
    for _ in range(WARNING * 2 - 6):
        hand.skip(0.5)
        shown |= {w.text for w in hand.screen.walk() if getattr(w, "text", "").isdigit()}
    assert {"50", "30", "10"} <= shown
    assert said.count(title) >= 3


@pytest.mark.parametrize("how", ["button", "anywhere", "key", "hide"])
def test_any_touch_or_key_takes_the_warning_back(hand: KioskAtHand, how: str) -> None:
    go_to(hand, Scene(Step("notice", page=2)))
    hand.skip(IDLE + 1)
    assert hand.where == "time-out"
    if how == "button":
        hand.tap("timeout.here")
    elif how == "anywhere":
        hand.tap_at(640, 795)  # no button is there
    elif how == "key":
        hand.key("down")
    else:
        hand.tap("hide")
        assert hand.where == "rest"
        return
    assert (hand.where, hand.session.step.page) == ("notice", 2)


def test_it_can_be_taken_back_as_often_as_wanted(hand: KioskAtHand) -> None:
    """WCAG 2.2.1: at least ten times."""
    go_to(hand, Scene(Step("question", key=HOUSING)))
    for turn in range(12):
        hand.skip(IDLE + 30, step=5)
        assert hand.where == "time-out", turn
        if turn % 2:
            hand.key("f1")
        else:
            hand.tap_at(30, 400)
        assert hand.where == "question", turn
    assert hand.session.visit.marked(HOUSING) is None


def test_there_is_no_limit_to_how_long_an_answer_takes(hand: KioskAtHand) -> None:
    """Nineteen hours with a touch now and then: nothing is lost and nothing decided."""
    go_to(hand, Scene(Step("question", key=HOUSING)))
    hand.session.visit.choose(HOSTEL, Answer.NO)
    for _ in range(19 * 15):
        hand.skip(240, step=60)
        hand.finger_up(hand.finger_down(30, 795))
    assert hand.where == "question"
    assert hand.session.visit.marked(HOSTEL) is Answer.NO
    assert hand.session.visit.marked(HOUSING) is None


def test_being_read_to_counts_as_being_there(hand: KioskAtHand) -> None:
    go_to(hand, Scene(Step("notice-more", page=1)))
    hand.skip(IDLE - 20)
    hand.tap("bar.listen")
    assert hand.kiosk.voice.speaking
    hand.skip(25)
    assert hand.where == "notice-more"


def test_the_warnings_own_voice_does_not_keep_the_visit_open(hand: KioskAtHand) -> None:
    begin(hand)
    hand.skip(IDLE + WARNING + 10)
    assert hand.where == "rest"


def test_a_time_out_is_never_an_answer(hand: KioskAtHand) -> None:
    come_to_review(hand, {HOUSING: Yes({"name": Detail.NEED}, "until.i-say")})
    hand.session.go(Step("confirm"))
    hand.skip(IDLE + WARNING + 10)
    assert hand.where == "rest"
    rows = hand.in_store(
        lambda: hand.store._connection.execute("SELECT count(*) FROM person").fetchone()
    )
    assert rows == (0,)


def test_clear_it_now_clears_it_now(hand: KioskAtHand) -> None:
    begin(hand)
    hand.skip(IDLE + 1)
    hand.tap("timeout.clear")
    assert hand.where == "rest"


def test_the_rest_screen_never_times_out(hand: KioskAtHand) -> None:
    hand.skip(IDLE * 4, step=10)
    assert hand.where == "rest"


def test_a_worker_who_walks_away_is_signed_out(hand: KioskAtHand) -> None:
    begin(hand)
    hand.tap("bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    hand.skip(IDLE + 1)
    hand.tap("timeout.here")
    assert hand.session.worker == ""
    assert hand.where != "worker-acts"


# --- the next person ---------------------------------------------------------------------------


def test_the_next_person_finds_it_as_it_was_made(hand: KioskAtHand) -> None:
    """A changes everything; B meets the factory's settings (VVSG 7.1-A)."""
    before = hand.session.dress
    begin(hand, "ar")
    hand.session.dress_in(size=Size.LARGEST, look=Look.WHITE_ON_BLACK, pictures=False)
    hand.session.read_aloud(True)
    hand.parts.speaker.volume, hand.parts.speaker.speed = 0.4, 1.6
    hand.session.typed["found"] = NAME
    hand.session.go(Step("been-words"))
    hand.wait()
    hand.session.code_typed = (1, 2)
    hand.tap("hide")
    session = hand.session
    assert session.dress == before
    assert session.words.language.code == "en"
    assert not session.reads_aloud
    assert (hand.parts.speaker.volume, hand.parts.speaker.speed) == (1.0, 1.0)
    assert session.typed == {}
    assert session.code_typed == ()
    assert session.worker == ""
    assert not session.visit.touched
    assert session.recorded is None
    assert session._history == []


def test_back_from_the_first_screen_leads_to_rest_and_not_into_someones_visit(
    hand: KioskAtHand,
) -> None:
    come_to_review(hand, {HOUSING: "no"})
    hand.tap("hide")
    hand.tap("rest.touch")
    hand.tap("bar.back")
    assert hand.where == "rest"


# --- nothing on the disk -----------------------------------------------------------------------


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temp folder that only this test's kiosk writes to."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def files_with(words: str, folders: Iterator[Path] | list[Path]) -> list[str]:
    """Files that hold these words in any of the ways in which text is kept."""
    wanted = [words.encode("utf-8"), words.encode("utf-16-le"), words.upper().encode("utf-8")]
    found = []
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and any(form in file.read_bytes() for form in wanted):
                found.append(str(file))
    return found


def test_nothing_that_was_typed_or_drawn_is_left_on_the_disk(
    own_temp: Path, hand: KioskAtHand
) -> None:
    come_to_review(hand, {HOUSING: Yes({"name": Detail.NEED}, "until.i-say")})
    past(hand, "review")
    hand.tap("bar.listen")
    understand(hand)
    enter_pin(hand)
    enter_pin(hand)
    touch(hand, "found.name")
    type_words(hand, NAME)
    touch(hand, "done")
    touch(hand, "confirm.save")
    assert hand.where == "receipt"
    hand.tap("bar.listen")
    hand.wait(3)
    kept = recorded(hand)
    hand.tap("bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    hand.session.visit.person = kept.person
    hand.session.go(Step("worker-reason", item="release"))
    hand.wait()
    type_words(hand, REASON)
    touch(hand, "done")
    hand.tap("hide")
    hand.in_store(lambda: hand.store._connection.execute("PRAGMA wal_checkpoint"))
    places = [hand.folder, own_temp, ROOT / "build" / "kivy"]
    assert any(file.is_file() for file in hand.folder.rglob("*"))
    assert files_with("SQLite format", [hand.folder]) == [], "the database is not encrypted"
    for secret in (NAME, REASON, PASSPHRASE, kept.token, kept.token[4:40]):
        assert files_with(secret, places) == []
    logs = [hand.folder / "log", own_temp, ROOT / "build" / "kivy"]
    for index in kept.code:
        for language in hand.parts.languages:
            word = hand.parts.words(language.code).text(f"word.{CODE_WORDS[index].id}")
            assert files_with(word, logs) == []
    assert files_with(PIN, logs) == []


def test_the_search_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "left").write_text(f"x{NAME}x", encoding="utf-8")
    (tmp_path / "wide").write_bytes(NAME.encode("utf-16-le"))
    assert len(files_with(NAME, [tmp_path])) == 2
