"""How good a trained network is on texts that it has not seen, and what its numbers mean."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from assistant.reader.inputs import Floats, Pieces, inputs, joined
from assistant.training.model import VERDICTS, ReaderModel
from assistant.training.vectors import Vectorised, batch

SUPPORTED, PARTLY = 0.5, 0.3
"""Bars for statements, set by hand on those held out."""
ANSWERED, BORNE_OUT, LIKELY = 0.6, 0.4, 0.15
"""Bars of `Calibration`, set by hand on the curve below, in which a third of the questions is only
nearly answered. The last is low: a sentence that is said to be uncertain costs a reader seconds,
silence over one that answers costs the answer."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a question's sentences got, and which of them answer; of other texts' questions too."""

    language: str
    logits: Floats
    similarity: Floats
    answers: frozenset[int]
    is_stranger: bool = False


def score(model: ReaderModel, given: Sequence[Vectorised], pieces: Pieces) -> Iterator[Scored]:
    """Every question put to its own text, and one of another text put to each."""
    chosen = random.Random(0)
    with torch.no_grad():
        for one in given:
            other = chosen.choice(given)
            asked_of_it = [
                *zip(
                    one.questions, one.document.questions, [False] * len(one.questions), strict=True
                )
            ]
            if other is not one and other.questions:
                place = chosen.randrange(len(other.questions))
                asked_of_it.append((other.questions[place], other.document.questions[place], True))
            for question, label, is_stranger in asked_of_it:
                taken = inputs(question, one.sentences, pieces)
                logits = model(*batch([taken])).squeeze(1).numpy()
                yield Scored(
                    one.document.language,
                    logits,
                    one.similarity(question),
                    frozenset() if is_stranger else label.answers,
                    is_stranger,
                )


@dataclass(frozen=True, slots=True)
class Checked:
    """What was told of a statement, and what is so."""

    language: str
    support: Floats
    """``(len(VERDICTS),)``: probabilities."""
    relation: str


def check(model: ReaderModel, given: Sequence[Vectorised], pieces: Pieces) -> Iterator[Checked]:
    """Every statement held against its sentences."""
    with torch.no_grad():
        for one in given:
            taken = [
                inputs(stated, [joined([one.sentences[place] for place in label.places])], pieces)
                for stated, label in zip(one.statements, one.document.statements, strict=False)
            ]
            if taken:
                told = model(*batch(taken)).softmax(1).numpy()
                for row, label in zip(told, one.document.statements, strict=True):
                    yield Checked(one.document.language, row, label.relation)


def report_checked(checked: Sequence[Checked]) -> Iterator[str]:
    """A line for English and one for the others."""
    from sklearn.metrics import f1_score, roc_auc_score

    yield (
        f"{'held out':<10}{'statements':>12}{'macro-F1':>10}{'AUROC':>8}"
        f"{'supported, right':>18}{'wrong':>12}"
    )
    for name, is_english in (("English", True), ("others", False)):
        own = [one for one in checked if (one.language == "en") == is_english]
        true = [one.relation == VERDICTS[0] for one in own]
        if len(set(true)) < 2:
            continue
        sure = [float(one.support[0]) for one in own]
        best = [VERDICTS[int(one.support.argmax())] for one in own]
        macro = f1_score([one.relation for one in own], best, average="macro")
        shown = [
            is_true
            for is_true, probability in zip(true, sure, strict=True)
            if probability >= SUPPORTED
        ]
        yield (
            f"{name:<10}{len(own):>12}{macro:>10.3f}{roc_auc_score(true, sure):>8.3f}"
            f"{f'{sum(shown)} of {sum(true)}':>18}"
            f"{f'{len(shown) - sum(shown)} of {len(true) - sum(true)}':>12}"
        )


def report(scored: Sequence[Scored]) -> Iterator[str]:
    """A line for English and one for the others: by similarity, then by the network."""
    from sklearn.metrics import roc_auc_score

    yield f"{'held out':<10}{'by':<12}{'questions':>10}{'first':>8}{'three':>8}{'AUROC':>8}"
    for name, is_english in (("English", True), ("others", False)):
        own = [
            one for one in scored if (one.language == "en") == is_english and not one.is_stranger
        ]
        answerable = [one for one in own if one.answers]
        if len(answerable) in (0, len(own)):
            continue
        for by in ("similarity", "logits"):
            ranked = [np.argsort(-getattr(one, by))[:3] for one in answerable]
            pairs = list(zip(answerable, ranked, strict=True))
            first = np.mean([order[0] in one.answers for one, order in pairs])
            three = np.mean([bool(one.answers & set(order)) for one, order in pairs])
            told = roc_auc_score(
                [bool(one.answers) for one in own], [getattr(one, by).max() for one in own]
            )
            shown = "network" if by == "logits" else by
            yield (
                f"{name:<10}{shown:<12}{len(answerable):>10}{first:>8.3f}{three:>8.3f}{told:>8.3f}"
            )


def calibrate(scored: Sequence[Scored]) -> dict[str, float]:
    """The fields of `Calibration`, from the likeliest sentence of each question."""
    from sklearn.linear_model import LogisticRegression

    tops = np.array([one.logits.max() for one in scored])
    right = np.array([int(one.logits.argmax()) in one.answers for one in scored])
    found = LogisticRegression(C=1e6).fit(tops[:, None], right)
    slope, intercept = float(found.coef_[0, 0]), float(found.intercept_[0])
    return {
        "slope": round(slope, 4),
        "intercept": round(intercept, 4),
        "answered": ANSWERED,
        "borne_out": BORNE_OUT,
        "likely": LIKELY,
        "supported": SUPPORTED,
        "partly": PARTLY,
    }


def curve(scored: Sequence[Scored]) -> Iterator[str]:
    """At several bars, of questions with an answer the share that is shown one first and among
    three, and of all questions that are shown anything the share for which that holds."""
    kept = calibrate(scored)
    tops = np.array([one.logits.max() for one in scored])
    probability = 1 / (1 + np.exp(-(kept["slope"] * tops + kept["intercept"])))
    first = np.array([int(one.logits.argmax()) in one.answers for one in scored])
    three = np.array(
        [bool(one.answers & {*np.argsort(-one.logits)[:3].tolist()}) for one in scored]
    )
    answerable = sum(bool(one.answers) for one in scored)
    yield f"{'bar':>6}{'first':>8}{'three':>8}{'of shown':>10}{'of shown':>10}"
    for bar in (0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        shown = probability >= bar
        if shown.any():
            yield f"{bar:>6.2f}" + "".join(
                f"{share:>{width}.3f}"
                for share, width in (
                    (first[shown].sum() / answerable, 8),
                    (three[shown].sum() / answerable, 8),
                    (first[shown].mean(), 10),
                    (three[shown].mean(), 10),
                )
            )
