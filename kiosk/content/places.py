"""Place packs: a TOML file that says who we are, whom we may tell, about what, and why.

`check_place` finds every fault with its line and what to write instead; `read_place` gives the
frozen `Place`, and nothing opens on a faulty pack. docs/PLACES.md describes each key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.content import place_rules
from kiosk.content.faults import Fault, first_lines
from kiosk.content.place_fields import Fields, Fillable
from kiosk.content.statements import read_statements
from kiosk.content.toml_lines import TomlFile, read_toml
from kiosk.domain.place import (
    Agency,
    AgencyKind,
    Category,
    Contact,
    Detail,
    Drafts,
    LawfulBasis,
    Nation,
    Outcome,
    Phrase,
    Place,
    RetentionRule,
    Share,
)
from kiosk.errors import PlaceFaulty

LEVELS = {"need": Detail.NEED, "summary": Detail.SUMMARY, "everything": Detail.EVERYTHING}
SECTIONS = (
    "place",
    "controller",
    "data_protection",
    "retention",
    "agency",
    "outcome",
    "category",
    "share",
)


def read_place(path: Path, statements: Mapping[str, Fillable] | None = None) -> Place:
    """The place of a pack without faults. Raises PlaceFaulty, which says how many there are.

    `statements` as for `check_place`; handing in the compiled ones saves reading all of easy_read.
    """
    place, faults = _read(path, statements)
    if place is None or faults:
        raise PlaceFaulty(file=path.name, faults=max(1, len(faults)))
    return place


def check_place(path: Path, statements: Mapping[str, Fillable] | None = None) -> list[Fault]:
    """Every fault of a pack, in the order of its lines. Never raises.

    `statements` are those that the pack may name; easy_read's when none are handed in.
    """
    return _read(path, statements)[1]


def _read(
    path: Path, statements: Mapping[str, Fillable] | None = None
) -> tuple[Place | None, list[Fault]]:
    file = read_toml(path)
    if file.faults:
        return None, list(file.faults)
    known = read_statements(lines=False).by_id if statements is None else statements
    reading = _Reading(file, known)
    place = reading.place()
    faults = reading.fields.faults
    if not faults:
        faults.extend(place_rules.broken(place, file))
    return place, first_lines(faults)


@dataclass(slots=True)
class _Reading:
    """One pass over a pack. Faults gather in `fields`; what is faulty gets a harmless stand-in."""

    file: TomlFile
    fields: Fields

    def __init__(self, file: TomlFile, statements: Mapping[str, Fillable]) -> None:
        self.file = file
        self.fields = Fields(file, statements)

    def place(self) -> Place:
        fields = self.fields
        top = fields.top(SECTIONS)
        about = fields.table(top, "place")
        languages = fields.languages(about)
        fields.spoken = languages
        outcomes = {outcome.id: outcome for outcome in self._outcomes(top)}
        categories = {category.id: category for category in self._categories(top)}
        agencies = {agency.id: agency for agency in self._agencies(top)}
        place = Place(
            id=fields.slug(about, "id"),
            name=fields.text(about, "name"),
            nation=fields.choice(about, "nation", Nation, Nation.ENGLAND),
            demo=fields.flag(about, "demo"),
            controller=self._contact(top, "controller"),
            data_protection=self._contact(top, "data_protection"),
            languages=languages,
            drafts=fields.choice(about, "drafts", Drafts, Drafts.OFF, default=Drafts.OFF),
            retention=self._retention(top),
            agencies=agencies,
            outcomes=outcomes,
            categories=categories,
            shares=self._shares(top, agencies, outcomes, categories),
            version=fields.text(about, "version"),
        )
        fields.done(about)
        return place

    def _contact(self, top: dict[str, object], section: str) -> Contact:
        fields = self.fields
        table = fields.table(top, section)
        contact = Contact(
            name=fields.text(table, "name"),
            phone=fields.phone(table, "phone"),
            post=fields.text(table, "post", default=""),
            email=fields.text(table, "email", default=""),
        )
        if not contact.phone and not contact.post:
            fields.fault(table, "no_contact", "", 'phone = "01632 960100"', key="phone")
        fields.done(table)
        return contact

    def _retention(self, top: dict[str, object]) -> tuple[RetentionRule, ...]:
        fields = self.fields
        rules = []
        for table in fields.tables(top, "retention"):
            rules.append(
                RetentionRule(
                    id=fields.new_id(table, "retention"),
                    label=fields.phrase(table, "label"),
                    years=fields.number(table, "years", 0, 100),
                    since=fields.phrase(table, "since"),
                    why=fields.phrase(table, "why"),
                )
            )
            fields.done(table)
        return tuple(rules)

    def _agencies(self, top: dict[str, object]) -> list[Agency]:
        fields = self.fields
        found = []
        for table in fields.tables(top, "agency"):
            found.append(
                Agency(
                    id=fields.new_id(table, "agency"),
                    name=fields.text(table, "name"),
                    kind=fields.choice(table, "kind", AgencyKind, AgencyKind.OTHER),
                    called=fields.phrase(table, "called"),
                    who=fields.phrase(table, "who"),
                    picture=fields.picture(table),
                    contact=fields.text(table, "contact"),
                )
            )
            fields.done(table)
        return found

    def _outcomes(self, top: dict[str, object]) -> list[Outcome]:
        fields = self.fields
        found = []
        for table in fields.tables(top, "outcome"):
            found.append(
                Outcome(
                    id=fields.new_id(table, "outcome"),
                    label=fields.phrase(table, "label"),
                    picture=fields.picture(table),
                )
            )
            fields.done(table)
        return found

    def _categories(self, top: dict[str, object]) -> list[Category]:
        fields = self.fields
        found = []
        for table in fields.tables(top, "category"):
            key = fields.new_id(table, "category")
            label = fields.phrase(table, "label")
            picture = fields.picture(table)
            special = fields.flag(table, "special")
            criminal = fields.flag(table, "criminal")
            levels = fields.table(table, "examples")
            examples: dict[Detail, Phrase] = {
                level: fields.phrase(levels, name) for name, level in LEVELS.items()
            }
            fields.done(levels)
            fields.done(table)
            found.append(Category(key, label, examples, picture, special, criminal))
        return found

    def _shares(
        self,
        top: dict[str, object],
        agencies: dict[str, Agency],
        outcomes: dict[str, Outcome],
        categories: dict[str, Category],
    ) -> tuple[Share, ...]:
        fields = self.fields
        found: list[Share] = []
        for table in fields.tables(top, "share"):
            agency = fields.one_of(table, "agency", agencies)
            outcome = fields.one_of(table, "outcome", outcomes)
            most = fields.table(table, "most")
            levels = {
                key: fields.level(most, key, LEVELS) for key in fields.known(most, categories)
            }
            fields.done(most, *levels)
            basis = fields.choice(table, "basis", LawfulBasis, LawfulBasis.CONSENT)
            phrases = {
                key: fields.phrase(table, key, parts=("agency",))
                for key in ("heading", "gets", "if_yes", "if_no")
            }
            conditions = fields.conditions(table)
            agreement = fields.text(table, "agreement")
            review = fields.day(table, "review")
            fields.done(table)
            if agency is None or outcome is None:
                continue
            if any(share.key == (agency.id, outcome.id) for share in found):
                fields.fault(table, "same_share", f"{agency.id}, {outcome.id}", key="agency")
                continue
            found.append(
                Share(
                    agency=agency,
                    outcome=outcome,
                    most=levels,
                    basis=basis,
                    conditions=conditions,
                    agreement=agreement,
                    review=review,
                    **phrases,
                )
            )
        return tuple(found)
