"""How exactly are the words found that answer: recall, precision and IoU in characters.

The layout: ``texts/SOURCE.md`` and ``questions.jsonl`` with the ``source`` of each question and
its ``excerpts``, each ``{"start", "end", "text"}``. All texts are searched together. After Smith
and Troynikov, "Evaluating Chunking Strategies for Retrieval", Chroma (2024), whose published
figures take as many passages as the excerpts lie in; overlapping passages count once here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assistant.answering import Assistant
from assistant.answers import Quote
from assistant.asking.questions import Question
from assistant.evaluation.lines import Line, read_lines
from assistant.evaluation.set_library import origin_of
from assistant.quoting.quote import further
from index.library import Library
from sources.catalogue import Catalogue
from sources.errors import UseError
from sources.source import Span

PASSAGES = 5
_DEPTH = 100
_BEGINNING = 40
"""So many characters tell where a text begins below its card."""

Place = tuple[str, Span]
"""The name of a text (its file's, without ending) and characters of it."""


@dataclass(frozen=True, slots=True)
class ExcerptQuestion:
    """A question and the characters that answer it."""

    id: str
    words: str
    excerpts: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What was found against what was wanted, each in [0, 1]."""

    recall: float
    """Share of the wanted characters that were found."""
    precision: float
    """Share of the found characters that were wanted; 0 when none were found."""
    iou: float
    """Characters in both by characters in either."""


def read_excerpt_questions(folder: Path, texts: Mapping[str, str]) -> tuple[ExcerptQuestion, ...]:
    """The questions of the folder, checked against its texts (as written, by file name).

    Raises `UseError` for an excerpt whose words do not stand where it says.
    """
    file = folder / "questions.jsonl"
    questions = tuple(_question(line, texts) for line in read_lines(file))
    if not questions:
        raise UseError(f"{str(file)!r} holds no questions.", remedy="Name a folder with some.")
    return questions


def read_texts(folder: Path) -> dict[str, str]:
    """The texts of the folder as they are written, by file name without ending."""
    from sources.reading import readable_kinds

    place = folder / "texts"
    if not place.is_dir():
        raise UseError(
            f"There is no folder {str(place)!r}.",
            remedy="Name a folder that holds texts/ and questions.jsonl.",
        )
    found = sorted(path for path in place.iterdir() if path.suffix in readable_kinds())
    try:
        return {path.stem: path.read_text(encoding="utf-8") for path in found}
    except (OSError, UnicodeDecodeError) as error:
        raise UseError(
            f"A text in {str(place)!r} cannot be read: {error}.", remedy="Save it as UTF-8."
        ) from error


@dataclass(frozen=True, slots=True)
class Origins:
    """From a library's slugs and offsets to the texts as they are written."""

    names: Mapping[str, str]
    """By slug."""
    offsets: Mapping[str, Sequence[int]]
    """Of each character of the library's text, where it stands in the text as written."""

    def place(self, slug: str, span: Span) -> Place:
        """Where in the written texts the span of a source lies."""
        offsets = self.offsets[slug]
        return self.names[slug], Span(offsets[span.start], offsets[span.end - 1] + 1)


def find_origins(catalogue: Catalogue, texts: Mapping[str, str]) -> Origins:
    """How the texts of a library, added by `set_library.text_library`, lie in the written ones.

    Raises `UseError` when one was changed as it was read, but for white space and words that a
    line's end had broken: its offsets would not hold.
    """
    names, offsets = {}, {}
    for name, written in texts.items():
        place = catalogue.places.at(origin_of(name))
        if place is None:
            continue
        found = _offsets(catalogue.text(place.slug).content, written)
        if found is None:
            raise UseError(
                f"The text {name!r} is not kept as it is written, so its offsets do not hold.",
                remedy="Save it as UTF-8 in Unicode's form NFC, with plain line ends.",
            )
        names[place.slug], offsets[place.slug] = name, found
    return Origins(names, offsets)


def _offsets(kept: str, written: str) -> list[int] | None:
    """Where each character of `kept` stands in `written`; `None` where one does not."""
    at = max(0, written.find(kept[:_BEGINNING]))
    offsets = []
    for character in kept:
        if character.isspace():
            offsets.append(min(at, len(written) - 1))
            at += written[at : at + 1].isspace()
            continue
        while at < len(written) and written[at] != character:
            if not (written[at].isspace() or written[at] == "-"):
                return None
            at += 1
        if at == len(written):
            return None
        offsets.append(at)
        at += 1
    return offsets


def find_passages(
    assistant: Assistant, origins: Origins, questions: Iterable[ExcerptQuestion]
) -> list[list[Place]]:
    """For each question its best passages, best first."""
    return [
        [
            origins.place(match.passage.source, Span(match.passage.start, match.passage.end))
            for match in assistant.search(question.words, limit=_DEPTH)
        ]
        for question in questions
    ]


def list_passages(library: Library, origins: Origins) -> list[Place]:
    """Every passage of the library."""
    return [
        origins.place(slug, Span(passage.start, passage.end))
        for slug in origins.names
        for passage in library.vectors.passages_of(slug)
    ]


def first_five(found: Sequence[Sequence[Place]]) -> list[Sequence[Place]]:
    """The best `PASSAGES` of each question."""
    return [places[:PASSAGES] for places in found]


def first_needed(
    questions: Sequence[ExcerptQuestion],
    found: Sequence[Sequence[Place]],
    every: Sequence[Place],
) -> list[Sequence[Place]]:
    """Of each question as many of the best as there are passages that its excerpts lie in."""
    return [
        places[: sum(_touches(place, question.excerpts) for place in every)]
        for question, places in zip(questions, found, strict=True)
    ]


def found_perfectly(
    questions: Sequence[ExcerptQuestion], every: Sequence[Place], *, passages: int = 0
) -> list[list[Place]]:
    """What a search could reach at best: the passages that the excerpts lie in.

    Filled up with the shortest others to `passages`, which a smaller number would leave out.
    """
    shortest = sorted(every, key=lambda place: len(place[1]))
    found = []
    for question in questions:
        holding = [place for place in every if _touches(place, question.excerpts)]
        others = (place for place in shortest if place not in holding)
        found.append([*holding, *islice(others, max(0, passages - len(holding)))])
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees who asks."""

    cited: Sequence[Place]
    """The spans that the answer cites; none where it is silent."""
    related: Sequence[Place]
    """The spans shown in place of an answer."""
    further: Sequence[Place]
    """The best sentences, as a wider search shows them, whether they answer or not."""


def find_shown(
    assistant: Assistant, origins: Origins, questions: Iterable[ExcerptQuestion]
) -> list[Shown]:
    """What is shown for each question."""

    def places(quotes: Iterable[Quote]) -> list[Place]:
        return [origins.place(quote.source, quote.span) for quote in quotes]

    shown = []
    for question in questions:
        answer = assistant.ask(question.words)
        evidence = assistant.find(Question(answer.question))
        cited = places(citation.quote for citation in answer.citations)
        shown.append(Shown(cited, places(answer.related), places(further(evidence))))
    return shown


def overlap(wanted: Sequence[Place], found: Sequence[Place]) -> Overlap:
    """How the characters of two sets of spans overlap; each character counts once."""
    want, have = _characters(wanted), _characters(found)
    both = len(want & have)
    return Overlap(
        recall=both / len(want),
        precision=both / len(have) if have else 0.0,
        iou=both / len(want | have),
    )


def mean_overlap(questions: Sequence[ExcerptQuestion], found: Sequence[Sequence[Place]]) -> Overlap:
    """The mean over questions; 0 where nothing was found."""
    every = [
        overlap(question.excerpts, places)
        for question, places in zip(questions, found, strict=True)
    ]
    return Overlap(
        recall=sum(one.recall for one in every) / len(every),
        precision=sum(one.precision for one in every) / len(every),
        iou=sum(one.iou for one in every) / len(every),
    )


def _question(line: Line, texts: Mapping[str, str]) -> ExcerptQuestion:
    source = line.words("source")
    if source not in texts:
        raise line.wrong(f"names the source {source!r}, which texts/ does not have")
    excerpts = tuple(_excerpt(line, source, texts[source], one) for one in line.items("excerpts"))
    if not excerpts:
        raise line.wrong("has no 'excerpts'")
    return ExcerptQuestion(line.id(), line.words("text"), excerpts)


def _excerpt(line: Line, source: str, content: str, excerpt: object) -> Place:
    start = excerpt.get("start") if isinstance(excerpt, dict) else None
    end = excerpt.get("end") if isinstance(excerpt, dict) else None
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise line.wrong("has an excerpt without 'start' and 'end'")
    words = excerpt.get("text") if isinstance(excerpt, dict) else None
    if end > len(content) or (words is not None and content[start:end] != words):
        raise line.wrong(f"has an excerpt that does not stand at {start}:{end}")
    return source, Span(start, end)


def _touches(place: Place, others: Sequence[Place]) -> bool:
    return any(place[0] == name and place[1].overlaps(span) for name, span in others)


def _characters(places: Sequence[Place]) -> set[tuple[str, int]]:
    return {(name, at) for name, span in places for at in range(span.start, span.end)}
