"""The first texts that come decide on the model of a library that was empty."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import ingest
from index.indexing import add, add_each, remove, restore
from index.inputs import bytes_input
from index.library import Library, models_of, open_library
from index.retrieval import Retriever
from tests.conftest import WordEmbedder

ENGLISH = bytes_input("en.txt", b"The envoys met in Miami on Monday.")
UKRAINIAN = bytes_input("uk.txt", "Посланці зустрілися в Маямі, розмова тривала довго.".encode())


class _Other(WordEmbedder):
    name = "other"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    library = open_library(tmp_path / "home", embedder=WordEmbedder(), for_other_languages=_Other())
    yield library
    library.close()


def _found(library: Library, words: str) -> list[str]:
    return [match.passage.source for match in Retriever(library).find(words, limit=1)]


@pytest.mark.parametrize(
    "adding",
    [
        lambda library, inputs: add(library, inputs),
        lambda library, inputs: list(add_each(library, inputs)),
    ],
)
def test_texts_of_one_adding_are_all_indexed_by_the_model_that_the_last_asked_for(
    empty: Library, adding: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_GROUP_PASSAGES", 1)  # the first is ready before the other
    adding(empty, [ENGLISH, UKRAINIAN])
    assert empty.embedder.name == "other"
    assert empty.is_in_use
    assert models_of(empty.home) == ("other", None)
    assert _found(empty, "envoys") == ["en"]
    assert _found(empty, "Посланці") == ["uk"]
    assert len(list((empty.home / "index").iterdir())) == 1
    add(empty, [bytes_input("b.txt", b"More words of the envoys, spoken on Tuesday.")])
    assert len(_found(empty, "Tuesday")) == 1


def test_a_library_that_began_in_english_keeps_its_model(empty: Library) -> None:
    add(empty, [ENGLISH])
    add(empty, [UKRAINIAN])
    assert (empty.embedder.name, empty.is_in_use) == ("words", True)


def test_a_removed_text_comes_back_into_the_index_of_the_new_model(empty: Library) -> None:
    add(empty, [ENGLISH])
    remove(empty, ["en"])
    add(empty, [UKRAINIAN])
    restore(empty, "en")
    assert empty.embedder.name == "other"
    assert _found(empty, "envoys") == ["en"]


def test_a_library_that_may_not_choose_keeps_its_model(library: Library) -> None:
    add(library, [UKRAINIAN])
    assert library.embedder.name == "words"
