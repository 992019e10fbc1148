"""A small chat model from a GGUF file, run in this process by llama.cpp: no server, no address.

It answers one question at a time; who asks meanwhile waits for its turn. What it reads is kept
between questions, so that the same beginning is not read twice.
"""

import os
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.writing.chat_model import HEARTBEAT_S, Ending, Message, Patience, Piece
from assistant.writing.failures import ModelFailure, failure_of
from assistant.writing.gguf import read_header
from assistant.writing.parameters import Parameters
from sources.errors import StateError

if TYPE_CHECKING:
    import xllamacpp

PREFIX = "local:"
_READ_AT_ONCE = 128
"""Tokens of the question that are read before it is looked whether anybody still waits."""
_ENDINGS: dict[str, Ending] = {"length": "length", "tool_calls": "tools"}


def file_of(name: str) -> Path | None:
    """The file that a model's name means; `None` for one that a provider serves."""
    return Path(name.removeprefix(PREFIX)).expanduser() if name.startswith(PREFIX) else None


class LocalModel:
    """A chat model in this process; loaded at first use, and kept."""

    address: str | None = None
    cites = False

    def __init__(
        self,
        file: Path,
        *,
        parameters: Parameters | None = None,
        window_tokens: int = 8_000,
        threads: int | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Raises `UseError` where `file` is none or no model, `StateError` without llama.cpp."""
        if find_spec("xllamacpp") is None:
            raise StateError(
                "The package that runs local models is not installed.",
                remedy="Run `pip install 'guarantees-assistant[local]'`.",
            )
        header = read_header(file)
        self.name = f"{PREFIX}{file.name}"
        self._file = file
        self._parameters = parameters or Parameters()
        self.window_tokens = min(window_tokens, header.trained_tokens or window_tokens)
        """What it takes in: no more than it was trained on."""
        self._bytes_needed = file.stat().st_size + self.window_tokens * header.bytes_a_token
        self._threads = threads or max(1, (os.cpu_count() or 2) - 1)
        self._patience = patience or Patience()
        self._turn = threading.Lock()
        self._loaded: xllamacpp.Server | None = None

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece | None]:
        pieces: queue.SimpleQueue[Piece | ModelFailure | None] = queue.SimpleQueue()
        left = threading.Event()
        work = threading.Thread(
            target=self._work, args=(messages, pieces.put, left), name="local model"
        )
        work.start()
        began = heard = None
        try:
            while True:
                try:
                    piece = pieces.get(timeout=HEARTBEAT_S)
                except queue.Empty:
                    # Whoever waits for others to be answered is not kept waiting by the model.
                    if began is not None and self._patience.is_over(began=began, heard=heard):
                        raise ModelFailure("slow") from None
                    yield None
                    continue
                if piece is None:
                    return
                if isinstance(piece, ModelFailure):
                    raise piece
                if began is None:
                    began = time.monotonic()
                    continue
                heard = time.monotonic()
                if heard - began > self._patience.whole_s:
                    raise ModelFailure("slow")
                yield piece
        finally:
            left.set()

    def _work(
        self,
        messages: Sequence[Message],
        put: Callable[[Piece | ModelFailure | None], None],
        left: threading.Event,
    ) -> None:
        """Say all pieces, after an empty one when its turn comes, and `None` at the end."""

        def take(part: Mapping[str, Any]) -> bool:
            if "error" in part:
                put(failure_of(_RuntimeError(str(part["error"]))))
                return True
            put(_piece_of(part))
            return left.is_set()

        with self._turn:
            if left.is_set():
                return
            put(Piece())
            try:
                if self._loaded is None:
                    self._loaded = self._load()
                self._loaded.handle_chat_completions(self._request(messages), take)
                put(None)
            except ModelFailure as failure:
                put(failure)
            except Exception:  # noqa: BLE001  # the binding's own errors have no common kind
                put(ModelFailure("server"))

    def _load(self) -> "xllamacpp.Server":
        import xllamacpp

        free = _bytes_free()
        if free is not None and self._bytes_needed > free:
            raise ModelFailure("no memory")
        given = xllamacpp.CommonParams()
        given.model.path = str(self._file)
        given.n_ctx = self.window_tokens
        given.n_parallel = 1
        given.n_batch = given.n_ubatch = _READ_AT_ONCE
        given.cpuparams.n_threads = given.cpuparams_batch.n_threads = self._threads
        given.verbosity = -1
        given.ui = False
        with tempfile.TemporaryDirectory(prefix="assistant-") as folder, _own_signals():
            # The binding serves whatever it loads. A socket that is deleted at once is in
            # nobody's reach, and takes no port.
            given.hostnames = [str(Path(folder) / "model.sock")]
            try:
                return xllamacpp.Server(given)
            except RuntimeError:
                raise ModelFailure("not loaded") from None

    def _request(self, messages: Sequence[Message]) -> dict[str, object]:
        sent = self._parameters
        request: dict[str, object] = {
            "messages": [
                {"role": "system" if one.role == "system" else "user", "content": one.words}
                for one in messages
            ],
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,
        }
        if sent.temperature is not None:
            request["temperature"] = sent.temperature
        if sent.cap is not None:
            request["max_tokens"] = sent.cap
        return request


def _bytes_free() -> int | None:
    """Memory that can be had without putting anything else out of it; `None` where untold."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    told = (line.split() for line in lines if line.startswith("MemAvailable:"))
    return next((int(words[1]) * 1024 for words in told), None)


class _RuntimeError(Exception):
    """What llama.cpp says went wrong."""


def _piece_of(part: Mapping[str, Any]) -> Piece:
    choice = (part.get("choices") or [{}])[0]
    delta = choice.get("delta") or {}
    used = part.get("usage") or {}
    return Piece(
        delta.get("content") or "",
        used.get("prompt_tokens"),
        used.get("completion_tokens"),
        len(delta.get("reasoning_content") or ""),
        _ENDINGS.get(choice.get("finish_reason") or ""),
    )


@contextmanager
def _own_signals() -> Iterator[None]:
    """Within, whoever takes Ctrl+C and the request to end for itself gives them back.

    llama.cpp's server does, from a thread, where Python's own `signal` cannot be asked.
    """
    if os.name != "posix":
        yield
        return
    import ctypes
    import signal

    action = ctypes.CDLL(None).sigaction
    kept = {one: ctypes.create_string_buffer(1024) for one in (signal.SIGINT, signal.SIGTERM)}
    for one, before in kept.items():
        action(int(one), None, before)
    try:
        yield
    finally:
        for one, before in kept.items():
            action(int(one), before, None)
