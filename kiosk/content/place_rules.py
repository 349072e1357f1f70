"""What the law asks of a place pack as a whole, once each of its keys is sound by itself.

Sources: UK GDPR Arts 6, 9, 10 and 13; DPA 2018 Sch 1; docs/PLACES.md explains each rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.faults import Fault
from kiosk.content.toml_lines import TomlFile
from kiosk.domain.place import LawfulBasis, Place, Share

RULES_THE_NOTICE_NAMES = ("notes", "choices", "requests")
EXPLICIT_CONSENT = "9(2)(a)"
CONSENT_FOR_CRIMINAL = "DPA Sch 1 para 29"


def broken(place: Place, file: TomlFile) -> Iterator[Fault]:
    """Every rule that the pack breaks."""
    kept = {rule.id for rule in place.retention}
    for rule in RULES_THE_NOTICE_NAMES:
        if rule not in kept:
            yield _fault(file, "no_retention", rule, f'id = "{rule}"', "retention")
    if not place.asked:
        yield _fault(file, "nothing_asked", "", 'basis = "consent"', "share")
    used = {share.agency.id for share in place.shares}
    for index, agency in enumerate(place.agencies):
        if agency not in used:
            yield _fault(file, "never_used", agency, f'agency = "{agency}"', "agency", index, "id")
    for index, share in enumerate(place.shares):
        yield from _broken_by(share, place, file, index)


def _broken_by(share: Share, place: Place, file: TomlFile, index: int) -> Iterator[Fault]:
    def fault(what: str, text: str, instead: str, key: str) -> Fault:
        return _fault(file, what, text, instead, "share", index, key)

    consent = share.basis is LawfulBasis.CONSENT
    if share.agency.kind.enforces and not consent:
        # Told, it would be routine. A court order is answered outside the kiosk, each by itself.
        yield fault("enforcement_not_asked", share.agency.id, 'basis = "consent"', "basis")
    special = [key for key in share.most if place.categories[key].special]
    criminal = [key for key in share.most if place.categories[key].criminal]
    article_9 = [condition for condition in share.conditions if condition.startswith("9(2)")]
    schedule_1 = [condition for condition in share.conditions if condition.startswith("DPA Sch 1")]
    if special and consent and EXPLICIT_CONSENT not in share.conditions:
        yield fault("no_condition", special[0], f'"{EXPLICIT_CONSENT}"', "conditions")
    if special and not consent and (not article_9 or EXPLICIT_CONSENT in article_9):
        yield fault("no_condition", special[0], '"9(2)(g)", "DPA Sch 1 para 18"', "conditions")
    if special and "9(2)(g)" in share.conditions and not schedule_1:
        yield fault("no_condition", "9(2)(g)", '"DPA Sch 1 para 18"', "conditions")
    if criminal and consent and CONSENT_FOR_CRIMINAL not in share.conditions:
        yield fault("no_condition", criminal[0], f'"{CONSENT_FOR_CRIMINAL}"', "conditions")
    if criminal and not consent and not schedule_1:
        yield fault("no_condition", criminal[0], '"DPA Sch 1 para 6"', "conditions")
    if not share.agreement:
        yield fault("empty", "agreement", 'agreement = "..."', "agreement")


def _fault(file: TomlFile, what: str, text: str, instead: str, *path: str | int) -> Fault:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return Fault(file.name, file.line(*path), what, where, text, instead)
