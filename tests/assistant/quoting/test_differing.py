from dataclasses import replace
from datetime import date

import pytest

from assistant.answers import Answer, Citation, Quote, Statement
from assistant.quoting.differing import point_out_differences
from sources.source import Span

BEGINS = 40
"""Where in its text each quote begins: marks count from the text's beginning."""


def _answer(*said: tuple[str, str, str, str]) -> Answer:
    """Statements of source, day, words and the words in them that are marked."""
    statements, citations = [], []
    for number, (source, day, words, marked) in enumerate(said, start=1):
        start = BEGINS + words.index(marked)
        statements.append(Statement(words, (number,), "supported"))
        citations.append(
            Citation(
                number,
                Quote(source, Span(BEGINS, BEGINS + len(words)), words),
                title=source,
                publisher=None,
                published=date.fromisoformat(day) if day else None,
                marks=(Span(start, start + len(marked)),),
            )
        )
    return Answer("How many?", "quotes", "answered", tuple(statements), tuple(citations))


def test_other_numbers_of_other_sources_are_told_in_the_order_of_their_days() -> None:
    answer = _answer(
        ("late", "2025-10-08", "At least 19 people were killed.", "19"),
        ("early", "2025-10-07", "It killed 14 people and wounded 37.", "14"),
    )
    assert point_out_differences(answer).notice == (
        "The sources give different numbers:"
        " 14 people (early, 7 October 2025); 19 people (late, 8 October 2025)."
        " See what each counts."
    )


def test_a_number_that_names_nothing_counts_what_was_asked() -> None:
    answer = _answer(
        ("one", "", "Forty-one people were wounded.", "Forty-one"),
        ("other", "2025-10-07", "It killed 14 people and wounded 37.", "37"),
    )
    assert point_out_differences(answer).notice == (
        "The sources give different numbers: 37 (other, 7 October 2025); Forty-one people (one)."
        " See what each counts."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "", "It has 800,000 troops.", "800,000"), ("b", "", "800 thousand men.", "800")),
        (("a", "", "In 2026: 2,500 drones.", "2,500"), ("a", "", "Then 3,500 drones.", "3,500")),
        (("a", "", "It sends 60 trucks.", "60"), ("b", "", "It pays 90 euros.", "90")),
        (("a", "", "It met on 7 October.", "7 October"), ("b", "", "On 9 October.", "9 October")),
        (("a", "", "Vance said so.", "Vance"), ("b", "", "Witkoff said so.", "Witkoff")),
    ],
    ids=["the same number", "one source", "other things", "days", "names"],
)
def test_nothing_is_told_of(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str]
) -> None:
    answer = _answer(one, other)
    assert point_out_differences(answer) == answer


def test_what_was_said_before_stays() -> None:
    answer = _answer(
        ("a", "2025-01-01", "It killed 14 people.", "14"),
        ("b", "2025-01-02", "It killed 19 people.", "19"),
    )
    told = point_out_differences(replace(answer, notice="“kiled” is read as “killed”."))
    assert told.notice is not None
    assert told.notice.startswith("“kiled” is read as “killed”. The sources give different")
