"""A question of several parts, of which the sources may answer only some.

"Who pays, and when does it end?" is two questions; "What did Vance and Macron say?" asks
about two names. Each part is judged by itself, and what is missing is named.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Verdict
from assistant.asking.comparing import Comparison, read_comparison
from assistant.asking.questions import Question
from assistant.asking.roll_calls import lists_who_came
from assistant.judging.evidence import Evidence, held
from assistant.judging.judgement import Judgement
from assistant.judging.who_said import words_asked_for
from assistant.quoting.quote import Part
from index.retrieval import Turn

Found = tuple[tuple[Evidence, ...], Judgement]
Judge = Callable[[Question, Sequence[Turn]], Found]
"""Finds and judges one question, asked after the turns."""

MAX_PARTS = 4
_HELD_BY_BOTH = 0.6
"""Share of what a comparison says that a sentence with both sides must hold to be enough."""

_COMPARES = re.compile(r"(?:please )?compare\b", re.IGNORECASE)
_NAME = r"((?:the )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*)"
_PAIR = re.compile(rf"\b{_NAME},? and {_NAME}")
_JOINED = re.compile(r"\b(?:between|both|with|of)(?: the)? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A whole question judged: the verdict, and for each part that is answered its evidence."""

    verdict: Verdict
    parts: tuple[Part, ...] = ()
    reason: str | None = None
    """What is missing, in plain words; `None` when nothing is."""
    is_final: bool = False
    """Whether its silence is no matter of how near the evidence is."""
    notice: str | None = None
    """How it was read, and what of a longer list is shown."""


def judge_parts(
    asked: Question, history: Sequence[Turn], judge: Judge
) -> tuple[tuple[Evidence, ...], Judged]:
    """Everything found for the question, best first, and the judgement on it as a whole."""
    if 1 < len(asked.parts) <= MAX_PARTS:
        found = _one_by_one(history, judge, parts=asked.parts)
        if found is not None:
            return found
    evidence, judgement = judge(asked, history)
    comparison = read_comparison(asked.words)
    if comparison is not None or _COMPARES.match(asked.words):
        of_both = "No sentence says of both what they have in common or apart."
        judgement = _without_lists(judgement, of_both)
    if comparison is not None and not judgement.unmentioned:
        compared = _compare(comparison, asked, judgement, history, judge)
        if compared is not None:
            return compared
    if judgement.verdict != "not_in_sources":
        parts = (Part(asked, judgement.evidence, judgement.is_chosen),)
        return evidence, Judged(judgement.verdict, parts, judgement.reason)
    rest = without_names(asked.words, judgement.unmentioned)
    if rest is not None:
        narrower = Question(rest)
        evidence_for_rest, on_rest = judge(narrower, history)
        if on_rest.verdict != "not_in_sources":
            parts = (Part(narrower, on_rest.evidence, on_rest.is_chosen),)
            return evidence_for_rest, Judged("partly", parts, judgement.reason)
    apart = each_name(asked.words) if comparison is None else ()
    if apart and not judgement.unmentioned:
        found = _one_by_one(history, judge, parts=apart)
        if found is not None:
            return found
    reason, is_final = judgement.reason, judgement.is_final
    return evidence, Judged("not_in_sources", reason=reason, is_final=is_final)


def _without_lists(judgement: Judgement, reason: str) -> Judgement:
    """The same without lists of who was there, in which names stand together and nothing else."""
    left = tuple(one for one in judgement.evidence if not lists_who_came(one.words))
    if left or judgement.verdict == "not_in_sources":
        return replace(judgement, evidence=left)
    return Judgement("not_in_sources", reason=reason, confidence=judgement.confidence)


def _compare(
    comparison: Comparison,
    asked: Question,
    judgement: Judgement,
    history: Sequence[Turn],
    judge: Judge,
) -> tuple[tuple[Evidence, ...], Judged] | None:
    """The sentences that hold both sides; else what is found for each side by itself."""
    both = Question(f"About {comparison.one} and {comparison.other}").names
    holding = tuple(
        one
        for one in judgement.evidence
        if both and held(both, one.in_reach).min() >= 1.0 and one.coverage >= _HELD_BY_BOTH
    )
    if holding:
        return holding, Judged(judgement.verdict, (Part(asked, holding),), judgement.reason)
    found = _one_by_one(history, _only_own_words(judge), parts=comparison.questions)
    if found is not None or comparison.topic or not _COMPARES.match(asked.words):
        return found
    sides = (comparison.one, comparison.other)
    return _one_by_one((), _without_rolls(judge), parts=sides)


def _without_rolls(judge: Judge) -> Judge:
    """Judges each side for itself, as `judge`, but lets no list of who was there answer."""

    def judging(question: Question, _: Sequence[Turn]) -> Found:
        evidence, judgement = judge(question, ())
        only = "The sources only list it among those who were there or not."
        return evidence, _without_lists(judgement, only)

    return judging


def _only_own_words(judge: Judge) -> Judge:
    """Judges as `judge`, but lets nothing answer that the one asked for does not say."""

    def judging(question: Question, history: Sequence[Turn]) -> Found:
        evidence, judgement = judge(question, history)
        own = words_asked_for(question, judgement.evidence)
        if own or judgement.verdict == "not_in_sources":
            return evidence, replace(judgement, evidence=own)
        reason = "No source reports words of theirs about it."
        return evidence, Judgement("not_in_sources", reason=reason)

    return judging


def each_name(question: str) -> tuple[str, ...]:
    """The question about each of two names that stand side by side; else empty.

    "What did Zelensky and Macron say?" asks about two; what is *between* two names does not.
    """
    found = _PAIR.search(question)
    if found is None or _JOINED.search(question[: found.start()]):
        return ()
    return tuple(
        question[: found.start()] + found[name] + question[found.end() :] for name in (1, 2)
    )


def without_names(question: str, names: Sequence[str]) -> str | None:
    """The question without `names`, where each only stands beside another ("Vance and …").

    `None` where a name cannot be taken out and leave a question about another name.
    """
    rest = question
    for name in names:
        if name not in rest:
            continue
        whole = rf"(?:[A-Z][\w’'.-]*\s)*{re.escape(name)}(?:\s[A-Z][\w’'.-]*)*"
        shorter = re.sub(rf"(?:,|,? (?:and|or))(?: the)? {whole}", "", rest, count=1)
        if shorter == rest:
            shorter = re.sub(rf"{whole}(?:,| and| or)(?: the)? (?=[A-Z])", "", rest, count=1)
        if shorter == rest:
            return None
        rest = shorter
    return rest if names and rest != question and Question(rest).names else None


def _one_by_one(
    history: Sequence[Turn], judge: Judge, *, parts: Sequence[str]
) -> tuple[tuple[Evidence, ...], Judged] | None:
    """Every part judged after the parts before it; `None` when none of them is answered."""
    turns = list(history)
    evidence: list[Evidence] = []
    answered: list[Part] = []
    missing: list[str] = []
    for words in parts:
        part = Question(words[:1].upper() + words[1:])
        found, judgement = judge(part, tuple(turns))
        evidence.extend(found)
        if judgement.verdict == "not_in_sources":
            missing.append(f"“{part.words}” is not answered: {judgement.reason}")
        else:
            answered.append(Part(part, judgement.evidence, judgement.is_chosen))
        turns.append(Turn(part.words))
    if not answered:
        return None
    verdict: Verdict = "partly" if missing else "answered"
    return tuple(evidence), Judged(verdict, tuple(answered), " ".join(missing) or None)
