"""Which addresses are other machines, so that what leaves this one can be said."""

import ipaddress
from urllib.parse import urlsplit


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
