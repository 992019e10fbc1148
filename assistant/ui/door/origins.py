"""Which pages may call this one: its own, and those of sites that were named.

A browser says where a request comes from (``Origin``, ``Sec-Fetch-Site``); programs that are no
browsers say nothing and carry no cookie of somebody else's. Another port of the same machine is
another page.
"""

from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware

from assistant.ui.door.messages import ASGIApp, Message, Receive, Scope, Send, header, refuse
from assistant.ui.door.rules import Rules

_READING = ("GET", "HEAD")
_PORTS = {"http": 80, "https": 443}


class Origins:
    """An application that only its own pages call, with 403 to those of other sites.

    No ``Access-Control-…`` header goes out, but to the sites in the rules.
    """

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._names = rules.host_names
        self._allowed = frozenset(origin.lower().rstrip("/") for origin in rules.origins)
        self._shared = CORSMiddleware(
            self._silent,
            allow_origins=sorted(self._allowed),
            allow_methods=("GET", "POST"),
            allow_headers=("content-type",),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif header(scope, "origin").lower() in self._allowed:
            await self._shared(scope, receive, send)
        elif self._is_own(scope):
            await self._silent(scope, receive, send)
        else:
            await refuse(send, 403, "Only this page's own pages may do that.")

    async def _silent(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application without what Gradio tells browsers about other sites."""

        async def send_silently(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, value)
                    for name, value in message.get("headers", ())
                    if not name.lower().startswith(b"access-control-")
                ]
            await send(message)

        await self._app(scope, receive, send_silently)

    def _is_own(self, scope: Scope) -> bool:
        origin, site = header(scope, "origin"), header(scope, "sec-fetch-site")
        if origin and not self._is_this_page(origin, header(scope, "host")):
            return False
        if site in ("", "same-origin", "none"):
            return True
        # A link elsewhere may lead here; a picture, script or form there may not.
        is_followed = header(scope, "sec-fetch-mode") == "navigate"
        is_window = header(scope, "sec-fetch-dest") in ("", "document")
        return scope["method"] in _READING and is_followed and is_window

    def _is_this_page(self, origin: str, host: str) -> bool:
        """Whether the origin is the host that is asked; behind a proxy, one of its names."""
        try:
            parts = urlsplit(origin.lower())
            place = _place(parts.scheme, parts.netloc)
        except ValueError:
            return False
        if place is None:
            return False
        return any(
            place == _place(parts.scheme, name.lower())
            for name in filter(None, (host, *self._names))
        )


def _place(scheme: str, host: str) -> tuple[str, int] | None:
    """Name and port; the scheme's own port where none is written. `None` for no web address."""
    if scheme not in _PORTS:
        return None
    parts = urlsplit(f"//{host}")
    return (parts.hostname or "", parts.port or _PORTS[scheme])
