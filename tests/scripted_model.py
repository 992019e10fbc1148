"""A server on the loopback that speaks the streaming protocol of OpenAI's chat completions.

It plays one script for every request: what to send, in which pieces, and how to misbehave.
The bytes are written by hand, so that they can be broken in every way.
"""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the server does. `pieces` are words, or raw bytes to be sent as they are."""

    pieces: Sequence[str | bytes] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "scripted"
    wait_s: float = 0.0
    """Before each piece."""
    hang: bool = False
    """Whether to send nothing more after the pieces, until the other side is gone."""
    ends: bool = True
    """Whether the end of the answer is marked as it should be."""
    forever: bool = False
    """Whether the pieces are sent again and again."""


class ScriptedModel:
    """The running server: where it is, what it was asked, whether it was left."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.left = threading.Event()
        """Set once the other side closed the connection before the end."""
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def start(self) -> None:
        # The server looks this often whether to stop; its own default holds every test up.
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def scripted(script: Script) -> Iterator[ScriptedModel]:
    """The server while the block runs."""
    model = ScriptedModel(script)
    model.start()
    try:
        yield model
    finally:
        model.stop()


def event(words: str) -> bytes:
    """One event of the stream that carries `words`."""
    part = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "delta": {"content": words}, "finish_reason": None}],
    }
    return b"data: " + json.dumps(part).encode() + b"\n\n"


def _ending() -> bytes:
    stop = {
        "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
        "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}],
    }  # fmt: skip
    used = {
        **stop, "choices": [],
        "usage": {"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366},
    }  # fmt: skip
    return b"".join(b"data: " + json.dumps(one).encode() + b"\n\n" for one in (stop, used)) + (
        b"data: [DONE]\n\n"
    )


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            model.requests.append(json.loads(self.rfile.read(length)))
            model.keys.append(self.headers.get("Authorization"))
            try:
                self._play(model.script)
            except OSError:
                model.left.set()
            self.close_connection = True

        def _play(self, script: Script) -> None:
            if script.status != 200:
                body = json.dumps({"error": {"message": script.error, "type": "x"}}).encode()
                self.send_response(script.status)
                for name, value in script.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.flush()
            while True:
                for piece in script.pieces:
                    time.sleep(script.wait_s)
                    self.wfile.write(event(piece) if isinstance(piece, str) else piece)
                    self.wfile.flush()
                if not script.forever:
                    break
            if script.hang:
                self._wait_until_left()
            elif script.ends:
                self.wfile.write(_ending())

        def _wait_until_left(self) -> None:
            self.connection.settimeout(0.05)
            while not model.stopping.is_set():
                try:
                    if not self.connection.recv(1):
                        model.left.set()
                        return
                except TimeoutError:
                    continue

        def log_message(self, *_: object) -> None:
            pass

    return Handler
