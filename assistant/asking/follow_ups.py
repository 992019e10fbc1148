"""Whether a question goes on with the one before, told by what the encoder reads in both.

"and the Poles?", "why?" and "how many?" do; a question that stands alone does not, whatever was
asked before. `follow_ups.json` holds the coefficients, with where they come from;
`python -m assistant.evaluation.fit_follow_ups` makes it again.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("follow_ups.json")


def signals(question: NDArray[np.float32], before: NDArray[np.float32]) -> NDArray[np.float32]:
    """``(dimensions + 1,)``: the question itself, and its cosine with the one before.

    Both of unit length. The cosine counts as much as several dimensions together.
    """
    cosine = np.float32(3.0) * (question @ before)
    return np.append(question, cosine).astype(np.float32)


@dataclass(frozen=True)
class FollowUpModel:
    """How likely a question goes on with the one before."""

    weights: NDArray[np.float32]
    """``(dimensions + 1,)``, for what `signals` gives."""
    intercept: float
    threshold: float
    """From this probability on it does."""

    def probability(self, question: NDArray[np.float32], before: NDArray[np.float32]) -> float:
        """In [0, 1]; both vectors are of unit length."""
        return 1 / (1 + math.exp(-float(self.weights @ signals(question, before)) - self.intercept))

    def continued(
        self, question: NDArray[np.float32], earlier: Sequence[NDArray[np.float32]]
    ) -> tuple[int, float]:
        """How many of the last of `earlier` (oldest first) the question goes on with, each with
        the one before it, and how likely it goes on with the last."""
        sure, count, asked = 0.0, 0, question
        for before in reversed(earlier):
            probability = self.probability(asked, before)
            sure = probability if not count else sure
            if probability < self.threshold:
                break
            count, asked = count + 1, before
        return count, sure


@cache
def shipped_follow_ups() -> FollowUpModel:
    """The model of `follow_ups.json`."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    weights = np.array([*kept["weights"], kept["weight_of_cosine"]], dtype=np.float32)
    return FollowUpModel(weights, kept["intercept"], kept["threshold"])
