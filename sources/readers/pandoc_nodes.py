"""Nodes of pandoc's tree, made for the kinds of documents that pandoc reads only in part."""

from collections.abc import Sequence
from typing import NamedTuple

from sources.readers.pandoc import Node
from sources.readers.pandoc_words import marked_note

_NO_ATTRIBUTES = ["", [], []]
LINE_BREAK: Node = {"t": "LineBreak"}


class CellNodes(NamedTuple):
    """A cell of a table, and how far it reaches."""

    blocks: Sequence[Node]
    rows: int = 1
    columns: int = 1


def picture(width: str | None, height: str | None, description: str | None) -> Node:
    """A picture: how large it is shown ("6.3cm"), and what it is said to show."""
    sizes = [[name, size] for name, size in (("width", width), ("height", height)) if size]
    return {"t": "Image", "c": [["", [], sizes], [words(description or "")], ["", ""]]}


def words(text: str) -> Node:
    """Words as they are, spaces among them."""
    return {"t": "Str", "c": text}


def wrapped(inlines: Sequence[Node], kind: str) -> Node:
    """Inlines that are ``Strikeout``, ``Superscript`` or ``Subscript``."""
    return {"t": kind, "c": list(inlines)}


def paragraph(inlines: Sequence[Node]) -> Node:
    return {"t": "Para", "c": list(inlines)}


def heading(level: int, inlines: Sequence[Node]) -> Node:
    return {"t": "Header", "c": [level, _NO_ATTRIBUTES, list(inlines)]}


def note(sign: str, blocks: Sequence[Node]) -> Node:
    """A note, told by its sign or what it is."""
    return {"t": "Note", "c": [paragraph([words(marked_note(sign))]), *blocks]}


def table(head: Sequence[Sequence[CellNodes]], body: Sequence[Sequence[CellNodes]]) -> Node:
    """A table of rows; cells that another one reaches over are left out of them."""

    def row(cells: Sequence[CellNodes]) -> list[object]:
        made = [
            [_NO_ATTRIBUTES, {"t": "AlignDefault"}, cell.rows, cell.columns, list(cell.blocks)]
            for cell in cells
        ]
        return [_NO_ATTRIBUTES, made]

    return {
        "t": "Table",
        "c": [
            _NO_ATTRIBUTES,
            [None, []],
            [],
            [_NO_ATTRIBUTES, list(map(row, head))],
            [[_NO_ATTRIBUTES, 0, [], list(map(row, body))]],
            [_NO_ATTRIBUTES, []],
        ],
    }
