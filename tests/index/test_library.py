"""Which model made the index, as its name says, whatever the name is."""

from contextlib import closing
from pathlib import Path

import pytest

from index.library import index_being_used, open_fresh_index, open_library
from tests.conftest import WordEmbedder


class Named(WordEmbedder):
    """The double under another name."""

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.mark.parametrize("name", ["words", "/models/a, b", "owner/model-v2"])
def test_the_model_in_use_while_another_index_is_built_is_told_by_its_whole_name(
    tmp_path: Path, name: str
) -> None:
    with (
        closing(open_library(tmp_path, embedder=Named(name))),
        closing(open_fresh_index(tmp_path, embedder=Named("other"))),
    ):
        assert index_being_used(tmp_path) == name
