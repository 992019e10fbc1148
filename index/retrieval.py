"""Question and history to matches: vectors and words searched, scores fused.

A follow-up ("And what did he name …?") is found without a model: the last question, all
questions together, the last two together, and those two with the answer between them are
searched apart, and the normalised scores are summed. A question that has no history is
searched once more together with the best sentence found: its names may lead to a second
passage that the question needs and does not name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from index.embedder import cosine_of_strangers, share_of_meaning
from index.filters import Filters
from index.library import Library
from index.passages import Passage, source_of
from index.sentence_vectors import Found
from sources.source import Source, Span

Vector = NDArray[np.float32]

DEPTH = 100
"""Each side's best so many passages are normalised and fused."""
PASSAGE_SHARE, SENTENCE_SHARE = 0.4, 0.6
"""Weights of the passage's vector and of its best sentence's vector in what vectors decide."""
WORD_SHARE, COVERAGE_SHARE = 0.7, 0.3
"""Weights of the words in common (BM25), and of how many of the words asked for are there at all,
in what words decide."""
SECOND_SEARCH = 0.3
"""Weight of searching again with the best sentence found, beside 1 for the question."""


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
    """How near the question, seen with its history, is to each sentence, in their order.

    The cosine; 0 for texts that are strangers to each other, 1 for the same words."""
    rank_by_words: int | None = field(default=None, compare=False)
    """Its best rank, from 1, among what shares words with a question asked; `None` for none."""
    rank_by_vectors: int | None = field(default=None, compare=False)
    """The same among what is near in meaning."""


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
        standing_alone: str | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[Match, ...]:
        """At most `limit` matches, best first; empty when the library has no passages.

        `standing_alone` is the question as somebody rewrote it: one search more among the
        others, so that a bad rewriting cannot lose what they find. With `only`, the passages
        of those ids are ordered and no others found.
        """
        if filters and filters.tags:
            tagged = self.library.catalogue.tagged(filters.tags)
            slugs = tuple(s for s in tagged if not filters.sources or s in filters.sources)
            if not slugs:
                return ()
            filters = replace(filters, sources=slugs, tags=())
        searches = make_searches(question, history)
        if standing_alone:
            searches = (*searches, Search(standing_alone, 1.0, True))
        finds = _Finds(self.library, filters, only)
        embedded = finds.search(searches)
        asked = np.average(
            embedded, axis=0, weights=[one.weight * one.is_asked for one in searches]
        )
        asked = asked / (np.linalg.norm(asked) or 1.0)
        if not history:
            self._search_on(question, asked, finds)
        strangers = cosine_of_strangers(self.library.embedder)
        return tuple(
            Match(
                passage=passage,
                relevance=relevance,
                sentence_similarities=tuple(
                    float(value - strangers) / (1.0 - strangers)
                    for value in finds.kept[passage.id].vectors @ asked
                ),
                rank_by_words=finds.by_words.get(passage.id),
                rank_by_vectors=finds.by_vectors.get(passage.id),
            )
            for passage, relevance in finds.best(limit)
        )

    def _search_on(self, question: str, asked: Vector, finds: "_Finds") -> None:
        """Search again with the best sentence found: what it names may lead to the rest."""
        for passage, _ in finds.best(1):
            place = int((finds.kept[passage.id].vectors @ asked).argmax())
            sentence = passage.words_of(passage.sentences[place])
            further = Search(f"{question} {sentence}", SECOND_SEARCH, False)
            finds.search([further])


class _Finds:
    """What the searches for one question have found so far."""

    def __init__(
        self, library: Library, filters: Filters | None, only: frozenset[str] | None = None
    ) -> None:
        self._library = library
        self._meaning = share_of_meaning(library.embedder)
        self._only = only
        self._filters = filters
        self._fused: defaultdict[str, float] = defaultdict(float)
        self._weight = 0.0
        self.kept: dict[str, Found] = {}
        """What the index keeps of each passage found, by the passage's id."""
        self.by_words: dict[str, int] = {}
        """Its best rank among what shares words with a question asked, by the same."""
        self.by_vectors: dict[str, int] = {}
        """Its best rank among what is near in meaning."""

    def search(self, searches: Sequence[Search]) -> Vector:
        """Search all indexes and add what they find, by each search's weight.

        Gives the vectors of the searches, ``(len(searches), dimensions)``.
        """
        with ThreadPoolExecutor(1, "words") as beside:  # while the model reads them
            by_words = [beside.submit(self._by_words, one.words) for one in searches]
            vectors = self._library.embedder.embed([one.words for one in searches], role="question")
            for one, vector, found in zip(searches, vectors, by_words, strict=True):
                near = dict(
                    self._library.vectors.nearest(vector, limit=DEPTH, filters=self._filters)
                )
                self._read(near)  # while the words are still searched for
                self._add(one, vector, near, *found.result())
        return vectors

    def _by_words(self, words: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """What shares words with the search, and what covers most of them."""
        lexical, filters = self._library.lexical, self._filters
        return (
            dict(lexical.search(words, limit=DEPTH, filters=filters)),
            dict(lexical.cover(words, limit=DEPTH, filters=filters)),
        )

    def _add(
        self,
        one: Search,
        vector: Vector,
        near: Mapping[str, float],
        shared: Mapping[str, float],
        covered: Mapping[str, float],
    ) -> None:
        ids = near.keys() | shared.keys() | covered.keys()
        self._read(ids)
        sentences = {
            name: float((self.kept[name].vectors @ vector).max()) for name in ids & self.kept.keys()
        }
        for name, value in fuse(near, sentences, shared, covered, meaning=self._meaning).items():
            self._fused[name] += one.weight * value
        self._weight += one.weight
        if one.is_asked:
            _note_ranks(self.by_words, shared)
            _note_ranks(self.by_vectors, near)

    def _read(self, ids: Iterable[str]) -> None:
        self.kept |= self._library.sentences.of(sorted(set(ids) - self.kept.keys()))

    def best(self, limit: int) -> tuple[tuple[Passage, float], ...]:
        """The `limit` best passages with their fused scores in [0, 1], best first.

        Only of sources that are whole: neither half added nor half gone.
        """
        among: Set[str] = self._fused.keys()
        if self._only is not None:
            self._read(self._only)
            among = self._only
        names = sorted(among & self.kept.keys(), key=lambda name: (-self._fused[name], name))
        best: list[tuple[Passage, float]] = []
        for begin in range(0, len(names), limit):
            asked = names[begin : begin + limit]
            ready = self._library.catalogue.ready_among(map(source_of, asked))
            for name in asked:
                passage = self._passage(name, ready.get(source_of(name)))
                if passage is not None:
                    best.append((passage, self._fused[name] / self._weight))
            if len(best) >= limit:
                break
        return tuple(best[:limit])

    def _passage(self, name: str, source: Source | None) -> Passage | None:
        """The passage in its words; `None` where its source is not ready, or has another text."""
        kept = self.kept[name]
        if source is None or source.sha256 != kept.sha256:
            return None
        sentences = kept.sentences
        span = Span(sentences[0].start, sentences[-1].end)
        words = self._library.catalogue.words_at(kept.sha256, span)
        if words is None:
            return None
        return Passage(source.slug, int(name.rpartition("#")[2]), sentences, words)


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
        last = history[-1]
        searches.append(Search(f"{last.question} {last.answer} {question}", 1.0, False))
    return tuple(searches)


def fuse(
    near: Mapping[str, float],
    sentences: Mapping[str, float],
    shared: Mapping[str, float],
    covered: Mapping[str, float],
    *,
    meaning: float = 0.5,
) -> dict[str, float]:
    """The convex sum of the four sides' scores, each min-max normalised over its best.

    `meaning`, in [0, 1], is the share of the two that come from vectors.
    In [0, 1]; a passage that a side did not find has that side's 0. After Bruch, Gai and
    Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42 (2023).
    """
    sides = (
        (meaning * PASSAGE_SHARE, _normalise(near)),
        (meaning * SENTENCE_SHARE, _normalise(_best(sentences))),
        ((1.0 - meaning) * WORD_SHARE, _normalise(shared)),
        ((1.0 - meaning) * COVERAGE_SHARE, _normalise(covered)),
    )
    fused: defaultdict[str, float] = defaultdict(float)
    for share, side in sides:
        for name, value in side.items():
            fused[name] += share * value
    return fused


def _note_ranks(ranks: dict[str, int], scores: Mapping[str, float]) -> None:
    for rank, name in enumerate(sorted(scores, key=lambda name: -scores[name]), start=1):
        ranks[name] = min(rank, ranks.get(name, rank))


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
