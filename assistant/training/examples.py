"""What the networks are trained on: questions with sentences that answer or do not, statements with
sentences that support them or do not."""

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.evaluation.annotated import AnnotatedText, StatementOn, read_annotated
from sources.sentences import find_sentences

HELD_OUT = 5
"""One text in so many, drawn by its words, is never trained on, whatever is added later."""
_NEGATIVES = 8
"""Sentences of the same text that do not answer: most of them those that are nearest."""
_AT_RANDOM = 2
_STRANGERS = 0.08
"""Share of questions that are put to another text."""
_ONE_OF_ANOTHER = 0.3
"""Share of questions that get a sentence of another text."""
_NEARBY, _STRANGE = 0.7, 0.5
"""Shares of statements that are also held against one of the sentences nearest to them, which is
not theirs, and against any other of the text: in use most sentences do not say a statement."""
_NEAREST = 5
_COPIES = 2
"""Sentences of each text that are statements on themselves."""


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
    statements: tuple[StatementOn, ...] = ()
    copies: tuple[StatementOn, ...] = ()
    """Sentences as statements on themselves: else it is learnt that what is nearly the same is
    wrong, as it mostly is among statements that were written."""


def documents(folder: Path) -> tuple[Document, ...]:
    """Those of a folder in the form of `assistant.evaluation.annotated`, a fifth held out."""
    return tuple(
        _document(text) for file in sorted(folder.glob("*.txt")) for text in read_annotated(file)
    )


def _document(text: AnnotatedText) -> Document:
    drawn = int(sha256(f"{text.title}\n{text.sentences[0]}".encode()).hexdigest(), 16)
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
        is_held_out=drawn % HELD_OUT == 0,
        statements=text.statements,
        copies=tuple(
            StatementOn(text.sentences[at], "supported", (at,))
            for at in random.Random(drawn).sample(
                range(len(text.sentences)), min(_COPIES, len(text.sentences))
            )
        ),
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


def held_against(
    places: Sequence[int], *, nearest: Sequence[int], chosen: random.Random
) -> tuple[int, ...]:
    """Places of sentences that do not say a statement, whose own are `places`: at most two, one of
    the first of `nearest` and one behind."""
    others = [place for place in nearest if place not in places]
    near, far = others[:_NEAREST], others[_NEAREST:]
    return (
        *([chosen.choice(near)] if near and chosen.random() < _NEARBY else []),
        *([chosen.choice(far)] if far and chosen.random() < _STRANGE else []),
    )
