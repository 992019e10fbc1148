"""The few sentences of a library that say most about a topic, no two of them the same."""

import re

from assistant.briefing.on_topic import OnTopic
from index.retrieval import Match
from sources.source import Span

KEY_POINTS = 5
MAX_ALIKE = 0.6
"""Two sentences that share more of their words are one key point."""
MIN_WORDS = 6


def best_sentences(about: OnTopic) -> list[tuple[Match, Span]]:
    """The nearest sentences; those that are about the topic by their words come first."""
    everything = about.everything
    ranked = sorted(
        (
            (by_its_words, similarity, match, Span(sentence.start, sentence.end))
            for match in about.matches
            if everything.originals.get(match.passage.source) == match.passage.source
            for similarity, sentence in zip(
                match.sentence_similarities, match.passage.sentences, strict=True
            )
            if sentence in everything.texts[match.passage.source][1].sentences
            for by_its_words in [(match.passage.source, sentence.start) in about.by_its_words]
            if about.is_central(match.passage.source, sentence.start, similarity)
        ),
        key=lambda choice: choice[:2],
        reverse=True,
    )
    chosen: list[tuple[Match, Span]] = []
    seen: list[set[str]] = []
    for *_, match, sentence in ranked:
        words = set(re.findall(r"\w+", match.passage.words_of(sentence).casefold()))
        alike = any(len(words & one) > MAX_ALIKE * min(len(words), len(one)) for one in seen)
        if len(words) >= MIN_WORDS and not alike:
            chosen.append((match, sentence))
            seen.append(words)
        if len(chosen) == KEY_POINTS:
            break
    return chosen
