"""Whether it is so: a question of yes or no is answered by what speaks of the whole of it.

Who shares a name with the question says nothing about what it asks: "Will the U.S. send troops?"
is about sending and troops, and about a U.S. that sends them. What a passage has introduced need
not be said in full again: "the force" is the stabilisation force, "either Party" each that made
the treaty.
"""

import re
from collections.abc import Sequence

from assistant.asking.alike import is_light, said_in, says_most
from assistant.asking.questions import Question, Term
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence, near_the_best

_REQUEST = re.compile(r"(?:and |but |so )?(?:can|could|would|will) you\b", re.IGNORECASE)
"""What only has the form of such a question: "Can you tell me about …?"."""
_EVERY_PARTY = re.compile(
    r"\b(?:either|each|both|any|the) (?:of the )?(?:(?:high )?contracting )?part(?:y|ies)\b",
    re.IGNORECASE,
)
"""Words of a treaty for whoever made it."""
_HELD = 0.9


def says_whether(
    question: Question, good: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Of `good`, those that speak of all that is asked; else such ones of `evidence`.

    All of `good` for a question of another kind, or one that asks nothing but names.
    """
    if not asks_whether(question):
        return tuple(good)
    found = tuple(one for one in good if _speaks_of_all(question, one))
    return found or tuple(one for one in near_the_best(evidence) if _speaks_of_all(question, one))


def asks_whether(question: Question) -> bool:
    """Whether it asks if something is so, in words of its own."""
    is_bare = not question.subjects or question.takes_over
    return question.kind == "yes_no" and not is_bare and _REQUEST.match(question.words) is None


def _speaks_of_all(question: Question, one: Evidence) -> bool:
    if any(
        term.is_name and share < _HELD and not _is_a_party(term, one)
        for term, share in zip(question.subjects, one.covered, strict=True)
    ):
        return False
    terms = [
        term
        for term in question.subjects
        if term.word[0].isdigit() or not (term.is_name or is_light(term.word))
    ]
    words = [term.word for term in terms]
    said = list(said_in(words, one.in_reach, either_way=True))
    around = said_in(words, one.match.passage.content, either_way=True)
    for place in range(len(said) - 1):
        is_modifier = f"{words[place]} {words[place + 1]}" in question.words
        said[place] |= is_modifier and said[place + 1] and around[place]
    return not said or says_most(said)


def _is_a_party(term: Term, one: Evidence) -> bool:
    """Whether a sentence about "either Party" is about the one that its passage names."""
    if not _EVERY_PARTY.search(one.words):
        return False
    stems = {stem(word) for word in WORD.findall(one.match.passage.content)}
    return bool(term.stems & stems)
