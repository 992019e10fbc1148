from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.indexing import sync_folder
from index.library import Library
from index.passages import Passage
from index.sentence_vectors import SentenceVectors
from sources.source import Sentence


def passage_of(source: str, number: int, sentences: int) -> Passage:
    spans = tuple(Sentence(at * 10, at * 10 + 9) for at in range(sentences))
    return Passage(source, number, spans, "x" * spans[-1].end)


def unit_vectors(count: int, *, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def kept(tmp_path: Path) -> SentenceVectors:
    return SentenceVectors(tmp_path)


@given(seed=st.integers(0, 10_000), count=st.integers(1, 6))
def test_a_cosine_moves_by_less_than_two_thousandths(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int
) -> None:
    kept = SentenceVectors(tmp_path_factory.mktemp("kept"))
    vectors, asked = unit_vectors(count, seed=seed), unit_vectors(1, seed=seed + 1)[0]
    near = vectors + asked
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    kept.add([passage_of("a", 0, count)], [near])
    found = kept.of(["a#0"])["a#0"]
    assert np.abs(found @ asked - near @ asked).max() < 0.002
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    kept.close()


def test_what_is_not_there_is_left_out(kept: SentenceVectors) -> None:
    kept.add([passage_of("a", 0, 2)], [unit_vectors(2)])
    assert list(kept.of(["a#0", "a#1"])) == ["a#0"]
    assert kept.of([]) == {}


def test_adding_again_replaces(kept: SentenceVectors) -> None:
    kept.add([passage_of("a", 0, 2)], [unit_vectors(2)])
    kept.add([passage_of("a", 0, 3)], [unit_vectors(3)])
    assert kept.of(["a#0"])["a#0"].shape == (3, 384)
    assert kept.count() == 1


def test_a_wrong_number_of_vectors_is_refused_and_nothing_is_kept(kept: SentenceVectors) -> None:
    with pytest.raises(ValueError, match="a#1"):
        kept.add([passage_of("a", 0, 1), passage_of("a", 1, 2)], [unit_vectors(1), unit_vectors(1)])
    assert kept.count() == 0


def test_removing_a_source_leaves_the_others(kept: SentenceVectors) -> None:
    kept.add([passage_of("a", 0, 1), passage_of("b", 0, 1)], [unit_vectors(1)] * 2)
    kept.remove("a")
    kept.remove("a")
    assert list(kept.of(["a#0", "b#0"])) == ["b#0"]


def test_more_passages_than_one_query_takes_are_found(kept: SentenceVectors) -> None:
    passages = [passage_of("a", number, 1) for number in range(1_200)]
    kept.add(passages, [unit_vectors(1)] * len(passages))
    assert len(kept.of([passage.id for passage in passages])) == 1_200


def test_what_was_kept_is_there_when_opened_again(tmp_path: Path) -> None:
    first = SentenceVectors(tmp_path)
    first.add([passage_of("a", 0, 1)], [unit_vectors(1)])
    first.close()
    assert SentenceVectors(tmp_path).count() == 1


def test_indexing_keeps_the_vectors_of_every_sentence(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    library = library_of(a="One stays. Two go.", b="Grain ships sail.")
    alone = library.embedder.embed(["One stays.", "Two go."], role="passage")
    assert np.allclose(library.sentences.of(["a#0"])["a#0"], alone, atol=0.01)
    (tmp_path / "texts" / "a.md").unlink()
    sync_folder(library, tmp_path / "texts")
    assert list(library.sentences.of(["a#0", "b#0"])) == ["b#0"]
