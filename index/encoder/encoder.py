"""The encoder for several languages: texts to vectors, by ONNX Runtime.

The table of word pieces is mapped from its file, not read: only the rows that a text needs
ever come into memory.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedder import Role, Vectors
from index.encoder.blocks import rows_of
from index.encoder.files import (
    GRAPH,
    LANGUAGES,
    MODEL_FOLDER,
    MULTILINGUAL,
    POSITIONS,
    TOKENIZER,
    VOCABULARY_ROWS,
)
from index.pooling import normalised
from index.processor import cores
from sources.errors import StateError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MAX_TOKENS = 254
"""The model takes in twice as many; longer passages would be found less exactly."""

_PREFIXES: dict[Role, str] = {"question": "query: ", "passage": "passage: "}
"""What the model was trained to see before each text (https://arxiv.org/abs/2402.05672)."""
_TOKENS_PER_RUN = 1024
_BESIDE = 2
"""So many runs share the cores."""
_START, _END = "<s>", "</s>"


class MultilingualEncoder:
    """multilingual-e5-small, loaded at first use; safe to use from several threads."""

    name = MULTILINGUAL
    max_tokens = MAX_TOKENS
    share_of_meaning = 0.9
    cosine_of_strangers = 0.77
    """Of questions with passages that have nothing to do with them, in six languages."""

    def __init__(self, *, threads: int = 0, folder: Path = MODEL_FOLDER) -> None:
        """`threads` for the matrix products, 0 is one for each core; `folder` holds the files."""
        self._folder = folder
        self._threads = threads or cores()
        self._loading = threading.Lock()
        self._loaded: _Model | None = None

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        model = self._model()
        vectors = np.zeros((len(texts), model.width), dtype=np.float32)
        for row, hidden in model.run(texts, _PREFIXES[role]):
            vectors[row] = hidden.mean(axis=0)
        return model.finished(vectors)

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        read = self._model().tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding) for encoding in read]

    def _model(self) -> "_Model":
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._folder, self._threads)
            return self._loaded


@dataclass(frozen=True)
class _Model:
    tokenizer: "Tokenizer"
    session: "InferenceSession"
    pieces: NDArray[np.uint8]
    """``(vocabulary, bytes)``, mapped from the file; see `index.encoder.blocks`."""
    positions: NDArray[np.float32]
    """``(positions, width)``, the type embedding of a single text already added."""
    marks: tuple[int, int]
    """The numbers of the pieces that every text begins and ends with."""
    languages: NDArray[np.float32]
    """``(directions, width)``: in which texts differ by their language alone."""
    beside: int

    @property
    def width(self) -> int:
        return int(self.positions.shape[1])

    def finished(self, means: Vectors) -> Vectors:
        """The rows at unit length and without what only tells the language."""
        along = np.matmul(means, self.languages.T, dtype=np.float32)
        return normalised(means - np.matmul(along, self.languages, dtype=np.float32))

    def run(self, texts: Sequence[str], prefix: str) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Row and token vectors of every text, marks included, in any order.

        Texts of like length run together, so that little is spent on filling up rows.
        """
        read = self.tokenizer.encode_batch(
            [prefix + text for text in texts], add_special_tokens=False
        )
        start, end = self.marks
        most = len(self.positions) - 2
        ids = [[start, *encoding.ids[:most], end] for encoding in read]
        rows = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        runs: list[list[int]] = []
        while rows:
            together = max(1, _TOKENS_PER_RUN // len(ids[rows[-1]]) // self.beside)
            runs.append(rows[-together:])
            rows = rows[:-together]
        for run, found in zip(
            runs, self._hidden([[ids[row] for row in run] for run in runs]), strict=True
        ):
            for place, row in enumerate(run):
                yield row, found[place, : len(ids[row])]

    def _hidden(self, runs: Sequence[list[list[int]]]) -> Iterator[NDArray[np.float32]]:
        if self.beside == 1 or len(runs) <= 1:
            yield from map(self._compute, runs)
            return
        with ThreadPoolExecutor(self.beside, "encoder") as pool:
            yield from pool.map(self._compute, runs)

    def _compute(self, ids: list[list[int]]) -> NDArray[np.float32]:
        lengths = np.array([len(one) for one in ids], dtype=np.int32)
        sums = np.zeros((len(ids), int(lengths.max()), self.width), dtype=np.float32)
        for place, one in enumerate(ids):
            np.add(
                rows_of(self.pieces[one]),
                self.positions[: len(one)],
                out=sums[place, : len(one)],
            )
        found: NDArray[np.float32]
        (found,) = self.session.run(["hidden"], {"embedded": sums, "lengths": lengths})
        return found


def _load(folder: Path, threads: int) -> _Model:
    beside = min(threads, _BESIDE)
    try:
        tokenizer = _tokenizer(folder / TOKENIZER)
        pieces = np.load(folder / VOCABULARY_ROWS, mmap_mode="r")
        positions = np.load(folder / POSITIONS)
        languages = np.load(folder / LANGUAGES)
        session = _session(folder / GRAPH, threads // beside)
    except (OSError, ValueError) as error:
        raise StateError(
            f"The embedding model {MULTILINGUAL} in {str(folder)!r} cannot be loaded: {error}.",
            remedy="Install the assistant again.",
        ) from error
    marks = (tokenizer.token_to_id(_START) or 0, tokenizer.token_to_id(_END) or 0)
    return _Model(tokenizer, session, pieces, positions, marks, languages, beside)


def _tokenizer(file: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises no narrower one
        raise ValueError(f"the tokenizer is damaged: {error}") from error


def _session(graph: Path, threads: int) -> "InferenceSession":
    # ONNX Runtime 1.32 names this machine to its maker from the moment it is imported; its own
    # `disable_telemetry_events` comes too late for what the import itself has queued.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as refused

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except (
        refused.Fail,
        refused.InvalidArgument,
        refused.InvalidGraph,
        refused.InvalidProtobuf,
        refused.NoSuchFile,
        refused.RuntimeException,
    ) as error:
        raise ValueError(f"ONNX Runtime refuses the weights: {error}") from error
