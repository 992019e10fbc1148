"""The label of a quoted block is read back as it was written."""

from datetime import date

import pytest

from sources.quoted import day_of, in_words, label_of, quoted_from, sender_of
from sources.source import Block, Span


@pytest.mark.parametrize(
    ("sender", "day", "label"),
    [
        ("Karel Novy", date(2026, 6, 5), "Karel Novy, 5 June 2026"),
        ("Novy, Karel", date(2026, 12, 31), "Novy, Karel, 31 December 2026"),
        ("Karel Novy", None, "Karel Novy"),
        (None, date(2026, 6, 5), "5 June 2026"),
        (None, None, ""),
    ],
)
def test_a_label_holds_sender_and_day(sender: str | None, day: date | None, label: str) -> None:
    assert label_of(sender, day) == label
    assert (sender_of(label), day_of(label)) == (sender, day)


def test_words_that_reach_into_a_quotation_are_told_as_quoted() -> None:
    blocks = (Block(0, 10, "paragraph"), Block(12, 20, "quoted", 1, "Novy"))
    assert quoted_from(blocks, Span(0, 10)) is None
    assert quoted_from(blocks, Span(5, 14)) == "Novy"
    assert in_words("Novy") == "quoted from Novy"
