"""Bytes to characters: the encoding that the bytes name, else UTF-8, else detected."""

import codecs
import re

from sources.errors import UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 512 * 1024
"""Detection looks at so many bytes: enough for words, bounded in time."""
_BEFORE_BYTES = 1024
"""Of plain ASCII before the first byte that is none, which is what tells encodings apart."""


def decode(raw: bytes, *, name: str) -> str:
    """The characters of a text file; `UnreadableFileError` when it is not text."""
    content = _by_mark(raw) or _as_utf8(raw) or _detected(raw)
    if content is None:
        raise UnreadableFileError(
            f"{name!r} is not text in any known encoding.", remedy="Save it as UTF-8 text."
        )
    if "\0" in content:
        raise UnreadableFileError(
            f"{name!r} is not a text file.", remedy="Save its words as UTF-8 text."
        )
    return content


def _by_mark(raw: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _as_utf8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _detected(raw: bytes) -> str | None:
    """All of it in the encoding that a part is in; no byte is ever passed over or replaced."""
    from charset_normalizer import from_bytes

    telling = re.search(rb"[\x80-\xff]", raw)
    begin = max(0, telling.start() - _BEFORE_BYTES) if telling else 0
    best = from_bytes(raw[begin : begin + _SAMPLE_BYTES]).best()
    if best is None:
        return None
    try:
        return raw.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
