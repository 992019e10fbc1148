from collections.abc import Callable
from pathlib import Path

import chromadb
import pytest

from index.chroma_file import FILE_NAME, forget_removed
from index.library import Library
from index.vectors import COLLECTION, Vectors

CARD = "---\ntitle: T\npublisher: {}\n---\n"
WORDS = "Quartermasters counted howitzers"


def _folder(tmp_path: Path) -> Path:
    (folder,) = (tmp_path / "home" / "index").glob("*/vectors")
    return folder


def _filled(library_of: Callable[..., Library], tmp_path: Path) -> chromadb.Collection:
    library = library_of(
        a=CARD.format("NBC") + f"{WORDS} in the east.", b=CARD.format("BBC") + "Ships sail."
    )
    library.vectors.close()
    return chromadb.PersistentClient(path=str(_folder(tmp_path))).get_collection(
        COLLECTION, embedding_function=None
    )


def test_the_words_of_a_passage_stand_once_in_chromas_file(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    _filled(library_of, tmp_path)
    content = (_folder(tmp_path) / FILE_NAME).read_bytes()
    assert content.count(WORDS.encode()) == 2  # the newest thousand are in Chroma's queue, too


@pytest.mark.parametrize(
    "asked",
    [
        {"where_document": {"$contains": "howitzers"}},
        {"where_document": {"$not_contains": "Ships"}},
        {"where_document": {"$regex": "count.. how"}},
        {"where": {"source": "a"}},
        {"where": {"publisher": {"$in": ["NBC", "CNN"]}}},
        {"where": {"title": "T"}, "where_document": {"$contains": "east"}},
    ],
)
def test_chroma_filters_by_words_and_cards_as_before(
    library_of: Callable[..., Library], tmp_path: Path, asked: dict[str, object]
) -> None:
    collection = _filled(library_of, tmp_path)
    assert collection.get(**asked)["ids"] == ["a#0"]  # type: ignore[arg-type]  # of any kind


def test_chroma_can_change_what_it_reads(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    collection = _filled(library_of, tmp_path)
    vector = [1.0, *[0.0] * 255]
    collection.update(ids=["a#0"], documents=["Other words entirely."], embeddings=[vector])
    assert collection.get(where_document={"$contains": "entirely"})["ids"] == ["a#0"]
    assert collection.get(where_document={"$contains": "howitzers"})["ids"] == []
    collection.delete(where={"publisher": "NBC"})
    assert collection.get()["ids"] == ["b#0"]


def test_a_file_as_chroma_lays_it_out_is_made_small_at_clean_up(tmp_path: Path) -> None:
    client = chromadb.PersistentClient(path=str(tmp_path))
    collection = client.create_collection(
        COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    card = {"source": "a", "number": 0, "sha256": "0", "sentences": f"[[0, {len(WORDS)}]]"}
    collection.add(ids=["a#0"], documents=[WORDS], embeddings=[[1.0, 0.0]], metadatas=[card])
    client.close()
    file = tmp_path / FILE_NAME
    assert file.read_bytes().count(WORDS.encode()) > 1
    vectors = Vectors(tmp_path)
    (before,) = vectors.passages_of("a")
    vectors.forget_removed()
    assert vectors.passages_of("a") == (before,)
    vectors.remove("a")
    vectors.forget_removed()
    vectors.close()
    assert WORDS.encode() not in file.read_bytes()


def test_there_is_nothing_to_forget_where_chroma_has_no_file(tmp_path: Path) -> None:
    forget_removed(tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_lay_in_memory_where_vectors_are_still_to_come_is_blanked(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    library = library_of(a="One stays here.", b="Ships sail.")
    vector = library.embedder.embed(["ships sail"], role="question")[0]
    library.vectors.close()
    (data,) = _folder(tmp_path).glob("*/data_level0.bin")
    with data.open("r+b") as opened:
        opened.seek(-len(WORDS), 2)
        opened.write(WORDS.encode())
    forget_removed(_folder(tmp_path))
    assert WORDS.encode() not in data.read_bytes()
    assert library.vectors.nearest(vector, limit=1)[0][0] == "b#0"
