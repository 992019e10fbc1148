"""What a request is about, and which sources it names.

The words that say what is requested are those of the example requests: what is left is the topic.
"""

import json
from collections.abc import Sequence
from functools import cache

from assistant.asking.intents import FILE, Intent
from assistant.asking.questions import Question, Term
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence, held, mean_held
from index.library import Library
from sources.entries import Entry
from sources.quantities.quantity import Date, Number
from sources.quantities.reading import read_quantities
from sources.source import Source

MOST_POINTS = 12
_ON_TOPIC = 0.5
"""Share of the topic's words that a sentence on it holds."""
_NAMED = 0.5
"""Share of what a request is about that the card of a source has to hold, unless a name does."""


def topic_of(question: Question, intent: Intent) -> tuple[Term, ...]:
    """The terms that say what the request is about; empty where it is about everything."""
    figures = [one.span for one in read_quantities(question.words)]
    inside = {stem(word) for span in figures for word in WORD.findall(span.of(question.words))}
    known = _words_of_requests(intent) | inside
    return tuple(
        term
        for term in question.terms
        if term.is_name or not term.is_idle
        if term.stem not in known
    )


def on_topic(topic: Sequence[Term], evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Those of `evidence` that hold most of the topic's words; all of them without a topic."""
    if not topic:
        return tuple(evidence)
    shares = held(topic, *(one.in_reach for one in evidence)) if evidence else ()
    return tuple(
        one
        for one, row in zip(evidence, shares, strict=True)
        if mean_held(row.tolist(), topic) >= _ON_TOPIC
    )


def sources_named(
    library: Library, topic: Sequence[Term], entries: Sequence[Entry]
) -> tuple[Entry, ...]:
    """Those of `entries` whose cards hold most of the topic: several where they hold as much.

    A word that few cards hold tells more. Empty where no card holds enough of it, or any.
    """
    if not topic or not entries:
        return ()
    shares = held(topic, *(_on_card(entry.source) for entry in entries)) >= 1.0
    told = shares.sum(axis=0)
    weights = [term.weight / max(1, int(count)) for term, count in zip(topic, told, strict=True)]
    scores = shares @ weights
    best = scores.max()
    is_named = any(term.is_name and count for term, count in zip(topic, told, strict=True))
    most = max(mean_held(row.tolist(), topic) for row in shares)
    if best <= 0.0 or not (is_named or most >= _NAMED):
        return ()
    found = tuple(entry for entry, score in zip(entries, scores, strict=True) if score >= best)
    return _first_of_each_story(library, found)


def points_wanted(question: Question) -> int | None:
    """How many points are wanted: "in three sentences"; `None` where it does not say."""
    for one in read_quantities(question.words):
        if isinstance(one, Number) and 1 <= one.value <= MOST_POINTS and not one.is_share:
            return int(one.value)
    return None


def day_named(question: Question) -> Date | None:
    """The day, month or year that the request names first."""
    found = (one for one in read_quantities(question.words) if isinstance(one, Date))
    return next((one for one in found if not one.is_decade), None)


def _on_card(source: Source) -> str:
    card = source.card
    return " . ".join(filter(None, (card.title, card.publisher, card.author, *card.tags)))


def _first_of_each_story(library: Library, found: Sequence[Entry]) -> tuple[Entry, ...]:
    stories = library.catalogue.stories([entry.source.slug for entry in found])
    first: dict[str, Entry] = {}
    for entry in found:
        first.setdefault(stories.get(entry.source.slug, entry.source.slug), entry)
    return tuple(first.values())


@cache
def _words_of_requests(intent: Intent) -> frozenset[str]:
    file = FILE.with_name("intent_examples.json")
    requests = json.loads(file.read_text(encoding="utf-8"))["requests"][intent]
    return frozenset(stem(word) for one in requests for word in WORD.findall(one))
