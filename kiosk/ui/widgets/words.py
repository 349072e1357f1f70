"""Words on a stage: measured first, then put, in the person's language and size."""

from __future__ import annotations

from functools import lru_cache

from kiosk.typeset.paragraph import Align, Paragraph, TextStyle, lay_out
from kiosk.ui.text import TextLabel
from kiosk.ui.theme import PARAGRAPH_SPACING, Colour, Dress
from kiosk.ui.widgets.stage import Stage


class Words(TextLabel):
    """A paragraph that can be read out, its spoken word lit. `said` False keeps it silent."""

    said = True
    spoken = ""  # what the voice says instead, where the words are a picture of themselves
    voice = ""  # the language it is said in; "" is the one it is set in


def _style(
    dress: Dress,
    size: float,
    *,
    bold: bool,
    spacing: float,
    align: Align = "start",
    language: str = "",
) -> TextStyle:
    return TextStyle(
        size=dress.u(size),
        bold=bold,
        language=language or dress.language,
        rtl=dress.rtl,
        line_height=spacing,
        align=align,
    )


@lru_cache(2048)
def _height(text: str, style: TextStyle, width: int) -> float:
    return Paragraph(text, style, float(width)).height


def forget_heights() -> None:
    """Drop what was measured in a visit: its keys are a person's words."""
    _height.cache_clear()


def words_height(
    dress: Dress,
    text: str,
    size: float,
    width: float,
    *,
    bold: bool = False,
    spacing: float = PARAGRAPH_SPACING,
    language: str = "",
) -> float:
    """Design pixels that `text` takes down, wrapped to `width` design pixels."""
    style = _style(dress, size, bold=bold, spacing=spacing, language=language)
    return _height(text, style, round(dress.u(width))) / dress.scale


def words_room(
    dress: Dress,
    text: str,
    size: float,
    width: float,
    *,
    bold: bool = False,
    spacing: float = PARAGRAPH_SPACING,
) -> float:
    """Like `words_height`, with what ink reaches out of the lines, as tall marks and tails do."""
    style = _style(dress, size, bold=bold, spacing=spacing)
    paragraph = lay_out(text, style, float(round(dress.u(width))))
    reach = 2 * max(paragraph.bleed.top, paragraph.bleed.bottom)
    return (paragraph.height + reach) / dress.scale


def words_width(
    dress: Dress, text: str, size: float, *, bold: bool = False, language: str = ""
) -> float:
    """Design pixels that `text` takes across on one line."""
    style = _style(dress, size, bold=bold, spacing=1.2, language=language)
    return lay_out(text, style, None).width / dress.scale


def put_words(
    stage: Stage,
    text: str,
    start: float,
    top: float,
    width: float,
    *,
    size: float | None = None,
    bold: bool = False,
    align: Align = "start",
    colour: Colour | None = None,
    spacing: float = PARAGRAPH_SPACING,
    balance: bool = False,
    said: bool = True,
    spoken: str = "",
    language: str = "",
) -> Words:
    """Put a paragraph by its start edge and top; its height follows from its words."""
    dress = stage.dress
    size = dress.type.body if size is None else size
    palette = dress.palette
    label = Words(
        text=text,
        language=language or dress.language,
        rtl=dress.rtl,
        font_size=dress.u(size),
        bold=bold,
        align=align,
        line_height=spacing,
        balance=balance,
        color=colour or palette.ink,
        mark_color=palette.voice,
        mark_edge=palette.on_voice,
        mark_scale=dress.scale,
        width=round(dress.u(width)),
    )
    label.said, label.spoken = said, spoken
    label.voice = dress.language if spoken else label.language
    stage.put(label, start, top, width, label.height / dress.scale)
    return label
