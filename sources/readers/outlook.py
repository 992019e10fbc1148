"""Mails of Outlook (``.msg``) by python-oxmsg, read as any other mail."""

from email.message import EmailMessage
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Content
from sources.readers.mail import content_of, parse_mail

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KEPT = ("subject", "from", "date", "content-language")


def read_outlook(raw: bytes, name: str) -> Content:
    """A mail that Outlook saved, with what it quotes and what is attached to it."""
    from oxmsg import Message

    if not raw.startswith(_OLE):
        raise UnreadableFileError(
            f"{name!r} is not a mail of Outlook.", remedy="Save it anew, or as .eml."
        )
    try:
        message = _as_mail(Message.load(raw))
    except Exception as error:  # olefile and struct raise what the bytes make of them
        raise UnreadableFileError(
            f"{name!r} is damaged.", remedy="Save it anew in Outlook, or as .eml."
        ) from error
    return content_of(message, name)


def _as_mail(found: Any) -> EmailMessage:
    mail = EmailMessage()
    written = parse_mail(
        "".join(
            f"{key}: {' '.join(str(value).split())}\r\n"
            for key, value in found.message_headers.items()
            if key.lower() in _KEPT
        ).encode("utf-8", "replace")
        + b"\r\n"
    )
    for key in _KEPT:
        if written[key] is not None:
            mail[key] = str(written[key])
    if mail["subject"] is None and found.subject:
        mail["subject"] = " ".join(found.subject.split())
    if mail["from"] is None and found.sender:
        mail["from"] = " ".join(found.sender.split())
    if mail["date"] is None and found.sent_date is not None:
        mail["date"] = found.sent_date
    mail.set_content((found.body or "").replace("\r\n", "\n"))
    if found.html_body:
        mail.add_alternative(found.html_body, subtype="html")
    for one in found.attachments:
        mail.add_attachment(
            one.file_bytes or b"",
            maintype="application",
            subtype="octet-stream",
            filename=one.file_name or "attachment",
        )
    return mail
