"""The days, months and years that sentences name: what a chronology is made of."""

from dataclasses import dataclass
from datetime import date

from assistant.quoting.naming_times import days_near, times_in, without_year
from assistant.speakers.utterances import EverythingSaid
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


def find_events(everything: EverythingSaid) -> tuple[Event, ...]:
    """Every time that a sentence of an original source names, earliest first.

    A day without a year is one only where it is known when its source was published.
    """
    found = []
    for slug, (source, text) in everything.texts.items():
        if everything.originals.get(slug, slug) != slug:
            continue
        for sentence in text.sentences:
            words = sentence.of(text.content)
            span = Span(sentence.start, sentence.end)
            times = [*times_in(words), *days_near(source.card.published, words)]
            found += [Event(day, named, source, span, words) for day, named in times]
    return tuple(sorted(found, key=lambda event: (event.first_day, event.source.slug)))


def times_named(words: str) -> str:
    """The times that a sentence names, earliest first: ``September 2014, February 2015``.

    Where none has a year, the days as it names them: ``7 October``.
    """
    in_order = sorted(times_in(words), key=lambda time: time[0])
    named = [name for _, name in in_order] or [
        day.span.of(words) for day in sorted(without_year(words), key=lambda day: day.month or 0)
    ]
    return ", ".join(dict.fromkeys(named))
