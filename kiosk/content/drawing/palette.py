"""The house colours of pictures, and how OpenMoji's own colours are changed to them.

Measured WCAG contrast of `INK` (every outline) is 13.3 or more on each wall and 9.2 on wood.
"""

from __future__ import annotations

from kiosk.errors import ContentFaulty

INK = "#26152F"

WALLS = {
    "heather": "#E9E0EE",
    "sand": "#F3E7D6",
    "sky": "#DDE8EE",
    "sage": "#E6EAD8",
    "clay": "#F4DFD4",
    "white": "#FFFFFF",
}

GROUNDS = {
    "table": "#D9B98C",
    "floor": "#E2CDB0",
    "grass": "#CDD3BC",
}

COLOURS = {
    "ink": INK,
    "white": "#FFFFFF",
    "none": "none",
    "wood": "#D9B98C",
    "floor": "#E2CDB0",
    "plum": "#7F6498",
    "deep-plum": "#6B5282",
    "heather": "#B7A2C7",
    "slate": "#6E9ABA",
    "sky": "#A9C4D6",
    "pane": "#CFE0EA",
    "navy": "#3B5784",
    "clay": "#D8805E",
    "rust": "#B4583C",
    "sage": "#7D9764",
    "pale": "#B9C48F",
    "forest": "#47694F",
    "gold": "#E0A43A",
    "honey": "#F3CD6B",
    "stone": "#AAA099",
    "cream": "#E6DED5",
    "charcoal": "#4C4152",
    "brown": "#8A6A46",
    "bark": "#6A462F",
    "grey-hair": "#B9B0AC",
    "grey-hair-shade": "#8F8690",
    "skin-1": "#FADCBC",
    "skin-2": "#E0BB95",
    "skin-3": "#C19A65",
    "skin-4": "#A57939",
    "skin-5": "#6A462F",
}

# OpenMoji 17 colour -> ours. Skin tones are not in this table: they stay as they are.
OPENMOJI = {
    "#000000": INK,
    "#92D3F5": "#A9C4D6",
    "#61B2E4": "#6E9ABA",
    "#1E50A0": "#3B5784",
    "#EA5A47": "#D8805E",
    "#D22F27": "#B4583C",
    "#781E32": "#6B2B3A",
    "#B1CC33": "#B9C48F",
    "#5C9E31": "#7D9764",
    "#186648": "#47694F",
    "#FCEA2B": "#F3CD6B",
    "#F1B31C": "#E0A43A",
    "#F4AA41": "#E0A43A",
    "#E27022": "#C76E3A",
    "#FFA7C0": "#E9B8B0",
    "#E67A94": "#CC8A88",
    "#B399C8": "#B7A2C7",
    "#8967AA": "#7F6498",
    "#D0CFCE": "#E6DED5",
    "#9B9B9A": "#AAA099",
    "#3F3F3F": "#4C4152",
}

# What OpenMoji paints the clothes of a plain person with.
OPENMOJI_SHIRT = "#92D3F5"


def long_hex(colour: str) -> str:
    """`#abc` or `#aabbcc` as `#AABBCC`, so that colours can be looked up."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return "#" + digits.upper()


def colour(name: str) -> str:
    """The hex of a colour name of ours, or `#RRGGBB` itself.

    Raises ContentFaulty for a name that we do not have.
    """
    if name.startswith("#"):
        return long_hex(name)
    if name not in COLOURS:
        raise ContentFaulty(file="pictures.toml", what=f"colour {name}")
    return COLOURS[name]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1.0 to 21.0, of two `#RRGGBB` colours."""

    def luminance(hex_colour: str) -> float:
        channels = [int(long_hex(hex_colour)[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
