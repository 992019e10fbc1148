"""Everything that is said in a library, with its source: what positions are made of."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.speaking.kept_utterances import KeptUtterances, Report
from assistant.speaking.speakers import (
    Utterance,
    folded_publishers,
    read_utterances,
)
from sources.catalogue import Catalogue
from sources.source import Source, Span, Text

SUPERSEDED = "superseded"
"""The tag on a card whose text no longer stands; it is left out of positions."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance in its source, and the other sources that carry the same words."""

    source: Source
    utterance: Utterance
    sentence: str
    """The whole sentence: what is quoted and cited."""
    statement: str
    """The part of it that is said."""
    topic: str
    """The words an issue is looked for in: the sentence, or, where several speak, the part,
    after the heading it stands under and the question that it answers."""
    asked: str | None = None
    """In an interview, the question that it answers."""
    also_in: tuple[Source, ...] = ()

    @property
    def speaker(self) -> str:
        return self.utterance.speaker

    @property
    def published(self) -> date | None:
        return self.source.card.published


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a library says, read once: its current texts and everything said in them."""

    texts: dict[str, tuple[Source, Text]]
    """By slug; of their sentences those that claim something: no headings, no questions that are
    asked in an interview."""
    originals: dict[str, str]
    """The original of each source, by slug: itself unless it is a reprint."""
    said: tuple[Said, ...]
    """Newest first, undated last; a statement that several copies carry is there once."""


def hear(
    catalogue: Catalogue,
    *,
    slugs: Sequence[str] | None = None,
    kept: KeptUtterances | None = None,
    report: Report | None = None,
) -> Hearing:
    """Read the ready sources of the library (or those of them that `slugs` names).

    With `kept`, a text that was read before is not read again, and `report` is told how many
    of the others have been.
    """
    texts = {
        entry.source.slug: (entry.source, catalogue.text(entry.source.slug))
        for entry in catalogue.entries(state="ready")
        if SUPERSEDED not in entry.source.card.tags
        and (slugs is None or entry.source.slug in slugs)
    }
    return listen(texts, stories=catalogue.stories(texts), kept=kept, report=report)


def listen(
    texts: dict[str, tuple[Source, Text]],
    *,
    stories: Mapping[str, str] | None = None,
    kept: KeptUtterances | None = None,
    report: Report | None = None,
) -> Hearing:
    """What the given texts say; those with the same mark in `stories` are one report."""
    originals = _originals(texts, stories or {})
    publishers = folded_publishers(
        source.card.publisher for source, _ in texts.values() if source.card.publisher
    )
    found = (
        kept.utterances(texts, publishers, report=report)
        if kept
        else {slug: read_utterances(text, publishers)[0] for slug, (_, text) in texts.items()}
    )
    alike: defaultdict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for slug, (source, text) in texts.items():
        for said in _with_words(source, text, found[slug]):
            if said.utterance.manner == "question":
                continue
            words = " ".join(re.findall(r"\w+", said.statement.casefold()))
            alike[said.speaker, words, originals[slug]].append(said)
    heard = [_collapsed(group, originals) for group in alike.values()]
    heard.sort(key=lambda one: (one.source.slug, one.utterance.words.start))
    heard.sort(key=lambda one: one.published or date.min, reverse=True)
    claiming = {
        slug: (source, _claiming(text, found[slug])) for slug, (source, text) in texts.items()
    }
    return Hearing(claiming, originals, tuple(heard))


def _claiming(text: Text, utterances: Sequence[Utterance]) -> Text:
    asked = {one.sentence.start for one in utterances if one.manner == "question"}
    kept = tuple(
        one for one in text.sentences if one.start not in asked and not text.is_heading(one)
    )
    return text if len(kept) == len(text.sentences) else replace(text, sentences=kept)


def _with_words(source: Source, text: Text, utterances: Sequence[Utterance]) -> tuple[Said, ...]:
    speakers = Counter(one.sentence for one in utterances)
    return tuple(
        Said(
            source=source,
            utterance=one,
            sentence=one.sentence.of(text.content),
            statement=one.words.of(text.content),
            topic=_topic(text, one, one.words if speakers[one.sentence] > 1 else one.sentence),
            asked=one.asked.of(text.content) if one.asked else None,
        )
        for one in utterances
    )


def _topic(text: Text, utterance: Utterance, span: Span) -> str:
    """The words, after the question they answer and the heading they stand under, no title."""
    heading = text.heading_of(span)
    before = [heading] if heading and heading != _title(text) else []
    before += [utterance.asked.of(text.content)] if utterance.asked else []
    return " ".join([*before, span.of(text.content)])


def _title(text: Text) -> str | None:
    """The heading that a text begins with."""
    return text.heading_of(text.sentences[0]) if text.sentences else None


def _originals(texts: dict[str, tuple[Source, Text]], stories: Mapping[str, str]) -> dict[str, str]:
    """The earliest source of each story; undated ones come last, then the slug decides."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for slug in texts:
        groups[stories.get(slug, f"only {slug}")].append(slug)
    return {
        slug: min(group, key=lambda name: (texts[name][0].card.published or date.max, name))
        for group in groups.values()
        for slug in group
    }


def _collapsed(group: Sequence[Said], originals: dict[str, str]) -> Said:
    first = min(
        group, key=lambda one: (one.source.slug != originals[one.source.slug], one.source.slug)
    )
    others = tuple(one.source for one in group if one is not first)
    return replace(first, also_in=others)
