"""Tables with merged cells and tables within tables, as rows that can be read alone."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sources.readers.pandoc import Node
from sources.readers.pandoc_words import Line

_LONGEST_ROW = 2_000
"""Characters of a row; a longer one is a page laid out by a table, not a table."""
_LONGEST_REPEATED = 300
"""Characters of a row's cells that are said again with each row of a table within it."""
_MOST_COLUMNS = 2_000
_FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class Cell:
    """What is in a cell, and over how many rows and columns."""

    line: Line
    nested: Sequence["Grid"] = ()
    blocks: Sequence[Node] = ()
    columns: int = 1


class Row(NamedTuple):
    """A row to be read alone: its cells' words, each with its label, and its lines for notes."""

    words: list[str]
    labels: list[str]
    lines: list[Line]

    def in_one_line(self, between: str) -> str:
        """Its cells that hold words, each after its label."""
        cells = zip(self.labels, self.words, strict=True)
        return between.join(
            f"{one}: {cell}" if one else cell for one, cell in cells if cell.strip()
        )


@dataclass(slots=True)
class Grid:
    """A table whose cells stand in each row that they reach over."""

    head: list[list[Cell | None]] = field(default_factory=list)
    body: list[list[Cell | None]] = field(default_factory=list)
    """`None` where a cell to the left reaches over the column."""

    def cells(self) -> Iterator[Cell]:
        """Each cell once, in order."""
        seen: set[int] = set()
        for row in (*self.head, *self.body):
            for cell in row:
                if cell is not None and id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell

    def is_layout(self) -> bool:
        """Whether it lays out paragraphs rather than telling values: one column, or long rows."""
        rows = [*self.head, *self.body]
        if all(sum(cell is not None for cell in row) <= 1 for row in rows):
            return True
        return any(
            sum(len(cell.line.words) for cell in row if cell is not None) > _LONGEST_ROW
            or any(len(cell.nested) > 1 for cell in row if cell is not None)
            for row in rows
        )

    def rows(self) -> Iterator[Row]:
        """Its rows, with those of tables within it; the head is one only where it stands alone."""
        head, body = self.head, self.body
        if not head and _has_unmarked_head(body):
            head, body = body[:1], body[1:]
        labels = _labels(head)
        said: set[int] = set()
        for row in body or head:
            yield from _rows_of(row, labels if body else [], said)


def grid_of(content: Sequence[Any], cell_of: Callable[[Sequence[Node]], Cell]) -> Grid:
    """The grid of pandoc's table."""
    _, _, _, head, bodies, foot = content
    grid = Grid()
    grid.head += _filled(head[1], cell_of)
    for body in bodies:
        # Rows of heads within a body are rows: they do not label what stands above them.
        grid.body += _filled([*body[2], *body[3]], cell_of)
    grid.body += _filled(foot[1], cell_of)
    return grid


def _filled(
    rows: Sequence[Any], cell_of: Callable[[Sequence[Node]], Cell]
) -> Iterator[list[Cell | None]]:
    reaching: dict[int, tuple[int, Cell | None]] = {}
    for row in rows:
        filled: list[Cell | None] = []
        waiting = list(row[1])
        while waiting or len(filled) in reaching:
            at = len(filled)
            if at in reaching:
                left, cell = reaching.pop(at)
                filled.append(cell)
                if left > 1:
                    reaching[at] = (left - 1, cell)
                continue
            _, _, rows_over, columns_over, blocks = waiting.pop(0)
            cell = cell_of(blocks)
            cell.columns = min(columns_over, _MOST_COLUMNS)
            for step in range(cell.columns):
                shown = None if step else cell
                filled.append(shown)
                if rows_over > 1:
                    reaching[at + step] = (rows_over - 1, shown)
        yield filled


def _rows_of(row: Sequence[Cell | None], labels: Sequence[str], said: set[int]) -> Iterator[Row]:
    words, heads, lines = [], [], []
    cells = [(at, cell) for at, cell in enumerate(row) if cell is not None]
    for at, cell in cells:
        over = [one for one in labels[at : at + cell.columns] if one]
        # A cell over the whole table is a heading within it, of no column.
        spans_all = len(cells) == 1 and cell.columns == len(row) > 1
        heads.append("" if spans_all else " / ".join(dict.fromkeys(over)))
        words.append(cell.line.words)
        if id(cell) not in said:
            said.add(id(cell))
            lines.append(cell.line)
    at_nested = [at for at, (_, cell) in enumerate(cells) if cell.nested]
    if not at_nested:
        yield Row(words, heads, lines)
        return
    if any(words[at].strip() for at in at_nested):
        yield Row(words, heads, lines)
        lines = []
    for at in at_nested:
        others = sum(len(one) for step, one in enumerate(words) if step != at)
        for grid in cells[at][1].nested:
            for inner in grid.rows():
                if others <= _LONGEST_REPEATED:
                    again = list(words)
                    again[at] = inner.in_one_line(", ")
                    yield Row(again, heads, [*lines, *inner.lines])
                else:
                    yield inner._replace(lines=[*lines, *inner.lines])
                lines = []


def _labels(head: Sequence[Sequence[Cell | None]]) -> list[str]:
    """What heads each column: the words of its cells in all rows of the head."""
    columns: list[list[str]] = [[] for _ in range(max(map(len, head), default=0))]
    for row in head:
        over = None
        for at, cell in enumerate(row):
            over = cell if cell is not None else over
            words = " ".join(over.line.words.split()) if over is not None else ""
            if words and words not in columns[at]:
                columns[at].append(words)
    return [" – ".join(words) for words in columns]


def _has_unmarked_head(rows: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether the first row heads figures: words alone, above a column that is mostly figures."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    if {id(one) for one in rows[0] if one} & {id(one) for one in rows[1]}:
        return False  # a cell reaches from the first row into the second
    first = [cell.line.words.strip() if cell is not None else "" for cell in rows[0]]
    if len(set(first)) < len(first) or any(not one or _FIGURE.search(one) for one in first[1:]):
        return False
    if _FIGURE.search(first[0]):
        return False
    for at in range(1, len(first)):
        column = [row[at] for row in rows[1:] if len(row) == len(first)]
        below = [cell.line.words for cell in column if cell is not None]
        figures = sum(bool(_FIGURE.search(words)) for words in below)
        if figures and figures * 2 >= len(rows) - 1:
            return True
    return False
