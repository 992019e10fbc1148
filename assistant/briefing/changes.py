"""What changed since a briefing was made: its lines held against the library of today.

For each cited line: whether its sources still stand, and what sources that came later add
to it or say differently. For each open question: whether something now answers it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.briefing.briefings import CITED, Briefing, Evidence, Line
from assistant.briefing.compare import differences_in_the_same
from assistant.briefing.differences import Differences
from assistant.briefing.states import LibraryState
from index.filters import Filters
from sources.catalogue import Catalogue
from sources.source import Source, Span

MIN_SIMILARITY = 0.55
"""Cosine of a line with a new sentence, below which the two are about different things."""
MAX_NEW = 3
"""At most so many new sentences are listed for a line."""

CitedState = Literal["stands", "changed, words stand", "changed, words gone", "gone"]
NewKind = Literal["newer", "additional", "differing"]


@dataclass(frozen=True, slots=True)
class CitedChange:
    """A cited source that is not what it was."""

    evidence: Evidence
    state: CitedState


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A sentence of a source that came later, about the same as a line."""

    source: Source
    span: Span
    words: str
    kind: NewKind
    differences: Differences


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line about which something is to be said; lines without are left out."""

    line: Line
    cited: tuple[CitedChange, ...] = ()
    new: tuple[NewEvidence, ...] = ()
    answer: Answer | None = None
    """For an open question: the answer that the sources now give."""


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """The library then and now, and the lines that this concerns."""

    added: tuple[Source, ...]
    removed: tuple[str, ...]
    """Slugs of then that are no longer there."""
    replaced: tuple[str, ...]
    """Slugs whose text is another one now."""
    lines: tuple[LineChange, ...]


def what_changed(briefing: Briefing, before: LibraryState, assistant: Assistant) -> WhatChanged:
    """Everything that concerns the briefing, since the library state `before`."""
    catalogue = assistant.library.catalogue
    now = {entry.source.slug: entry.source for entry in catalogue.entries(state="ready")}
    then = {kept.slug: kept.sha256 for kept in before.sources}
    known_texts = set(then.values())
    new = tuple(source for source in now.values() if source.sha256 not in known_texts)
    changes = []
    for line in briefing.lines:
        change = LineChange(
            line,
            cited=_cited(line, now, catalogue),
            new=_new_evidence(line, new, assistant) if line.kind in CITED else (),
            answer=_answer(line, assistant) if line.kind == "not_found" and new else None,
        )
        if change.cited or change.new or change.answer:
            changes.append(change)
    return WhatChanged(
        added=tuple(source for source in new if source.slug not in then),
        removed=tuple(slug for slug in then if slug not in now),
        replaced=tuple(
            slug for slug, sha256 in then.items() if slug in now and now[slug].sha256 != sha256
        ),
        lines=tuple(changes),
    )


def _cited(line: Line, now: dict[str, Source], catalogue: Catalogue) -> tuple[CitedChange, ...]:
    found = []
    for evidence in line.evidence:
        source = now.get(evidence.quote.source)
        if source is None:
            moved = catalogue.with_sha256(evidence.sha256)
            if moved is None:
                found.append(CitedChange(evidence, "gone"))
        elif source.sha256 != evidence.sha256:
            stands = evidence.quote.words in catalogue.text(source.slug).content
            state: CitedState = "changed, words stand" if stands else "changed, words gone"
            found.append(CitedChange(evidence, state))
    return tuple(found)


def _new_evidence(
    line: Line, new: Sequence[Source], assistant: Assistant
) -> tuple[NewEvidence, ...]:
    if not new:
        return ()
    sources = {source.slug: source for source in new}
    newest_cited = max((one.published or date.min for one in line.evidence), default=date.min)
    own = {" ".join(one.quote.words.split()) for one in line.evidence}
    found: list[tuple[float, NewEvidence]] = []
    filters = Filters(sources=tuple(sources))
    for match in assistant.search(line.text[:1000], filters=filters, limit=MAX_NEW * 3):
        source = sources[match.passage.source]
        for similarity, sentence in zip(
            match.sentence_similarities, match.passage.sentences, strict=True
        ):
            words = match.passage.words_of(sentence)
            if similarity < MIN_SIMILARITY or " ".join(words.split()) in own:
                continue
            differences = differences_in_the_same(line.text, words)
            kind: NewKind = "additional"
            if differences.numbers or differences.negation:
                kind = "differing"
            elif (source.card.published or date.min) > newest_cited:
                kind = "newer"
            span = Span(sentence.start, sentence.end)
            found.append((similarity, NewEvidence(source, span, words, kind, differences)))
    found.sort(key=lambda each: -each[0])
    return tuple(one for _, one in found[:MAX_NEW])


def _answer(line: Line, assistant: Assistant) -> Answer | None:
    answer = assistant.quoting.ask(line.text)
    return answer if answer.is_certain else None
