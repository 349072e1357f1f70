"""What is on the glass, pixel by pixel: as light, and as dark, as the tokens promise."""

from __future__ import annotations

import pytest
from PIL import Image

from kiosk.ui.routes import Step
from kiosk.ui.screen import in_order
from kiosk.ui.theme import Look
from kiosk.ui.widgets.words import Words
from tests.ui.at_hand import KioskAtHand
from tests.ui.walker import area, contrast, luminance


def pixels_of(picture: Image.Image) -> list[tuple[float, ...]]:
    """Red, green and blue of each pixel, 0 to 1."""
    data = picture.convert("RGB").tobytes()
    return [tuple(part / 255 for part in data[at : at + 3]) for at in range(0, len(data), 3)]


@pytest.mark.parametrize("look", Look)
def test_yes_and_no_are_as_light_as_each_other(seeing_hand: KioskAtHand, look: Look) -> None:
    """The pixels of both boxes: neither draws the eye (luminance within 0.05)."""
    hand = seeing_hand
    hand.session.dress_in(look=look)
    hand.session.go(Step("question", key=hand.parts.place.asked[0].key))
    hand.wait()
    picture = hand.pixels().convert("RGB")
    light = {}
    for name in ("answer.yes", "answer.no"):
        place = area(hand.find(name))
        box = picture.crop(
            (int(place.left), int(800 - place.top), int(place.right), int(800 - place.bottom))
        )
        small = pixels_of(box.resize((64, 64)))
        light[name] = sum(map(luminance, small)) / len(small)
    assert abs(light["answer.yes"] - light["answer.no"]) < 0.05, light


@pytest.mark.parametrize("look", Look)
def test_pixels_have_the_contrast_that_the_tokens_promise(
    seeing_hand: KioskAtHand, look: Look
) -> None:
    """Darkest against lightest pixel of a heading: what is drawn, not what was meant."""
    hand = seeing_hand
    hand.session.dress_in(look=look)
    hand.session.go(Step("notice"))
    hand.wait()
    heading = next(w for w in in_order(hand.screen) if isinstance(w, Words))
    place = area(heading)
    box = hand.pixels().crop(
        (int(place.left), int(800 - place.top), int(place.right), int(800 - place.bottom))
    )
    shades = sorted(pixels_of(box), key=luminance)
    least = {Look.DEFAULT: 10, Look.LOW_CONTRAST: 7}.get(look, 20)
    assert contrast(shades[0], shades[-1]) >= least
