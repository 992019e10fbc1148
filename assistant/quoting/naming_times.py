"""The days, months and years that a sentence names."""

from collections.abc import Iterator
from datetime import date

from sources.quantities.quantity import Date, single
from sources.quantities.reading import read_quantities


def first_time(words: str, published: date | None) -> date | None:
    """The first day of the earliest time that `words` name; `None` where they name none.

    A day without a year is the one nearest to the day of publication.
    """
    return min((day for day, _ in (*times_in(words), *days_near(published, words))), default=None)


def times_in(words: str) -> Iterator[tuple[date, str]]:
    """What has a year, each by its first day and as it is named."""
    for one in dates_in(words):
        if (day := one.first_day) is not None:
            yield day, one.span.of(words)


def days_near(published: date | None, words: str) -> Iterator[tuple[date, str]]:
    """The days of `words` that have no year, each in the year that brings it nearest to the day
    of publication."""
    if published is None:
        return
    for day in without_year(words):
        near = [
            candidate
            for year in (published.year - 1, published.year, published.year + 1)
            if (candidate := Date(year, day.month, day.day, day.span).first_day) is not None
        ]
        if near:
            yield min(near, key=lambda one: abs(one - published)), day.span.of(words)


def without_year(words: str) -> tuple[Date, ...]:
    """The days that `words` name without their year."""
    return tuple(one for one in dates_in(words) if one.year is None and one.day)


def dates_in(words: str) -> Iterator[Date]:
    """The days, months and years of `words`; a decade is no time of an event."""
    for one in single(read_quantities(words)):
        if isinstance(one, Date) and not one.is_decade:
            yield one
