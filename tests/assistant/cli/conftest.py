"""Commands run in this process, over the bundled model loaded once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant import wiring
from assistant.cli.main import main
from assistant.settings import Settings
from index.embedder import Embedder
from index.encoder.files import BUNDLED
from index.library import Library, open_fresh_index, open_library


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
    """Runs ``assistant …`` and returns what came of it.

    What a command opens goes with its process; here it is closed.
    """
    opened: list[Library] = []

    def noting(open_one: Callable[..., Library]) -> Callable[..., Library]:
        def open_and_note(*given: Any, **named: Any) -> Library:
            opened.append(open_one(*given, **named))
            return opened[-1]

        return open_and_note

    make_embedder = wiring.make_embedder

    def make(settings: Settings) -> Embedder:
        is_loaded = settings.embedder in (None, BUNDLED)
        return real_embedder if is_loaded else make_embedder(settings)

    monkeypatch.setattr(wiring, "make_embedder", make)
    monkeypatch.setattr(wiring, "open_library", noting(open_library))
    monkeypatch.setattr(wiring, "open_fresh_index", noting(open_fresh_index))

    def run(*arguments: str | Path) -> Run:
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        finally:
            while opened:
                opened.pop().close()
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return run
