"""The same sentence in several sources: all are cited, and reprints of one story count once.

Only the very same words corroborate. Two sentences that are merely alike may differ in the
one number that matters; they stay statements of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import Answer
from assistant.judging.evidence import Evidence
from assistant.quoting.quote import Quotation, cite, folded, published
from sources.catalogue import Catalogue
from sources.source import Source

MAX_FURTHER = 4
"""Of the further sources that say the same, so many are cited."""

_COPIED_WORDS = 12
"""Two who write so many words alike have them from each other, or from a third one."""


def corroborate(
    quotation: Quotation, evidence: Sequence[Evidence], *, sources: Mapping[str, Source]
) -> Quotation:
    """The quotation, each statement citing also the other sources that say it word for word,
    in the order in which they were published.

    `sources` has the sources of the evidence by slug; evidence of any other is left out.
    """
    citations = list(quotation.citations)
    statements = []
    for statement in quotation.statements:
        said = folded(statement.text)
        cited = {citations[number - 1].quote.source for number in statement.citations}
        numbers = list(statement.citations)
        alike = [
            one
            for one in evidence
            if one.match.passage.source in sources and folded(one.in_reach) == said
        ]
        for one in sorted(alike, key=lambda each: published(each, sources)):
            slug = one.match.passage.source
            if slug in cited or len(numbers) > MAX_FURTHER:
                continue
            further = cite(len(citations) + 1, one, sources[slug])
            cited.add(slug)
            citations.append(further)
            numbers.append(further.number)
        statements.append(replace(statement, citations=tuple(numbers)))
    return Quotation(tuple(statements), tuple(citations))


def count_sources(answer: Answer, catalogue: Catalogue) -> Answer:
    """The answer, each statement with how many sources it cites, and how many stories they tell.

    A long sentence that several have word for word is one, whatever else stands in them.
    """
    slug_of = {citation.number: citation.quote.source for citation in answer.citations}
    stories = catalogue.stories(slug_of.values())
    statements = []
    for statement in answer.statements:
        slugs = {slug_of[number] for number in statement.citations}
        told = {stories.get(slug, slug) for slug in slugs}
        is_copied = len(statement.text.split()) >= _COPIED_WORDS
        independent = min(1, len(told)) if is_copied else len(told)
        statements.append(replace(statement, sources=len(slugs), independent_sources=independent))
    return replace(answer, statements=tuple(statements))


def sources_in_words(sources: int, independent: int) -> str | None:
    """``3 sources, 2 independent``; `None` for a single one."""
    return None if sources < 2 else f"{sources} sources, {independent} independent"
