"""What of a library is about a topic: so that a draft holds that and nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering import Assistant
from assistant.asking.aliases import is_mentioned
from assistant.asking.questions import Question
from assistant.asking.vocabulary import WORD, stem
from assistant.briefing.issues import Issue
from assistant.speaking.hearing import Hearing
from index.retrieval import Match
from sources.errors import StateError
from sources.source import Source, Span, Text

READ = 200
"""So many of the nearest passages are looked at."""
NEAR = 0.3
"""Cosine of a sentence with the topic, from which it is about it whatever its words."""
VERY_NEAR = 0.42
"""The same for a topic that shares no word with the library."""
NEVER = 1.1
"""Above any cosine: only the name itself makes a sentence be about it."""
MIN_NEAR = 0.15
"""Below it, not even a sentence that shares a word with the topic is about it."""
BROAD = 4
"""A topic whose sentences are about so many issues is what all of them are about."""


@dataclass(frozen=True, slots=True)
class OnTopic:
    """What a draft on a topic is made from."""

    matches: tuple[Match, ...]
    """The nearest passages, best first."""
    hearing: Hearing
    """With only those sentences, and what is said in them, that are about the topic."""
    issues: tuple[Issue, ...]
    """The issues that the topic names, or else those that its sentences are about."""


def on_topic(
    topic: str, *, assistant: Assistant, hearing: Hearing, issues: Sequence[Issue]
) -> OnTopic:
    """What the library says about `topic`; `StateError` where no passage is about it."""
    matches = assistant.search(topic, limit=READ)
    nearness: dict[tuple[str, int], float] = {
        (match.passage.source, sentence.start): similarity
        for match in matches
        for similarity, sentence in zip(
            match.sentence_similarities, match.passage.sentences, strict=True
        )
    }
    if not _speaks_of(topic, max(nearness.values(), default=0.0), assistant):
        raise StateError(
            f"No passage of the library is about {topic!r}.",
            remedy="Take another topic, or add sources on it with `assistant sources add`.",
        )
    wanted = _Wanted(topic, tuple(issue for issue in issues if _names(topic, issue)), nearness)
    told = {
        (one.source.slug, one.utterance.sentence.start)
        for one in hearing.said
        if wanted.stems and wanted.stems <= _stems(one.speaker)
    }
    texts = {
        slug: (source, wanted.narrowed(source, text, told))
        for slug, (source, text) in hearing.texts.items()
    }
    touched = wanted.touched(texts, issues)
    if not wanted.issues and not wanted.has_names and len(touched) >= BROAD:
        return OnTopic(matches, hearing, tuple(issues))
    places = {
        (slug, sentence.start) for slug, (_, text) in texts.items() for sentence in text.sentences
    }
    said = tuple(
        one for one in hearing.said if (one.source.slug, one.utterance.sentence.start) in places
    )
    narrowed = replace(hearing, texts=texts, said=said)
    return OnTopic(matches, narrowed, wanted.issues or touched)


def _speaks_of(topic: str, nearest: float, assistant: Assistant) -> bool:
    """Whether the words of the topic are used, all its names among them, or others near it."""
    terms = Question(topic).subjects
    mentions = assistant.library.lexical.mentions
    used = [term for term in terms if is_mentioned(term.word, mentions)]
    if any(term.is_name and term not in used for term in terms):
        return False
    if used and len(used) * 2 >= len(terms):
        return nearest >= MIN_NEAR
    return nearest >= VERY_NEAR


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A topic, the issues that it names, and how near each sentence is to it."""

    topic: str
    issues: tuple[Issue, ...]
    nearness: Mapping[tuple[str, int], float]

    @property
    def stems(self) -> frozenset[str]:
        return _stems(self.topic)

    @property
    def has_names(self) -> bool:
        return bool(Question(self.topic).names)

    def narrowed(self, source: Source, text: Text, told: Collection[tuple[str, int]]) -> Text:
        """The text with only its sentences on the topic; `told` are on it by who says them."""
        stems = self.stems
        near = NEVER if self.has_names else VERY_NEAR if self.issues else NEAR

        def is_about(sentence: Span) -> bool:
            place, words = (source.slug, sentence.start), sentence.of(text.content)
            return (
                place in told
                or self.nearness.get(place, 0.0) >= near
                or (bool(stems) and stems <= _stems(words))
                or any(issue.is_in(words) for issue in self.issues)
            )

        return replace(text, sentences=tuple(one for one in text.sentences if is_about(one)))

    def touched(
        self, texts: Mapping[str, tuple[Source, Text]], issues: Sequence[Issue]
    ) -> tuple[Issue, ...]:
        """The issues that the sentences of these texts are about."""
        said = [one.of(text.content) for _, text in texts.values() for one in text.sentences]
        return tuple(issue for issue in issues if any(map(issue.is_in, said)))


def _names(topic: str, issue: Issue) -> bool:
    """Whether the topic is the issue by its name: "troops", "the EU membership of Ukraine"."""
    ours, theirs = _stems(topic), _stems(issue.name)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _stems(words: str) -> frozenset[str]:
    """The stems of the words that say something."""
    subjects = {term.stem for term in Question(words).subjects} if words.strip() else set()
    return frozenset(subjects) & {stem(found.group()) for found in WORD.finditer(words)}
