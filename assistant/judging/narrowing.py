"""Of the sentences that were found, those that hold the very thing that is asked for.

The two bars were set by hand on questions over the shipped article. Where the fitted model
judges they do not decide whether there is an answer, but which sentences may stand in it.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.asking.questions import Question
from assistant.asking.values import names_anybody
from assistant.judging.evidence import Evidence, is_asked
from assistant.judging.reasons import VALUE_NAMES, no_words_about, without_value
from assistant.judging.when import of_the_event
from assistant.judging.whether import says_whether
from assistant.judging.who_said import about_the_topic
from assistant.judging.whom import is_told_whom, says_who
from assistant.judging.why import with_a_reason
from assistant.polarity import is_negated
from sources.quantities.quantity import Date, single
from sources.quantities.reading import read_quantities

MIN_RELEVANCE = 0.42
"""`Evidence.relevance` of the best sentence, below which it is about something else."""
MIN_COVERAGE = 0.40
"""Share of what the question says that its best sentence must hold."""
_NEAR_COVERAGE = 0.3
"""Share of it that a sentence must hold to give the place that better ones leave out."""

_WHICH_OF_MANY = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:countries|states|nations|governments|parties|members|allies)\b",
    re.IGNORECASE,
)

_Narrowed = tuple[tuple[Evidence, ...], str | None]
"""The sentences that are left, and why the question stays unanswered where it does."""


def narrow(
    question: Question,
    good: tuple[Evidence, ...],
    evidence: Sequence[Evidence],
    *,
    is_first: bool,
    is_said: bool,
) -> _Narrowed:
    """Of sentences that are near enough, those that hold the very thing that is asked for."""
    reason: str | None = None
    good = tuple(_answers_to_what_is_asked(good, evidence))
    if not is_said:
        good, reason = _on_the_topic(question, good, evidence)
        if is_first:
            reason = reason or _about_others(question, good)
        good = says_whether(question, good, evidence)
        if good and not (good := of_the_event(question, good, evidence)):
            reason = reason or "The nearest passages give dates, but none of this."
        if question.kind == "place":
            good, no_place = _with_a_place(question, good, evidence)
            reason = reason or no_place
    if not is_said:
        good = says_who(question, good, evidence)
        if good and not (good := with_a_reason(question, good)):
            reason = reason or "The nearest passages give no reason for this."
    if question.kind == "person":
        if not is_told_whom(question):
            good = tuple(one for one in good if names_anybody(question, one.in_reach))
        reason = reason or (None if good else "The nearest passages name nobody clearly for this.")
    good = of_the_year_asked(question, good)
    good, no_value = with_the_value_asked_for(question, good)
    return good, reason or no_value


def _answers_to_what_is_asked(
    good: Sequence[Evidence], evidence: Sequence[Evidence]
) -> Iterator[Evidence]:
    """In place of a question that a source asks, the sentence after it: "Do you agree?" "No."."""
    for one in good:
        if not is_asked(one.words):
            yield one
            continue
        yield from (
            other
            for other in evidence
            if other.match.passage.id == one.match.passage.id
            and other.lead is not None
            and other.lead.start == one.sentence.start
            and other not in good
        )


def _on_the_topic(
    question: Question, good: tuple[Evidence, ...], evidence: Sequence[Evidence]
) -> _Narrowed:
    left = about_the_topic(question, good, evidence)
    return left, no_words_about(question, evidence) if good and not left else None


def _about_others(question: Question, good: Sequence[Evidence]) -> str | None:
    elsewhere = _names_elsewhere(question, good)
    return f"Nothing that the sources say of {elsewhere} answers this." if elsewhere else None


def _with_a_place(
    question: Question, good: tuple[Evidence, ...], evidence: Sequence[Evidence]
) -> _Narrowed:
    near = [one for one in evidence if one.coverage >= _NEAR_COVERAGE]
    left = tuple(one for one in good if one.values) or tuple(with_value(question, near))
    return left, None if left else "The nearest passages name no place for this."


def with_the_value_asked_for(question: Question, good: tuple[Evidence, ...]) -> _Narrowed:
    """All of them where any gives the number or day that is asked for, if one is."""
    if good and question.kind in VALUE_NAMES and not any(one.values for one in good):
        return good, without_value(question, good[0])
    return good, None


def with_value(question: Question, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The few best sentences, of which each gives the value that is asked for."""
    for one in evidence[:3]:
        if one.values or question.kind not in (*VALUE_NAMES, "place"):
            yield one


def given_of_what_was_asked(
    question: Question, evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """To a bare "When?" or "How long?": sentences with the value and all that was asked before."""
    if not question.takes_over or question.kind not in (*VALUE_NAMES, "place"):
        return ()
    return tuple(one for one in evidence if one.values and min(one.covered) >= 0.9)


def of_the_year_asked(question: Question, good: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Where a year is asked of, those that speak of it or of none: 2025 says nothing of 2024."""
    years = _years_in(question.words)
    if not years:
        return good
    said = [(one, _years_in(one.in_reach)) for one in good]
    return tuple(one for one, of_years in said if not of_years or of_years & years)


def _years_in(words: str) -> set[int]:
    return {
        one.year
        for one in single(read_quantities(words))
        if isinstance(one, Date) and one.year is not None
    }


def of_the_same_sign(question: Question, good: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Where it is asked who or what does *not*, the sentences that deny, if any does.

    Where it is asked which of many do, those that do not deny, if there are such.
    """
    if question.kind == "yes_no":
        return good
    denies = is_negated(question.words)
    if not denies and _WHICH_OF_MANY.search(question.words) is None:
        return good
    if denies:
        return tuple(one for one in good if is_negated(one.words)) or good
    return tuple(one for one in good if not is_negated(one.in_reach)) or good


def _names_elsewhere(question: Question, good: Sequence[Evidence]) -> str | None:
    """The first name of the question that no good sentence holds, nor a name beside it."""
    held = {
        term.stem
        for one in good
        for term, share in zip(question.subjects, one.covered, strict=True)
        if term.is_name and share >= 0.9
    }
    for group in question.names_side_by_side:
        if good and not any(term.stem in held for term in group):
            return " ".join(term.word for term in group)
    return None


def speaks_to(question: Question, evidence: Evidence, is_first: bool) -> bool:
    """Whether a sentence is about what is asked: near enough, and with every name asked for."""
    if question.kind in VALUE_NAMES and not evidence.values:
        return False
    named = all(
        held >= 0.9
        for term, held in zip(question.subjects, evidence.covered, strict=True)
        if term.is_name
    )
    if question.wants_bearer and min(evidence.covered, default=1.0) < MIN_COVERAGE:
        return False
    coverage = evidence.coverage if is_first else max(evidence.coverage, evidence.earlier_coverage)
    return named and coverage >= MIN_COVERAGE and evidence.relevance >= MIN_RELEVANCE
