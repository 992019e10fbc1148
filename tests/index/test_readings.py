import numpy as np

from index.encoder.minilm import MiniLMEmbedder
from index.readings import Reading, Readings


def _reading(tokens: int) -> Reading:
    hidden = np.random.default_rng(tokens).normal(size=(tokens + 2, 4)).astype(np.float32)
    return Reading.of(hidden, [(at, at + 1) for at in range(tokens)], length=tokens)


def test_a_reading_hands_out_unit_vectors_of_its_own_tokens_and_the_mean_of_all() -> None:
    reading = _reading(3)
    assert reading.tokens.vectors.shape == (3, 4)
    assert np.allclose(np.linalg.norm(reading.tokens.vectors, axis=1), 1.0, atol=1e-3)
    assert np.isclose(np.linalg.norm(reading.mean), 1.0)
    assert reading.tokens.offsets.tolist() == [[0, 1], [1, 2], [2, 3]]


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    one = _reading(10)
    readings = Readings(max_bytes=2 * one.size_bytes)
    readings.keep("a", one)
    readings.keep("b", one)
    assert readings.get("a") is one
    readings.keep("c", one)
    assert (readings.get("a"), readings.get("b"), readings.get("c")) == (one, None, one)


def test_a_reading_larger_than_the_room_is_not_kept() -> None:
    one = _reading(10)
    readings = Readings(max_bytes=one.size_bytes - 1)
    readings.keep("a", one)
    assert readings.get("a") is None
    readings.keep("b", _reading(2))
    assert readings.get("b") is not None


def test_what_is_remembered_is_the_same_as_what_is_read_anew(
    real_embedder: MiniLMEmbedder,
) -> None:
    texts = ["Who pays for the troops?", "The troops are paid by thirty countries, he said."]
    together = real_embedder.embed_tokens(texts)
    alone = [MiniLMEmbedder().embed_tokens([text])[0] for text in reversed(texts)]
    for one, other in zip(together, reversed(alone), strict=True):
        assert np.array_equal(one.vectors, other.vectors)
    vectors = MiniLMEmbedder().embed(texts, role="question")
    assert np.array_equal(real_embedder.embed(texts, role="question"), vectors)
