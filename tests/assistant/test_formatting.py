"""Sizes, days and quotations in words."""

from datetime import date

import pytest

from assistant.formatting import quotation, short_day, size_in_words, within_marks, written_day


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (99_999, "100.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (2_500_000_000, "2,500.0 MB"),
    ],
)
def test_a_size_is_told_in_the_unit_that_fits(count: int, words: str) -> None:
    assert size_in_words(count) == words


def test_a_day_that_nobody_names_is_undated() -> None:
    assert (written_day(date(2025, 12, 2)), written_day(None)) == ("2 December 2025", "undated")
    assert (short_day(date(2025, 12, 2)), short_day(None)) == ("2025-12-02", "undated")


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Talks go on.", "“Talks go on.”"),
        ("“We will pay,” she said.", "“\u200a‘We will pay,’ she said.”"),
        ('The force "will not fight".', "“The force ‘will not fight’.”"),
        ("He said: „Nein“", "“He said: ‚Nein‘\u200a”"),
        ("Two\nlines.", "“Two lines.”"),
        ("Ukraine’s army", "“Ukraine’s army”"),
    ],
)
def test_marks_in_a_quotation_are_single(words: str, quoted: str) -> None:
    assert quotation(words) == quoted


def test_marks_are_changed_one_for_one() -> None:
    words = 'He said: “No.” "Never."'
    assert len(within_marks(words)) == len(words)
