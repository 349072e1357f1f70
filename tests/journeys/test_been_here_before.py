"""Journey 2: someone comes back, by their code or their receipt, and changes their mind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.consent import Answer
from kiosk.domain.place import Detail
from kiosk.domain.visit import GivenAnswer
from kiosk.errors import CodeLocked, CodeOrPinWrong
from kiosk.services.consents import Recorded
from tests.journeys.walking import (
    CLINIC,
    HOSTEL,
    HOUSING,
    SHELTER,
    SURGERY,
    Settled,
    Yes,
    answer,
    begin,
    come_back,
    come_to_review,
    enter_code,
    enter_pin,
    recorded,
    save,
    settled,
    shared,
    sign_in,
    touch,
)
from tests.ui.at_hand import PASSPHRASE, WORKER, Demo, KioskAtHand, make, open_kiosk

FIRST = {
    HOUSING: Yes({"name": Detail.EVERYTHING}, "until.1-year"),
    HOSTEL: "no",
    SHELTER: "ask",
}


@pytest.fixture(scope="module")
def earlier(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """What somebody saved at an earlier visit."""
    return settled(demo, tmp_path_factory.mktemp("settled"), FIRST)


@pytest.fixture
def hand(earlier: Settled, tmp_path: Path, no_ink: None) -> Iterator[KioskAtHand]:
    """A kiosk that they come back to."""
    opened = open_kiosk(earlier.demo, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def before(earlier: Settled) -> Recorded:
    """What they went away with."""
    return earlier.kept


def problem(hand: KioskAtHand) -> str:
    """The code of the problem that is shown."""
    assert hand.where == "problem", hand.where
    return hand.session.step.item


# --- by the words ------------------------------------------------------------------------------


def test_code_and_pin_open_what_was_chosen(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code)
    assert hand.where == "review"
    assert hand.session.visit.person == before.person
    words = hand.words()
    while hand.shows("more"):
        hand.tap("more")
        words += hand.words()
    session = hand.session
    for key, name in ((HOUSING, "yes"), (HOSTEL, "no"), (SHELTER, "ask")):
        called = session.called(session.parts.place.share(key).agency)
        assert words[words.index(called) + 1] == session.say(f"answer.{name}")


def test_one_thing_changed_gives_a_new_receipt_and_leaves_the_rest(
    hand: KioskAtHand, before: Recorded
) -> None:
    come_back(hand, before.code)
    touch(hand, "change.hostel.home")
    answer(hand, "ask")
    assert hand.where == "review"
    save(hand)
    after = recorded(hand)
    assert after.receipt_id != before.receipt_id
    assert after.token != before.token
    assert (after.person, after.code) == (before.person, before.code)
    assert after.answers == {**before.answers, HOSTEL: GivenAnswer(Answer.ASK_FIRST)}
    assert shared(hand, after.person) == {(*HOUSING, "name"): Detail.EVERYTHING}


def test_a_yes_given_later_is_checked_too(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code)
    touch(hand, "change.mental-health.mind")
    answer(hand, Yes({"mind": Detail.NEED}, "until.i-say"))
    save(hand)
    assert shared(hand, before.person) == {
        (*HOUSING, "name"): Detail.EVERYTHING,
        (*CLINIC, "mind"): Detail.NEED,
    }


def test_a_no_can_become_a_yes_and_a_yes_a_no(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code)
    touch(hand, "change.hostel.home")
    answer(hand, Yes({"name": Detail.NEED}, "until.i-say"))
    touch(hand, "change.council-housing.home")
    answer(hand, "no")
    save(hand)
    assert shared(hand, before.person) == {(*HOSTEL, "name"): Detail.NEED}


def test_looking_and_leaving_changes_nothing(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code)
    touch(hand, "hide")
    assert hand.where == "rest"
    kept = hand.in_store(lambda: hand.parts.consents.chosen(before.person))
    assert kept == before.answers
    newest = hand.in_store(lambda: hand.parts.receipts.token_for(before.person))
    assert newest == before.token


def test_beginning_to_change_a_yes_and_leaving_it_keeps_no_yes_that_was_not_finished(
    hand: KioskAtHand, before: Recorded
) -> None:
    """Yes touched again, its questions left: an unfinished Yes shares nothing."""
    come_back(hand, before.code)
    touch(hand, "change.council-housing.home")
    answer(hand, Yes())
    save(hand)
    assert shared(hand, before.person) == {}


def test_a_word_taken_back_can_be_touched_again(hand: KioskAtHand, before: Recorded) -> None:
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.words")
    wrong = next(at for at in range(256) if at not in before.code)
    enter_code(hand, (wrong,))
    touch(hand, "key.back")
    assert hand.session.code_typed == ()
    enter_code(hand, before.code)
    enter_pin(hand)
    assert hand.where == "review"


# --- a wrong PIN -------------------------------------------------------------------------------


def test_a_wrong_pin_says_so_and_can_be_tried_again(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code, pin="1357")
    assert problem(hand) == "code_or_pin_wrong"
    assert hand.session.say("problem.code_or_pin_wrong.what") in hand.words()
    touch(hand, "go-back")
    assert hand.where == "been-pin"
    enter_pin(hand)
    assert hand.where == "review"


def test_a_code_that_nobody_has_says_the_same(hand: KioskAtHand, before: Recorded) -> None:
    nobodys = tuple((word + 1) % 256 for word in before.code)
    come_back(hand, nobodys)
    assert problem(hand) == "code_or_pin_wrong"


def test_after_a_wrong_code_the_words_can_be_put_right(hand: KioskAtHand, before: Recorded) -> None:
    """Back, twice, to the words: there is room to take them away and touch others."""
    come_back(hand, tuple((word + 1) % 256 for word in before.code))
    touch(hand, "go-back")
    assert hand.where == "been-pin"
    hand.tap("bar.back")
    assert hand.where == "been-words"
    if hand.shows("groups"):
        touch(hand, "groups")
    enter_code(hand, before.code)
    assert hand.session.code_typed == before.code
    enter_pin(hand)
    assert hand.where == "review"


def test_wrong_pins_slow_down_and_then_need_a_worker(hand: KioskAtHand, before: Recorded) -> None:
    come_back(hand, before.code, pin="1357")
    for wait in (0, 0, 5, 15):
        assert problem(hand) == "code_or_pin_wrong"
        assert hand.session.problem is not None
        assert hand.session.problem.facts["wait_seconds"] == wait
        assert not wait or any(str(wait) in text for text in hand.words()), "how long is said"
        hand.clock.move(wait + 1)
        touch(hand, "go-back")
        enter_pin(hand, "1357")
    lock(hand, before)
    hand.clock.move(3600)
    touch(hand, "go-back")
    enter_pin(hand)  # the right one
    assert problem(hand) == "code_locked"


def test_while_waiting_even_the_right_pin_is_not_looked_at(
    hand: KioskAtHand, before: Recorded
) -> None:
    come_back(hand, before.code, pin="1357")
    for _ in range(2):
        touch(hand, "go-back")
        enter_pin(hand, "1357")
    touch(hand, "go-back")
    enter_pin(hand)
    assert problem(hand) == "code_or_pin_wrong"
    hand.clock.move(30)
    touch(hand, "go-back")
    enter_pin(hand)
    assert hand.where == "review"


def test_without_a_pin_the_paper_alone_opens_it(hand: KioskAtHand) -> None:
    """They were told so beforehand; the words alone, which can be overheard, do not."""
    come_to_review(hand, FIRST)
    save(hand, pin="")
    kept = recorded(hand)
    hand.tap("hide")
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.words")
    enter_code(hand, kept.code)
    touch(hand, "pin.skip")
    assert problem(hand) == "code_or_pin_wrong"
    hand.tap("hide")
    hand.scan(kept.token)
    touch(hand, "pin.skip")
    assert hand.where == "review"
    assert hand.session.visit.person == kept.person


def test_a_pin_that_was_made_cannot_be_skipped(hand: KioskAtHand, before: Recorded) -> None:
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.words")
    enter_code(hand, before.code)
    touch(hand, "pin.skip")
    assert problem(hand) == "code_or_pin_wrong"


# --- by the receipt ----------------------------------------------------------------------------


def test_a_scanned_receipt_and_the_pin_open_what_was_chosen(
    hand: KioskAtHand, before: Recorded
) -> None:
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.scan")
    assert hand.where == "been-scan"
    hand.scan(before.token)
    assert hand.where == "been-pin"
    enter_pin(hand)
    assert hand.where == "review"
    assert hand.session.visit.person == before.person


@pytest.mark.parametrize("where", ["rest", "language", "home", "been"])
def test_a_receipt_may_be_scanned_at_once(hand: KioskAtHand, before: Recorded, where: str) -> None:
    if where != "rest":
        hand.tap("rest.touch")
    if where in ("home", "been"):
        touch(hand, "language.en")
    if where == "been":
        touch(hand, "home.been-before")
    assert hand.where == where
    hand.scan(before.token)
    assert hand.where == "been-pin"
    enter_pin(hand)
    assert hand.where == "review"


def test_a_receipt_in_two_pieces_as_a_slow_scanner_types_it(
    hand: KioskAtHand, before: Recorded
) -> None:
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.scan")
    from kivy.core.window import Window

    for sign in before.token:
        Window.dispatch("on_textinput", sign)
    hand.key("enter")
    assert hand.where == "been-pin"


def scan(hand: KioskAtHand, text: str) -> None:
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.scan")
    hand.scan(text)
    if hand.where == "been-pin":
        enter_pin(hand)


@pytest.mark.parametrize(
    "text", ["https://example.org/menu", "5012345678900", "WIFI:S:Guest;T:WPA;P:secret;;"]
)
def test_a_code_of_something_else_says_so(hand: KioskAtHand, before: Recorded, text: str) -> None:
    scan(hand, text)
    assert problem(hand) == "not_a_receipt"
    touch(hand, "go-back")
    assert hand.where in ("been-scan", "been-pin")


def test_a_forged_or_cut_receipt_says_so(hand: KioskAtHand, before: Recorded) -> None:
    at = len(before.token) // 2
    other = "A" if before.token[at] != "A" else "B"
    scan(hand, before.token[:at] + other + before.token[at + 1 :])
    assert problem(hand) in ("receipt_not_genuine", "not_a_receipt")
    hand.tap("hide")
    scan(hand, before.token[:-6])
    assert problem(hand) in ("receipt_not_genuine", "not_a_receipt")


def test_another_places_receipt_says_so(
    hand: KioskAtHand, before: Recorded, tmp_path: Path
) -> None:
    elsewhere: Demo = make(tmp_path / "elsewhere")
    with elsewhere.open(tmp_path / "there") as store:
        token = issue_one(store)
    scan(hand, token)
    assert problem(hand) == "receipt_of_another_place"


def issue_one(store) -> str:  # type: ignore[no-untyped-def]
    """A receipt that some other kiosk signed."""
    from kiosk.domain.event import Kind
    from kiosk.services import receipts
    from tests.ui.at_hand import BEGINS

    with store.writing(BEGINS) as act:
        person = b"q" * 16
        act.event(Kind.PERSON_CAME, person, {"code": [1, 2, 3, 4]})
        issued = receipts.issue(store, act, person)
    return issued.token


def test_a_receipt_whose_record_is_not_here_any_more(hand: KioskAtHand, before: Recorded) -> None:
    """Genuine, and issued after the backup that was put back: nobody here has it."""
    come_back(hand, before.code)
    save(hand)
    token = recorded(hand).token
    hand.in_store(
        lambda: hand.store._connection.execute(
            "DELETE FROM receipt WHERE receipt = ?", (recorded(hand).receipt_id,)
        )
    )
    hand.tap("hide")
    scan(hand, token)
    assert problem(hand) == "receipt_unknown_here"


def test_a_scan_in_the_middle_of_choosing_is_not_taken_for_someone_else(
    hand: KioskAtHand, before: Recorded
) -> None:
    """A receipt lying under the scanner must not replace the visit of whoever is choosing."""
    come_to_review(hand, {SURGERY: "no"})
    session = hand.session
    hand.scan(before.token)
    assert hand.session is session
    assert hand.where == "review"
    assert hand.session.visit.person is None


def test_typing_a_token_by_hand_slowly_is_not_a_scan(hand: KioskAtHand, before: Recorded) -> None:
    from kivy.core.window import Window

    hand.tap("rest.touch")
    for sign in before.token[:20]:
        Window.dispatch("on_textinput", sign)
        hand.wait(0.5)
    hand.key("enter")
    assert hand.where == "language"


# --- by what was left, through a worker --------------------------------------------------------


def test_a_lost_code_without_anything_left_starts_anew(hand: KioskAtHand, before: Recorded) -> None:
    begin(hand)
    touch(hand, "home.been-before")
    touch(hand, "been.lost")
    assert hand.where == "person"


def test_a_worker_opens_a_locked_code(hand: KioskAtHand, before: Recorded) -> None:
    lock(hand, before)
    begin(hand)
    hand.tap("bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    touch(hand, "worker.unlock")
    touch(hand, "been.words")
    enter_code(hand, before.code)
    assert hand.session.visit.person == before.person
    hand.tap("hide")
    come_back(hand, before.code)
    assert hand.where == "review"


def lock(hand: KioskAtHand, before: Recorded) -> None:
    """Wrong PINs until a worker has to open the code."""

    def try_again() -> bool:
        hand.clock.move(700)
        try:
            hand.parts.people.open_with_code(before.code, "1357")
        except CodeOrPinWrong:
            return True
        except CodeLocked:
            return False
        raise AssertionError("a wrong PIN opened it")

    while hand.in_store(try_again):
        pass


def test_a_worker_finds_who_left_a_name(hand: KioskAtHand) -> None:
    sign_in_as_worker(hand)
    touch(hand, "worker.find")
    touch(hand, "found.name")


def sign_in_as_worker(hand: KioskAtHand) -> None:
    begin(hand)
    hand.tap("bar.person")
    touch(hand, "person.worker")
    sign_in(hand, WORKER, PASSPHRASE)
    assert hand.where == "worker-acts"
