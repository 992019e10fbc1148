"""Questions to begin with and to go on with, made from what the library's texts mention.

A text's speakers, figures and names become questions by a few patterns; only those are kept
whose answer begins with a sentence that holds what the question was made from, for certain or as
what may answer. No chat model is asked.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.asking.vocabulary import is_everyday
from assistant.quoting.summing_up import WHICH_SOURCE, choices, in_reach
from assistant.speakers.speakers import find_utterances
from index.filters import Filters
from index.retrieval import Turn
from sources.language import is_foreign
from sources.source import Text

MAX_SOURCES = 8
"""The newest so many sources are read."""
MAX_CHECKED = 24
MAX_CHARS = 20_000
"""Of each text, from its beginning."""

_NAME = re.compile(
    r"\b[A-Z][\w’-]+(?: (?:(?:of|de|von|van|der|den|the|la|al) ){0,2}[A-Z][\w’-]+)+"
    r"|(?<=“)[a-z][\w -]{6,40}\w(?=[,.]?”)"
)
"""Names of several words, and what a text calls something in quotation marks."""
_CALLED = re.compile(
    r"\b(?:the|an?|so-called|its|their|this)"
    r"(?: (?!(?:was|were|is|are|as|been|be)\b)[\w.-]+){0,2} “$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:what|who|why|how|we|i|you|they|he|she|it|not|too|very)\b")
"""How words in quotation marks begin that are no name of anything."""
_FIGURE = re.compile(r"\b(\d[\d,]*\d|\d)\s([a-z]{4,}s)\b")
_ENDS = re.compile(r"[.!?…][”’\"')\]]*$")
_PARTS = frozenset(
    "annex appendix article box chapter contents figure footnote heading introduction item minutes"
    " note notes overview page paragraph part point report results schedule section source sources"
    " summary table title".split()
)
"""What parts of a text are called: a name that ends so has run into a heading."""
_NOT_COUNTED = frozenset(
    "hundreds thousands millions billions trillions years months weeks days hours minutes seconds"
    " times percents points pages".split()
)
"""Plurals behind a figure of which nobody asks the number."""


_UNIT = re.compile(
    r"\b(?:hundred|thousand|million|billion|trillion|euro|dollar|pound|zloty|hryvnia|percent"
    r"|kilomet(?:re|er))(?:e?n|s)?\b",
    re.IGNORECASE,
)
"""What amounts are given in: no name, and nothing to ask about."""


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
        is_which = (answer.reason or "").startswith(WHICH_SOURCE)
        return choices(in_reach(assistant.library.catalogue, filters)) if is_which else ()
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
    """What could be asked about a text: figures, speakers and names in turn.

    Nothing of a text in another language: only English is asked in whole sentences.
    """
    if is_foreign(text.content[:MAX_CHARS]):
        return ()
    end = text.sentences[-1].end if text.sentences else 0
    content = text.content[: min(end, MAX_CHARS)]
    sentences = [
        words
        for words in (one.of(text.content) for one in text.sentences if one.end <= len(content))
        if _ENDS.search(words) and not is_foreign(words)
    ]
    kinds = [list(_of_figures(sentences)), list(_of_speakers(text)), list(_of_names(sentences))]
    return tuple(dict.fromkeys(one for group in zip_all(kinds) for one in group))


def zip_all(groups: Sequence[Sequence[Candidate]]) -> Iterator[tuple[Candidate, ...]]:
    """The first of every group, then the second of every group, and so on."""
    for place in range(max(map(len, groups), default=0)):
        yield tuple(group[place] for group in groups if place < len(group))


def _candidates_in(assistant: Assistant, slug: str) -> tuple[Candidate, ...]:
    return candidates_in(assistant.library.catalogue.text(slug))


def _of_figures(sentences: Sequence[str]) -> Iterator[Candidate]:
    for words in sentences:
        for found in _FIGURE.finditer(words):
            figure, noun = found.groups()
            is_year = len(figure) == 4 and figure.startswith(("19", "20"))
            before = words[: found.start()].split()
            is_part = bool(before) and before[-1].casefold() in _PARTS
            if not is_year and not is_part and noun not in _NOT_COUNTED:
                yield Candidate(f"What number of {noun} is given?", figure)


def _of_speakers(text: Text) -> Iterator[Candidate]:
    for utterance in find_utterances(text):
        if utterance.words.end > MAX_CHARS or not utterance.speaker[:1].isupper():
            continue
        words = utterance.words.of(text.content)
        topic = next((name for name in _names(words) if name not in utterance.speaker), None)
        if topic and utterance.speaker not in topic:
            about = _as_written(topic, words)
            speaker = _as_written(utterance.speaker, utterance.sentence.of(text.content))
            yield Candidate(f"What did {speaker} say about {about}?", topic)


def _of_names(sentences: Sequence[str]) -> Iterator[Candidate]:
    counted = Counter(name for words in sentences for name in _names(words))
    for name, _ in counted.most_common(8):
        about = _as_written(name, "\n".join(sentences))
        yield Candidate(f"What is said about {about}?", name)


def _as_written(name: str, words: str) -> str:
    """A name as a question says it: ``the Budapest Memorandum``, ``the “backstop”``."""
    if name[0].islower():
        return f"the “{name}”"
    return f"the {name}" if re.search(rf"\bthe {re.escape(name)}\b", words, re.I) else name


def _names(words: str) -> list[str]:
    """The names in a sentence, those left out that begin it or end in a part of a text."""
    names = []
    for found in _NAME.finditer(words):
        name = found.group()
        if name[0].islower():
            if _CALLED.search(words[: found.start()]) and not _CLAUSE.match(name):
                names.append(name)
            continue
        article, _, rest = name.partition(" ")
        name = rest if article == "The" and " " in rest else name
        last = name.split()[-1]
        numbered = re.match(r" \d", words[found.end() :])
        runs_on = last.casefold() in _PARTS or numbered or name.isupper() or _UNIT.search(name)
        if not runs_on and not is_everyday(name.split()[0]):
            names.append(name)
    return names


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
        answer = assistant.quoting.ask(one.question)
        best = answer.statements[0].text if answer.statements else ""
        new = best not in known and best not in kept.values()
        if new and one.holds in best:
            kept[one.question] = best
            held.add(one.holds)
    return tuple(kept)
