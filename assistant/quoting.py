"""Quotes mode: the answer in the sources' own sentences.

One to three sentences (more for lists and summaries), the most to the point first, each an
exact span of its text. A sentence that begins with "He" brings the one that says who.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Citation, Quote, Statement
from assistant.evidence import Evidence
from assistant.questions import Question
from assistant.speaking.speakers import first_speaker
from assistant.vocabulary import WORD, stem
from sources.source import Source, Span

MAX_STATEMENTS = 3
MAX_SEVERAL = 6
"""For lists and summaries."""
NEAR_THE_BEST = 0.80
"""A further sentence must have this share of the best sentence's relevance."""
SAME_WORDS = 0.75
"""Two sentences that share more of their words than this say the same (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The quoted statements and their citations, numbered from 1."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


def quote(
    parts: Sequence[tuple[Question, Sequence[Evidence]]], *, sources: Mapping[str, Source]
) -> Quotation:
    """The sentences that together answer, for each part of a question from its evidence.

    Evidence is best first and not empty; `sources` has the source of every piece, by slug.
    """
    chosen: list[Evidence] = []
    for question, evidence in parts:
        chosen += [
            one
            for one in _choose(question, evidence)
            if not any(_says_the_same(one, other) for other in chosen)
        ]
    citations = tuple(
        cite(number, one, sources[one.match.passage.source])
        for number, one in enumerate(chosen, start=1)
    )
    statements = tuple(
        Statement(
            text=citation.quote.words,
            citations=(citation.number,),
            support="supported",
            speaker=first_speaker(citation.quote.words),
        )
        for citation in citations
    )
    return Quotation(statements, citations)


def further(evidence: Sequence[Evidence], *, limit: int) -> tuple[Quote, ...]:
    """The best `limit` sentences, however many of them are from one passage."""
    return tuple(_quote_of(one, one.sentence) for one in evidence[:limit])


def nearest(evidence: Sequence[Evidence], *, limit: int) -> tuple[Quote, ...]:
    """The first sentence of each of the best `limit` passages, as they come in `evidence`."""
    best: dict[str, Evidence] = {}
    for one in evidence:
        best.setdefault(one.match.passage.id, one)
    return tuple(_quote_of(one, one.sentence) for one in list(best.values())[:limit])


def _choose(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    limit = MAX_SEVERAL if question.wants_several else MAX_STATEMENTS
    chosen: list[Evidence] = []
    for one in _near_the_best(evidence):
        if len(chosen) == limit:
            break
        if not any(_says_the_same(one, other) for other in chosen):
            chosen.append(one)
    if question.wants_several:
        first = chosen[0].match.passage.source
        chosen.sort(key=lambda one: (one.match.passage.source != first, one.sentence))
    return chosen


def _near_the_best(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    for one in evidence:
        if one.relevance >= NEAR_THE_BEST * evidence[0].relevance:
            yield one


def _says_the_same(one: Evidence, other: Evidence) -> bool:
    if one.match.passage.source == other.match.passage.source and _span(one).overlaps(_span(other)):
        return True
    mine, its = ({stem(word.group()) for word in WORD.finditer(e.words)} for e in (one, other))
    return len(mine & its) > SAME_WORDS * len(mine | its)


def _span(one: Evidence) -> Span:
    return Span((one.lead or one.sentence).start, one.sentence.end)


def _quote_of(one: Evidence, span: Span) -> Quote:
    plain = Span(span.start, span.end)
    return Quote(one.match.passage.source, plain, one.match.passage.words_of(plain))


def cite(number: int, one: Evidence, source: Source) -> Citation:
    """The citation of a sentence, with the one before it where it points back."""
    return Citation(
        number=number,
        quote=_quote_of(one, _span(one)),
        title=source.card.title,
        publisher=source.card.publisher,
        published=source.card.published,
        marks=tuple(
            Span(one.sentence.start + start, one.sentence.start + end) for start, end in one.values
        ),
    )
