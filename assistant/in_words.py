"""Sizes and days as people write them: one way for the terminal, the page and documents."""

from datetime import date

UNDATED = "undated"
"""What stands in the place of a day that no card names."""


def written_day(day: date | None) -> str:
    """``22 December 2025``, or ``undated``."""
    return f"{day.day} {day:%B %Y}" if day else UNDATED


def short_day(day: date | None) -> str:
    """``2025-12-22``, or ``undated``: where days stand one below the other."""
    return day.isoformat() if day else UNDATED


def size_in_words(count: int) -> str:
    """A number of bytes: ``606 B``, ``4.2 kB``, ``12.3 MB``; a kB is 1,000 bytes."""
    if count < 1000:
        return f"{count} B"
    amount, unit = (count / 1000, "kB") if count < 999_950 else (count / 1_000_000, "MB")
    return f"{amount:,.1f} {unit}"
