from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.ui.originals import add_originals
from index.indexing import add, remove
from index.inputs import bytes_input
from index.library import Library

TEXT = "---\ntitle: A\n---\nEnvoys met in Miami."
PAGE = b"<html><body><p>Envoys met in Miami.</p><script>alert(1)</script></body></html>"


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
    assert got.headers["content-disposition"] == 'attachment; filename="a-text.txt"'


def test_what_was_sent_is_served_to_the_byte_and_never_shown_as_a_page(library: Library) -> None:
    add(library, [bytes_input('Bericht "März"; x=1.html', PAGE)])
    (entry,) = library.catalogue.entries()
    got = _client(library).get(f"/originals/{entry.source.slug}")
    assert got.content == PAGE
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''Bericht%20%22M%C3%A4rz%22%3B%20x%3D1.html"
    )


def test_a_removed_source_is_not_served(library_of: Callable[..., Library]) -> None:
    library = library_of(a=TEXT)
    client = _client(library)
    assert client.get("/originals/a").status_code == 200
    remove(library, ["a"])
    assert client.get("/originals/a").status_code == 404
    assert client.get("/originals/..%2Fa").status_code == 404
