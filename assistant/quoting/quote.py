"""Quotes mode: the answer in the sources' own sentences.

Each an exact span of its text, none twice. A sentence that begins with "He" brings the one that
says who.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from assistant.answers import Citation, Quote, Statement
from assistant.asking.questions import Question
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence
from assistant.speakers.interviews import speaker_at
from assistant.speakers.speakers import first_speaker
from sources.source import Source, Span

MAX_FURTHER = 12
"""Sentences shown where a person searches more widely."""
FAR_FROM_THE_BEST = 0.70
"""They end where one has less than this share of the best one's relevance."""
SAME_WORDS = 0.75
"""Two sentences that share more of their words than this say the same (Jaccard)."""

_REMEMBERED = 1 << 10
"""So many sentences are remembered as they are compared: each statement meets all of them."""


class Part(NamedTuple):
    """A question, or one part of it, that the sources answer."""

    question: Question
    evidence: Sequence[Evidence]
    """The sentences that answer it, in this order; not empty."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The quoted statements and their citations, numbered from 1."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


def quote(parts: Sequence[Part], *, sources: Mapping[str, Source]) -> Quotation:
    """The sentences that together answer, for each part of a question from its evidence.

    `sources` has the source of every piece of evidence, by slug.
    """
    chosen: list[Evidence] = []
    for part in parts:
        for one in _join(part.evidence):
            if not any(_says_the_same(one, other) for other in chosen):
                chosen.append(_first_to_say(one, part.evidence, sources))
    citations = tuple(
        cite(number, one, sources[one.match.passage.source])
        for number, one in enumerate(chosen, start=1)
    )
    statements = tuple(
        Statement(
            text=citation.quote.words,
            citations=(citation.number,),
            support="supported",
            speaker=_in_interview(one) or first_speaker(citation.quote.words),
        )
        for one, citation in zip(chosen, citations, strict=True)
    )
    return Quotation(statements, citations)


def _first_to_say(
    one: Evidence, evidence: Sequence[Evidence], sources: Mapping[str, Source]
) -> Evidence:
    """The same words in the source that was published first: reprints come after what they are
    of. An undated source is first of none."""
    said = folded(one.in_reach)
    alike = (each for each in evidence if folded(each.in_reach) == said)
    return min((one, *alike), key=lambda each: published(each, sources))


def published(one: Evidence, sources: Mapping[str, Source]) -> date:
    """The day its source was published; the last of all days where that is not known."""
    source = sources.get(one.match.passage.source)
    return (source.card.published if source else None) or date.max


@lru_cache(_REMEMBERED)
def folded(words: str) -> tuple[str, ...]:
    """The words alone, whatever their case and marks: to tell whether two say the very same."""
    return tuple(found.group().casefold() for found in WORD.finditer(words))


def _in_interview(one: Evidence) -> str | None:
    """Who says the sentence, where its passage is of an interview."""
    passage, sentence = one.match.passage, one.sentence
    inside = Span(sentence.start - passage.start, sentence.end - passage.start)
    return speaker_at(passage.content, inside)


def further(evidence: Sequence[Evidence]) -> tuple[Quote, ...]:
    """The best sentences, however many of them are from one passage.

    At most `MAX_FURTHER`, and none that is much less to the point than the first.
    """
    return tuple(
        _quote_of(one, one.sentence)
        for one in evidence[:MAX_FURTHER]
        if one.relevance >= FAR_FROM_THE_BEST * evidence[0].relevance
    )


def nearest(evidence: Sequence[Evidence], *, limit: int) -> tuple[Quote, ...]:
    """The first sentence of each of the best `limit` passages, as they come in `evidence`."""
    best: dict[str, Evidence] = {}
    for one in evidence:
        best.setdefault(one.match.passage.id, one)
    return tuple(_quote_of(one, one.sentence) for one in list(best.values())[:limit])


def _join(evidence: Sequence[Evidence]) -> list[Evidence]:
    """All of it, but a sentence goes where a later one brings it along."""
    joined: list[Evidence] = []
    for one in evidence:
        led = _led_by(one, joined)
        if led is None:
            joined.append(one)
        else:
            joined[led] = one
    return joined


def _led_by(one: Evidence, chosen: Sequence[Evidence]) -> int | None:
    """Which chosen sentence is the one that this one points back to, so that it brings both."""
    for place, other in enumerate(chosen):
        same = other.match.passage.source == one.match.passage.source
        if same and one.lead is not None and _span(one).covers(_span(other)):
            return place
    return None


def _says_the_same(one: Evidence, other: Evidence) -> bool:
    if one.match.passage.source == other.match.passage.source and _span(one).overlaps(_span(other)):
        return True
    mine, its = _stems(one.words), _stems(other.words)
    is_alike = len(mine & its) > SAME_WORDS * len(mine | its)
    return is_alike or mine <= _stems(other.in_reach) or its <= _stems(one.in_reach)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(words))


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
        marks=tuple(_marks(one)),
    )


def _marks(one: Evidence) -> Iterator[Span]:
    own = one.sentence.start
    yield from (Span(own + start, own + end) for start, end in one.values)
