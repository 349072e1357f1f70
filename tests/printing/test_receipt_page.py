"""The folded page: what stands outside, what inside, for whom, in which direction."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from itertools import combinations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from kiosk.i18n import LanguageState
from kiosk.printing.line_art import outlines, outlines_png
from kiosk.printing.printable import PrintableReceipt, PrintedChoice
from kiosk.printing.receipt_page import FOLD, HEIGHT, WIDTH, receipt_pdf
from tests.printing.conftest import (
    CHOICES,
    PHONE,
    PLACE,
    TOKEN,
    OnePicture,
    PaperWords,
    Thing,
    a_receipt,
    words_in,
)

ALL = replace(a_receipt(), with_choices=True)
AGENCIES = [choice.called for choice in CHOICES]


@dataclass(frozen=True)
class Letter:
    sign: str
    x: float  # points from the left, and y from the top
    y: float
    size: float
    embedded: bool


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with pypdfium2.PdfDocument(pdf) as document:
        yield document


def letters(pdf: bytes, number: int = 0) -> list[Letter]:
    found = []
    with opened(pdf) as document:
        text = document[number].get_textpage()
        for index in range(text.count_chars()):
            sign = text.get_text_range(index, 1)
            if not sign.strip() or pdfium.FPDFText_IsGenerated(text.raw, index) == 1:
                continue
            left, bottom, right, top = text.get_charbox(index)
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text.raw, index, matrix)
            size = pdfium.FPDFText_GetFontSize(text.raw, index) * math.hypot(matrix.c, matrix.d)
            shape = pdfium.FPDFText_GetTextObject(text.raw, index)
            font = pdfium.FPDFTextObj_GetFont(shape)
            embedded = pdfium.FPDFFont_GetIsEmbedded(font) == 1
            found.append(
                Letter(sign, (left + right) / 2, HEIGHT - (top + bottom) / 2, size, embedded)
            )
    return found


def text_of(pdf: bytes, top: float = 0, bottom: float = HEIGHT, number: int = 0) -> str:
    """The text of a band of one page, its heights from the top."""
    with opened(pdf) as document:
        text = document[number].get_textpage()
        return text.get_text_bounded(0, HEIGHT - bottom, WIDTH, HEIGHT - top)


def picture_of(pdf: bytes, scale: float = 3) -> Image.Image:
    with opened(pdf) as document:
        return document[0].render(scale=scale, grayscale=True).to_pil()


def codes_in(picture: Image.Image) -> list[str]:
    qr = zxingcpp.barcode_formats_from_str("QRCode")
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=qr)]


# --- outside and inside ------------------------------------------------------------------------


def test_outside_says_only_what_anyone_may_read(
    paper_words: PaperWords, pictures: OnePicture
) -> None:
    outside = text_of(receipt_pdf(ALL, paper_words, pictures), 0, FOLD - 12)
    assert " ".join(outside.split()) == (
        "Keep this paper Monday 23 November 2026 boat apple drum fish Your PIN is not on it."
    )


def test_inside_is_what_was_chosen_rights_and_who_keeps_it(
    paper_words: PaperWords, pictures: OnePicture
) -> None:
    inside = text_of(receipt_pdf(ALL, paper_words, pictures), FOLD + 12)
    for said in (
        *AGENCIES, "What you chose", "Ask me first", "A short summary", "23 May 2027", "Nothing",
        "Change your mind", "See it or delete it", "Complain outside", "ico.org.uk",
        "0303 123 1113", f"{PLACE} keeps this. Phone {PHONE}.", "Pictures: OpenMoji",
    ):  # fmt: skip
        assert said in inside
    assert "CC BY-SA 4.0" in inside.replace("\u2060", "").replace("\u00a0", " ")


def test_choices_stay_off_unless_the_person_wants_them(
    paper_words: PaperWords, pictures: OnePicture
) -> None:
    pdf = receipt_pdf(a_receipt(), paper_words, pictures)
    whole = text_of(pdf)
    for hidden in (*AGENCIES, "What you chose", "Yes", "Ask me first", "23 May 2027"):
        assert hidden not in whole
    assert "Change your mind" in whole
    assert b"Surgery" not in pdf


def test_nothing_that_is_printed_can_hold_a_pin() -> None:
    assert not any("pin" in field.name.lower() for field in fields(PrintableReceipt))


@pytest.mark.parametrize(("code", "said"), [("en", "This is a demo."), ("ar", "تجريبي")])
def test_a_demo_says_so_outside(code: str, said: str, pictures: OnePicture) -> None:
    words = words_in(code)
    demo = letters_text(receipt_pdf(replace(ALL, demo=True), words, pictures), FOLD)
    real = letters_text(receipt_pdf(ALL, words, pictures), FOLD)
    wanted = sorted(said.replace(" ", ""))
    assert len(demo) > len(real)
    assert set(wanted) <= set(demo)
    assert "paper.demo" in words.asked


def letters_text(pdf: bytes, above: float) -> str:
    return "".join(letter.sign for letter in letters(pdf) if letter.y < above)


def test_a_draft_language_says_so_outside(pictures: OnePicture) -> None:
    draft, reviewed = words_in("pl", LanguageState.DRAFT), words_in("pl")
    assert "No one has checked" in text_of(receipt_pdf(ALL, draft, pictures), 0, FOLD)
    assert "No one has checked" not in text_of(receipt_pdf(ALL, reviewed, pictures))


# --- the code ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_qr_code_reads_back(code: str, pictures: OnePicture) -> None:
    assert codes_in(picture_of(receipt_pdf(ALL, words_in(code), pictures))) == [TOKEN]


@pytest.mark.parametrize("turn", [0, 90, 180, 7])
def test_it_reads_from_a_poor_photo(
    turn: int, paper_words: PaperWords, pictures: OnePicture
) -> None:
    page = picture_of(receipt_pdf(ALL, paper_words, pictures), 2.2)
    photo = page.rotate(turn, expand=True, fillcolor=230).filter(ImageFilter.GaussianBlur(1.2))
    assert codes_in(photo.point([60 + grey * 140 // 255 for grey in range(256)])) == [TOKEN]


# --- type --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "ar"])
def test_all_type_is_14_points_or_more_and_its_fonts_are_inside(
    code: str, pictures: OnePicture
) -> None:
    found = letters(receipt_pdf(replace(ALL, demo=True), words_in(code), pictures))
    assert len(found) > 300
    assert min(letter.size for letter in found) >= 14
    assert all(letter.embedded for letter in found)


def test_phone_numbers_run_left_to_right_in_arabic(pictures: OnePicture) -> None:
    found = letters(receipt_pdf(ALL, words_in("ar"), pictures))
    rows: dict[int, list[Letter]] = {}
    for letter in found:
        if letter.sign.isdigit():
            rows.setdefault(round(letter.y / 4), []).append(letter)
    lines = [
        "".join(digit.sign for digit in sorted(row, key=lambda digit: digit.x))
        for row in rows.values()
    ]
    assert any(PHONE.replace(" ", "") in line for line in lines)
    assert any("03031231113" in line for line in lines)


def test_arabic_is_mirrored_and_the_code_is_not(pictures: OnePicture) -> None:
    english = receipt_pdf(ALL, words_in("en"), pictures)
    arabic = receipt_pdf(ALL, words_in("ar"), pictures)
    scale = 2

    def code_of(pdf: bytes, left: float) -> bytes:
        """The 57.7 mm square of the code, from its left edge."""
        side = round(163.56 * scale)
        page = picture_of(pdf, scale)
        top = round((FOLD - 163.56) / 2 * scale)
        return page.crop(
            (round(left * scale), top, round(left * scale) + side, top + side)
        ).tobytes()

    at_left = code_of(english, 47.06)
    at_right = code_of(arabic, WIDTH - 47.06 - 163.56)
    different = sum(abs(one - other) > 128 for one, other in zip(at_left, at_right, strict=True))
    assert different < 0.06 * len(at_left)  # half a dot's shift at edges; mirrored: about half
    heading = [letter for letter in letters(arabic) if letter.y < FOLD and letter.size > 20]
    assert max(letter.x for letter in heading) < WIDTH - 47 - 163


def test_the_same_receipt_is_the_same_file(paper_words: PaperWords, pictures: OnePicture) -> None:
    first, second = (receipt_pdf(ALL, paper_words, pictures) for _ in range(2))
    assert first == second
    with opened(first) as document:
        about = document.get_metadata_dict(skip_empty=True)
    assert set(about) <= {"Producer", "CreationDate"}
    assert about["CreationDate"].startswith(("20261123000000", "D:20261123000000"))


# --- what does not fit -------------------------------------------------------------------------


def test_long_words_are_set_by_twos_and_stay_whole(
    paper_words: PaperWords, pictures: OnePicture
) -> None:
    one, two, three, four = (
        Thing(name) for name in ("boat", "caterpillar", "missing", "screwdriver")
    )
    pdf = receipt_pdf(replace(ALL, code=(one, two, three, four)), paper_words, pictures)
    outside = text_of(pdf, 0, FOLD - 12)
    for word in ("boat", "caterpillar", "missing", "screwdriver"):
        assert word in outside


def test_many_choices_take_more_pages_and_none_is_lost(
    paper_words: PaperWords, pictures: OnePicture
) -> None:
    many = tuple(
        PrintedChoice(
            f"Agency number {number}", "Yes", "Health: a short summary. " * 3, "23 May 2027"
        )
        for number in range(40)
    )
    pdf = receipt_pdf(replace(ALL, choices=many), paper_words, pictures)
    with opened(pdf) as document:
        count = len(document)
    assert count > 2
    pages = [text_of(pdf, number=number) for number in range(count)]
    together = " ".join(" ".join(pages).split())
    for number in range(40):
        assert together.count(f"Agency number {number} ") == 1
    assert all("Who" in page for page in pages)  # the columns are named again
    assert PLACE in pages[-1]
    for number in range(count):
        found = letters(pdf, number)
        assert max(letter.y for letter in found) < HEIGHT - 28
        assert all(28 < letter.x < WIDTH - 28 for letter in found)


def test_no_line_of_text_lies_on_another(paper_words: PaperWords, pictures: OnePicture) -> None:
    long_words = tuple(Thing(name) for name in ("caterpillar", "boat", "screwdriver", "fish"))
    for receipt in (replace(ALL, demo=True), replace(ALL, demo=True, code=long_words)):
        found = letters(receipt_pdf(receipt, paper_words, pictures))
        for one, other in combinations([letter for letter in found if letter.sign.isalnum()], 2):
            assert not (abs(one.x - other.x) < 3 and 3 < abs(one.y - other.y) < 9), (one, other)
    draft = receipt_pdf(replace(ALL, demo=True), words_in("ar", LanguageState.DRAFT), pictures)
    assert max(letter.y for letter in letters(draft)) < HEIGHT - 28


# --- pictures ----------------------------------------------------------------------------------


def test_pictures_are_black_outlines_on_white(pictures: OnePicture) -> None:
    svg = outlines(pictures.svg("word.boat", "word"))
    assert 'fill="#fff" stroke="#000"' in svg
    assert 'r="6" fill="#000"' in svg
    assert 'fill="none"' in outlines('<svg><path fill="none" stroke="#D8805E"/></svg>')
    assert (
        outlines('<g style="fill:#D8805E;stroke:#26152F">') == '<g style="fill:#fff;stroke:#000">'
    )
    with Image.open(io.BytesIO(outlines_png(pictures.svg("word.boat", "word"), 400))) as drawn:
        assert drawn.mode == "L"
        assert abs(drawn.width - 400) <= 1
        assert drawn.getpixel((5, 5)) == 255
        assert drawn.getpixel((200, 208)) == 0
        assert drawn.getpixel((120, 200)) == 255
