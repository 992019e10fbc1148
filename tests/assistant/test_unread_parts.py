"""No source is said to be silent on what may stand in its unread parts."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.asking.questions import Question
from assistant.judging.reasons import unmentioned
from assistant.unread_parts import with_unread_parts
from index.library import Library
from sources.entries import Arrival
from sources.problems import Unread
from sources.source import Source

SAID = "The delegation met the envoys in Miami and signed nothing."


def _cannot_read(library: Library, slug: str, *problems: str) -> None:
    source: Source = replace(library.catalogue.source(slug), problems=problems)
    library.catalogue.register.take_card_of(Arrival(source, library.catalogue.text(slug), "", 0))


def test_the_reason_says_which_source_has_unread_parts(library_of: Callable[..., Library]) -> None:
    library = library_of(minutes=SAID, memo="Nothing else was said in Geneva.")
    before = Assistant(library).ask("What did the delegation say about Odesa?")
    assert before.reason == "No source mentions Odesa."
    _cannot_read(library, "minutes", Unread("3 text boxes are not read"), "read by OCR")
    after = Assistant(library).ask("What did the delegation say about Odesa?")
    assert after.verdict == "not_in_sources"
    assert after.reason == (
        "In what could be read, no source mentions Odesa. Of “minutes”, 3 text boxes are not read."
    )


def test_a_remark_on_a_source_changes_no_reason(library_of: Callable[..., Library]) -> None:
    library = library_of(minutes=SAID)
    _cannot_read(library, "minutes", "read by OCR: check the words")
    answer = Assistant(library).ask("What did the delegation say about Odesa?")
    assert answer.reason == "No source mentions Odesa."


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (
            "No source in English uses the word “odes”. Texts in Polish were searched by names.",
            "In what could be read, no source in English uses the word “odes”. Texts in Polish"
            " were searched by names.",
        ),
        (
            "The nearest passage speaks of “x”; no source uses the word “y”.",
            "The nearest passage speaks of “x”; in what could be read, no source uses the word"
            " “y”.",
        ),
        ("No text mentions 5 May 2026.", "In what could be read, no text mentions 5 May 2026."),
        ("No source has the text of Annex 3.", "In what could be read, no source has the text of"
         " Annex 3."),
        ("No source reports words of theirs about it.", "In what could be read, no source reports"
         " words of theirs about it."),
        (unmentioned(Question("Where is Odesa?"), ["Odesa"]), "In what could be read, no source"
         " mentions Odesa."),
    ],
)  # fmt: skip
def test_whatever_is_claimed_of_all_sources_is_claimed_of_what_was_read(
    library_of: Callable[..., Library], reason: str, expected: str
) -> None:
    library = library_of(a="One.", b="Two.", c="Three.", d="Four.", e="Five.")
    for slug in "abcde":
        _cannot_read(library, slug, Unread("1 box is not read"), Unread("2 pages hold no text."))
    silent = Answer("Where?", "quotes", "not_in_sources", reason=reason)
    said = with_unread_parts(silent, library.catalogue).reason
    told = "1 box is not read, and 2 pages hold no text."
    assert said == f"{expected} Of “a”, {told} Of “b”, {told} Of “c”, {told}" + (
        " 2 more sources have unread parts."
    )


def test_other_reasons_stay_as_they_are(library_of: Callable[..., Library]) -> None:
    library = library_of(minutes=SAID)
    _cannot_read(library, "minutes", Unread("3 text boxes are not read"))
    silent = Answer("Where?", "quotes", "not_in_sources", reason="No passage comes near to this.")
    assert with_unread_parts(silent, library.catalogue) == silent
