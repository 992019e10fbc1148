"""A filter by day leaves undated sources out, and silence says so."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answering import Assistant
from index.filters import Filters
from index.library import Library

SINCE = date(2025, 1, 1)
ASKED = "How many ships came to Toll?"


@pytest.fixture
def assistant(library_of: Callable[..., Library]) -> Assistant:
    return Assistant(
        library_of(
            dated="---\npublisher: Harbour Post\npublished: 2025-11-03\n---\nThe weather was mild.",
            undated="---\npublisher: Harbour Post\n---\nIn all, 15 ships came to Toll.",
            memo="---\npublisher: The Office\n---\nNobody met.",
        )
    )


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(since=SINCE), "2 undated sources were left out by the dates."),
        (Filters(until=date(2026, 1, 1)), "2 undated sources were left out by the dates."),
        (
            Filters(since=SINCE, publishers=("Harbour Post",)),
            "1 undated source was left out by the dates.",
        ),
    ],
)
def test_silence_says_how_many_undated_sources_were_left_out(
    assistant: Assistant, filters: Filters, told: str
) -> None:
    answer = assistant.ask(ASKED, filters=filters)
    assert answer.verdict == "not_in_sources"
    assert (answer.reason or "").endswith(told)


@pytest.mark.parametrize(
    "filters", [None, Filters(sources=("memo",)), Filters(sources=("dated",), since=SINCE)]
)
def test_where_the_dates_leave_nothing_out_nothing_is_said(
    assistant: Assistant, filters: Filters | None
) -> None:
    answer = assistant.ask("What is the recipe for borscht?", filters=filters)
    assert answer.verdict == "not_in_sources"
    assert "undated" not in (answer.reason or "")
