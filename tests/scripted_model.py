"""A server on the loopback that speaks the streaming protocols of chat models.

OpenAI's, Anthropic's or Ollama's, by the path it is asked at. It plays one script for every
request: what to send, in which pieces, and how to misbehave. The bytes are written by hand, so
that they can be broken in every way.
"""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.scripted_protocols import Protocol, beginning, ending, event, protocol_of, refusal


@dataclass
class Script:
    """What the server does. `pieces` are words, or raw bytes to be sent as they are."""

    pieces: Sequence[str | bytes] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "scripted"
    code: str | None = None
    """What the error is called, as OpenAI does."""
    refuses: Mapping[str, str] = field(default_factory=dict)
    """What is said, with status 400, of a request with that field, or with a message of that
    role; ``max_tokens`` …, ``system``."""
    names_it: bool = True
    """Whether the refusal has the field's name in a place of its own."""
    wait_s: float = 0.0
    """Before each piece."""
    hang: bool = False
    """Whether to send nothing more after the pieces, until the other side is gone."""
    ends: bool = True
    """Whether the end of the answer is marked as it should be."""
    ends_with: str | None = None
    """Why the answer ended, in the protocol's own word; `None` is that all was said."""
    counts: bool = True
    """Whether it says the tokens that were used."""
    forever: bool = False
    """Whether the pieces are sent again and again."""
    keeps: bool = False
    """Whether the connection is kept for the next request."""
    then: "Script | None" = None
    """What is played from the next request on; `None` is the same again."""


class ScriptedModel:
    """The running server: where it is, what it was asked, whether it was left."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.connections: set[int] = set()
        """The ports that the requests came from."""
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


_STOPS: dict[Protocol, str] = {"openai": "stop", "anthropic": "end_turn", "ollama": "stop"}


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = json.loads(self.rfile.read(length))
            model.requests.append(asked)
            model.keys.append(self.headers.get("Authorization"))
            model.connections.add(self.client_address[1])
            script = model.script
            model.script = script.then or script
            try:
                self._play(script, asked, protocol_of(self.path))
            except OSError:
                model.left.set()
            self.close_connection = not script.keeps

        def _play(self, script: Script, asked: Mapping[str, Any], protocol: Protocol) -> None:
            refused = _refused(script, asked)
            if refused is not None:
                param = refused if script.names_it and refused != "system" else None
                self._refuse(script, 400, script.refuses[refused], protocol, param)
                return
            if script.status != 200:
                self._refuse(script, script.status, script.error, protocol, None)
                return
            self.send_response(200)
            kind = "application/x-ndjson" if protocol == "ollama" else "text/event-stream"
            self.send_header("Content-Type", kind)
            if script.keeps:
                self.send_header("Transfer-Encoding", "chunked")
            else:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.flush()
            self._send(beginning(protocol))
            while True:
                for piece in script.pieces:
                    time.sleep(script.wait_s)
                    self._send(event(piece, protocol) if isinstance(piece, str) else piece)
                if not script.forever:
                    break
            if script.hang:
                self._wait_until_left()
            elif script.ends:
                reason = script.ends_with or _STOPS[protocol]
                self._send(ending(reason, protocol, counts=script.counts))
            if script.keeps:
                self.wfile.write(b"0\r\n\r\n")

        def _refuse(
            self, script: Script, status: int, said: str, protocol: Protocol, param: str | None
        ) -> None:
            body = refusal(said, protocol, param=param, code=script.code)
            self.send_response(status)
            for name, value in script.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _send(self, words: bytes) -> None:
            if not words:
                return
            if model.script.keeps:
                words = f"{len(words):x}\r\n".encode() + words + b"\r\n"
            self.wfile.write(words)
            self.wfile.flush()

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


def _refused(script: Script, asked: Mapping[str, Any]) -> str | None:
    """The first thing of the request that the script does not take."""
    roles = {one["role"] for one in asked["messages"]}
    return next((name for name in script.refuses if name in asked or name in roles), None)
