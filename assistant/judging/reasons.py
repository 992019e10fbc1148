"""Why the sources do not answer, in plain words: what is missing, or what they speak of instead."""

from collections.abc import Callable, Sequence

from assistant.asking.aliases import is_mentioned
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question, Term
from assistant.asking.values import is_date
from assistant.judging.evidence import Evidence
from sources.language import is_foreign, language_of_question, name_of

UNCERTAIN = "Nothing that was found answers for certain: read them, and the text around them."
"""Why an answer is no more than likely."""
UNCERTAIN_PART = "Nothing that was found answers it for certain."
"""Why a part of a question is not answered that a sentence may answer."""

VALUE_NAMES: dict[Kind, str] = {
    "count": "number",
    "quantity": "number",
    "money": "amount of money",
    "date": "date",
}
_SEVERAL = {
    "number": "numbers",
    "amount of money": "amounts of money",
    "date": "dates",
}
_NOTHING_NEAR = 0.1
"""`Evidence.relevance` below which nothing is near at all. Over the shipped article, with
`all-MiniLM-L6-v2`, 1 of 12 everyday questions about it lies below, 8 of 10 about other things."""
_UNSAID: dict[Kind, str] = {
    "reason": "say why",
    "manner": "say how",
    "person": "say who",
    "place": "say where",
    "yes_no": "say whether it is so",
}
_HELD = 0.9
"""Share of a word (`Evidence.covered`) from which a sentence has it."""
_NEAR_RELEVANCE = 0.21
"""`Evidence.relevance` of what is near without answering: half of what an answer needs."""
_TELLING = 0.72
"""`Term.weight` of a word whose absence says something: "sanctions", but not "met" or "size"."""


def comes_near(evidence: Sequence[Evidence]) -> bool:
    """Whether anything of `evidence`, the most to the point first, is worth a second opinion."""
    return bool(evidence) and evidence[0].relevance >= _NOTHING_NEAR


def what_is_far(
    question: Question,
    evidence: Sequence[Evidence],
    mentions: Callable[[str], int],
    languages: Sequence[str] = ("en",),
) -> str:
    """What the nearest sentence speaks of, and what of the question no source says.

    `evidence` is not empty, and the most to the point comes first. Where the library's texts
    are in other `languages` than the question, too, it says how those were looked through:
    that they lack its words says nothing.
    """
    if is_foreign(question.words):
        return _asked_in_another_language(question, languages)
    others = [code for code in languages if code != "en"]
    reason = _what_is_far(question, evidence, mentions, "in English " if others else "")
    if not others:
        return reason
    names = _listed(sorted(map(name_of, others)), "and")
    return f"{reason} Texts in {names} were searched by meaning and by names alone."


def _asked_in_another_language(question: Question, languages: Sequence[str]) -> str:
    code = language_of_question(question.words)
    spoken = name_of(code) if code else "another language than English"
    by_words = f", its words in those in {spoken}" if code in languages else ""
    return (
        f"The nearest passages do not clearly answer this. The question seems to be in {spoken}: "
        f"its meaning and its names were looked for in all texts{by_words}."
    )


def _what_is_far(
    question: Question,
    evidence: Sequence[Evidence],
    mentions: Callable[[str], int],
    where: str,
) -> str:
    """The reason for a question in English; `where` says among which sources words are absent."""
    best = evidence[0]
    if question.wants_value:
        return _without_value(question, best)
    held = dict(zip(question.subjects, best.covered, strict=True))
    spoken_of = [term for term, share in held.items() if share >= _HELD]
    absent = [
        term
        for term, share in held.items()
        if share < _HELD and not is_mentioned(term.word, mentions)
    ]
    if any(term.is_name for term in absent):
        return unmentioned(question, [term.word for term in absent if term.is_name])
    if spoken_of:
        unsaid = _UNSAID.get(question.kind, "answer this")
        telling = [term for term in absent if term.weight >= _TELLING]
        rest = f"; no source {where}uses {_words(telling)}" if telling else ""
        words = in_words(spoken_of, question, "and")
        return f"The nearest passage speaks of {words}, but does not clearly {unsaid}{rest}."
    near = best.relevance >= _NEAR_RELEVANCE
    if absent:
        rest = "; the nearest passages are about something else" if near else ""
        return f"No source {where}uses {_words(absent)}{rest}."
    if near:
        return "The nearest passages are about something else."
    return "No passage comes near to this question."


def _without_value(question: Question, best: Evidence) -> str:
    if question.wants_duration:
        return "The nearest passages do not clearly say how long."
    value = VALUE_NAMES[question.kind]
    if best.values:
        return f"The nearest passages give {_SEVERAL[value]}, but none clearly for this."
    return f"The nearest passages give no {value} for this."


def in_words(terms: Sequence[Term], question: Question, joined_by: str) -> str:
    """The terms in quotation marks; names or plain words that stand side by side as one."""
    whole: list[str] = []
    last: Term | None = None
    for term in terms:
        is_one = last is not None and (last.is_name == term.is_name or last.word[0].isdigit())
        if is_one and f"{whole[-1]} {term.word}" in question.words:
            whole[-1] += f" {term.word}"
        else:
            whole.append(term.word)
        last = term
    return _listed([f"“{words}”" for words in whole], joined_by)


def unmentioned(question: Question, names: Sequence[str]) -> str:
    """The reason that names them, two that stand side by side as one: "Angela Merkel"."""
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


def _words(terms: Sequence[Term]) -> str:
    words = _listed([f"“{term.word}”" for term in terms])
    return f"the word{'s' if len(terms) > 1 else ''} {words}"


def _listed(words: Sequence[str], joined_by: str = "or") -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"
