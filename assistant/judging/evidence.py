"""How well each sentence that was found answers the question.

The signals are cheap and say what they mean: is the sentence near in meaning, which words
of the question does it hold, does it give the value asked for, does it name the names.
Judging and quoting both read them.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import mul
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from assistant.asking.aliases import short_names_in
from assistant.asking.questions import Question, Term
from assistant.asking.values import Bounds, find_values
from assistant.asking.vocabulary import WORD, Places, nearness, places_of, stem
from assistant.judging.headings import Headings, Standing, standings
from assistant.speakers.verbs import NEEDS
from index.passages import Passage
from index.retrieval import Match
from sources.source import Sentence, Span

_REPORTS = "|".join(sorted(form for form in NEEDS if form.endswith(("d", "s"))))
_POINTS_BACK = re.compile(
    r"(?:He|She|It|They|His|Her|Its|Their|This|That|These|Those|The (?:package|plan|document))\b"
    r"|[“\"][^”\"]+[”\"],?\s(?:he|she|they)\s\w"
    rf"|The (?:(?!(?:was|were|is|are|has|have|had|be|been)\b)[a-z]+ ){{1,3}}(?:{_REPORTS})\b"
)
"""Words of somebody named before: "He …", "“…,” she warned", "The official said …"."""
_ASKED = re.compile(r"\?[”\"’')\]*_]*\s*$")
_NUMBER_ALONE = re.compile(r"\W*\d{1,3}[.)]\W*")
"""The number of a paragraph that was cut from its words."""
_MOST_LEADS = 2
"""So many sentences before may be needed to know who "he" is."""
_REMEMBERED = 1 << 11
"""So many sentences and passages are remembered as read, some 8 MB: the next question on the same
matter finds them again."""
_HELD_BY_HEADING = 0.8
"""A word of the heading above a sentence counts so much as one of its own; a name does not."""
_NO_HEADINGS: Headings = MappingProxyType({})
EARLIER_SHARE, EARLIER_SHARE_OF_POINTING = 0.12, 0.25
"""How much the words of earlier questions count: more where the question says "it" or "he"."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence, seen as an answer to one question."""

    match: Match
    sentence: Sentence
    lead: Sentence | None
    """The sentence before that this one points back to ("He cited …"), or the one before that."""
    similarity: float
    """Cosine of the question with the sentence, in [-1, 1]."""
    covered: tuple[float, ...]
    """For each subject of the question, in [0, 1]: how far the sentence holds it."""
    coverage: float
    """The mean of `covered`, weighted by how much each word says."""
    earlier_coverage: float
    """The same for the subjects of the earlier questions; 0 without any."""
    earlier_share: float
    """How much `earlier_coverage` counts."""
    phrase_share: float
    """Share of the question's pairs of neighbouring words that are neighbours here too."""
    values: tuple[Bounds, ...]
    """Where the value asked for stands, in characters of the sentence."""

    @property
    def words(self) -> str:
        return self.match.passage.words_of(self.sentence)

    @property
    def in_reach(self) -> str:
        """Its words, after those of the sentence that it points back to."""
        first = self.lead or self.sentence
        return self.match.passage.words_of(Span(first.start, self.sentence.end))

    @property
    def relevance(self) -> float:
        """All signals in one number, about 0 to 1, to order sentences by."""
        return (
            0.45 * self.similarity
            + 0.40 * self.coverage
            + self.earlier_share * self.earlier_coverage
            + 0.08 * self.phrase_share
            + (0.12 if self.values else 0.0)
        )


def weigh(
    question: Question,
    matches: Sequence[Match],
    *,
    earlier: Sequence[Question] = (),
    headings: Headings = _NO_HEADINGS,
) -> tuple[Evidence, ...]:
    """Every sentence of `matches` as evidence, the most to the point first.

    One of `headings` is none, unless there is nothing else; it is what the sentences below it
    are about.
    """
    known = {term.stem for term in question.subjects}
    before = tuple(
        {
            term.stem: term
            for asked in earlier
            for term in asked.subjects
            if term.stem not in known
        }.values()
    )
    read = _read(matches, headings)
    own = _held(question.subjects, [one.said for one in read])
    in_reach = _held(question.subjects, [one.in_reach for one in read])
    covered = np.maximum(own, 0.9 * in_reach)
    if any(one.under for one in read):
        below = _held(question.subjects, [_Said.of(one.under) for one in read])
        of_names = np.array([term.is_name for term in question.subjects], dtype=np.bool_)
        covered = np.maximum(covered, np.where(of_names, 0.0, _HELD_BY_HEADING * below))
    covered_before = _held(before, [one.in_reach for one in read]).tolist()
    found = [
        Evidence(
            match=one.match,
            sentence=one.sentence,
            lead=one.lead,
            similarity=one.similarity,
            covered=tuple(shares),
            coverage=mean_held(shares, question.subjects),
            earlier_coverage=mean_held(shares_before, before),
            earlier_share=EARLIER_SHARE_OF_POINTING if question.points_back else EARLIER_SHARE,
            phrase_share=_phrase_share(question, one.said),
            values=find_values(question, one.words),
        )
        for one, shares, shares_before in zip(read, covered.tolist(), covered_before, strict=True)
    ]
    return tuple(sorted(found, key=lambda evidence: -evidence.relevance))


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of a match, read."""

    match: Match
    sentence: Sentence
    lead: Sentence | None
    similarity: float
    words: str
    under: str
    """The heading above it; empty without one."""
    said: "_Said"
    in_reach: "_Said"
    """After what its lead says."""

    @classmethod
    def at(cls, match: Match, place: int, stands: Sequence[Standing]) -> "_Read":
        passage = match.passage
        sentence, lead = passage.sentences[place], _lead(passage, place, stands)
        words = passage.words_of(sentence)
        said = _Said.of(words)
        return cls(
            match=match,
            sentence=sentence,
            lead=lead,
            similarity=match.sentence_similarities[place],
            words=words,
            under=stands[place].under,
            said=said,
            in_reach=_Said.of(passage.words_of(Span(lead.start, sentence.end))) if lead else said,
        )


def _read(matches: Sequence[Match], headings: Headings) -> "list[_Read]":
    found: list[_Read] = []
    silent: list[_Read] = []
    for match in matches:
        stands = standings(match.passage, headings)
        for place, one in enumerate(stands):
            read = _Read.at(match, place, stands)
            says_nothing = one.is_heading or _NUMBER_ALONE.fullmatch(read.words)
            (silent if says_nothing else found).append(read)
    return found or silent


def _lead(passage: Passage, place: int, stands: Sequence[Standing]) -> Sentence | None:
    first = place
    while (
        first
        and place - first < _MOST_LEADS
        and stands[first - 1].can_lead(stands[first])
        and _POINTS_BACK.match(passage.words_of(passage.sentences[first]))
    ):
        first -= 1
    asks = first and stands[first - 1].can_lead(stands[first])
    if asks and is_asked(passage.words_of(passage.sentences[first - 1])):
        first -= 1
    return passage.sentences[first] if first < place else None


def is_asked(words: str) -> bool:
    """Whether a sentence of a source asks something, so that it can answer nothing."""
    return _ASKED.search(words) is not None


@dataclass(frozen=True, slots=True)
class _Said:
    """Words read once, for all that is asked about them."""

    stems: Set[str]
    places: Places
    """In the table of words."""
    pairs: Set[tuple[str, str]]
    """The stems of every two words that stand side by side."""

    @staticmethod
    @lru_cache(_REMEMBERED)
    def of(words: str) -> "_Said":
        found = WORD.findall(words)
        stems = [stem(word) for word in found]
        return _Said(
            stems=frozenset(stems) | short_names_in(words),
            places=places_of(found),
            pairs=frozenset(pairwise(stems)),
        )


def held(terms: Sequence[Term], *texts: str) -> NDArray[np.float64]:
    """``(len(texts), len(terms))`` in [0, 1]: how far each text holds each term.

    1 for the word itself or its like, less where only something near in meaning is there.
    """
    return _held(terms, [_Said.of(words) for words in texts])


def _held(terms: Sequence[Term], said: Sequence[_Said]) -> NDArray[np.float64]:
    near = nearness([term.word for term in terms], [one.places for one in said])
    shares = np.empty((len(said), len(terms)))
    for column, term in enumerate(terms):
        stems = term.stems
        there = np.array([not stems.isdisjoint(one.stems) for one in said], dtype=np.bool_)
        shares[:, column] = np.where(there, 1.0, 0.0 if term.is_name else 0.9 * near[column])
    return shares


def mean_held(shares: Sequence[float], terms: Sequence[Term]) -> float:
    """The mean of what `held` gives for one text, weighted by how much each term says.

    0 for no terms.
    """
    if not terms:
        return 0.0
    weights = [term.weight for term in terms]
    return float(sum(map(mul, shares, weights)) / sum(weights))


def _phrase_share(question: Question, said: _Said) -> float:
    if not question.pairs:
        return 0.0
    return len(question.pairs & said.pairs) / len(question.pairs)
