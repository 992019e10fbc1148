"""What a visitor should know before asking: the mode, the library's size and age, and
whether anything leaves this machine.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from assistant.answering import Assistant
from assistant.answers import Mode


@dataclass(frozen=True, slots=True)
class Overview:
    """The facts of the status line."""

    mode: Mode
    sources: int
    newest: date | None
    """`None` when no card of the library gives a date."""
    reached: tuple[str, ...] = ()
    """Other machines that questions or texts are sent to."""


def look_over(assistant: Assistant, *, reached: Iterable[str] = ()) -> Overview:
    """The library as it is now; `reached` as `machines_reached` gives it."""
    sources, _, newest = assistant.library.catalogue.counts()
    return Overview(mode="quotes", sources=sources, newest=newest, reached=tuple(reached))


def machines_reached(*addresses: str | None) -> tuple[str, ...]:
    """The hosts among ``host:port`` and URL `addresses` that are not this machine, in order."""
    hosts = (_host_of(address) for address in addresses if address)
    return tuple(dict.fromkeys(host for host in hosts if not is_this_machine(host)))


def is_this_machine(host: str) -> bool:
    """Whether a host name or address can only mean the machine we run on."""
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host_of(address: str) -> str:
    parts = urlsplit(address if "//" in address else f"//{address}")
    return parts.hostname or address
