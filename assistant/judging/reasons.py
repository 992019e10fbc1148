"""Why the sources do not answer, in plain words: what is missing, or what they speak of instead."""

from collections.abc import Callable, Sequence

from assistant.asking.aliases import is_mentioned
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.tongues import is_english
from assistant.asking.values import is_date
from assistant.judging.evidence import Evidence

_NOT_ENGLISH = (
    "The question does not seem to be in English. Ask in English; other languages are found "
    "only by the very words of a source."
)

VALUE_NAMES: dict[Kind, str] = {
    "count": "number",
    "quantity": "number",
    "money": "amount of money",
    "date": "date",
}
_SEVERAL = {
    "length of time": "lengths of time",
    "number": "numbers",
    "amount of money": "amounts of money",
    "date": "dates",
}
_NEAR_RELEVANCE = 0.21
"""`Evidence.relevance` of what is near without answering: half of what an answer needs."""


def what_is_far(question: Question, best: Evidence, mentions: Callable[[str], int]) -> str:
    if not is_english(question.words):
        return _NOT_ENGLISH
    absent = [
        term
        for term, held in zip(question.subjects, best.covered, strict=True)
        if held < 0.3 and not is_mentioned(term.word, mentions)
    ]
    value = _value_name(question)
    if value and best.values:
        return f"The nearest passages give {_SEVERAL[value]}, but none clearly for this."
    if value:
        return without_value(question)
    names = [term.word for term in absent if term.is_name]
    if names:
        return unmentioned(question, names)
    near = best.relevance >= _NEAR_RELEVANCE
    if absent:
        words = _listed([f"“{term.word}”" for term in absent])
        rest = "; the nearest passages are about something else" if near else ""
        return f"No source uses the word{'s' if len(absent) > 1 else ''} {words}{rest}."
    if near:
        return "The nearest passages are about something else."
    return "No passage comes near to this question."


def _value_name(question: Question) -> str | None:
    return "length of time" if question.wants_duration else VALUE_NAMES.get(question.kind)


def without_value(question: Question) -> str:
    if question.wants_duration:
        return "The sources do not say how long."
    return f"The sources give no {_value_name(question)} for this."


def unmentioned(question: Question, names: Sequence[str]) -> str:
    """The reason that names them, two that stand side by side as one: "Angela Merkel"."""
    if not is_english(question.words):
        return _NOT_ENGLISH
    whole: list[str] = []
    for name in names:
        if whole and f"{whole[-1]} {name}" in question.words:
            whole[-1] += f" {name}"
        else:
            whole.append(name)
    if all(is_date(name) for name in whole):
        return (
            f"No text mentions {_listed(whole)}. To see what was published then, "
            "set the dates beside the question."
        )
    return f"No source mentions {_listed(whole)}."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
