"""How often one visitor may call, and one address: a budget that fills up as time goes by.

Whoever drops the cookie is a new visitor each time, so that the address is counted too.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from assistant.ui.door.messages import ASGIApp, Receive, Scope, Send, refuse, route_of
from assistant.ui.door.routes import UPLOAD
from assistant.ui.door.rules import Limits
from assistant.ui.visitors import visitor_of_scope

_FREE = ("/assets/", "/static/", "/page-assets/", "/gradio_api/queue/data", "/theme.css")
_REMEMBERED = 10_000
_UPLOADS_PER_CALL = 4
"""Many small files may be dropped at once; their bytes have a limit of their own."""


class Budgets:
    """What each caller may still do, at `a_minute` on average and as many at once."""

    def __init__(self, a_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(a_minute)
        self._a_second = a_minute / 60
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, caller: str) -> float:
        """0 where the caller may go on; else the seconds until it may."""
        now = self._clock()
        left, since = self._left.pop(caller, (self._most, now))
        left = min(self._most, left + (now - since) * self._a_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._a_second
        self._left[caller] = (left if wait else left - 1, now)
        while len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return wait


class Rates:
    """An application that is called so often and not more, with 429 beyond."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        rate = limits.visitor_calls_a_minute
        self._is_limited = rate > 0
        self._calls = _of_visitors_and_addresses(rate, limits.address_factor)
        self._uploads = _of_visitors_and_addresses(rate * _UPLOADS_PER_CALL, limits.address_factor)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait_s = self._wait_s(scope) if scope["type"] == "http" and self._is_limited else 0.0
        if not wait_s:
            await self._app(scope, receive, send)
            return
        seconds = max(1, math.ceil(wait_s))
        await refuse(
            send,
            429,
            f"That was too much at once. Try again in {seconds} s.",
            more=[(b"retry-after", str(seconds).encode())],
        )

    def _wait_s(self, scope: Scope) -> float:
        route = route_of(scope)
        if route.startswith(_FREE):
            return 0.0
        by_visitor, by_address = self._uploads if route == UPLOAD else self._calls
        visitor, client = visitor_of_scope(scope), scope.get("client")
        address = str(client[0]) if client else ""
        return (by_visitor.spend(visitor) if visitor else 0.0) or by_address.spend(address)


def _of_visitors_and_addresses(rate: int, factor: int) -> tuple[Budgets, Budgets]:
    return Budgets(rate), Budgets(rate * factor)
