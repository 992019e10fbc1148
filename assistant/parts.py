"""A question of several parts, of which the sources may answer only some.

"Who pays, and when does it end?" is two questions; "What did Vance and Macron say?" asks
about two names. Each part is judged by itself, and what is missing is named.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import Verdict
from assistant.asking.questions import Question
from assistant.asking.summing import Summing
from assistant.judging.evidence import Evidence
from assistant.judging.judgement import Judgement
from assistant.judging.reasons import UNCERTAIN, UNCERTAIN_PART
from assistant.quoting.quote import Part
from index.retrieval import Turn

Found = tuple[tuple[Evidence, ...], Judgement]
Judge = Callable[[Question, Sequence[Turn]], Found]
"""Finds and judges one question, asked after the turns."""

MAX_PARTS = 4

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
    notice: str | None = None
    """How it was read, and what of a longer list is shown."""
    summing: Summing | None = None
    """What a chat model is to sum up, where that is requested."""
    is_lacking: bool = False
    """Whether a name of it stands in no source, however near the evidence is."""


def judge_parts(
    asked: Question, history: Sequence[Turn], judge: Judge
) -> tuple[tuple[Evidence, ...], Judged]:
    """Everything found for the question, best first, and the judgement on it as a whole."""
    if 1 < len(asked.parts) <= MAX_PARTS:
        found = _one_by_one(history, judge, parts=asked.parts)
        if found is not None:
            return found
    evidence, judgement = judge(asked, history)
    apart = () if judgement.unmentioned else each_name(asked.words)
    if apart and judgement.verdict != "answered":
        found = _one_by_one(history, judge, parts=apart)
        if found is not None:
            return found
    if judgement.evidence:
        part = Part(asked, judgement.evidence)
        lacking = bool(judgement.unmentioned)
        return evidence, Judged(judgement.verdict, (part,), judgement.reason, is_lacking=lacking)
    rest = without_names(asked.words, judgement.unmentioned)
    if rest is not None:
        narrower = Question(rest)
        evidence_for_rest, on_rest = judge(narrower, history)
        if on_rest.evidence:
            part = Part(narrower, on_rest.evidence)
            verdict: Verdict = "likely" if on_rest.verdict == "likely" else "partly"
            return evidence_for_rest, Judged(verdict, (part,), judgement.reason)
    lacking = bool(judgement.unmentioned)
    return evidence, Judged("not_in_sources", reason=judgement.reason, is_lacking=lacking)


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
    """Every part judged after the parts before it; `None` when all of them are silent.

    Where none is answered for certain, what may answer is shown, and the rest is named.
    """
    turns = list(history)
    evidence: list[Evidence] = []
    judged: list[tuple[Question, Judgement]] = []
    for words in parts:
        part = Question(words[:1].upper() + words[1:])
        found, judgement = judge(part, tuple(turns))
        evidence.extend(found)
        judged.append((part, judgement))
        turns.append(Turn(part.words))
    verdicts = {judgement.verdict for _, judgement in judged}
    certain = ("answered", "partly")
    shown = certain if verdicts & set(certain) else ("likely",)
    chosen = [Part(part, one.evidence) for part, one in judged if one.verdict in shown]
    if not chosen:
        return None
    missing = [
        f"“{part.words}” is not answered: "
        f"{UNCERTAIN_PART if one.verdict == 'likely' else one.reason}"
        for part, one in judged
        if one.verdict not in shown
    ]
    if shown == certain:
        verdict: Verdict = "partly" if missing else "answered"
    else:
        verdict = "likely"
        missing.insert(0, UNCERTAIN)
    return tuple(evidence), Judged(verdict, tuple(chosen), " ".join(missing) or None)
