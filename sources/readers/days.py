"""The one day that words name: of a publication, of a mail."""

from datetime import date
from typing import NamedTuple

from sources.source import Span

_MAX_CHARS = 300


class Day(NamedTuple):
    """A day, and where it stands in the words."""

    day: date
    span: Span


def day_in(words: str) -> Day | None:
    """The first whole day that `words` name; `None` where day and month may be swapped."""
    from sources.quantities.quantity import Date, single
    from sources.quantities.reading import read_quantities

    for one in single(read_quantities(words[:_MAX_CHARS])):
        if isinstance(one, Date) and one.day and one.first_day is not None:
            is_clear = not one.may_be_swapped or one.day == one.month
            return Day(one.first_day, one.span) if is_clear else None
    return None
