"""Fetching a page that a person asked for: http(s), public addresses, bounded size and time.

The name of the host is looked up here, every address it has is checked, and the connection
goes to the address that was checked: a name cannot point elsewhere between the check and
the use. Redirects are followed by the same rules, one by one.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sources.errors import UnreadableFileError
from sources.reading import MAX_FILE_BYTES, make_slug, readable_kinds

if TYPE_CHECKING:
    import httpx

MAX_SECONDS = 60.0
MAX_REDIRECTS = 5

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/vtt": ".vtt",
    "message/rfc822": ".eml",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.ms-excel": ".xls",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
}

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port to numeric addresses; raises `OSError` when there are none."""


@dataclass(frozen=True, slots=True)
class Page:
    """What lay at an address."""

    content: bytes
    name: str
    """A file name whose ending says the kind."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system looks them up."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def fetch(
    url: str,
    *,
    resolver: Resolver = resolve,
    transport: "httpx.BaseTransport | None" = None,
    max_bytes: int = MAX_FILE_BYTES,
    max_seconds: float = MAX_SECONDS,
) -> Page:
    """The page at `url`. Raises `UnreadableFileError`, with the reason, for what is not allowed.

    `transport` takes the place of the network in tests; the rules hold before it is asked.
    """
    import httpx

    deadline = time.monotonic() + max_seconds
    address = _parse(url)
    try:
        with httpx.Client(
            transport=transport or httpx.HTTPTransport(retries=0),
            timeout=min(15.0, max_seconds),
            trust_env=False,
            headers={"user-agent": "guarantees-assistant", "accept-encoding": "gzip, deflate"},
        ) as client:
            for _ in range(MAX_REDIRECTS + 1):
                request = _pinned(client, address, resolver)
                response = client.send(request, stream=True)
                try:
                    if response.has_redirect_location:
                        address = _parse(str(address.join(response.headers["location"])))
                        continue
                    if not response.is_success:
                        raise _failed(url, f"it answers {response.status_code}")
                    content = _read(response, url, max_bytes, deadline)
                    kind = response.headers.get("content-type", "")
                    return Page(content, _name_of(address, kind))
                finally:
                    response.close()
    except (httpx.HTTPError, httpx.StreamError, UnicodeError) as error:
        raise _failed(url, str(error) or type(error).__name__) from error
    raise _failed(url, f"it redirects more than {MAX_REDIRECTS} times")


def _parse(url: str) -> "httpx.URL":
    import httpx

    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, UnicodeError) as error:
        raise UnreadableFileError(
            f"{url!r} is not an address.", remedy="Give one that begins with https://."
        ) from error
    if address.scheme not in ("http", "https") or not address.host:
        raise UnreadableFileError(
            f"{url!r} is not an address on the web.", remedy="Only http and https are fetched."
        )
    if address.userinfo:
        raise UnreadableFileError(
            f"{address.host!r} is asked for with a password in the address.",
            remedy="Save the page as a file and add that.",
        )
    return address


def _pinned(client: "httpx.Client", address: "httpx.URL", resolver: Resolver) -> "httpx.Request":
    """A request that goes to an address of the host that was checked, under the host's name."""
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        found = resolver(address.host, port)
    except (OSError, UnicodeError) as error:
        raise _failed(str(address), f"the name {address.host!r} is not known") from error
    if not found:
        raise _failed(str(address), f"the name {address.host!r} is not known")
    for numeric in found:
        if not is_public(numeric):
            raise UnreadableFileError(
                f"{address.host!r} is an address inside this machine or network ({numeric}).",
                remedy="Only pages on the public web are fetched: save it as a file, and add that.",
            )
    host = address.netloc.decode("ascii")
    return client.build_request(
        "GET",
        address.copy_with(host=found[0].partition("%")[0]),
        headers={"host": host},
        extensions={"sni_hostname": address.host},
    )


def is_public(numeric: str) -> bool:
    """Whether an IP address is one of the public internet, in whatever way it is written."""
    try:
        ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(
            numeric.partition("%")[0]
        )
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 inside IPv6 (NAT64): what counts is the address inside."""


def _read(response: "httpx.Response", url: str, max_bytes: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_bytes(64 * 1024):
        size += len(piece)
        if size > max_bytes:
            raise _failed(url, f"it is larger than {max_bytes // 1024**2} MB")
        if time.monotonic() > deadline:
            raise _failed(url, "it takes too long to arrive")
        pieces.append(piece)
    return b"".join(pieces)


def _name_of(address: "httpx.URL", content_type: str) -> str:
    last = unquote(address.path.rstrip("/").rpartition("/")[2])
    stem, dot, ending = last.rpartition(".")
    ending = f"{dot}{ending}".lower()
    declared = _ENDINGS.get(content_type.partition(";")[0].strip().lower())
    if declared is None:
        declared = ending if ending in readable_kinds() else ".html"
    words = stem if dot and re.fullmatch(r"\.[a-z]{1,5}", ending) else last
    return f"{make_slug(words or address.host)}{declared}"


def _failed(url: str, reason: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{url!r} cannot be fetched: {reason}.",
        remedy="Open it in a browser, save it as a file, and add that.",
    )
