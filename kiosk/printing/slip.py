"""The receipt as a slip of 80 mm thermal paper: shared look/15a. It names nobody and no agency.

The print head is 576 dots wide, 8 to a millimetre; lengths here are those dots until they are put
on a sheet, which counts in points.
"""

from __future__ import annotations

from datetime import datetime, time

from kiosk.i18n import format_date
from kiosk.printing.pieces import Pieces
from kiosk.printing.printable import PicturesOfPaper, PrintableReceipt, WordsOfPaper
from kiosk.printing.qr import CLEAR, qr_matrix
from kiosk.typeset.page import Dots, PdfSheets, Sheet, mm
from kiosk.typeset.paragraph import Paragraph

WIDTH_DOTS = 576
_DOT = mm(1) / 8  # points
_ROLL = mm(80)
_MARGIN, _GAP = 32, 16
_FULL = WIDTH_DOTS - 2 * _MARGIN
_HEADING, _BODY, _WORD = 56, 40, 44
_LARGEST_MODULE = 8  # dots
_BEFORE_CUT = 40


def slip_png(printable: PrintableReceipt, words: WordsOfPaper, pictures: PicturesOfPaper) -> bytes:
    """The slip as a black and white PNG of 576 dots across, as long as it needs to be.

    Raises ContentFaulty.
    """
    pieces = Pieces(printable, words, pictures)
    high = round(_height(pieces))
    dots = Dots(WIDTH_DOTS, high, _DOT, rtl=pieces.rtl)
    _Slip(pieces, dots.sheet).draw()
    return dots.png()


def slip_pdf(printable: PrintableReceipt, words: WordsOfPaper, pictures: PicturesOfPaper) -> bytes:
    """The slip as a PDF 80 mm wide, for a thermal printer that CUPS drives. Raises ContentFaulty."""
    pieces = Pieces(printable, words, pictures)
    size = (_ROLL, _height(pieces) * _DOT)
    midnight = datetime.combine(printable.issued_on, time())
    sheets = PdfSheets(size, rtl=pieces.rtl, made=midnight)
    _Slip(pieces, sheets.sheet(), (_ROLL / _DOT - WIDTH_DOTS) / 2).draw()
    return sheets.pdf()


def _height(pieces: Pieces) -> float:
    """How long the slip is, in dots: drawn once on a sheet that nobody sees."""
    unseen = Dots(1, 1, _DOT, rtl=pieces.rtl)
    return _Slip(pieces, unseen.sheet).draw()


class _Slip:
    """Draws from the top; `aside` dots are left free at the start edge."""

    def __init__(self, pieces: Pieces, sheet: Sheet, aside: float = 0) -> None:
        self._pieces, self._sheet = pieces, sheet
        self._start = aside + _MARGIN
        self._y = 36.0

    def draw(self) -> float:
        """Draw everything and give the length in dots."""
        say = self._pieces.say
        self._put(say("paper.keep"), _HEADING, bold=True, line_height=1.15)
        self._y += 6
        self._put(format_date(self._pieces.printable.issued_on, self._pieces.language), _BODY)
        for said in self._pieces.notices():
            self._y += 12
            self._put(said, _BODY, bold=True, line_height=1.25)
        self._y += 26
        self._put(say("paper.code"), _BODY, bold=True)
        self._y += 12
        self._cards()
        self._code()
        for line in ("bring", "use", "pin", "lost"):
            self._put(say(f"paper.{line}"), _BODY, line_height=1.3)
            self._y += 8
        self._y += 18
        left = self._start * _DOT
        self._sheet.line(left, self._y * _DOT, _FULL * _DOT, 5 * _DOT)
        self._y += 24
        self._put(say("paper.credit"), _BODY, line_height=1.3)
        return self._y + _BEFORE_CUT

    def _put(self, text: str, size: float, *, bold: bool = False, line_height: float = 1.3) -> None:
        style = self._pieces.style(size * _DOT, bold=bold, line_height=line_height)
        paragraph = Paragraph(text, style, _FULL * _DOT)
        self._y = self._sheet.words(paragraph, self._start * _DOT, self._y * _DOT) / _DOT

    def _cards(self) -> None:
        """The four things by twos; a long word is set smaller, never below 14 points."""
        wide, high, edge = (_FULL - _GAP) / 2, 185, 5
        style = self._pieces.style(_WORD * _DOT, bold=True, line_height=1.1)
        if not self._pieces.fits(style, (wide - 5 * edge) * _DOT):
            style = self._pieces.style(_BODY * _DOT, bold=True, line_height=1.1)
        for index in range(4):
            row, column = divmod(index, 2)
            place = (
                (self._start + column * (wide + _GAP)) * _DOT,
                (self._y + row * (high + _GAP)) * _DOT,
                wide * _DOT,
                high * _DOT,
            )
            self._pieces.card(self._sheet, index, place, style, edge=edge * _DOT)
        self._y += 2 * high + _GAP

    def _code(self) -> None:
        """The QR code on whole dots, its clear border kept on all sides."""
        rows = qr_matrix(self._pieces.printable.token)
        module = min(_LARGEST_MODULE, WIDTH_DOTS // (len(rows) + 2 * CLEAR))
        side = module * len(rows)
        self._y = round(self._y + max(60, CLEAR * module))
        start = self._start - _MARGIN + (WIDTH_DOTS - side) // 2
        self._sheet.modules(rows, start * _DOT, self._y * _DOT, side * _DOT)
        self._y += side + max(56, CLEAR * module)
