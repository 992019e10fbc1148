"""The model for English: texts to vectors, straight from the published weights.

Gives the vectors that sentence-transformers does (a test compares them). The weights are
mapped from the installed ``model.safetensors``, not copied: of the table of words only the
rows that a text needs ever come into memory.
"""

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.embedder import Bounds, Role, Vectors, embed_unseen
from index.encoder.files import (
    BUNDLED,
    BUNDLED_GRAPH,
    REINSTALL,
    TOKENIZER,
    WEIGHTS,
    bundled_model_folder,
)
from index.encoder.running import (
    MAX_TOKENS,
    Running,
    marks_of,
    open_session,
    open_tokenizer,
    shares,
)
from index.pooling import mean_of_spans, normalised
from sources.errors import StateError

_REMEMBERED = 256
"""So many questions, asked last, are not read again: a conversation brings them back."""

WIDTH = 384
POSITIONS_AT, POSITIONS = 18_584, 512
TYPES_AT = 805_016
WORDS_AT, WORDS = 808_088, 30_522
"""Where the tables of float32 begin in the published file, and how many rows they have."""


class MiniLMEmbedder:
    """all-MiniLM-L6-v2, loaded at first use; safe to use from several threads."""

    name = BUNDLED
    max_tokens = MAX_TOKENS

    def __init__(self, *, threads: int = 0, folder: Path | None = None) -> None:
        """`threads` for the matrix products, 0 is one for each core; `folder` holds the files."""
        self._folder = folder
        self._threads = threads
        self._loading = threading.Lock()
        self._loaded: Running | None = None
        self._of_question = lru_cache(_REMEMBERED)(self._read_question)

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        if role == "question":
            for row, text in enumerate(texts):
                vectors[row] = self._of_question(text)
            return vectors
        model = self._model()
        for row, hidden in model.hidden(model.read(texts)):
            vectors[row] = hidden.mean(axis=0)
        return normalised(vectors)

    def embed_with_sentences(
        self, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
    ) -> tuple[Vectors, tuple[Vectors, ...]]:
        model = self._model()
        read = model.read(texts)
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        sentences = [np.zeros((len(spans), WIDTH), dtype=np.float32) for spans in bounds]
        for row, hidden in model.hidden(read):
            vectors[row] = hidden.mean(axis=0)
            offsets = np.asarray(read[row].offsets[:MAX_TOKENS], dtype=np.int64).reshape(-1, 2)
            sentences[row][:] = mean_of_spans(hidden[1:-1], offsets, bounds[row])
        return normalised(vectors), embed_unseen(self, texts, bounds, sentences)

    def _read_question(self, text: str) -> Vectors:
        """``(WIDTH,)``; it runs by itself, so that its numbers do not hang on what is beside it."""
        model = self._model()
        ((_, hidden),) = model.hidden(model.read([text]), is_alone=True)
        vector: Vectors = normalised(hidden.mean(axis=0, keepdims=True))[0]
        return vector

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        return self._model().count(texts)

    def _model(self) -> Running:
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._folder or bundled_model_folder(), self._threads)
            return self._loaded


def _load(folder: Path, threads: int) -> Running:
    beside, threads_each = shares(threads)
    weights = folder / WEIGHTS
    try:
        tokenizer = open_tokenizer(folder / TOKENIZER)
        marks = marks_of(tokenizer, "[CLS]", "[SEP]")
        words = _mapped(weights, WORDS_AT, WORDS)
        positions = _mapped(weights, POSITIONS_AT, POSITIONS) + _mapped(weights, TYPES_AT, 1)
        session = open_session(BUNDLED_GRAPH, threads=threads_each, weights_folder=folder)
    except (OSError, ValueError) as error:
        raise StateError(
            f"The embedding model {BUNDLED} in {str(folder)!r} cannot be loaded: {error}.",
            remedy=REINSTALL[BUNDLED],
        ) from error
    return Running(
        tokenizer=tokenizer,
        session=session,
        rows=lambda ids: words[ids],
        positions=positions,
        marks=marks,
        most=MAX_TOKENS,
        beside=beside,
    )


def _mapped(file: Path, begin: int, rows: int) -> Vectors:
    """``(rows, WIDTH)`` of the file from that byte on; raises `ValueError` where it is shorter."""
    return np.memmap(file, dtype="<f4", mode="r", offset=begin, shape=(rows, WIDTH))
