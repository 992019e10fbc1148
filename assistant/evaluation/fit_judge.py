"""Fit the judge on sets with known answers and write its coefficients.

``python -m assistant.evaluation.fit_judge --set DIR … --closed DIR … --questions FILE DIR …``
reads folders as `assistant eval abstention` does, and files of questions over the sources of
a folder as `assistant eval answers` does. Figures are cross-validated: each question is
judged by the rules and a model fitted without it. Questions that the rules decide teach the
model nothing. Each folder weighs the same, a closed one a tenth (its questions were written
over the very paragraph that is searched, and say little about what a search finds), a file of
questions seven tenths. In each the answerable questions weigh as much as the others.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.evaluation.abstaining import Decision, auroc, rates
from assistant.evaluation.beir import (
    SetQuestion,
    hash_of_corpus,
    only_judged,
    read_documents,
    read_judgements,
    read_questions,
)
from assistant.evaluation.expected import read_expected
from assistant.evaluation.set_library import folder_library, set_library
from assistant.judging.judge import judge, signals_of
from assistant.judging.logistic import FILE, Coefficient, LogisticModel
from index.embedder import Embedder
from index.filters import Filters
from index.retrieval import Turn

STRENGTH = 0.1
"""Inverse of the L2 penalty, as scikit-learn's `C`."""
FOLDS, WAYS = 5, 5
"""Questions are shared out over so many folds, in so many ways: one way alone says little."""
CLOSED_WEIGHT = 0.1
"""Of a closed set, beside 1 for any other folder."""
FILE_WEIGHT = 0.7
"""Of a file of questions: few, but asked of the kind of library that is used."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The signals of one question, and whether the texts answer it."""

    of: str
    """The set it is from."""
    id: str
    signals: Mapping[str, float]
    answerable: bool
    weight: float = 1.0
    ruled: bool | None = None
    """Whether it is answered, where the rules decide that whatever the model says."""


def read_set(folder: Path, *, is_closed: bool, cache: Path, embedder: Embedder) -> list[Labelled]:
    """The labelled questions of a folder in BEIR's layout; closed, each sees its qrels alone."""
    documents, questions = read_documents(folder), read_questions(folder)
    if is_closed:
        questions = only_judged(questions, read_judgements(folder))
    name = hash_of_corpus(folder)
    with set_library(documents, name=name, cache=cache, embedder=embedder) as own:
        assistant = Assistant(own.library)
        found = [
            _label(assistant, folder.name, one, own.filters_for(one.documents)) for one in questions
        ]
    return _weighted([one for one in found if one], CLOSED_WEIGHT if is_closed else 1.0)


def read_file(file: Path, sources: Path, *, cache: Path, embedder: Embedder) -> list[Labelled]:
    """The questions of a file, asked over the sources of a folder."""
    with folder_library(sources, cache=cache, embedder=embedder) as (library, _):
        assistant = Assistant(library)
        found = [
            _label(
                assistant,
                f"{file.parent.name}/{file.name}",
                SetQuestion(
                    one.id,
                    one.question,
                    tuple(Turn(asked) for asked in one.history),
                    answerable=one.quote is not None,
                ),
                None,
            )
            for one in read_expected(file)
        ]
    return _weighted([one for one in found if one], FILE_WEIGHT)


def fit(questions: Sequence[Labelled]) -> LogisticModel:
    """The model that tells the answerable among `questions` best, kept small by a penalty.

    What the rules decide teaches it nothing.
    """
    from sklearn.linear_model import LogisticRegression

    questions = [one for one in questions if one.ruled is None]
    names = tuple(questions[0].signals)
    values, weights = _table(questions), np.array([one.weight for one in questions])
    mean = np.average(values, axis=0, weights=weights)
    spread = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights))
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5_000)
    model.fit((values - mean) / spread, [one.answerable for one in questions], weights)
    return LogisticModel(
        intercept=float(model.intercept_[0]),
        coefficients={
            name: Coefficient(round(float(m), 4), round(float(s), 4), round(float(w), 4))
            for name, m, s, w in zip(names, mean, spread, model.coef_[0], strict=True)
        },
        threshold=0.5,
    )


def cross_validate(questions: Sequence[Labelled], *, way: int = 0) -> list[Decision]:
    """Each question judged by the rules and a model that was fitted without it, in the order given.

    What the rules decide is put on its side of the threshold. `way` names a way of making the
    folds.
    """
    from sklearn.model_selection import StratifiedKFold

    strata = [f"{one.of} {one.answerable}" for one in questions]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=way)
    decisions: dict[int, Decision] = {}
    for seen, unseen in folds.split(np.zeros(len(strata)), strata):
        judge = fit([questions[place] for place in seen])
        for place in unseen:
            one = questions[place]
            sure = judge.probability(one.signals)
            answers = sure >= judge.threshold
            if one.ruled is not None:
                answers, sure = one.ruled, (one.ruled + sure) / 2
            decisions[int(place)] = Decision(one.id, one.answerable, answers, sure)
    return [decisions[place] for place in range(len(questions))]


def report(questions: Sequence[Labelled], ways: Sequence[Sequence[Decision]]) -> Iterator[str]:
    """One line of figures for each set: means over several ways of making the folds."""
    yield f"{'set, cross-validated':<32}{'AUROC':>8}{'halluc.':>9}{'error':>8}{'mean':>8}"
    for name in dict.fromkeys(one.of for one in questions):
        figures = []
        for decisions in ways:
            own = [d for one, d in zip(questions, decisions, strict=True) if one.of == name]
            told = rates(own)
            figures.append((auroc(own), told.hallucination, told.error, told.mean))
        area, hallucination, error, mean = np.mean(figures, axis=0)
        yield f"{name:<32}{area:>8.3f}{hallucination:>9.3f}{error:>8.3f}{mean:>8.3f}"


def write(judge: LogisticModel, questions: Sequence[Labelled], file: Path) -> None:
    """Keep the judge as `logistic` reads it, with the sets it was fitted on."""
    sets = {name: sum(one.of == name for one in questions) for name in {q.of: 0 for q in questions}}
    kept = {
        "made_by": "python -m assistant.evaluation.fit_judge",
        "fitted_on": sets,
        "penalty": f"L2, C = {STRENGTH}",
        "threshold": judge.threshold,
        "intercept": round(judge.intercept, 4),
        "coefficients": {
            name: {"mean": one.mean, "spread": one.spread, "weight": one.weight}
            for name, one in judge.coefficients.items()
        },
    }
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _label(
    assistant: Assistant, of: str, question: SetQuestion, filters: Filters | None
) -> Labelled | None:
    if question.answerable is None:
        return None
    asked = Question(" ".join(question.words.split()))
    asked = asked.after([turn.question for turn in question.history])
    evidence, tokens = assistant.find(asked, history=question.history, filters=filters)
    if not evidence or tokens is None:
        return None
    is_first = not question.history
    signals = signals_of(asked, evidence, tokens, is_first=is_first)
    verdicts = {
        judge(
            asked,
            evidence,
            mentions=assistant.library.lexical.mentions_name,
            is_first=is_first,
            tokens=tokens,
            confidence=confidence,
        ).verdict
        for confidence in (0.0, 1.0)
    }
    ruled = verdicts.pop() != "not_in_sources" if len(verdicts) == 1 else None
    return Labelled(of, question.id, signals, question.answerable, ruled=ruled)


def _weighted(questions: Sequence[Labelled], weight: float) -> list[Labelled]:
    weighed = [one for one in questions if one.ruled is None]
    many = {label: sum(one.answerable == label for one in weighed) for label in (True, False)}
    return [replace(one, weight=250 * weight / max(1, many[one.answerable])) for one in questions]


def _table(questions: Sequence[Labelled]) -> NDArray[np.float64]:
    return np.array([list(one.signals.values()) for one in questions], dtype=np.float64)


def main() -> None:
    """Fit, print the figures, and write the coefficients."""
    from index.encoder.minilm import MiniLMEmbedder

    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--set", type=Path, action="append", default=[], metavar="DIR")
    options.add_argument("--closed", type=Path, action="append", default=[], metavar="DIR")
    options.add_argument(
        "--questions", type=Path, nargs=2, action="append", default=[], metavar=("FILE", "DIR")
    )
    options.add_argument("--cache", type=Path, required=True)
    options.add_argument("--to", type=Path, default=FILE)
    given = options.parse_args()
    embedder = MiniLMEmbedder()
    questions: list[Labelled] = []
    for folder in given.set:
        questions += read_set(folder, is_closed=False, cache=given.cache, embedder=embedder)
    for folder in given.closed:
        questions += read_set(folder, is_closed=True, cache=given.cache, embedder=embedder)
    for file, sources in given.questions:
        questions += read_file(file, sources, cache=given.cache, embedder=embedder)
    ways = [cross_validate(questions, way=way) for way in range(WAYS)]
    print("\n".join(report(questions, ways)))  # noqa: T201  # its output
    write(fit(questions), questions, given.to)


if __name__ == "__main__":
    main()
