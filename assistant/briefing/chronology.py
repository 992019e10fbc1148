"""The days, months and years that sentences name: what a chronology is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.speaking.hearing import Hearing
from sources.quantities.quantity import Date, single
from sources.quantities.reading import read_quantities
from sources.source import Source, Span


@dataclass(frozen=True, slots=True)
class Event:
    """A time that a sentence names."""

    first_day: date
    """The day itself, or the first of the month or year that is named.

    Of a day without a year, the one that is nearest to the day its source was published."""
    as_named: str
    source: Source
    sentence: Span
    words: str


def find_events(hearing: Hearing) -> tuple[Event, ...]:
    """Every time that a sentence of an original source names, earliest first.

    A day without a year is one only where it is known when its source was published.
    """
    found = []
    for slug, (source, text) in hearing.texts.items():
        if hearing.originals.get(slug, slug) != slug:
            continue
        for sentence in text.sentences:
            words = sentence.of(text.content)
            span = Span(sentence.start, sentence.end)
            times = [*_times_in(words), *_days_near(source.card.published, words)]
            found += [Event(day, named, source, span, words) for day, named in times]
    return tuple(sorted(found, key=lambda event: (event.first_day, event.source.slug)))


def times_named(words: str) -> str:
    """The times that a sentence names, earliest first: ``September 2014, February 2015``.

    Where none has a year, the days as it names them: ``7 October``.
    """
    in_order = sorted(_times_in(words), key=lambda time: time[0])
    named = [name for _, name in in_order] or [
        day.span.of(words) for day in sorted(_without_year(words), key=lambda day: day.month or 0)
    ]
    return ", ".join(dict.fromkeys(named))


def _times_in(words: str) -> Iterator[tuple[date, str]]:
    """What has a year, each by its first day."""
    for one in _dates_in(words):
        if (day := one.first_day) is not None:
            yield day, one.span.of(words)


def _days_near(published: date | None, words: str) -> Iterator[tuple[date, str]]:
    """The days of `words` that have no year, each in the year that brings it nearest to the day
    of publication."""
    if published is None:
        return
    for day in _without_year(words):
        near = [
            candidate
            for year in (published.year - 1, published.year, published.year + 1)
            if (candidate := Date(year, day.month, day.day, day.span).first_day) is not None
        ]
        if near:
            yield min(near, key=lambda one: abs(one - published)), day.span.of(words)


def _without_year(words: str) -> tuple[Date, ...]:
    return tuple(one for one in _dates_in(words) if one.year is None and one.day)


def _dates_in(words: str) -> Iterator[Date]:
    """The days, months and years of `words`; a decade is no time of an event."""
    for one in single(read_quantities(words)):
        if isinstance(one, Date) and not one.is_decade:
            yield one
