"""What a text can give as a figure: frozen values that say where they stand and compare exactly.

A figure that can be read two ways ("1.500", "05/06/2025") holds both readings, and agrees with
whatever agrees with one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from sources.source import Span

Bound = Literal["exactly", "about", "at least", "more than", "at most", "less than", "some"]
"""What the words around a number make of it; "some" is no figure but a size: "thousands"."""
TimeUnit = Literal[
    "second", "minute", "hour", "day", "week", "month", "year", "decade", "century"
]  # fmt: skip

_FROM_BELOW: frozenset[Bound] = frozenset({"at least", "more than"})
_FROM_ABOVE: frozenset[Bound] = frozenset({"at most", "less than"})
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number; `span` is of its digits or words with their scale ("8.5 bn")."""

    value: Fraction
    span: Span
    bound: Bound = "exactly"
    other: Fraction | None = None
    """What it is if its point or comma is read the other way; `None` where that is settled."""
    is_share: bool = False
    """Whether it is written as a part of a whole: "a quarter", "two thirds"."""
    may_be_pronoun: bool = False
    """Whether it is a bare "one", which need not count anything."""

    @property
    def number(self) -> "Number":
        """Itself: what every amount has."""
        return self

    @property
    def readings(self) -> tuple[Fraction, ...]:
        """What it may be, the likelier first."""
        return (self.value,) if self.other is None else (self.value, self.other)

    def agrees_with(self, other: "Number") -> bool:
        """Whether both may be the same number, and no bound of one excludes the other's."""
        return (self.bound == "some") == (other.bound == "some") and (
            not {self.bound, other.bound} & _FROM_BELOW
            or not {self.bound, other.bound} & _FROM_ABOVE
        ) and not set(self.readings).isdisjoint(other.readings)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage, or where `is_points`, a difference of percentages."""

    number: Number
    span: Span
    is_points: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money; `number` is in whole units of the currency, cents as a part."""

    number: Number
    currencies: tuple[str, ...]
    """ISO 4217 codes that its words may mean: two or more for "kroner"."""
    span: Span


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time."""

    number: Number
    unit: TimeUnit
    span: Span

    @property
    def length(self) -> tuple[Fraction, str]:
        """In months or in seconds, whichever is exact, so that two years are 24 months."""
        if self.unit in _MONTHS:
            return self.number.value * _MONTHS[self.unit], "month"
        return self.number.value * _SECONDS[self.unit], "second"


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year, as far as it is given; a decade by its first year."""

    year: int | None
    month: int | None
    day: int | None
    span: Span
    is_decade: bool = False
    may_be_swapped: bool = False
    """Whether day and month may be meant the other way round: "05/06/2025"."""

    @property
    def readings(self) -> tuple[tuple[int | None, int | None, int | None], ...]:
        """Year, month and day as they may be meant, the likelier first."""
        own = (self.year, self.month, self.day)
        return (own, (self.year, self.day, self.month)) if self.may_be_swapped else (own,)

    def is_given_by(self, other: "Date") -> bool:
        """Whether `other` says all that this date says."""
        return self.is_decade == other.is_decade and any(
            all(mine in (None, its) for mine, its in zip(own, given, strict=True))
            for own in self.readings
            for given in other.readings
        )

    @property
    def first_day(self) -> date | None:
        """Its first day; `None` where it has no year, or is no day of the calendar."""
        if self.year is None:
            return None
        try:
            return date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return None


Amount = Number | Percent | Money | Duration


@dataclass(frozen=True, slots=True)
class Range:
    """From one figure to another of the same kind; the ends have spans of their own."""

    low: Amount | Date
    high: Amount | Date
    span: Span


Quantity = Amount | Date | Range


def single(quantities: Sequence[Quantity]) -> Iterator[Amount | Date]:
    """The figures in order, of a range both ends."""
    for one in quantities:
        if isinstance(one, Range):
            yield one.low
            yield one.high
        else:
            yield one


def is_given_by(one: Amount | Date, others: Sequence[Amount | Date]) -> bool:
    """Whether any of `others` says what `one` says.

    A currency or a unit of time that only one of the two names is not held against it; a share
    is the same as its percentage, ten months are not ten years.
    """
    if isinstance(one, Date):
        return any(isinstance(other, Date) and one.is_given_by(other) for other in others)
    return any(not isinstance(other, Date) and agree(one, other) for other in others)


def agree(one: Amount, other: Amount) -> bool:
    """Whether both may be the same amount."""
    if isinstance(one, Percent) or isinstance(other, Percent):
        return _agree_as_shares(one, other)
    if isinstance(one, Money) and isinstance(other, Money):
        if set(one.currencies).isdisjoint(other.currencies):
            return False
    elif isinstance(one, Duration) and isinstance(other, Duration):
        bounded = _with_value(one.number, one.length[0]), _with_value(other.number, other.length[0])
        return one.length[1] == other.length[1] and bounded[0].agrees_with(bounded[1])
    elif isinstance(one, Money | Duration) and isinstance(other, Money | Duration):
        return False
    return one.number.agrees_with(other.number)


def _agree_as_shares(one: Amount, other: Amount) -> bool:
    if isinstance(one, Percent) and isinstance(other, Percent):
        return one.is_points == other.is_points and one.number.agrees_with(other.number)
    share, percent = (other, one) if isinstance(one, Percent) else (one, other)
    assert isinstance(percent, Percent)
    if percent.is_points or not isinstance(share, Number) or not share.is_share:
        return False
    return _with_value(percent.number, percent.number.value / 100).agrees_with(share)


def _with_value(number: Number, value: Fraction) -> Number:
    return Number(value, number.span, number.bound)
