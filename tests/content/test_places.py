"""Place packs: the demo is sound, and every kind of fault is named with its line and a way out."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from kiosk.content.faults import Fault
from kiosk.content.places import check_place, read_place
from kiosk.content.statements import Statement, read_statements
from kiosk.domain.place import AgencyKind, Detail, Drafts, LawfulBasis, Nation, Phrase, Place
from kiosk.errors import PlaceFaulty

DEMO = Path(__file__).resolve().parents[2] / "places" / "demo.toml"
TEXT = DEMO.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo() -> Place:
    return read_place(DEMO)


@pytest.fixture(scope="module")
def known() -> dict[str, Statement]:
    return dict(read_statements(lines=False).by_id)


# --- the demo place ---------------------------------------------------------------------------------


def test_the_demo_place_has_everyone(demo: Place) -> None:
    assert check_place(DEMO) == []
    assert {agency.kind for agency in demo.agencies.values()} == set(AgencyKind) - {
        AgencyKind.OTHER
    }
    assert len(demo.agencies) >= 12
    assert len(demo.outcomes) >= 7
    assert len(demo.categories) >= 11
    assert 12 <= len(demo.shares) <= 14
    assert (demo.nation, demo.demo, demo.drafts) == (Nation.ENGLAND, True, Drafts.DEMO)
    assert demo.languages == ("en", "pl", "ar")
    assert demo.shares[0].review == date(2027, 11, 1)


def test_asked_told_and_apart(demo: Place) -> None:
    assert {share.agency.kind for share in demo.apart} == {
        AgencyKind.POLICE,
        AgencyKind.IMMIGRATION,
    }
    assert {share.basis for share in demo.told} == {
        LawfulBasis.RECOGNISED_LEGITIMATE_INTERESTS,
        LawfulBasis.PUBLIC_TASK,
    }
    assert all(share.basis.can_object for share in demo.told)
    assert len(demo.asked) + len(demo.told) + len(demo.apart) == len(demo.shares)


def test_numbers_are_from_the_range_kept_for_drama(demo: Place) -> None:
    """Ofcom: 01632 960000 to 960999 reach nobody."""
    contacts = [agency.contact for agency in demo.agencies.values()]
    contacts += [demo.controller.phone, demo.data_protection.phone]
    assert all(contact.startswith("01632 960") for contact in contacts)


def test_names_that_people_see_never_show_housing_status(demo: Place) -> None:
    for words in (demo.name, demo.controller.post, *(a.name for a in demo.agencies.values())):
        assert "homeless" not in words.lower()


def test_every_category_has_three_examples(demo: Place) -> None:
    for category in demo.categories.values():
        assert set(category.examples) == {Detail.NEED, Detail.SUMMARY, Detail.EVERYTHING}


def test_a_faulty_pack_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    path.write_text(TEXT.replace('basis = "consent"', 'basis = "concent"'), encoding="utf-8")
    with pytest.raises(PlaceFaulty) as caught:
        read_place(path)
    assert caught.value.facts == {"file": "pack.toml", "faults": 11}
    with pytest.raises(PlaceFaulty):
        read_place(tmp_path / "none.toml")


def test_a_place_may_use_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    own = '{ en = "The barn", pl = "Stodoła", ar = "الحظيرة" }'
    path.write_text(TEXT.replace('"@agency.hostel.called"', own), encoding="utf-8")
    hostel = read_place(path).agencies["hostel"]
    assert hostel.called == Phrase(own={"en": "The barn", "pl": "Stodoła", "ar": "الحظيرة"})


# --- every kind of fault, planted --------------------------------------------------------------------

# (what stands in the demo pack, what to put there, the fault, a part of what it says to write)
PLANTED = [
    ('id = "orchard-street"', 'id = "Orchard Street"', "bad_id", 'id = "orchard-street"'),
    ('name = "Orchard Street Trust"\nnation', 'name = ""\nnation', "empty", ""),
    ('name = "Orchard Street Trust"\nnation', 'name = " Trust"\nnation', "stray_space", ""),
    ('name = "Orchard Street Trust"\nnation', 'name = 7\nnation', "not_text", "name ="),
    ('name = "Orchard Street Trust"\nnation', 'name = "{x}"\nnation', "bad_placeholder", ""),
    ('name = "Orchard Street Trust"\nnation', 'name = "a\u202eb"\nnation', "bidi_override", ""),
    ('name = "Orchard Street Trust"\nnation', 'name = "a\\u0007b"\nnation', "control", ""),
    ('name = "Orchard Street Trust"\nnation', 'name = "a\u200bb"\nnation', "hidden_sign", ""),
    ('nation = "england"', 'nation = "englan"', "not_allowed", "england"),
    ('nation = "england"', "", "missing_key", "england"),
    ('demo = true', 'demo = "yes"', "not_a_flag", "demo = true"),
    ('languages = ["en", "pl", "ar"]', 'languages = ["en", "xx"]', "unknown_language", "ckb"),
    ('languages = ["en", "pl", "ar"]', 'languages = ["pl"]', "no_english", '"en"'),
    ('languages = ["en", "pl", "ar"]', 'languages = "en"', "not_a_list", "languages"),
    ('languages = ["en", "pl", "ar"]', 'languages = ["en", "en"]', "same_id", ""),
    ('drafts = "demo"', 'drafts = "demmo"', "not_allowed", "demo"),
    ('drafts = "demo"', 'drafs = "demo"', "unknown_key", "drafts"),
    ('phone = "01632 960100"', 'phone = "ring us"', "bad_phone", "01632"),
    ('years = 2', 'years = "two"', "not_a_number", "years = 6"),
    ('years = 2', 'years = 1000', "out_of_range", "100"),
    ('years = 2', 'years = true', "not_a_number", "years"),
    ('id = "shelter"\nname', 'id = "hostel"\nname', "same_id", ""),
    ('kind = "hostel"', 'kind = "hostle"', "not_allowed", "hostel"),
    ('called = "@agency.hostel.called"', 'called = "The hostel"', "not_words", "{ en ="),
    ('called = "@agency.hostel.called"', 'called = "agency.hostel.called"', "not_words", '"@agency'),
    ('called = "@agency.hostel.called"', 'called = "@agency.hostal.called"', "unknown_statement",
     "@agency.hostel.called"),
    ('called = "@agency.hostel.called"', 'called = "@kinds.title"', "bad_placeholder", ""),
    ('called = "@agency.hostel.called"', 'called = { en = "A", pl = "B" }', "no_words", "ar ="),
    ('called = "@agency.hostel.called"', 'called = { en = "A", pl = "B", ar = "" }', "empty", "ar ="),
    ('called = "@agency.hostel.called"', 'called = { en = "A", pl = "B", ar = "C", q = "D" }',
     "unknown_language", "en"),
    ('called = "@agency.hostel.called"', f'called = {{ en = "{"word " * 16}", pl = "B", ar = "C" }}',
     "long_sentence", "15"),
    ('called = "@agency.hostel.called"', f'called = {{ en = "{"w" * 300}", pl = "B", ar = "C" }}',
     "too_long", "200"),
    ('called = "@agency.hostel.called"', 'called = { en = "A {b}", pl = "B", ar = "C" }',
     "bad_placeholder", ""),
    ('picture = "agency.hostel"', 'picture = "Agency Hostel"', "bad_id", "agency.health"),
    ('special = true', 'special = 1', "not_a_flag", "special = true"),
    ('need = "@category.name.need"', 'neeed = "@category.name.need"', "unknown_key", "need"),
    ('agency = "hostel"', 'agency = "hostal"', "unknown_id", "hostel"),
    ('outcome = "bed-tonight"', 'outcome = "bed"', "unknown_id", ""),
    ('most = { name = "summary", offences = "need" }', 'most = { nam = "summary" }', "unknown_id",
     "name"),
    ('most = { name = "summary", offences = "need" }', 'most = { name = "all" }', "unknown_id",
     "everything"),
    ('most = { name = "summary", offences = "need" }', 'most = {}', "empty", "name"),
    ('basis = "public-task"', 'basis = "public task"', "not_allowed", "public-task"),
    ('conditions = ["DPA Sch 1 para 6"]', 'conditions = ["because"]', "bad_condition", "9(2)(a)"),
    ('conditions = ["DPA Sch 1 para 6"]', 'conditions = []', "no_condition", "DPA Sch 1"),
    ('conditions = ["9(2)(g)", "DPA Sch 1 para 18"]', 'conditions = ["9(2)(g)"]', "no_condition",
     "para 18"),
    ('conditions = ["9(2)(g)", "DPA Sch 1 para 18"]', 'conditions = ["9(2)(a)"]', "no_condition",
     "9(2)(g)"),
    ('agreement = "OST-04"', 'agreement = ""', "empty", ""),
    ('agency = "hostel"\noutcome = "home"', 'agency = "council-housing"\noutcome = "home"',
     "same_share", ""),
    ('id = "choices"', 'id = "choice"', "no_retention", 'id = "choices"'),
]  # fmt: skip


def planted(tmp_path: Path, old: str, new: str) -> tuple[Path, int]:
    """The demo pack with one change, and the line on which it stands."""
    assert old in TEXT, old
    at = TEXT.index(old)
    text = TEXT[:at] + new + TEXT[at + len(old) :]
    path = tmp_path / "pack.toml"
    path.write_text(text, encoding="utf-8")
    return path, TEXT[:at].count("\n") + 1


@pytest.mark.parametrize(("old", "new", "what", "instead"), PLANTED)
def test_a_planted_fault_is_found_on_its_line(
    tmp_path: Path, known: dict[str, Statement], old: str, new: str, what: str, instead: str
) -> None:
    path, line = planted(tmp_path, old, new)
    found = [fault for fault in check_place(path, known) if fault.what == what]
    assert found, check_place(path, known)
    assert any(instead in fault.instead for fault in found), found
    away = {"missing_key", "no_retention", "empty"}  # what is not there has the line around it
    lines = [fault.line for fault in found]
    assert line in lines or (what in away and min(abs(line - at) for at in lines) <= 13), found


@pytest.mark.parametrize(
    ("edits", "what"),
    [
        ([('phone = "01632 960101"', ""), ('post = "1 Orchard Street, Northmoor"\n\n# --- How', "# --- How")], "no_contact"),
        ([("review = 2027-11-01", 'review = "soon"')], "not_a_date"),
        ([("review = 2027-11-01", "review = 2027-11-01T10:00:00Z")], "not_a_date"),
        ([('agency = "immigration"', 'agency = "police"')], "never_used"),
        ([('basis = "consent"', 'basis = "public-task"')], "enforcement_not_asked"),
        ([('basis = "consent"', 'basis = "public-task"')], "nothing_asked"),
        ([("[place]", "[palce]")], "missing_key"),
        ([("[place]", "[palce]")], "unknown_key"),
        ([("[controller]", "[[controller]]")], "not_a_table"),
        ([('conditions = ["9(2)(a)"]', "conditions = []")], "no_condition"),
    ],
)  # fmt: skip
def test_faults_that_need_more_than_one_change(
    tmp_path: Path, known: dict[str, Statement], edits: list[tuple[str, str]], what: str
) -> None:
    text = TEXT
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "pack.toml"
    path.write_text(text, encoding="utf-8")
    found = [fault for fault in check_place(path, known) if fault.what == what]
    assert found, check_place(path, known)
    assert all(fault.line >= 1 for fault in found)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "missing_key"),
        (b"[place\n", "not_toml"),
        (b"\xff", "not_utf8"),
        (b"share = 3\nplace = 4\nagency = []\n", "not_a_list"),
        (b"a = " + b"[" * 5000, "too_deep"),
    ],
)
def test_files_that_are_no_pack(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "pack.toml"
    path.write_bytes(content)
    assert what in {fault.what for fault in check_place(path)}


def test_all_faults_at_once_and_in_order(tmp_path: Path, known: dict[str, Statement]) -> None:
    path = tmp_path / "pack.toml"
    text = TEXT.replace('nation = "england"', 'nation = "x"').replace("years = 3", "years = -3")
    path.write_text(text, encoding="utf-8")
    faults = check_place(path, known)
    assert [fault.what for fault in faults] == ["not_allowed", "out_of_range"]
    assert [fault.key for fault in faults] == ["place.nation", "retention.3.years"]
    assert faults == sorted(faults)


# --- rubbish ----------------------------------------------------------------------------------------

SCRAPS = [
    "", "0", "-1", "1e400", "nan", "true", '"', "'", '"""', "[", "]", "{", "}", "=", "#", "\n", "\\",
    "\u202e", "\x00", "{agency}", "@answer.no", "2027-02-30", "[[share]]\n", "[place]\n", "id = 1\n",
    "9" * 30, "é", "ا", "[[[[", "most = {}",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_mangled_packs(tmp_path: Path, known: dict[str, Statement], seed: int) -> None:
    """No crash: a list of faults with lines inside the file, or a sound place."""
    dice = random.Random(seed)
    path = tmp_path / "pack.toml"
    sound = 0
    for _ in range(25):
        lines = TEXT.splitlines(keepends=True)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(lines))
            how = dice.randrange(5)
            if how == 0:
                del lines[at]
            elif how == 1:
                lines.insert(at, lines[dice.randrange(len(lines))])
            elif how == 2:
                spot = dice.randrange(len(lines[at]))
                lines[at] = lines[at][:spot] + dice.choice(SCRAPS) + lines[at][spot:]
            elif how == 3 and "=" in lines[at]:
                value = dice.choice(["3", "true", '"x"', "[]", "{}", "[1]", "{ en = 3 }", "1.5"])
                lines[at] = f"{lines[at].split('=')[0]}= {value}\n"
            else:
                lines[at] = dice.choice(SCRAPS) + "\n"
        text = "".join(lines)
        path.write_text(text, encoding="utf-8")
        faults = check_place(path, known)
        assert all(isinstance(fault, Fault) for fault in faults)
        last = text.count("\n") + 1
        assert all(0 <= fault.line <= last for fault in faults)
        if faults:
            with pytest.raises(PlaceFaulty):
                read_place(path)
        else:
            sound += 1
            assert read_place(path).shares
    assert sound < 25
