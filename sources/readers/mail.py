"""E-mail (``.eml``) by the standard library: the message itself, without its attachments."""

import email
import email.policy
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content


def read_mail(raw: bytes, name: str) -> Content:
    """Subject, sender and date on the card, the message as text; HTML mail as plain words."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise UnreadableFileError(
            f"{name!r} is not an e-mail: it has no headers.",
            remedy="Export the message as .eml anew, or rename the file to .txt.",
        )
    fields: dict[str, object] = {
        "title": _header(message, "subject"),
        "author": _header(message, "from"),
        "published": _sent(message),
        "language": _header(message, "content-language"),
    }
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        words = "" if body is None else str(body.get_content())
    except (LookupError, UnicodeError, AttributeError, ValueError) as error:
        raise UnreadableFileError(
            f"The words of {name!r} cannot be decoded.", remedy="Export the message anew."
        ) from error
    builder = Builder()
    if body is not None and body.get_content_subtype() == "html":
        words = _without_tags(words)
    for paragraph in words.replace("\r\n", "\n").split("\n\n"):
        builder.paragraph(paragraph)
    left_out = _attachments(message)
    problems = (f"{left_out} not read: add them as files",) if left_out else ()
    return builder.content(fields, problems)


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError, TypeError):  # headers made to break parsers
        return None
    return None if value is None else str(value)


def _sent(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "")
    except (ValueError, TypeError, OverflowError):
        return None


def _attachments(message: EmailMessage) -> str:
    try:
        count = sum(1 for _ in message.iter_attachments())
    except (KeyError, AttributeError, TypeError):  # a message that only claims to have parts
        count = 0
    return "" if not count else f"{count} attachment{'s' if count > 1 else ''}"


def _without_tags(words: str) -> str:
    from trafilatura import html2txt

    return str(html2txt(words))
