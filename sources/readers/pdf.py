"""PDF by pypdf: page numbers kept, headers and footers dropped, broken words mended."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content, normalise

MAX_PAGES = 5_000

_REPEATED_SHARE = 0.5
"""A line at the edge of more than this share of the pages is a header or footer."""
_EDGE_LINES = 2
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


def read_pdf(raw: bytes, name: str) -> Content:
    """The words of a PDF page by page; `UnreadableFileError` for a scan, a lock, damage."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFileError(
                f"{name!r} is locked with a password.",
                remedy="Save a copy without the password.",
            )
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise UnreadableFileError(
                f"{name!r} has {count:,} pages.", remedy=f"Split it: {MAX_PAGES:,} are accepted."
            )
        labels = _labels(reader, count)
        pages = [_lines_of(page) for page in reader.pages]
        fields = _fields(reader)
    except UnreadableFileError:
        raise
    except (PyPdfError, *_DAMAGE) as error:
        raise UnreadableFileError(
            f"{name!r} is not a PDF that can be read, or is damaged.",
            remedy="Open it in a PDF reader and save a copy.",
        ) from error
    empty = sum(1 for lines in pages if not lines)
    if empty == len(pages):
        raise UnreadableFileError(
            f"{name!r} holds no text: its pages are pictures, as in a scan.",
            remedy="Run text recognition (OCR) over it and add the result.",
        )
    problems = (f"{empty} of {count} pages hold no text",) if empty else ()
    return _join(_without_repeated(pages), labels).content(fields, problems)


_DAMAGE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    NotImplementedError,
    ArithmeticError,
    LookupError,
    OSError,
    RecursionError,
    UnicodeError,
)
"""What pypdf raises besides its own errors when a file is not what it says it is."""


def _lines_of(page: Any) -> list[str]:
    lines = (" ".join(line.split()) for line in page.extract_text().splitlines())
    return [clean for line in lines if (clean := normalise(line))]


def _labels(reader: Any, count: int) -> Sequence[str]:
    """The numbers that the pages bear, as far as the file gives them; else 1, 2, …"""
    try:
        labels = [str(label).strip() for label in reader.page_labels]
    except Exception:  # noqa: BLE001  # a broken label tree must not cost the text
        labels = []
    if len(labels) != count or not all(0 < len(label) <= 20 for label in labels):
        return [str(number) for number in range(1, count + 1)]
    return labels


def _fields(reader: Any) -> dict[str, object]:
    said = reader.metadata or {}
    language = reader.root_object.get("/Lang")
    return {
        "title": _text_of(said.get("/Title")),
        "author": _text_of(said.get("/Author")),
        "language": _text_of(language),
        "tags": [
            tag.strip() for tag in re.split("[,;]", _text_of(said.get("/Keywords")) or "") if tag
        ],
    }


def _text_of(value: object) -> str | None:
    return value.replace("\0", "") if isinstance(value, str) else None


def _without_repeated(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without the lines that come back at their top or bottom, numbers aside."""
    filled = sum(1 for lines in pages if lines)
    if filled < 3:
        return [list(lines) for lines in pages]
    seen = Counter(
        key for lines in pages for key in {_key(lines[index]) for index in _edges(lines)}
    )
    repeated = {key for key, times in seen.items() if times > _REPEATED_SHARE * filled}
    kept = []
    for lines in pages:
        edges = _edges(lines)
        kept.append(
            [
                line
                for index, line in enumerate(lines)
                if index not in edges or _key(line) not in repeated
            ]
        )
    return kept


def _edges(lines: Sequence[str]) -> set[int]:
    """Where a page may have a header or footer: never so much that no body is left."""
    count = len(lines)
    depth = min(_EDGE_LINES, count // 3)
    return {*range(depth), *range(count - depth, count)}


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.casefold())


def _join(pages: Sequence[Sequence[str]], labels: Sequence[str]) -> Builder:
    """One running text: lines joined into paragraphs, words that a line end broke mended."""
    known = Counter(
        word.casefold() for lines in pages for line in lines for word in _WORD.findall(line)
    )
    lengths = sorted(len(line) for lines in pages for line in lines)
    full = lengths[int(len(lengths) * 0.75)] if lengths else 0
    joined = _Paragraphs()
    for lines, label in zip(pages, labels, strict=True):
        joined.page(label)
        for line in lines:
            joined.add(line, full, known)
    return joined.built()


class _Paragraphs:
    """Lines on their way into paragraphs, with the pages that begin within one."""

    def __init__(self) -> None:
        self._builder = Builder()
        self._words = ""
        self._pages: list[tuple[int, str]] = []
        self._next_page: str | None = None
        self._last = ""

    def page(self, label: str) -> None:
        """What is added from now on is on this page."""
        self._next_page = label

    def add(self, line: str, full: int, known: Counter[str]) -> None:
        """Join a line to the one before it by a space or nothing, or begin a paragraph."""
        if not self._last or (_SENTENCE_END.search(self._last) and len(self._last) < 0.8 * full):
            self._end()
        elif self._last.endswith("-") and line[0].islower():
            if _is_broken_word(self._last, line, known):
                self._words = self._words[:-1]
        else:
            self._words += " "
        if self._next_page is not None:
            if self._words:
                self._pages.append((len(self._words), self._next_page))
            else:
                self._builder.page(self._next_page)
            self._next_page = None
        self._words += line
        self._last = line

    def built(self) -> Builder:
        """All of them."""
        self._end()
        return self._builder

    def _end(self) -> None:
        self._builder.paragraph(self._words, pages=self._pages)
        self._words, self._pages = "", []


def _is_broken_word(last: str, line: str, known: Counter[str]) -> bool:
    """Whether a hyphen at the end of `last` is one that only the line's end put there."""
    head, tail = _WORD.findall(last[:-1]), _WORD.match(line)
    if not head or not tail or not last[:-1].endswith(head[-1]):
        return False
    whole = f"{head[-1]}{tail.group()}".casefold()
    hyphened = f"{head[-1]}-{tail.group()}".casefold()
    return known[hyphened] <= known[whole]
