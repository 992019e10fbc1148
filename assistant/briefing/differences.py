"""How two statements on one issue differ: in numbers, modal verbs and negations.

A difference is shown, never judged: two parties, or one party on two days, may both be
right, and only a reader can tell.
"""

from dataclasses import dataclass

from assistant.polarity import MODAL, NEGATION, is_negated, modals_in
from assistant.verifying.counting import quantities_in
from sources.source import Span


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
