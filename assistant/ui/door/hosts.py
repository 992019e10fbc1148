"""By which names the page may be called.

A page of another site can have its own name lead to this machine (DNS rebinding): its browser
then takes both for one site. The name that was asked for gives it away.
"""

import ipaddress
from urllib.parse import urlsplit

from assistant.ui.door.messages import ASGIApp, Receive, Scope, Send, header, refuse
from assistant.ui.door.rules import Rules
from assistant.writing.hosts import is_this_machine


class Hosts:
    """An application that answers to its own names alone, with 400 to any other."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._known = frozenset(name.lower() for name in rules.host_names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_ours(scope):
            await self._app(scope, receive, send)
            return
        await refuse(
            send,
            400,
            "This page is not served under that name."
            " To allow it, start it with `assistant chat --host-name NAME`.",
        )

    def _is_ours(self, scope: Scope) -> bool:
        named = [value for key, value in scope["headers"] if key.lower() == b"host"]
        host = header(scope, "host").lower()
        name = name_of(host)
        if len(named) != 1 or not name:
            return False
        if is_this_machine(name) or name in self._known or host in self._known:
            return True
        # No name leads an address elsewhere, so the one that was reached is told by its number.
        server = scope.get("server")
        return server is not None and _is_same_address(name, str(server[0]))


def name_of(host: str) -> str:
    """The name or address in a ``Host`` header without its port; empty for anything else."""
    try:
        parts = urlsplit(f"//{host}")
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    is_bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return (parts.hostname or "").rstrip(".") if port_is_one and is_bare else ""


def _is_same_address(name: str, address: str) -> bool:
    try:
        return ipaddress.ip_address(name) == ipaddress.ip_address(address)
    except ValueError:
        return False
