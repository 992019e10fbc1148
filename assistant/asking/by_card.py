"""Whose texts a question is about, where their cards alone say it: a publisher, an author.

"What does Polskie Radio say about …?" asks the texts that it published, none of which may
name it. The question is then put to those texts, about "the source".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.asking.aliases import is_mentioned
from assistant.asking.asked_speaker import asked_speaker
from assistant.asking.questions import Question
from index.filters import Filters

Signed = Callable[[Sequence[str]], Sequence[str]]
"""The slugs of the sources whose publisher or author has all these words."""


def narrowed_by_card(
    asked: Question,
    filters: Filters | None,
    *,
    mentions: Callable[[str], int],
    signed: Signed,
) -> tuple[Question, Filters | None]:
    """The question and filters to answer by; the same ones where no card is meant.

    A card is meant where the words of somebody are asked for whom no text names and the card
    of a source does.
    """
    speaker = asked_speaker(asked)
    names = [term for term in speaker.names if term.is_name] if speaker else []
    if not names or all(is_mentioned(name.word, mentions) for name in names):
        return asked, filters
    words = [name.word for name in names]
    together = r"[\s.]+".join(map(re.escape, words))
    called = re.compile(rf"\b(?:the )?{together}\b", re.IGNORECASE)
    rest, replaced = called.subn("the source", asked.words, count=1)
    allowed = set(filters.sources) if filters and filters.sources else None
    slugs = tuple(slug for slug in signed(words) if allowed is None or slug in allowed)
    if not replaced or not slugs:
        return asked, filters
    return Question(rest), replace(filters or Filters(), sources=slugs)
