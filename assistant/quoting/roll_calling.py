"""Who was there: "Who was absent?" is answered by the line "Apologies: …" of the minutes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.asking.questions import Question, Term
from assistant.asking.roll_calls import SOUGHT, RollCall, blocks, entries, is_line, roll_call
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence, held, mean_held, weigh
from assistant.judging.judgement import Judgement
from assistant.quoting.instructing import without_instructions
from index.filters import Filters
from index.library import Library
from index.passages import source_of
from index.retrieval import Match
from index.whole_source import KeptPassage, read_whole
from sources.source import Source

MAX_LINES = 6
MAX_SOURCES = 3
_FOUND, _MOST_READ = 60, 24
"""So many passages are found by their words, and so many texts looked into."""
_MIN_TOPIC = 0.6
"""Share of what the question says of the meeting that the minutes must hold."""
_ASKING = frozenset(
    map(
        stem,
        """present absent attend attended attendance attendee participant participate take took
        part come came join there missing excused apology chair chaired preside represent stand
        delegate action item point list meeting meet session sitting minutes""".split(),
    )
)
"""Words that ask for such lines, or that any minutes are about."""


def call_roll(
    library: Library, question: Question, *, filters: Filters | None
) -> tuple[tuple[Evidence, ...], Judgement] | None:
    """The lines that answer who was there; `None` where no such lines are asked for or found."""
    asked = roll_call(question.words)
    if asked is None:
        return None
    found: list[Evidence] = []
    having = 0
    for source in _sources(asked, question, library, filters):
        lines = _lines(asked, question, source, read_whole(library, source.slug))
        if lines and having < MAX_SOURCES:
            having += 1
            found += lines
    if not found:
        return None
    chosen = tuple(found[:MAX_LINES])
    return chosen, Judgement("answered", chosen, confidence=1.0)


def _sources(
    asked: RollCall, question: Question, library: Library, filters: Filters | None
) -> list[Source]:
    """Sources that hold the words of such lines, the newest first."""
    sought = " ".join(SOUGHT[label] for label in asked.labels)
    hits = library.lexical.search(f"{sought} {question.words}", limit=_FOUND, filters=filters)
    slugs = list(dict.fromkeys(source_of(passage) for passage, _ in hits))[:_MOST_READ]
    ready = library.catalogue.ready_among(slugs).values()
    return sorted(ready, key=lambda one: one.card.published or date.min, reverse=True)


def _lines(
    asked: RollCall, question: Question, source: Source, kept: Sequence[KeptPassage]
) -> list[Evidence]:
    """The lines of one source that answer, each with what it says of those asked for marked."""
    of = {stem(word) for word in WORD.findall(asked.of)}
    whom = [term for term in question.terms if term.stem in of]
    lines = [line for passage in kept for line in _labelled(asked, question, passage)]
    if not lines or not _is_of_the_meeting(question, whom, source, kept):
        return []
    found = []
    for one in lines:
        words, ahead = one.in_reach, one.sentence.start - (one.lead or one.sentence).start
        marks = _chair(words) if "chair" in asked.labels else _marks(words, whom)
        if marks or not (asked.of or "chair" in asked.labels) or is_line("chair", words):
            values = tuple((start - ahead, end - ahead) for start, end in marks)
            found.append(replace(one, values=values))
    return found


def _labelled(asked: RollCall, question: Question, kept: KeptPassage) -> list[Evidence]:
    """The labelled lines of a passage, and the lists below a label, each as one."""
    by_start = {one.sentence.start: one for one in _read(question, kept)}
    passage = kept.passage
    found = {
        start: one
        for start, one in by_start.items()
        if any(is_line(label, one.words) for label in asked.labels)
    }
    for label in asked.labels:
        for start, end in blocks(label, passage.content):
            inside = [
                sentence
                for sentence in passage.sentences
                if sentence.start < passage.start + end and passage.start + start < sentence.end
            ]
            if inside and (last := by_start.get(inside[-1].start)) is not None:
                lead = inside[0] if len(inside) > 1 else None
                found[inside[0].start] = replace(last, lead=lead)
    return [found[start] for start in sorted(found)]


def _read(question: Question, kept: KeptPassage) -> tuple[Evidence, ...]:
    passage = kept.passage
    match = Match(passage, 1.0, (0.0,) * len(passage.sentences))
    return without_instructions(weigh(question, [match]))


def _is_of_the_meeting(
    question: Question, whom: Sequence[Term], source: Source, kept: Sequence[KeptPassage]
) -> bool:
    """Whether the card or the beginning of the text has what the question says of the meeting."""
    others = {term.stem for term in whom}
    topic = [
        term for term in question.subjects if term.stem not in others and term.stem not in _ASKING
    ]
    if not topic:
        return True
    card = source.card
    day = f"{card.published.day} {card.published:%B %Y}" if card.published else ""
    words = " ".join(filter(None, (card.title, card.publisher, day, kept[0].passage.content)))
    shares = held(topic, words)[0].tolist()
    if any(term.is_name and share < 1.0 for term, share in zip(topic, shares, strict=True)):
        return False
    return mean_held(shares, topic) >= _MIN_TOPIC


def _marks(words: str, whom: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """The entries that name all whom it is asked about."""
    if not whom:
        return ()
    return tuple(
        (start, end)
        for start, end in entries(words)
        if float(held(whom, words[start:end]).min()) >= 1.0
    )


def _chair(words: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (start, end)
        for start, end in entries(words)
        if any(stem(word).startswith("chair") for word in WORD.findall(words[start:end]))
    )
