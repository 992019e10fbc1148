import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.packing import packed, unpacked


def unit_vectors(count: int, dimensions: int = 384, *, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(seed=st.integers(0, 10_000), count=st.integers(1, 6))
def test_a_cosine_moves_by_a_fiftieth_at_most(seed: int, count: int) -> None:
    vectors, asked = unit_vectors(count, seed=seed), unit_vectors(1, seed=seed + 1)[0]
    near = vectors + asked
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    found = unpacked(packed(near), dimensions=384)
    assert np.abs(found @ asked - near @ asked).max() < 0.02


def test_cosines_move_little_in_the_mean_and_not_to_one_side() -> None:
    asked = unit_vectors(1, seed=1)
    near = unit_vectors(2_000) + asked
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    moved = (unpacked(packed(near), dimensions=384) - near) @ asked[0]
    assert np.abs(moved).mean() < 0.005
    assert abs(moved.mean()) < 0.002


@given(dimensions=st.integers(1, 9), rows=st.integers(0, 4))
def test_any_number_of_dimensions_and_rows_comes_back(dimensions: int, rows: int) -> None:
    vectors = unit_vectors(rows, dimensions)
    kept = packed(vectors)
    assert len(kept) == rows * (2 + -(-dimensions // 2))
    assert unpacked(kept, dimensions=dimensions).shape == (rows, dimensions)


def test_a_few_equal_numbers_come_back_exactly() -> None:
    vectors = np.zeros((1, 8), dtype=np.float32)
    vectors[0, [1, 4]] = np.sqrt(0.5), -np.sqrt(0.5)
    assert np.allclose(unpacked(packed(vectors), dimensions=8), vectors, atol=1e-3)
