"""What every reader hands over, and the builder that keeps text and locators together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sources.characters import normalise
from sources.errors import UnreadableFileError
from sources.source import Block, BlockKind, Locator

__all__ = ["MAX_CHARACTERS", "Builder", "Content", "line_starts", "normalise", "too_long"]

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
    """What was dropped or guessed, in plain words; words left out as `sources.problems.Unread`."""
    blocks: tuple[Block, ...] = ()
    """In order; together all words of `body`, or none where the file sets nothing apart."""


class Builder:
    """Grows a text block by block; pages and headings always begin where the next block does.

    Between two blocks stands a blank line. What a reader knows of a block's place in the file
    (its page, its heading, its mark, its cells) is told here, so that offsets are counted once.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._marks: list[tuple[int, Literal["page", "heading"], str]] = []
        self._pending: list[tuple[Literal["page", "heading"], str]] = []
        self._quoted: tuple[str, int] | None = None

    @property
    def reached(self) -> int | None:
        """The end of what was added last, as a note's `anchor`; `None` where nothing was."""
        return self._blocks[-1].end if self._blocks else None

    def page(self, label: str) -> None:
        """What is added from now on is on this page."""
        self._pending.append(("page", label))

    def heading(self, words: str, level: int = 1) -> None:
        """Add a heading of level 1 to 6; what follows stands under it."""
        words = " ".join(words.split())
        if words:
            if self._quoted is None:
                self._pending.append(("heading", words))
            self._add(words, "heading", level=level)

    def paragraph(self, words: str, *, pages: Sequence[tuple[int, str]] = ()) -> None:
        """Add a paragraph; a blank one is left out, here as below.

        `pages` are those that begin within it: where in `normalise(words)`, and their labels.
        """
        start = self._add(words, "paragraph")
        if start is not None:
            self._marks.extend((start + at, "page", label) for at, label in pages)

    def item(
        self,
        words: str,
        mark: str = "•",
        level: int = 1,
        *,
        pages: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Add an item of a list, `level` deep, with its mark as it is written: "2.1", "(a)".

        `pages` are those that begin within it, as in a paragraph.
        """
        mark = " ".join(normalise(mark).split())
        if words.strip():
            start = self._add(f"{mark} {words.strip()}", "item", level=level, label=mark)
            if start is not None:
                words_start = start + len(mark) + 1
                self._marks.extend((words_start + at, "page", label) for at, label in pages)

    def table(self, rows: Sequence[Sequence[str]], *, header: Sequence[str] | None = None) -> None:
        """Add a table, each row a block in which its header's words stand before its cells'.

        ``Year: 2026 | Drones: 2,500``: a row is quoted alone. Where there is no header, or a row
        has other cells than it, the row's cells stand as they are. Blank cells and rows go; labels
        above no words are a row.
        """
        header = [_one_line(label).rstrip(":") for label in header or ()]
        if any(header) and not any(any(map(str.strip, row)) for row in rows):
            rows, header = [header], []
        # Of a column without words the label would be lost.
        unsaid = [
            label
            for at, label in enumerate(header)
            if label and not any(len(row) == len(header) and row[at].strip() for row in rows)
        ]
        self._row(unsaid, [""] * len(unsaid))
        for row in rows:
            self._row(row, header if len(header) == len(row) else [""] * len(row))

    def note(self, words: str, sign: str, *, anchor: int | None = None) -> None:
        """Add what stands beside the text, after its sign or what it is: "3", "text box".

        `anchor` is the end of the words that it belongs to, as `reached` told it.
        """
        if words.strip():
            sign = _one_line(sign)
            self._add(f"[{sign}] {words.strip()}", "note", label=sign, anchor=anchor)

    def field(self, name: str, value: str) -> None:
        """Add a filled field of a form, ``Name: value``."""
        if value.strip():
            name = _one_line(name).rstrip(": ")
            self._add(f"{name}: {value.strip()}" if name else value, "field", label=name)

    def quoted(self, words: str, *, whose: str = "", level: int = 1) -> None:
        """Add a paragraph of somebody else's mail, `level` quotations deep, and whose it is."""
        self._add(words, "quoted", level=level, label=_one_line(whose))

    def quoting(self, whose: str, level: int) -> None:
        """What is added from now on is quoted, `level` quotations deep; at level 0 it is not.

        Its headings, items and rows are blocks ``quoted`` as well, and stand as they are written.
        """
        self._quoted = (_one_line(whose), level) if level else None

    def include(self, other: Content, *, within: str) -> None:
        """Add all of another file, its blocks as they are; its pages are called of `within`."""
        if self._blocks:
            self._push(_BETWEEN_BLOCKS)
        start = self._length
        self._marks.extend((start, mark, said) for mark, said in self._pending)
        self._pending.clear()
        for mark in other.locators:
            joined = (
                f"{mark.label} of {within}" if mark.kind == "page" else f"{within}: {mark.label}"
            )
            self._marks.append((start + mark.start, mark.kind, joined))
        self._push(other.body)
        whole = (Block(0, len(other.body), "paragraph"),) if other.body else ()
        self._blocks.extend(block.moved(start) for block in other.blocks or whole)

    def content(
        self, fields: Mapping[str, object] | None = None, problems: tuple[str, ...] = ()
    ) -> Content:
        """Everything added. Its normalisation is that of its blocks, so offsets stay exact."""
        return Content(
            body="".join(self._pieces),
            locators=tuple(Locator(start, kind, label) for start, kind, label in self._marks),
            fields=fields or {},
            problems=problems,
            blocks=tuple(self._blocks),
        )

    def _row(self, row: Sequence[str], header: Sequence[str]) -> None:
        words, cells = "", []
        for label, cell in zip(header, map(_one_line, row), strict=True):
            if not cell:
                continue
            words += " | " if words else ""
            start = len(words)
            words += f"{label}: " if label else ""
            cells.append((start, len(words), len(words) + len(cell)))
            words += cell
        self._add(words, "row", cells=cells)

    def _add(
        self,
        words: str,
        kind: BlockKind,
        *,
        level: int = 0,
        label: str = "",
        cells: Sequence[tuple[int, int, int]] = (),
        anchor: int | None = None,
    ) -> int | None:
        """Where it begins now; `None` where it was blank."""
        words = normalise(words)
        if not words:
            return None
        if self._blocks:
            self._push(_BETWEEN_BLOCKS)
        start = self._length
        self._marks.extend((start, mark, said) for mark, said in self._pending)
        self._pending.clear()
        self._push(words)
        if self._quoted is not None and kind not in ("quoted", "note"):
            kind, (label, level) = "quoted", self._quoted
        moved = tuple((start + one, start + other, start + end) for one, other, end in cells)
        self._blocks.append(Block(start, self._length, kind, level, label, moved, anchor))
        return start

    def _push(self, words: str) -> None:
        self._length += len(words)
        if self._length > MAX_CHARACTERS:
            raise too_long()
        self._pieces.append(words)


_BETWEEN_BLOCKS = "\n\n"


def _one_line(words: str) -> str:
    return " ".join(normalise(words).split())


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
