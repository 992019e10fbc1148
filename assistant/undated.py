"""Undated sources that a filter by day leaves out: silence must not hide them."""

from dataclasses import replace

from assistant.answers import Answer
from assistant.quoting.summing_up import in_reach
from index.filters import Filters
from sources.catalogue import Catalogue


def with_left_out(answer: Answer, filters: Filters | None, catalogue: Catalogue) -> Answer:
    """An uncertain answer whose reason says how many undated sources were not looked at."""
    if answer.is_certain or answer.asks_back or not answer.reason:
        return answer
    count = undated_left_out(filters, catalogue)
    if not count:
        return answer
    said = "1 undated source was" if count == 1 else f"{count:,} undated sources were"
    return replace(answer, reason=f"{answer.reason} {said} left out by the dates.")


def undated_left_out(filters: Filters | None, catalogue: Catalogue) -> int:
    """How many undated sources would pass the filters but for their days."""
    if filters is None or not (filters.since or filters.until):
        return 0
    others = replace(filters, since=None, until=None)
    if not others:
        return catalogue.dates()[2]
    return sum(entry.source.card.published is None for entry in in_reach(catalogue, others))
