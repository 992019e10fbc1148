"""A question to a scripted model, for the tests of what it writes and what it is sent."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from tests.assistant.writing.asking import TROOPS, written_by
from tests.scripted_model import ScriptedModel


@pytest.fixture
def ask(shipped: Assistant, tmp_path: Path) -> Callable[..., Answer]:
    """Asks with a model at the address of a scripted server."""

    def asking(model: ScriptedModel, question: str = TROOPS, **options: object) -> Answer:
        return written_by(shipped, model, tmp_path, **options).ask(question)

    return asking


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The packages of the providers keep a client for each address and never close it; here each
    script has an address of its own."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(autouse=True)
def _clients_let_go() -> Iterator[None]:
    """What a test leaves is let go of here, not in a later test of another room."""
    yield
    gc.collect()
