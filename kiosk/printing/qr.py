"""The receipt's QR code: the token and nothing else."""

from __future__ import annotations

import io

from PIL import Image

from kiosk.errors import ContentFaulty

LARGEST_VERSION = 8  # 49 modules a side: read by any phone from 30 mm on paper
CLEAR = 4  # modules that stay white around the code (ISO/IEC 18004, 6.3.8)


def qr_matrix(token: str) -> list[list[bool]]:
    """The code's modules without the clear border, True for black; rows from the top.

    Error correction M: the code survives 15 % of it being lost to creases. Raises ContentFaulty
    for a token that needs more than version 8.
    """
    import qrcode  # late: the first screen does not wait for it
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(token)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as fault:
        raise ContentFaulty(file="receipt", what="qr_too_large") from fault
    if code.version is None or code.version > LARGEST_VERSION:
        raise ContentFaulty(file="receipt", what="qr_too_large")
    return [[bool(module) for module in row] for row in code.get_matrix()]


def qr_png(token: str, module: int = 8) -> bytes:
    """The code as a black and white PNG with its clear border, `module` px a module.

    Raises ContentFaulty.
    """
    rows = qr_matrix(token)
    side = len(rows) + 2 * CLEAR
    picture = Image.new("1", (side, side), 1)
    for y, row in enumerate(rows):
        for x, black in enumerate(row):
            if black:
                picture.putpixel((x + CLEAR, y + CLEAR), 0)
    large = picture.resize((side * module, side * module), Image.Resampling.NEAREST)
    out = io.BytesIO()
    large.save(out, "PNG")
    return out.getvalue()
