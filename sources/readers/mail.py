"""E-mail (``.eml``, ``.mbox``, ``.msg``): the message, what it quotes apart, and its attachments.

Whoever wrote a word is told with it: quoted and forwarded mail are blocks of their own, with
their own sender and day. The words of attachments stand under a heading that names the file.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

from sources import quoted
from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content
from sources.readers.html import load_page, problems_of
from sources.readers.html_notes import find_notes
from sources.readers.html_walk import Walker
from sources.readers.mail_parts import (
    Attachment,
    Body,
    attachments,
    body_of,
    header,
    sender,
    sent,
)
from sources.readers.mail_quotes import MAX_QUOTE_DEPTH, MailBlocks

_MAX_ATTACHMENTS = 50
_MAX_NESTED = 3
_MAX_TOLD = 10
_FLOWED_CHARS = 80
"""A line that flowed together to more than this is a paragraph of its own."""
_NO_QUOTE = re.compile(r"border(?:-left)?\s*:\s*(?:none|0)|margin\s*:\s*0 0 0 40px", re.IGNORECASE)
_MAIL_IN_BOX = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n(?=>?[\w-]+[: ])"
)
_QUOTE_MARKS = re.compile(r"(?:> ?)+")


def read_mail(raw: bytes, name: str) -> Content:
    """Subject, sender and day on the card; the mail, what it quotes, and what is attached."""
    message = parse_mail(raw)
    if not message.keys():
        raise UnreadableFileError(
            f"{name!r} is not an e-mail: it has no headers.",
            remedy="Export the message as .eml anew, or rename the file to .txt.",
        )
    return content_of(message, name)


def parse_mail(raw: bytes) -> EmailMessage:
    """The message that the bytes are."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def read_mailbox(raw: bytes, name: str) -> Content:
    """The mails of an ``.mbox`` file, each under a heading, as quoted from its own sender.

    The file has no day and no author: it is of many.
    """
    found = [parse_mail(one) for one in _split_mailbox(raw)]
    messages = [one for one in found if one.keys()]
    if not messages:
        raise UnreadableFileError(
            f"{name!r} is not a mailbox: it holds no mails.",
            remedy="Export the mails anew, or add them one by one as .eml.",
        )
    builder = Builder()
    problems: list[str] = []
    for number, message in enumerate(messages, start=1):
        day = sent(message)
        whose = quoted.label_of(sender(message), day.date() if day else None)
        subject = header(message, "subject") or f"Mail {number}"
        builder.heading(f"{subject} ({whose})" if whose else subject)
        try:
            problems += add_message(message, builder, f"mail {number} of {name}", level=1)
        except UnreadableFileError as error:
            problems.append(error.problem.rstrip("."))
    if len(messages) > 1:
        problems.append(
            f"it holds {len(messages)} mails, each told with its own sender and day; the file"
            " itself has no day: split it into .eml files to filter them by theirs"
        )
    return builder.content({}, tuple(dict.fromkeys(problems)))


def _split_mailbox(raw: bytes) -> Iterator[bytes]:
    starts = [found.start() for found in _MAIL_IN_BOX.finditer(raw)]
    for start, end in pairwise([*starts, len(raw)]):
        one = raw[start:end].partition(b"\n")[2]
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", one)


def content_of(message: EmailMessage, name: str) -> Content:
    """A message with its card."""
    builder = Builder()
    problems = add_message(message, builder, name)
    fields: dict[str, object] = {
        "title": header(message, "subject"),
        "author": header(message, "from"),
        "published": sent(message),
        "language": header(message, "content-language"),
    }
    return builder.content(fields, problems)


def add_message(
    message: EmailMessage,
    builder: Builder,
    name: str,
    *,
    level: int = 0,
    nested: int = 0,
) -> tuple[str, ...]:
    """Add a message and what is attached to it; what could not be read, in plain words.

    At a `level` above 0 all of it is quoted, that deep, and its sender's.
    """
    body = body_of(message, name)
    day = sent(message)
    whose = quoted.label_of(sender(message), day.date() if day else None) if level else ""
    blocks = MailBlocks()
    problems = (_read_html if body.is_html else _read_plain)(body, blocks, name)
    blocks.put(builder, whose=whose, level=level)
    return (*body.problems, *problems, *_add_attachments(message, builder, level, nested))


def _read_plain(body: Body, blocks: MailBlocks, _: str) -> tuple[str, ...]:
    flowing: tuple[int, str] | None = None
    for line in body.words.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        marks = _QUOTE_MARKS.match(line)
        depth = marks.group().count(">") if marks else 0
        words = line[marks.end() :] if marks else line
        if not body.is_flowed:
            blocks.line(words, depth)
            continue
        words = words.removeprefix(" ") if not marks else words
        if flowing is not None and flowing[0] == depth:
            words = flowing[1] + words
        elif flowing is not None:
            blocks.line(flowing[1], flowing[0])
        flowing = None
        if words.endswith(" ") and words != "-- ":
            flowing = (depth, words[:-1] if body.drops_space else words)
        else:
            blocks.line(words, depth)
            if words.strip() and len(words) > _FLOWED_CHARS:
                blocks.line("", depth)
    if flowing is not None:
        blocks.line(flowing[1], flowing[0])
    return ()


def _read_html(body: Body, blocks: MailBlocks, name: str) -> tuple[str, ...]:
    tree = load_page(body.words, name)
    found = tree.find("body")
    root = tree if found is None else found
    walker = Walker(blocks, notes=find_notes(root), quotes=_is_quote)
    return problems_of(walker.read(root))


def _is_quote(element: Any) -> bool:
    """Whether mail programs put there what is answered; some only indent by the same element."""
    if element.tag != "blockquote":
        return False
    is_marked = element.get("type") == "cite" or element.get("cite") or element.get("class")
    return bool(is_marked) or _NO_QUOTE.search(element.get("style") or "") is None


def _add_attachments(
    message: EmailMessage, builder: Builder, level: int, nested: int
) -> tuple[str, ...]:
    found = [*attachments(message)]
    problems: list[str] = []
    unread: list[str] = []
    paged: list[tuple[str, Content]] = []
    for number, one in enumerate(found):
        if number >= _MAX_ATTACHMENTS or nested >= _MAX_NESTED:
            unread.append(one.name)
            continue
        try:
            if one.message is not None:
                builder.heading(f"Attachment: {one.name}")
                problems += add_message(
                    one.message,
                    builder,
                    one.name,
                    level=min(level + 1, MAX_QUOTE_DEPTH),
                    nested=nested + 1,
                )
                continue
            content = _read_attachment(one)
        except UnreadableFileError as error:
            unread.append(f"{one.name} ({error.problem.rstrip('.')})")
            continue
        problems += (f"{one.name}: {problem}" for problem in content.problems)
        if any(mark.kind == "page" for mark in content.locators):
            # Pages have no end but the next page: what has none goes before what has some.
            paged.append((one.name, content))
        else:
            _include(builder, one.name, content)
    for title, content in paged:
        _include(builder, title, content)
    if unread:
        shown = "; ".join(unread[:_MAX_TOLD]) + ("; …" if len(unread) > _MAX_TOLD else "")
        count = f"{len(unread)} attachment{'s' if len(unread) > 1 else ''}"
        problems.append(f"{count} not read: {shown}")
    return tuple(problems)


def _include(builder: Builder, name: str, content: Content) -> None:
    builder.heading(f"Attachment: {name}")
    builder.include(content, within=name)


def _read_attachment(one: Attachment) -> Content:
    from sources.readers.kinds import read_content  # it reads mails with this reader

    return read_content(one.content, one.name)
