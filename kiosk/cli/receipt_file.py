"""The token of a receipt, from what the operator gave: the text itself, a picture, a PDF, a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import FileUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image

ENDINGS = (".png", ".pdf", ".txt", ".jpg", ".jpeg")
LARGEST_FILE = 50_000_000  # bytes: a scanned page is well below
LARGEST_PICTURE = 60_000_000  # pixels: A4 at 800 dots per inch is 62 million
MOST_PAGES = 10
DOTS_PER_POINT = 3  # 216 per inch: six dots to a module of our 28 mm symbol


def token_of(given: str) -> str:
    """The token's text; "" when a file can be read and holds none.

    What is no file is the token itself, unless it is plainly the name of a file that is not there.
    Raises FileUnreadable.
    """
    if given == "-":
        return sys.stdin.readline().strip()
    path = Path(given)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False  # too long for a name, or signs that no name has: a token
    if is_file:
        return _from_file(path)
    if len(given) < 100 and (given.lower().endswith(ENDINGS) or "/" in given[:1] or not given):
        raise FileUnreadable(file=given)
    return given.strip()


def _from_file(path: Path) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise FileUnreadable(file=str(path))
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        return _from_pdf(content, str(path))
    try:
        text = content.decode("ascii").strip()
    except UnicodeDecodeError:
        return _from_picture(content, str(path))
    return text


def _from_picture(content: bytes, name: str) -> str:
    import io

    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise FileUnreadable(file=name)
            return _read(picture.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise FileUnreadable(file=name) from error


def _from_pdf(content: bytes, name: str) -> str:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise FileUnreadable(file=name) from error
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            width, height = page.get_size()
            if width * height * DOTS_PER_POINT**2 > LARGEST_PICTURE:
                raise FileUnreadable(file=name)
            found = _read(page.render(scale=DOTS_PER_POINT, grayscale=True).to_pil())
            if found:
                return found
    except pypdfium2.PdfiumError as error:
        raise FileUnreadable(file=name) from error
    finally:
        document.close()
    return ""


def _read(picture: Image) -> str:
    """The first QR code's text, ours before any other on the page; "" when there is none."""
    import zxingcpp

    qr = zxingcpp.barcode_formats_from_str("QRCode")
    texts = [found.text for found in zxingcpp.read_barcodes(picture, formats=qr)]
    return next((text for text in texts if text.startswith("YS1:")), texts[0] if texts else "")
