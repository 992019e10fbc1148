"""Compare: one issue, the same thing said of it, two parties or two days, side by side.

Two statements are about the same thing when most of what the shorter one says has a like
in the other; a negation or a modal verb is a difference only where the words that it turns
round stand in the other statement too. What an issue is recognised by says neither: two
statements on troops both speak of troops.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from assistant.asking.vocabulary import STOP_WORDS, WORD, nearness, places_of, rarity, stem
from assistant.briefing.differences import Differences, find_differences
from assistant.briefing.issues import Issue
from assistant.polarity import MODAL, NEGATION
from assistant.speaking.hearing import Said

MAX_STATEMENTS = 60
"""Of one issue, so many of the newest statements are compared with each other."""
MIN_ALIKE = 0.5
"""Share of what the shorter statement says that must have a like in the other."""
TURNED = 6
"""So many words after a negation or a modal verb are what it turns round."""


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
            differences = _of_the_same(earlier, later, issue)
            if differences:
                pairs.append(Comparison(issue.name, earlier, later, differences))
        pairs.sort(key=lambda pair: pair.later.published or date.min, reverse=True)
        pairs.sort(key=lambda pair: not pair.differences.numbers)
        found.extend(pairs)
    return tuple(found)


def _of_the_same(earlier: Said, later: Said, issue: Issue) -> Differences:
    """How the two differ in what they say of the same thing; nothing where they do not.

    Modal verbs are compared only within one party: two parties seldom choose the same.
    """
    found = find_differences(earlier.statement, later.statement)
    if not found or _likeness(earlier.statement, later.statement) < MIN_ALIKE:
        return Differences()

    def both_say(pattern: re.Pattern[str]) -> bool:
        return _turns_round(pattern, earlier, later, issue) or _turns_round(
            pattern, later, earlier, issue
        )

    return replace(
        found,
        negation=found.negation and both_say(NEGATION),
        modality=found.modality and earlier.speaker == later.speaker and both_say(MODAL),
    )


def _likeness(one: str, other: str) -> float:
    """The share of the shorter statement that the other says in the same or near words."""
    shorter, longer = sorted((tuple(_content(one)), tuple(_content(other))), key=len)
    stems, near = {stem(word) for word in longer}, nearness(shorter, [places_of(longer)])[:, 0]
    whole = sum(map(rarity, shorter))
    alike = sum(
        rarity(word) * (1.0 if stem(word) in stems else float(like))
        for word, like in zip(shorter, near, strict=True)
    )
    return alike / whole if whole else 0.0


def _turns_round(pattern: re.Pattern[str], one: Said, other: Said, issue: Issue) -> bool:
    """Whether words after a negation or modal verb of `one`, no names, stand in `other`."""
    stems = {stem(word) for word in _content(other.statement)}
    for found in pattern.finditer(one.statement):
        clause = re.split(r"[,;:.]", one.statement[found.end() :])[0]
        turned = " ".join(WORD.findall(clause)[:TURNED])
        if any(
            stem(word) in stems
            for word in _content(turned)
            if word[0].islower() and not issue.is_in(word)
        ):
            return True
    return False


def _content(words: str) -> Iterator[str]:
    """The words that say something, without numbers: those are compared by themselves."""
    for word in WORD.findall(words):
        if not word[0].isdigit() and len(word) > 2 and word.casefold() not in STOP_WORDS:
            yield word
