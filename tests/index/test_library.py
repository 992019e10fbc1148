"""A library is opened for the model that made its index, or left as it was found."""

from contextlib import closing
from pathlib import Path

import pytest

from index.library import models_of, open_fresh_index, open_library
from sources.errors import IndexMismatchError, StateError
from tests.capabilities import open_files
from tests.conftest import WordEmbedder


class Named(WordEmbedder):
    """The double under another name."""

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.mark.parametrize("name", ["words", "/models/a, b", "owner/model-v2"])
def test_the_models_in_use_and_being_built_are_told_by_their_whole_names(
    tmp_path: Path, name: str
) -> None:
    with (
        closing(open_library(tmp_path, embedder=Named(name))),
        closing(open_fresh_index(tmp_path, embedder=Named("other"))),
    ):
        assert models_of(tmp_path) == (name, "other")


def test_a_library_that_cannot_be_opened_is_let_go_of(tmp_path: Path) -> None:
    open_library(tmp_path, embedder=Named("one")).close()
    with pytest.raises(IndexMismatchError):
        open_library(tmp_path, embedder=Named("other"))
    (small,) = tmp_path.glob("index/*/sentences.sqlite3")
    small.write_bytes(b"no database " * 999)
    with pytest.raises(StateError):
        open_library(tmp_path, embedder=Named("one"))
    assert open_files(tmp_path) == 0
