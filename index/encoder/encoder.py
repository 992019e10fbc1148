"""The encoder for several languages: texts to vectors.

The table of word pieces is mapped from its file, not read: only the rows that a text needs
ever come into memory.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

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
    REINSTALL,
    TOKENIZER,
    VOCABULARY_ROWS,
)
from index.encoder.running import (
    MAX_TOKENS,
    Running,
    marks_of,
    open_session,
    open_tokenizer,
    shares,
)
from index.pooling import normalised
from sources.errors import StateError

_PREFIXES: dict[Role, str] = {"question": "query: ", "passage": "passage: "}
"""What the model was trained to see before each text (https://arxiv.org/abs/2402.05672)."""


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
        self._threads = threads
        self._loading = threading.Lock()
        self._loaded: tuple[Running, NDArray[np.float32]] | None = None

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        model, languages = self._model()
        means = np.zeros((len(texts), model.width), dtype=np.float32)
        for row, hidden in model.hidden(model.read([_PREFIXES[role] + text for text in texts])):
            means[row] = hidden.mean(axis=0)
        along = np.matmul(means, languages.T, dtype=np.float32)
        return normalised(means - np.matmul(along, languages, dtype=np.float32))

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        return self._model()[0].count(texts)

    def _model(self) -> tuple[Running, NDArray[np.float32]]:
        """The model, and ``(directions, width)``: in which texts differ by language alone."""
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._folder, self._threads)
            return self._loaded


def _load(folder: Path, threads: int) -> tuple[Running, NDArray[np.float32]]:
    beside, threads_each = shares(threads)
    try:
        tokenizer = open_tokenizer(folder / TOKENIZER)
        marks = marks_of(tokenizer, "<s>", "</s>")
        pieces = np.load(folder / VOCABULARY_ROWS, mmap_mode="r")
        positions = np.load(folder / POSITIONS)
        languages = np.load(folder / LANGUAGES)
        session = open_session(folder / GRAPH, threads=threads_each)
    except (OSError, ValueError) as error:
        raise StateError(
            f"The embedding model {MULTILINGUAL} in {str(folder)!r} cannot be loaded: {error}.",
            remedy=REINSTALL[MULTILINGUAL],
        ) from error
    model = Running(
        tokenizer=tokenizer,
        session=session,
        rows=lambda ids: rows_of(pieces[ids]),
        positions=positions,
        marks=marks,
        most=len(positions) - 2,
        beside=beside,
    )
    return model, languages
