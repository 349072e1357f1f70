"""The slip: 576 dots, two colours, nobody named, its code on whole dots."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from kiosk.i18n import LanguageState
from kiosk.printing.qr import CLEAR, qr_matrix
from kiosk.printing.slip import slip_pdf, slip_png
from tests.printing.conftest import (
    PHONE,
    PLACE,
    TOKEN,
    OnePicture,
    PaperWords,
    Thing,
    a_receipt,
    words_in,
)

MODULE = 8


def picture_of(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.mode == "1"
        return picture.convert("L")


def codes_in(picture: Image.Image) -> list[zxingcpp.Barcode]:
    qr = zxingcpp.barcode_formats_from_str("QRCode")
    return list(zxingcpp.read_barcodes(picture, formats=qr))


@pytest.mark.parametrize("code", ["en", "ar"])
def test_576_dots_in_two_colours_and_the_code_reads_back(code: str, pictures: OnePicture) -> None:
    picture = picture_of(slip_png(a_receipt(), words_in(code), pictures))
    assert picture.width == 576
    assert 1200 < picture.height < 2200
    (found,) = codes_in(picture)
    assert found.text == TOKEN
    assert found.orientation == 0


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_module_is_whole_dots_and_the_border_is_clear(
    code: str, pictures: OnePicture
) -> None:
    picture = picture_of(slip_png(a_receipt(), words_in(code), pictures))
    (found,) = codes_in(picture)
    left, top = found.position.top_left.x, found.position.top_left.y
    rows = qr_matrix(TOKEN)
    side = len(rows) * MODULE
    assert abs(left - (576 - side) / 2) <= 1
    left = (576 - side) // 2
    top = next(y for y in range(top - 3, top + 4) if picture.getpixel((left + 2, y)) == 0)
    for y, row in enumerate(rows):
        for x, black in enumerate(row):
            corners = ((0, 0), (MODULE - 1, 0), (0, MODULE - 1), (MODULE - 1, MODULE - 1))
            for dx, dy in corners:
                dot = picture.getpixel((left + x * MODULE + dx, top + y * MODULE + dy))
                assert (dot == 0) is black
    clear = CLEAR * MODULE
    around = picture.crop((left - clear, top - clear, left + side + clear, top + side + clear))
    around.paste(255, (clear, clear, clear + side, clear + side))
    assert around.getextrema() == (255, 255)


def test_it_names_nobody_and_no_agency(paper_words: PaperWords, pictures: OnePicture) -> None:
    pdf = slip_pdf(replace(a_receipt(), with_choices=True), paper_words, pictures)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        width, _height = document[0].get_size()
        said = document[0].get_textpage().get_text_range()
        (found,) = codes_in(document[0].render(scale=3, grayscale=True).to_pil())
    assert width == pytest.approx(80 / 25.4 * 72, abs=0.1)
    assert found.text == TOKEN
    for hidden in (PLACE, PHONE, "Surgery", "council", "shelter", "Yes", "trust", "Trust"):
        assert hidden not in said
    for shown in ("Keep this paper", "23 November 2026", "boat", "Lost it? Come and ask."):
        assert shown in " ".join(said.split())


def test_a_demo_and_a_draft_say_so(pictures: OnePicture) -> None:
    words = words_in("pl", LanguageState.DRAFT)
    long = picture_of(slip_png(replace(a_receipt(), demo=True), words, pictures))
    assert {"paper.demo", "paper.draft"} <= set(words.asked)
    plain = words_in("pl")
    short = picture_of(slip_png(a_receipt(), plain, pictures))
    assert not {"paper.demo", "paper.draft"} & set(plain.asked)
    assert long.height > short.height


def test_long_words_and_a_missing_picture_still_print(
    paper_words: PaperWords, pictures: OnePicture
) -> None:
    one, two, three, four = (
        Thing(name) for name in ("caterpillars", "missing", "screwdriver", "fish")
    )
    picture = picture_of(
        slip_png(replace(a_receipt(), code=(one, two, three, four)), paper_words, pictures)
    )
    assert [found.text for found in codes_in(picture)] == [TOKEN]
    margins = [
        picture.crop((0, 0, 24, picture.height)),
        picture.crop((552, 0, 576, picture.height)),
    ]
    assert all(margin.getextrema() == (255, 255) for margin in margins)


def test_the_same_receipt_is_the_same_slip(paper_words: PaperWords, pictures: OnePicture) -> None:
    assert slip_png(a_receipt(), paper_words, pictures) == slip_png(
        a_receipt(), paper_words, pictures
    )
