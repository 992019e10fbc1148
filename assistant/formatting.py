"""Sizes, days and quotations as people write them, the same for terminal, page and documents."""

import re
from datetime import date
from itertools import count

from sources.language import name_of
from sources.source import Source

HAIR_SPACE = "\u200a"
"""Parts two quotation marks that meet."""
UNDATED = "undated"
"""What stands in the place of a day that no card names."""

_WITHIN = str.maketrans("“”„", "‘’‚")
_MARKS = "‘’‚'\"“”"


def written_day(day: date | None) -> str:
    """``22 December 2025``, or ``undated``."""
    return f"{day.day} {day:%B %Y}" if day else UNDATED


def short_day(day: date | None) -> str:
    """``2025-12-22``, or ``undated``: where days stand one below the other."""
    return day.isoformat() if day else UNDATED


def read_by_earlier(count: int) -> str:
    """What is to be said of so many sources that an earlier version of the readers read."""
    were = "1 source was" if count == 1 else f"{count:,} sources were"
    it = "it" if count == 1 else "them"
    return (
        f"{were} read by an earlier version of this program; `assistant sources reread` reads"
        f" {it} again."
    )


def language_in_words(source: Source) -> str:
    """``Ukrainian`` where the card says so, else ``Ukrainian (detected)`` or ``unknown``."""
    if source.language is None:
        return "unknown"
    return f"{name_of(source.language)}{'' if source.card.language else ' (detected)'}"


def size_in_words(count: int) -> str:
    """A number of bytes: ``606 B``, ``4.2 kB``, ``12.3 MB``; a kB is 1,000 bytes."""
    if count < 1000:
        return f"{count} B"
    amount, unit = (count / 1000, "kB") if count < 999_950 else (count / 1_000_000, "MB")
    return f"{amount:,.1f} {unit}"


def within_marks(words: str) -> str:
    """The words as they stand in a quotation: their double marks are single, one for one."""
    opened = count()
    return re.sub('"', lambda _: "’" if next(opened) % 2 else "‘", words.translate(_WITHIN))


def quotation(words: str) -> str:
    """The words in quotation marks, double ones in them single, line breaks as spaces."""
    words = within_marks(" ".join(words.split()))
    before = HAIR_SPACE if words[:1] and words[0] in _MARKS else ""
    after = HAIR_SPACE if words[-1:] and words[-1] in _MARKS else ""
    return f"“{before}{words}{after}”"
