"""How two statements on one issue differ: in numbers, modal verbs and negations.

A difference is shown, never judged: two parties, or one party on two days, may both be
right, and only a reader can tell.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.polarity import MODAL, NEGATION, is_negated, modals_in
from assistant.verifying.amounts import Amount, amounts_in, days_in
from sources.source import Span

_NOT_UNITS = frozenset(
    "of and or to in the a an that which per by for from with on at as is was were are be been has"
    " have had will would could than who when if but not no more".split()
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
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEPT = 1 << 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts: ``(800000, "troop")``."""

    value: float
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Differences:
    """What sets two statements apart; empty tuples and False where nothing does."""

    numbers: tuple[tuple[str, str], ...] = ()
    """Pairs as written, of the same thing counted: ``("26 countries", "30 countries")``."""
    modality: bool = False
    negation: bool = False

    def __bool__(self) -> bool:
        return bool(self.numbers) or self.modality or self.negation

    def in_words(self) -> str:
        """``26 countries / 30 countries; modality``; empty when nothing differs."""
        parts = [f"{left} / {right}" for left, right in self.numbers]
        parts += ["modality"] if self.modality else []
        parts += ["negation"] if self.negation else []
        return "; ".join(parts)


def find_differences(left: str, right: str) -> Differences:
    """How `left` and `right` differ. A number that only one of them gives is no difference."""
    numbers = []
    ours, theirs = quantities_in(left), quantities_in(right)
    for unit in dict.fromkeys(one.unit for one in ours):
        mine = {one.value: one for one in ours if one.unit == unit}
        other = {one.value: one for one in theirs if one.unit == unit}
        if other and not mine.keys() & other.keys():
            numbers.append(
                (next(iter(mine.values())).span.of(left), next(iter(other.values())).span.of(right))
            )
    return Differences(
        numbers=tuple(numbers),
        modality=modals_in(left) != modals_in(right),
        negation=is_negated(left) != is_negated(right),
    )


def changed_words(words: str, other: str) -> tuple[Span, ...]:
    """The numbers, modal verbs and negations of `words` that `other` does not have."""
    known = {(one.value, one.unit) for one in quantities_in(other)}
    spans = [one.span for one in quantities_in(words) if (one.value, one.unit) not in known]
    for pattern in (MODAL, NEGATION):
        elsewhere = {found.group().casefold() for found in pattern.finditer(other)}
        spans += [
            Span(found.start(), found.end())
            for found in pattern.finditer(words)
            if found.group().casefold() not in elsewhere
        ]
    return tuple(sorted(set(spans)))


@lru_cache(_KEPT)
def quantities_in(words: str) -> tuple[Quantity, ...]:
    """The numbers of `words` that count something, in order; days and years count nothing."""
    found = []
    days = [day.span for day in days_in(words)]
    for one in amounts_in(words, days, with_one=True):
        if _YEAR.fullmatch(one.span.of(words)):
            continue
        span, unit = _counted(words, one)
        if unit is not None:
            found.append(Quantity(one.value, unit, span))
    return tuple(found)


def _counted(words: str, amount: Amount) -> tuple[Span, str | None]:
    """The number with what it counts, and the name of that; `None` where nothing is named."""
    span = amount.span
    if amount.is_percent:
        return span, "%"
    currency = _CURRENCY.search(words, 0, span.start)
    if currency is not None:
        sign = (currency["sign"] or currency["code"]).casefold()
        return Span(currency.start(), span.end), _CURRENCIES[sign]
    after = _UNIT.match(words, span.end)
    if after is None or after["noun"].casefold() in _NOT_UNITS:
        return span, None
    unit = _singular(after["noun"].casefold())
    return Span(span.start, after.end()), _CURRENCIES.get(unit, unit)


def _singular(unit: str) -> str:
    if unit.endswith("ies"):
        return unit[:-3] + "y"
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") else unit
