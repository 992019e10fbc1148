"""How two statements on one issue differ: in numbers, modal verbs and negations.

A difference is shown, never judged: two parties, or one party on two days, may both be
right, and only a reader can tell.
"""

import re
from dataclasses import dataclass

from assistant.polarity import MODAL, NEGATION, is_negated, modals_in
from sources.source import Span

_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
     "ninety": 90, "hundred": 100}  # fmt: skip
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "m": 1e6, "trillion": 1e12}
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<value>\d[\d,]*(?:\.\d+)?|{'|'.join(_NUMBER_WORDS)})"
    rf"(?:[\s-](?P<scale>{'|'.join(_SCALES)})\b)?(?:[\s-]+(?P<unit>[^\W\d_]+|%))?",
    re.IGNORECASE,
)
_NOT_UNITS = frozenset(
    "of and or to in the a an that which per by for from with on at as is".split()
)


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


def quantities_in(words: str) -> tuple[Quantity, ...]:
    """The numbers of `words` that count something, in order."""
    found = []
    for match in _QUANTITY.finditer(words):
        written, unit = match["value"].casefold(), (match["unit"] or "").casefold()
        if not unit or unit in _NOT_UNITS:
            continue
        value = (
            float(_NUMBER_WORDS[written])
            if written in _NUMBER_WORDS
            else float(written.replace(",", ""))
        )
        value *= _SCALES.get((match["scale"] or "").casefold(), 1)
        found.append(Quantity(value, _singular(unit), Span(match.start(), match.end())))
    return tuple(found)


def _singular(unit: str) -> str:
    if unit.endswith("ies"):
        return unit[:-3] + "y"
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") else unit
