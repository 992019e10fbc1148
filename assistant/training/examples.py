"""What the network is trained on: questions, each with sentences that answer it or do not."""

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.annotated import AnnotatedText, read_annotated
from sources.sentences import find_sentences

HELD_OUT = 5
"""One text in so many, of each group of languages, is never trained on."""
_NEGATIVES = 8
"""Sentences of the same text that do not answer: most of them those that are nearest."""
_AT_RANDOM = 2
_STRANGERS = 0.08
"""Share of questions that are put to another text."""
_ONE_OF_ANOTHER = 0.3
"""Share of questions that get a sentence of another text."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, and which sentences of its text answer."""

    words: str
    """After the question before it, where there is one."""
    answers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its questions."""

    language: str
    title: str
    sentences: tuple[str, ...]
    questions: tuple[AskedQuestion, ...]
    is_held_out: bool


def documents(folder: Path) -> tuple[Document, ...]:
    """Those of a folder in the form of `assistant.evaluation.annotated`, a fifth held out."""
    seen = {True: 0, False: 0}
    found = []
    for file in sorted(folder.glob("*.txt")):
        for text in read_annotated(file):
            is_english = text.language == "en"
            found.append(_document(text, is_held_out=seen[is_english] % HELD_OUT == 0))
            seen[is_english] += 1
    return tuple(found)


def _document(text: AnnotatedText, *, is_held_out: bool) -> Document:
    places = {words: place for place, words in enumerate(text.sentences)}
    return Document(
        language=text.language,
        title=text.title,
        sentences=text.sentences,
        questions=tuple(
            AskedQuestion(
                f"{one.earlier or ''} {one.words}".strip(),
                frozenset(places[words] for words in one.answers),
            )
            for one in text.questions
        ),
        is_held_out=is_held_out,
    )


def paragraphs(folder: Path) -> tuple[Document, ...]:
    """The paragraphs of SQuAD 2.0 in BEIR's layout, with the offsets of each answer.

    Questions whose answer lies in no sentence are left out. None is held out.
    """
    texts = {row["_id"]: row for row in _lines(folder / "corpus.jsonl")}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as file:
        place = {row[0]: row[1] for row in csv.reader(file, delimiter="\t")}
    asked: dict[str, list[Mapping[str, object]]] = {}
    for row in _lines(folder / "queries.jsonl"):
        asked.setdefault(place[str(row["_id"])], []).append(row)
    return tuple(_paragraph(texts[name], rows) for name, rows in asked.items())


def _paragraph(text: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> Document:
    words = str(text["text"])
    spans = find_sentences(words)
    questions = []
    for row in rows:
        starts = [one["start"] for one in row["answers"]] if row["answerable"] else []  # type: ignore[attr-defined]  # a list of objects, as the set is published
        answers = frozenset(
            place
            for place, span in enumerate(spans)
            if any(span.start <= start < span.end for start in starts)
        )
        if answers or not row["answerable"]:
            questions.append(AskedQuestion(str(row["text"]), answers))
    sentences = tuple(span.of(words) for span in spans)
    return Document("en", str(text.get("title") or ""), sentences, tuple(questions), False)


def _lines(file: Path) -> Iterator[dict[str, object]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@dataclass(frozen=True, slots=True)
class Group:
    """A question beside sentences, each by its document's place and its own in it."""

    document: int
    question: int
    sentences: tuple[tuple[int, int], ...]
    answers: tuple[bool, ...]


def group(
    trained: Sequence[Document],
    document: int,
    question: int,
    *,
    nearest: Sequence[int],
    chosen: random.Random,
) -> Group:
    """The question with its answers and with sentences that do not answer it.

    `nearest` are the places of the document's sentences, the most similar first.
    """
    if chosen.random() < _STRANGERS:
        other = chosen.randrange(len(trained))
        if other != document:
            count = len(trained[other].sentences)
            places = chosen.sample(range(count), min(count, _NEGATIVES))
            pairs = tuple((other, place) for place in places)
            return Group(document, question, pairs, (False,) * len(pairs))
    answers = sorted(trained[document].questions[question].answers)
    wrong = [place for place in nearest if place not in answers]
    hard, rest = wrong[: _NEGATIVES - _AT_RANDOM], wrong[_NEGATIVES - _AT_RANDOM :]
    kept = [*hard, *chosen.sample(rest, min(len(rest), _AT_RANDOM))]
    pairs = tuple((document, place) for place in (*answers, *kept))
    if chosen.random() < _ONE_OF_ANOTHER:
        other = chosen.randrange(len(trained))
        pairs += ((other, chosen.randrange(len(trained[other].sentences))),)
    return Group(
        document, question, pairs, tuple(place < len(answers) for place in range(len(pairs)))
    )
