"""Question and history to matches: both sides of the index searched, scores fused.

A follow-up ("And what did he name …?") is found without a model: the last question, all
questions together, the last two together, and the last question with the last answer are
searched apart, and the normalised scores are summed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.filters import Filters
from index.library import Library
from index.passages import Passage

DEPTH = 100
"""Each side's best so many passages are normalised and fused."""
PASSAGE_SHARE, SENTENCE_SHARE, WORD_SHARE = 0.3, 0.3, 0.4
"""Weights in the fused score of the passage's vector, of its best sentence's vector, and of
the words the two have in common."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and, where it is known, its answer."""

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A text to search for, as part of finding what a question needs."""

    words: str
    weight: float
    is_asked: bool
    """Whether the words are questions alone; an answer's words only help to find."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage and how well it matches a question."""

    passage: Passage
    relevance: float
    """Fused and normalised, higher is better; comparable within one search only."""
    sentence_similarities: tuple[float, ...]
    """Cosine of the question, seen with its history, with each sentence, in their order."""


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds the passages that match a question."""

    library: Library

    def find(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        limit: int = 10,
    ) -> tuple[Match, ...]:
        """At most `limit` matches, best first; empty when the library has no passages."""
        searches = make_searches(question, history)
        embedded = self.library.embedder.embed([one.words for one in searches], role="question")
        found = [
            (
                dict(self.library.vectors.search(vector, limit=DEPTH, filters=filters)),
                dict(self.library.lexical.search(one.words, limit=DEPTH, filters=filters)),
            )
            for one, vector in zip(searches, embedded, strict=True)
        ]
        ids = sorted({name for sides in found for side in sides for name in side})
        asked = np.average(
            embedded, axis=0, weights=[one.weight * one.is_asked for one in searches]
        )
        asked = asked / (np.linalg.norm(asked) or 1.0)
        vectors = self.library.sentences.of(ids)
        cosines = {name: own @ np.vstack([embedded, asked]).T for name, own in vectors.items()}
        fused: defaultdict[str, float] = defaultdict(float)
        for place, (one, (near, shared)) in enumerate(zip(searches, found, strict=True)):
            best_sentences = {
                name: float(cosines[name][:, place].max())
                for name in near.keys() | shared.keys()
                if name in cosines
            }
            for name, value in fuse(near, best_sentences, shared).items():
                fused[name] += one.weight * value
        whole = sum(one.weight for one in searches)
        best = sorted(fused, key=lambda name: (-fused[name], name))
        passages = self._ready([name for name in best[: limit + DEPTH] if name in cosines])
        return tuple(
            Match(
                passage=passages[name],
                relevance=fused[name] / whole,
                sentence_similarities=tuple(float(value) for value in cosines[name][:, -1]),
            )
            for name in [known for known in best if known in passages][:limit]
        )

    def _ready(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages of those ids whose source is whole: neither half added nor half gone."""
        passages = self.library.vectors.passages(ids)
        ready = self.library.catalogue.ready_among({found.source for found in passages.values()})
        return {name: found for name, found in passages.items() if found.source in ready}


def make_searches(question: str, history: Sequence[Turn]) -> tuple[Search, ...]:
    """What to search for, each with its weight; the question alone without a history."""
    if not history:
        return (Search(question, 1.0, True),)
    earlier = " ".join(turn.question for turn in history)
    searches = [
        Search(question, 2.0, True),
        Search(f"{earlier} {question}", 1.0, True),
        Search(f"{history[-1].question} {question}", 1.0, True),
    ]
    if history[-1].answer:
        searches.append(Search(f"{history[-1].answer} {question}", 1.0, False))
    return tuple(searches)


def fuse(
    near: Mapping[str, float], sentences: Mapping[str, float], shared: Mapping[str, float]
) -> dict[str, float]:
    """The convex sum of the three sides' scores, each min-max normalised over its best.

    In [0, 1]; a passage that a side did not find has that side's 0. After Bruch, Gai and
    Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42 (2023).
    """
    sides = (
        (PASSAGE_SHARE, _normalise(near)),
        (SENTENCE_SHARE, _normalise(_best(sentences))),
        (WORD_SHARE, _normalise(shared)),
    )
    return {
        name: sum(share * side.get(name, 0.0) for share, side in sides)
        for name in near.keys() | sentences.keys() | shared.keys()
    }


def _best(scores: Mapping[str, float]) -> dict[str, float]:
    best = sorted(scores, key=lambda name: (-scores[name], name))[:DEPTH]
    return {name: scores[name] for name in best}


def _normalise(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {name: (score - low) / (high - low) for name, score in scores.items()}
