"""Which passages are nearest to a question: arithmetic in memory, exact where it counts.

Every vector is kept twice: as one bit a number (its sign) and as one byte a number. A search
compares the bits of all passages first, a few machine words each; the best of them by bytes
decide. Where filters or a small library leave few, their bytes are compared at once. So
filters make a search faster, and a million passages are some milliseconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.filters import Filters, day_number

Vectors = NDArray[np.float32]
Bytes = NDArray[np.int8]

COMPARED = 4_000
"""So many are compared by bytes. Of the hundred nearest by float32, more than 99 are found."""
_LARGEST = 127
_WORD = 64
_FARTHEST_DAY = 9999_12_31


@dataclass(slots=True)
class Held:
    """A source whose passages can be near: what filters ask, and where its rows are."""

    id: int
    source: str
    sha256: str
    """Of the text that the passages are slices of."""
    publisher: str | None
    day: int
    """As `index.filters.day_number`; 0 is unknown."""
    passages: int


class Nearness:
    """The vectors of all passages in memory. One thread changes it, any may search."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._words = -(-dimensions // _WORD)
        self._table = _Table.of_size(0, dimensions, self._words)

    def change(
        self, *, gone: Sequence[int], come: Iterable[tuple[Held, Bytes]], held: Sequence[Held]
    ) -> None:
        """Forget the sources of the ids in `gone`, add those in `come`; `held` is all there is.

        `come` is gone through once, so that it need not be in memory beside the table.
        """
        self._table = self._table.changed(gone, come, held)

    def search(
        self, vector: Vectors, *, limit: int, filters: Filters | None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `limit` nearest passages with their cosines, best first."""
        table = self._table
        rows = table.rows_for(filters)
        if rows is not None and not len(rows):
            return ()
        if rows is None or len(rows) > COMPARED:
            rows = table.likely(vector, rows)
        cosines = table.cosines(rows, vector)
        if len(rows) > limit:
            best = np.sort(np.argpartition(-cosines, limit - 1)[:limit])
            rows, cosines = rows[best], cosines[best]
        order = np.argsort(-cosines, kind="stable")
        rows, cosines = rows[order], cosines[order]
        found = zip(
            table.source[rows].tolist(), table.number[rows].tolist(), cosines.tolist(), strict=True
        )
        return tuple(
            (f"{table.held[place].source}#{number}", cosine) for place, number, cosine in found
        )


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of all passages; never changed below `size`, so that a search needs no lock."""

    size: int
    bits: NDArray[np.uint64]
    """(words, capacity): the signs of each row."""
    numbers: Bytes
    """(capacity, dimensions)"""
    lengths: Vectors
    """(capacity,): Euclidean length of each row of `numbers`."""
    source: NDArray[np.int32]
    """(capacity,): the place in `held` of the row's source."""
    number: NDArray[np.int32]
    """(capacity,): which of its source's passages the row is."""
    held: tuple[Held, ...]
    days: NDArray[np.int64]

    @classmethod
    def of_size(cls, capacity: int, dimensions: int, words: int) -> "_Table":
        return cls(
            size=0,
            bits=np.zeros((words, capacity), dtype=np.uint64),
            numbers=np.zeros((capacity, dimensions), dtype=np.int8),
            lengths=np.ones(capacity, dtype=np.float32),
            source=np.zeros(capacity, dtype=np.int32),
            number=np.zeros(capacity, dtype=np.int32),
            held=(),
            days=np.zeros(0, dtype=np.int64),
        )

    def changed(
        self, gone: Sequence[int], come: Iterable[tuple[Held, Bytes]], held: Sequence[Held]
    ) -> "_Table":
        """The table after a change; what goes makes a new one, what comes is written behind."""
        places = {one.id: place for place, one in enumerate(held)}
        new_place = np.array([places.get(one.id, -1) for one in self.held], dtype=np.int32)
        source = new_place[self.source[: self.size]]
        kept = np.flatnonzero(source >= 0) if gone else slice(self.size)
        remaining = len(kept) if isinstance(kept, np.ndarray) else self.size
        size = sum(one.passages for one in held)
        table = self
        if gone or size > len(self.number):
            words, dimensions = len(self.bits), self.numbers.shape[1]
            table = _Table.of_size(size + size // 4, dimensions, words)
            table.bits[:, :remaining] = self.bits[:, kept]
            for new, old in (
                (table.numbers, self.numbers),
                (table.lengths, self.lengths),
                (table.number, self.number),
            ):
                new[:remaining] = old[kept]
        row = remaining
        # The sources' places may move at every change, so this column is always a new one.
        places_of_rows = np.zeros(len(table.number), dtype=np.int32)
        places_of_rows[:remaining] = source[kept]
        for one, numbers in come:
            end = row + len(numbers)
            table.numbers[row:end] = numbers
            table.bits[:, row:end] = signs(numbers)
            table.lengths[row:end] = np.sqrt(
                np.einsum("ij,ij->i", numbers, numbers, dtype=np.float32)
            ).clip(1e-6)
            table.number[row:end] = np.arange(len(numbers))
            places_of_rows[row:end] = places[one.id]
            row = end
        return _Table(
            size=size,
            bits=table.bits,
            numbers=table.numbers,
            lengths=table.lengths,
            source=places_of_rows,
            number=table.number,
            held=tuple(held),
            days=np.array([one.day for one in held], dtype=np.int64),
        )

    def rows_for(self, filters: Filters | None) -> NDArray[np.intp] | None:
        """The rows that the filters let through; `None` where they ask nothing."""
        if not filters:
            return np.arange(self.size) if self.size <= COMPARED else None
        wanted = np.ones(len(self.held), dtype=np.bool_)
        if filters.sources:
            sources = set(filters.sources)
            wanted &= [one.source in sources for one in self.held]
        if filters.publishers:
            publishers = set(filters.publishers)
            wanted &= [one.publisher in publishers for one in self.held]
        if filters.since or filters.until:
            first = day_number(filters.since) if filters.since else 1
            last = day_number(filters.until) if filters.until else _FARTHEST_DAY
            wanted &= (first <= self.days) & (self.days <= last)
        return np.flatnonzero(wanted[self.source[: self.size]])

    def likely(self, vector: Vectors, rows: NDArray[np.intp] | None) -> NDArray[np.intp]:
        """About `COMPARED` of the rows, in order: those whose signs are most like the vector's."""
        asked = signs(vector.reshape(1, -1))[:, 0]
        bits = self.bits[:, : self.size]
        different = np.zeros(self.size if rows is None else len(rows), dtype=np.uint16)
        for column, word in zip(bits, asked, strict=True):
            different += np.bitwise_count((column if rows is None else column[rows]) ^ word)
        upto = int(np.searchsorted(np.cumsum(np.bincount(different)), COMPARED))
        near = np.flatnonzero(different <= upto)
        return near if rows is None else rows[near]

    def cosines(self, rows: NDArray[np.intp], vector: Vectors) -> Vectors:
        """The cosine of each row with the vector, which is of unit length."""
        # Not by BLAS: its threads wait for each other, which on a busy machine takes longer.
        numbers = self.numbers.take(rows, axis=0).astype(np.float32)
        found: Vectors = np.einsum("ij,j->i", numbers, vector) / self.lengths[rows]
        return found


def as_bytes(vectors: Vectors) -> Bytes:
    """Each number a whole one from -127 to 127, the largest of each vector 127; no scale."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=np.finfo(np.float32).tiny)
    numbers: Bytes = np.rint(vectors / largest * _LARGEST).astype(np.int8)
    return numbers


def signs(vectors: NDArray[np.generic]) -> NDArray[np.uint64]:
    """(words, rows): which numbers of each row are above zero, 64 in one, filled up with 0."""
    bits = np.packbits(vectors > 0, axis=1)  # type: ignore[operator]  # numbers of any kind
    filled = np.zeros((len(bits), -(-bits.shape[1] // 8) * 8), dtype=np.uint8)
    filled[:, : bits.shape[1]] = bits
    return np.ascontiguousarray(filled.view(np.uint64).T)
