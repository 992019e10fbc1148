"""Which addresses may be followed: what a card says is where its text was published.

Files and people write them, and in the end somebody clicks on one. An address that is none of
the web or of a mailbox runs a script, opens a file of the reader's machine or starts a
program. One function decides; it is asked where cards are made and where they are written out.
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from sources.errors import UseError

SAFE_SCHEMES = ("http", "https", "mailto")

_SCHEME = re.compile(r"([a-z]+):", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s@:/\\<>\"']+@[^\s@:/\\<>\"'?]+(?:\?[^\s]*)?")
_HEADER_ENDS = re.compile(r"%0[ad]", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]*\w\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_BARE = re.compile(r"(?:\w[\w-]*\.)+\w{2,}(?::\d+)?(?:[/?#].*)?")
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_ENDS = re.compile(r"[\s\"<>\\^`{|}]")
"""What ends an address, or means something, in one of the formats it is written to."""


class _Refused(NamedTuple):
    because: str
    remedy: str


def safe_address(written: str | None) -> str | None:
    """The address, fit to be linked to, or `None` for one that must not be.

    Safe are ``http`` and ``https`` with a host and without a user, and ``mailto`` with a
    mailbox. Nothing is guessed or taken away to make another one safe: not a scheme that is
    missing, nor a character that does not show.
    """
    found = _read(written or "")
    return found if isinstance(found, str) else None


def check_address(written: str) -> str:
    """The same address; `UseError` with the reason for one that must not be linked to."""
    found = _read(written)
    if isinstance(found, str):
        return found
    raise UseError(
        f"{_shown(written)} is not an address for a card: {found.because}.", remedy=found.remedy
    )


def left_out(written: str) -> str:
    """What is said of a file whose address is not taken over."""
    found = _read(written)
    because = found.because if isinstance(found, _Refused) else "it is none"
    return f"The address that it gives was left out: {because}: {_shown(written)}"


def _read(written: str) -> "str | _Refused":
    address = written.strip(" ")
    if any(unicodedata.category(one) in _HIDDEN for one in address):
        return _Refused("it holds characters that do not show", "Type it anew.")
    scheme = _SCHEME.match(address)
    kind = scheme.group(1).lower() if scheme else ""
    if kind == "mailto":
        return _mailbox(address)
    if kind not in SAFE_SCHEMES:
        if _BARE.fullmatch(address):
            return _Refused("it does not say http or https", f"Write 'https://{address}'.")
        return _Refused(
            "only http, https and mailto are linked to", "Give one that begins with https://."
        )
    return _web(f"{kind}{address[len(kind) :]}")


def _mailbox(address: str) -> "str | _Refused":
    mailbox = address.partition(":")[2]
    if not _MAILBOX.fullmatch(mailbox) or _HEADER_ENDS.search(mailbox):
        return _Refused("it names no mailbox", "Write it as mailto:name@example.org.")
    return _encoded(f"mailto:{mailbox}")


def _web(address: str) -> "str | _Refused":
    remedy = "Write it as https://example.org/page."
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return _Refused("its host cannot be read", remedy)
    if not address.startswith(f"{parts.scheme}://"):
        return _Refused("it names no host", remedy)
    if "@" in parts.netloc:
        return _Refused("it names a user before its host", "Leave out what stands before the @.")
    host = parts.netloc.removesuffix(f":{port}") if port is not None else parts.netloc
    if not _HOST.fullmatch(host):
        return _Refused("its host cannot be read", remedy)
    return _encoded(address)


def _encoded(address: str) -> str:
    return _ENDS.sub(lambda found: quote(found.group()), address)


def _shown(written: str) -> str:
    return repr(written if len(written) <= 100 else f"{written[:100]}…")
