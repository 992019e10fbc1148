"""The encoder for several languages: texts to vectors.

The table of word pieces is mapped from its file, not read: only the rows that a text needs
ever come into memory.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as the encoder reads it, piece by piece; its marks and the prefix are left out."""

    pieces: NDArray[np.int32]
    """``(pieces,)``: their numbers in the vocabulary."""
    starts: NDArray[np.int32]
    """``(pieces,)``: where each begins, in characters of the text."""
    vectors: Vectors
    """``(pieces, dimensions)`` float32, each having seen the whole text."""
    meaning: NDArray[np.float32]
    """``(dimensions,)``: the vector that `MultilingualEncoder.embed` gives the text."""


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
        return _without(languages, means)

    def read(self, texts: Sequence[str], *, role: Role) -> tuple[ReadText, ...]:
        """The pieces of each text and the text as a whole, in order, from one run."""
        model, languages = self._model()
        prefix = _PREFIXES[role]
        before = model.count([prefix.rstrip()])[0]
        encodings = model.read([prefix + text for text in texts])
        hidden = dict(model.hidden(encodings))
        means = np.array([hidden[row].mean(axis=0) for row in range(len(texts))], dtype=np.float32)
        read = []
        for row, whole in enumerate(_without(languages, means) if texts else means):
            vectors = hidden[row][1 + before : -1]
            encoding = encodings[row]
            ids = encoding.ids[before : before + len(vectors)]
            starts = [max(0, start - len(prefix)) for start, _ in encoding.offsets[before:]]
            read.append(
                ReadText(
                    np.array(ids, dtype=np.int32),
                    np.array(starts[: len(ids)], dtype=np.int32),
                    vectors,
                    whole,
                )
            )
        return tuple(read)

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        return self._model()[0].count(texts)

    def _model(self) -> tuple[Running, NDArray[np.float32]]:
        """The model, and ``(directions, width)``: in which texts differ by language alone."""
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._folder, self._threads)
            return self._loaded


def _without(languages: NDArray[np.float32], means: Vectors) -> Vectors:
    """The rows without what only tells their language, at unit length."""
    along = np.matmul(means, languages.T, dtype=np.float32)
    return normalised(means - np.matmul(along, languages, dtype=np.float32))


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
