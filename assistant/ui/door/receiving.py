"""Uploads are received here and not by Gradio, which tells each sender where on the disk its
file lies, and keeps what breaks off.
"""

import asyncio
import json
import logging

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

from assistant.ui.door.messages import (
    ASGIApp,
    Message,
    Receive,
    Scope,
    Send,
    header,
    refuse,
    route_of,
)
from assistant.ui.door.routes import PROGRESS, UPLOAD
from assistant.ui.door.rules import Limits
from assistant.ui.door.uploads import TooMuchError, Uploads
from assistant.ui.visitors import visitor_of_scope

_log = logging.getLogger(__name__)
_AT_ONCE = 100
_FIELDS = 10


class Receiving:
    """An application to which files are sent; the reply names each by a secret of its visitor."""

    def __init__(self, app: ASGIApp, uploads: Uploads, limits: Limits) -> None:
        self._app = app
        self._uploads = uploads
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = route_of(scope) if scope["type"] == "http" else ""
        if route == UPLOAD:
            await self._answer(scope, receive, send)
        elif route == PROGRESS:  # the file field waits for it; the upload itself has a reply
            await _send(send, b'data: {"msg": "done"}\n\n', kind=b"text/event-stream")
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not header(scope, "content-type").startswith("multipart/form-data"):
            await refuse(send, 415, "Files are sent as multipart/form-data.")
            return
        try:
            declared = int(header(scope, "content-length") or 0)
            tokens = await self._received(scope, receive, declared)
        except TooMuchError as error:
            again = [(b"retry-after", b"60")] if error.status == 429 else []
            await refuse(send, error.status, error.problem, more=again)
        except (MultiPartException, ValueError, UnicodeError):
            _log.warning("Refused an upload that is no whole form.")
            await refuse(send, 400, "That is no whole form with files.")
        except TimeoutError:
            await refuse(send, 408, "The rest of it did not come.")
        except ClientDisconnect:
            return
        except OSError as error:
            _log.warning("An upload could not be kept: %s.", error.strerror)
            await refuse(send, 507, "There is no room for files on this machine.")
        else:
            await _send(send, json.dumps(tokens).encode(), kind=b"application/json")

    async def _received(self, scope: Scope, receive: Receive, declared: int) -> list[str]:
        """The secret names of the files, in order."""
        visitor = visitor_of_scope(scope)
        with self._uploads.receiving(visitor) as count:
            if declared > self._limits.upload_bytes:
                count(declared)  # refused before any of it is read

            async def receive_counted() -> Message:
                message = await asyncio.wait_for(receive(), self._limits.patience_s)
                count(len(message.get("body", b"")))
                return message

            parsing = Request(scope, receive_counted).form(max_files=_AT_ONCE, max_fields=_FIELDS)
            async with parsing as form:
                sent = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
                if not sent:
                    raise ValueError("no files")
                return [
                    await asyncio.to_thread(
                        self._uploads.keep, visitor, one.filename or "", one.file
                    )
                    for one in sent
                ]


async def _send(send: Send, body: bytes, *, kind: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
