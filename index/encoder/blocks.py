"""Matrices in four bits a number: arithmetic alone.

A row is cut into blocks of `BLOCK` numbers; each number is a whole one from -8 to 7 in the
step of its block. Two numbers share a byte, the first in its lower half.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_ZERO = 8
_STEP_BYTES = 2


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix of ``(rows, columns)``, `columns` a multiple of `BLOCK`."""

    whole: NDArray[np.uint8]
    """``(rows, columns)``, from 0 to 15; 8 is zero."""
    steps: NDArray[np.float16]
    """``(rows, columns / BLOCK)``"""

    def __post_init__(self) -> None:
        rows, columns = self.whole.shape
        if columns % BLOCK or self.steps.shape != (rows, columns // BLOCK):
            raise ValueError(f"steps of {self.steps.shape} for {self.whole.shape} numbers")

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = self.whole.shape
        return rows, columns

    def packed(self) -> NDArray[np.uint8]:
        """``(rows, blocks, BLOCK / 2)``, as ONNX Runtime's MatMulNBits takes them."""
        pairs = self.whole.reshape(len(self.whole), -1, BLOCK // 2, 2)
        return (pairs[..., 0] | pairs[..., 1] << 4).astype(np.uint8)

    def flat_steps(self) -> NDArray[np.float32]:
        """One after another, row by row, as MatMulNBits takes them."""
        return self.steps.astype(np.float32).reshape(-1)

    def as_rows(self) -> NDArray[np.uint8]:
        """``(rows, bytes)``: each row's steps, then its packed numbers; see `rows_of`."""
        rows = len(self.whole)
        steps = np.ascontiguousarray(self.steps).view(np.uint8).reshape(rows, -1)
        return np.hstack([steps, self.packed().reshape(rows, -1)])


def rows_of(kept: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The numbers of rows that `Blocks.as_rows` made, ``(rows, columns)``."""
    blocks = kept.shape[1] // (_STEP_BYTES + BLOCK // 2)
    cut = blocks * _STEP_BYTES
    steps = np.ascontiguousarray(kept[:, :cut]).view(np.float16).astype(np.float32)
    pairs = kept[:, cut:]
    whole = np.empty((len(kept), blocks, BLOCK), dtype=np.float32)
    halves = whole.reshape(len(kept), -1, 2)
    halves[..., 0] = pairs & 15
    halves[..., 1] = pairs >> 4
    whole -= _ZERO
    whole *= steps[:, :, None]
    return whole.reshape(len(kept), -1)
