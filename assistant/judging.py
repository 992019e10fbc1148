"""Do these matches answer this question? With the reason, in plain words.

Judging reads what was found and never searches by itself, except to ask the word index
whether any source mentions a name or number at all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import Verdict
from index.retrieval import Match

MIN_SIMILARITY = 0.42
"""Cosine of the question with the best sentence, below which nothing is near enough."""

_NAME = re.compile(r"\b[A-Z][\w.'’-]*\w|\b[A-Z]\b")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how did do does is are was were will would can"
    " could should has have had may might the a an and or in on of to for by tell i".split()
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the sources answer, and if not wholly, what is missing."""

    verdict: Verdict
    reason: str | None = None


def judge(question: str, matches: Sequence[Match], *, mentions: Callable[[str], int]) -> Judgement:
    """The judgement on `matches` as evidence for `question`.

    `mentions` counts the passages of the library that hold a word.
    """
    if not matches:
        return Judgement("not_in_sources", "The library holds no text to answer from.")
    missing = [word for word in asked_for(question) if not mentions(word)]
    if missing:
        return Judgement("not_in_sources", f"No source mentions {' or '.join(missing)}.")
    best = max(max(match.sentence_similarities) for match in matches)
    if best < MIN_SIMILARITY:
        return Judgement("not_in_sources", "No passage comes near to this question.")
    return Judgement("answered")


def asked_for(question: str) -> tuple[str, ...]:
    """The names and numbers a question holds, in order; its first word is not a name."""
    words = [
        found.group().removesuffix("'s").removesuffix("’s")
        for pattern in (_NAME, _NUMBER)
        for found in pattern.finditer(question)
    ]
    return tuple(dict.fromkeys(word for word in words if word.lower() not in _QUESTION_WORDS))
