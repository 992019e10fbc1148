"""The fixtures of the briefing tests serve exported documents too."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.store import BriefingStore
from assistant.export.briefings import export_briefing
from index.embedder import Embedder
from index.library import open_library
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from tests.assistant.briefing.conftest import assistant, editor, folder, made_up_home, sync

__all__ = ["assistant", "editor", "folder", "made_up_home", "sync"]


@pytest.fixture(scope="session")
def drafted_home(
    made_up_home: Path, real_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The made-up library with a drafted briefing, to be copied or only read."""
    home = Path(shutil.copytree(made_up_home, tmp_path_factory.mktemp("drafted") / "home"))
    library = open_library(home, embedder=real_embedder)
    store = BriefingStore(home / FILE_NAME)
    editor = BriefingEditor(library.catalogue, store)
    editor.new("Talks")
    editor.write("talks", "own", "This is “only” what I think of it.")
    editor.draft("talks", "security guarantees", Assistant(library))
    store.close()
    library.close()
    return home


@pytest.fixture(scope="session")
def drafted_editor(drafted_home: Path) -> Iterator[BriefingEditor]:
    """The desk of the drafted briefing, only to be read."""
    store = BriefingStore(drafted_home / FILE_NAME)
    yield BriefingEditor(Catalogue(drafted_home / FILE_NAME), store)
    store.close()


@pytest.fixture(scope="session")
def drafted_documents(
    drafted_editor: BriefingEditor, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of the drafted briefing as talks.docx and talks.md, to be copied."""
    exported = tmp_path_factory.mktemp("documents")
    for kind in ("docx", "md"):
        export_briefing(drafted_editor, "talks", exported / f"talks.{kind}")
    return exported
