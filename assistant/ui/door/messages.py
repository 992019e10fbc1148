"""ASGI's messages as the door uses them: a header read, a request refused, a body counted."""

import json
from collections.abc import Sequence
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["ASGIApp", "Headers", "Message", "Receive", "Scope", "Send", "header", "refuse"]

Headers = Sequence[tuple[bytes, bytes]]


def header(scope: Scope, name: str) -> str:
    """The request's header of that lower-case name, the first where there are several, or ""."""
    wanted = name.encode()
    found = (value for key, value in scope.get("headers", ()) if key.lower() == wanted)
    return next(found, b"").decode("latin-1")


def route_of(scope: Scope) -> str:
    """The path that is asked for, without the prefix of a reverse proxy."""
    path, prefix = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(prefix) or "/" if prefix else path


async def refuse(
    send: Send, status: int, problem: str, *, more: Headers = (), **fields: Any
) -> None:
    """Answer with a status and why, as JSON that Gradio's pages show: ``{"detail": …}``."""
    body = json.dumps({"detail": problem, **fields}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
