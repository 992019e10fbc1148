"""Bytes of pages and mails to characters, as browsers decode them.

What calls itself ISO-8859-1 is Windows-1252 in truth, as the WHATWG's standard for encodings has
it: else a "20 €" loses its sign.
"""

import codecs
import re

from sources.errors import UnreadableFileError
from sources.readers.decoding import decode

_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-7": "",
}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}encoding=["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_page(raw: bytes, name: str) -> str:
    """The characters of a page: UTF-8 where they can be, else as the page says, else detected."""
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    charset = (found[1] or found[2]).decode("ascii") if found else None
    return decode_words(raw, charset, name)


def decode_words(raw: bytes, charset: str | None, name: str) -> str:
    """The characters of a part that is said to be in `charset`.

    `UnreadableFileError` where it is no text in any encoding.
    """
    if raw.startswith(_MARKS):
        return decode(raw, name=name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    meant = _codec(charset)
    if meant is None:
        return decode(raw, name=name)
    try:
        return raw.decode(meant)
    except UnicodeDecodeError:
        if meant.startswith("cp12"):
            # A few bytes that the standard gives to control characters: they have no width.
            return raw.decode(meant, "ignore")
    try:
        return decode(raw, name=name)
    except UnreadableFileError:
        return raw.decode(meant, "replace")


def _codec(charset: str | None) -> str | None:
    try:
        named = codecs.lookup((charset or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if named.startswith(("utf-", "utf_")) and named not in ("utf-16", "utf-32"):
        return None
    return _MEANT.get(named, named) or None
