"""Shaping, directions, wrapping, words and their boxes, pixels; by what stands where."""

from __future__ import annotations

import gc
import threading
import weakref
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.typeset.paragraph import (
    Paragraph,
    TextStyle,
    forget_paragraphs,
    lay_out,
    widest_word,
)
from tests.typeset.samples import LINES, PUT_IN, RIGHT_TO_LEFT

BODY = TextStyle(40)
ARABIC = TextStyle(40, language="ar", rtl=True)
HEADING = TextStyle(48, bold=True, line_height=1.25, balance=True)
PHONE = "0300 123 4567"


def style_of(language: str) -> TextStyle:
    return TextStyle(40, language=language, rtl=language in RIGHT_TO_LEFT)


def words_of(paragraph: Paragraph) -> list[str]:
    return [paragraph.text[start:end] for start, end in paragraph.words()]


def seen_left_to_right(paragraph: Paragraph, part: str) -> str:
    """The characters of `part`, as the eye meets them from the left."""
    first = paragraph.text.index(part)
    places = [
        (paragraph.boxes(at, at + 1)[0].x, paragraph.text[at])
        for at in range(first, first + len(part))
        if paragraph.text[at] != " "
    ]
    return "".join(sign for _, sign in sorted(places))


# --- letters -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LINES)
@pytest.mark.parametrize("bold", [False, True])
def test_every_language_has_all_its_letters(language: str, bold: bool) -> None:
    style = TextStyle(40, bold=bold, language=language, rtl=language in RIGHT_TO_LEFT)
    assert Paragraph(f"{LINES[language]} {PUT_IN}", style, 700).unknown_glyphs == 0


@pytest.mark.parametrize("other", LINES)
def test_a_name_in_any_other_script_is_shown_too(other: str) -> None:
    assert Paragraph(LINES[other], BODY, 700).unknown_glyphs == 0
    assert Paragraph(LINES[other], ARABIC, 700).unknown_glyphs == 0


def test_a_letter_that_no_face_has_is_counted() -> None:
    assert Paragraph("We help 漢字.", BODY).unknown_glyphs == 2


def test_arabic_letters_join() -> None:
    joined = Paragraph("سسس", ARABIC).width
    apart = Paragraph("س\u200cس\u200cس", ARABIC).width  # ZWNJ keeps them apart
    assert joined < 0.8 * apart


def test_letters_join_across_what_is_not_seen() -> None:
    """Farsi's ZWNJ and direction marks come from no other face: the word is not torn."""
    whole = Paragraph("می\u200cتوانید", TextStyle(40, language="fa", rtl=True))
    assert whole.unknown_glyphs == 0
    assert len(whole.words()) == 1


def test_bengali_forms_conjuncts_and_puts_the_vowel_first() -> None:
    bengali = TextStyle(40, language="bn")
    assert Paragraph("ক্ষ", bengali).width < 0.8 * Paragraph("ক\u200c্\u200cষ", bengali).width
    # The vowel sign i is written after its consonant and drawn before it: one shape, one box.
    consonant, syllable = Paragraph("ক", bengali), Paragraph("কি", bengali)
    assert syllable.width > consonant.width
    assert syllable.rgba() != consonant.rgba()


# --- directions --------------------------------------------------------------------------------


def test_a_phone_number_keeps_its_order_inside_arabic() -> None:
    paragraph = Paragraph(f"اتصل على \u2066{PHONE}\u2069 اليوم", ARABIC, 900)
    assert paragraph.line_count == 1
    assert seen_left_to_right(paragraph, PHONE) == PHONE.replace(" ", "")
    boxes = {
        word: paragraph.boxes(*at)[0]
        for word, at in zip(words_of(paragraph), paragraph.words(), strict=True)
    }
    assert boxes["0300"].x < boxes["123"].x < boxes["4567"].x
    assert boxes["اليوم"].x < boxes["0300"].x < boxes["اتصل"].x


def test_without_isolates_the_rules_themselves_turn_it_round() -> None:
    """The trap that i18n's isolates are for; and proof that the test above would see it."""
    paragraph = Paragraph(f"اتصل على {PHONE} اليوم", ARABIC, 900)
    assert seen_left_to_right(paragraph, PHONE) == "45671230300"


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_right_to_left_starts_at_the_right(language: str) -> None:
    paragraph = Paragraph(LINES[language], style_of(language), 900)
    first = paragraph.boxes(*paragraph.words()[0])[0]
    last = paragraph.boxes(*paragraph.words()[-1])[-1]
    assert first.x + first.w == pytest.approx(900, abs=1)
    assert last.x < first.x


def test_the_direction_is_the_languages_not_the_first_letters() -> None:
    paragraph = Paragraph("GP يساعدك", ARABIC, 900)
    name = paragraph.boxes(0, 2)[0]
    assert name.x + name.w == pytest.approx(900, abs=1)


def test_a_range_across_two_directions_has_two_boxes() -> None:
    text = "one اثنان three"
    paragraph = Paragraph(text, BODY, 900)
    boxes = paragraph.boxes(
        2, text.index("ن")
    )  # the last letter of one word, the first of the next
    assert len(boxes) == 2
    assert boxes[0].x + boxes[0].w < boxes[1].x
    assert len({box.y for box in boxes}) == 1


def test_a_range_across_two_faces_has_one_box() -> None:
    paragraph = Paragraph("one ሀለሐ two", BODY, 900)
    (box,) = paragraph.boxes(0, len(paragraph.text))
    assert box.w == pytest.approx(Paragraph(paragraph.text, BODY).width, abs=0.1)


@pytest.mark.parametrize(("align", "rtl", "side"), [
    ("start", False, 0.0), ("end", False, 1.0), ("center", False, 0.5),
    ("start", True, 1.0), ("end", True, 0.0), ("center", True, 0.5),
])  # fmt: skip
@pytest.mark.parametrize("balance", [False, True])
def test_start_and_end_follow_the_direction(align, rtl, side, balance) -> None:
    style = TextStyle(40, language="ar" if rtl else "en", rtl=rtl, align=align, balance=balance)
    text = LINES["ar"] if rtl else "Who sees what you tell us here"
    paragraph = Paragraph(text, style, 400)
    assert paragraph.line_count > 1
    for start, end in paragraph.lines:
        boxes = paragraph.boxes(start, start + len(paragraph.text[start:end].rstrip()))
        left, right = boxes[0].x, max(box.x + box.w for box in boxes)
        free = 400 - (right - left)
        assert left == pytest.approx(free * side, abs=1.5)


# --- lines -------------------------------------------------------------------------------------


def test_lines_are_evenly_apart_even_where_faces_meet() -> None:
    plain = Paragraph("أ " * 60, ARABIC, 500)
    mixed = Paragraph("(أ) GP " * 30, ARABIC, 500)
    assert plain.line == mixed.line == 45 * 1.5
    for paragraph in (plain, mixed):
        tops = sorted({box.y for box in paragraph.boxes(0, len(paragraph.text))})
        assert all(b - a == pytest.approx(67.5) for a, b in pairwise(tops))
        assert paragraph.height == pytest.approx(67.5 * paragraph.line_count)


def test_a_wrapped_range_has_a_box_a_line_and_no_word_is_lost() -> None:
    paragraph = Paragraph("Workers here can read your notes, and they read them.", BODY, 400)
    assert paragraph.line_count == 3
    assert [box.y for box in paragraph.boxes(0, len(paragraph.text))] == [0, 60, 120]
    assert "".join(paragraph.text[a:b] for a, b in paragraph.lines) == paragraph.text
    for start, end in paragraph.words():
        (box,) = paragraph.boxes(start, end)
        assert box.x >= 0
        assert box.x + box.w <= 400


def test_the_box_does_not_grow_with_accents_and_descenders() -> None:
    plain, tall = (Paragraph(text, TextStyle(40, line_height=1.06)) for text in ("oo", "Ŷg"))
    assert plain.height == tall.height == pytest.approx(42.4)
    assert max(plain.bleed) == pytest.approx(0, abs=0.5)
    assert tall.bleed.bottom > 1


def test_a_word_too_wide_is_broken_and_said() -> None:
    long = "Antidisestablishmentarianism"
    assert Paragraph(long, BODY, 300).broken_words > 0
    assert Paragraph(long, BODY, widest_word(long, BODY) + 1).broken_words == 0
    assert Paragraph("You can say no, any day, here.", BODY, 200).broken_words == 0


def test_a_heading_is_balanced() -> None:
    text = "Who sees what you tell us here"
    loose = Paragraph(text, TextStyle(48, bold=True, line_height=1.25), 700)
    even = Paragraph(text, HEADING, 700)
    assert even.line_count == loose.line_count == 2
    assert even.width == 700

    def lengths(paragraph: Paragraph) -> list[float]:
        return [sum(box.w for box in paragraph.boxes(*line)) for line in paragraph.lines]

    assert max(lengths(even)) - min(lengths(even)) < 0.2 * max(lengths(even))
    assert max(lengths(loose)) - min(lengths(loose)) > 0.2 * max(lengths(loose))


@pytest.mark.parametrize("width", range(340, 900, 20))
def test_no_heading_leaves_its_last_word_alone_where_it_need_not(width: int) -> None:
    text = "May we tell your doctor at Marsh Lane Surgery about your health"
    loose = Paragraph(text, TextStyle(48, bold=True, line_height=1.25), width)
    even = Paragraph(text, HEADING, width)
    assert even.line_count == loose.line_count
    assert even.broken_words == 0
    assert even.text == text
    start, end = even.lines[-1]
    assert " " in text[start:end].strip()


# --- words -------------------------------------------------------------------------------------


def test_words_are_those_that_a_voice_reports() -> None:
    paragraph = Paragraph("“Don’t”, John's well-known (GP) said – no/yes: 0300 123.", BODY, 900)
    assert words_of(paragraph) == [
        "Don’t", "John's", "well-known", "GP", "said", "no", "yes", "0300", "123",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LINES)
def test_every_word_of_every_language_can_be_lit(language: str) -> None:
    paragraph = Paragraph(LINES[language], style_of(language), 400)
    assert len(paragraph.words()) >= 3
    for start, end in paragraph.words():
        boxes = paragraph.boxes(start, end)
        assert boxes
        assert all(box.w > 0 and box.h == paragraph.line for box in boxes)


def test_an_offset_is_mapped_to_the_word_that_holds_it() -> None:
    paragraph = Paragraph("We don't \u2068tell\u2069 them.", BODY)
    assert words_of(paragraph) == ["We", "don't", "tell", "them"]
    assert [paragraph.word_at(at) for at in (0, 3, 5, 7)] == [0, 1, 1, 1]
    assert paragraph.word_at(paragraph.text.index("\u2068")) == 2
    assert paragraph.word_at(len(paragraph.text)) == -1


def test_no_text_is_no_trouble() -> None:
    empty = Paragraph("", BODY, 300)
    assert empty.words() == []
    assert empty.unknown_glyphs == 0
    assert Paragraph.height_for("", BODY, 300) == 0.0


# --- pixels ------------------------------------------------------------------------------------


def test_pixels_are_ink_of_one_colour_in_the_box() -> None:
    paragraph = Paragraph("Yes", BODY)
    w, h = paragraph.pixel_size()
    pixels = paragraph.rgba((1.0, 0.5, 0.0, 1.0))
    assert len(pixels) == w * h * 4
    assert set(zip(pixels[0::4], pixels[1::4], pixels[2::4], strict=True)) == {(255, 128, 0)}
    assert max(pixels[3::4]) == 255
    assert set(pixels[3 : 4 * w : 4]) == {0}  # the row above the capitals
    assert len(paragraph.rgba(margin=3)) == (w + 6) * (h + 6) * 4


def test_a_margin_shows_what_hangs_out_of_the_box() -> None:
    paragraph = Paragraph("gy", TextStyle(40, line_height=1.0))
    w, h = paragraph.pixel_size(4)
    pixels = paragraph.rgba(margin=4)
    below = pixels[4 * w * (h - 4) :][3::4]
    assert max(below) > 0
    assert sum(pixels[3::4]) > sum(paragraph.rgba()[3::4])


def test_the_same_text_gives_the_same_pixels() -> None:
    for language in LINES:
        first, second = (
            Paragraph(LINES[language], style_of(language), 400).rgba() for _ in range(2)
        )
        assert first == second


@pytest.mark.parametrize("language", LINES)
def test_all_ink_lies_in_the_ink_box_and_none_is_laid_on_twice(language: str) -> None:
    paragraph = Paragraph(LINES[language], style_of(language), 400)
    x, y, w, h = paragraph.ink_box
    assert w % 4 == 0
    tight = paragraph.coverage(w, h, -x, -y)
    wide = paragraph.coverage(w + 40, h + 40, 20 - x, 20 - y)
    assert sum(wide) == sum(tight)
    # Joined letters overlap; what cairo's usual operator makes of them is what we make.
    usual = paragraph.coverage(w, h, -x, -y, strength=254.9 / 255)
    assert max(abs(one - other) for one, other in zip(usual, tight, strict=True)) <= 2


def test_no_ink_is_an_empty_box() -> None:
    assert Paragraph("   ", BODY, 400).ink_box == (0, 0, 0, 0)
    assert Paragraph("", BODY, 400).ink_box == (0, 0, 0, 0)


# --- kept layouts ------------------------------------------------------------------------------


def test_measuring_and_drawing_lay_out_once() -> None:
    forget_paragraphs()
    height = Paragraph.height_for("You can say no.", BODY, 300)
    kept = lay_out("You can say no.", BODY, 300)
    assert kept.height == height
    assert lay_out("You can say no.", BODY, 300) is kept
    assert lay_out("You can say no.", BODY, 301) is not kept


def test_nothing_is_kept_after_a_visit() -> None:
    seen = weakref.ref(lay_out("My name is Sam.", BODY, 300))
    assert seen() is not None
    forget_paragraphs()
    gc.collect()
    assert seen() is None


def test_another_thread_forgets_too() -> None:
    seen: list[weakref.ref[Paragraph]] = []
    told, looked = threading.Event(), threading.Event()

    def elsewhere() -> None:
        seen.append(weakref.ref(lay_out("My name is Sam.", BODY, 300)))
        looked.set()
        told.wait(5)
        lay_out("Hello.", BODY, 300)
        gc.collect()
        seen.append(weakref.ref(lay_out("Hello.", BODY, 300)))
        assert seen[0]() is None

    thread = threading.Thread(target=elsewhere)
    thread.start()
    looked.wait(5)
    forget_paragraphs()
    told.set()
    thread.join()
    assert len(seen) == 2


def test_two_threads_set_type_at_once() -> None:
    wanted = [Paragraph(LINES[code], style_of(code), 400).rgba() for code in LINES]
    found: list[list[bytes]] = []

    def work() -> None:
        for _ in range(3):
            made = [Paragraph(LINES[code], style_of(code), 400).rgba() for code in LINES]
        found.append(made)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted, wanted]


def test_many_layouts_take_no_more_memory_than_some() -> None:
    def megabytes() -> float:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

    def lay_out_many(name: str, count: int) -> None:
        for number in range(count):
            for code in ("en", "ar"):
                paragraph = lay_out(f"{LINES[code]} {name} {number}", style_of(code), 500)
                paragraph.boxes(*paragraph.words()[0])
                paragraph.rgba()

    lay_out_many("before", 400)  # the kept ones, and the allocators' own stock
    before = megabytes()
    lay_out_many("after", 1000)
    assert megabytes() - before < 2  # 2.6 when layouts are not given back
