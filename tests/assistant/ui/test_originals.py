from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.ui.originals import add_originals
from index.indexing import remove
from index.library import Library

TEXT = "---\ntitle: A\n---\nEnvoys met in Miami."


def _client(library: Library) -> TestClient:
    app = FastAPI()
    add_originals(app, library.catalogue)
    return TestClient(app)


def test_a_file_is_served_as_it_was_read(library_of: Callable[..., Library]) -> None:
    got = _client(library_of(a=TEXT)).get("/originals/a")
    assert got.content == TEXT.encode()
    assert got.headers["content-disposition"] == 'attachment; filename="a.md"'


def test_a_file_that_changed_since_is_never_served(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    client = _client(library_of(a=TEXT))
    (tmp_path / "texts" / "a.md").write_text(TEXT.replace("Miami", "Paris"), encoding="utf-8")
    got = client.get("/originals/a")
    assert got.text == "Envoys met in Miami."
    assert got.headers["content-disposition"] == 'attachment; filename="a.txt"'


def test_a_removed_source_is_not_served(library_of: Callable[..., Library]) -> None:
    library = library_of(a=TEXT)
    remove(library, "a")
    client = _client(library)
    assert client.get("/originals/a").status_code == 404
    assert client.get("/originals/..%2Fa").status_code == 404
