"""The door put together, outermost first: who asks, under which name, from where, for what."""

from collections.abc import Sequence
from pathlib import Path

from assistant.ui.door.calls import Calls
from assistant.ui.door.failures import Failures
from assistant.ui.door.headers import Guarded
from assistant.ui.door.hosts import Hosts
from assistant.ui.door.messages import ASGIApp
from assistant.ui.door.origins import Origins
from assistant.ui.door.page import Page
from assistant.ui.door.places import Places
from assistant.ui.door.proxies import Proxies
from assistant.ui.door.rates import Rates
from assistant.ui.door.receiving import Receiving
from assistant.ui.door.routes import Routes
from assistant.ui.door.rules import Rules
from assistant.ui.door.uploads import Uploads


def behind_door(
    app: ASGIApp, *, rules: Rules, page: Page, uploads: Uploads, hidden: Sequence[Path] = ()
) -> ASGIApp:
    """`app`, reached by nothing but what the rules allow. `hidden` folders are never named."""
    limits = rules.limits
    inner = Calls(Places(app, hidden), page, uploads, limits)
    sized = Rates(Receiving(inner, uploads, limits), limits)
    called = Hosts(Origins(Routes(sized), rules), rules)
    return Failures(Proxies(Guarded(called), rules))
