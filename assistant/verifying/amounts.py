"""The numbers and dates of a statement that its source must hold, however each is written.

What they are is read in `sources.quantities`; here is only what a statement may leave out.
"""

import re

from sources.quantities.quantity import Amount, Date, Range, is_given_by, single
from sources.quantities.reading import read_quantities
from sources.source import Span

_LOOSE_COMMA = re.compile(r"(?<=\d)\s?,\s?(?=\d{3}(?!\d))")
"""Thousands as badly set texts have them: ``800, 100``."""


def missing_amounts(statement: str, cited: str) -> tuple[str, ...]:
    """The numbers and dates of `statement`, as it writes them, that `cited` does not hold.

    A bare "one" and sizes that are no number ("thousands") need not be there.
    """
    known = tuple(
        one
        for written in dict.fromkeys((cited, _LOOSE_COMMA.sub(",", cited)))
        for one in single(read_quantities(written))
    )
    missing: list[Span] = []
    for figure in read_quantities(statement):
        ends = [one for one in single([figure]) if _is_claimed(one) and not _is_in(one, known)]
        is_whole = isinstance(figure, Range) and len(ends) == 2
        missing += [figure.span] if is_whole else [one.span for one in ends]
    return tuple(span.of(statement) for span in missing)


def with_plain_numbers(words: str) -> str:
    """`words` with every number above a thousand as digits alone: ``800000`` for 800 thousand."""
    numbers = [
        one.number
        for one in single(read_quantities(words))
        if not isinstance(one, Date) and _is_claimed(one)
    ]
    for number in reversed(numbers):
        if number.value >= 1000 and number.value.denominator == 1:
            words = f"{words[: number.span.start]}{number.value}{words[number.span.end :]}"
    return words


def _is_claimed(one: Amount | Date) -> bool:
    if isinstance(one, Date):
        return True
    return one.number.bound != "some" and not one.number.may_be_pronoun


def _is_in(one: Amount | Date, known: tuple[Amount | Date, ...]) -> bool:
    """Whether `known` has it; four digits alone may be a number or a year."""
    if is_given_by(one, known):
        return True
    year = _may_be_year(one)
    return year is not None and any(
        year == (other.year if isinstance(other, Date) else _may_be_year(other)) for other in known
    )


def _may_be_year(one: Amount | Date) -> int | None:
    if isinstance(one, Date):
        return one.year if one.month is None and not one.is_decade else None
    is_plain = one.number is one and one.number.value.denominator == 1
    return int(one.number.value) if is_plain and 1000 <= one.number.value < 2100 else None
