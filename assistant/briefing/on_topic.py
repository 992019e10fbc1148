"""What of a library is about a topic: so that a draft holds that and nothing else."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering import Assistant
from assistant.asking.aliases import is_mentioned
from assistant.asking.questions import Question
from assistant.asking.vocabulary import WORD, stem
from assistant.briefing.issues import Issue
from assistant.speakers.utterances import EverythingSaid, Said
from index.retrieval import Match
from sources.addressed import is_addressed_to_a_machine, warning_on
from sources.errors import StateError
from sources.source import Source, Span, Text, heading_above

Place = tuple[str, int]
"""A sentence: the slug of its source and where it begins."""

OTHER_TOPIC = (
    "Take another topic, or add sources on it: `assistant sources add`, or the tab “Library”."
)
READ = 200
"""So many of the nearest passages are looked at."""
NEAR = 0.3
"""Cosine of a sentence with the topic, from which it is about it whatever its words."""
VERY_NEAR = 0.42
"""The same where other sentences use its very words, or none does."""
NEVER = 1.1
"""Above any cosine: only the name itself makes a sentence be about it."""
MIN_NEAR = 0.15
"""Below it, not even a sentence that shares a word with the topic is about it."""
BROAD = 4
"""A topic whose sentences are about so many issues is what all of them are about."""
SPREAD = 3
"""Unless the sentences that use its words are so many for each issue that they are about: many
sentences on one or two issues speak of something particular, such as a ceasefire."""


@dataclass(frozen=True, slots=True)
class OnTopic:
    """What a draft on a topic is made from."""

    matches: tuple[Match, ...]
    """The nearest passages, best first."""
    everything: EverythingSaid
    """With only those sentences, and what is said in them, that are about the topic."""
    issues: tuple[Issue, ...]
    """The issues that the topic is, or else those that its sentences touch."""
    is_listed: bool
    """Whether the issues are the topic itself, and not only touched."""
    by_its_words: frozenset[Place]
    """The sentences that are about it by their words, not only near it in meaning."""
    titled: frozenset[str]
    """Slugs of the sources that have it in their title."""
    is_broad: bool = False
    """Whether it is what all issues are about."""

    def is_central(self, slug: str, start: int, similarity: float) -> bool:
        """Whether a sentence may be a key point: of a broad topic also one that is near it."""
        if (slug, start) in self.by_its_words:
            return True
        may_be_near = self.is_broad or self.uses_its_words(slug, start)
        return may_be_near and similarity >= NEAR

    def uses_its_words(self, slug: str, start: int) -> bool:
        """Whether a sentence, or its source's title, does; where none does, near ones count."""
        is_near_enough = not self.by_its_words or slug in self.titled
        return is_near_enough or (slug, start) in self.by_its_words


def on_topic(
    topic: str, *, assistant: Assistant, everything: EverythingSaid, issues: Sequence[Issue]
) -> OnTopic:
    """What the library says about `topic`; `StateError` where no passage is about it."""
    matches = assistant.search(topic, limit=READ)
    nearness = {
        (match.passage.source, sentence.start): similarity
        for match in matches
        for similarity, sentence in zip(
            match.sentence_similarities, match.passage.sentences, strict=True
        )
    }
    read = _read(topic, matches)
    if not _speaks_of(read, max(nearness.values(), default=0.0), assistant):
        raise StateError(
            f"No passage of the library is about {topic!r}.",
            remedy=OTHER_TOPIC,
        )
    everything = _only_sentences(
        everything, {slug: _quotable(*known) for slug, known in everything.texts.items()}
    )
    wanted = _Wanted(read, tuple(issue for issue in issues if _names(topic, issue)), nearness)
    told = {
        (one.source.slug, one.utterance.sentence.start)
        for one in everything.said
        if (wanted.stems and wanted.stems <= _stems(one.speaker)) or wanted.answers(one)
    }
    by_its_words = frozenset(told).union(
        *(wanted.by_its_words(source, text) for source, text in everything.texts.values())
    )

    titled = frozenset(
        slug for slug, (source, _) in everything.texts.items() if wanted.is_in_title(source)
    )

    def narrowed(near: float) -> EverythingSaid:
        texts = {
            slug: wanted.narrowed(
                source, text, by_its_words, min(near, NEAR) if slug in titled else near
            )
            for slug, (source, text) in everything.texts.items()
        }
        return _only_sentences(everything, texts)

    may_be_broad = not wanted.issues and not wanted.names
    if may_be_broad and by_its_words:
        spread = len(_touched(narrowed(NEVER), issues))
        may_be_broad = spread > 1 and spread * SPREAD >= len(by_its_words)
    if may_be_broad and len(_touched(narrowed(NEAR), issues)) >= BROAD:
        return OnTopic(
            matches, everything, tuple(issues), True, by_its_words, titled, is_broad=True
        )
    near = NEVER if wanted.names else VERY_NEAR if wanted.issues or by_its_words else NEAR
    heard = narrowed(near)
    found = wanted.issues or _touched(heard, issues)
    return OnTopic(matches, heard, found, bool(wanted.issues), by_its_words, titled)


def is_about(topic: str, words: str) -> bool:
    """Whether `words` share a word that says something with the topic."""
    return not _stems(topic).isdisjoint(_stems(words))


def _only_sentences(everything: EverythingSaid, texts: Mapping[str, Text]) -> EverythingSaid:
    """What is said, with these texts, and what is said in their sentences alone."""
    places = {(slug, one.start) for slug, text in texts.items() for one in text.sentences}
    return replace(
        everything,
        texts={slug: (source, texts[slug]) for slug, (source, _) in everything.texts.items()},
        said=tuple(
            one
            for one in everything.said
            if (one.source.slug, one.utterance.sentence.start) in places
        ),
    )


def _quotable(source: Source, text: Text) -> Text:
    """The text without headings, and without sentences that tell a machine what to do."""
    headings = {one.start: one.label for one in text.locators if one.kind == "heading"}
    is_warned = warning_on(source) is not None
    if not headings and not is_warned:
        return text

    def is_quotable(sentence: Span) -> bool:
        words = sentence.of(text.content)
        if headings.get(sentence.start) == words.lstrip("#").strip():
            return False
        return not (is_warned and is_addressed_to_a_machine(words))

    return replace(text, sentences=tuple(filter(is_quotable, text.sentences)))


def _read(topic: str, matches: Sequence[Match]) -> str:
    """The topic so that its first word is read as a name where the library writes it as one.

    A capital at the beginning tells nothing: "Norlund agreement", but "Air defence".
    """
    found = WORD.search(topic)
    if found is None or not found.group()[0].isupper():
        return topic
    word = re.escape(found.group())
    written = "\n".join(match.passage.content for match in matches)
    is_name = re.search(rf"[a-z,] {word}\b", written)
    is_small = re.search(rf"\b{word.lower()}\b", written)
    return f"the {topic}" if is_name and not is_small else topic


def _speaks_of(topic: str, nearest: float, assistant: Assistant) -> bool:
    """Whether the words of the topic are used, all its names among them, or others near it."""
    terms = Question(topic).subjects
    mentions = assistant.library.lexical.mentions_name
    used = [term for term in terms if is_mentioned(term.word, mentions)]
    if any(term.is_name and term not in used for term in terms):
        return False
    if used and len(used) * 2 >= len(terms):
        return nearest >= MIN_NEAR
    return nearest >= VERY_NEAR


@dataclass(frozen=True)
class _Wanted:
    """A topic, the issues that it names, and how near each sentence is to it."""

    topic: str
    issues: tuple[Issue, ...]
    nearness: Mapping[Place, float]

    @cached_property
    def stems(self) -> frozenset[str]:
        return _stems(self.topic)

    @cached_property
    def names(self) -> frozenset[str]:
        return self.stems & {term.stem for term in Question(self.topic).names}

    def answers(self, said: Said) -> bool:
        """Whether the question that it answers in an interview is about the topic."""
        if said.asked is None:
            return False
        by_words = bool(self.stems) and self.stems <= _stems(said.asked)
        return by_words or any(issue.is_in(said.asked) for issue in self.issues)

    def by_its_words(self, source: Source, text: Text) -> set[Place]:
        """The sentences that hold the topic's words, or stand right under a heading that does.

        Where the topic is something of a name ("the Geneva talks"), the name will do in a text
        that speaks of the rest, and in a sentence that is near.
        """
        if not self.stems:
            return set()
        headings: dict[str | None, bool] = {None: False}
        rest_is_there: bool | None = None
        found = set()
        for sentence in text.sentences:
            place, words = (source.slug, sentence.start), sentence.of(text.content)
            stems = _stems(words)
            heading = heading_above(text.locators, sentence)
            if heading not in headings:
                headings[heading] = self.stems <= _stems(heading or "")
            is_named = bool(self.names) and self.names <= stems
            if is_named and rest_is_there is None:
                whole = f"{source.card.title}\n{text.content}"
                rest_is_there = self.stems <= {stem(word) for word in WORD.findall(whole)}
            if (
                self.stems <= stems
                or headings[heading]
                or any(issue.is_in(words) for issue in self.issues)
                or (is_named and (rest_is_there or self.nearness.get(place, 0.0) >= NEAR))
            ):
                found.add(place)
        return found

    def is_in_title(self, source: Source) -> bool:
        """Whether the source's title holds the topic, or its names where it has any."""
        return bool(self.stems) and (self.names or self.stems) <= _stems(source.card.title)

    def narrowed(
        self, source: Source, text: Text, by_its_words: Collection[Place], near: float
    ) -> Text:
        """The text with only its sentences on the topic: by their words, or so `near` it."""
        return replace(
            text,
            sentences=tuple(
                one
                for one in text.sentences
                if (source.slug, one.start) in by_its_words
                or self.nearness.get((source.slug, one.start), 0.0) >= near
            ),
        )


def _touched(everything: EverythingSaid, issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues that the sentences of the texts are about."""
    said = [one.of(text.content) for _, text in everything.texts.values() for one in text.sentences]
    return tuple(issue for issue in issues if any(map(issue.is_in, said)))


def _names(topic: str, issue: Issue) -> bool:
    """Whether the topic is the issue by its name: "troops", "the EU membership of Ukraine"."""
    ours, theirs = _stems(topic), _stems(issue.name)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _stems(words: str) -> frozenset[str]:
    """The stems of the words that say something."""
    subjects = {term.stem for term in Question(words).subjects} if words.strip() else set()
    return frozenset(subjects) & {stem(found.group()) for found in WORD.finditer(words)}
