"""When: a day answers only where its sentence speaks of the very event that is asked about.

The day on which a treaty was signed is not the day on which it was cancelled, and the date of
an interview is nobody's birthday.
"""

import re
from collections.abc import Sequence

from assistant.asking.alike import is_light, said_in, says_most
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, near_the_best

_EVENT = re.compile(
    r"(?:and |but |so |then )?(?:on (?:what|which) (?:day|date)|(?:since )?when)"
    r" (?:was|were|is|are|did|do|does|will|would|shall|should|can|could|has|have|had|must)\b",
    re.IGNORECASE,
)


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
    return found or tuple(
        one for one in near_the_best(evidence) if one.values and _says(words, one)
    )


def _says(words: Sequence[str], one: Evidence) -> bool:
    return says_most(said_in(words, one.in_reach))
