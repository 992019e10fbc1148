"""A desk over the made-up library, kept in a temporary folder, with the real model."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.store import BriefingStore
from index.changes import Changes
from index.embedder import Embedder
from index.indexing import sync_folder
from index.library import open_library
from sources.database import FILE_NAME
from tests.assistant.speakers.texts import MADE_UP

ORIGIN = "made-up"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the made-up texts that a test may change."""
    return Path(shutil.copytree(MADE_UP, tmp_path / "made-up"))


@pytest.fixture(scope="session")
def made_up_home(real_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds the made-up texts, indexed once for all tests."""
    home = tmp_path_factory.mktemp("made-up-home") / "home"
    library = open_library(home, embedder=real_embedder)
    sync_folder(library, MADE_UP, origin=ORIGIN)
    library.close()
    return home


@pytest.fixture
def assistant(made_up_home: Path, tmp_path: Path, real_embedder: Embedder) -> Iterator[Assistant]:
    home = shutil.copytree(made_up_home, tmp_path / "home")
    library = open_library(Path(home), embedder=real_embedder)
    yield Assistant(library)
    library.close()


@pytest.fixture
def sync(assistant: Assistant, folder: Path) -> Callable[[], Changes]:
    """Makes the library hold what the test's folder holds now."""
    return lambda: sync_folder(assistant.library, folder, origin=ORIGIN)


@pytest.fixture
def editor(assistant: Assistant, tmp_path: Path) -> Iterator[BriefingEditor]:
    store = BriefingStore(tmp_path / "home" / FILE_NAME)
    yield BriefingEditor(assistant.library.catalogue, store)
    store.close()
