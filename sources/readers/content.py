"""What every reader hands over, and the builder that keeps text and locators together."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sources.errors import UnreadableFileError
from sources.source import Locator

MAX_CHARACTERS = 20_000_000
"""Longer texts are refused: some forty books of a thousand pages."""


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a file and what it says about them."""

    body: str
    """Normalised: NFC, ``\\n``, no control characters, no white space around the whole."""
    locators: tuple[Locator, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    """The card as the file writes it: title, publisher, author, published, url, language, tags."""
    problems: tuple[str, ...] = ()


class Builder:
    """Grows a text piece by piece; locators always point at where the next piece begins."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[tuple[int, Literal["page", "heading"], str]] = []
        self._pending: list[tuple[Literal["page", "heading"], str]] = []

    def page(self, label: str) -> None:
        """What is added from now on is on this page."""
        self._pending.append(("page", label))

    def heading(self, words: str) -> None:
        """Add a heading; what follows stands under it."""
        words = " ".join(words.split())
        if words:
            self._pending.append(("heading", words))
            self.block(words)

    def block(self, words: str) -> None:
        """Add a paragraph of its own; a blank one is left out."""
        self.add(words.strip(), before="\n\n")

    def add(self, words: str, *, before: str) -> None:
        """Add words after `before`, which is left out at the start of the text."""
        if not words.strip():
            return
        if self._pieces:
            self._push(before)
        self._marks.extend((self._length, kind, label) for kind, label in self._pending)
        self._pending.clear()
        self._push(words)

    def take_back(self, characters: int) -> None:
        """Remove the last characters of what was added last: a hyphen at a line's end."""
        self._pieces[-1] = self._pieces[-1][:-characters]
        self._length -= characters

    def content(
        self, fields: Mapping[str, object] | None = None, problems: tuple[str, ...] = ()
    ) -> Content:
        """Everything added, normalised."""
        raw = "".join(self._pieces)
        body, starts = normalise_with_offsets(raw, [start for start, _, _ in self._marks])
        return Content(
            body=body,
            locators=tuple(
                Locator(start, kind, label)
                for start, (_, kind, label) in zip(starts, self._marks, strict=True)
            ),
            fields=fields or {},
            problems=problems,
        )

    def _push(self, words: str) -> None:
        self._length += len(words)
        if self._length > MAX_CHARACTERS:
            raise too_long()
        self._pieces.append(words)


def normalise(body: str) -> str:
    """NFC, ``\\n`` line ends, no control characters, no white space around the whole.

    Of the control characters only line ends and tabs are kept: the others have no width,
    would hide in a quote, and are no part of any document format's words.
    """
    unified = body.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    unified = unified.translate(_REMOVED)
    if _has_surrogate(unified):
        unified = unified.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", unified).strip()


def normalise_with_offsets(body: str, offsets: list[int]) -> tuple[str, list[int]]:
    """`normalise`, with the places in the result that the offsets of `body` have become."""
    whole = normalise(body)
    if whole == body:
        return whole, offsets
    reached, pieces = 0, []
    for offset in (*offsets, len(body)):
        pieces.append(body[reached:offset])
        reached = offset
    # A piece begins with visible words after white space, so normalising piece by piece
    # gives the whole; where a hostile text breaks that, the offset is only clamped.
    starts: list[int] = []
    length = 0
    for piece in pieces[:-1]:
        length += len(_normalise_inside(piece))
        starts.append(length)
    inside = _normalise_inside(body)
    lead = len(inside) - len(inside.lstrip())
    return whole, [min(max(0, start - lead), max(0, len(whole) - 1)) for start in starts]


def too_long() -> UnreadableFileError:
    """The refusal of a text with more characters than the library takes."""
    return UnreadableFileError(
        f"It holds more than {MAX_CHARACTERS:,} characters.",
        remedy="Split it into several files.",
    )


def line_starts(content: str) -> list[int]:
    """The offset of each line of a text whose lines end with ``\\n``."""
    starts = [0]
    for index, character in enumerate(content):
        if character == "\n":
            starts.append(index + 1)
    return starts


def _normalise_inside(piece: str) -> str:
    marked = normalise(f"x{piece}x")
    return marked[1:-1]


def _has_surrogate(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return True
    return False


_REMOVED = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\r\x85"
} | {0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
