"""Commands run in this process, over the bundled model loaded once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant import wiring
from assistant.cli.main import main
from index.embedder import Embedder


@dataclass(frozen=True)
class Run:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Standard output read as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    real_embedder: Embedder,
) -> Callable[..., Run]:
    """Runs ``assistant …`` and returns what came of it."""
    monkeypatch.setattr(wiring, "make_embedder", lambda _settings: real_embedder)

    def run(*arguments: str | Path) -> Run:
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return run
