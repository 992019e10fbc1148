"""The days, months and years that sentences name: what a chronology is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.speaking.hearing import Hearing
from assistant.verifying.amounts import Day, days_in
from sources.source import Source, Span

_MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november"
        " december".split(),
        start=1,
    )
}
_MONTH = "|".join(_MONTHS)
_DATED = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH}),?\s+(?P<year>(?:19|20)\d\d)"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}}),\s+(?P<year2>(?:19|20)\d\d)"
    rf"|(?P<month3>{_MONTH})\s+(?P<year3>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    r"|(?:in|since|by|until|from)\s+(?P<year4>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)


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
        day.span.of(words) for day in sorted(_without_year(words), key=lambda day: day.month)
    ]
    return ", ".join(dict.fromkeys(named))


def _times_in(words: str) -> Iterator[tuple[date, str]]:
    for match in _DATED.finditer(words):
        day = _first_day(match)
        if day is not None:
            yield day, re.sub(r"^(?:in|since|by|until|from)\s+", "", match.group(), flags=re.I)


def _days_near(published: date | None, words: str) -> Iterator[tuple[date, str]]:
    """The days of `words` that have no year, each in the year that brings it nearest to the day
    of publication."""
    if published is None:
        return
    for day in _without_year(words):
        near = [
            candidate
            for year in (published.year - 1, published.year, published.year + 1)
            if (candidate := _date(year, day.month, day.day or 1)) is not None
        ]
        if near:
            yield min(near, key=lambda one: abs(one - published)), day.span.of(words)


def _without_year(words: str) -> tuple[Day, ...]:
    dated = [Span(*found.span()) for found in _DATED.finditer(words)]
    return tuple(
        day
        for day in days_in(words)
        if day.year is None and day.day and not any(day.span.overlaps(one) for one in dated)
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first_day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["year4"]:
            return date(int(match["year4"]), 1, 1)
        month = match["month"] or match["month2"] or match["month3"]
        year = match["year"] or match["year2"] or match["year3"]
        return date(int(year), _MONTHS[month.casefold()], int(match["day"] or match["day2"] or 1))
    except ValueError:
        return None
