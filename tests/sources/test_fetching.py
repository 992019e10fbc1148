"""A page is fetched from the public web alone, at the address that was checked."""

import gzip
import time
from collections.abc import Iterator

import httpx
import pytest

from sources.errors import UnreadableFileError
from sources.fetching import fetch, is_public


def _public(_host: str, _port: int) -> tuple[str, ...]:
    return ("93.184.216.34",)


@pytest.mark.parametrize(
    "numeric",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%eth0"],
)
def test_addresses_inside_are_not_public(numeric: str) -> None:
    assert not is_public(numeric)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.org/x", "https://u:p@a.org/"])
def test_other_schemes_and_passwords_are_refused(url: str) -> None:
    with pytest.raises(UnreadableFileError):
        fetch(url, resolver=_public)


def test_the_request_goes_to_the_address_that_was_checked() -> None:
    asked: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.host, request.headers["host"]))
        return httpx.Response(200, content=b"words", headers={"content-type": "text/plain"})

    page = fetch("https://a.org/b", resolver=_public, transport=httpx.MockTransport(answer))
    assert (page.content, page.name) == (b"words", "b.txt")
    assert asked == [("93.184.216.34", "a.org")]


def test_a_redirect_inside_is_refused() -> None:
    def resolver(host: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.1",) if host == "inside.org" else ("93.184.216.34",)

    transport = httpx.MockTransport(
        lambda _: httpx.Response(302, headers={"location": "http://inside.org/"})
    )
    with pytest.raises(UnreadableFileError, match="inside this machine"):
        fetch("https://a.org/", resolver=resolver, transport=transport)


def test_a_page_that_is_too_large_is_refused() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"x" * 2_000))
    with pytest.raises(UnreadableFileError, match="larger"):
        fetch("https://a.org/", resolver=_public, transport=transport, max_bytes=1_000)


def test_a_page_that_drips_is_given_up() -> None:
    def drip() -> Iterator[bytes]:
        while True:
            time.sleep(0.01)
            yield b"x" * 70_000

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=drip()))
    with pytest.raises(UnreadableFileError, match="too long"):
        fetch("https://a.org/", resolver=_public, transport=transport, max_seconds=0.1)


def test_a_page_is_measured_as_it_unpacks() -> None:
    packed = gzip.compress(bytes(3_000_000))
    transport = httpx.MockTransport(
        lambda _: httpx.Response(200, content=packed, headers={"content-encoding": "gzip"})
    )
    with pytest.raises(UnreadableFileError, match="larger"):
        fetch("https://a.org/", resolver=_public, transport=transport, max_bytes=1_000_000)


def test_a_name_with_one_address_inside_is_refused_whole() -> None:
    def resolver(_host: str, _port: int) -> tuple[str, ...]:
        return ("93.184.216.34", "192.168.1.1")

    with pytest.raises(UnreadableFileError, match="inside this machine"):
        fetch("https://a.org/", resolver=resolver)


def test_redirects_without_end_are_given_up() -> None:
    transport = httpx.MockTransport(
        lambda _: httpx.Response(302, headers={"location": "https://a.org/again"})
    )
    with pytest.raises(UnreadableFileError, match="redirects more than"):
        fetch("https://a.org/", resolver=_public, transport=transport)
