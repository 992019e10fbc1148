"""A text that was altered in the file is never read as the source's."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sources import checked_texts
from sources.catalogue import Catalogue
from sources.errors import DamagedLibraryError
from sources.reading import make_source, read_bytes
from sources.source import Span

WORDS = "The envoys met in Miami. They spoke of guarantees."


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    catalogue = Catalogue(tmp_path / "library.sqlite3")
    source, text = make_source(read_bytes(WORDS.encode(), "a.txt"), name="a.txt", origin="a.txt")
    catalogue.add(source, text)
    catalogue.mark_ready("a", passages=1)
    return catalogue


def _alter(catalogue: Catalogue, statement: str) -> None:
    with closing(sqlite3.connect(catalogue.path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_words_are_read_at_their_place(catalogue: Catalogue) -> None:
    sha256 = catalogue.source("a").sha256
    for _ in range(2):  # hashed, then trusted
        assert catalogue.words_at(sha256, Span(18, 23)) == "Miami"
    assert catalogue.words_at("none", Span(18, 23)) is None
    assert catalogue.has_text("a")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE text SET content = replace(content, 'Miami', 'Milan')", "was altered"),
        ("UPDATE text SET content = replace(content, 'Miami', 'Rome')", "was altered"),
        ("UPDATE text SET sentences = '[[30, 40], [0, 5]]'", "does not fit its sentences"),
        ("DELETE FROM text", "is gone"),
    ],
)
def test_an_altered_text_is_told_with_its_source_and_the_remedy(
    catalogue: Catalogue, statement: str, problem: str
) -> None:
    _alter(catalogue, statement)
    with pytest.raises(DamagedLibraryError, match=f"the source 'a' {problem}") as raised:
        catalogue.text("a")
    assert "`assistant doctor --repair`" in raised.value.remedy
    assert not catalogue.has_text("a")


def test_no_span_of_an_altered_text_is_read(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = catalogue.source("a").sha256
    monkeypatch.setattr(checked_texts, "_TRUSTED_S", 0.0)
    assert catalogue.words_at(sha256, Span(18, 23)) == "Miami"
    _alter(catalogue, "UPDATE text SET content = replace(content, 'Miami', 'Milan')")
    with pytest.raises(DamagedLibraryError, match="the source 'a' was altered"):
        catalogue.words_at(sha256, Span(18, 23))
