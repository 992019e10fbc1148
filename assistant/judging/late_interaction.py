"""How well each word of a question is met by the words of the passages found.

After Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via
Contextualized Late Interaction over BERT", SIGIR (2020): each word piece of the question is
held against its nearest among the passage's, with vectors that have seen their whole text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.asking.vocabulary import STOP_WORDS, WORD, plain_form
from assistant.judging.evidence import Evidence
from index.embedder import Tokens
from index.passages import Passage

STRETCHES = 2
STRETCH_CHARS = 450
"""Only so much is read again, about a hundred word pieces each: more takes longer and, measured,
tells no more."""

_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how)\b"
    r"(?:\s(?:many|much|long|old|large|far|tall)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LateInteraction:
    """Cosines of the question's word pieces with their nearest, each in [-1, 1]."""

    whole: float
    """The mean over all word pieces of the question, in the passage where it is highest."""
    words: float
    """The mean over the question's content words, in the best passage."""
    stands_out: float
    """By how much the passage that meets the content words best exceeds the mean."""
    least: float
    """The content word that is met worst, in the passage that meets them best."""
    asking_word: float
    """The word that asks ("who", "how many"), in the passage that meets it best; the mean over
    all word pieces where there is none."""
    sentence_stands_out: float
    """By how much the sentence that meets them best exceeds the mean of all sentences."""


def best_stretches(evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
    """Around the best sentences of the best passages, at most `STRETCHES`; one of a passage."""
    best: dict[str, Evidence] = {}
    for one in evidence:
        best.setdefault(one.match.passage.id, one)
    return tuple(
        one.match.passage.around(one.sentence, max_chars=STRETCH_CHARS)
        for one in list(best.values())[:STRETCHES]
    )


def interact(
    asked: Tokens, question: str, passages: Sequence[Passage], tokens: Sequence[Tokens]
) -> LateInteraction | None:
    """The late interaction of a question with passages, the best first.

    `asked` are tokens of a text that ends with `question`; those before it only lend it
    their context. `None` when the question or the passages have no tokens.
    """
    begins = asked.length - len(question)
    own = asked.offsets[:, 0] >= begins
    vectors, offsets = asked.vectors[own], asked.offsets[own] - begins
    if not len(vectors) or not tokens or any(not len(one.vectors) for one in tokens):
        return None
    words = _content_words(question, offsets)
    # Not by BLAS: its threads wait for each other, which on a busy machine takes longer.
    cosines = [np.einsum("ij,kj->ik", vectors, one.vectors) for one in tokens]
    met = [_met(found, words) for found in cosines]
    means = np.array([one.mean() for one in met])
    nearest = np.max([found.max(axis=1) for found in cosines], axis=0)
    best = int(means.argmax())
    sentences = [
        float(_met(found[:, first:last], words).mean())
        for passage, one, found in zip(passages, tokens, cosines, strict=True)
        for first, last in np.searchsorted(one.offsets[:, 0], passage.sentence_bounds)
        if last > first
    ] or [float(means[best])]
    return LateInteraction(
        whole=max(float(found.max(axis=1).mean()) for found in cosines),
        words=float(means[0]),
        stands_out=float(means[best] - means.mean()),
        least=float(met[best].min()),
        asking_word=float(nearest[_asking(question, offsets)].mean()),
        sentence_stands_out=max(sentences) - float(np.mean(sentences)),
    )


def _met(cosines: NDArray[np.float32], words: Sequence[NDArray[np.bool_]]) -> NDArray[np.float32]:
    best = cosines.max(axis=1)
    return np.array([best[pieces].mean() for pieces in words], dtype=np.float32)


def _content_words(question: str, offsets: NDArray[np.int64]) -> list[NDArray[np.bool_]]:
    """The word pieces of each word that is no stop word; all pieces where there is none."""
    words = []
    for found in WORD.finditer(question):
        plain = plain_form(found.group())
        if plain in STOP_WORDS or (len(plain) < 2 and not plain.isdigit()):
            continue
        pieces = (offsets[:, 0] < found.end()) & (offsets[:, 1] > found.start())
        if pieces.any():
            words.append(pieces)
    return words or [np.ones(len(offsets), dtype=np.bool_)]


def _asking(question: str, offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The word pieces of the word that asks; all pieces where there is none."""
    found = _ASKING.search(question)
    if found is not None:
        pieces = (offsets[:, 0] < found.end()) & (offsets[:, 1] > found.start())
        if pieces.any():
            return pieces
    return np.ones(len(offsets), dtype=np.bool_)
