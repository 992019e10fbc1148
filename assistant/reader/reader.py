"""Reads sentences with the trained networks: how likely each answers, what they make of a
statement.

The encoder reads each sentence after the title of its text, apart from its passage: measured,
that puts the sentence that answers first more often than vectors of sentences in their passage.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.reader.inputs import Asked, Said, asked, said
from assistant.reader.network import Calibration, ReaderNetwork
from assistant.verifying.model import Shares
from index.embedder import Vectors
from index.encoder.encoder import MultilingualEncoder

MAX_READ = 16
"""So many sentences are read at once, the most to the point by the cheap signals first."""
MOST_READ, _GOES_ON = 64, 3
"""Reading goes on, up to so many, where so many of those just read answer for certain: what is
asked for has many answers."""

_REMEMBERED, _QUESTIONS_REMEMBERED = 1 << 10, 1 << 6
"""So many sentences and questions are remembered as read, some 70 MB at most: the next question on
the same matter finds them again, and every step on the way of one question reads it once."""


class Read(NamedTuple):
    """A sentence and how likely it answers, in [0, 1]."""

    evidence: Evidence
    probability: float


class SentenceReader:
    """Reads sentences with the encoder and the network; safe to use from several threads."""

    def __init__(self, encoder: MultilingualEncoder, network: ReaderNetwork | None = None) -> None:
        """`network` is the shipped one without it."""
        self._encoder = encoder
        self._network = network or ReaderNetwork()
        self._kept: OrderedDict[tuple[str, str], Said] = OrderedDict()
        self._asked: OrderedDict[str, Asked] = OrderedDict()
        self._changing = threading.Lock()

    def read(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        *,
        earlier: str = "",
        titles: Mapping[str, str],
    ) -> tuple[Read, ...]:
        """The likeliest sentences first, of the first `MAX_READ` of `evidence`, and of more where
        many answer.

        `earlier` is the question before, empty without one; `titles` has that of each source,
        by slug.
        """
        question_read = self._question(f"{earlier} {question.words}".strip()) if evidence else None
        found: list[Read] = []
        while question_read is not None and len(found) < min(MOST_READ, len(evidence)):
            next_ones = evidence[len(found) : len(found) + MAX_READ]
            sentences = self._sentences(
                [(titles[one.match.passage.source], one.words) for one in next_ones]
            )
            logits = self._network.logits(question_read, sentences)
            just_read = [
                Read(one, self.bars.probability(float(logit)))
                for one, logit in zip(next_ones, logits, strict=True)
            ]
            found += just_read
            if sum(one.probability >= self.bars.answered for one in just_read) < _GOES_ON:
                break
        return tuple(sorted(found, key=lambda one: -one.probability))

    def support(
        self, statement: str, cited: Sequence[Sequence[tuple[str, str]]]
    ) -> tuple[Shares, ...]:
        """What each group of sentences, given with the title of each, makes of `statement`."""
        if not cited:
            return ()
        every = list(dict.fromkeys(one for group in cited for one in group))
        read = dict(zip(every, self._sentences(every), strict=True))
        stated = self._question(statement)
        rows = self._network.support(stated, [[read[one] for one in group] for group in cited])
        return tuple(Shares(*map(float, row)) for row in rows)

    def told(self, read: Sequence[Read]) -> str:
        """What was read and what that is enough for, in words with figures."""
        if not read:
            return "nothing was found to read"
        return (
            f"the likeliest of {len(read)} sentences is {read[0].probability:.2f}: from"
            f" {self.bars.answered:.2f} on one answers, from {self.bars.likely:.2f} on it may"
        )

    def vector_of(self, question: str) -> Vectors:
        """``(dimensions,)``, of unit length: what a question means; computed once."""
        return self._question(question).meaning

    def alike(self, statement: str, cited: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """The cosine of what `statement` means and what each sentence does, after its title."""
        meaning = self._question(statement).meaning
        return tuple(float(one.meaning @ meaning) for one in self._sentences(cited))

    @property
    def support_bars(self) -> tuple[float, float]:
        """From which probability on a statement is supported, and supported in part."""
        return self.bars.supported, self.bars.partly

    @property
    def bars(self) -> Calibration:
        """From how likely on a sentence answers, or may."""
        return self._network.calibration

    def _question(self, words: str) -> Asked:
        with self._changing:
            known = self._asked.get(words)
        if known is None:
            (read,) = self._encoder.read([words], role="question")
            known = asked(read, self._network.pieces)
        with self._changing:
            self._asked[words] = known
            self._asked.move_to_end(words)
            while len(self._asked) > _QUESTIONS_REMEMBERED:
                self._asked.popitem(last=False)
        return known

    def _sentences(self, wanted: Sequence[tuple[str, str]]) -> list[Said]:
        """Title and words of each, read; those read before are remembered."""
        with self._changing:
            known = {one: self._kept[one] for one in wanted if one in self._kept}
        new = [one for one in dict.fromkeys(wanted) if one not in known]
        texts = [f"{title}. {words}" for title, words in new]
        for one, read in zip(new, self._encoder.read(texts, role="passage"), strict=True):
            known[one] = said(read, self._network.pieces, title_chars=len(one[0]) + 1)
        with self._changing:
            for one in known:
                self._kept[one] = known[one]
                self._kept.move_to_end(one)
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return [known[one] for one in wanted]
