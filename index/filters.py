"""Which sources a search may see. The same filters reach every index."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on a source's card, all of which must hold; empty means no condition."""

    sources: tuple[str, ...] = ()
    """Slugs, any of which will do."""
    publishers: tuple[str, ...] = ()
    """Publishers as the cards write them, any of which will do."""
    tags: tuple[str, ...] = ()
    """Tags of the cards, any of which will do; the catalogue knows whose they are."""
    since: date | None = None
    """Published on this day or later; undated sources are left out."""
    until: date | None = None
    """Published on this day or earlier; undated sources are left out."""

    def __bool__(self) -> bool:
        return bool(self.sources or self.publishers or self.tags or self.since or self.until)


def day_number(day: date) -> int:
    """A day as a number that orders as days do: 2025-12-22 is 20251222."""
    return day.year * 10_000 + day.month * 100 + day.day
