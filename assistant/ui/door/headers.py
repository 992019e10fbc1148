"""What every reply tells the browser: to load nothing from and send nothing to any other
address, to show the page in no other, and to keep the cookie that tells visitors apart.
"""

import secrets

from assistant.ui.door.messages import ASGIApp, Headers, Message, Receive, Scope, Send, route_of
from assistant.ui.visitors import VISITOR, visitor_of_scope

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio's page begins with inline scripts. Without 'unsafe-eval' it stays blank: its
        # HTML component (6.31) makes functions out of templates and `js_on_load`, and events
        # out of `js`, by `new Function(…)`.
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
_ALWAYS = {
    b"content-security-policy": POLICY.encode(),
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}
_YEAR_S = 34_560_000


class Guarded:
    """An application whose replies all carry these headers; a stricter one of its own stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        greeting = _greeting(scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                there = {name.lower() for name, _ in own}
                ours = [pair for pair in _ALWAYS.items() if pair[0] not in there]
                message = {**message, "headers": [*own, *ours, *greeting]}
            await send(message)

        await self._app(scope, receive, send_guarded)


def _greeting(scope: Scope) -> Headers:
    """The cookie that names a browser which opens the page and has no name yet."""
    if route_of(scope) != "/" or visitor_of_scope(scope):
        return ()
    path = f"{scope.get('root_path', '')}/"
    secure = " Secure;" if scope.get("scheme") == "https" else ""
    cookie = (
        f"{VISITOR}={secrets.token_urlsafe(24)}; Path={path}; Max-Age={_YEAR_S};{secure}"
        " HttpOnly; SameSite=Strict"
    )
    return ((b"set-cookie", cookie.encode()),)
