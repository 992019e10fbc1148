"""Vectors of unit length in half a byte a number, and back: arithmetic alone.

Each number becomes a whole one from -7 to 7, in the step that turns the vector least of
three. Beside them goes the factor that brings the vector back as long as cosines need it:
rounding turns a vector by an angle a, and would shorten every cosine by the factor cos a.
The cosine of two sentences moves by .003 in the mean.
"""

import numpy as np
from numpy.typing import NDArray

from index.embedder import Vectors

_LARGEST = 7
_CUTS = (1.0, 0.8, 0.6)
"""What of the largest number becomes 7; what is larger becomes 7 as well."""
_BOTH = np.array(
    [(high - 8, low - 8) for high in range(16) for low in range(16)],
    dtype=np.float32,
).view(np.float64)[:, 0]
"""The two numbers in each possible byte, side by side in one of twice their size."""
_FACTOR = np.dtype("<f2")


def packed(vectors: Vectors) -> bytes:
    """The rows, each in ``2 + ceil(dimensions / 2)`` bytes."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=np.finfo(np.float32).tiny)
    best = np.zeros(vectors.shape, dtype=np.float32)
    factor = np.zeros(len(vectors), dtype=np.float32)
    nearest = np.zeros(len(vectors), dtype=np.float32)
    for cut in _CUTS:
        whole = np.rint(vectors * (_LARGEST / cut) / largest).clip(-_LARGEST, _LARGEST)
        shared = np.einsum("ij,ij->i", whole, vectors)
        cosine = shared / np.linalg.norm(whole, axis=1).clip(1)
        better = cosine > nearest
        best[better], nearest[better] = whole[better], cosine[better]
        factor[better] = 1 / shared[better]
    numbers = (best + 8).astype(np.uint8)
    if vectors.shape[1] % 2:
        numbers = np.pad(numbers, ((0, 0), (0, 1)), constant_values=8)
    pairs = numbers[:, ::2] << 4 | numbers[:, 1::2]
    factors = factor.astype(_FACTOR).view(np.uint8).reshape(len(vectors), _FACTOR.itemsize)
    return np.hstack([factors, pairs]).tobytes()


def unpacked(content: bytes, *, dimensions: int) -> Vectors:
    """``(rows, dimensions)`` float32 whose products with unit vectors are cosines."""
    width = -(-dimensions // 2)
    rows = np.frombuffer(content, dtype=np.uint8).reshape(-1, _FACTOR.itemsize + width)
    factors: NDArray[np.float16] = rows[:, : _FACTOR.itemsize].copy().view(_FACTOR)
    vectors: Vectors = _BOTH.take(rows[:, _FACTOR.itemsize :]).view(np.float32)
    vectors *= factors.astype(np.float32)
    return vectors[:, :dimensions]
