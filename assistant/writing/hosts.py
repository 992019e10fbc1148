"""Which addresses are other machines, so that what leaves this one can be said."""

import ipaddress
import re
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit, urlunsplit


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


def is_host(written: str) -> bool:
    """Whether it is a bare ``name`` or ``name:port``, as a browser names whom it asks."""
    try:
        parts = urlsplit(f"//{written}")
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_bare = parts.netloc == written and "@" not in written
    is_name = re.fullmatch(r"[\w.:-]+", parts.hostname or "", re.ASCII) is not None
    return has_port and is_bare and is_name


def is_web_address(address: str) -> bool:
    """Whether it is ``http(s)://HOST``, with a port that there can be and no white space."""
    try:
        parts = urlsplit(address)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_whole and has_port and not any(char.isspace() for char in address)


def shown(address: str) -> str:
    """A web address without a name or password in it, to be printed."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def is_answering(address: str, *, timeout_s: float = 3.0) -> bool:
    """Whether a server at a web `address` answers a bare request, whatever it says.

    Nothing is sent but the request itself: no key and no text.
    """
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)
    try:
        connection.request("GET", parts.path or "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _host_of(address: str) -> str:
    parts = urlsplit(address if "//" in address else f"//{address}")
    return parts.hostname or address
