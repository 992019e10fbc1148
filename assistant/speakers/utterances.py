"""Everything that is said in a library, with its source: what positions are made of."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.speakers.kept_utterances import KeptUtterances, Report
from assistant.speakers.speakers import (
    Utterance,
    folded_publishers,
    read_utterances,
)
from sources.catalogue import Catalogue
from sources.quoted import day_of
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
        """The day of the source, or of the mail that it quotes."""
        if self.utterance.quoted_from is not None:
            return day_of(self.utterance.quoted_from)
        return self.source.card.published


@dataclass(frozen=True, slots=True)
class EverythingSaid:
    """What a library says, read once: its current texts and everything said in them."""

    texts: dict[str, tuple[Source, Text]]
    """By slug; of their sentences those that claim something: no headings, no questions that are
    asked in an interview."""
    originals: dict[str, str]
    """The original of each source, by slug: itself unless it is a reprint."""
    said: tuple[Said, ...]
    """Newest first, undated last; a statement that several copies carry is there once."""


def everything_said(
    catalogue: Catalogue,
    *,
    kept: KeptUtterances | None = None,
    report: Report | None = None,
) -> EverythingSaid:
    """Read the ready sources of the library.

    With `kept`, a text that was read before is not read again, and `report` is told how many
    of the others have been.
    """
    texts = {
        entry.source.slug: (entry.source, catalogue.text(entry.source.slug))
        for entry in catalogue.entries(state="ready")
        if SUPERSEDED not in entry.source.card.tags
    }
    return listen(texts, stories=catalogue.stories(texts), kept=kept, report=report)


def publishers_of(catalogue: Catalogue) -> dict[str, str]:
    """The publishers of the library's ready sources, as `folded_publishers` gives them."""
    return folded_publishers(
        entry.source.card.publisher
        for entry in catalogue.entries(state="ready")
        if entry.source.card.publisher
    )


def utterances_in(
    texts: Mapping[str, tuple[Source, Text]],
    publishers: dict[str, str],
    *,
    kept: KeptUtterances | None = None,
    report: Report | None = None,
) -> dict[str, tuple[Utterance, ...]]:
    """What is said in each text, by slug; `publishers` as `folded_publishers` gives them."""
    if kept is not None:
        return kept.utterances(texts, publishers, report=report)
    return {slug: read_utterances(text, publishers)[0] for slug, (_, text) in texts.items()}


def listen(
    texts: dict[str, tuple[Source, Text]],
    *,
    stories: Mapping[str, str] | None = None,
    kept: KeptUtterances | None = None,
    report: Report | None = None,
) -> EverythingSaid:
    """What the given texts say; those with the same mark in `stories` are one report."""
    originals = _originals(texts, stories or {})
    publishers = folded_publishers(
        source.card.publisher for source, _ in texts.values() if source.card.publisher
    )
    found = utterances_in(texts, publishers, kept=kept, report=report)
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
    return EverythingSaid(claiming, originals, tuple(heard))


def _claiming(text: Text, utterances: Sequence[Utterance]) -> Text:
    asked = {one.sentence.start for one in utterances if one.manner == "question"}
    headings = text.headings()
    kept = tuple(one for one in text.sentences if one.start not in asked and one not in headings)
    return text if len(kept) == len(text.sentences) else replace(text, sentences=kept)


def _with_words(source: Source, text: Text, utterances: Sequence[Utterance]) -> tuple[Said, ...]:
    speakers = Counter(one.sentence for one in utterances)
    return tuple(
        Said(
            source=source,
            utterance=one,
            sentence=one.sentence.of(text.content),
            statement=one.words.of(text.content),
            topic=_topic(
                one,
                one.words if speakers[one.sentence] > 1 else one.sentence,
                heading,
                text.content,
            ),
            asked=one.asked.of(text.content) if one.asked else None,
        )
        for one, heading in zip(utterances, _section_headings(text, utterances), strict=True)
    )


def _topic(utterance: Utterance, span: Span, heading: str, content: str) -> str:
    """The words, after the heading they stand under and the question that they answer."""
    asked = utterance.asked.of(content) if utterance.asked else ""
    return " ".join(filter(None, (heading, asked, span.of(content))))


def _section_headings(text: Text, utterances: Sequence[Utterance]) -> list[str]:
    """For each utterance the heading it stands under; empty under none but the text's title."""
    headings = [one for one in text.locators if one.kind == "heading"]
    starts = [one.start for one in headings]
    begins = text.sentences[0].start if text.sentences else 0
    found = []
    for one in utterances:
        at = bisect_right(starts, one.sentence.start) - 1
        found.append(headings[at].label if at >= 0 and starts[at] > begins else "")
    return found


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
