"""What the model read last, kept in memory: the same passages come back through a conversation.

Bounded by bytes; what was used longest ago goes first. What is handed out is the same
whether it was kept or not: it is rounded before it is kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.embedder import Bounds, Tokens, Vectors
from index.pooling import normalised


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as the model read it."""

    mean: Vectors
    """``(dimensions,)`` float32 of unit length: the text's own vector."""
    length: int
    """Characters of the text."""
    _vectors: NDArray[np.float16]
    _offsets: NDArray[np.int32]

    @classmethod
    def of(cls, hidden: Vectors, offsets: Sequence[Bounds], *, length: int) -> Self:
        """Of the model's vectors ``(tokens, dimensions)``, its start and end marks among them."""
        (mean,) = normalised(hidden.mean(axis=0, keepdims=True))
        vectors = normalised(hidden[1:-1]).astype(np.float16)
        return cls(mean, length, vectors, np.asarray(offsets, dtype=np.int32).reshape(-1, 2))

    @property
    def tokens(self) -> Tokens:
        """The word pieces, their vectors to three digits."""
        return Tokens(self._vectors.astype(np.float32), self._offsets.astype(np.int64), self.length)

    @property
    def size_bytes(self) -> int:
        """About so many it takes in memory."""
        return self.mean.nbytes + self._vectors.nbytes + self._offsets.nbytes + self.length


class Readings:
    """The last readings by text; safe to use from several threads."""

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, text: str) -> Reading | None:
        """The reading of the text, if it is still there."""
        with self._changing:
            if text in self._kept:
                self._kept.move_to_end(text)
            return self._kept.get(text)

    def keep(self, text: str, reading: Reading) -> None:
        """Keep it, and forget the oldest where all together are too large."""
        with self._changing:
            before = self._kept.pop(text, None)
            self._bytes += reading.size_bytes - (before.size_bytes if before else 0)
            self._kept[text] = reading
            while self._bytes > self._max_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.size_bytes
