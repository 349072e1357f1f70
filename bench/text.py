"""The words of the longest page, laid out and drawn: our labels against Kivy's own, same faces.

Both make the same labels of the same words at the same sizes and widths, in one window, in turns.
A round counts from giving the labels their words to the textures being in the graphics card (or its
stand-in) and finished there, and their height being set. Every round has new
labels, and words that no round before had, and our kept layouts are forgotten, so nothing is found
ready made. Making the widgets, which is Kivy's work in both, is left out.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUNDS = 25
REACH = 0.5
ROOT = Path(__file__).resolve().parent.parent
_INK = (0.149, 0.082, 0.184, 1)


@dataclass(frozen=True, slots=True)
class Words:
    """One label of the page: px of type and of width, as shared LOOK has them."""

    text: str
    size: float
    width: float
    bold: bool = False
    line_height: float = 1.5


def longest_page(rounds: int = ROUNDS) -> dict[str, float | int | str]:
    """Medians in milliseconds: `ours_ms`, `kivy_ms`; `ratio`, `reach`, `rounds`, `letters`."""
    from kiosk.settings import set_kivy_environment

    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    set_kivy_environment(ROOT / "build")
    import kivy.core.text
    import kivy.uix.label
    from kivy.base import EventLoop
    from kivy.core.text import LabelBase

    from kiosk.typeset.fonts import fonts
    from kiosk.ui.text import TypesetLabel

    EventLoop.ensure_window()
    andika = fonts().faces[0]
    LabelBase.register("Andika", str(andika.regular), fn_bold=str(andika.bold))
    page = _page()
    was = kivy.uix.label.CoreLabel
    ours: list[float] = []
    stock: list[float] = []
    try:
        for number in range(rounds + 2):
            kivy.uix.label.CoreLabel = kivy.core.text.Label
            stock.append(_timed(_kivys_own, page, 2 * number))
            kivy.uix.label.CoreLabel = TypesetLabel
            ours.append(_timed(_ours, page, 2 * number + 1))
    finally:
        kivy.uix.label.CoreLabel = was
    mine, kivys = statistics.median(ours[2:]), statistics.median(stock[2:])
    return {
        "ours_ms": round(mine, 1),
        "kivy_ms": round(kivys, 1),
        "ratio": round(mine / kivys, 2),
        "reach": REACH,
        "rounds": rounds,
        "letters": sum(len(words.text) for words in page),
    }


def _page() -> list[Words]:
    """The page with the most letters, with the words round it, as on the screen.

    Pages of the notice have a heading and sentences; so has an agency's, which says who they are,
    what they would get, and what could happen with Yes and with No.
    """
    from kiosk.content.notice import read_notice
    from kiosk.content.places import read_place
    from kiosk.content.statements import read_statements
    from kiosk.domain.place import Phrase
    from kiosk.settings import DEMO_PLACE

    english = {key: statement.english for key, statement in read_statements().by_id.items()}

    def said(phrase: Phrase) -> str:
        return english[phrase.statement] if phrase.statement else phrase.own["en"]

    pages = [
        (english[page.heading], [english[key] for key in keys])
        for page in read_notice().pages
        for keys in (page.short, *page.full)
    ]
    pages += [
        (
            said(share.agency.called),
            [said(part) for part in (share.agency.who, share.gets, share.if_yes, share.if_no)],
        )
        for share in read_place(DEMO_PLACE).shares
    ]
    heading, sentences = max(pages, key=lambda page: len(page[0]) + sum(map(len, page[1])))
    around = ("bar.back", "bar.listen", "bar.bigger", "bar.language", "bar.person", "bar.hide")
    return [
        Words(heading, 48, 912, bold=True, line_height=1.25),
        *(Words(sentence, 40, 668) for sentence in sentences),
        Words(english["skip"], 40, 200, bold=True, line_height=1.2),
        Words(english["next"], 40, 200, bold=True, line_height=1.2),
        *(Words(english[key], 30, 240, line_height=1.2) for key in around),
    ]


def _timed(make: Callable[[Words], Any], page: list[Words], number: int) -> float:
    """Milliseconds of one round, with words that no other round had."""
    from kivy.graphics.opengl import glFinish

    from kiosk.typeset.paragraph import forget_paragraphs

    labels = [make(words) for words in page]
    fresh = [f"{words.text} {number}" for words in page]
    forget_paragraphs()
    gc.collect()  # so that neither pays for what the other left
    glFinish()
    began = time.perf_counter()
    for label, text in zip(labels, fresh, strict=True):
        label.text = text
        label.texture_update()
        label.texture.bind()  # draws, and hands the pixels over
    glFinish()
    return (time.perf_counter() - began) * 1000


def _kivys_own(words: Words) -> Any:
    from kivy.uix.label import Label

    label = Label(
        font_name="Andika",
        font_size=words.size,
        bold=words.bold,
        color=_INK,
        text_size=(words.width, None),
    )
    label.bind(texture_size=_grow)  # how a Kivy label is made to follow its words
    return label


def _grow(label: Any, size: tuple[int, int]) -> None:
    label.height = size[1]


def _ours(words: Words) -> Any:
    from kiosk.ui.text import TextLabel

    return TextLabel(
        font_size=words.size,
        bold=words.bold,
        color=_INK,
        width=words.width,
        line_height=words.line_height,
    )
