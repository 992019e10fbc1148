"""Fit what tells requests from questions, on example requests and questions of many subjects.

``python -m assistant.evaluation.fit_intents tests/assistant/reader/documents`` embeds the
requests of `asking/intent_examples.json`, their gaps filled, and the questions that every
other text of the folder is asked, fits a multinomial logistic model, and sets the threshold
where at most `TAKEN_WRONGLY` of those questions is taken for a request, in cross-validation.
The figures are of what it was not fitted on: the requests fold by fold, all rewordings of one
together; the questions of the other texts; and, with ``--questions FILE …``, those of sets.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.asking.intents import FILE, INTENTS, IntentModel
from assistant.evaluation.annotated import read_annotated
from index.embedder import Embedder, Vectors

EXAMPLES = FILE.with_name("intent_examples.json")
STRENGTH = 10.0
"""Inverse of the L2 penalty, as scikit-learn's `C`."""
REQUEST_WEIGHT = 3.0
"""A request counts as so many questions, shared among its fillings."""
TAKEN_WRONGLY = 0.004
"""Share of the questions fitted on that may be taken for requests, each by a model without it."""
FILLINGS = 5
FOLDS = 4
GREETED = 200
"""So many questions are asked once more after a greeting or thanks: they stay questions."""
_QUESTION = len(INTENTS)

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Requests:
    """Requests with their intents, and which of them are fillings of one wording."""

    words: tuple[str, ...]
    intents: Labels
    wordings: Labels


def read_requests(file: Path = EXAMPLES) -> Requests:
    """The requests of `file`, each with gaps up to `FILLINGS` times, the same ones each time."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    gaps, chosen = kept["filled_with"], random.Random(0)
    rows: list[tuple[str, int, int]] = []
    wordings = [
        (place, one) for place, name in enumerate(INTENTS) for one in kept["requests"][name]
    ]
    for number, (intent, wording) in enumerate(wordings):
        filled = dict.fromkeys(
            re.sub(r"\{(\w)\}", lambda gap: chosen.choice(gaps[gap[1]]), wording)
            for _ in range(FILLINGS if "{" in wording else 1)
        )
        rows += [(words, intent, number) for words in filled]
    words, intents, numbers = zip(*rows, strict=True)
    return Requests(words, np.array(intents), np.array(numbers))


def read_questions(folder: Path) -> tuple[list[str], list[str]]:
    """The questions of every other text of the folder, and those of the rest."""
    texts = [text for file in sorted(folder.glob("*.txt")) for text in read_annotated(file)]
    halves: tuple[list[str], list[str]] = ([], [])
    for place, text in enumerate(texts):
        halves[place % 2].extend(one.words for one in text.questions)
    return halves


def greeted(requests: Requests, questions: Sequence[str]) -> list[str]:
    """Some of the questions, each after words of greeting or thanks."""
    chosen = random.Random(0)
    courteous = [INTENTS.index("greeting"), INTENTS.index("thanks")]
    before = [
        words.rstrip("?!.")
        for words, intent in zip(requests.words, requests.intents, strict=True)
        if intent in courteous
    ]
    return [
        f"{chosen.choice(before)}{chosen.choice((', ', '. ', '! '))}{question}"
        for question in chosen.sample(list(questions), min(GREETED, len(questions)))
    ]


def fit(requests: Requests, vectors: Vectors, questions: Vectors) -> tuple[IntentModel, str]:
    """The model, and a line on how it does where it was not fitted on."""
    from sklearn.model_selection import StratifiedGroupKFold

    found = np.zeros((len(vectors), _QUESTION + 1))
    taken = np.zeros(len(questions))
    of_fold = np.arange(len(questions)) % FOLDS
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for fold, (known, left) in enumerate(folds.split(vectors, requests.intents, requests.wordings)):
        model = _fitted(requests, vectors, questions[of_fold != fold], known)
        found[left] = _read(model, vectors[left])
        taken[of_fold == fold] = _surest(_read(model, questions[of_fold == fold]))
    threshold = round(float(np.quantile(taken, 1.0 - TAKEN_WRONGLY)), 3)
    is_right = (found[:, :_QUESTION].argmax(axis=1) == requests.intents) & (
        _surest(found) >= threshold
    )
    share = np.average(is_right, weights=_shares(requests))
    whole = _fitted(requests, vectors, questions, np.arange(len(vectors)))
    line = f"requests recognised, in cross-validation: {share:.3f} of {len(requests.words)}"
    return IntentModel(whole.weights, whole.intercepts, threshold), line


def _fitted(requests: Requests, vectors: Vectors, questions: Vectors, known: Labels) -> IntentModel:
    from sklearn.linear_model import LogisticRegression

    labels = np.concatenate([requests.intents[known], np.full(len(questions), _QUESTION)])
    counts = np.concatenate([REQUEST_WEIGHT * _shares(requests)[known], np.ones(len(questions))])
    found = LogisticRegression(C=STRENGTH, max_iter=5_000).fit(
        np.vstack([vectors[known], questions]), labels, sample_weight=counts
    )
    return IntentModel(
        found.coef_.astype(np.float32).round(3), found.intercept_.astype(np.float32).round(3), 0.0
    )


def _shares(requests: Requests) -> NDArray[np.float64]:
    """The share of each filling in its wording."""
    return 1.0 / np.bincount(requests.wordings)[requests.wordings]


def _read(model: IntentModel, vectors: Vectors) -> NDArray[np.float64]:
    return np.array([model.probabilities(one) for one in vectors])


def _surest(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    surest: NDArray[np.float64] = probabilities[:, :_QUESTION].max(axis=1)
    return surest


def taken_for_requests(
    model: IntentModel, questions: Sequence[str], encoder: Embedder
) -> Iterator[tuple[str, str, float]]:
    """The questions that the model takes for requests, with the intent and how sure it is."""
    for words, vector in zip(questions, encoder.embed(questions, role="question"), strict=True):
        found = model.intent_of(vector)
        if found is not None:
            yield words, *found


def write(model: IntentModel, file: Path, *, requests: int, questions: int) -> None:
    """Keep the model as `intents` reads it, with what it was fitted on."""
    names = (*INTENTS, "question")
    kept = {
        "made_by": "python -m assistant.evaluation.fit_intents",
        "fitted_on": {"requests": requests, "questions": questions},
        "penalty": f"L2, C = {STRENGTH}",
        "threshold": model.threshold,
        "intercepts": dict(zip(names, _rounded(model.intercepts), strict=True)),
        "weights": {name: _rounded(row) for name, row in zip(names, model.weights, strict=True)},
    }
    file.write_text(json.dumps(kept) + "\n", encoding="utf-8")


def _rounded(row: NDArray[np.float32]) -> list[float]:
    return [round(float(value), 3) for value in row]


def main() -> None:
    """Fit, print the figures, and write the coefficients."""
    from index.encoder.encoder import MultilingualEncoder

    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--questions", type=Path, nargs="*", default=[])
    options.add_argument("--to", type=Path, default=FILE)
    given = options.parse_args()
    encoder, requests = MultilingualEncoder(), read_requests()
    fitted_on, held_out = read_questions(given.folder)
    questions = [*fitted_on, *greeted(requests, fitted_on)]
    vectors = encoder.embed(requests.words, role="question")
    model, line = fit(requests, vectors, encoder.embed(questions, role="question"))
    lines = [line]
    sets = {"held-out texts": held_out, "the same, greeted": greeted(requests, held_out)}
    for file in given.questions:
        rows = file.read_text(encoding="utf-8").splitlines()
        sets[str(file)] = [json.loads(row)["question"] for row in rows]
    for name, asked in sets.items():
        wrong = list(taken_for_requests(model, asked, encoder))
        lines.append(f"{name}: {len(wrong)} of {len(asked)} taken for requests")
        lines += [f"    {intent} {sure:.2f}  {words}" for words, intent, sure in wrong]
    print("\n".join(lines))  # noqa: T201
    write(model, given.to, requests=len(requests.words), questions=len(questions))


if __name__ == "__main__":
    main()
