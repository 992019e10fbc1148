"""Bytes to characters: the encoding that the bytes name, else UTF-8, else detected."""

import codecs

from sources.errors import UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 512 * 1024
"""Detection looks at the first so many bytes: enough for words, bounded in time."""


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
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE_BYTES]).best()
    if best is None:
        return None
    try:
        return raw.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return raw.decode(best.encoding, errors="replace") if len(raw) > _SAMPLE_BYTES else None
