"""The notice: five pages that say how we use what a person tells us, in a short and a full form.

Which sentences stand on which page is data, in easy_read/notice.toml; their words are statements
like any other. UK GDPR Arts 13 and 14 say what must be there; each item is mapped in that file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.content.statements import EASY_READ
from kiosk.content.toml_lines import TomlFile, read_toml
from kiosk.errors import ContentFaulty
from kiosk.i18n import Duration, LeftToRight, Part, without_isolates

if TYPE_CHECKING:
    from kiosk.content.words import Words
    from kiosk.domain.place import Place

NOTICE_FILE = EASY_READ / "notice.toml"


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One page. All words are statement ids; each of `full` is one screen of up to four."""

    id: str
    heading: str
    picture: str
    short: tuple[str, ...]
    full: tuple[tuple[str, ...], ...]

    @property
    def statements(self) -> tuple[str, ...]:
        """Every statement of the page, in reading order."""
        return (self.heading, *self.short, *(s for part in self.full for s in part))


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole notice of one version."""

    version: str
    pages: tuple[NoticePage, ...]

    def content_hash(self, words: Words) -> str:
        """SHA-256, in hex, over what a person could read: version, language and every sentence.

        What the place pack fills in counts too, so that the consent record can say exactly what
        was shown. `words` must hold the place's parts (`place_parts`).
        """
        lines = [self.version, words.language.code]
        for page in self.pages:
            lines += [without_isolates(words.text(s)) for s in page.statements]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read_notice(path: Path = NOTICE_FILE) -> Notice:
    """Read the notice's pages. Raises ContentFaulty when the file is not as it must be."""
    file = read_toml(path, path.parent.parent)
    if file.faults:
        raise ContentFaulty(file=file.name, what=file.faults[0].what)
    version, pages = file.tree.get("version"), file.tree.get("page")
    if not isinstance(version, str) or not isinstance(pages, list) or not pages:
        raise ContentFaulty(file=file.name, what="no_pages")
    return Notice(version, tuple(_page(file, page) for page in pages))


def _page(file: TomlFile, page: object) -> NoticePage:
    if isinstance(page, dict):
        key, heading, picture = page.get("id"), page.get("heading"), page.get("picture")
        short, full = page.get("short"), page.get("full", [])
        if (
            isinstance(key, str)
            and isinstance(heading, str)
            and isinstance(picture, str)
            and _is_texts(short)
            and isinstance(full, list)
            and all(_is_texts(part) for part in full)
        ):
            parts = tuple(tuple(part) for part in full)
            return NoticePage(key, heading, picture, tuple(short or ()), parts)
    raise ContentFaulty(file=file.name, what="bad_page")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


# --- what the place pack says once ----------------------------------------------------------------

# Statute says "the Information Commission" since 30 September 2026 (SI 2026/1015); it goes by ICO.
ICO_SITE = LeftToRight("ico.org.uk")
ICO_PHONE = LeftToRight("0303 123 1113")


def place_parts(place: Place) -> dict[str, Part]:
    """What the statements may name of the place: {place} {phone} {post} {lead} {lead_phone} ..."""
    kept: dict[str, Part] = {
        f"keep_{rule.id.replace('-', '_')}": Duration(rule.years, "year")
        for rule in place.retention
    }
    return {
        **kept,
        "place": place.name,
        "phone": LeftToRight(place.controller.phone),
        "post": place.controller.post,
        "lead": place.data_protection.name,
        "lead_phone": LeftToRight(place.data_protection.phone),
        "lead_post": place.data_protection.post,
        "ico_site": ICO_SITE,
        "ico_phone": ICO_PHONE,
        "version": _day(place.version),
    }


def _day(version: str) -> Part:
    """A version that is a date is shown as one."""
    try:
        return date.fromisoformat(version)
    except ValueError:
        return LeftToRight(version)
