"""No reply tells where on the disk of this machine anything lies.

Errors of the library name its folder, for those who sit at the machine. Whoever only reaches
the page learns that it is the library's.
"""

import html
import json
from collections.abc import Sequence
from pathlib import Path

from assistant.ui.door.messages import ASGIApp, Message, Receive, Scope, Send

INSTEAD = "(the library’s folder)"


class Places:
    """An application whose plain replies name none of the folders."""

    def __init__(self, app: ASGIApp, folders: Sequence[Path]) -> None:
        self._app = app
        written = {str(path) for folder in folders for path in (folder, folder.resolve())}
        ways = {way for path in written for way in (path, html.escape(path), _in_json(path))}
        # The longer first: one folder may lie in another.
        self._hidden = [way.encode() for way in sorted(ways, key=len, reverse=True)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_hiding(message: Message) -> None:
            # Gradio sends each event in one piece, so that no path is cut in two.
            if message["type"] == "http.response.body" and message.get("body"):
                body = bytes(message["body"])
                for way in self._hidden:
                    if way in body:
                        body = body.replace(way, INSTEAD.encode())
                message = {**message, "body": body}
            await send(message)

        streams = scope["type"] == "http" and scope["path"].endswith("/queue/data")
        await self._app(scope, receive, send_hiding if streams else send)


def _in_json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]
