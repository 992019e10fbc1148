"""Why: a bare "Why?" is answered by a reason for what was asked before, and not by that again."""

import re
from collections.abc import Sequence

from assistant.asking.alike import is_light, said_in
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence

_REASON = re.compile(
    r"\b(?:because|since|therefore|thus|hence|due to|owing to|thanks to|in order to|so that"
    r"|so as to|for fear|reasons?|grounds|aim(?:s|ed)? (?:to|at)|in response to|as a result)\b"
    r"|\bto (?:deter|prevent|ensure|avoid|protect|sustain|guarantee|secure|defend|stop"
    r"|keep|help)\b",
    re.IGNORECASE,
)
_HELD = 0.9


def with_a_reason(question: Question, good: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Of `good`, what gives a reason; all of them where the question is no bare "Why?"."""
    if question.kind != "reason" or not question.takes_over:
        return tuple(good)
    return tuple(one for one in good if _speaks_of_all(question, one) and _REASON.search(one.words))


def _speaks_of_all(question: Question, one: Evidence) -> bool:
    """Whether it holds all that was asked before, each word or one that does its work."""
    held = zip(question.subjects, one.covered, strict=True)
    names = all(share >= _HELD for term, share in held if term.is_name)
    rest = [term.word for term in question.subjects if not term.is_name and not is_light(term.word)]
    return names and all(said_in(rest, one.in_reach, either_way=True))
