"""From what was judged to an answer: its sentences, cited from where they stand."""

from collections.abc import Sequence

from assistant.answers import MAX_RELATED, Answer
from assistant.judging.evidence import Evidence
from assistant.parts import Judged
from assistant.quoting.corroborating import corroborate, count_sources
from assistant.quoting.differing import point_out_differences
from assistant.quoting.locating import locate, told_by_senders
from assistant.quoting.quote import nearest, quote
from sources.catalogue import Catalogue


def cited(
    question: str, judged: Judged, evidence: Sequence[Evidence], *, catalogue: Catalogue
) -> Answer:
    """The sentences of each part of the answer, each with every source that says it word for word.

    `evidence` is all that was found, best first: what is nearest is told beside silence.
    """
    if not judged.parts:
        silent = Answer(question, "quotes", judged.verdict, reason=judged.reason)
        is_told = silent.asks_back or judged.verdict == "about_assistant"
        related = () if is_told else nearest(evidence, limit=MAX_RELATED)
        return Answer(question, "quotes", judged.verdict, related=related, reason=judged.reason)
    found = [one for part in judged.parts for one in part.evidence]
    slugs = {one.match.passage.source for one in (*found, *evidence)}
    sources = catalogue.ready_among(slugs)
    quotation = quote(judged.parts, sources=sources)
    quotation = corroborate(quotation, (*found, *evidence), sources=sources)
    citations = locate(quotation.citations, sources=sources, catalogue=catalogue)
    answer = Answer(
        question=question,
        mode="quotes",
        verdict=judged.verdict,
        statements=told_by_senders(quotation.statements, citations),
        citations=citations,
        reason=judged.reason,
        notice=judged.notice,
    )
    answer = count_sources(answer, catalogue)
    is_served = judged.notice or judged.verdict == "likely"
    return answer if is_served else point_out_differences(answer)
