"""What the numbers of a text count: ``(800000, "troop")``, however it is written.

Two numbers can be held side by side only where they count the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from sources.quantities.quantity import Amount, Date, Duration, Money, Percent, Range
from sources.quantities.reading import read_quantities
from sources.source import Span

_NOT_UNITS = frozenset(
    "of and or to in the a an that which per by for from with on at as is was were are be been has"
    " have had will would could than who when if but not no more less fewer".split()
)
_UNIT = re.compile(
    r"(?:[\s-](?:more|further|additional|other|new|[A-Z][\w’'-]*|[a-z]+-[a-z]+)"
    r"(?=\s[a-z])){0,2}[\s-]+(?P<noun>[^\W\d_]+)"
)
"""What is counted: the noun after the number, past words that tell which of them."""
_HARM = r"(?P<harm>kill(?:s|ed|ing)?|dies?|died|dead|wound(?:s|ed|ing)?|injur(?:es?|ed|ing)|hurts?)"
_HARMED_BEFORE = re.compile(
    rf"\b{_HARM}\s(?:(?:at least|about|some|around|nearly|another|more than|up to)\s)?$", re.I
)
_HARMED_AFTER = re.compile(
    rf"\s(?:(?:have|has|had|was|were|are|is|been|being|confirmed|reported)\s){{0,3}}{_HARM}\b", re.I
)
_ANYBODY = frozenset({"people", "person", ""})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and what it counts: ``(800000, "troop")``."""

    value: Fraction
    """A share in hundredths, as its percentage."""
    unit: str
    """A noun in the singular, an ISO 4217 code, or ``%``; empty where the words name nothing
    that it counts."""
    span: Span


def quantities_in(words: str) -> tuple[Counted, ...]:
    """The numbers of `words` that count something, in order; days and years count nothing."""
    return tuple(one for one in numbers_in(words) if one.unit)


def numbers_in(words: str) -> tuple[Counted, ...]:
    """The same, and those of which the words do not say what they count: "it wounded 37".

    A range is both its ends, each with the span of the whole.
    """
    return tuple(_all_counted(words))


def _all_counted(words: str) -> Iterator[Counted]:
    for figure in read_quantities(words):
        low, high = (figure.low, figure.high) if isinstance(figure, Range) else (figure, figure)
        if isinstance(low, Date) or isinstance(high, Date) or high.number.bound == "some":
            continue
        last = _counted(words, high)
        if low is not high:
            span = Span(figure.span.start, last.span.end)
            yield Counted(_counted(words, low).value, last.unit, span)
            last = replace(last, span=span)
        yield last


def _counted(words: str, amount: Amount) -> Counted:
    """The number with what it counts, and the span of both."""
    number = amount.number
    match amount:
        case Percent():
            unit = "percentage point" if amount.is_points else "%"
            return Counted(number.value, unit, amount.span)
        case Money():
            return Counted(number.value, amount.currencies[0], amount.span)
        case Duration():
            return Counted(number.value, amount.unit, amount.span)
    if number.is_share:
        return Counted(number.value * 100, "%", number.span)
    span = number.span
    after = _UNIT.match(words, span.end)
    noun = after["noun"].casefold() if after else ""
    if after is None or noun in _NOT_UNITS or re.fullmatch(_HARM, noun, re.I):
        return Counted(number.value, _harmed(words, span, ""), span)
    span = Span(span.start, after.end())
    return Counted(number.value, _harmed(words, span, _singular(noun)), span)


def _harmed(words: str, span: Span, unit: str) -> str:
    """The unit, told apart by what happened to it: the dead and the wounded are not the same."""
    found = _HARMED_BEFORE.search(words, 0, span.start) or _HARMED_AFTER.match(words, span.end)
    if found is None:
        return unit
    harm = "dead" if found["harm"][0].casefold() in "kd" else "wounded"
    return " ".join(filter(None, ("" if unit in _ANYBODY else unit, harm)))


def _singular(unit: str) -> str:
    if unit.endswith("ies"):
        return unit[:-3] + "y"
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") else unit
