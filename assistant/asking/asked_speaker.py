"""Whose words a question asks for: "What did Witkoff offer?", "the Kremlin's position on …".

Pure reading of the question; who said what in a source stands in `who_said`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asking.aliases import abbreviated
from assistant.asking.numbered_parts import numbered_part
from assistant.asking.questions import Question, Term
from assistant.asking.vocabulary import WORD, stem
from assistant.speakers.verbs import NEEDS

MAX_NAME_WORDS = 8

_PLAIN = frozenset(
    "say says said tell tells told state states stated report reports reported think thinks"
    " thought believe believes believed argue argues argued answer answered reply replies replied"
    " explain explained declare declared announce announced want wants wanted claim claims claimed"
    " mean means express expressed".split()
)
"""Verbs that any words of a speaker satisfy; every other verb has to be in what is said."""
_WORDS_ONLY = frozenset(
    "say says said tell tells told state stated announce announced declare declared".split()
)
_VERB = "|".join(
    sorted(
        _PLAIN | NEEDS.keys() | frozenset("offered intend plan plans planned require".split()),
        key=len,
        reverse=True,
    )
)
_NOUN = (
    r"(?:positions?|views?|stances?|opinions?|attitudes?|line|responses?|reactions?|demands?"
    r"|statements?|remarks?|arguments?)"
)
_ABOUT = r"(?:on|about|regarding|concerning|over|towards?|to|for)"
_IS_NO_NAME = re.compile(
    r"\b(?:would|will|could|can|should|shall|may|might|must|do|does|did|is|are|was|were)\b"
    r"|\b(?:and|or|to|but)\s*$",
    re.IGNORECASE,
)
"""Words of a whole clause: "what role would neutral states play" asks for no one's words."""
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat (?:\w+ )?(?:did|does|do|has|have|had) (?P<who>.+?) (?P<deed>{_VERB})\b",
        rf"\b(?:what|everything|all)(?: that)? (?P<who>[^?]+?) (?P<deed>{_VERB})\b",
        r"^(?:and )?(?:did|does|do|has|have) (?P<who>.+?) (?:speak|spoken|talk|talked|comment"
        r"|commented|mention|mentioned|say anything|said anything)\b",
        rf"\b{_NOUN} of (?P<who>.+?)(?= {_ABOUT}\b|[?.!]*$)",
        rf"\b(?:what(?:['’]s| is| are| was| were)|summari[sz]e|describe|give me) "
        rf"(?:the )?(?P<who>.+?)(?:['’]s?)? {_NOUN}\b",
        r"\baccording to (?P<who>[^,?.]+)",
    )
)


@dataclass(frozen=True, slots=True)
class AskedSpeaker:
    """Somebody whose words are asked for."""

    names: tuple[Term, ...]
    """Words that the speaker's name or title has to hold."""
    called: str
    """What the question calls the speaker: "the President of Ukraine"."""
    deed: str | None
    """The stem of a verb that what is said has to hold ("offer"); `None` where any words do."""
    topic: tuple[Term, ...]
    """What the words have to be about; empty where all words are asked for."""
    wants_words_only: bool
    """Whether it asks what was said, in so many words."""


def asked_speaker(question: Question) -> AskedSpeaker | None:
    """The speaker that `question` asks to hear; `None` where it asks for no one's words.

    An article or an annex speaks for itself, and is no speaker.
    """
    words = abbreviated(question.words)
    for pattern in _PATTERNS:
        found = pattern.search(words)
        if found is None or len(found["who"].split()) > MAX_NAME_WORDS:
            continue
        if _IS_NO_NAME.search(found["who"]):
            continue
        deed = (found.groupdict().get("deed") or "").lower()
        skipped = {stem(word) for word in WORD.findall(found.group().replace(found["who"], " "))}
        if numbered_part(found["who"]) is not None:
            continue
        names = _terms_in(found["who"], question.terms)
        if not any(not term.is_idle for term in names):
            continue
        known = {term.stem for term in names} | skipped
        return AskedSpeaker(
            names=names,
            called=found["who"].strip(),
            deed=stem(deed) if deed and deed not in _PLAIN else None,
            topic=tuple(term for term in question.subjects if term.stem not in known),
            wants_words_only=deed in _WORDS_ONLY,
        )
    return None


def _terms_in(words: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    stems = {stem(word) for word in WORD.findall(words)}
    return tuple(term for term in terms if term.stem in stems)
