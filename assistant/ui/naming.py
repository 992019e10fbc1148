"""What the page says before Gradio's scripts have come: its own name, and what it is.

Whoever has a slow line sees the page's frame in the first kilobytes; it goes once the page is
there. The page is sent compressed.
"""

import re
from typing import TYPE_CHECKING, Any

from assistant.ui.door.messages import route_of
from assistant.ui.templates import ASSETS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE = "Guarantees assistant"
DESCRIPTION = (
    "Ask source texts about the security guarantees for Ukraine, and check every sentence of"
    " the answer."
)
_THEIRS = re.compile(rb"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*")
_SKELETON = (ASSETS / "skeleton.html").read_bytes()
_BODY = re.compile(rb"<gradio-app")
_OURS = (
    f'<meta name="description" content="{DESCRIPTION}">'
    f'<meta property="og:title" content="{TITLE}">'
    '<meta property="og:type" content="website">'
    f'<meta property="og:description" content="{DESCRIPTION}">'
).encode()


class Named:
    """An application whose page at ``/`` has our names in its head."""

    def __init__(self, app: "ASGIApp") -> None:
        from starlette.middleware.gzip import GZipMiddleware

        self.app = app
        self._page = GZipMiddleware(self._named, compresslevel=6)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        is_page = scope["type"] == "http" and route_of(scope) == "/"
        await (self._page if is_page else self.app)(scope, receive, send)

    async def _named(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        plain = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
        page = _Page(send)
        await self.app({**scope, "headers": plain}, receive, page.send)


class _Page:
    """Holds the page back until it is whole, and sends it on renamed."""

    def __init__(self, send: "Send") -> None:
        self._send = send
        self._start: Any = None
        self._body = b""

    async def send(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        head, end, rest = self._body.partition(b"</head>")
        rest = _BODY.sub(lambda found: _SKELETON + found.group(), rest, count=1)
        body = _THEIRS.sub(b"", head) + (_OURS if end else b"") + end + rest
        headers = [
            (name, str(len(body)).encode() if name.lower() == b"content-length" else value)
            for name, value in self._start["headers"]
        ]
        await self._send({**self._start, "headers": headers})
        await self._send({**message, "body": body})
