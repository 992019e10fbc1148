"""The story on one screen: a question becomes an answer.

Retrieval finds matches, their sentences are weighed as evidence, judging says whether they
answer, and quoting picks the words.
Each step takes and returns values; nothing here knows a library by name.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import MAX_RELATED, Answer
from assistant.evidence import Evidence, weigh
from assistant.judging import Judgement, judge
from assistant.locating import locate
from assistant.questions import Question
from assistant.quoting import nearest, quote
from index.filters import Filters
from index.library import Library
from index.retrieval import Match, Retriever, Turn
from sources.errors import UseError

MAX_QUESTION_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one library."""

    library: Library

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Answer:
        """The answer to `question`, asked after `history` (oldest first).

        Raises `UseError` for a question that is blank or longer than `MAX_QUESTION_CHARS`.
        """
        began = time.monotonic()
        asked = Question(_checked(question))
        evidence, judgement = self.judge(asked, history=history, filters=filters)
        answer = self._answer(asked, judgement, evidence)
        return replace(answer, took_ms=round(1000 * (time.monotonic() - began)))

    def judge(
        self, asked: Question, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> tuple[tuple[Evidence, ...], Judgement]:
        """All that was found for the question, best first, and whether it answers."""
        matches = self.search(asked.words, history=history, filters=filters)
        earlier = tuple(Question(turn.question) for turn in history)
        evidence = weigh(asked, matches, earlier=earlier)
        judgement = judge(
            asked,
            evidence,
            mentions=self.library.lexical.mentions,
            is_first=not history,
            is_filtered=bool(filters),
        )
        return evidence, judgement

    def search(
        self,
        words: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        limit: int = 10,
    ) -> tuple[Match, ...]:
        """The passages that match, best first, unjudged."""
        retriever = Retriever(self.library)
        return retriever.find(_checked(words), history=history, filters=filters, limit=limit)

    def _answer(
        self, asked: Question, judgement: Judgement, evidence: Sequence[Evidence]
    ) -> Answer:
        if judgement.verdict == "not_in_sources":
            return Answer(
                question=asked.words,
                mode="quotes",
                verdict="not_in_sources",
                related=nearest(evidence, limit=MAX_RELATED),
                reason=judgement.reason,
            )
        slugs = {one.match.passage.source for one in judgement.evidence}
        catalogue = self.library.catalogue
        sources = catalogue.ready_among(slugs)
        quotation = quote(asked, judgement.evidence, sources=sources)
        return Answer(
            question=asked.words,
            mode="quotes",
            verdict=judgement.verdict,
            statements=quotation.statements,
            citations=locate(quotation.citations, sources=sources, catalogue=catalogue),
            reason=judgement.reason,
        )


def _checked(question: str) -> str:
    question = " ".join(question.split())
    if not question:
        raise UseError("The question is empty.", remedy="Ask one in plain language.")
    if len(question) > MAX_QUESTION_CHARS:
        raise UseError(
            f"The question has {len(question):,} characters.",
            remedy=f"Ask it in at most {MAX_QUESTION_CHARS:,}.",
        )
    return question
