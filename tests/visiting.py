"""A page visited by a program: what a browser sends for it, over Gradio's queue.

It opens the page, keeps the connection that tells the server that it is there, sends events
by what they are wired to, and reads what comes of them.
"""

import json
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

PATIENCE_S = 120


class Visitor:
    """One open page; made by `visiting`."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self.session = secrets.token_urlsafe(8)
        client.get("/").raise_for_status()
        config = client.get("/config").raise_for_status().json()
        self._events: Sequence[Mapping[str, Any]] = config["dependencies"]
        self._named = {
            one["props"].get("elem_id"): one["id"]
            for one in config["components"]
            if one["props"].get("elem_id")
        }

    def load(self) -> None:
        """What happens when the page has loaded, until all of it is there."""
        self._send([one for one in self._events if _is(one, "load")])

    def ask(self, question: str) -> str:
        """Ask as by Enter, and wait for the answer; the conversation as HTML."""
        asking = self._event("question", "submit")
        messages = self._send([asking], question)
        assert messages, "nothing came of the question"
        place = asking["outputs"].index(self._named["thread"])
        shown = ""
        for message in messages:
            written = message.get("output", {}).get("data") or []
            if message["msg"] == "process_completed":
                assert message["success"], message
            if place < len(written) and isinstance(written[place], str):
                shown = written[place]
        return shown

    def settle(self) -> None:
        """What follows an answer: questions to go on with, and the reader drawn anew."""
        asking = self._event("question", "submit")
        self._send([one for one in self._events if one["trigger_after"] == asking["id"]])

    def _event(self, element: str, name: str) -> Mapping[str, Any]:
        target = [self._named[element], name]
        return next(one for one in self._events if target in one["targets"])

    def _send(self, events: Sequence[Mapping[str, Any]], *given: object) -> list[Mapping[str, Any]]:
        for event in events:
            blank = [None] * (len(event["inputs"]) - len(given))
            body = {
                "data": [*given, *blank],
                "fn_index": event["id"],
                "session_hash": self.session,
                "event_data": None,
                "trigger_id": None,
            }
            self._client.post("/gradio_api/queue/join", json=body).raise_for_status()
        return list(self._messages())

    def _messages(self) -> Iterator[Mapping[str, Any]]:
        asked = {"session_hash": self.session}
        with self._client.stream("GET", "/gradio_api/queue/data", params=asked) as lines:
            for line in lines.iter_lines():
                if line.startswith("data:"):
                    message = json.loads(line.removeprefix("data:"))
                    if message["msg"] == "close_stream":
                        return
                    yield message


@contextmanager
def visiting(address: str) -> Iterator[Visitor]:
    """A page that is open until the block ends."""
    with httpx.Client(base_url=address, timeout=PATIENCE_S) as client:
        visitor = Visitor(client)
        there, left = threading.Event(), threading.Event()
        staying = threading.Thread(
            target=_stay, args=(address, client.cookies, visitor.session, there, left)
        )
        staying.start()
        try:
            assert there.wait(PATIENCE_S), "the page took no heartbeat"
            yield visitor
        finally:
            left.set()
            staying.join()


def _stay(
    address: str,
    cookies: httpx.Cookies,
    session: str,
    there: threading.Event,
    left: threading.Event,
) -> None:
    """Keep the connection by which the server knows that the page is open."""
    with (
        httpx.Client(base_url=address, cookies=cookies, timeout=PATIENCE_S) as client,
        client.stream("GET", f"/gradio_api/heartbeat/{session}") as beats,
    ):
        next(beats.iter_lines())
        there.set()
        left.wait()


def _is(event: Mapping[str, Any], name: str) -> bool:
    return any(target[1] == name for target in event["targets"])
