"""What the pictures show, as numbers: statements over time, and coverage by publisher.

Each mark carries the slugs behind it, so that a page can lead to the passages. What has no
date is counted as undated, never put on a day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.speakers.utterances import EverythingSaid

Grain = Literal["month", "quarter", "year", "decade"]
"""How long the periods are that are counted together."""
GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "decade")
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True)
class Mark:
    """A count in one period for one party or publisher."""

    day: date | None
    """The first of the period; `None` is undated."""
    name: str
    count: int
    sources: tuple[str, ...]


def statements_over_time(
    everything: EverythingSaid, *, grain: Grain = "month", max_parties: int | None = None
) -> tuple[Mark, ...]:
    """Statements of each party by period, undated last.

    With `max_parties`, only of those with the most.
    """
    return _counted(
        ((said.speaker, said.published, said.source.slug) for said in everything.said),
        grain=grain,
        most=max_parties,
    )


def coverage(
    everything: EverythingSaid, *, grain: Grain = "month", max_publishers: int | None = None
) -> tuple[Mark, ...]:
    """Sources of each publisher by period, undated last; reprints count for whoever printed them.

    With `max_publishers`, only of those with the most.
    """
    return _counted(
        (
            (source.card.publisher or "unknown", source.card.published, slug)
            for slug, (source, _) in everything.texts.items()
        ),
        grain=grain,
        most=max_publishers,
    )


def grain_for(everything: EverythingSaid, *, max_periods: int) -> Grain:
    """The finest grain in which the library's dated sources span few enough periods."""
    days = [
        source.card.published for source, _ in everything.texts.values() if source.card.published
    ]
    if not days:
        return "month"
    for grain in GRAINS:
        if _number(max(days), grain) - _number(min(days), grain) < max_periods:
            return grain
    return GRAINS[-1]


def period_of(day: date | None, grain: Grain) -> date | None:
    """The first day of the period that `day` is in; `None` stays unknown."""
    return None if day is None else _first_day(_number(day, grain), grain)


def periods(marks: Iterable[Mark], grain: Grain) -> tuple[date, ...]:
    """Every period from the first to the last dated mark, also those without any."""
    numbers = [_number(mark.day, grain) for mark in marks if mark.day is not None]
    if not numbers:
        return ()
    return tuple(_first_day(one, grain) for one in range(min(numbers), max(numbers) + 1))


def name_of(period: date | None, grain: Grain) -> str:
    """The period in words: ``Nov 2025``, ``Q4 2025``, ``2025``, ``2020s``, or ``undated``."""
    if period is None:
        return "undated"
    match grain:
        case "month":
            return f"{period:%b %Y}"
        case "quarter":
            return f"Q{(period.month + 2) // 3} {period.year}"
        case "year":
            return str(period.year)
        case "decade":
            return f"{period.year}s"


def _counted(
    counted: Iterable[tuple[str, date | None, str]], *, grain: Grain, most: int | None
) -> tuple[Mark, ...]:
    slugs: defaultdict[tuple[str, date | None], list[str]] = defaultdict(list)
    for name, day, slug in counted:
        slugs[name, period_of(day, grain)].append(slug)
    totals: Counter[str] = Counter()
    for (name, _), found in slugs.items():
        totals[name] += len(found)
    kept = _with_the_most(totals, most)
    return tuple(
        Mark(day, name, len(found), tuple(dict.fromkeys(found)))
        for (name, day), found in sorted(
            slugs.items(), key=lambda item: (item[0][1] or date.max, item[0][0])
        )
        if name in kept
    )


def _with_the_most(totals: Counter[str], most: int | None) -> Sequence[str]:
    return sorted(totals, key=lambda name: (-totals[name], name))[:most]


def _number(day: date, grain: Grain) -> int:
    return (day.year * 12 + day.month - 1) // _MONTHS[grain]


def _first_day(number: int, grain: Grain) -> date:
    year, month = divmod(number * _MONTHS[grain], 12)
    return date(year, month + 1, 1)
