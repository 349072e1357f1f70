"""The token back from a receipt: a photo or a scan, the PDF, or the text itself.

Reading says nothing about whether a receipt is genuine: `domain.receipt` and the services do.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.errors import FileUnreadable, NotAReceipt

if TYPE_CHECKING:
    from PIL.Image import Image

PREFIX = "YS1:"  # of our tokens (domain.receipt)
LARGEST_FILE = 50_000_000  # bytes: a scanned page is well below
LARGEST_PICTURE = 70_000_000  # pixels: A4 at 800 dots per inch is 62 million
MOST_PAGES = 10
DOTS_PER_POINT = 3  # 216 an inch: 11 dots to a module of our page's code, 7 to one of a slip's


def read_receipt(file: Path) -> str:
    """The token in a PNG, JPEG, PDF or text file.

    Raises FileUnreadable (file) for what is none of these or is too large, NotAReceipt for what
    can be read and holds no code at all. A code of something else is given as it is.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise FileUnreadable(file=file.name)
        content = file.read_bytes()
    except OSError as fault:
        raise FileUnreadable(file=file.name) from fault
    if content.startswith(b"%PDF-"):
        token = _in_pdf(content, file.name)
    else:
        try:
            token = content.decode("ascii").strip()
        except UnicodeDecodeError:
            token = _in_picture(content, file.name)
    if not token:
        raise NotAReceipt
    return token


def token_in(picture: Image | Any) -> str:
    """The text of a QR code in a Pillow image or an array of grey pixels (a camera's frame).

    One of our tokens before any other code in it; "" when there is no code.
    """
    import zxingcpp

    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    texts = [code.text for code in codes]
    return next((text for text in texts if text.startswith(PREFIX)), texts[0] if texts else "")


def _in_picture(content: bytes, name: str) -> str:
    from PIL import Image, UnidentifiedImageError

    too_large = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        with picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise FileUnreadable(file=name)
            return token_in(picture.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, *too_large) as fault:
        raise FileUnreadable(file=name) from fault


def _in_pdf(content: bytes, name: str) -> str:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            for number in range(min(len(document), MOST_PAGES)):
                token = _on_page(document[number], name)
                if token:
                    return token
    except pypdfium2.PdfiumError as fault:
        raise FileUnreadable(file=name) from fault
    return ""


def _on_page(page: Any, name: str) -> str:
    width, height = page.get_size()
    if width * height * DOTS_PER_POINT**2 > LARGEST_PICTURE:
        raise FileUnreadable(file=name)
    return token_in(page.render(scale=DOTS_PER_POINT, grayscale=True).to_pil())
