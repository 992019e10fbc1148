"""What can be asked for at all: the page, its files, and what the page itself calls.

Gradio brings more (a schema of its interface, calls without a queue, files by their path on the
disk, a proxy, monitoring). None of it is used here, and none can be reached.
"""

import re

from assistant.ui.door.messages import ASGIApp, Receive, Scope, Send, refuse, route_of

JOIN = "/gradio_api/queue/join"
UPLOAD = "/gradio_api/upload"
PROGRESS = "/gradio_api/upload_progress"
RESET = "/gradio_api/reset"

_READ = re.compile(
    r"/|/config/?|/theme\.css|/favicon\.ico|/robots\.txt"
    r"|/(?:assets|static|page-assets)/[\w.@/-]+"
    r"|/gradio_api/(?:theme\.css|app_id|queue/data|queue/status|upload_progress)"
    r"|/gradio_api/heartbeat/[\w-]{1,64}"
    r"|/(?:briefings|conversations|originals)/[^/]+",
)
_CHANGED = re.compile(r"/gradio_api/(?:queue/join|upload|cancel|reset)")


class Routes:
    """An application of which only the routes that the page uses are there; 404 elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        route, method = route_of(scope), scope["method"]
        reads, changes = _READ.fullmatch(route), _CHANGED.fullmatch(route)
        if ".." in route.split("/") or not (reads or changes):
            await refuse(send, 404, "There is no such page.")
        elif method not in (("GET", "HEAD") if reads else ("POST",)):
            allowed = b"GET, HEAD" if reads else b"POST"
            await refuse(send, 405, "That cannot be done here.", more=[(b"allow", allowed)])
        else:
            await self._app(scope, receive, send)
