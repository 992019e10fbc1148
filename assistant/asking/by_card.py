"""Whose texts a question is about, where their cards alone say it: a publisher, an author, a kind.

"What does Polskie Radio say about …?" asks the texts that it published, none of which may
name it, and "What does the memo recommend?" the text whose title calls it a memo. The question
is then put to those texts, about "the source".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.asking.aliases import is_mentioned
from assistant.asking.asked_speaker import asked_speaker
from assistant.asking.questions import Question, Term
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
    "|write|quote|cite"
)
_OF_A_KIND = re.compile(
    rf"\b(?:do|does|did) (?P<does>(?:the|this|that) (?P<kind>{_KINDS})) (?:{_SAYS})\b"
    rf"|\baccording to (?P<told>(?:the|this|that) (?P<kind_told>{_KINDS}))\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    rf"\b(?:do|does|did|has|have) (?P<who>[^?]+?) (?:{_SAYS})\w*\b", re.IGNORECASE
)
_SAYS_ANYTHING = re.compile(
    r"^(?:do|does|did|has|have) the source (?:report|write|written|cover|mention|speak|talk"
    r"|say anything|said anything)\w*(?: (?:on|about|of))? (?P<topic>[^?]+)\?*$",
    re.IGNORECASE,
)
"""Whether it says anything of something is answered by what it says."""
_DOES = re.compile(
    r"^what (?:do|does|did) the source (?P<deed>(?!(?:say|state|mention|contain|write|report|speak"
    r"|talk|describe|cover|call)\b)\w+(?: [^? ]+){0,3})\?*$",
    re.IGNORECASE,
)
"""What it recommends is what it says with that word."""
_AGAINST = re.compile(
    r"^(?:do|does|did) (?P<one>[^?]+?) (?:and (?P<both>[^?]+?) )?"
    r"(?:contradict|confirm|agree|disagree|differ)(?: with| from)?"
    r"(?: (?P<other>(?:the )?[A-Z][^?]*?))? (?:on|about|over) (?P<topic>[^?]+)\?*$",
    re.IGNORECASE,
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
    read = _of_a_kind(asked, titled) or _against_each_other(asked, mentions, signed)
    read = read or _of_a_name(asked, mentions, signed)
    if read is None:
        return asked, filters
    words, found = read
    allowed = set(filters.sources) if filters and filters.sources else None
    slugs = tuple(slug for slug in found if allowed is None or slug in allowed)
    if not slugs:
        return asked, filters
    return Question(words), replace(filters or Filters(), sources=slugs)


_Read = tuple[str, Sequence[str]]
"""The question as it is put to the sources, and their slugs."""


def _of_a_kind(asked: Question, titled: Carded) -> _Read | None:
    found = _OF_A_KIND.search(asked.words)
    if found is None:
        return None
    group = "does" if found["does"] else "told"
    words = f"{asked.words[: found.start(group)]}the source{asked.words[found.end(group) :]}"
    return _as_topic(words), titled([found["kind"] or found["kind_told"]])


def _as_topic(words: str) -> str:
    """The question that a source is asked, by what it is to speak of."""
    deed = _DOES.match(words)
    if deed is not None:
        return deed["deed"]
    anything = _SAYS_ANYTHING.match(words)
    return f"What do the sources say about {anything['topic']}?" if anything else words


def _against_each_other(
    asked: Question, mentions: Callable[[str], int], signed: Carded
) -> _Read | None:
    """ "Does the Courier contradict the Standard on the toll?" asks both about the toll."""
    found = _AGAINST.match(asked.words)
    if found is None or not (found["both"] or found["other"]):
        return None
    slugs: list[str] = []
    for side in (found["one"], found["both"], found["other"]):
        names = [term.word for term in asked.names if side and term.word in side.split()]
        own = signed(names) if names and not _is_in_texts(names, mentions) else ()
        if side and not own:
            return None
        slugs += own
    return found["topic"].strip().removeprefix("the "), tuple(dict.fromkeys(slugs))


def _of_a_name(asked: Question, mentions: Callable[[str], int], signed: Carded) -> _Read | None:
    for names in _asked_to_speak(asked):
        words = [name.word for name in names]
        if not words or _is_in_texts(words, mentions):
            continue
        together = r"[\s.]+".join(map(re.escape, words))
        called = re.compile(rf"\b(?:the )?{together}\b", re.IGNORECASE)
        rest, replaced = called.subn("the source", asked.words, count=1)
        if replaced and (slugs := signed(words)):
            return _as_topic(rest), slugs
    return None


def _asked_to_speak(asked: Question) -> Iterator[list[Term]]:
    """The names of whoever is asked for words, or for what they report."""
    speaker = asked_speaker(asked)
    if speaker is not None:
        yield [term for term in speaker.names if term.is_name]
    reports = _REPORTS.search(asked.words)
    if reports is not None:
        yield [term for term in asked.names if term.word in reports["who"].split()]


def _is_in_texts(names: Sequence[str], mentions: Callable[[str], int]) -> bool:
    return all(is_mentioned(name, mentions) for name in names) and mentions(" ".join(names)) > 0
