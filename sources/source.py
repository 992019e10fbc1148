"""A source: one text with its card. Frozen types that carry their own invariants.

Only values live here; reading files and keeping them is done in the rooms next door.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

_UNDERLINE = re.compile(r"\n[ \t]*(?:=+|-+)(?=[ \t]*(?:\n|\Z))")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``start:end`` of characters (Unicode code points) in a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, content: str) -> str:
        """The words of the span; `content` must be the text the span was made for."""
        if self.end > len(content):
            raise ValueError(f"span {self.start}:{self.end} ends after the text ({len(content)})")
        return content[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether every character of `other` is in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class Sentence(Span):
    """A span that the sentence segmenter found; never blank, no outer white space."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What a file says about its text. `None` and empty mean unknown; nothing is guessed."""

    title: str
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    """ISO 639-1 code, e.g. ``en``."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Locator:
    """From `start` on, the text is on the page, or under the heading, called `label`."""

    start: int
    kind: Literal["page", "heading"]
    label: str


BY_OCR = ", read by OCR"
"""What the label of a page ends with whose words were recognised in a picture."""
CAPTION = "caption"
"""The label of a note that says what a table or picture shows."""
BlockKind = Literal["heading", "paragraph", "item", "row", "note", "field", "quoted"]


@dataclass(frozen=True, slots=True)
class Block:
    """A span ``start:end`` of the text that its file sets apart, and what it is there.

    ``heading``, ``paragraph``, list ``item``, table ``row``, ``note`` (footnote, text box,
    caption, comment), form ``field``, or a paragraph ``quoted`` from somebody else's mail.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    """Of a heading 1 to 6; how deep a list item or a quotation lies, from 1; else 0."""
    label: str = ""
    """An item's written mark ("2.1", "(a)", "•"), which its words begin with; a note's sign or
    what it is ("3", "text box", "caption"); whose quoted words these are, and of which day."""
    cells: tuple[tuple[int, int, int], ...] = ()
    """Of a row: where each cell's label begins, its words begin (the same place where it has no
    label), and it ends."""
    anchor: int | None = None
    """Of a note: the end of the words it belongs to, where they stand in the text."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a block: {self.start}:{self.end}")
        for label, words, end in self.cells:
            if not self.start <= label <= words <= end <= self.end:
                raise ValueError(f"cell {label}:{words}:{end} is not in {self.start}:{self.end}")

    def moved(self, by: int) -> "Block":
        """The same block in a text where it stands `by` characters later."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            cells=tuple((one + by, other + by, end + by) for one, other, end in self.cells),
            anchor=None if self.anchor is None else self.anchor + by,
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised text (NFC, ``\n``) and its sentences, in order, without overlap.

    Credit lines at the end ("(jh)", "Source: …") are characters of the text, but no
    sentences: they belong to the card and can never be quoted as an answer.
    """

    content: str
    sentences: tuple[Sentence, ...]
    locators: tuple[Locator, ...] = ()
    """Where pages and headings begin, in order of `start`; empty for a text that has none."""
    blocks: tuple[Block, ...] = ()
    """In order, without overlap, together all words; empty where the file sets nothing apart."""

    def __post_init__(self) -> None:
        reached = 0
        for sentence in self.sentences:
            if sentence.start < reached or sentence.end > len(self.content):
                raise ValueError(f"sentence {sentence.start}:{sentence.end} is out of order")
            reached = sentence.end
        starts = [locator.start for locator in self.locators]
        if starts != sorted(starts) or (starts and not 0 <= starts[0] <= starts[-1]):
            raise ValueError("locators are out of order")
        reached = 0
        for block in self.blocks:
            if block.start < reached or block.end > len(self.content):
                raise ValueError(f"block {block.start}:{block.end} is out of order")
            reached = block.end

    def headings(self) -> frozenset[Sentence]:
        """The sentences that are a heading, or a part of one.

        Those in its block; in a text without blocks those that stand in a heading's line.
        """
        if self.blocks:
            holding = ((one, self.block_at(one.start)) for one in self.sentences)
            return frozenset(one for one, block in holding if block and block.kind == "heading")
        starts = [one.start for one in self.locators if one.kind == "heading"]
        ends = [heading_end(self.content, start) for start in starts]
        found = set()
        for sentence in self.sentences if starts else ():
            at = bisect_right(starts, sentence.start) - 1
            if at >= 0 and sentence.end <= ends[at]:
                found.add(sentence)
        return frozenset(found)

    def block_at(self, start: int) -> Block | None:
        """The block that holds the character at `start`, or `None`."""
        return block_at(self.blocks, start)

    def heading_of(self, span: Span) -> str | None:
        """The heading that the span's first character stands under, or `None`."""
        return heading_above(self.locators, span)


def block_at(blocks: Sequence[Block], start: int) -> Block | None:
    """The one of the blocks, which are in order, that holds the character at `start`."""
    at = bisect_right(blocks, start, key=lambda block: block.start) - 1
    return blocks[at] if at >= 0 and start < blocks[at].end else None


def heading_end(content: str, start: int) -> int:
    """Where the heading that begins at `start` ends: with its line, or the line of ``===``
    below it."""
    end = content.find("\n", start)
    if end < 0:
        return len(content)
    underline = _UNDERLINE.match(content, end)
    return underline.end() if underline else end


def pages_in_words(locators: Sequence[Locator], span: Span) -> str | None:
    """``p. 12`` or ``pp. 12–13`` for a span of the text with these locators; else `None`."""
    pages = [locator for locator in locators if locator.kind == "page"]
    before = [page.label for page in pages if page.start <= span.start]
    if not before:
        return None
    first = before[-1]
    last = [page.label for page in pages if page.start < span.end][-1]
    how = BY_OCR if first.endswith(BY_OCR) or last.endswith(BY_OCR) else ""
    first, last = first.removesuffix(BY_OCR), last.removesuffix(BY_OCR)
    return f"p. {first}{how}" if first == last else f"pp. {first}–{last}{how}"


def heading_above(locators: Sequence[Locator], span: Span) -> str | None:
    """The last heading that begins at or before the span, or `None`."""
    above = [
        locator.label
        for locator in locators
        if locator.kind == "heading" and locator.start <= span.start
    ]
    return above[-1] if above else None


@dataclass(frozen=True, slots=True)
class Source:
    """One text of the library with its card.

    `slug` names it in commands and citations, `sha256` is of the normalised text
    (UTF-8), so a changed text is a changed source.
    """

    slug: str
    card: Card
    sha256: str
    origin: str
    """Where it was read from: a path, a URL, or ``shipped/NAME`` for the texts that come along."""
    kind: str = "txt"
    """Of file, as `sources.readers.kinds` names it: ``txt``, ``md``, ``pdf``, ``xlsx``."""
    problems: tuple[str, ...] = ()
    """What could not be read, in plain words: "3 of 12 pages hold no text"; see `problems`."""
    detected_language: str | None = None
    """What the words themselves are in, ISO 639-1; looked for where the card names none."""

    def __post_init__(self) -> None:
        if not self.slug or not self.card.title:
            raise ValueError("a source needs a slug and a title")

    @property
    def language(self) -> str | None:
        """The language of its words, as the card says, else as detected; ISO 639-1."""
        return self.card.language or self.detected_language
