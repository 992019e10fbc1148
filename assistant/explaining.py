"""Why an answer is what it is: what was found, how it was scored, what decided.

A `Trail` is laid while a question is answered, for those who ask for it; without one nothing is
kept and nothing more is computed. It decides nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from assistant.judging.evidence import Evidence
from index.retrieval import Match

Room = Literal["conversation", "request", "reading", "judging", "verdict"]
"""Where something is decided, in the order of the story that `answering` tells."""

MAX_SCORED = 12
"""So many sentences are told with their scores, those that were read first."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of the search, and how it was found."""

    source: str
    start: int
    end: int
    relevance: float
    """Fused, in [0, 1]; comparable within one search only."""
    rank_by_words: int | None
    """Among the passages that share words with the question, from 1; `None` where not there."""
    rank_by_vectors: int | None
    """The same among those that are near it in meaning."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence and what it was scored."""

    source: str
    start: int
    end: int
    words: str
    nearness: float
    """Cosine with the question in its passage, 0 for strangers."""
    words_held: float
    """Share of the telling words of the question, in [0, 1]."""
    judged: float
    """The sum of the signals that sentences are ordered by before they are read, about 0 to 1."""
    read: float | None
    """How likely it answers, says the reader; `None` where the reader was not asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one room decided, in plain words with figures."""

    room: Room
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What led to an answer."""

    steps: tuple[Step, ...]
    passages: tuple[FoundPassage, ...]
    """Each once, best first within each search."""
    sentences: tuple[ScoredSentence, ...]
    """The likeliest first where the reader was asked, else the most to the point."""


class Trail:
    """Notes what happens on the way to one answer; belongs to one question."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._passages: dict[str, FoundPassage] = {}
        self._sentences: dict[tuple[str, int], Evidence] = {}
        self._read: dict[tuple[str, int], float] = {}

    def step(self, room: Room, words: str) -> None:
        """Note what `room` decided."""
        self._steps.append(Step(room, words))

    def found(self, matches: Sequence[Match]) -> None:
        """Note the passages that a search found, best first."""
        for match in matches:
            passage = match.passage
            self._passages.setdefault(
                passage.id,
                FoundPassage(
                    passage.source,
                    passage.start,
                    passage.end,
                    round(match.relevance, 3),
                    match.rank_by_words,
                    match.rank_by_vectors,
                ),
            )

    def weighed(self, evidence: Iterable[Evidence]) -> None:
        """Note the sentences that were weighed, the most to the point first."""
        for one in evidence:
            self._sentences.setdefault((one.match.passage.source, one.sentence.start), one)

    def read(self, read: Iterable[tuple[Evidence, float]]) -> None:
        """Note how likely each sentence answers, as the reader says."""
        for one, probability in read:
            place = (one.match.passage.source, one.sentence.start)
            self._sentences.setdefault(place, one)
            self._read[place] = probability

    def explanation(self) -> Explanation:
        """All that was noted so far."""
        first = sorted(self._sentences, key=lambda place: -self._read.get(place, -1.0))
        return Explanation(
            tuple(self._steps),
            tuple(self._passages.values()),
            tuple(map(self._scored, first[:MAX_SCORED])),
        )

    def _scored(self, place: tuple[str, int]) -> ScoredSentence:
        one, read = self._sentences[place], self._read.get(place)
        return ScoredSentence(
            place[0],
            one.sentence.start,
            one.sentence.end,
            one.words,
            round(one.similarity, 3),
            round(one.coverage, 3),
            round(one.relevance, 3),
            None if read is None else round(read, 3),
        )


def as_fields(explanation: Explanation) -> Mapping[str, object]:
    """The explanation as the JSON that the README documents; plain values only."""
    return asdict(explanation)
