from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from index.filters import Filters
from index.library import Library
from index.vectors import COLLECTION
from tests.conftest import WordEmbedder

DATED = "---\ntitle: T\npublisher: {}\npublished: {}\n---\nTalks about troops went on."


def test_the_nearest_passage_comes_first_with_its_cosine(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="Troops stay in the east.", b="Grain ships sail south.")
    asked = library.embedder.embed(["troops stay in the east"], role="question")[0]
    found = library.sentences.nearest(asked, limit=2)
    assert [name for name, _ in found] == ["a#0", "b#0"]
    assert found[0][1] == pytest.approx(1.0, abs=1e-3)


def test_a_passage_comes_back_as_it_was_added(library_of: Callable[..., Library]) -> None:
    library = library_of(a="One stays. Two go.")
    (found,) = library.vectors.passages_of("a")
    text = library.catalogue.text("a")
    assert found.content == text.content[found.start : found.end]
    assert found.sentences == text.sentences


@pytest.mark.parametrize(
    ("filters", "slugs"),
    [
        (Filters(), {"early", "late", "undated"}),
        (Filters(sources=("early", "late")), {"early", "late"}),
        (Filters(publishers=("NBC",)), {"late"}),
        (Filters(since=date(2025, 6, 1)), {"late"}),
        (Filters(until=date(2025, 6, 1)), {"early"}),
        (Filters(sources=("undated",), since=date(2000, 1, 1)), set()),
    ],
)
def test_both_sides_see_only_what_the_filters_let_through(
    library_of: Callable[..., Library], filters: Filters, slugs: set[str]
) -> None:
    library = library_of(
        early=DATED.format("BBC", "2025-01-31") + " One.",
        late=DATED.format("NBC", "2025-12-22") + " Two.",
        undated="Talks about troops went on. Three.",
    )
    asked = library.embedder.embed(["troops"], role="question")[0]
    by_vectors = library.sentences.nearest(asked, limit=10, filters=filters)
    by_words = library.lexical.search("troops", limit=10, filters=filters)
    assert {name.partition("#")[0] for name, _ in by_vectors} == slugs
    assert {name.partition("#")[0] for name, _ in by_words} == slugs


def test_langchain_reads_the_same_collection(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    library = library_of(a=DATED.format("NBC", "2025-12-22"))
    library.vectors.close()
    (folder,) = (tmp_path / "home" / "index").glob("*/vectors")

    class Words(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, row)) for row in WordEmbedder().embed(texts, role="passage")]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = Chroma(
        collection_name=COLLECTION, embedding_function=Words(), persist_directory=str(folder)
    )
    (document,) = store.similarity_search("troops", k=1)
    assert document.page_content == "Talks about troops went on."
    assert document.metadata["publisher"] == "NBC"
    assert document.metadata["published"] == "2025-12-22"
    assert (document.metadata["start"], document.metadata["end"]) == (0, 27)
