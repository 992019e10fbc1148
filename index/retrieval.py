"""Question and history to matches: both sides of the index searched, scores fused.

A follow-up ("And what did he name …?") is found without a model: the last question, all
questions together, and the last question with the last answer are searched apart, and
the normalised scores are summed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.filters import Filters
from index.library import Library
from index.passages import Passage

DEPTH = 100
"""Each side's best so many passages are normalised and fused."""
VECTOR_SHARE = 0.6
"""Weight of the vectors in the fused score; the words have the rest."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and, where it is known, its answer."""

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A passage and how well it matches a question."""

    passage: Passage
    relevance: float
    """Fused and normalised, higher is better; comparable within one search only."""
    sentence_similarities: tuple[float, ...]
    """Cosine of the question with each sentence of the passage, in their order."""


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
        fused: defaultdict[str, float] = defaultdict(float)
        searches = make_searches(question, history)
        embeddings = self.library.embedder.embed([words for words, _ in searches], role="question")
        for (words, weight), embedding in zip(searches, embeddings, strict=True):
            near = dict(self.library.vectors.search(embedding, limit=DEPTH, filters=filters))
            shared = dict(self.library.lexical.search(words, limit=DEPTH, filters=filters))
            for passage_id, score in fuse(near, shared).items():
                fused[passage_id] += weight * score
        best = sorted(fused, key=lambda passage_id: (-fused[passage_id], passage_id))
        passages = self._ready(best[: limit + DEPTH])
        whole = sum(weight for _, weight in searches)
        asked = np.average(embeddings, axis=0, weights=[weight for _, weight in searches])
        asked /= np.linalg.norm(asked) or 1.0
        return tuple(
            Match(
                passage=passages[passage_id],
                relevance=fused[passage_id] / whole,
                sentence_similarities=self._similarities(asked, passages[passage_id]),
            )
            for passage_id in [known for known in best if known in passages][:limit]
        )

    def _ready(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages of those ids whose source is whole: neither half added nor half gone."""
        passages = self.library.vectors.passages(ids)
        ready = self.library.catalogue.ready_among({found.source for found in passages.values()})
        return {name: found for name, found in passages.items() if found.source in ready}

    def _similarities(self, asked: NDArray[np.float32], passage: Passage) -> tuple[float, ...]:
        sentences = [passage.words_of(sentence) for sentence in passage.sentences]
        embedded = self.library.embedder.embed(sentences, role="passage")
        return tuple(float(similarity) for similarity in embedded @ asked)


def make_searches(question: str, history: Sequence[Turn]) -> tuple[tuple[str, float], ...]:
    """The texts to search for, each with its weight; the question alone without a history."""
    if not history:
        return ((question, 1.0),)
    earlier = " ".join(turn.question for turn in history)
    searches = [(question, 2.0), (f"{earlier} {question}", 1.0)]
    last_answer = history[-1].answer
    if last_answer:
        searches.append((f"{question} {last_answer}", 1.0))
    return tuple(searches)


def fuse(near: Mapping[str, float], shared: Mapping[str, float]) -> dict[str, float]:
    """The convex sum of both sides' scores, each min-max normalised over what it found.

    In [0, 1]; a passage that one side did not find has that side's 0. After Bruch, Gai and
    Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42 (2023).
    """
    vector_scores, word_scores = _normalise(near), _normalise(shared)
    return {
        passage_id: VECTOR_SHARE * vector_scores.get(passage_id, 0.0)
        + (1 - VECTOR_SHARE) * word_scores.get(passage_id, 0.0)
        for passage_id in vector_scores.keys() | word_scores.keys()
    }


def _normalise(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {name: (score - low) / (high - low) for name, score in scores.items()}
