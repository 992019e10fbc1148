"""Passages for words: what a person looks through by hand, unjudged, with the words marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.asking.vocabulary import WORD, stem
from index.filters import Filters
from index.retrieval import Match
from sources.source import Source, Span

_IN_QUOTATION_MARKS = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and where the words that were looked for stand in it."""

    source: Source
    span: Span
    words: str
    marks: tuple[Span, ...]
    """Spans of the source's text, in order; none where only the meaning is near."""
    nearest: Span
    """The sentence of the passage that is nearest to the words."""
    relevance: float
    """In [0, 1]; higher is nearer."""


def find_passages(
    assistant: Assistant, words: str, *, filters: Filters | None = None, limit: int = 10
) -> tuple[Found, ...]:
    """The passages that match `words`, best first; `UseError` where there are none to look for.

    Words in quotation marks must stand in a passage one after the other, in any of their forms.
    """
    lexical, quoted = assistant.library.lexical, phrases_in(words)
    holding = [lexical.holding(phrase, filters=filters) for phrase in quoted]
    only = frozenset.intersection(*holding) if holding else None
    matches = assistant.search(words, filters=filters, limit=limit, only=only)
    slugs = {match.passage.source for match in matches}
    sources = assistant.library.catalogue.ready_among(slugs)
    wanted = Question(words)
    return tuple(
        Found(
            source=sources[match.passage.source],
            span=Span(match.passage.start, match.passage.end),
            words=match.passage.content,
            marks=_marks(wanted, match.passage.content, start=match.passage.start),
            nearest=_nearest(wanted, match),
            relevance=match.relevance,
        )
        for match in matches
        if match.passage.source in sources
    )


def phrases_in(words: str) -> tuple[str, ...]:
    """What stands in quotation marks."""
    return tuple(_IN_QUOTATION_MARKS.findall(words))


def holds_none_of(assistant: Assistant, words: str) -> bool:
    """Whether no passage of the library holds any of the words that carry meaning."""
    terms = Question(words).terms
    mentions = assistant.library.lexical.mentions_name
    return bool(terms) and not any(mentions(one.word) for one in terms)


def missing_words(assistant: Assistant, words: str) -> tuple[str, ...]:
    """Those of the words that carry meaning which no passage of the library holds in any form."""
    mentions = assistant.library.lexical.mentions_name
    return tuple(dict.fromkeys(t.word for t in Question(words).terms if not mentions(t.word)))


def _nearest(wanted: Question, match: Match) -> Span:
    """The sentence that holds most of the words; of several, the nearest in meaning."""

    def nearness(at: int) -> tuple[int, float]:
        sentence = match.passage.words_of(match.passage.sentences[at])
        held = {stem(word.group()) for word in WORD.finditer(sentence)}
        return sum(not held.isdisjoint(term.stems) for term in wanted.terms), near[at]

    near = match.sentence_similarities
    sentence = match.passage.sentences[max(range(len(near)), key=nearness)]
    return Span(sentence.start, sentence.end)


def _marks(wanted: Question, content: str, *, start: int) -> tuple[Span, ...]:
    stems = frozenset[str]().union(*(term.stems for term in wanted.terms))
    found: list[Span] = []
    for word in WORD.finditer(content):
        if stem(word.group()) in stems:
            _add(found, Span(word.start() + start, word.end() + start), content, start)
    return tuple(found)


def _add(found: list[Span], span: Span, content: str, start: int) -> None:
    """Put `span` behind the others, as one with the last where only a space is between."""
    between = content[found[-1].end - start : span.start - start] if found else "x"
    if found and not between.strip() and "\n" not in between:
        found[-1] = Span(found[-1].start, span.end)
    else:
        found.append(span)


def as_fields(found: Sequence[Found]) -> list[dict[str, object]]:
    """What `assistant search --json` prints."""
    return [
        {
            "source": one.source.slug,
            "title": one.source.card.title,
            "publisher": one.source.card.publisher,
            "published": published.isoformat()
            if (published := one.source.card.published)
            else None,
            "start": one.span.start,
            "end": one.span.end,
            "quote": one.words,
            "holds_words": bool(one.marks),
            "marks": [[mark.start, mark.end] for mark in one.marks],
            "nearest": [one.nearest.start, one.nearest.end],
            "sha256": one.source.sha256,
            "relevance": round(one.relevance, 4),
        }
        for one in found
    ]
