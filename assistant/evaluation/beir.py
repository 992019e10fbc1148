"""Folders in BEIR's layout: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``.

Beside BEIR's own fields a query may carry the conversation before it (``history``), the ids
of the documents it may see (``docids``) and whether they answer it (``answerable``, or
``answerability`` with ``ANSWERABLE`` and ``UNANSWERABLE``). After Thakur et al., "BEIR: A
Heterogenous Benchmark for Zero-shot Evaluation of Information Retrieval Models" (2021).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.evaluation.lines import Line, read_lines, read_text_lines
from index.retrieval import Turn
from sources.errors import UseError

Judgements = Mapping[str, Mapping[str, int]]
"""For each question's id the grade of each judged document, above 0 for a relevant one."""

_LABELS = {"ANSWERABLE": True, "UNANSWERABLE": False}


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the corpus; in a library it becomes a source."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A query of the set, with what it says about itself."""

    id: str
    words: str
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids of those it may see; empty for all."""
    answerable: bool | None = None
    """`None` where the set does not say, or says neither yes nor no."""


def read_documents(folder: Path) -> tuple[Document, ...]:
    """The documents of ``corpus.jsonl``, in order. Raises `UseError` when there is none."""
    file = folder / "corpus.jsonl"
    documents = {}
    for line in read_lines(file):
        document = Document(line.id(), line.words("title", default=""), line.words("text"))
        if document.id in documents:
            raise line.wrong(f"has the '_id' {document.id!r} of an earlier line")
        documents[document.id] = document
    if not documents:
        raise UseError(f"{str(file)!r} holds no documents.", remedy="Name a folder with some.")
    return tuple(documents.values())


def hash_of_corpus(folder: Path) -> str:
    """The SHA-256 of ``corpus.jsonl``, to tell one corpus from another."""
    with (folder / "corpus.jsonl").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_questions(folder: Path) -> tuple[SetQuestion, ...]:
    """The queries of ``queries.jsonl``, in order. Raises `UseError` when there is none."""
    file = folder / "queries.jsonl"
    questions = {}
    for line in read_lines(file):
        question = SetQuestion(
            id=line.id(),
            words=line.words("text"),
            history=read_history(line),
            documents=tuple(str(name) for name in line.items("docids")),
            answerable=_label(line),
        )
        if not question.words.strip():
            raise line.wrong("asks nothing")
        if question.id in questions:
            raise line.wrong(f"has the '_id' {question.id!r} of an earlier line")
        questions[question.id] = question
    if not questions:
        raise UseError(f"{str(file)!r} holds no questions.", remedy="Name a folder with some.")
    return tuple(questions.values())


def read_judgements(folder: Path, *, split: str = "test") -> Judgements:
    """The judgements in ``qrels/SPLIT.tsv``: question, document, grade, with BEIR's heading.

    TREC's four columns, without a heading, are read too. Raises `UseError` for a line that is
    neither, and when no document is judged relevant.
    """
    file = folder / "qrels" / f"{split}.tsv"
    found: dict[str, dict[str, int]] = {}
    for number, line in read_text_lines(file):
        cells = line.split("\t") if "\t" in line else line.split()
        if len(cells) == 4:
            del cells[1]
        if number == 1 and cells[-1].strip() == "score":
            continue
        try:
            question, document, grade = cells
            found.setdefault(question, {})[document] = int(grade)
        except ValueError as error:
            wrong = Line(str(file), number, {})
            raise wrong.wrong("is not a question, a document and a whole number") from error
    if not any(grade > 0 for grades in found.values() for grade in grades.values()):
        raise UseError(
            f"{str(file)!r} judges no document relevant.",
            remedy="Name another --split, or add lines with a grade above 0.",
        )
    return found


def judged(questions: Sequence[SetQuestion], judgements: Judgements) -> tuple[SetQuestion, ...]:
    """The questions with a relevant document: those that retrieval can be measured on.

    Raises `UseError` when a judged question is not among `questions`: leaving it out would
    make the figures those of another set.
    """
    unknown = sorted(judgements.keys() - {question.id for question in questions})
    if unknown:
        raise UseError(
            f"The qrels name {_some(unknown)}, which queries.jsonl does not have.",
            remedy="Use the queries and qrels of one set.",
        )
    return tuple(
        question
        for question in questions
        if any(grade > 0 for grade in judgements.get(question.id, {}).values())
    )


def only_judged(
    questions: Sequence[SetQuestion], judgements: Judgements
) -> tuple[SetQuestion, ...]:
    """The judged questions, each of which may see only the documents judged for it."""
    return tuple(
        replace(question, documents=tuple(judgements[question.id]))
        for question in questions
        if question.id in judgements
    )


def missing_documents(documents: Sequence[Document], judgements: Judgements) -> tuple[str, ...]:
    """The ids of relevant documents that the corpus does not have.

    They count as never found, as in trec_eval. Raises `UseError` when all are missing.
    """
    relevant = {
        name for grades in judgements.values() for name, grade in grades.items() if grade > 0
    }
    missing = sorted(relevant - {document.id for document in documents})
    if len(missing) == len(relevant):
        raise UseError(
            f"The corpus has none of the documents that the qrels name: {_some(missing)}.",
            remedy="Use the corpus and qrels of one set.",
        )
    return tuple(missing)


def read_history(line: Line) -> tuple[Turn, ...]:
    """The conversation before a query, oldest first.

    Either texts, by turns the user's and the agent's, or objects with ``speaker`` (or
    ``role``) and ``text`` (or ``content``), where any speaker but ``user`` is the agent.
    """
    turns: list[Turn] = []
    for place, said in enumerate(line.items("history")):
        if isinstance(said, str):
            by_user, words = place % 2 == 0, said
        elif isinstance(said, dict):
            speaker = said.get("speaker", said.get("role"))
            text = said.get("text", said.get("content"))
            if not isinstance(speaker, str) or not isinstance(text, str):
                raise line.wrong("has a 'history' without 'speaker' and 'text'")
            by_user, words = speaker == "user", text
        else:
            raise line.wrong("has a 'history' that is neither texts nor objects")
        if by_user:
            turns.append(Turn(words))
        elif turns:
            earlier = turns[-1].answer
            turns[-1] = Turn(turns[-1].question, f"{earlier} {words}" if earlier else words)
    return tuple(turns)


def _label(line: Line) -> bool | None:
    label = line.fields.get("answerable")
    if isinstance(label, bool):
        return label
    if label is not None:
        raise line.wrong("says neither true nor false in 'answerable'")
    return _LABELS.get(line.words("answerability", default="").upper())


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(map(repr, names[:3]))
    return f"{shown} and {len(names) - 3:,} more" if len(names) > 3 else shown
