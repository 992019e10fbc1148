"""What the numbers of a text count: ``(800000, "troop")``, however it is written.

Two numbers can be held side by side only where they count the same.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.verifying.amounts import Amount, amounts_in, days_in
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
_CURRENCY = re.compile(r"(?:(?P<sign>[€$£])|\b(?P<code>EUR|USD|GBP))\s?$")
_CURRENCIES = {
    "€": "euro", "eur": "euro", "$": "dollar", "usd": "dollar", "£": "pound", "gbp": "pound",
}  # fmt: skip
_HARM = r"(?P<harm>kill(?:s|ed|ing)?|dies?|died|dead|wound(?:s|ed|ing)?|injur(?:es?|ed|ing)|hurts?)"
_HARMED_BEFORE = re.compile(
    rf"\b{_HARM}\s(?:(?:at least|about|some|around|nearly|another|more than|up to)\s)?$", re.I
)
_HARMED_AFTER = re.compile(
    rf"\s(?:(?:have|has|had|was|were|are|is|been|being|confirmed|reported)\s){{0,3}}{_HARM}\b", re.I
)
_ANYBODY = frozenset({"people", "person", ""})
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEPT = 1 << 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts: ``(800000, "troop")``."""

    value: float
    unit: str
    """In the singular; empty where the words name nothing that it counts."""
    span: Span


def quantities_in(words: str) -> tuple[Quantity, ...]:
    """The numbers of `words` that count something, in order; days and years count nothing."""
    return tuple(one for one in numbers_in(words) if one.unit)


@lru_cache(_KEPT)
def numbers_in(words: str) -> tuple[Quantity, ...]:
    """The same, and those of which the words do not say what they count: "it wounded 37"."""
    found = []
    days = [day.span for day in days_in(words)]
    for one in amounts_in(words, days, with_one=True):
        if _YEAR.fullmatch(one.span.of(words)):
            continue
        span, unit = _counted(words, one)
        found.append(Quantity(one.value, unit, span))
    return tuple(found)


def _counted(words: str, amount: Amount) -> tuple[Span, str]:
    """The number with what it counts, and the name of that; empty where nothing is named."""
    span = amount.span
    if amount.is_percent:
        return span, "%"
    currency = _CURRENCY.search(words, 0, span.start)
    if currency is not None:
        sign = (currency["sign"] or currency["code"]).casefold()
        return Span(currency.start(), span.end), _CURRENCIES[sign]
    after = _UNIT.match(words, span.end)
    noun = after["noun"].casefold() if after else ""
    if after is None or noun in _NOT_UNITS or re.fullmatch(_HARM, noun, re.I):
        return span, _harmed(words, span, "")
    unit, span = _singular(noun), Span(span.start, after.end())
    return span, _CURRENCIES.get(unit) or _harmed(words, span, unit)


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
