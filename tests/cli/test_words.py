"""Every failure that we foresee has words for the operator, and words for people at the kiosk."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import errors
from kiosk.cli import words
from kiosk.cli.fault_words import FAULTS, said
from kiosk.content.faults import Fault
from kiosk.content.statements import read_statements
from kiosk.errors import AskStaff, Broken, PersonCanFix, YourSayError
from kiosk.services.receipts import Reason
from kiosk.store.slots import SlotKind

ROOT = Path(__file__).resolve().parents[2]
SITUATIONS = [
    kind
    for kind in vars(errors).values()
    if inspect.isclass(kind)
    and issubclass(kind, YourSayError)
    and kind not in (YourSayError, PersonCanFix, AskStaff, Broken)
]
STATEMENTS = read_statements().by_id


def test_every_situation_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in SITUATIONS]
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", SITUATIONS, ids=lambda kind: kind.__name__)
def test_every_situation_has_words_for_the_operator_and_for_people(
    kind: type[YourSayError],
) -> None:
    sentence = words.problem(kind())
    assert sentence.endswith((".", "init", "DIR", "content", "?", "bin/setup."))
    assert "\n" not in sentence
    assert {f"problem.{kind.code}.what", f"problem.{kind.code}.next"} <= STATEMENTS.keys()


def test_no_words_are_left_over() -> None:
    assert set(words.PROBLEMS) == {kind.code for kind in SITUATIONS}


def test_facts_are_filled_in_and_missing_ones_do_no_harm() -> None:
    assert "version 9;" in words.problem(errors.StoreNewer(found=9, known=3))
    assert "version ?;" in words.problem(errors.StoreNewer())


def test_every_verdict_and_slot_has_words() -> None:
    assert set(words.VERDICTS) == {reason.value for reason in Reason}
    assert set(words.SLOT_KINDS) == {kind.value for kind in SlotKind}


def fault_codes() -> Iterator[str]:
    """Codes in the code: what stands where the checks of kiosk/content name a fault."""
    for path in sorted((ROOT / "kiosk" / "content").rglob("*.py")):
        if "drawing" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                found = (list(_strings(argument)) for argument in node.args)
                yield from next(filter(None, found), []) if name in NOTES_A_FAULT else []
            if isinstance(node, ast.FunctionDef) and node.name in SAYS_WHAT:
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Return) and inner.value is not None:
                        yield from _strings(inner.value)


NOTES_A_FAULT = frozenset({"Fault", "fault", "_wrong", "_refused", "refused"})
SAYS_WHAT = frozenset({"bad_sign", "unfit", "wrong_letters"})


def _strings(node: ast.expr) -> Iterator[str]:
    for inner in ast.walk(node):
        value = inner.value if isinstance(inner, ast.Constant) else None
        if isinstance(value, str) and re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", value):
            yield value


def test_every_fault_has_words() -> None:
    codes = set(fault_codes())
    assert len(codes) > 30, "the search has lost its way"
    assert sorted(codes - set(FAULTS)) == []


def test_a_fault_is_one_line_that_says_where_and_what_to_write() -> None:
    line = said(
        Fault("ours.toml", 12, "not_a_date", "share.3.review", "soon", "review = 2027-01-31")
    )
    assert line == ("ours.toml:12: share.3.review: is not a date [soon] Write: review = 2027-01-31")
    assert said(Fault("ours.toml", 0, "not_utf8")).startswith("ours.toml: ")
