import numpy as np

from index.pooling import mean_of_spans, normalised

TOKENS = np.array([[1, 0], [3, 0], [0, 2], [0, 4]], dtype=np.float32)
OFFSETS = np.array([[0, 3], [3, 6], [7, 9], [9, 12]])


def test_a_span_is_the_mean_of_the_tokens_that_begin_in_it() -> None:
    means = mean_of_spans(TOKENS, OFFSETS, [(0, 6), (7, 12), (2, 8)])
    assert means.tolist() == [[2, 0], [0, 3], [1.5, 1]]


def test_a_span_without_tokens_is_a_row_of_zeros() -> None:
    assert mean_of_spans(TOKENS, OFFSETS, [(6, 7), (12, 20)]).tolist() == [[0, 0], [0, 0]]
    no_offsets = np.zeros((0, 2), dtype=np.int64)
    assert mean_of_spans(TOKENS[:0], no_offsets, [(0, 5)]).tolist() == [[0, 0]]


def test_no_spans_give_no_rows() -> None:
    assert mean_of_spans(TOKENS, OFFSETS, []).shape == (0, 2)


def test_rows_get_unit_length_and_zeros_stay() -> None:
    found = normalised(np.array([[3, 4], [0, 0]], dtype=np.float32))
    assert np.allclose(found, [[0.6, 0.8], [0, 0]])
    assert found.dtype == np.float32
