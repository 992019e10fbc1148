"""Sources of which not all could be read: silence must not claim what may stand there."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer
from sources.catalogue import Catalogue
from sources.problems import unread
from sources.source import Source

MAX_NAMED = 3
_ABSENCE = re.compile(r"\b(N|n)(?=o (?:source|text) (?:in \w+ )?(?:mentions|uses|has|reports) )")
"""Reasons claim what no source says in these words."""


def with_unread_parts(answer: Answer, catalogue: Catalogue) -> Answer:
    """The answer, whose reason claims that no source has a word only of what could be read."""
    if not answer.reason or not _ABSENCE.search(answer.reason):
        return answer
    sources = catalogue.with_unread()
    if not sources:
        return answer
    return replace(answer, reason=f"{_only_of_what_was_read(answer.reason)} {_told(sources)}")


def _only_of_what_was_read(reason: str) -> str:
    return _ABSENCE.sub(
        lambda found: f"{'I' if found[1] == 'N' else 'i'}n what could be read, n", reason
    )


def _told(sources: Sequence[Source]) -> str:
    said = [
        f"Of “{source.card.title}”, {', and '.join(unread(source.problems)).rstrip('.')}."
        for source in sources[:MAX_NAMED]
    ]
    more = len(sources) - MAX_NAMED
    if more > 0:
        said.append(f"{more:,} more {'source has' if more == 1 else 'sources have'} unread parts.")
    return " ".join(said)
