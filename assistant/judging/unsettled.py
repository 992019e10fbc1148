"""What is open, and who is against it: questions that ask for a kind of sentence.

"What is unclear?" shares no word with "Germany has not decided"; what both mean is told by
the words for what is not settled, and for saying no.
"""

import re
from collections.abc import Sequence

from assistant.asking.questions import Question, Term
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence

MAX_SENTENCES = 6
_MIN_TOPIC = 0.6
"""Share of the topic that a sentence must hold."""

_ASKS_OPEN = re.compile(
    r"\b(?:what|which|anything|is there)\b.*\b(?:unclear|unresolved|undecided|unsettled|uncertain"
    r"|outstanding|(?:still |remains? |left )open|open (?:issues?|questions?|points?)"
    r"|not (?:yet )?(?:been )?(?:agreed|decided|settled|resolved|clear))\b"
    r"|\b(?:disputed|contested|contentious|controversial|unresolved|open|outstanding)"
    r" (?:issues?|questions?|points?)\b|\bsticking points?\b",
    re.IGNORECASE,
)
_ASKS_DISSENT = re.compile(
    r"\b(?:who|which \w+|anyone|anybody)\b(?:.{0,30})\b(?:disagrees?|disagreed|oppos(?:es?|ed)"
    r"|objects?|objected|rejects?|rejected|against|dissents?)\b|\bdisagreements?\b|\bopponents\b",
    re.IGNORECASE,
)
_ASKING = frozenset(
    stem(word)
    for word in """unclear unresolved undecided unsettled uncertain outstanding open remain left
    still agreed decided settled resolved clear yet disputed contested contentious controversial
    issue question point sticking disagree disagreement oppose opposed opponent object reject
    dissent anything anyone anybody there current currently main""".split()
)
_OPEN = re.compile(
    r"\b(?:unclear|unresolved|undecided|unsettled|uncertain|disputed|contested|obstacles?"
    r"|stumbling block|sticking points?|under discussion|whether|gap|tensions?|disagree\w*)\b"
    r"|\b(?:still|remains?|is|are|was|were|left) open\b"
    r"|\bdifferences (?:have|over|between|remain)\b"
    r"|\b(?:has|have|had|is|are|was|were) not (?:yet )?(?:been )?"
    r"(?:decided|agreed|signed|settled|resolved|ratified|approved|clear|known)\b"
    r"|\bwithout (?:an agreed|an agreement|agreement|a text|a deal)\b"
    r"|\b(?:is|are|was|were) (?:still )?(?:discussing|debating|negotiating|considering)\b",
    re.IGNORECASE,
)
_DISSENT = re.compile(
    r"\b(?:reject|oppos|object(?:ed|s to|ion)|veto|refus|disagree|condemn|resist|contradict)\w*\b"
    r"|\b(?:would|will|could|can) (?:not|never)\b|\b(?:is|are|was|were) against\b"
    r"|\binsists?\b.*\bwhile\b|\bdifferences (?:have|over|between|remain)\b|\btensions? between\b",
    re.IGNORECASE,
)
_ALSO = {
    _OPEN: "undecided, unresolved, still open, not agreed, under discussion, obstacle, differences",
    _DISSENT: "rejects, opposes, would not accept, refuses, veto, disagreement, differences",
}
"""Words that such sentences hold, to find them by."""


def also_sought(question: Question) -> str:
    """Words to search for beside the question's own; empty for any other question."""
    sign = _sign(question)
    return "" if sign is None else _ALSO[sign]


def asks_what_is_open(question: Question) -> bool:
    """Whether it wants what is not settled, so that nothing settled can answer it."""
    return _ASKS_OPEN.search(question.words) is not None


def unsettled(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences that say what is open, or who is against it, in their sources' order.

    Empty where the question asks for neither, or no sentence about its topic says so.
    """
    sign = _sign(question)
    if sign is None:
        return ()
    topic = [term for term in question.subjects if term.stem not in _ASKING]
    found: list[Evidence] = []
    for one in evidence:
        known = any(_folded(one.words) == _folded(other.words) for other in found)
        if sign.search(one.words) and not known and _is_about(topic, question, one):
            found.append(one)
    found = found[:MAX_SENTENCES]
    sources = list(dict.fromkeys(one.match.passage.source for one in found))
    return tuple(
        sorted(found, key=lambda one: (sources.index(one.match.passage.source), one.sentence))
    )


def _sign(question: Question) -> re.Pattern[str] | None:
    if _ASKS_OPEN.search(question.words):
        return _OPEN
    return _DISSENT if _ASKS_DISSENT.search(question.words) else None


def _is_about(topic: Sequence[Term], question: Question, one: Evidence) -> bool:
    held = {term.stem: share for term, share in zip(question.subjects, one.covered, strict=True)}
    if any(term.is_name and held[term.stem] < 0.9 for term in topic):
        return False
    weight = sum(term.weight for term in topic)
    return sum(held[term.stem] * term.weight for term in topic) >= _MIN_TOPIC * weight


def _folded(words: str) -> list[str]:
    return [stem(word) for word in WORD.findall(words)]
