"""Requests that are no question about the subject, told by their meaning.

"Summarise the memo", "what is new since May?", "thanks": a linear model on the vector that the
encoder for several languages gives the words. `intents.json` holds its coefficients, with where
they come from; `python -m assistant.evaluation.fit_intents` makes it again from the example
requests of `intent_examples.json` and from questions about all kinds of subjects.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("intents.json")

Intent = Literal[
    "summary", "timeline", "compare", "who_said", "new_since", "published",
    "abilities", "greeting", "thanks", "needs_model",
]  # fmt: skip
"""What is requested; `needs_model` is a translation, a rewriting or a draft."""

INTENTS: tuple[Intent, ...] = get_args(Intent)


@dataclass(frozen=True)
class IntentModel:
    """Probabilities of the intents from a vector; what is left is a question of any subject."""

    weights: NDArray[np.float32]
    """``(len(INTENTS) + 1, dimensions)``, the last row for a question."""
    intercepts: NDArray[np.float32]
    threshold: float
    """From this probability on a request is taken for that intent."""

    def probabilities(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """``(len(INTENTS) + 1,)``, of sum 1; `vector` is of unit length."""
        scores = self.weights @ vector + self.intercepts
        raised = np.exp(scores - scores.max())
        found: NDArray[np.float32] = (raised / raised.sum()).astype(np.float32)
        return found

    def intent_of(self, vector: NDArray[np.float32]) -> tuple[Intent, float] | None:
        """The intent of what has that vector and how sure it is; `None` for a question."""
        probabilities = self.probabilities(vector)[: len(INTENTS)]
        place = int(probabilities.argmax())
        sure = float(probabilities[place])
        return (INTENTS[place], sure) if sure >= self.threshold else None


@cache
def shipped_intents() -> IntentModel:
    """The model of `intents.json`."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    names = (*INTENTS, "question")
    return IntentModel(
        weights=np.array([kept["weights"][name] for name in names], dtype=np.float32),
        intercepts=np.array([kept["intercepts"][name] for name in names], dtype=np.float32),
        threshold=kept["threshold"],
    )
