"""Why the sources do not answer, in plain words: what is missing, or what they speak of instead."""

import re
from collections.abc import Callable, Sequence

from assistant.asking.aliases import is_mentioned
from assistant.asking.asked_speaker import asked_speaker
from assistant.asking.counted import counted_in
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question, Term
from assistant.asking.values import is_date
from assistant.judging.evidence import Evidence, held
from assistant.judging.who_said import speaks
from sources.language import is_foreign, language_of_question, name_of

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
_NUMBER = re.compile(r"\d")
_NEAR_RELEVANCE = 0.21
"""`Evidence.relevance` of what is near without answering: half of what an answer needs."""
_HELD, _NEAR_IN_MEANING = 0.9, 0.4
"""Shares of a word (`Evidence.covered`) from which a sentence has it, or something near to it."""
_TELLING = 0.72
"""`Term.weight` of a word whose absence says something: "sanctions", but not "met" or "size"."""
_UNSAID: dict[Kind, str] = {
    "reason": "say why",
    "manner": "say how",
    "person": "say who",
    "place": "say where",
    "yes_no": "say whether it is so",
}


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
    spoken_of = [
        term for term, share in zip(question.subjects, best.covered, strict=True) if share >= _HELD
    ]
    value = _value_name(question)
    if value and best.values and spoken_of:
        words = in_words(spoken_of, question, "and")
        one = f"{'an' if value[0] == 'a' else 'a'} {value}"
        return f"The nearest passage gives {one} with {words}, but not clearly the one asked for."
    if value and best.values:
        return f"The nearest passages give {_SEVERAL[value]}, but none clearly for this."
    if value:
        return without_value(question, best)
    absent = _absent(question, evidence, mentions)
    if any(term.is_name for term in absent):
        return unmentioned(question, [term.word for term in absent if term.is_name])
    if (of_theirs := no_words_about(question, evidence)) is not None:
        return of_theirs
    if spoken_of:
        unsaid = _UNSAID.get(question.kind, "answer this")
        telling = [
            term for term in absent if term.weight >= _TELLING and not _is_near(term, evidence)
        ]
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


def no_words_about(question: Question, evidence: Sequence[Evidence]) -> str | None:
    """Why nothing that somebody says is the answer; `None` where no one's words are asked for."""
    asked = asked_speaker(question)
    if asked is None or not asked.topic:
        return None
    about = in_words(asked.topic, question, "and")
    if any(speaks(asked, one) for one in evidence):
        return (
            f"The nearest passages report words of {asked.called}, but none clearly about {about}."
        )
    return f"The nearest passages report no words of {asked.called} about {about}."


def no_words(question: Question, evidence: Sequence[Evidence]) -> str:
    """Why there are no words of somebody at all: only spoken of, or not known by that title."""
    asked = asked_speaker(question)
    who = asked.called if asked else in_words(question.names, question, "and")
    is_title = asked is not None and len(who.split()) > len(asked.names)
    title = who.casefold().removeprefix("the ")
    if is_title and not any(title in one.in_reach.casefold() for one in evidence):
        return f"The nearest passages name nobody as “{who}”. Ask by the name."
    return f"The nearest passages speak of {who}, but report no words of {who}."


def in_words(terms: Sequence[Term], question: Question, joined_by: str) -> str:
    """The terms in quotation marks; names or plain words that stand side by side as one."""
    whole: list[str] = []
    last: Term | None = None
    for term in terms:
        alike = last is not None and (last.is_name == term.is_name or last.word[0].isdigit())
        if alike and f"{whole[-1]} {term.word}" in question.words:
            whole[-1] += f" {term.word}"
        else:
            whole.append(term.word)
        last = term
    return _listed([f"“{words}”" for words in whole], joined_by)


def _words(terms: Sequence[Term]) -> str:
    words = _listed([f"“{term.word}”" for term in terms])
    return f"the word{'s' if len(terms) > 1 else ''} {words}"


def _absent(
    question: Question, evidence: Sequence[Evidence], mentions: Callable[[str], int]
) -> list[Term]:
    """Words of the question that neither the best sentence holds nor any source mentions."""
    return [
        term
        for term, share in zip(question.subjects, evidence[0].covered, strict=True)
        if share < _HELD and not is_mentioned(term.word, mentions)
    ]


def _is_near(term: Term, evidence: Sequence[Evidence]) -> bool:
    """Whether any sentence has something near to it in meaning: "secrecy" for "secret"."""
    return float(held((term,), *(one.words for one in evidence)).max()) >= _NEAR_IN_MEANING


def _value_name(question: Question) -> str | None:
    return "length of time" if question.wants_duration else VALUE_NAMES.get(question.kind)


def without_value(question: Question, best: Evidence) -> str:
    if question.wants_duration:
        return "The nearest passages do not say how long."
    asked = counted_in(question.words) if question.kind == "count" else None
    if asked is not None:
        near = "The nearest passages give numbers, but none" if _NUMBER.search(best.words) else None
        return f"{near or 'The nearest passages give no number'} of {asked.noun} for this."
    return f"The nearest passages give no {_value_name(question)} for this."


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


def _listed(words: Sequence[str], joined_by: str = "or") -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"
