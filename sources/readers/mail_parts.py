"""What a mail consists of: headers, the part that people read, the files attached to it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.charsets import decode_page, decode_words
from sources.readers.html_page import words_of

_WORD = re.compile(r"\w+")
_SHARE_HELD = 0.6
"""The HTML part is the mail where it holds so much of the plain part's words."""
_MAX_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail; `message` is set where it is a mail itself."""

    name: str
    content: bytes
    message: EmailMessage | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a mail: HTML, or plain text and how its lines flow."""

    words: str
    is_html: bool
    is_flowed: bool = False
    drops_space: bool = False
    problems: tuple[str, ...] = ()


def header(message: EmailMessage, name: str) -> str | None:
    """A header's words; `None` where there is none, or one made to break parsers."""
    try:
        value = message[name]
        if value is None:
            return None
        words = str(value)
        if "\ufffd" in words or any("\ud800" <= one <= "\udfff" for one in words):
            written = next(raw for key, raw in message.raw_items() if key.lower() == name.lower())
            raw = str(written).encode("ascii", "surrogateescape")
            words = decode_words(raw, "windows-1252", name)
    except (
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        KeyError,
        UnicodeError,
        StopIteration,
    ):
        return None
    except UnreadableFileError:
        return None
    return words


def sent(message: EmailMessage) -> datetime | None:
    """When it was sent, on its sender's clock."""
    try:
        return parsedate_to_datetime(header(message, "date") or "")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def sender(message: EmailMessage) -> str | None:
    """The name of who sent it, else the address."""
    written = header(message, "from") or ""
    name, address = parseaddr(written)
    return name or address or written or None


def body_of(message: EmailMessage, name: str) -> Body:
    """The part of a mail that its reader is meant to read.

    HTML, which is what mail programs show, unless most words are in the plain part alone.
    Raises `UnreadableFileError` for an encrypted mail.
    """
    kind = _content_type(message)
    if kind in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        raise UnreadableFileError(
            f"{name!r} is encrypted.", remedy="Open it in your mail program and save its words."
        )
    plain, html = _bodies(message, name)
    if html is None or not words_of_html(html.words):
        return plain or html or Body("", is_html=False)
    if plain is None or not plain.words.strip():
        return html
    shown = Counter(map(str.casefold, _WORD.findall(words_of_html(html.words))))
    written = Counter(map(str.casefold, _WORD.findall(plain.words)))
    if (written & shown).total() >= _SHARE_HELD * written.total():
        return html
    chosen = html if 2 * shown.total() >= written.total() else plain
    other = "plain text" if chosen is html else "HTML"
    return replace(chosen, problems=(f"its {other} part has other words, which were left out",))


def words_of_html(words: str) -> str:
    """All words of an HTML part in one line."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        return words_of(html.document_fromstring(words.encode("utf-8", "replace"), parser=parser))
    except (etree.LxmlError, ValueError, AssertionError):
        return ""


def attachments(message: EmailMessage) -> Iterator[Attachment]:
    """The files in a mail, but the pictures that its words show."""
    seen = 0
    for part, is_shown in _files(message):
        seen += 1
        kind = _content_type(part)
        if is_shown and kind.startswith("image/"):
            continue
        name = _file_name(part) or f"{kind.replace('/', ' ')} {seen}"
        if kind == "message/rfc822":
            inner = _first(part)
            subject = header(inner, "subject") if inner is not None else None
            yield Attachment(subject or name, b"", inner)
            continue
        yield Attachment(name, _payload(part))


def _bodies(message: EmailMessage, name: str) -> tuple[Body | None, Body | None]:
    found: dict[str, list[Body]] = {"text/plain": [], "text/html": []}
    for part in _leaves(message):
        kind = _content_type(part)
        if kind in found and not _is_attached(part):
            words = _words(part, name, is_html=kind == "text/html")
            flowed = _parameter(part, "format") == "flowed"
            drops = _parameter(part, "delsp") == "yes"
            found[kind].append(Body(words, kind == "text/html", flowed, drops))
    plain, html = found["text/plain"], found["text/html"]
    return (_joined(plain), _joined(html))


def _joined(bodies: list[Body]) -> Body | None:
    if not bodies:
        return None
    first = bodies[0]
    return Body(
        "\n\n".join(one.words for one in bodies), first.is_html, first.is_flowed, first.drops_space
    )


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold words or files, without those of mails in the mail."""
    waiting: list[Any] = [message]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        if _content_type(part) == "message/rfc822":
            continue
        payload = part.get_payload() if part.is_multipart() else None
        if isinstance(payload, list):
            waiting[:0] = payload
        else:
            yield part


def _files(message: EmailMessage) -> Iterator[tuple[EmailMessage, bool]]:
    """Parts that are files, and whether the words around show them in their place."""
    waiting: list[tuple[Any, bool]] = [(message, False)]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        part, is_related = waiting.pop(0)
        kind = _content_type(part)
        if kind == "message/rfc822":
            yield part, False
        elif part.is_multipart() and isinstance(part.get_payload(), list):
            within = kind == "multipart/related"
            waiting[:0] = [(one, within) for one in part.get_payload()]
        elif _is_attached(part) or kind not in ("text/plain", "text/html"):
            is_shown = is_related or part.get("content-id") is not None
            if part is not message or not kind.startswith("multipart/"):
                yield part, is_shown


def _is_attached(part: EmailMessage) -> bool:
    try:
        disposition = part.get_content_disposition()
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):
        return False
    return disposition == "attachment" or (bool(_file_name(part)) and disposition != "inline")


def _content_type(part: Any) -> str:
    try:
        return str(part.get_content_type())
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):
        return "text/plain"


def _parameter(part: EmailMessage, name: str) -> str:
    try:
        return str(part.get_param(name) or "").lower()
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):
        return ""


def _file_name(part: EmailMessage) -> str | None:
    try:
        name = part.get_filename()
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):
        return None
    return re.split(r"[/\\]", " ".join(str(name).split()))[-1][:200] if name else None


def _first(part: EmailMessage) -> EmailMessage | None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner if isinstance(inner, EmailMessage) else None


def _payload(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _words(part: EmailMessage, name: str, *, is_html: bool) -> str:
    raw = _payload(part)
    charset = _parameter(part, "charset") or None
    if is_html and charset is None:
        return decode_page(raw, name)
    return decode_words(raw, charset, name)
