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
_OTHERS = (
    (re.compile("[а-яіїєґ]", re.IGNORECASE), "cp1251"),
    (re.compile("[ąćęłńśźżčřšžěůőű]", re.IGNORECASE), "cp1250"),
)
"""Letters that tell which of Windows' encodings a text's other lines may be in."""
_ODD = re.compile(r"\S*(?:[^\W\d_][¡-¿×÷†‡•‚„…‰]|[À-ÿ]{3})\S*")
_SAMPLE_BYTES = 512 * 1024
"""Detection looks at so many bytes: enough for words, bounded in time."""
_BEFORE_BYTES = 1024
"""Of plain ASCII before the first byte that is none, which is what tells encodings apart."""


def decode(raw: bytes, *, name: str) -> str:
    """The characters of a text file; `UnreadableFileError` when it is not text."""
    return decode_and_tell(raw, name=name)[0]


def decode_and_tell(raw: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    """The same, and what is to be told of it: lines in another encoding than the rest."""
    content = _by_mark(raw) or _as_utf8(raw)
    told: tuple[str, ...] = ()
    if content is None and (mixed := _line_by_line(raw)) is not None:
        content, lines, other = mixed
        told = (
            f"It is written in two encodings: {lines} {'line was' if lines == 1 else 'lines were'}"
            f" not in UTF-8 and read as {other}. Letters in them may be wrong.",
        )
    content = content or _detected(raw)
    if content is None:
        raise UnreadableFileError(
            f"{name!r} is not text in any known encoding.", remedy="Save it as UTF-8 text."
        )
    if "\0" in content:
        raise UnreadableFileError(
            f"{name!r} is not a text file.", remedy="Save its words as UTF-8 text."
        )
    return content, told


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


def _line_by_line(raw: bytes) -> tuple[str, int, str] | None:
    """A text in UTF-8 with lines in an encoding of Windows, how many, and which; else `None`.

    Bytes of one encoding are hardly ever UTF-8 by chance: the lines that are show what it is,
    and their letters what the encoding of the others may be.
    """
    lines = raw.split(b"\n")
    telling = [line for line in lines if not line.isascii()]
    others = [line for line in telling if _as_utf8(line) is None]
    if len(others) == len(telling):
        return None
    known = "".join(words for line in telling if (words := _as_utf8(line)))
    other = next((name for letters, name in _OTHERS if letters.search(known)), "cp1252")
    try:
        if any(map(_is_odd, (line.decode(other) for line in others))):
            return None
        read = [line.decode(other if _as_utf8(line) is None else "utf-8") for line in lines]
    except UnicodeDecodeError:
        return None
    return "\n".join(read), len(others), other.replace("cp", "Windows-")


def _is_odd(line: str) -> bool:
    """Whether more than every fifth word has signs or letters where no language has them."""
    return len(_ODD.findall(line)) * 5 > len(line.split())


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
