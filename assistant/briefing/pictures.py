"""What the pictures show, as numbers: statements over time, and coverage by publisher.

Each mark carries the slugs behind it, so that a page can lead to the passages. What has no
date is counted as undated, never put on a day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from assistant.speaking.hearing import Hearing


@dataclass(frozen=True, slots=True)
class Mark:
    """A count in one month for one party or publisher."""

    day: date | None
    """The first of the month; `None` is undated."""
    name: str
    count: int
    sources: tuple[str, ...]


def statements_over_time(hearing: Hearing, *, max_parties: int = 8) -> tuple[Mark, ...]:
    """Statements of each party by month, undated last; the parties with the most."""
    counted: defaultdict[tuple[str, date | None], list[str]] = defaultdict(list)
    totals: defaultdict[str, int] = defaultdict(int)
    for said in hearing.said:
        counted[said.speaker, month_of(said.published)].append(said.source.slug)
        totals[said.speaker] += 1
    kept = sorted(totals, key=lambda party: (-totals[party], party))[:max_parties]
    return tuple(
        Mark(day, party, len(slugs), tuple(dict.fromkeys(slugs)))
        for (party, day), slugs in sorted(
            counted.items(), key=lambda item: (item[0][1] or date.max, item[0][0])
        )
        if party in kept
    )


def coverage(hearing: Hearing) -> tuple[Mark, ...]:
    """Sources of each publisher by month, undated last; reprints count for whoever printed them."""
    counted: defaultdict[tuple[str, date | None], list[str]] = defaultdict(list)
    for slug, (source, _) in hearing.texts.items():
        counted[source.card.publisher or "unknown", month_of(source.card.published)].append(slug)
    return tuple(
        Mark(day, publisher, len(slugs), tuple(sorted(slugs)))
        for (publisher, day), slugs in sorted(
            counted.items(), key=lambda item: (item[0][1] or date.max, item[0][0])
        )
    )


def month_of(day: date | None) -> date | None:
    """The first of the day's month; `None` stays unknown."""
    return day.replace(day=1) if day else None
