"""Is the right document found? nDCG@10, recall@5 and recall@100, by trec_eval's definitions."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.answering import Assistant
from assistant.evaluation.beir import Judgements, SetQuestion
from assistant.evaluation.files import write_file
from assistant.evaluation.set_library import SetLibrary
from sources.errors import UseError

DEPTH = 100
"""So many documents are ranked for each question."""
_PASSAGES = 400
"""So many passages are asked for: a document may have several among the best."""

Run = Mapping[str, Mapping[str, float]]
"""For each question's id the documents found and how well each matches, best first."""


def rank(assistant: Assistant, own: SetLibrary, question: SetQuestion) -> dict[str, float]:
    """The documents for one question, best first; a document counts as its best passage."""
    found: dict[str, float] = {}
    matches = assistant.search(
        question.words,
        history=question.history,
        filters=own.filters_for(question.documents),
        limit=_PASSAGES,
    )
    for match in matches:
        for document in own.documents[match.passage.source]:
            found.setdefault(document, match.relevance)
    return dict(list(found.items())[:DEPTH])


def make_run(assistant: Assistant, own: SetLibrary, questions: Iterable[SetQuestion]) -> Run:
    """What the assistant over the set's library finds for each question."""
    return {question.id: rank(assistant, own, question) for question in questions}


def measure_run(run: Run, judgements: Judgements) -> dict[str, float]:
    """The measures by name, each the mean over the questions of `run`, in [0, 1]."""
    import ir_measures
    from ir_measures import R, nDCG

    measures = {"nDCG@10": nDCG @ 10, "recall@5": R @ 5, "recall@100": R @ 100}
    wanted = {name: dict(judgements[name]) for name in run}
    found = {name: dict(scores) for name, scores in run.items()}
    values = ir_measures.calc_aggregate(list(measures.values()), wanted, found)
    return {name: float(values[measure]) for name, measure in measures.items()}


def write_run(run: Run, file: Path, *, tag: str = "assistant") -> None:
    """Write the run as TREC's tools read it: question, Q0, document, rank, score, tag.

    Raises `UseError` when an id has white space, or the file cannot be written.
    """
    lines = []
    for question, scores in run.items():
        for place, (document, score) in enumerate(scores.items(), start=1):
            if len(question.split()) != 1 or len(document.split()) != 1:
                raise UseError(
                    f"A TREC run cannot hold the ids {question!r} and {document!r}.",
                    remedy="Use ids without white space.",
                )
            lines.append(f"{question} Q0 {document} {place} {score:.6f} {tag}\n")
    write_file(file, "".join(lines))
