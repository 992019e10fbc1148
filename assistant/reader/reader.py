"""Scores sentences by how likely they answer, and picks those that are worth reading.

The encoder reads each sentence after the title of its text, apart from its passage: measured,
that puts the sentence that answers first more often than vectors of sentences in their passage.
`reader.json` beside this file holds the fitted coefficients, with where they come from;
`python -m assistant.evaluation.fit_reader` makes it again.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.judging.logistic import LogisticModel, read_model
from index.embedder import Embedder, Vectors

FILE = Path(__file__).with_name("reader.json")
MAX_READ = 12
"""So many sentences are read, the most to the point by the cheap signals first."""
MAX_LIKELY = 3
"""So many sentences may stand in an answer that is no more than likely."""
_SHARE_OF_BEST = 0.2
"""A further sentence must be so likely beside the first."""

_REMEMBERED = 1 << 12
"""So many sentences are remembered as read, some 8 MB: the next question on the same matter finds
them again."""


class Read(NamedTuple):
    """A sentence and how likely it answers, in [0, 1]."""

    evidence: Evidence
    probability: float


class SentenceReader:
    """Reads sentences with an encoder; safe to use from several threads if that is."""

    def __init__(self, encoder: Embedder, model: LogisticModel | None = None) -> None:
        """`model` weighs the signals; the shipped one without it."""
        self._encoder = encoder
        self._model = model
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._changing = threading.Lock()

    def read(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        *,
        earlier: str = "",
        titles: Mapping[str, str],
    ) -> tuple[Read, ...]:
        """The likeliest sentences first, of the first `MAX_READ` of `evidence`.

        `earlier` is the question before, empty without one; `titles` has that of each source,
        by slug.
        """
        first = evidence[:MAX_READ]
        model = self._model or shipped_reader()
        found = self.signals(question, first, earlier=earlier, titles=titles)
        read = [
            Read(one, model.probability(signals)) for one, signals in zip(first, found, strict=True)
        ]
        return tuple(sorted(read, key=lambda one: -one.probability))

    def signals(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        *,
        earlier: str = "",
        titles: Mapping[str, str],
    ) -> list[Mapping[str, float]]:
        """What the fitted model reads of each sentence, in their order."""
        if not evidence:
            return []
        (asked,) = self._encoder.embed([f"{earlier} {question.words}".strip()], role="question")
        sentences = [f"{titles[one.match.passage.source]}. {one.words}" for one in evidence]
        meaning = self._vectors(sentences) @ asked
        similarity = np.array([one.similarity for one in evidence])
        coverage = np.array([one.coverage for one in evidence])
        passage = np.array([one.match.relevance for one in evidence])
        return [
            {
                "meaning": float(meaning[place]),
                "meaning: below the best": float(meaning[place] - meaning.max()),
                "in its passage: below the best": float(similarity[place] - similarity.max()),
                "words": one.coverage,
                "words: below the best": float(coverage[place] - coverage.max()),
                "words: worst met": min(one.covered, default=1.0),
                "words: of the question before": one.earlier_coverage,
                "words: side by side": one.phrase_share,
                "passage: below the best": float(passage[place] - passage.max()),
                "value: given": float(bool(one.values)),
                "value: none": float(question.wants_value and not one.values),
                "points back": float(one.lead is not None),
                "length": float(np.log(len(one.words))),
            }
            for place, one in enumerate(evidence)
        ]

    def _vectors(self, sentences: Sequence[str]) -> Vectors:
        """``(len(sentences), dimensions)``; those read before are remembered."""
        with self._changing:
            known = {one: self._kept[one] for one in sentences if one in self._kept}
        new = [one for one in dict.fromkeys(sentences) if one not in known]
        if new:
            known |= zip(new, self._encoder.embed(new, role="passage"), strict=True)
        with self._changing:
            for one in known:
                self._kept[one] = known[one]
                self._kept.move_to_end(one)
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return np.stack([known[one] for one in sentences])


def likely(read: Sequence[Read], *, threshold: float | None = None) -> tuple[Evidence, ...]:
    """Those of `read` (the likeliest first) that are worth reading; empty where none is.

    `threshold` is the least probability of the first; the shipped model's without it.
    """
    bar = shipped_reader().threshold if threshold is None else threshold
    if not read or read[0].probability < bar:
        return ()
    worth = [one for one in read if one.probability >= _SHARE_OF_BEST * read[0].probability]
    return tuple(one.evidence for one in worth[:MAX_LIKELY])


@cache
def shipped_reader() -> LogisticModel:
    """The model of `reader.json`."""
    return read_model(FILE)
