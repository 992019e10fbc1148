"""When: a day answers only where its sentence speaks of the very event that is asked about.

The day on which a treaty was signed is not the day on which it was cancelled, and the date of
an interview is nobody's birthday.
"""

import re
from collections.abc import Sequence

from assistant.asking.alike import is_light, said_in
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence

_EVENT = re.compile(
    r"(?:and |but |so |then )?(?:on (?:what|which) (?:day|date)|(?:since )?when)"
    r" (?:was|were|is|are|did|do|does|will|would|shall|should|can|could|has|have|had|must)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 2 / 3
"""So many of the words that say what is asked have to be there, the last of them always."""
_NEAR_THE_BEST = 0.6
"""Share of the best one's relevance from which a sentence is looked at besides."""


def of_the_event(
    question: Question, good: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Of `good`, those that say what is asked about; else such ones of `evidence` with a day.

    All of `good` where no event is named: "When?", "When is it?".
    """
    words = [term.word for term in question.subjects if not (term.is_name or is_light(term.word))]
    if question.kind != "date" or question.takes_over or not words:
        return tuple(good)
    if _EVENT.match(question.words) is None:
        return tuple(good)
    found = tuple(one for one in good if _says(words, one))
    if found or not evidence:
        return found
    bar = _NEAR_THE_BEST * evidence[0].relevance
    return tuple(
        one for one in evidence if one.values and one.relevance >= bar and _says(words, one)
    )


def _says(words: Sequence[str], one: Evidence) -> bool:
    said = said_in(words, one.in_reach)
    return said[-1] and sum(said) >= _MOST_WORDS * len(said)
