"""Token vectors to the vectors of spans: arithmetic alone, no model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def mean_of_spans(
    tokens: NDArray[np.float32],
    offsets: NDArray[np.int64],
    bounds: Sequence[tuple[int, int]],
) -> NDArray[np.float32]:
    """``(len(bounds), width)``: for each range of characters the mean of the tokens in it.

    `tokens` is (tokens, width) in the text's order, `offsets` (tokens, 2) their characters
    from and to; a token belongs to the range in which it begins. A range without any token
    is a row of zeros. The tokens have seen the whole text, so each mean is the vector of a
    sentence in its context ("late chunking", Günther et al., 2024,
    https://arxiv.org/abs/2409.04701).
    """
    means = np.zeros((len(bounds), tokens.shape[1]), dtype=np.float32)
    edges = np.searchsorted(offsets[:, 0], np.asarray(bounds, dtype=np.int64).reshape(-1, 2))
    for row, (first, last) in enumerate(edges):
        if last > first:
            means[row] = tokens[first:last].mean(axis=0)
    return means


def normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows at unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: NDArray[np.float32] = vectors / lengths
    return unit
