"""Whom a request came through: headers of a reverse proxy are believed from a known one alone.

Whoever reaches the page by another way could write them too, and name any address, scheme or
host. So they never go further than this file: what is believed is put into the request itself.
"""

from assistant.ui.door.messages import ASGIApp, Receive, Scope, Send, header, refuse
from assistant.ui.door.rules import Rules

_TOLD = (b"forwarded", b"x-real-ip", b"x-gradio-server", b"x-direct-url")


class Proxies:
    """An application that sees the browser's address, scheme, host and path, and no proxy's."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        seen = dict(scope)
        peer = scope.get("client")
        if peer is not None and self._rules.is_proxy(peer[0]):
            self._believe(seen)
        seen["headers"] = [
            (name, value)
            for name, value in seen["headers"]
            if not name.lower().startswith(b"x-forwarded-") and name.lower() not in _TOLD
        ]
        prefix = self._rules.path_prefix
        if prefix and scope["type"] == "http" and scope["path"] == prefix:
            # Without the slash at its end, the page's own links would lead past the prefix.
            to = f"{prefix}/".encode()
            await refuse(send, 308, "The page is one slash further.", more=[(b"location", to)])
            return
        _go_by_prefix(seen, prefix)
        await self._app(seen, receive, send)

    def _believe(self, scope: Scope) -> None:
        scheme = _last(header(scope, "x-forwarded-proto")).lower()
        if scheme in ("http", "https"):
            scope["scheme"] = scheme
        if host := _last(header(scope, "x-forwarded-host")):
            others = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
            scope["headers"] = [*others, (b"host", host.encode("latin-1"))]
        # Each proxy adds whom it was asked by at the end; what stands before the first one that
        # is not ours is a claim.
        claimed = [one.strip() for one in header(scope, "x-forwarded-for").split(",")]
        for address in reversed(list(filter(None, claimed))):
            scope["client"] = (address, 0)
            if not self._rules.is_proxy(address):
                break


def _last(values: str) -> str:
    return values.rpartition(",")[2].strip()


def _go_by_prefix(scope: Scope, prefix: str) -> None:
    """Put the path below the prefix, whether the proxy leaves the prefix in it or not."""
    scope["root_path"] = prefix
    path = str(scope["path"])
    if prefix and path != prefix and not path.startswith(f"{prefix}/"):
        scope["path"] = f"{prefix}{path}"
        if raw := scope.get("raw_path"):
            scope["raw_path"] = prefix.encode() + raw
