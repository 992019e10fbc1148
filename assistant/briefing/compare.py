"""Compare: one issue, the same thing said of it, two parties or two days, side by side.

Two statements are about the same thing when most of what the shorter one says has a like
in the other; a negation or a modal verb is a difference only where the words that it turns
round stand in the other statement too. What an issue is recognised by says neither: two
statements on troops both speak of troops. Numbers are compared beside the issues as well,
and wherever a text itself says that a figure is contested.
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
from assistant.speakers.parties import names_meant
from assistant.speakers.utterances import EverythingSaid, Said
from assistant.verifying.counting import quantities_in

MAX_STATEMENTS = 60
"""Of one issue, so many of the newest statements are compared with each other."""
BESIDE = "beside the issues"
"""Where the numbers of statements stand that are about no issue of the list."""
MIN_ALIKE = 0.5
"""Share of what the shorter statement says that must have a like in the other."""
TURNED = 6
"""So many words after a negation or a modal verb are what it turns round."""
REACH = 4
"""So many sentences before and from the one that contests a figure are looked at for two."""
_CONTESTS = re.compile(
    r"\b(?:disput|contest|contradict|challeng|question|reject|den(?:y|ie))\w*\s(?:the|this|that|these"
    r"|those)\s(?:\w+\s)?(?:figures?|numbers?|toll|estimates?|sum|amount|total|count)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two statements on one issue that differ in numbers, modality or negation."""

    issue: str
    earlier: Said
    later: Said
    differences: Differences


def compare_library(
    everything: EverythingSaid, issues: Sequence[Issue], *, party: str | None = None
) -> tuple[Comparison, ...]:
    """All that is found in what a library says: contested figures first, then pair by pair."""
    first = contested(everything, issues, party=party)
    known = {(pair.earlier, pair.later) for pair in first}
    others = compare(everything.said, issues, party=party, beside=True)
    return (*first, *(pair for pair in others if (pair.earlier, pair.later) not in known))


def compare(
    said: Sequence[Said],
    issues: Sequence[Issue],
    *,
    party: str | None = None,
    beside: bool = False,
) -> tuple[Comparison, ...]:
    """Every such pair, by issue in its order; differing numbers first, then newest.

    With `party`, only pairs in which it speaks. Two statements that one party makes in one
    text are not compared. With `beside`, statements about none of the issues come last, and
    of them only the numbers are compared.
    """
    found: list[Comparison] = []
    for issue in issues:
        found += _pairs([one for one in said if issue.is_in(one.topic)], issue, party)
    if beside:
        rest = [
            one
            for one in said
            if quantities_in(one.statement) and not any(issue.is_in(one.topic) for issue in issues)
        ]
        found += (pair for pair in _pairs(rest, None, party) if pair.differences.numbers)
    return tuple(found)


def contested(
    everything: EverythingSaid, issues: Sequence[Issue], *, party: str | None = None
) -> tuple[Comparison, ...]:
    """The figures that a text says are contested, each with the other one it gives.

    "The government disputes the figure": the number said last before it, and the one of the
    same kind that another says next after it. Each under the issue of either statement.
    """
    by_place = {(one.source.slug, one.utterance.sentence.start): one for one in everything.said}
    found = []
    for slug, (_, text) in everything.texts.items():
        for at, sentence in enumerate(text.sentences):
            if not _CONTESTS.search(sentence.of(text.content)):
                continue
            before = (by_place.get((slug, one.start)) for one in text.sentences[:at][-REACH:][::-1])
            after = (by_place.get((slug, one.start)) for one in text.sentences[at : at + REACH])
            ours = next((one for one in before if one and quantities_in(one.statement)), None)
            theirs = next((one for one in after if one and quantities_in(one.statement)), None)
            if ours is None or theirs is None or ours.speaker == theirs.speaker:
                continue
            numbers = find_differences(ours.statement, theirs.statement).numbers
            if numbers and _speaks(party, ours, theirs):
                issue = next(
                    (i.name for i in issues if i.is_in(ours.topic) or i.is_in(theirs.topic)), BESIDE
                )
                found.append(Comparison(issue, ours, theirs, Differences(numbers)))
    return tuple(found)


def _pairs(about: Sequence[Said], issue: Issue | None, party: str | None) -> list[Comparison]:
    pairs = []
    for one, other in combinations(about[:MAX_STATEMENTS], 2):
        if one.speaker == other.speaker and one.source.slug == other.source.slug:
            continue
        if not _speaks(party, one, other):
            continue
        earlier, later = sorted((one, other), key=lambda each: each.published or date.min)
        differences = _of_the_same(earlier, later, issue)
        if differences:
            pairs.append(Comparison(issue.name if issue else BESIDE, earlier, later, differences))
    pairs.sort(key=lambda pair: pair.later.published or date.min, reverse=True)
    pairs.sort(key=lambda pair: not pair.differences.numbers)
    return pairs


def _speaks(party: str | None, *said: Said) -> bool:
    return not party or any(one.speaker.casefold() in names_meant(party) for one in said)


def _of_the_same(earlier: Said, later: Said, issue: Issue | None) -> Differences:
    """How the two differ in what they say of the same thing; nothing where they do not.

    Modal verbs are compared only within one party: two parties seldom choose the same.
    """
    found = differences_in_the_same(earlier.statement, later.statement, issue)
    return replace(found, modality=found.modality and earlier.speaker == later.speaker)


def differences_in_the_same(one: str, other: str, issue: Issue | None = None) -> Differences:
    """How two sentences differ in what they say of the same thing; nothing where they do not."""
    found = find_differences(one, other)
    if not found or _likeness(_uncounted(one), _uncounted(other)) < MIN_ALIKE:
        return Differences()

    def both_say(pattern: re.Pattern[str]) -> bool:
        return _turns_round(pattern, one, other, issue) or _turns_round(pattern, other, one, issue)

    return replace(
        found,
        negation=found.negation and both_say(NEGATION),
        modality=found.modality and both_say(MODAL),
    )


def _uncounted(words: str) -> str:
    """A statement without its numbers and what they count: two sums of euros are not alike yet."""
    for span in sorted({one.span for one in quantities_in(words)}, reverse=True):
        words = f"{words[: span.start]} {words[span.end :]}"
    return words


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


def _turns_round(pattern: re.Pattern[str], one: str, other: str, issue: Issue | None) -> bool:
    """Whether words after a negation or modal verb of `one`, no names, stand in `other`."""
    stems = {stem(word) for word in _content(other)}
    for found in pattern.finditer(one):
        clause = re.split(r"[,;:.]", one[found.end() :])[0]
        turned = " ".join(WORD.findall(clause)[:TURNED])
        if any(
            stem(word) in stems
            for word in _content(turned)
            if word[0].islower() and not (issue and issue.is_in(word))
        ):
            return True
    return False


def _content(words: str) -> Iterator[str]:
    """The words that say something, without numbers: those are compared by themselves."""
    for word in WORD.findall(words):
        if not word[0].isdigit() and len(word) > 2 and word.casefold() not in STOP_WORDS:
            yield word
