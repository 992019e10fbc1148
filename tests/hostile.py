"""A client of the served page that is no browser: it says what it likes."""

import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

import httpx


class Client:
    """One visitor of the page at `address`; what it sends is up to the test."""

    def __init__(self, address: str, *, headers: Mapping[str, str] | None = None) -> None:
        self.http = httpx.Client(base_url=address, headers=headers, timeout=60)
        self.session = secrets.token_hex(6)
        self.http.get("/")
        config = self.http.get("/config").json()
        self._calls = {one["api_name"]: one for one in config["dependencies"]}

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.close()

    def body(self, name: str, data: Sequence[object] | None = None, **event: object) -> Any:
        """A call of that name as the page would make it; values that are not given are null."""
        call = self._calls[name]
        values = list(data or ())
        values += [None] * (len(call["inputs"]) - len(values))
        return {
            "session_hash": self.session,
            "fn_index": call["id"],
            "data": values,
            "event_data": event or None,
            "trigger_id": None,
        }

    def join(self, body: Any, **more: Any) -> httpx.Response:
        """Put a call in the queue."""
        return self.http.post("/gradio_api/queue/join", json=body, **more)

    def call(self, name: str, data: Sequence[object] | None = None, **event: object) -> str:
        """Make a call that is taken, and everything that comes back until it is complete."""
        joined = self.join(self.body(name, data, **event))
        assert joined.status_code == 200, joined.text
        return self.replies()

    def replies(self) -> str:
        """What the page sends to this visitor until its calls are complete."""
        path = f"/gradio_api/queue/data?session_hash={self.session}"
        said: list[str] = []
        with self.http.stream("GET", path) as stream:
            for line in stream.iter_lines():
                said.append(line)
                if '"close_stream"' in line or '"unexpected_error"' in line:
                    break
        return "\n".join(said)

    def upload(self, name: str, content: bytes, **more: Any) -> httpx.Response:
        """Send one file."""
        return self.http.post("/gradio_api/upload", files={"files": (name, content)}, **more)

    def sent(self, name: str, content: bytes) -> str:
        """Send one file that is taken; what the page calls it."""
        (named,) = self.upload(name, content).raise_for_status().json()
        assert isinstance(named, str)
        return named


def file_of(path: str) -> dict[str, object]:
    """A value that Gradio takes for a file."""
    return {"path": path, "meta": {"_type": "gradio.FileData"}, "orig_name": "x.md"}


def outputs(replies: str) -> list[Any]:
    """The values of every complete call among the replies."""
    found: list[Any] = []
    for line in replies.splitlines():
        with suppress(ValueError):
            message = json.loads(line.removeprefix("data: "))
            if message.get("msg") == "process_completed" and message.get("success"):
                found += message["output"].get("data", [])
    return found
