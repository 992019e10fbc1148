"""The page on a port: finding a free one, and a server that is ended in order."""

import errno
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.writing.hosts import is_this_machine
from sources.errors import StateError, UseError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PORTS_TRIED = 100
MAX_CONNECTIONS = 1_000
"""At a time; a browser keeps up to six, and one more for each tab."""


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


def run(
    app: "ASGIApp", *, host: str, port: int, say: Callable[[str], None], path: str = ""
) -> None:
    """Serve `app` until interrupted; the address is said once the page is really there.

    `path` is what a reverse proxy puts in front of the page's own paths. The end that an
    operating system asks for (SIGTERM) comes as `SystemExit`, so that what is open is closed.
    """
    import uvicorn

    bound = bind(host, port, say=say)
    address = f"{address_of(host, bound)}{path and f'{path}/'}"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                say(f"The page is at {address} (stop with Ctrl+C).")
                if not is_this_machine(host):
                    say("Anyone who can reach this machine can open it and read the library.")

    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=2,
        server_header=False,
        proxy_headers=False,  # the door believes those that the settings name, and nobody else
        limit_concurrency=MAX_CONNECTIONS,
    )
    with bound, _ending_orderly():
        Server(config).run(sockets=[bound])


@contextmanager
def _ending_orderly() -> Iterator[None]:
    """SIGTERM ends the block like an error does; uvicorn sends it again once it is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
