"""Compare: one issue, two parties or two days, different words, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.briefing.differences import Differences, find_differences
from assistant.briefing.issues import Issue
from assistant.speaking.hearing import Said

MAX_STATEMENTS = 60
"""Of one issue, so many of the newest statements are compared with each other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two statements on one issue that differ in numbers, modality or negation."""

    issue: str
    earlier: Said
    later: Said
    differences: Differences


def compare(
    said: Sequence[Said], issues: Sequence[Issue], *, party: str | None = None
) -> tuple[Comparison, ...]:
    """Every such pair, by issue in its order; differing numbers first, then newest.

    With `party`, only pairs in which it speaks. Two statements that one party makes in one
    text are not compared.
    """
    found: list[Comparison] = []
    for issue in issues:
        about = [one for one in said if issue.is_in(one.topic)][:MAX_STATEMENTS]
        pairs = []
        for one, other in combinations(about, 2):
            if one.speaker == other.speaker and one.published == other.published:
                continue
            if party and party.casefold() not in (one.speaker.casefold(), other.speaker.casefold()):
                continue
            earlier, later = sorted((one, other), key=lambda each: each.published or date.min)
            differences = find_differences(earlier.statement, later.statement)
            if (
                differences.numbers
                or differences.negation
                or (differences.modality and earlier.speaker == later.speaker)
            ):
                pairs.append(Comparison(issue.name, earlier, later, differences))
        pairs.sort(key=lambda pair: pair.later.published or date.min, reverse=True)
        pairs.sort(key=lambda pair: not pair.differences.numbers)
        found.extend(pairs)
    return tuple(found)
