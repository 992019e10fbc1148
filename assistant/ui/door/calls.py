"""What a call of the page may carry: values of the kinds it takes, of a size, and no file but
the caller's own.

Gradio opens whatever file of this machine a value names (a dictionary with ``path``, and
``meta`` that says so), at any depth. So such a value passes in one place only, where a file is
asked for, and only by the secret name that its visitor was given for it (`uploads.py`).
"""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

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
from assistant.ui.door.page import Page
from assistant.ui.door.routes import JOIN, RESET
from assistant.ui.door.rules import Limits
from assistant.ui.door.uploads import Uploads
from assistant.ui.visitors import visitor_of_scope

_log = logging.getLogger(__name__)
_SESSION = r"^[A-Za-z0-9_-]{1,64}$"
_FILE_META = {"_type": "gradio.FileData"}


class _Call(BaseModel):
    model_config = ConfigDict(strict=True)

    session_hash: str = Field(pattern=_SESSION)
    fn_index: int = Field(ge=0)
    trigger_id: int | None = Field(default=None, ge=0)
    data: list[Any]
    event_data: Any = None


class _Cancel(BaseModel):
    model_config = ConfigDict(strict=True)

    session_hash: str = Field(pattern=_SESSION)
    fn_index: int = Field(ge=0)
    event_id: str = Field(pattern=_SESSION)


class _Reset(BaseModel):
    model_config = ConfigDict(strict=True)

    event_id: str = Field(pattern=_SESSION)


_Kind = TypeVar("_Kind", bound=BaseModel)


class _RefusedError(Exception):
    """The call is not made: `status` and why."""

    def __init__(self, status: int, problem: str, *, retry_s: int = 0, **fields: int) -> None:
        super().__init__(problem)
        self.status = status
        self.problem = problem
        self.retry_s = retry_s
        self.fields = fields


class Calls:
    """An application that gets well-formed calls alone, and so many at a time."""

    def __init__(self, app: ASGIApp, page: Page, uploads: Uploads, limits: Limits) -> None:
        self._app = app
        self._page = page
        self._uploads = uploads
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        try:
            body = await self._body(scope, receive)
            route = route_of(scope)
            if route == JOIN:
                visitor = visitor_of_scope(scope)
                checked = self._checked(body, visitor)
                self._find_place(visitor)
            else:
                checked = _parsed(body, _Reset if route == RESET else _Cancel).model_dump()
        except _RefusedError as error:
            _log.warning("Refused %s: %s", route_of(scope), error.problem)
            again = [(b"retry-after", str(error.retry_s).encode())] if error.retry_s else []
            await refuse(send, error.status, error.problem, more=again, **error.fields)
            return
        whole = json.dumps(checked).encode()
        others = [pair for pair in scope["headers"] if pair[0].lower() not in _OF_THE_BODY]
        headers = [
            *others,
            (b"content-type", b"application/json"),
            (b"content-length", str(len(whole)).encode()),
        ]
        await self._app({**scope, "headers": headers}, _again(whole, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        too_large = _RefusedError(
            413, f"That is more than {self._limits.call_bytes // 1024} KB and was not taken in."
        )
        try:
            if int(header(scope, "content-length") or 0) > self._limits.call_bytes:
                raise too_large
        except ValueError as error:
            raise _RefusedError(400, "Its length is no number.") from error
        body, more = b"", True
        while more:
            try:
                message = await asyncio.wait_for(receive(), self._limits.patience_s)
            except TimeoutError as error:
                raise _RefusedError(408, "The rest of it did not come.") from error
            if message["type"] == "http.disconnect":
                raise _RefusedError(400, "It broke off.")
            body += message.get("body", b"")
            if len(body) > self._limits.call_bytes:
                raise too_large
            more = bool(message.get("more_body"))
        return body

    def _checked(self, body: bytes, visitor: str) -> dict[str, object]:
        """The call with what Gradio may see of it."""
        call = _parsed(body, _Call)
        wanted = self._page.wanted(call.fn_index)
        if wanted is None or len(call.data) != len(wanted.inputs):
            raise _RefusedError(422, "There is no such call of this page.")
        event = call.event_data if wanted.takes_event else None
        if _names_a_file(event):
            raise _RefusedError(403, _NOT_YOURS)
        values = [
            self._value(kind, value, visitor)
            for kind, value in zip(wanted.inputs, call.data, strict=True)
        ]
        return call.model_dump() | {"data": values, "event_data": event}

    def _value(self, kind: str, value: object, visitor: str) -> object:
        if kind == "state" and not _names_a_file(value):
            return None  # it is kept on this side
        if value is None or (kind == "textbox" and isinstance(value, str)):
            return value
        if kind == "file" and isinstance(value, dict):
            path = self._uploads.path_of(value.get("path"), visitor)
            if path is not None:
                return {"path": str(path), "meta": _FILE_META, "orig_name": path.name}
        if _names_a_file(value):
            raise _RefusedError(403, _NOT_YOURS)
        raise _RefusedError(422, f"That is no value for a {kind}.")

    def _find_place(self, visitor: str) -> None:
        waiting = self._page.waiting()
        if len(waiting) >= self._limits.waiting:
            raise _RefusedError(
                503,
                f"The page is busy: {len(waiting)} calls wait. Try again in a moment.",
                retry_s=2,
                waiting=len(waiting),
            )
        mine = waiting.count(visitor) if visitor else 0
        if mine >= self._limits.visitor_waiting:
            raise _RefusedError(
                429,
                f"The page is busy with {mine} calls of yours. Try again in a moment.",
                retry_s=2,
                waiting=mine,
            )


_NOT_YOURS = "That is no file that you have sent here, or it has been dealt with."
_OF_THE_BODY = (b"content-type", b"content-length", b"transfer-encoding", b"content-encoding")


def _parsed(body: bytes, kind: type[_Kind]) -> _Kind:
    try:
        return kind.model_validate(json.loads(body))
    except (ValueError, RecursionError) as error:  # pydantic's is a ValueError too
        where = _places(error) if isinstance(error, ValidationError) else "no JSON"
        raise _RefusedError(422, f"That is no call of this page ({where}).") from error


def _places(error: ValidationError) -> str:
    return ", ".join(dict.fromkeys(str(one["loc"][0]) for one in error.errors() if one["loc"]))


def _names_a_file(value: object) -> bool:
    """Whether there is anything in it, at any depth, that Gradio may take for a file."""
    left: list[object] = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            if "path" in one or "_type" in one:
                return True
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
    return False


def _again(body: bytes, receive: Receive) -> Callable[[], Any]:
    """A `receive` that gives the body as it is now, and then what else comes."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
