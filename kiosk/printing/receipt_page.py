"""The receipt as an A4 page that is folded: shared look/15b.

Above the fold stands what anyone may see: a date, four things, a code. What the person chose (if
they want it on paper), their rights and who keeps this stand below. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from kiosk.i18n import format_date
from kiosk.printing.pieces import Pieces
from kiosk.printing.printable import PicturesOfPaper, PrintableReceipt, WordsOfPaper
from kiosk.printing.qr import qr_matrix
from kiosk.typeset.page import A4, PdfSheets, Sheet, mm
from kiosk.typeset.paragraph import Paragraph, TextStyle, widest_word

WIDTH, HEIGHT = A4
MARGIN = mm(16.6)
FOLD = HEIGHT / 3  # at least; a language that needs more room outside folds lower
_TOP, _BOTTOM = mm(12), HEIGHT - mm(10)
_FULL = WIDTH - 2 * MARGIN
_QR = mm(57.7)  # 1.28 mm a module at version 7; 30 mm would still be read
_GAP = mm(11)  # more than four modules of any code of ours
_BODY, _SMALL_HEADING, _HEADING, _WORD = 14.4, 17.7, 26.0, 15.7
_COLUMNS = ("who", "answer", "what", "until")
_RIGHTS = (("change", 3), ("see", 4), ("wrong", 2), ("outside", 3))


def receipt_pdf(
    printable: PrintableReceipt, words: WordsOfPaper, pictures: PicturesOfPaper
) -> bytes:
    """The receipt as a PDF: one A4 page, or more where what was chosen needs them.

    In the words' language, mirrored where that runs from the right. Raises ContentFaulty.
    """
    pieces = Pieces(printable, words, pictures)
    midnight = datetime.combine(printable.issued_on, time())
    sheets = PdfSheets(A4, rtl=pieces.rtl, made=midnight)
    page = _Page(pieces, sheets)
    page.outside()
    if printable.with_choices and printable.choices:
        page.choices()
    page.rights()
    page.foot()
    return sheets.pdf()


class _Page:
    """Fills sheets from the top; `y` is how far down the sheet at hand is filled."""

    def __init__(self, pieces: Pieces, sheets: PdfSheets) -> None:
        self._pieces = pieces
        self._sheets = sheets
        self._sheet: Sheet = sheets.sheet()
        self._y = 0.0
        self._foot = self._foot_paragraphs()
        self._floor = _BOTTOM - sum(text.height for text in self._foot) - mm(4)

    # --- outside -------------------------------------------------------------------------------

    def outside(self) -> None:
        """The top third, and the line to fold along."""
        start = MARGIN + _QR + _GAP
        width = WIDTH - MARGIN - start
        pieces = self._pieces
        head = [
            self._text(pieces.say("paper.keep"), _HEADING, width, bold=True, line_height=1.2),
            self._text(self._date(), _BODY, width),
        ]
        tail = [self._text(pieces.say("paper.pin"), _BODY, width, line_height=1.3)]
        tail += [
            self._text(said, _BODY, width, bold=True, line_height=1.25) for said in pieces.notices()
        ]
        cards = self._cards(start, width)
        heights = [sum(text.height for text in part) for part in (head, tail)]
        gap = mm(2.5)
        top = max(mm(8), (FOLD - sum(heights) - cards - 2 * gap) / 2)
        modules = qr_matrix(pieces.printable.token)
        self._sheet.modules(modules, MARGIN, (FOLD - _QR) / 2, _QR)
        y = self._stack(head, start, top) + gap
        self._cards(start, width, y)
        bottom = self._stack(tail, start, y + cards + gap)
        self._fold_line(max(FOLD, bottom + mm(8)))

    def _cards(self, start: float, width: float, top: float | None = None) -> float:
        """The four things, side by side, or by twos where a word is long; gives their height.

        Drawn only when `top` is given.
        """
        style = self._pieces.style(_WORD, bold=True, line_height=1.15)
        gap, edge = mm(2.7), 2.0
        across = (width - 3 * gap) / 4
        if self._pieces.fits(style, across - 5 * edge):
            columns, wide, high, beside = 4, across, mm(26.5), False
        else:
            columns, wide, high, beside = 2, (width - gap) / 2, mm(15.5), True
        for index in range(4) if top is not None else ():
            row, column = divmod(index, columns)
            place = (start + column * (wide + gap), (top or 0) + row * (high + gap), wide, high)
            self._pieces.card(self._sheet, index, place, style, edge=edge, beside=beside)
        rows = 4 // columns
        return rows * high + (rows - 1) * gap

    def _fold_line(self, y: float) -> None:
        text = self._text(self._pieces.say("paper.fold"), _BODY, None, line_height=1.2)
        aside = mm(4)
        self._sheet.line(0, y, MARGIN - aside, 2, dash=(4, 3))
        self._sheet.words(text, MARGIN, y - text.height / 2)
        after = MARGIN + text.width + aside
        self._sheet.line(after, y, WIDTH - after, 2, dash=(4, 3))
        self._y = y + mm(7)

    def _date(self) -> str:
        return format_date(self._pieces.printable.issued_on, self._pieces.language)

    # --- inside --------------------------------------------------------------------------------

    def choices(self) -> None:
        """What the person chose, a row for each agency."""
        pieces = self._pieces
        title = self._text(pieces.say("paper.chosen"), _HEADING, _FULL, bold=True, line_height=1.2)
        self._room_for(title.height + mm(30))
        self._y = self._stack([title], MARGIN, self._y) + mm(1)
        nothing = pieces.say("paper.nothing")
        rows = [
            (choice.called, choice.answer, choice.what or nothing, choice.until)
            for choice in pieces.printable.choices
        ]
        headings = tuple(pieces.say(f"paper.{column}") for column in _COLUMNS)
        widths = self._column_widths([headings, *rows])
        self._row(headings, widths, rule=2.6, heading=True)
        for row in rows:
            cells = self._cells(row, widths, heading=False)
            if self._room_for(max(cell.height for cell in cells) + mm(6)):
                self._row(headings, widths, rule=2.6, heading=True)
            self._row(row, widths, rule=1.3, heading=False)
        self._y += mm(6)

    def _row(
        self, row: Sequence[str], widths: Sequence[float], *, rule: float, heading: bool
    ) -> None:
        cells = self._cells(row, widths, heading=heading)
        padding = mm(1) if heading else mm(2)
        top, start = self._y + padding, MARGIN
        for cell, width in zip(cells, widths, strict=True):
            self._sheet.words(cell, start, top)
            start += width
        self._y = top + max(cell.height for cell in cells) + padding
        self._sheet.line(MARGIN, self._y, _FULL, rule)

    def _cells(
        self, row: Sequence[str], widths: Sequence[float], *, heading: bool
    ) -> list[Paragraph]:
        return [
            Paragraph(text, self._cell_style(column, heading=heading), width - mm(2.5))
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]

    def _cell_style(self, column: int, *, heading: bool) -> TextStyle:
        bold = not heading and _COLUMNS[column] == "answer"
        return self._pieces.style(_BODY, bold=bold, line_height=1.35)

    def _column_widths(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """Each column as wide as its longest word at least; the rest by how much more it wants."""
        padding = mm(2.5)
        need, want = [0.0] * len(_COLUMNS), [0.0] * len(_COLUMNS)
        for index, row in enumerate(rows):
            for column, text in enumerate(row):
                style = self._cell_style(column, heading=index == 0)
                need[column] = max(need[column], widest_word(text, style) + padding)
                want[column] = max(want[column], Paragraph(text, style).width + padding)
        spare = _FULL - sum(need)
        if spare <= 0:
            return [_FULL * width / sum(need) for width in need]
        more = [wide - least for wide, least in zip(want, need, strict=True)]
        if sum(more) <= spare:
            left = (spare - sum(more)) / len(_COLUMNS)
            return [wide + left for wide in want]
        return [least + spare * extra / sum(more) for least, extra in zip(need, more, strict=True)]

    def rights(self) -> None:
        """What the person can do, in four blocks, two beside each other."""
        between = mm(11)
        width = (_FULL - between) / 2
        blocks = [self._block(name, count, width) for name, count in _RIGHTS]
        for left, right in zip(blocks[::2], blocks[1::2], strict=True):
            high = max(sum(text.height for text in block) for block in (left, right))
            self._room_for(high)
            for block, start in ((left, MARGIN), (right, MARGIN + width + between)):
                self._stack(block, start, self._y)
            self._y += high + mm(5.5)

    def _block(self, name: str, count: int, width: float) -> list[Paragraph]:
        say = self._pieces.say
        title = self._text(say(f"paper.{name}"), _SMALL_HEADING, width, bold=True, line_height=1.45)
        return [
            title,
            *(self._text(say(f"paper.{name}.{n}"), _BODY, width) for n in range(1, count + 1)),
        ]

    def foot(self) -> None:
        """Who keeps this, and whose pictures they are, at the bottom of the last sheet."""
        self._stack(self._foot, MARGIN, _BOTTOM - sum(text.height for text in self._foot))

    def _foot_paragraphs(self) -> list[Paragraph]:
        said = (self._pieces.say("paper.keeper"), self._pieces.say("paper.credit"))
        return [self._text(text, _BODY, _FULL, line_height=1.35) for text in said]

    # --- filling -------------------------------------------------------------------------------

    def _text(
        self,
        text: str,
        size: float,
        width: float | None,
        *,
        bold: bool = False,
        line_height: float = 1.4,
    ) -> Paragraph:
        style = self._pieces.style(size, bold=bold, line_height=line_height)
        return Paragraph(text, style, width)

    def _stack(self, texts: Sequence[Paragraph], start: float, top: float) -> float:
        for text in texts:
            top = self._sheet.words(text, start, top)
        return top

    def _room_for(self, height: float) -> bool:
        """Turn to a fresh sheet when `height` does not fit on this one; True if it did."""
        if self._y + height <= self._floor:
            return False
        self._sheet = self._sheets.sheet()
        self._y = _TOP
        return True
