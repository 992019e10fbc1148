"""A draft becomes an answer; where the model failed, the quoted answer steps in and says so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import MAX_RELATED, Answer, Citation, Quote, Statement, Usage
from assistant.judging.evidence import Evidence
from assistant.quoting.quote import nearest
from assistant.speakers.speakers import first_speaker
from assistant.writing.composing import Draft, Writer
from sources.source import Source

_QUOTED_INSTEAD = "These are the sources' own sentences instead."


def answer_from(
    draft: Draft,
    quoted: Answer,
    evidence: Sequence[Evidence],
    *,
    writer: Writer,
    sources: Mapping[str, Source],
) -> Answer | None:
    """The answer that `draft` makes so far; `None` where it has nothing to show yet.

    `quoted` is what quotes mode says. It is the answer when the model failed, and when
    nothing of what the model wrote is borne out. What it lacks, what is written lacks too.
    """
    used = Usage(writer.model.name, writer.where, draft.tokens_in, draft.tokens_out)
    usage = used if draft.complete else None
    if not any(one.verification.support != "not_supported" for one in draft.statements):
        if not draft.complete:
            return None
        if draft.silent and not draft.statements and not draft.trouble:
            return Answer(
                question=quoted.question,
                mode="model",
                verdict="not_in_sources",
                related=nearest(evidence, limit=MAX_RELATED),
                reason="The passages that were found do not answer this, says the model.",
                usage=usage,
            )
        why = draft.trouble or "Nothing that the model wrote is borne out by the sources."
        return replace(quoted, notice=f"{why} {_QUOTED_INSTEAD}", usage=usage)
    numbers: dict[Quote, int] = {}
    for one in draft.statements:
        for found in one.quotes:
            numbers.setdefault(found, len(numbers) + 1)
    incomplete = "The model's answer is not complete." if draft.trouble else None
    lacking = quoted.reason if quoted.verdict == "partly" else None
    missing = " ".join(filter(None, (lacking, incomplete)))
    return Answer(
        question=quoted.question,
        mode="model",
        verdict="partly" if missing else "answered",
        statements=tuple(
            Statement(
                text=one.words,
                citations=tuple(numbers[found] for found in one.quotes),
                support=one.verification.support,
                speaker=first_speaker(one.words),
                doubt=one.verification.doubt,
            )
            for one in draft.statements
        ),
        citations=tuple(
            _cite(number, found, sources[found.source]) for found, number in numbers.items()
        ),
        reason=missing or None,
        notice=draft.trouble,
        usage=usage,
    )


def _cite(number: int, quote: Quote, source: Source) -> Citation:
    card = source.card
    return Citation(number, quote, card.title, card.publisher, card.published)
