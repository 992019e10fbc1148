"""What a model is given to write from: more than quotes mode reads, as far as its window goes.

The passages that were judged come first; where there is room, the next ones that the search
finds follow, and in a large window each brings the whole blocks that it stands in and between.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from assistant.asking.summing import Summing
from assistant.judging.evidence import Evidence
from assistant.writing.composing import Writer
from assistant.writing.drafting import Draft
from assistant.writing.translating import Translating
from index.passages import Passage
from index.retrieval import Match, Turn
from sources.catalogue import Catalogue
from sources.language import is_foreign, language_of_question
from sources.source import Sentence, Source, Span, Text

Search = Callable[..., tuple[Match, ...]]
"""`Assistant.search`, with the filters of the question."""
PASSAGES = ((16_000, 50), (6_000, 20))
"""From so many tokens of the window on, so many passages; below, those that were judged."""
NEIGHBOURS_FROM = 32_000
"""Tokens of the window from which on passages bring the blocks around them."""
STRETCH_CHARS = 1_200
"""Texts that are summed up are cut into stretches of whole sentences, of so many at most."""
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
    summing: Summing | None = None,
    translating: Translating | None = None,
) -> Iterator[tuple[Draft, Mapping[str, Source]]]:
    """The drafts of an answer as it grows, each with the sources that it was written from.

    `standing_alone` is a follow-up question as the model rewrote it; it is searched for, too.
    With `summing`, the model reads its sources as far as they fit, the stretches of `evidence`
    before others, and nothing is searched for; with `translating` it reads its sentences alone.
    """
    best: dict[str, Span] = {}
    if translating is not None:
        passages = translating.passages(catalogue)
    elif summing is None:
        passages = _found(
            writer, question, evidence, history,
            search=search, catalogue=catalogue, standing_alone=standing_alone,
        )  # fmt: skip
        for one in evidence:
            best.setdefault(one.match.passage.id, one.sentence)
    else:
        passages = stretches(summing.slugs, evidence, catalogue)
    fitting = writer.fitting(question, passages, history=history, best=best)
    if summing is not None:
        places = {slug: place for place, slug in enumerate(summing.slugs)}
        fitting = tuple(sorted(fitting, key=lambda one: (places[one.source], one.start)))
    sources = catalogue.ready_among({one.source for one in fitting})
    spoken = language_of_question(question) if is_foreign(question) else "en"
    is_other = spoken is not None and any(
        source.language not in (spoken, None) for source in sources.values()
    )
    if translating is not None:
        spoken, is_other = translating.language, True
    aside = None
    if summing is not None and sum(map(_size, fitting)) < sum(map(_size, passages)):
        share = sum(map(_size, fitting)) / sum(map(_size, passages))
        aside = f"The model's window holds {share:.0%} of what is summed up."
    for draft in writer.write(
        question, fitting, history=history, sources=sources, standing_alone=standing_alone,
        summing=summing, language=spoken if is_other else None,
        wanted="answer" if translating is None else "translation",
    ):  # fmt: skip
        draft = replace(draft, aside=aside, language=spoken if is_other else None)
        yield replace(draft, is_translation=translating is not None), sources


def _size(passage: Passage) -> int:
    return len(passage.sentences)


def _found(
    writer: Writer,
    question: str,
    evidence: Sequence[Evidence],
    history: Sequence[Turn],
    *,
    search: Search,
    catalogue: Catalogue,
    standing_alone: str | None,
) -> tuple[Passage, ...]:
    """The passages that were judged, and as many more as the model's window has room for."""
    found = {one.match.passage.id: one.match.passage for one in evidence}
    most = next((most for tokens, most in PASSAGES if writer.window_tokens >= tokens), 0)
    if found and len(found) < most:
        for match in search(question, history=history, limit=most, standing_alone=standing_alone):
            if len(found) < most:
                found.setdefault(match.passage.id, match.passage)
    passages = tuple(found.values())
    if writer.window_tokens >= NEIGHBOURS_FROM:
        return with_neighbours(passages, catalogue)
    return passages


def stretches(
    slugs: Sequence[str], evidence: Sequence[Evidence], catalogue: Catalogue
) -> tuple[Passage, ...]:
    """The whole texts of `slugs` in stretches: those with `evidence`, then the others in turn.

    In turn: the first of each source, then the second of each.
    """
    ready = catalogue.ready_among(slugs)
    cut = [
        _cut(slug, catalogue.text(slug, sha256=ready[slug].sha256))
        for slug in slugs
        if slug in ready
    ]
    in_turn = [one for row in zip_longest(*cut) for one in row if one is not None]
    telling = {(one.match.passage.source, one.sentence.start) for one in evidence}

    def tells(passage: Passage) -> bool:
        return any((passage.source, one.start) in telling for one in passage.sentences)

    return tuple(sorted(in_turn, key=lambda one: not tells(one)))


def _cut(slug: str, text: Text) -> list[Passage]:
    runs: list[list[Sentence]] = []
    for sentence in text.sentences:
        if not runs or sentence.end - runs[-1][0].start > STRETCH_CHARS:
            runs.append([])
        runs[-1].append(sentence)
    return [
        Passage(slug, number, tuple(run), text.content[run[0].start : run[-1].end])
        for number, run in enumerate(runs)
    ]


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
