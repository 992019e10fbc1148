"""Pages saved as web archives (``.mht``, ``.mhtml``): the page itself, read as HTML."""

from dataclasses import replace

from sources.errors import UnreadableFileError
from sources.readers.charsets import decode_page, decode_words
from sources.readers.content import Content
from sources.readers.html import read_html
from sources.readers.mail import parse_mail
from sources.readers.mail_parts import header


def read_archived_page(raw: bytes, name: str) -> Content:
    """The article of the archive's first page; its address is what the archive says."""
    message = parse_mail(raw)
    root = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    content = None if root is None else root.get_payload(decode=True)
    if root is None or not isinstance(content, bytes):
        raise UnreadableFileError(
            f"{name!r} holds no web page.", remedy="Save the page anew, as HTML or as PDF."
        )
    charset = root.get_param("charset")
    words = decode_words(content, charset, name) if isinstance(charset, str) else None
    page = read_html(words if words is not None else decode_page(content, name), name)
    address = header(message, "snapshot-content-location") or root.get("content-location")
    fields = dict(page.fields)
    fields["url"] = fields.get("url") or (str(address) if address else None)
    fields["title"] = fields.get("title") or header(message, "subject")
    return replace(page, fields=fields)
