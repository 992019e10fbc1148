"""The page on a port: finding a free one, and a server that lets nothing in from outside.

The browser itself is told, by a content security policy, to load nothing from and send
nothing to any other address than the page's own.
"""

import errno
import re
import secrets
import socket
import sys
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

from assistant.writing.hosts import is_this_machine
from sources.errors import StateError, UseError

if TYPE_CHECKING:
    from collections.abc import Awaitable, MutableMapping

    import gradio as gr

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    AsgiApp = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

PORTS_TRIED = 100
VISITOR = "visitor"
"""The cookie that tells browsers apart, so that each sees its own conversations."""

_VISITOR_NAME = re.compile(r"[\w-]{32}")

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio starts from inline scripts and builds its templates with Function().
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def bind(host: str, port: int, *, say: Callable[[str], None]) -> socket.socket:
    """A socket on `port` of `host`, or on the next free one, which is said.

    Raises `UseError` when `host` is no address of this machine or the port is not allowed,
    `StateError` when `PORTS_TRIED` ports in a row are taken.
    """
    last = min(port + PORTS_TRIED, 65536)
    for candidate in range(port, last):
        try:
            return _bind(host, candidate)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                if candidate + 1 < last:
                    say(f"Port {candidate} is taken; trying {candidate + 1}.")
                continue
            raise _refused(host, candidate, error) from error
    raise StateError(
        f"The ports {port} to {last - 1} are all taken.",
        remedy="Name another with `assistant chat --port`.",
    )


def address_of(host: str, bound: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    port = bound.getsockname()[1]
    if host in ("0.0.0.0", "::", ""):
        return f"http://localhost:{port}"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: "AsgiApp", *, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve `app` until interrupted; the address is said once the page is really there."""
    import uvicorn

    bound = bind(host, port, say=say)
    address = address_of(host, bound)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                say(f"The page is at {address} (stop with Ctrl+C).")
                if not is_this_machine(host):
                    say("Anyone who can reach this machine can open it and read the library.")

    config = uvicorn.Config(
        guarded(app), log_level="warning", timeout_graceful_shutdown=2, server_header=False
    )
    with bound:
        Server(config).run(sockets=[bound])


def guarded(app: "AsgiApp") -> "AsgiApp":
    """`app` with headers that keep the browser from any other address."""

    async def serve(scope: "Message", receive: "Receive", send: "Send") -> None:
        greeting = () if scope["type"] != "http" else _greeting(scope)

        async def send_guarded(message: "Message") -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS, *greeting]
            await send(message)

        await app(scope, receive, send_guarded if scope["type"] == "http" else send)

    return serve


def visitor_in(cookies: Mapping[str, str]) -> str:
    """The name that the page gave to the browser; empty for one that keeps no cookies."""
    name = cookies.get(VISITOR, "")
    return name if _VISITOR_NAME.fullmatch(name) else ""


def visitor_of(request: "gr.Request") -> str:
    """Whose browser it is; empty for one that keeps no cookies."""
    asked = request.request
    return visitor_in(asked.cookies) if asked is not None else ""


def _greeting(scope: "Message") -> tuple[tuple[bytes, bytes], ...]:
    """The cookie that names a browser which opens the page and has no name yet."""
    cookies = SimpleCookie()
    for name, value in scope.get("headers", ()):
        if name == b"cookie":
            cookies.load(value.decode("latin-1"))
    if scope.get("path") != "/" or visitor_in({k: morsel.value for k, morsel in cookies.items()}):
        return ()
    cookie = (
        f"{VISITOR}={secrets.token_urlsafe(24)}; Path=/; Max-Age=34560000; HttpOnly;"
        " SameSite=Strict"
    )
    return ((b"set-cookie", cookie.encode()),)


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, place = socket.getaddrinfo(
        host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(place)
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


def _refused(host: str, port: int, error: OSError) -> UseError:
    if error.errno in (errno.EACCES, errno.EPERM):
        return UseError(
            f"Port {port} may not be used here.",
            remedy="Name one above 1023 with `assistant chat --port`.",
        )
    return UseError(
        f"{host!r} is not an address of this machine.",
        remedy="Use `--host 127.0.0.1`, or `--host 0.0.0.0` to be reached from others.",
    )
