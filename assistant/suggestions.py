"""Questions to begin with and to go on with, made from what the library's texts mention.

A text's speakers, figures and names become questions by a few patterns; only those are kept
that the judge finds answered, by a sentence that holds what the question was made from. No
chat model is asked.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.questions import Question
from assistant.speaking.speakers import find_utterances
from assistant.summing_up import choices
from assistant.vocabulary import is_everyday
from index.filters import Filters
from index.retrieval import Turn
from sources.source import Text

MAX_SOURCES = 8
"""The newest so many sources are read."""
MAX_CHECKED = 24
MAX_CHARS = 20_000
"""Of each text, from its beginning."""

_NAME = re.compile(
    r"\b[A-Z][\w’-]+(?:\s(?:(?:of|de|von|van|der|den|the|la|al)\s){0,2}[A-Z][\w’-]+)+|“[a-z][\w\s-]{6,40}[\w](?=[,.]?”)"
)
_FIGURE = re.compile(r"\b(\d[\d,]*\d|\d)\s([a-z]{4,}s)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, and the words that the sentence which answers it must hold."""

    question: str
    holds: str


def suggest(assistant: Assistant, *, limit: int = 4) -> tuple[str, ...]:
    """At most `limit` questions that the library answers now, of all kinds in turn."""
    entries = assistant.library.catalogue.entries(state="ready", limit=MAX_SOURCES)
    candidates = [_candidates_in(assistant, entry.source.slug) for entry in entries]
    mixed = [one for group in zip_all(candidates) for one in group]
    return _answered(assistant, mixed, limit=limit)


def go_on(
    assistant: Assistant, answer: Answer, *, history: Sequence[Turn], filters: Filters
) -> tuple[str, ...]:
    """What to ask after `answer`, the last of `history`: more, or which source was meant."""
    if not answer.citations:
        asked = Question(answer.question)
        return choices(assistant.library, asked, is_first=len(history) < 2, filters=filters)
    sources = dict.fromkeys(citation.quote.source for citation in answer.citations)
    return follow_ups(assistant, sources=list(sources), history=history)


def follow_ups(
    assistant: Assistant, *, sources: Sequence[str], history: Sequence[Turn], limit: int = 3
) -> tuple[str, ...]:
    """At most `limit` questions on the same sources that were not asked and are answered."""
    ready = assistant.library.catalogue.ready_among(sources)
    asked = " ".join(turn.question for turn in history).casefold()
    said = " ".join(turn.answer or "" for turn in history)
    candidates = [
        one
        for slug in sources
        if slug in ready
        for one in _candidates_in(assistant, slug)
        if one.holds.casefold() not in asked and one.question.casefold() not in asked
    ]
    return _answered(assistant, candidates, limit=limit, known=said)


def candidates_in(text: Text) -> tuple[Candidate, ...]:
    """What could be asked about a text: figures, speakers and names in turn."""
    end = text.sentences[-1].end if text.sentences else 0
    content = text.content[: min(end, MAX_CHARS)]
    kinds = [list(_of_figures(content)), list(_of_speakers(text)), list(_of_names(content))]
    return tuple(dict.fromkeys(one for group in zip_all(kinds) for one in group))


def zip_all(groups: Sequence[Sequence[Candidate]]) -> Iterator[tuple[Candidate, ...]]:
    """The first of every group, then the second of every group, and so on."""
    for place in range(max(map(len, groups), default=0)):
        yield tuple(group[place] for group in groups if place < len(group))


def _candidates_in(assistant: Assistant, slug: str) -> tuple[Candidate, ...]:
    return candidates_in(assistant.library.catalogue.text(slug))


def _of_figures(content: str) -> Iterator[Candidate]:
    for found in _FIGURE.finditer(content):
        figure, noun = found.groups()
        if not (len(figure) == 4 and figure.startswith(("19", "20"))):
            yield Candidate(f"How many {noun} are mentioned?", figure)


def _of_speakers(text: Text) -> Iterator[Candidate]:
    for utterance in find_utterances(text):
        if utterance.words.end > MAX_CHARS or not utterance.speaker[:1].isupper():
            continue
        words = utterance.words.of(text.content)
        topic = next((name for name in _names(words) if name not in utterance.speaker), None)
        if topic and utterance.speaker not in topic:
            about = _as_written(topic, words)
            yield Candidate(f"What did {utterance.speaker} say about {about}?", topic)


def _of_names(content: str) -> Iterator[Candidate]:
    counted = Counter(_names(content))
    for name, _ in counted.most_common(8):
        yield Candidate(f"What is said about {_as_written(name, content)}?", name)


def _as_written(name: str, words: str) -> str:
    """A name as a question says it: ``the Budapest Memorandum``, ``the “backstop”``."""
    if name[0].islower():
        return f"the “{name}”"
    return f"the {name}" if f"the {name}" in words else name


def _names(words: str) -> list[str]:
    found = (match.group().lstrip("“") for match in _NAME.finditer(words))
    return [name for name in found if not is_everyday(name.split()[0]) or name[0].islower()]


def _answered(
    assistant: Assistant, candidates: Sequence[Candidate], *, limit: int, known: str = ""
) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    held: set[str] = set()
    for one in candidates[:MAX_CHECKED]:
        if len(kept) == limit:
            break
        if one.question in kept or one.holds in held:
            continue
        _, judgement = assistant.judge(Question(one.question))
        best = judgement.evidence[0].words if judgement.evidence else ""
        new = best not in known and best not in kept.values()
        if judgement.verdict == "answered" and one.holds in best and new:
            kept[one.question] = best
            held.add(one.holds)
    return tuple(kept)
