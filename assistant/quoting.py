"""Quotes mode: the answer in the sources' own sentences.

One to three sentences, most to the point first, each an exact span of its text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Citation, Quote, Statement
from index.retrieval import Match
from sources.source import Source, Span

MAX_STATEMENTS = 3
NEAR_THE_BEST = 0.8
"""A further sentence must have this share of the best sentence's similarity."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The quoted statements and their citations, numbered from 1."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


def quote(matches: Sequence[Match], *, sources: Mapping[str, Source]) -> Quotation:
    """The sentences most to the point among `matches`; `sources` has every match's source."""
    ranked = sorted(
        (
            (similarity, match, sentence)
            for match in matches
            for similarity, sentence in zip(
                match.sentence_similarities, match.passage.sentences, strict=True
            )
        ),
        key=lambda choice: -choice[0],
    )
    chosen = [
        (match, sentence)
        for similarity, match, sentence in ranked[:MAX_STATEMENTS]
        if similarity >= NEAR_THE_BEST * ranked[0][0]
    ]
    citations = tuple(
        _cite(number, match, sentence, sources[match.passage.source])
        for number, (match, sentence) in enumerate(chosen, start=1)
    )
    statements = tuple(
        Statement(text=citation.quote.words, citations=(citation.number,), support="supported")
        for citation in citations
    )
    return Quotation(statements, citations)


def nearest(matches: Sequence[Match], *, limit: int) -> tuple[Quote, ...]:
    """The best sentence of each of the first `limit` matches, best match first."""
    return tuple(
        _quote_of(
            match,
            max(
                zip(match.sentence_similarities, match.passage.sentences, strict=True),
                key=lambda choice: choice[0],
            )[1],
        )
        for match in matches[:limit]
    )


def _quote_of(match: Match, span: Span) -> Quote:
    plain = Span(span.start, span.end)
    return Quote(match.passage.source, plain, match.passage.words_of(plain))


def _cite(number: int, match: Match, span: Span, source: Source) -> Citation:
    return Citation(
        number=number,
        quote=_quote_of(match, span),
        title=source.card.title,
        publisher=source.card.publisher,
        published=source.card.published,
    )
