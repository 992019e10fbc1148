"""The trained network that says of each sentence whether it answers, by ONNX Runtime.

`network.onnx` beside this file is made by `python -m assistant.training.train_reader`, with
`pieces.npz` and `network.json`, which says what it was trained on and holds its calibration.
"""

import json
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.reader.inputs import PIECES_FILE, Asked, Floats, Pieces, Said, inputs
from index.encoder.running import open_session
from sources.errors import StateError

NETWORK_FILE = Path(__file__).with_name("network.onnx")
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

    def probability(self, logit: float) -> float:
        """That a sentence answers which is the likeliest of those read, in [0, 1]."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.slope * logit + self.intercept))))


class ReaderNetwork:
    """The shipped network, loaded at first use; safe to use from several threads."""

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._loaded: tuple[Callable[..., list[Floats]], Pieces, Calibration] | None = None

    @property
    def pieces(self) -> Pieces:
        """What is known of word pieces."""
        return self._load()[1]

    @property
    def calibration(self) -> Calibration:
        """What its numbers mean."""
        return self._load()[2]

    def logits(self, question: Asked, sentences: Sequence[Said]) -> Floats:
        """``(len(sentences),)``, in their order: the higher, the likelier it answers."""
        run, pieces, _ = self._load()
        (found,) = run(["logits"], inputs(question, sentences, pieces)._asdict())
        return found

    def _load(self) -> tuple[Callable[..., list[Floats]], Pieces, Calibration]:
        with self._loading:
            if self._loaded is None:
                try:
                    self._loaded = (
                        open_session(NETWORK_FILE, threads=1).run,
                        Pieces.load(PIECES_FILE),
                        shipped_calibration(),
                    )
                except (OSError, ValueError, KeyError) as error:
                    raise StateError(
                        f"The reader's network {str(NETWORK_FILE)!r} cannot be loaded: {error}.",
                        remedy="Install the assistant again.",
                    ) from error
            return self._loaded


def shipped_calibration() -> Calibration:
    """That of `network.json`."""
    return Calibration(**json.loads(CALIBRATION_FILE.read_text("utf-8"))["calibration"])
