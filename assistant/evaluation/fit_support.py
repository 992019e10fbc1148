"""Fit the weights of ``assistant/verifying/likeness.py`` on labelled statements, and print them.

    python -m assistant.evaluation.fit_support FILE [SET …]

Only the named sets are fitted on (all of the file without any); each set is also measured by
weights fitted without the sources it is measured on, ten folds, so that the figure is honest.
"""

import argparse
import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np

from assistant.evaluation.supporting import balanced_accuracy, read_labelled
from assistant.verifying.likeness import SUPPORTED, Shares, measure_shares

FOLDS = 10
STRENGTH = 1.0
"""Inverse of the regularisation, on the shares as they are."""


def main() -> None:
    """Print the weights for the file, and balanced accuracy on sources held out."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    parser = argparse.ArgumentParser(description="Fit the weights of likeness.")
    parser.add_argument("file", type=Path)
    parser.add_argument("sets", nargs="*")
    asked = parser.parse_args()
    labelled = [
        one for one in read_labelled(asked.file) if not asked.sets or one.set_name in asked.sets
    ]
    shares = np.array([astuple(measure_shares(one.statement, one.sentences)) for one in labelled])
    labels = np.array([one.supported for one in labelled])
    places = {one.sentences: place for place, one in enumerate(labelled)}
    groups = [places[one.sentences] for one in labelled]
    sets = np.array([one.set_name for one in labelled])

    def fit(rows: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> LogisticRegression:
        model = LogisticRegression(C=STRENGTH, class_weight="balanced")
        return model.fit(shares[rows], labels[rows])

    held_out = np.zeros(len(labels))
    for rest, part in GroupKFold(FOLDS).split(shares, labels, groups):
        held_out[part] = fit(rest).predict_proba(shares[part])[:, 1]
    model = fit(np.arange(len(labels)))
    weights = ", ".join(
        f"{field.name}={weight:.3f}"
        for field, weight in zip(fields(Shares), model.coef_[0], strict=True)
    )
    say = sys.stdout.write
    say(f"WEIGHTS = Shares({weights})\nINTERCEPT = {model.intercept_[0]:.3f}\n")
    for name in dict.fromkeys(sets.tolist()):
        of_set = sets == name
        told = held_out[of_set] >= SUPPORTED
        figure = balanced_accuracy(zip(labels[of_set].tolist(), told.tolist(), strict=True))
        say(f"{name}: likeness alone, sources held out: balanced accuracy {figure:.3f}\n")


if __name__ == "__main__":
    main()
