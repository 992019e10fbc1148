import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.indexing import sync_folder
from index.library import Library
from index.passages import Passage
from index.sentence_vectors import FILE_NAME, NewSentences, SentenceVectors
from sources.source import Card, Sentence, Source
from tests.index.test_packing import unit_vectors


def passage_of(source: str, number: int, sentences: int) -> Passage:
    spans = tuple(Sentence(at * 10, at * 10 + 9) for at in range(sentences))
    return Passage(source, number, spans, "x" * spans[-1].end)


def new_sentences(slug: str, *sentences: int, seed: int = 0) -> NewSentences:
    """A source with a passage of so many sentences for each number."""
    return NewSentences(
        Source(slug, Card("T"), "0" * 64, slug),
        [passage_of(slug, number, count) for number, count in enumerate(sentences)],
        [unit_vectors(count, seed=seed) for count in sentences],
    )


@pytest.fixture
def kept(tmp_path: Path) -> SentenceVectors:
    return SentenceVectors(tmp_path)


def test_what_is_kept_comes_back(kept: SentenceVectors) -> None:
    kept.put((), [new_sentences("a", 2, 3)])
    found = kept.of(["a#1"])["a#1"]
    assert found.sentences == passage_of("a", 1, 3).sentences
    assert found.sha256 == "0" * 64
    assert np.allclose(np.diag(found.vectors @ unit_vectors(3).T), 1, atol=0.01)


def test_what_is_not_there_is_left_out(kept: SentenceVectors) -> None:
    kept.put((), [new_sentences("a", 2)])
    assert list(kept.of(["a#0", "a#1", "b#0"])) == ["a#0"]
    assert kept.of([]) == {}


def test_adding_again_replaces(kept: SentenceVectors) -> None:
    kept.put((), [new_sentences("a", 2, 2)])
    kept.put((), [new_sentences("a", 3)])
    assert kept.sizes_of("a") == {"a#0": 3}
    assert kept.count() == 1


def test_a_wrong_number_of_vectors_is_refused() -> None:
    whole = new_sentences("a", 1, 2)
    with pytest.raises(ValueError, match="a#1"):
        replace(whole, sentences=[unit_vectors(1), unit_vectors(1)])
    with pytest.raises(ValueError, match="1 vectors for 2 passages"):
        replace(whole, sentences=[unit_vectors(1)])


def test_removing_a_source_leaves_the_others(kept: SentenceVectors) -> None:
    kept.put((), [new_sentences("a", 1), new_sentences("b", 1, seed=1)])
    kept.put(["a"])
    kept.put(["a"])
    assert list(kept.of(["a#0", "b#0"])) == ["b#0"]
    assert kept.sources() == {"b"}


def test_more_passages_than_one_query_takes_are_found(kept: SentenceVectors) -> None:
    kept.put((), [new_sentences("a", *[1] * 1_200)])
    assert len(kept.of([f"a#{number}" for number in range(1_200)])) == 1_200


def test_what_was_kept_is_there_when_opened_again(tmp_path: Path) -> None:
    first = SentenceVectors(tmp_path)
    first.put((), [new_sentences("a", 1)])
    first.close()
    again = SentenceVectors(tmp_path)
    assert again.count() == 1
    assert list(again.of(["a#0"])) == ["a#0"]


def test_what_another_process_changes_is_seen_by_the_next_question(tmp_path: Path) -> None:
    reader, writer = SentenceVectors(tmp_path), SentenceVectors(tmp_path)
    writer.put((), [new_sentences("a", 1)])
    assert list(reader.of(["a#0", "b#0"])) == ["a#0"]
    writer.put(["a"], [new_sentences("b", 1)])
    assert list(reader.of(["a#0", "b#0"])) == ["b#0"]


def test_a_source_without_passages_keeps_nothing(kept: SentenceVectors) -> None:
    kept.put((), [NewSentences(Source("a", Card("T"), "0", "a"), (), ())])
    assert kept.count() == 0


def test_indexing_keeps_the_vectors_of_every_sentence(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    library = library_of(a="One stays. Two go.", b="Grain ships sail.")
    alone = library.embedder.embed(["One stays.", "Two go."], role="passage")
    assert np.allclose(library.sentences.of(["a#0"])["a#0"].vectors, alone, atol=0.01)
    (tmp_path / "texts" / "a.md").unlink()
    sync_folder(library, tmp_path / "texts")
    assert list(library.sentences.of(["a#0", "b#0"])) == ["b#0"]


def test_a_new_file_has_pages_that_rows_fit_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    for name, before in (("new", None), ("old", 4096)):
        folder = tmp_path / name
        folder.mkdir()
        if before is not None:
            with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
                connection.execute(f"PRAGMA page_size = {before}")
                connection.execute("CREATE TABLE other (one INTEGER)")
        kept = SentenceVectors(folder)
        assert kept.count() == 0
        kept.close()
        with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
            assert connection.execute("PRAGMA page_size").fetchone() == (before or 8192,)
