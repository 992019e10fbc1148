"""Is it told from an answerable question that the texts do not answer one?

Hallucination rate: the share of unanswerable questions that were answered. Error rate: the
share of answerable ones that were not. After Thakur et al., "NoMIRACL: Knowing When You Don't
Know for Robust Multilingual Retrieval-Augmented Generation" (2024).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.evaluation.beir import SetQuestion
from assistant.evaluation.set_library import SetLibrary
from sources.errors import UseError


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one question, and what would have been right."""

    id: str
    answerable: bool
    is_answered: bool
    """In full or in part; what is called likely is no answer."""
    confidence: float
    """Higher is surer that the texts answer."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often silence or speech was wrong, each in [0, 1]."""

    hallucination: float
    """Answered, of the unanswerable questions."""
    error: float
    """Not answered, of the answerable questions."""

    @property
    def mean(self) -> float:
        return (self.hallucination + self.error) / 2


@dataclass(frozen=True, slots=True)
class Point:
    """The rates if every question of at least this confidence were answered."""

    confidence: float
    rates: Rates


def decide(
    assistant: Assistant, own: SetLibrary, questions: Iterable[SetQuestion]
) -> tuple[Decision, ...]:
    """What the assistant over the set's library says on each question that is labelled."""
    decisions = []
    for question in questions:
        if question.answerable is None:
            continue
        _, judgement = assistant.judge(
            Question(" ".join(question.words.split())),
            history=question.history,
            filters=own.filters_for(question.documents),
        )
        decisions.append(
            Decision(
                id=question.id,
                answerable=question.answerable,
                is_answered=judgement.verdict in ("answered", "partly"),
                confidence=judgement.confidence,
            )
        )
    return tuple(decisions)


def check_labels(questions: Sequence[SetQuestion]) -> None:
    """Raise `UseError` unless there are questions of both kinds."""
    labels = {question.answerable for question in questions}
    for wanted, name in ((True, "answerable"), (False, "unanswerable")):
        if wanted not in labels:
            raise UseError(
                f"The set labels no question as {name}.",
                remedy='Give each question "answerable": true or false, or "answerability".',
            )


def rates(decisions: Sequence[Decision]) -> Rates:
    """The rates of the verdicts as shipped."""
    unanswerable = [one for one in decisions if not one.answerable]
    answerable = [one for one in decisions if one.answerable]
    return Rates(
        hallucination=sum(one.is_answered for one in unanswerable) / len(unanswerable),
        error=sum(not one.is_answered for one in answerable) / len(answerable),
    )


def auroc(decisions: Sequence[Decision]) -> float:
    """The area under the ROC curve: how often an answerable question has the higher number.

    Of all pairs of an answerable and an unanswerable question, a draw counting half.
    """
    from sklearn.metrics import roc_auc_score

    return float(
        roc_auc_score([one.answerable for one in decisions], [one.confidence for one in decisions])
    )


def curve(decisions: Sequence[Decision]) -> tuple[Point, ...]:
    """The rates at every confidence that occurs, from answering nothing to answering all."""
    from sklearn.metrics import roc_curve

    hallucination, answered, confidences = roc_curve(
        [one.answerable for one in decisions],
        [one.confidence for one in decisions],
        drop_intermediate=False,
    )
    return tuple(
        Point(float(confidence), Rates(float(false), 1 - float(true)))
        for confidence, false, true in zip(confidences, hallucination, answered, strict=True)
    )


def curve_as_csv(points: Sequence[Point]) -> str:
    """The curve as comma-separated values with a heading."""
    rows = [
        f"{point.confidence:.6f},{point.rates.hallucination:.6f},{point.rates.error:.6f}"
        for point in points
    ]
    return "\n".join(("confidence,hallucination_rate,error_rate", *rows)) + "\n"
