"""The numbers behind the pictures."""

from datetime import date

import pytest

from assistant.briefing.pictures import (
    Grain,
    Mark,
    coverage,
    grain_for,
    name_of,
    period_of,
    periods,
    statements_over_time,
)
from assistant.speakers.utterances import listen
from tests.assistant.speakers.texts import made_up


def test_statements_are_counted_by_party_and_month() -> None:
    marks = {(mark.name, mark.day): mark for mark in statements_over_time(made_up())}
    assert marks["Macron", date(2025, 11, 1)].count == 2
    assert marks["Macron", date(2025, 12, 1)].sources == ("05-coalition-london",)


def test_every_party_is_counted_where_no_number_is_given() -> None:
    parties = {said.speaker for said in made_up().said}
    assert len(parties) > 8
    assert {mark.name for mark in statements_over_time(made_up())} == parties
    few = statements_over_time(made_up(), max_parties=2)
    assert len({mark.name for mark in few}) == 2


def test_coverage_is_counted_by_publisher_and_undated_sources_are_on_no_day() -> None:
    marks = coverage(made_up())
    assert {mark.name for mark in marks if mark.count == 2} == {"Lakeside Wire"}
    undated = [mark for mark in marks if mark.day is None]
    assert [mark.name for mark in undated] == ["Institute for Treaties"]
    assert marks[-1] == undated[0]


def test_an_empty_library_draws_nothing() -> None:
    assert statements_over_time(listen({})) == coverage(listen({})) == ()


@pytest.mark.parametrize(("most", "grain"), [(24, "month"), (2, "month"), (1, "quarter")])
def test_periods_grow_where_there_would_be_too_many(most: int, grain: Grain) -> None:
    assert grain_for(made_up(), max_periods=most) == grain


def test_a_quarter_counts_its_months_together_and_the_undated_stay_apart() -> None:
    marks = {(mark.name, mark.day): mark for mark in coverage(made_up(), grain="quarter")}
    assert marks["Lakeside Wire", date(2025, 10, 1)].count == 2
    assert marks["Institute for Treaties", None].count == 1


def test_a_period_without_marks_has_its_place_between_the_others() -> None:
    marks = [Mark(date(2025, month, 1), "Macron", 1, ("a",)) for month in (1, 4)]
    assert [day.month for day in periods(marks, "month")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("grain", "first", "name"),
    [
        ("month", date(2025, 11, 1), "Nov 2025"),
        ("quarter", date(2025, 10, 1), "Q4 2025"),
        ("year", date(2025, 1, 1), "2025"),
        ("decade", date(2020, 1, 1), "2020s"),
    ],
)
def test_a_period_begins_on_its_first_day_and_has_a_name(
    grain: Grain, first: date, name: str
) -> None:
    assert period_of(date(2025, 11, 17), grain) == first
    assert name_of(first, grain) == name


def test_only_the_publishers_with_the_most_are_drawn_when_asked() -> None:
    assert {mark.name for mark in coverage(made_up(), max_publishers=1)} == {"Lakeside Wire"}
