"""The times that sentences name, in the order in which they lie."""

from datetime import date

import pytest

from assistant.briefing.chronology import find_events, times_named
from assistant.speakers.utterances import listen
from sources.source import Card, Source
from tests.assistant.speakers.texts import text_of


def _events(words: str, published: date | None) -> list[tuple[date, str]]:
    source = Source("news", Card("News", published=published), "0" * 64, "made up")
    events = find_events(listen({"news": (source, text_of(words))}))
    return [(event.first_day, event.as_named) for event in events]


@pytest.mark.parametrize(
    ("words", "published", "day"),
    [
        ("ZELENIVKA, 7 October — A depot was hit.", date(2025, 10, 7), date(2025, 10, 7)),
        ("The launchers arrive by 31 March.", date(2025, 11, 18), date(2026, 3, 31)),
        ("They met on December 30.", date(2026, 1, 2), date(2025, 12, 30)),
        ("They met on 29 February.", date(2025, 1, 2), date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_lies_nearest_to_its_publication(
    words: str, published: date, day: date
) -> None:
    assert [found for found, _ in _events(words, published)] == [day]


def test_a_day_without_a_year_is_named_as_it_is_written() -> None:
    words = "ZELENIVKA, 7 October — A depot was hit."
    assert _events(words, date(2025, 10, 7)) == [(date(2025, 10, 7), "7 October")]
    assert times_named(words) == "7 October"


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("ZELENIVKA, 7 October — A depot was hit.", None),
        ("All 27 may join in October.", date(2025, 10, 7)),
    ],
)
def test_what_is_no_known_day_is_no_event(words: str, published: date | None) -> None:
    assert _events(words, published) == []


def test_a_day_with_its_year_is_found_once() -> None:
    words = "They met on 7 October 2024 and in May 2025."
    assert _events(words, date(2025, 10, 7)) == [
        (date(2024, 10, 7), "7 October 2024"),
        (date(2025, 5, 1), "May 2025"),
    ]
    assert times_named(words) == "7 October 2024, May 2025"
