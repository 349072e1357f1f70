"""The operator's words for every fault that a check of words, pictures or a place pack can find."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.content.faults import Fault

FAULTS: dict[str, str] = {
    # files
    "unreadable": "cannot be read",
    "too_long": "is too long",
    "not_utf8": "is not UTF-8",
    "not_toml": "is not TOML",
    "not_po": "is not a gettext catalogue",
    "too_deep": "is nested too deeply",
    "no_catalogue": "the catalogue is not there",
    # the shape of a file
    "missing_key": "is missing",
    "unknown_key": "is no key that we know",
    "not_a_table": "has to be a table",
    "not_a_list": "has to be a list",
    "not_a_flag": "has to be true or false",
    "not_a_number": "has to be a whole number",
    "not_a_date": "is not a date",
    "not_text": "has to be text",
    "not_words": "has to be a statement's id or words by language",
    "not_allowed": "is none of those that may stand here",
    "out_of_range": "is too small or too large",
    "empty": "is empty",
    "stray_space": "begins or ends with a space",
    "bad_id": "is no id: small letters, digits and hyphens",
    "same_id": "stands twice",
    "unknown_id": "is not in this file",
    "unknown_language": "is a language that we do not know, or that is not offered here",
    "unknown_statement": "is no statement of easy_read",
    # words
    "no_words": "has no words",
    "no_english": "has no English",
    "bad_alias": "is the same as a statement that is not there, or that is an alias itself",
    "bad_placeholder": "fills in something that is not known here",
    "placeholders": "does not fill in what the English fills in",
    "missing": "is not translated",
    "stale": "was translated before the English changed",
    "foreign_letters": "has letters of another script",
    "plural": "has plural forms, which we do not use",
    "no_context": "has no context, so that nobody knows which statement it is",
    "same_context": "stands twice",
    "control": "has a control character",
    "bidi_override": "has a sign that turns the direction of what follows",
    "hidden_sign": "has a sign that cannot be seen",
    "no_duration": "lacks words for lengths of time in CLDR",
    "same_word": "is the same as another code word",
    # easy read (easy_read/rules.toml)
    "long_sentence": "has a sentence of too many words",
    "many_sentences": "has too many sentences",
    "forbidden": "must not be said",
    "steering": "pushes towards one answer",
    "hard_word": "is a hard word",
    "contraction": "runs two words into one",
    "per_cent": "counts in hundredths",
    "abbreviation": "is cut short",
    "double_negative": "says no twice",
    "passive": "does not say who does it",
    "metaphor": "does not mean what it says",
    "unequal": "does not say as much about Yes as about No",
    "no_picture": "has no picture",
    "unknown_picture": "has a picture that nobody drew",
    "bad_rules": "cannot be read as rules",
    # the notice and the check
    "no_pages": "has no pages",
    "bad_page": "is no page: id, heading, picture, short and full",
    "page_size": "does not have four sentences, or has a longer page behind it",
    "law_item_missing": "is an item of the law's checklist that no page says",
    "object_not_apart": "does not tell of the right to object on a page of its own",
    "questions": "has no questions, or faulty ones",
    "right_is_no_option": "names a right answer that is none of the answers",
    "no_problem_words": "is a failure that has no words",
    # a place's facts
    "bad_phone": "is no telephone number",
    "bad_condition": "is no condition of Article 9 or Schedule 1 or 8",
    "no_condition": "needs a condition for this kind of information",
    "no_contact": "says no way to reach them without the internet",
    "no_retention": "does not say how long this is kept",
    "nothing_asked": "asks the person about nothing",
    "never_used": "is never asked about and never told",
    "same_share": "says twice what one agency gets for one outcome",
    "enforcement_not_asked": "an enforcement agency is off unless the person asks for it",
}


def print_faults(faults: Iterable[Fault]) -> None:
    """One fault a line: file, line, what is wrong, what stands there, what to write instead."""
    for fault in faults:
        print(said(fault))


def said(fault: Fault) -> str:
    """One fault in one line."""
    where = f"{fault.file}:{fault.line}" if fault.line else fault.file
    key = f" {fault.key}:" if fault.key else ""
    stands = f" [{fault.text}]" if fault.text else ""
    instead = f" Write: {fault.instead}" if fault.instead else ""
    level = " (worth a look)" if fault.warns else ""
    return " ".join(
        f"{where}:{key} {FAULTS.get(fault.what, fault.what)}{stands}{instead}{level}".split()
    )
