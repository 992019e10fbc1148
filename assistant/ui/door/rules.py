"""What the door goes by: names, addresses and limits. Everything else is refused."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from sources.reading import MAX_FILE_BYTES

Network = IPv4Network | IPv6Network

MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, how many and how often. A visitor is a browser that keeps the page's cookie."""

    call_bytes: int = 256 * 1024
    """Of one call of the page: a question, a line of a briefing, a card."""
    upload_bytes: int = MAX_FILE_BYTES + MIB
    """Of one upload, all its files together."""
    visitor_upload_bytes: int = 1024 * MIB
    """Of what one visitor has sent and nobody has taken in yet."""
    all_upload_bytes: int = 4096 * MIB
    """The same of all visitors together."""
    visitor_uploads: int = 1_200
    """Files of one visitor that nobody has taken in yet."""
    unclaimed_s: float = 600.0
    """How long a file waits to be taken in, counted from its visitor's last upload."""
    visitor_calls_a_minute: int = 300
    """Calls and downloads of one visitor; so many may also come at once. 0 is no limit."""
    address_factor: int = 10
    """How many visitors' worth of calls one network address may make."""
    waiting: int = 128
    """Calls that may wait to be worked on, of all visitors together."""
    visitor_waiting: int = 48
    """Calls of one visitor that may wait; a page that opens makes about ten at once."""
    patience_s: float = 60.0
    """How long the next piece of a request's body is waited for."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may reach the page, and by which names."""

    host_names: tuple[str, ...] = ()
    """Names of this machine besides the loopback ones, ``name`` or ``name:port``."""
    origins: tuple[str, ...] = ()
    """Other sites whose pages may call this one, ``https://name``."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of reverse proxies, whose forwarded headers are believed."""
    path_prefix: str = ""
    """``/path`` under which a reverse proxy shows the page; empty for the root."""
    limits: Limits = field(default_factory=Limits)

    def is_proxy(self, address: str) -> bool:
        """Whether the peer at a network address is one of the proxies."""
        try:
            peer = ip_address(address)
        except ValueError:
            return False
        return any(peer in network for network in map(read_network, self.proxies))


def read_network(written: str) -> Network:
    """``127.0.0.1`` or ``10.0.0.0/8`` as a network; `ValueError` for anything else."""
    return ip_network(written, strict=False)
