"""Fixtures shared by all tests, and the doubles that can be checked by eye."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from assistant.answering import Assistant
from assistant.reader.reader import SentenceReader
from assistant.settings import Settings
from index.embedder import Role, Vectors
from index.encoder.encoder import MultilingualEncoder
from index.encoder.minilm import MiniLMEmbedder
from index.indexing import sync_folder, sync_shipped
from index.library import Library, open_library
from tests.assistant.speakers.texts import MADE_UP

DIMENSIONS = 256

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


class WordEmbedder:
    """Embeds a text by its words: each word adds one at a place that its hash names.

    Texts that share words are near, texts that share none are not; nothing is learned.
    """

    name = "words"
    max_tokens = 60

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:  # noqa: ARG002
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                place = int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS
                vectors[row, place] += 1
            vectors[row] /= np.linalg.norm(vectors[row]) or 1
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library whose embedder is the double."""
    library = open_library(tmp_path / "home", embedder=WordEmbedder())
    yield library
    library.close()


@pytest.fixture
def library_of(library: Library, tmp_path: Path) -> Callable[..., Library]:
    """Fills the library: ``library_of(name="text", …)`` adds a file NAME.md for each."""

    def fill(**texts: str) -> Library:
        folder = tmp_path / "texts"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        sync_folder(library, folder)
        return library

    return fill


@pytest.fixture(scope="session")
def real_embedder() -> MiniLMEmbedder:
    """The bundled model, loaded once for all tests."""
    return MiniLMEmbedder()


@pytest.fixture(scope="session")
def shipped(
    real_embedder: MiniLMEmbedder,
    real_reader: SentenceReader,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Assistant]:
    """The bundled models over the shipped texts."""
    library = open_library(tmp_path_factory.mktemp("shipped"), embedder=real_embedder)
    sync_shipped(library)
    yield Assistant(library, reader=real_reader)
    library.close()


@pytest.fixture(scope="session")
def real_reader() -> SentenceReader:
    """The bundled network, with the bundled model for several languages."""
    return SentenceReader(MultilingualEncoder())


@pytest.fixture(scope="session")
def made_up(
    real_embedder: MiniLMEmbedder,
    real_reader: SentenceReader,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Assistant]:
    """The same over the made-up texts: several publishers, days and kinds."""
    library = open_library(tmp_path_factory.mktemp("made-up"), embedder=real_embedder)
    sync_folder(library, MADE_UP)
    yield Assistant(library, reader=real_reader)
    library.close()
