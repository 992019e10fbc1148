"""A numbered part of a document: "What does Article 5 say?" is answered by what stands in it.

A part speaks for itself and is nobody whose words are reported. Where no source has it, what
only mentions it is no answer.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.asking.numbered_parts import (
    NumberedPart,
    Stretch,
    find_stretches,
    numbered_part,
    spellings_of,
)
from assistant.asking.questions import Question, Term
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence, held, mean_held, weigh
from assistant.judging.headings import layouts
from assistant.judging.judgement import Judgement, silence
from assistant.judging.reasons import in_words
from assistant.quoting.instructing import without_instructions
from index.filters import Filters
from index.library import Library
from index.passages import source_of
from index.retrieval import Match
from index.whole_source import read_whole
from sources.source import Source

MAX_SENTENCES = 6
MAX_SOURCES = 3
_MOST_READ = 24
"""So many texts that hold the name of a part are looked into."""
_ENDS = re.compile(r"[.!?;…][”\"’)\]]*$")
_MIN_TOPIC = 0.45
"""Share of what is asked about a part that a sentence of it must hold."""
_NEAR_THE_MOST = 0.85
"""And this share of what the best one holds: more than its heading alone gives it."""
_ASKING = frozenset(
    map(
        stem,
        """exact exactly precise precisely full wording text content contents quote show cite
        provide contain require stipulate regulate cover state verbatim paragraph point""".split(),
    )
)
"""Words that ask for the words of a part and are not its matter."""


def go_to_part(
    library: Library, question: Question, *, filters: Filters | None
) -> tuple[tuple[Evidence, ...], Judgement] | None:
    """The sentences of the numbered part that is asked for, in their order.

    `None` where the question asks for none, or wants something else that it does not hold.
    """
    part = numbered_part(question.words)
    if part is None:
        return None
    topic = _topic(question, part)
    whole: list[Evidence] = []
    for slug, stretches in _sources_with(part, library, filters):
        whole += _sentences(question, library, slug, stretches)
    found = _about(topic, question, whole)
    if question.wants_value and not part.is_asked:
        found = [one for one in found if one.values]
    if found:
        return tuple(whole), _found(part, found)
    if not part.is_asked:
        return None
    has_part = bool(whole)
    reason = _why(part, topic, question, has_part=has_part)
    return tuple(whole), silence(reason)


def _found(part: NumberedPart, found: Sequence[Evidence]) -> Judgement:
    left = len(found) - MAX_SENTENCES
    reason = None
    if left > 0:
        reason = f"{part.name} goes on for {left} more sentence{'s' if left > 1 else ''}."
    return Judgement(
        "partly" if reason else "answered",
        tuple(found[:MAX_SENTENCES]),
        reason,
        confidence=1.0,
    )


def _why(part: NumberedPart, topic: Sequence[Term], question: Question, *, has_part: bool) -> str:
    if has_part:
        return f"{part.name} says nothing that is clearly about {in_words(topic, question, 'and')}."
    name = f"{part.name} of {part.of}" if part.of else part.name
    return f"No source has the text of {name}."


def _sources_with(
    part: NumberedPart, library: Library, filters: Filters | None
) -> Iterator[tuple[str, tuple[Stretch, ...]]]:
    """The sources that have the part, and where in their texts; the newest first."""
    holding = {
        source_of(passage)
        for spelling in spellings_of(part)
        for passage in library.lexical.holding(spelling, filters=filters)
    }
    ready = library.catalogue.ready_among(holding).values()
    newest = sorted(ready, key=lambda one: one.card.published or date.min, reverse=True)
    meant = [source for source in newest if _is_called(source, part.of)][:_MOST_READ]
    having = 0
    for source in meant:
        text = library.catalogue.text(source.slug)
        stretches = find_stretches(part, text.content, text.blocks)
        if stretches and having < MAX_SOURCES:
            having += 1
            yield source.slug, stretches


def _is_called(source: Source, document: str) -> bool:
    """Whether a card has all names by which a document is called: "the Norlund agreement"."""
    names = Question(f"what is said in {document} then").names
    card = source.card
    said = " ".join(filter(None, (card.title, card.publisher, *card.tags)))
    return not names or float(held(names, said).min()) >= 1.0


def _sentences(
    question: Question, library: Library, slug: str, stretches: Sequence[Stretch]
) -> list[Evidence]:
    """The sentences of the part in the order of the text, without its heading."""
    found = []
    passages = [kept.passage for kept in read_whole(library, slug)]
    headings = layouts(passages, library.catalogue)
    for passage in passages:
        if not any(one.start < passage.end and passage.start < one.end for one in stretches):
            continue
        match = Match(passage, 1.0, (0.0,) * len(passage.sentences))
        found += [
            one
            for one in without_instructions(weigh(question, [match], headings=headings))
            if any(_stands_in(one, stretch) for stretch in stretches)
        ]
    return sorted(found, key=lambda one: one.sentence)


def _stands_in(one: Evidence, stretch: Stretch) -> bool:
    """Whether a sentence stands in the part, and is not the mere line that names it."""
    in_it = stretch.start <= one.sentence.start < stretch.end
    return in_it and (one.sentence.end > stretch.heading_end or _ENDS.search(one.words) is not None)


def _topic(question: Question, part: NumberedPart) -> tuple[Term, ...]:
    """What is asked about the part."""
    of_it = f"{part.called} {part.inner or ''} {part.of}"
    skipped = {stem(word) for word in WORD.findall(of_it)} | _ASKING
    return tuple(term for term in question.subjects if term.stem not in skipped)


def _about(topic: Sequence[Term], question: Question, whole: Sequence[Evidence]) -> list[Evidence]:
    """The sentences of a part that are about the topic, those that say most of it."""
    found = []
    for one in whole:
        shares = dict(zip((term.stem for term in question.subjects), one.covered, strict=True))
        about = [shares[term.stem] for term in topic]
        if all(share >= 1.0 for term, share in zip(topic, about, strict=True) if term.is_name):
            found.append((mean_held(about, topic), one))
    most = max((share for share, _ in found), default=0.0)
    least = max(_MIN_TOPIC, _NEAR_THE_MOST * most) if topic else 0.0
    return [one for share, one in found if share >= least]
