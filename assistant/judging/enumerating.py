"""Sentences that count something up: "A central element …", "Another pillar …", "A third …"."""

import re
from collections.abc import Sequence

from assistant.asking.questions import Question
from assistant.asking.vocabulary import stem
from assistant.judging.evidence import Evidence

_PARTS = frozenset(
    map(stem, "pillar element component part piece strand aspect plank feature cornerstone".split())
)
"""Nouns that stand for one another where a whole is taken apart."""
_NOUN = re.compile(
    r"(?:\b(?:what|which) (?:are |were )?(?:the |its |their )?|^(?:please )?"
    r"(?:list|name|enumerate)? ?(?:the |its |their )?|\bthe )((?:[\w’'-]+ ){0,2}?)([a-z]{3,}s)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"[“\"(]?(?:(?:finally|also|then|second|third|lastly|moreover|in addition),? )?"
    r"(?:(?:a|an|the|its|their|one|another|yet another) )?"
    r"(?P<which>(?:central|key|main|major|core|first|second|third|fourth|fifth|sixth|further|"
    r"other|final|last|additional|next|new|important|essential|remaining) )?"
    r"(?:[\w’'-]+ )?(?P<noun>[a-z]+)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"(?:[“\"(]?\w+,? )?(?:one|another|yet another)\b", re.IGNORECASE)


def counted_up(question: Question, best: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences of the best one's source that count up what is asked for, in its order.

    Empty where the question asks for no list, or the best sentence belongs to none.
    """
    if question.kind != "several" or not (nouns := _nouns_asked_for(question)):
        return []
    items = {
        one.sentence.start: one
        for one in evidence
        if one.match.passage.source == best.match.passage.source and _is_item(one.words, nouns)
    }
    if len(items) < 2 or best.sentence.start not in items:
        return []
    return [items[start] for start in sorted(items)]


def _nouns_asked_for(question: Question) -> frozenset[str]:
    found = {stem(match[2]) for match in _NOUN.finditer(question.words)}
    return frozenset(found | _PARTS if found & _PARTS else found)


def _is_item(words: str, nouns: frozenset[str]) -> bool:
    found = _ITEM.match(words)
    if found is None or not (found["which"] or _COUNTS.match(words)):
        return False
    begins = words[: found.end()].split()[-2:]
    following = words[found.end() :].split()[:1]
    return any(stem(word) in nouns for word in (*begins, *following))
