"""Who it is: a question of who is answered by what says who holds the role, or who did it.

Whoever else stands in a sentence is a bystander.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.asking.alike import said_in
from assistant.asking.bearers import Role, is_of_role, role_in
from assistant.asking.doers import Deed, deed_in, done_in
from assistant.asking.questions import Question
from assistant.asking.superlatives import superlatives_in
from assistant.asking.values import names_anybody
from assistant.asking.vocabulary import stem
from assistant.judging.evidence import Evidence, near_the_best

_AGAINST = re.compile(r"\bagainst\b", re.IGNORECASE)
_HELD = 0.9
_MOST_WORDS = 0.5
"""Share of what it was done to that has to be there."""


def says_who(
    question: Question, good: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Of `good`, what names the one asked for; else such sentences of `evidence`, or none.

    All of `good` where neither the bearer of a role nor the doer of a deed is asked for.
    """
    if (role := role_in(question.words)) is not None:
        return tuple(_of_role(role, good)) or tuple(_of_role(role, near_the_best(evidence)))
    if question.kind == "person" and (deed := deed_in(question.words)) is not None:
        of_deed = (deed, question)
        return _done(*of_deed, good) or _done(*of_deed, near_the_best(evidence))
    return tuple(good)


def told_whom(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences that name the one asked for and say all of the question: enough by rule."""
    if not is_told_whom(question) or question.takes_over or superlatives_in(question.words):
        return ()
    deed = deed_in(question.words)
    return tuple(
        one
        for one in evidence
        if (one.values or one.values_before)
        and not _is_turned_round(question, one)
        and all(
            share >= _HELD or (deed is not None and term.stem == stem(deed.verb))
            for term, share in zip(question.subjects, one.covered, strict=True)
        )
    )


def is_told_whom(question: Question) -> bool:
    """Whether the words of the question tell exactly whom a sentence has to name."""
    return role_in(question.words) is not None or deed_in(question.words) is not None


def _of_role(role: Role, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    return (one for one in evidence if is_of_role(role, one.in_reach))


def _done(deed: Deed, question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences that say who did it; else those that leave it open who did."""
    spoken_of = [one for one in evidence if _speaks_of_what(deed, question, one)]
    told = tuple(one for one in spoken_of if one.values or one.values_before or _is_told(deed, one))
    return told or tuple(one for one in spoken_of if _may_tell(deed, question, one))


def _is_told(deed: Deed, one: Evidence) -> bool:
    return any(done.is_before and one.lead is not None for done in done_in(deed, one.words))


def _may_tell(deed: Deed, question: Question, one: Evidence) -> bool:
    done = done_in(deed, one.words)
    is_open = any(place.is_open for place in done) and names_anybody(question, one.in_reach)
    return is_open or any(place.is_nobody for place in done)


def _is_turned_round(question: Question, one: Evidence) -> bool:
    """Whether it is asked who was against it, of which the sentence says nothing."""
    asks = _AGAINST.search(question.words) is not None
    return asks and _AGAINST.search(one.words) is None


def _speaks_of_what(deed: Deed, question: Question, one: Evidence) -> bool:
    if _is_turned_round(question, one):
        return False
    held = {term.stem: share for term, share in zip(question.subjects, one.covered, strict=True)}
    for group in question.names_side_by_side:
        if sum(held[term.stem] >= _HELD for term in group) < _MOST_WORDS * len(group):
            return False
    rest = [
        term.word for term in question.subjects if not term.is_name and term.stem != stem(deed.verb)
    ]
    said = said_in(rest, one.in_reach)
    return sum(said) >= _MOST_WORDS * len(said)
