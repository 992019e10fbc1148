"""Different numbers for what was asked, given by different sources: said beside the answer.

Which of them is right, or whether both are of different days, only a reader can tell.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from assistant.answers import Answer, Citation, Statement
from assistant.verifying.counting import Counted, numbers_in
from sources.source import Span


@dataclass(frozen=True, slots=True)
class _Given:
    """The numbers that one statement gives for what was asked."""

    numbers: tuple[Counted, ...]
    words: str
    citations: tuple[Citation, ...]

    @property
    def first(self) -> Citation:
        """The one published first; days that nobody tells come last."""
        return min(self.citations, key=lambda one: one.published or date.max)

    @property
    def sources(self) -> Set[str]:
        return {one.quote.source for one in self.citations}

    def differs_from(self, other: "_Given") -> bool:
        """Whether another source gives none of these numbers, but others of the same thing."""
        pairs = [
            (mine, its)
            for mine, its in product(self.numbers, other.numbers)
            if mine.unit == its.unit or not (mine.unit and its.unit)
        ]
        return (
            bool(pairs)
            and all(mine.value != its.value for mine, its in pairs)
            and self.sources.isdisjoint(other.sources)
        )

    def in_words(self) -> str:
        """``14 people (The Daily Courier, 7 October 2025)``."""
        day = self.first.published
        told = f", {day.day} {day:%B} {day.year}" if day else ""
        return f"{self.words} ({self.first.publisher or self.first.title}{told})"


def point_out_differences(answer: Answer) -> Answer:
    """The answer, with a notice where sources give other numbers of the same thing asked for."""
    every = [one for one in (_given(said, answer) for said in answer.statements) if one.numbers]
    differing = [one for one in every if any(one.differs_from(other) for other in every)]
    if not differing:
        return answer
    differing.sort(key=lambda one: one.first.published or date.max)
    told = "; ".join(one.in_words() for one in differing)
    notice = f"The sources give different numbers: {told}. See what each counts."
    return replace(answer, notice=" ".join(filter(None, (answer.notice, notice))))


def _given(statement: Statement, answer: Answer) -> _Given:
    """What the marks of a statement count, in what it cites first."""
    cited = tuple(answer.citations[number - 1] for number in statement.citations)
    quote = cited[0].quote
    start = quote.span.start
    marks = [Span(mark.start - start, mark.end - start) for mark in cited[0].marks]
    numbers = tuple(
        one for one in numbers_in(quote.words) if any(mark.overlaps(one.span) for mark in marks)
    )
    written = dict.fromkeys(one.span.of(quote.words) for one in numbers)
    return _Given(numbers, " and ".join(written), cited)
