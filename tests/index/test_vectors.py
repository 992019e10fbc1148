import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from index.filters import Filters
from index.library import Library
from index.passages import Passage
from index.vectors import COLLECTION
from tests.conftest import WordEmbedder

DATED = "---\ntitle: T\npublisher: {}\npublished: {}\n---\nTalks about troops went on."


def test_the_nearest_passage_comes_first_with_its_cosine(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="Troops stay in the east.", b="Grain ships sail south.")
    asked = library.embedder.embed(["troops stay in the east"], role="question")[0]
    found = library.vectors.nearest(asked, limit=2)
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
    by_vectors = library.vectors.nearest(asked, limit=10, filters=filters)
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


def test_what_another_process_has_changed_is_seen(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    library = library_of(a="Troops stay in the east.", b="Grain ships sail south.")
    asked = library.embedder.embed(["troops stay"], role="question")[0]
    assert [name for name, _ in library.vectors.nearest(asked, limit=1)] == ["a#0"]
    text = tmp_path / "c.md"
    text.write_text("Troops stay.", encoding="utf-8")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from index.indexing import add_places, remove\n"
        "from index.library import open_library\n"
        "from tests.conftest import WordEmbedder\n"
        "library = open_library(Path(sys.argv[1]), embedder=WordEmbedder())\n"
        "add_places(library, [sys.argv[2]])\n"
        "remove(library, ['a'])\n"
        "library.close()\n"
    )
    asked_for = [sys.executable, "-c", code, str(library.home), str(text)]
    subprocess.run(asked_for, check=True, capture_output=True)
    found = [name for name, _ in library.vectors.nearest(asked, limit=3)]
    assert found == ["c#0", "b#0"]


def test_searching_while_passages_are_added_finds_what_was_there(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="Troops stay in the east.")
    asked = library.embedder.embed(["troops stay"], role="question")[0]
    (passage,) = library.vectors.passages_of("a")
    source = library.catalogue.source("a")

    def search() -> set[str]:
        found = library.vectors.nearest(asked, limit=1)
        return {name for name, _ in found}

    with ThreadPoolExecutor(4) as threads:
        searches = [threads.submit(search) for _ in range(60)]
        for number in range(1, 6):
            further = Passage("a", number, passage.sentences, passage.content)
            vectors = library.embedder.embed(["grain ships sail"], role="passage")
            library.vectors.add(source, [further], vectors)
    assert {name for one in searches for name in one.result()} == {"a#0"}


def test_many_sources_that_a_filter_lets_through_are_found_without_asking_chroma_to_filter(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(
        **{f"early{one}": DATED.format("BBC", "2025-01-31") + f" {one}." for one in range(8)},
        **{f"late{one}": DATED.format("NBC", "2025-12-22") + f" {one}." for one in range(8)},
    )
    asked = library.embedder.embed(["talks about troops"], role="question")[0]
    for limit in (1, 8, 16):
        found = library.vectors.nearest(asked, limit=limit, filters=Filters(publishers=("NBC",)))
        assert len(found) == min(limit, 8)
        assert all(name.startswith("late") for name, _ in found)
