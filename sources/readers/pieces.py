"""Pieces of a page on their way to blocks: what stands in each, and how much of it are links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sources.readers.content import Builder

PieceKind = Literal["heading", "paragraph", "item", "table", "quoted", "picture"]
Note = tuple[str, str]
"""A note's sign and words."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one line of thought, without any mark of the format."""

    said: str
    linked: int = 0
    """How many of its letters and digits are links."""
    notes: tuple[Note, ...] = ()
    """That belong to it, in order."""
    pictures: int = 0
    links: int = 0
    """How many there are."""

    @property
    def link_density(self) -> float:
        """The share of its letters and digits that are links, in [0, 1]."""
        return min(1.0, self.linked / max(1, count_letters(self.said)))


@dataclass(frozen=True, slots=True)
class Piece:
    """One of them: a heading, a paragraph, an item, a whole table, or a picture without words."""

    kind: PieceKind
    words: Words
    level: int = 1
    mark: str = "•"
    rows: tuple[tuple[Words, ...], ...] = field(default=())
    """Of a table, without its header."""
    header: tuple[Words, ...] = ()


def count_letters(words: str) -> int:
    """How many letters and digits there are."""
    return sum(map(str.isalnum, words))


def build(pieces: Iterable[Piece]) -> Builder:
    """The blocks of the pieces; notes stand after the paragraph or row that they belong to."""
    builder = Builder()
    for piece in pieces:
        said = piece.words.said
        match piece.kind:
            case "heading":
                builder.heading(said, piece.level)
            case "item":
                builder.item(said, piece.mark, piece.level)
            case "quoted":
                builder.quoted(said, level=piece.level)
            case "paragraph":
                builder.paragraph(said)
            case "table":
                _build_table(piece, builder)
        _build_notes([piece.words], builder)
    return builder


def _build_table(piece: Piece, builder: Builder) -> None:
    header = [cell.said for cell in piece.header]
    if not piece.rows:
        builder.table([], header=header)
    for row in piece.rows:
        builder.table([[cell.said for cell in row]], header=header)
        _build_notes(row, builder)
    _build_notes(piece.header, builder)


def _build_notes(words: Sequence[Words], builder: Builder) -> None:
    anchor = builder.reached
    for one in words:
        for sign, said in one.notes:
            builder.note(said, sign, anchor=anchor)
