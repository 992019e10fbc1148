"""Do these sentences answer this question? With the reason, in plain words.

Rules come first: a name that no source mentions, a number asked for and given nowhere. What
they let through is weighed by a logistic model over cheap signals (`signals`, `logistic`);
where the embedding model gives no vectors of word pieces, the rules decide alone.
Judging reads the evidence and never searches by itself, except to ask the word index
whether any source mentions a name or number at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.aliases import spellings
from assistant.answers import Verdict
from assistant.enumerating import counted_up
from assistant.evidence import Evidence
from assistant.kinds import Kind
from assistant.late_interaction import LateInteraction
from assistant.logistic import shipped_judge
from assistant.polarity import is_negated
from assistant.questions import Question, Term, ask_back, is_courtesy
from assistant.signals import read_signals
from assistant.tongues import is_english
from assistant.unsettled import asks_what_is_open, unsettled
from assistant.values import is_date, names_anybody
from assistant.who_said import about_the_topic, is_without_words, told_of, words_asked_for

MIN_RELEVANCE = 0.42
"""`Evidence.relevance` of the best sentence, below which it is about something else."""
MIN_COVERAGE = 0.40
"""Share of what the question says that its best sentence must hold."""
_NEAR_COVERAGE = 0.3
"""Share of it that a sentence must hold to give the place that better ones leave out."""

_NOT_ENGLISH = (
    "The question does not seem to be in English. Ask in English; other languages are found "
    "only by the very words of a source."
)

_VALUE_NAMES: dict[Kind, str] = {
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the sources answer, from which sentences, and if not wholly, what is missing."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    """What speaks to the question, the most to the point first; empty for silence."""
    reason: str | None = None
    unmentioned: tuple[str, ...] = ()
    """The names of the question that no source mentions."""
    is_chosen: bool = False
    """Whether `evidence` is the answer as it stands, in this order."""
    confidence: float = field(default=0.0, compare=False)
    """How sure it is that the sources answer, in [0, 1]; what a rule silenced counts half."""


def judge(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    mentions: Callable[[str], int],
    is_first: bool = True,
    is_filtered: bool = False,
    tokens: LateInteraction | None = None,
    confidence: float | None = None,
) -> Judgement:
    """The judgement on `evidence` (the most to the point first) for `question`.

    `mentions` counts the passages of the library that hold a word or all of several words;
    `is_first` says that no question came before, `is_filtered` that the search was narrowed.
    Without `tokens` the rules judge alone. `confidence` stands in for what the fitted model says.
    """
    if not evidence:
        where = "that the filters let through" if is_filtered else "in the library"
        return _silence(f"There is no source {where} to answer from.")
    said = words_asked_for(question, evidence) or told_of(question, evidence)
    said = said or _given_of_what_was_asked(question, evidence)
    good = said or tuple(one for one in evidence if _speaks_to(question, one, is_first))
    if confidence is None:
        confidence = _confidence(question, evidence, tokens, speaks=bool(good), is_first=is_first)
    decided = _decided_by_the_question(
        question, evidence, mentions, confidence, is_first=is_first, is_said=bool(said)
    )
    if decided is not None:
        return decided
    if tokens is None or said:
        is_enough = bool(good)
    else:
        is_enough = confidence >= shipped_judge().threshold
        good = good or tuple(_with_value(question, evidence))
    if not is_enough:
        _, reason = _with_the_value_asked_for(question, good)
        return _silence(reason or _what_is_far(question, evidence[0], mentions), confidence)
    good, reason = _narrowed(question, good, evidence, is_first=is_first, is_said=bool(said))
    if reason or not good:
        return _silence(reason or _what_is_far(question, evidence[0], mentions), confidence)
    if items := counted_up(question, good[0], evidence):
        return Judgement("answered", tuple(items), is_chosen=True, confidence=confidence)
    return Judgement("answered", _of_the_same_sign(question, good), confidence=confidence)


def _decided_by_the_question(
    question: Question,
    evidence: Sequence[Evidence],
    mentions: Callable[[str], int],
    confidence: float,
    *,
    is_first: bool,
    is_said: bool,
) -> Judgement | None:
    """What rules decide however near the evidence is; `None` leaves it to be weighed.

    A question too bare to be answered, a name that no source mentions, what is open, and
    somebody's words where none are reported.
    """
    asked_back = ask_back(question.words) if is_first or is_courtesy(question.words) else None
    if asked_back:
        return _silence(asked_back, confidence / 2)
    unmentioned = tuple(term.word for term in question.names if not is_mentioned(term, mentions))
    if unmentioned:
        return Judgement(
            "not_in_sources",
            reason=_unmentioned(question, unmentioned),
            unmentioned=unmentioned,
            confidence=confidence / 2,
        )
    open_ones = unsettled(question, evidence)
    if open_ones:
        return Judgement("answered", open_ones, is_chosen=True, confidence=max(confidence, 0.5))
    if asks_what_is_open(question):
        return _silence("The sources call nothing open that the question is about.", confidence)
    if not is_said and is_without_words(question, evidence):
        who = " ".join(term.word for term in question.names)
        return _silence(f"The sources speak of {who}, but report no words of {who}.", confidence)
    return None


_Narrowed = tuple[tuple[Evidence, ...], str | None]
"""The sentences that are left, and why the question stays unanswered where it does."""


def _narrowed(
    question: Question,
    good: tuple[Evidence, ...],
    evidence: Sequence[Evidence],
    *,
    is_first: bool,
    is_said: bool,
) -> _Narrowed:
    """Of sentences that are near enough, those that hold the very thing that is asked for."""
    reason: str | None = None
    if not is_said:
        good, reason = _on_the_topic(question, good)
        if is_first:
            reason = reason or _about_others(question, good)
        if question.kind == "place":
            good, no_place = _with_a_place(question, good, evidence)
            reason = reason or no_place
    if question.kind == "person":
        good = tuple(one for one in good if names_anybody(question, one.in_reach))
        reason = reason or (None if good else "The sources name nobody for this.")
    good, no_value = _with_the_value_asked_for(question, good)
    return good, reason or no_value


def _on_the_topic(question: Question, good: tuple[Evidence, ...]) -> _Narrowed:
    left = about_the_topic(question, good)
    if good and not left:
        return (), "The sources report no words of theirs about this."
    return left, None


def _about_others(question: Question, good: Sequence[Evidence]) -> str | None:
    elsewhere = _names_elsewhere(question, good)
    return f"Nothing that the sources say of {elsewhere} answers this." if elsewhere else None


def _with_a_place(
    question: Question, good: tuple[Evidence, ...], evidence: Sequence[Evidence]
) -> _Narrowed:
    near = [one for one in evidence if one.coverage >= _NEAR_COVERAGE]
    left = tuple(one for one in good if one.values) or tuple(_with_value(question, near))
    return left, None if left else "The sources name no place for this."


def _with_the_value_asked_for(question: Question, good: tuple[Evidence, ...]) -> _Narrowed:
    if question.kind in _VALUE_NAMES and not any(one.values for one in good):
        return good, _without_value(question)
    return good, None


def signals_of(
    question: Question,
    evidence: Sequence[Evidence],
    tokens: LateInteraction,
    *,
    is_first: bool,
) -> Mapping[str, float]:
    """What the fitted model reads of one question; `evidence` is not empty."""
    speaks = any(_speaks_to(question, one, is_first) for one in evidence)
    return read_signals(question, evidence, tokens, speaks=speaks, has_history=not is_first)


def _confidence(
    question: Question,
    evidence: Sequence[Evidence],
    tokens: LateInteraction | None,
    *,
    speaks: bool,
    is_first: bool,
) -> float:
    if tokens is None:
        return min(1.0, max(0.0, evidence[0].relevance))
    signals = read_signals(question, evidence, tokens, speaks=speaks, has_history=not is_first)
    return shipped_judge().probability(signals)


def _with_value(question: Question, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The few best sentences, of which each gives the value that is asked for."""
    for one in evidence[:3]:
        if one.values or question.kind not in (*_VALUE_NAMES, "place"):
            yield one


def _given_of_what_was_asked(
    question: Question, evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """To a bare "When?" or "How long?": sentences with the value and all that was asked before."""
    if not question.takes_over or question.kind not in (*_VALUE_NAMES, "place"):
        return ()
    return tuple(one for one in evidence if one.values and min(one.covered) >= 0.9)


def _of_the_same_sign(question: Question, good: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Where it is asked who or what does *not*, the sentences that deny, if any does."""
    if question.kind == "yes_no" or not is_negated(question.words):
        return good
    return tuple(one for one in good if is_negated(one.words)) or good


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


def _silence(reason: str, confidence: float = 0.0) -> Judgement:
    return Judgement("not_in_sources", reason=reason, confidence=confidence)


def is_mentioned(term: Term, mentions: Callable[[str], int]) -> bool:
    """Whether any passage holds the name or another spelling of it."""
    return any(mentions(form) for form in spellings(term.word))


def _speaks_to(question: Question, evidence: Evidence, is_first: bool) -> bool:
    """Whether a sentence is about what is asked: near enough, and with every name asked for."""
    if question.kind in _VALUE_NAMES and not evidence.values:
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


def _what_is_far(question: Question, best: Evidence, mentions: Callable[[str], int]) -> str:
    if not is_english(question.words):
        return _NOT_ENGLISH
    absent = [
        term
        for term, held in zip(question.subjects, best.covered, strict=True)
        if held < 0.3 and not is_mentioned(term, mentions)
    ]
    value = _value_name(question)
    if value and best.values:
        return f"The nearest passages give {_SEVERAL[value]}, but none clearly for this."
    if value:
        return _without_value(question)
    names = [term.word for term in absent if term.is_name]
    if names:
        return _unmentioned(question, names)
    near = best.relevance >= MIN_RELEVANCE / 2
    if absent:
        words = _listed([f"“{term.word}”" for term in absent])
        rest = "; the nearest passages are about something else" if near else ""
        return f"No source uses the word{'s' if len(absent) > 1 else ''} {words}{rest}."
    if near:
        return "The nearest passages are about something else."
    return "No passage comes near to this question."


def _value_name(question: Question) -> str | None:
    return "length of time" if question.wants_duration else _VALUE_NAMES.get(question.kind)


def _without_value(question: Question) -> str:
    if question.wants_duration:
        return "The sources do not say how long."
    return f"The sources give no {_value_name(question)} for this."


def _unmentioned(question: Question, names: Sequence[str]) -> str:
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
