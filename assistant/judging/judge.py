"""Do these sentences answer this question? With the reason, in plain words.

Rules come first: a name that no source mentions, a number asked for and given nowhere. What
they let through is weighed by a logistic model over cheap signals (`signals`, `logistic`);
where the embedding model gives no vectors of word pieces, the rules decide alone.
Judging reads the evidence and never searches by itself, except to ask the word index
whether any source mentions a name or number at all.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.asking.aliases import is_mentioned
from assistant.asking.questions import Question, ask_back, is_courtesy
from assistant.judging.enumerating import counted_up
from assistant.judging.evidence import Evidence
from assistant.judging.judgement import Judgement, silence
from assistant.judging.late_interaction import LateInteraction
from assistant.judging.logistic import shipped_judge
from assistant.judging.narrowing import (
    given_of_what_was_asked,
    narrow,
    of_the_same_sign,
    speaks_to,
    with_the_value_asked_for,
    with_value,
)
from assistant.judging.reasons import no_words, unmentioned, what_is_far
from assistant.judging.signals import read_signals
from assistant.judging.unsettled import asks_what_is_open, unsettled
from assistant.judging.who_said import (
    is_without_words,
    said_of_topic,
    told_of,
    words_asked_for,
)
from assistant.judging.whom import told_whom
from sources.language import is_foreign, language_of_question


def judge(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    mentions: Callable[[str], int],
    is_first: bool = True,
    is_filtered: bool = False,
    tokens: LateInteraction | None = None,
    confidence: float | None = None,
    languages: Sequence[str] = ("en",),
) -> Judgement:
    """The judgement on `evidence` (the most to the point first) for `question`.

    `mentions` counts the passages of the library that hold a word or all of several words, a
    name in any script and spelling; `languages` are those of the library's texts (ISO 639-1);
    `is_first` says that no question came before, `is_filtered` that the search was narrowed.
    Without `tokens` the rules judge alone. `confidence` stands in for what the fitted model says.
    """
    if not evidence:
        where = "that the filters let through" if is_filtered else "in the library"
        return silence(f"There is no source {where} to answer from.")
    said = words_asked_for(question, evidence) or told_of(question, evidence)
    said = said or given_of_what_was_asked(question, evidence) or told_whom(question, evidence)
    said = said or (said_of_topic(question, evidence) if is_first else ())
    good = said or tuple(one for one in evidence if speaks_to(question, one, is_first))
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
        good = good or tuple(with_value(question, evidence))
    if not is_enough:
        _, reason = with_the_value_asked_for(question, good)
        return silence(reason or what_is_far(question, evidence, mentions, languages), confidence)
    good, reason = narrow(question, good, evidence, is_first=is_first, is_said=bool(said))
    if reason or not good:
        return silence(reason or what_is_far(question, evidence, mentions, languages), confidence)
    if items := counted_up(question, good[0], evidence):
        return Judgement("answered", tuple(items), is_chosen=True, confidence=confidence)
    return Judgement("answered", of_the_same_sign(question, good), confidence=confidence)


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
        return silence(asked_back, confidence / 2, is_final=True)
    # German writes every noun large, so that one which no text has may be no name.
    is_german = is_foreign(question.words) and language_of_question(question.words) == "de"
    names = () if is_german else question.names
    absent = tuple(term.word for term in names if not is_mentioned(term.word, mentions))
    if absent:
        return Judgement(
            "not_in_sources",
            reason=unmentioned(question, absent),
            unmentioned=absent,
            is_final=True,
            confidence=confidence / 2,
        )
    open_ones = unsettled(question, evidence)
    if open_ones:
        return Judgement("answered", open_ones, is_chosen=True, confidence=max(confidence, 0.5))
    if asks_what_is_open(question):
        return silence("The sources call nothing open that the question is about.", confidence)
    if not is_said and is_without_words(question, evidence):
        return silence(no_words(question, evidence), confidence)
    return None


def signals_of(
    question: Question,
    evidence: Sequence[Evidence],
    tokens: LateInteraction,
    *,
    is_first: bool,
) -> Mapping[str, float]:
    """What the fitted model reads of one question; `evidence` is not empty."""
    speaks = any(speaks_to(question, one, is_first) for one in evidence)
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
