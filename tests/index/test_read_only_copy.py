"""What a library that may only be read needs aside does not outlive it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library, open_library
from tests.capabilities import rights_respected
from tests.conftest import WordEmbedder


def test_closing_a_library_that_may_only_be_read_leaves_nothing_aside(
    library_of: Callable[..., Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_of(a="One stays here.").close()
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    everything = [tmp_path / "home", *(tmp_path / "home").rglob("*")]
    for path in everything:
        path.chmod(path.stat().st_mode & ~0o222)
    with rights_respected():
        library = open_library(tmp_path / "home", embedder=WordEmbedder())
        assert library.vectors.count() == library.lexical.count() == 1
        assert len(list(aside.iterdir())) == 2
        library.close()
    for path in everything:
        path.chmod(path.stat().st_mode | 0o200)
    assert list(aside.iterdir()) == []
