"""A fitted logistic model, small enough to be read, and the one that judges.

`judge.json` beside this file holds for each signal its mean and spread over the questions it
was fitted on and its coefficient, with where they come from;
`python -m assistant.evaluation.fit_judge` makes it again.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("judge.json")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What one signal adds: ``weight * (value - mean) / spread``."""

    mean: float
    spread: float
    weight: float


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A probability from named signals: that the sources answer, or that a sentence does."""

    intercept: float
    coefficients: Mapping[str, Coefficient]
    threshold: float
    """From this probability on it is taken for true."""

    def probability(self, signals: Mapping[str, float]) -> float:
        """In [0, 1]. Raises `ValueError` unless the signals are those it was fitted on."""
        if signals.keys() != self.coefficients.keys():
            raise ValueError("the model was fitted on other signals: fit it again")
        total = self.intercept + sum(
            one.weight * (signals[name] - one.mean) / one.spread
            for name, one in self.coefficients.items()
        )
        return 1 / (1 + math.exp(-total))


@cache
def shipped_judge() -> LogisticModel:
    """The judge of `judge.json`."""
    return read_model(FILE)


def read_model(file: Path) -> LogisticModel:
    """The model that `file` keeps."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    return LogisticModel(
        intercept=kept["intercept"],
        coefficients={name: Coefficient(**one) for name, one in kept["coefficients"].items()},
        threshold=kept["threshold"],
    )
