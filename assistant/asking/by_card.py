"""Whose texts a question is about, where their cards alone say it: a publisher, an author, a kind.

"What does Polskie Radio say about …?" asks the texts that it published, none of which may
name it, and "What does the memo recommend?" the text whose title calls it a memo. The question
is then put to those texts, about "the source".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.asking.aliases import is_mentioned
from assistant.asking.questions import Question
from index.filters import Filters

Carded = Callable[[Sequence[str]], Sequence[str]]
"""The slugs of the sources on whose cards all these words stand, in one of some places."""

_KINDS = (
    "memo|memorandum|treaty|agreement|accord|pact|convention|protocol|minutes|interview|statement"
    "|letter|e-?mail|transcript|speech|communiqué|communique|report|draft|paper|study|briefing"
)
_SAYS = (
    "say|state|mention|recommend|provide|contain|define|require|conclude|propose|suggest|warn|call"
    "|describe|report|advise|list|stipulate|speak|talk|claim|argue|demand|oblige|allow|forbid|cover"
    "|write|quote|cite|think|want|offer|announce|position|view|stance"
)


def narrowed_by_card(
    asked: Question,
    filters: Filters | None,
    *,
    mentions: Callable[[str], int],
    signed: Carded,
    titled: Carded,
) -> tuple[Question, Filters | None]:
    """The question and filters to answer by; the same ones where no card is meant.

    A card is meant where words of a publisher or an author are asked for whom no text names
    and a card does (`signed`), or those of a kind of text that a title or tag names (`titled`).
    """
    kind = _speaking(_KINDS, asked.words)
    read = (kind, titled([kind["who"].split()[-1]])) if kind and " " in kind["who"] else None
    for group in () if read else asked.names_side_by_side:
        names = [term.word for term in group]
        found = _speaking(r"[\s.]+".join(map(re.escape, names)), asked.words)
        if found and not _is_in_texts(names, mentions):
            read = found, signed(names)
    if read is None:
        return asked, filters
    found, slugs = read
    if filters and filters.sources:
        slugs = [slug for slug in slugs if slug in filters.sources]
    if not slugs:
        return asked, filters
    words = f"{asked.words[: found.start('who')]}the source{asked.words[found.end('who') :]}"
    return Question(words), replace(filters or Filters(), sources=tuple(slugs))


def _speaking(who: str, words: str) -> re.Match[str] | None:
    """Where it is asked what `who`, a pattern, says."""
    who = rf"(?P<who>(?:the |this |that )?(?:{who}))"
    says = rf"\b(?:do|does|did|has|have) {who}(?= (?:{_SAYS}))"
    told = rf"\baccording to {who}\b"
    return re.search(says, words, re.IGNORECASE) or re.search(told, words, re.IGNORECASE)


def _is_in_texts(names: Sequence[str], mentions: Callable[[str], int]) -> bool:
    return all(is_mentioned(name, mentions) for name in names) and mentions(" ".join(names)) > 0
