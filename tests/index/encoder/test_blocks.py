import numpy as np
import pytest

from index.encoder.blocks import BLOCK, Blocks, rows_of


def _made(rows: int, columns: int) -> tuple[Blocks, np.ndarray]:
    """A matrix in blocks, and its numbers worked out one by one."""
    random = np.random.default_rng(rows)
    whole = random.integers(0, 16, size=(rows, columns), dtype=np.uint8)
    steps = random.uniform(0.01, 2, size=(rows, columns // BLOCK)).astype(np.float16)
    numbers = [
        [(int(whole[row, at]) - 8) * float(steps[row, at // BLOCK]) for at in range(columns)]
        for row in range(rows)
    ]
    return Blocks(whole, steps), np.array(numbers, dtype=np.float32)


@pytest.mark.parametrize(("rows", "columns"), [(1, 32), (5, 96), (3, 384)])
def test_rows_come_back_as_the_numbers_that_were_kept(rows: int, columns: int) -> None:
    blocks, numbers = _made(rows, columns)
    assert np.allclose(rows_of(blocks.as_rows()), numbers, rtol=1e-6)


def test_two_numbers_share_a_byte_the_first_in_its_lower_half() -> None:
    whole = np.full((1, BLOCK), 8, dtype=np.uint8)
    whole[0, :2] = 3, 12
    packed = Blocks(whole, np.ones((1, 1), dtype=np.float16)).packed()
    assert packed.shape == (1, 1, BLOCK // 2)
    assert packed[0, 0, 0] == 3 | 12 << 4


def test_steps_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="steps"):
        Blocks(np.zeros((2, 64), dtype=np.uint8), np.zeros((2, 1), dtype=np.float16))
