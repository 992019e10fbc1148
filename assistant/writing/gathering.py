"""What a model is given to write from: more than quotes mode reads, as far as its window goes.

The passages that were judged come first; where there is room, the next ones that the search
finds follow, and in a large window each brings the whole blocks that it stands in and between.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.judging.evidence import Evidence
from assistant.writing.composing import Draft, Writer
from index.passages import Passage
from index.retrieval import Match, Turn
from sources.catalogue import Catalogue
from sources.source import Source, Span, Text

Search = Callable[..., tuple[Match, ...]]
"""`Assistant.search`, with the filters of the question."""
PASSAGES = ((16_000, 50), (6_000, 20))
"""From so many tokens of the window on, so many passages; below, those that were judged."""
NEIGHBOURS_FROM = 32_000
"""Tokens of the window from which on passages bring the blocks around them."""
WIDEST_CHARS = 6_000
"""What a passage grows to at most."""


def draft_from(
    writer: Writer,
    question: str,
    evidence: Sequence[Evidence],
    history: Sequence[Turn],
    *,
    search: Search,
    catalogue: Catalogue,
    standing_alone: str | None = None,
) -> Iterator[tuple[Draft, Mapping[str, Source]]]:
    """The drafts of an answer as it grows, each with the sources that it was written from.

    `standing_alone` is a follow-up question as the model rewrote it; it is searched for, too.
    """
    found = {one.match.passage.id: one.match.passage for one in evidence}
    best: dict[str, Span] = {}
    for one in evidence:
        best.setdefault(one.match.passage.id, one.sentence)
    most = next((most for tokens, most in PASSAGES if writer.window_tokens >= tokens), 0)
    if found and len(found) < most:
        for match in search(question, history=history, limit=most, standing_alone=standing_alone):
            if len(found) < most:
                found.setdefault(match.passage.id, match.passage)
    passages = tuple(found.values())
    if writer.window_tokens >= NEIGHBOURS_FROM:
        passages = with_neighbours(passages, catalogue)
    passages = writer.fitting(question, passages, history=history, best=best)
    sources = catalogue.ready_among({one.source for one in passages})
    for draft in writer.write(
        question, passages, history=history, sources=sources, standing_alone=standing_alone
    ):
        yield draft, sources


def with_neighbours(passages: Sequence[Passage], catalogue: Catalogue) -> tuple[Passage, ...]:
    """Each of them grown by the blocks around it; one that another has taken in is left out."""
    ready = catalogue.ready_among({one.source for one in passages})
    growing = {
        slug: _Growing(catalogue.text(slug, sha256=source.sha256)) for slug, source in ready.items()
    }
    grown = (growing[one.source].grow(one) if one.source in growing else one for one in passages)
    return tuple(one for one in grown if one is not None)


@dataclass(slots=True)
class _Growing:
    """One source's text, and what of it has been taken."""

    text: Text
    _taken: list[Span] = field(default_factory=list)

    def grow(self, passage: Passage) -> Passage | None:
        """The passage with what no other has taken before it and behind it, if it is new."""
        own = Span(passage.start, passage.end)
        if any(taken.covers(own) for taken in self._taken):
            return None
        first = max((one.end for one in self._taken if one.start < own.start), default=0)
        last = min((one.start for one in self._taken if one.end > own.end), default=None)
        around = self._around(own)
        sentences = tuple(
            one
            for one in self.text.sentences
            # A passage may begin within a sentence that was too long for one.
            if (around.covers(one) or own.overlaps(one))
            and first <= one.start
            and (last is None or one.end <= last)
        )
        if not sentences:
            return None
        whole = Span(sentences[0].start, sentences[-1].end)
        self._taken.append(whole)
        return Passage(passage.source, passage.number, sentences, whole.of(self.text.content))

    def _around(self, own: Span) -> Span:
        """From the block before the passage's first to the one behind its last, as fit."""
        bounds = self._bounds()
        held = [at for at, one in enumerate(bounds) if one.overlaps(own)]
        if not held:
            return own
        first, last = held[0], held[-1]
        widest = Span(bounds[max(0, first - 1)].start, bounds[min(len(bounds) - 1, last + 1)].end)
        whole = Span(min(own.start, bounds[first].start), max(own.end, bounds[last].end))
        return next((one for one in (widest, whole) if len(one) <= WIDEST_CHARS), own)

    def _bounds(self) -> Sequence[Span]:
        """The blocks; in a text that sets nothing apart its paragraphs, between empty lines."""
        if self.text.blocks:
            return [Span(one.start, one.end) for one in self.text.blocks]
        bounds, start = [], 0
        for words in self.text.content.split("\n\n"):
            if words:
                bounds.append(Span(start, start + len(words)))
            start += len(words) + 2
        return bounds
