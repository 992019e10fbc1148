"""The numbers behind the pictures."""

from datetime import date

from assistant.briefing.pictures import coverage, statements_over_time
from assistant.speaking.hearing import listen
from tests.assistant.speaking.texts import made_up


def test_statements_are_counted_by_party_and_month() -> None:
    marks = {(mark.name, mark.day): mark for mark in statements_over_time(made_up())}
    assert marks["Macron", date(2025, 11, 1)].count == 2
    assert marks["Macron", date(2025, 12, 1)].sources == ("05-coalition-london",)


def test_coverage_is_counted_by_publisher_and_undated_sources_are_on_no_day() -> None:
    marks = coverage(made_up())
    assert {mark.name for mark in marks if mark.count == 2} == {"Lakeside Wire"}
    undated = [mark for mark in marks if mark.day is None]
    assert [mark.name for mark in undated] == ["Institute for Treaties"]
    assert marks[-1] == undated[0]


def test_an_empty_library_draws_nothing() -> None:
    assert statements_over_time(listen({})) == coverage(listen({})) == ()
