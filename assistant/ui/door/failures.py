"""What breaks behind the door is told in the log in one line, and to the caller in none."""

import logging

from assistant.ui.door.messages import ASGIApp, Message, Receive, Scope, Send, refuse, route_of

_log = logging.getLogger(__name__)


class Failures:
    """An application that always finishes its replies.

    Gradio ends some by an error of its own (a stream of a visitor that it does not know), which
    would be printed with every call that led there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = is_over = False

        async def send_noticing(message: Message) -> None:
            nonlocal has_begun, is_over
            has_begun = True
            is_over = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        try:
            await self._app(scope, receive, send_noticing)
        except Exception as error:  # noqa: BLE001 - whatever it is, the log gets it in one line
            told = " ".join(str(error).split())[:200]
            _log.warning("%s failed: %s: %s", route_of(scope), type(error).__name__, told)
            _log.debug("It failed here:", exc_info=error)
            if not has_begun:
                await refuse(send, 500, "Something broke. The terminal of the server says what.")
            elif not is_over:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
