"""The QR code itself, and reading a receipt back from whatever it comes as."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from kiosk.domain import receipt
from kiosk.errors import ContentFaulty, FileUnreadable, NotAReceipt
from kiosk.printing.qr import qr_matrix, qr_png
from kiosk.printing.read_receipt import read_receipt, token_in
from kiosk.printing.receipt_page import receipt_pdf
from kiosk.printing.slip import slip_pdf, slip_png
from tests.printing.conftest import TOKEN, OnePicture, PaperWords, a_receipt


def test_the_code_is_version_8_or_less_at_level_m() -> None:
    rows = qr_matrix(TOKEN)
    assert len(rows) <= 17 + 4 * 8
    assert all(len(row) == len(rows) for row in rows)
    # ISO/IEC 18004: the format bits beside the top left finder; 00 is level M (masked by 10101).
    first_two = (rows[8][0], rows[8][1])
    assert (first_two[0] ^ True, first_two[1] ^ False) == (False, False)


def test_a_token_that_is_too_long_is_refused() -> None:
    with pytest.raises(ContentFaulty):
        qr_matrix("YS1:" + "A" * 300)
    with pytest.raises(ContentFaulty):
        qr_matrix("YS1:" + "A" * 5000)


def test_the_png_has_four_clear_modules() -> None:
    with Image.open(io.BytesIO(qr_png(TOKEN, module=3))) as picture:
        side = 3 * (len(qr_matrix(TOKEN)) + 8)
        assert picture.size == (side, side)
        grey = picture.convert("L")
    assert grey.crop((0, 0, side, 12)).getextrema() == (255, 255)
    assert grey.crop((0, 0, 12, side)).getextrema() == (255, 255)
    assert grey.getpixel((12, 12)) == 0
    assert token_in(grey) == TOKEN


def test_each_form_of_a_receipt_is_read(
    tmp_path: Path, paper_words: PaperWords, pictures: OnePicture
) -> None:
    page = receipt_pdf(a_receipt(), paper_words, pictures)
    slip = slip_png(a_receipt(), paper_words, pictures)
    photo = io.BytesIO()
    with Image.open(io.BytesIO(slip)) as picture:
        picture.convert("RGB").rotate(5, expand=True, fillcolor="grey").save(
            photo, "JPEG", quality=60
        )
    forms = {
        "page.pdf": page,
        "slip.pdf": slip_pdf(a_receipt(), paper_words, pictures),
        "slip.png": slip,
        "photo.jpg": photo.getvalue(),
        "screen.png": qr_png(TOKEN),
        "token.txt": f" {TOKEN}\n".encode(),
        "no-ending": page,
    }
    for name, content in forms.items():
        file = tmp_path / name
        file.write_bytes(content)
        token = read_receipt(file)
        assert token == TOKEN, name
        assert receipt.read(token).receipt_id == bytes(range(16))


def test_ours_is_taken_where_other_codes_stand_beside_it() -> None:
    both = Image.new("L", (1000, 500), 255)
    for text, left in (("https://example.org/", 0), (TOKEN, 500)):
        with Image.open(io.BytesIO(qr_png(text, module=6))) as code:
            both.paste(code.convert("L"), (left, 20))
    assert token_in(both) == TOKEN
    assert token_in(both.crop((0, 0, 480, 500))) == "https://example.org/"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.pdf", b"%PDF-1.5 and no more"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("noise.jpg", bytes(range(256)) * 20),
        ("folder", None),
        ("absent.png", None),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, name: str, content: bytes | None) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    elif name == "folder":
        file.mkdir()
    with pytest.raises(FileUnreadable) as raised:
        read_receipt(file)
    assert raised.value.facts == {"file": name}


def test_a_huge_picture_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "huge.png"
    Image.new("1", (12_000, 12_000)).save(file)
    with pytest.raises(FileUnreadable):
        read_receipt(file)


@pytest.mark.parametrize("blank", ["blank.png", "blank.pdf", "blank.txt"])
def test_no_code_at_all_is_no_receipt(tmp_path: Path, blank: str) -> None:
    file = tmp_path / blank
    if blank.endswith("txt"):
        file.write_bytes(b" \n")
    else:
        Image.new("RGB", (300, 300), "white").save(file)
    with pytest.raises(NotAReceipt):
        read_receipt(file)
