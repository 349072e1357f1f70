"""A sheet of paper as cairo draws it: to PDF, or to dots for a thermal printer.

Places are points (1/72 inch) from the sheet's top left; `mm()` turns millimetres into them. Given
`rtl`, a sheet counts from its right edge instead, so that pages are laid out once for both
directions; what must never be mirrored (a QR code, a picture, digits) is only put elsewhere.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kiosk.typeset import foreign
from kiosk.typeset.paragraph import Paragraph

POINTS_PER_MM = 72 / 25.4
A4 = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)


def mm(length: float) -> float:
    """Millimetres as points."""
    return length * POINTS_PER_MM


class Sheet:
    """One sheet being drawn, in black. Made by `pdf_sheets` and `dots_sheet`."""

    def __init__(self, context: Any, width: float, height: float, *, rtl: bool) -> None:
        self._context = context
        self.width = width
        self.height = height
        self.rtl = rtl

    def left_of(self, start: float, width: float) -> float:
        """The left edge of something `width` wide that begins `start` from the start edge."""
        return self.width - start - width if self.rtl else start

    def words(self, paragraph: Paragraph, start: float, top: float) -> float:
        """Put a paragraph; its box begins `start` from the start edge. Gives the bottom."""
        paragraph.draw(self._context, self.left_of(start, paragraph.width), top)
        return top + paragraph.height

    def line(
        self, start: float, top: float, width: float, thick: float, dash: Sequence[float] = ()
    ) -> None:
        """A level line, its middle at `top`."""
        left = self.left_of(start, width)
        self._context.set_dash(list(dash))
        self._context.set_line_width(thick)
        self._context.move_to(left, top)
        self._context.line_to(left + width, top)
        self._context.stroke()
        self._context.set_dash([])

    def box(
        self, start: float, top: float, width: float, height: float, thick: float, radius: float
    ) -> None:
        """An outlined box with round corners, its edge inside its bounds."""
        inset, context = thick / 2, self._context
        left, right = self.left_of(start, width) + inset, self.left_of(start, width) + width - inset
        up, down, round_ = top + inset, top + height - inset, radius - inset
        quarter = 1.5707963267948966
        context.new_sub_path()
        context.arc(right - round_, up + round_, round_, -quarter, 0)
        context.arc(right - round_, down - round_, round_, 0, quarter)
        context.arc(left + round_, down - round_, round_, quarter, 2 * quarter)
        context.arc(left + round_, up + round_, round_, 2 * quarter, 3 * quarter)
        context.close_path()
        context.set_line_width(thick)
        context.stroke()

    def modules(
        self, rows: Sequence[Sequence[bool]], start: float, top: float, width: float
    ) -> float:
        """A QR code's black modules, `width` wide, never mirrored. Gives the bottom.

        Its clear border is the caller's to keep. Runs of black are drawn as one, with edges that
        touch and no softening, so that no reader sees hairlines between modules.
        """
        left, module = self.left_of(start, width), width / len(rows)
        context = self._context
        context.save()
        context.set_antialias(foreign.cairocffi.ANTIALIAS_NONE)
        for y, row in enumerate(rows):
            x = 0
            while x < len(row):
                run = x
                while run < len(row) and row[run]:
                    run += 1
                if run > x:
                    context.rectangle(
                        left + x * module, top + y * module, (run - x) * module, module
                    )
                x = run + 1
        context.fill()
        context.restore()
        return top + module * len(rows)

    def picture(self, png: bytes, start: float, top: float, width: float) -> float:
        """A PNG, `width` wide, never mirrored. Gives the bottom."""
        surface = foreign.cairocffi.ImageSurface.create_from_png(io.BytesIO(png))
        scale = width / float(surface.get_width())
        bottom = top + scale * float(surface.get_height())
        context = self._context
        context.save()
        context.translate(self.left_of(start, width), top)
        context.scale(scale, scale)
        context.set_source_surface(surface, 0, 0)
        context.paint()
        context.restore()
        surface.finish()
        return bottom


class PdfSheets:
    """A PDF of sheets of one size. It carries no title and no author; `made` is its date.

    The same sheets give the same bytes.
    """

    def __init__(self, size: tuple[float, float], *, rtl: bool, made: datetime) -> None:
        self._out = io.BytesIO()
        self._size, self._rtl = size, rtl
        cairo = foreign.cairocffi
        self._surface = cairo.PDFSurface(self._out, *size)
        # Without a date cairo would write the moment of printing.
        self._surface.set_metadata(
            cairo.PDF_METADATA_CREATE_DATE, made.isoformat(timespec="seconds")
        )
        self._context = foreign.cairocffi.Context(self._surface)
        self._started = False

    def sheet(self) -> Sheet:
        """The next sheet; the one before is finished."""
        if self._started:
            self._context.show_page()
        self._started = True
        self._context.set_source_rgb(0, 0, 0)
        return Sheet(self._context, *self._size, rtl=self._rtl)

    def pdf(self) -> bytes:
        """The whole document; nothing can be put on it any more."""
        self._surface.finish()
        return self._out.getvalue()


class Dots:
    """A sheet in white and grey dots, `dots_per_point` fine, as thermal printers take them."""

    def __init__(self, width: int, height: int, points_per_dot: float, *, rtl: bool) -> None:
        self._size = (width, height)
        cairo = foreign.cairocffi
        self._surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
        context = cairo.Context(self._surface)
        context.set_source_rgb(1, 1, 1)
        context.paint()
        context.set_source_rgb(0, 0, 0)
        context.scale(1 / points_per_dot, 1 / points_per_dot)
        self.sheet = Sheet(context, width * points_per_dot, height * points_per_dot, rtl=rtl)

    def png(self) -> bytes:
        """The sheet in pure black and white, one bit a dot."""
        from PIL import Image

        self._surface.flush()
        pixels = bytes(self._surface.get_data())
        grey = Image.frombytes("RGB", self._size, pixels, "raw", "BGRX").convert("L")
        out = io.BytesIO()
        grey.point([0] * 128 + [255] * 128).convert("1").save(out, "PNG")
        return out.getvalue()
