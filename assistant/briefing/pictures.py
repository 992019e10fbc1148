"""What the pictures show, as numbers: statements over time, and coverage by publisher.

Each mark carries the slugs behind it, so that a page can lead to the passages.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from assistant.briefing.hearing import Hearing


@dataclass(frozen=True, slots=True)
class Mark:
    """A count on one day for one party or publisher."""

    day: date
    """The first of the month."""
    name: str
    count: int
    sources: tuple[str, ...]


def statements_over_time(hearing: Hearing, *, max_parties: int = 8) -> tuple[Mark, ...]:
    """Statements of each party by month; the parties with the most, undated ones left out."""
    counted: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
    totals: defaultdict[str, int] = defaultdict(int)
    for said in hearing.said:
        if said.published:
            counted[said.speaker, said.published.replace(day=1)].append(said.source.slug)
            totals[said.speaker] += 1
    kept = sorted(totals, key=lambda party: (-totals[party], party))[:max_parties]
    return tuple(
        Mark(day, party, len(slugs), tuple(dict.fromkeys(slugs)))
        for (party, day), slugs in sorted(
            counted.items(), key=lambda item: (item[0][1], item[0][0])
        )
        if party in kept
    )


def coverage(hearing: Hearing) -> tuple[Mark, ...]:
    """Sources of each publisher by month; reprints count for whoever printed them."""
    counted: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
    for slug, (source, _) in hearing.texts.items():
        if source.card.published:
            publisher = source.card.publisher or "unknown"
            counted[publisher, source.card.published.replace(day=1)].append(slug)
    return tuple(
        Mark(day, publisher, len(slugs), tuple(sorted(slugs)))
        for (publisher, day), slugs in sorted(
            counted.items(), key=lambda item: (item[0][1], item[0][0])
        )
    )
