"""The trained networks by ONNX Runtime: whether a sentence answers, or supports a statement.

`answers.onnx` and `support.onnx` beside this file are made by
`python -m assistant.training.train_reader`, with `pieces.npz` and `network.json`, which says what
they were trained on and holds their calibration.
"""

import json
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.reader.inputs import PIECES_FILE, Asked, Floats, Pieces, Said, inputs, joined
from index.encoder.running import open_session
from sources.errors import StateError

ANSWERS_FILE = Path(__file__).with_name("answers.onnx")
SUPPORT_FILE = Path(__file__).with_name("support.onnx")
CALIBRATION_FILE = Path(__file__).with_name("network.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """From logits to probabilities (Platt, 1999), and from which of them on what is said."""

    slope: float
    intercept: float
    answered: float
    """From this probability of the likeliest sentence on it answers."""
    borne_out: float
    """From this one on a sentence answers that the rules of judging take for an answer, too."""
    likely: float
    """From this one on it may answer."""
    supported: float
    """From this probability on a statement is supported by what it cites."""
    partly: float
    """From this one on it is in part."""

    def probability(self, logit: float) -> float:
        """That a sentence answers which is the likeliest of those read, in [0, 1]."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.slope * logit + self.intercept))))


@dataclass(frozen=True, slots=True)
class _Loaded:
    answers: Callable[..., list[Floats]]
    support: Callable[..., list[Floats]]
    pieces: Pieces
    calibration: Calibration


class ReaderNetwork:
    """The shipped networks, loaded at first use; safe to use from several threads."""

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def pieces(self) -> Pieces:
        """What is known of word pieces."""
        return self._load().pieces

    @property
    def calibration(self) -> Calibration:
        """What their numbers mean."""
        return self._load().calibration

    def logits(self, question: Asked, sentences: Sequence[Said]) -> Floats:
        """``(len(sentences),)``, in their order: the higher, the likelier it answers."""
        loaded = self._load()
        (found,) = loaded.answers(["logits"], inputs(question, sentences, loaded.pieces)._asdict())
        return found[:, 0]

    def support(self, statement: Asked, cited: Sequence[Sequence[Said]]) -> Floats:
        """``(len(cited), 3)``: how likely each group of sentences supports the statement,
        contradicts it, and does not say it; each row sums to 1."""
        loaded = self._load()
        taken = inputs(statement, [joined(one) for one in cited], loaded.pieces)
        (logits,) = loaded.support(["logits"], taken._asdict())
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: Floats = powers / powers.sum(axis=1, keepdims=True)
        return shares

    def _load(self) -> _Loaded:
        with self._loading:
            if self._loaded is None:
                try:
                    self._loaded = _Loaded(
                        open_session(ANSWERS_FILE, threads=1).run,
                        open_session(SUPPORT_FILE, threads=1).run,
                        Pieces.load(PIECES_FILE),
                        shipped_calibration(),
                    )
                except (OSError, ValueError, KeyError) as error:
                    raise StateError(
                        f"The reader's networks in {str(ANSWERS_FILE.parent)!r} cannot be loaded:"
                        f" {error}.",
                        remedy="Install the assistant again.",
                    ) from error
            return self._loaded


def shipped_calibration() -> Calibration:
    """That of `network.json`."""
    return Calibration(**json.loads(CALIBRATION_FILE.read_text("utf-8"))["calibration"])
