"""The one day that words name: of a publication, of a mail."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sources.source import Span

if TYPE_CHECKING:
    from sources.quantities.quantity import Date

_MAX_CHARS = 300
_SMALL_MONTHS = ("pl", "fr", "uk", "ru")
"""Languages that write months small."""


class Day(NamedTuple):
    """A day, and where it stands in the words."""

    day: date
    span: Span


def day_in(words: str) -> Day | None:
    """The first whole day that `words` name; `None` where day and month may be swapped."""
    # "12 mar 2027" is a day in Polish alone: a line has too few words to tell its language.
    for language in (None, *_SMALL_MONTHS):
        found = _day_in(words[:_MAX_CHARS], language)
        if found is not None:
            is_clear = not found.may_be_swapped or found.day == found.month
            return Day(found.first_day, found.span) if is_clear and found.first_day else None
    return None


def _day_in(words: str, language: str | None) -> "Date | None":
    from sources.quantities.quantity import Date, single
    from sources.quantities.reading import read_quantities

    for one in single(read_quantities(words, language=language)):
        if isinstance(one, Date) and one.day and one.first_day is not None:
            return one
    return None
