"""A question to a scripted model, for the tests of what it writes and what it is sent."""

from collections.abc import Callable
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
