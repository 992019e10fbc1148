"""A draft becomes an answer: it takes the quotes' place as it is verified, or leaves them there.

What the reader found is shown first. A written answer stands once one of its statements is
supported; until it is whole, the quotes that it does not rest on stand below it. Where the model
failed, or nothing that it wrote is supported, the quotes stay, and it is said why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import MAX_RELATED, Answer, Citation, Quote, Statement, Usage, Verdict
from assistant.judging.evidence import Evidence
from assistant.judging.reasons import comes_near
from assistant.quoting.corroborating import count_sources
from assistant.quoting.locating import locate
from assistant.quoting.quote import nearest
from assistant.speakers.speakers import first_speaker
from assistant.writing.composing import Writer
from assistant.writing.drafting import Draft
from assistant.writing.grounding import Grounded
from assistant.writing.translating import Translating, is_borne_out_across, mark_of
from sources.catalogue import Catalogue
from sources.language import name_of
from sources.source import Source

_QUOTED_INSTEAD = "These are the sources' own sentences instead."
_UNSUPPORTED = "Nothing that the model wrote is supported by the sources."
_SILENT = "The model finds no answer in the passages."
_ACROSS = (
    "Written in {}, from sources in another language: compared with the cited words, but for"
    " whether they deny it. Read those."
)
_READ_OTHERWISE = "By the assistant's own reading those below answer, at least in part."


def may_be_written(
    quoted: Answer, evidence: Sequence[Evidence], translating: Translating | None = None
) -> bool:
    """Whether a chat model is asked: also where quotes mode doubts, unless nothing is near.

    Not where quotes mode asks back, or speaks of the assistant itself, and for no translation
    of nothing.
    """
    if translating is not None:
        return bool(translating.quotes)
    if not quoted.states_nothing:
        return True
    return quoted.verdict == "not_in_sources" and not quoted.asks_back and comes_near(evidence)


def answer_from(
    draft: Draft,
    quoted: Answer,
    evidence: Sequence[Evidence],
    *,
    writer: Writer,
    sources: Mapping[str, Source],
    catalogue: Catalogue,
    lacking: str | None = None,
) -> Answer | None:
    """The answer that `draft` makes so far; `None` where there is nothing to show yet.

    `quoted` is what quotes mode says: the answer until one statement is supported, and for good
    where none is. `sources` has those that were written from; `lacking` is what a written answer
    does not answer either.
    """
    used = Usage(writer.model.name, writer.where, draft.tokens_in, draft.tokens_out)
    usage = used if draft.complete else None
    if not any(_stands(one, draft.language) for one in draft.statements):
        if not draft.complete:
            return None if quoted.states_nothing else quoted
        if draft.silent and not draft.statements and not draft.trouble:
            return replace(_silent(quoted, evidence), usage=usage)
        instead = None if quoted.states_nothing else _QUOTED_INSTEAD
        notice = _joined(draft.trouble or _UNSUPPORTED, instead, quoted.notice)
        return replace(quoted, notice=notice, usage=usage)
    left = () if draft.complete else _without(quoted, draft)
    cited = {one.number: one for one in quoted.citations}
    known = {one.quote: one for one in quoted.citations}
    quotes = [found for one in draft.statements for found in one.quotes]
    quotes += [cited[number].quote for said in left for number in said.citations]
    numbers = {found: number for number, found in enumerate(dict.fromkeys(quotes), start=1)}
    citations = tuple(
        replace(known[found], number=number)
        if found in known
        else _cite(number, found, sources[found.source], catalogue)
        for found, number in numbers.items()
    )
    written = tuple(
        Statement(
            text=one.words,
            citations=tuple(numbers[found] for found in one.quotes),
            support=one.verification.support,
            speaker=first_speaker(one.words),
            doubt=mark_of(one.verification) if draft.is_translation else one.verification.doubt,
        )
        for one in draft.statements
    )
    kept = tuple(
        replace(said, citations=tuple(numbers[cited[number].quote] for number in said.citations))
        for said in left
    )
    incomplete = "The model's answer is not complete." if draft.trouble else None
    is_across = not any(one.verification.support == "supported" for one in draft.statements)
    across = _ACROSS.format(name_of(draft.language or "")) if is_across else None
    unsure = quoted.reason if left and quoted.verdict == "likely" else across
    missing = _joined(lacking, unsure, incomplete)
    verdict: Verdict = "likely" if unsure else "partly" if missing else "answered"
    answer = Answer(
        question=quoted.question,
        mode="model",
        verdict=verdict,
        statements=(*written, *kept),
        citations=citations,
        reason=missing,
        notice=_joined(draft.trouble, draft.aside, quoted.notice),
        usage=usage,
    )
    return count_sources(answer, catalogue)


def _stands(one: Grounded, language: str | None) -> bool:
    """Whether a written answer stands by this statement: it is supported, or lacks no more than
    that it was asked for in a `language` across which negations are not read."""
    told = one.verification
    if told.support == "supported":
        return True
    return language is not None and is_borne_out_across(told)


def _silent(quoted: Answer, evidence: Sequence[Evidence]) -> Answer:
    """Silence where the model finds no answer: for the reader's reason, where it has one."""
    if quoted.states_nothing:
        return replace(quoted, mode="model", reason=_joined(quoted.reason, _SILENT))
    doubt = quoted.reason if quoted.verdict == "likely" else None
    found = tuple(one.quote for one in quoted.citations) or nearest(evidence, limit=MAX_RELATED)
    return Answer(
        question=quoted.question,
        mode="model",
        verdict="not_in_sources",
        related=found[:MAX_RELATED],
        reason=_joined(doubt, _SILENT, None if doubt else _READ_OTHERWISE),
        notice=quoted.notice,
    )


def _without(quoted: Answer, draft: Draft) -> tuple[Statement, ...]:
    """The quotes that no written statement rests on."""
    taken = [found for one in draft.statements for found in one.quotes]
    cited = {one.number: one.quote for one in quoted.citations}
    return tuple(
        said
        for said in quoted.statements
        if not any(
            cited[number].source == found.source and cited[number].span.overlaps(found.span)
            for number in said.citations
            for found in taken
        )
    )


def _cite(number: int, quote: Quote, source: Source, catalogue: Catalogue) -> Citation:
    card = source.card
    bare = Citation(number, quote, card.title, card.publisher, card.published)
    (located,) = locate([bare], sources={source.slug: source}, catalogue=catalogue)
    return located


def _joined(*parts: str | None) -> str | None:
    return " ".join(filter(None, parts)) or None
