"""A page's tables: which are data, what each cell spans, and which words head each cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.readers.html_page import BLOCKS, words_of

_MAX_SPAN = 1_000
_MAX_CELLS = 400_000
"""Of a grid with what its cells span; a table that claims more is read without spans."""
_MAX_HEADER_ROWS = 4
_LONG_CELL = 300
"""Characters of a cell that is a text of its own, where a table without headers is layout."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, each cell at every place that it spans; the first rows may be headers."""

    rows: tuple[tuple[Any, ...], ...]
    header_rows: int

    def cells(self) -> Iterator[Any]:
        """Each cell once, in order."""
        return iter(dict.fromkeys(cell for row in self.rows for cell in row if cell is not None))

    def labelled(
        self, words: Mapping[Any, str]
    ) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[Any]]]:
        """Each row under the header: the labels of its cells, their words, the cells.

        A cell over several columns is there once, under all their labels. A row that is one cell
        has none. Where there is no header, the first cell of two heads the other.
        """
        headers = self.rows[: self.header_rows]
        columns = [
            _one_label([words[row[at]] for row in headers if _heads(row, at)])
            for at in range(max(map(len, self.rows), default=0))
        ]
        for row in headers:
            if len(set(row) - {None}) == 1 or self.header_rows == len(self.rows):
                said = [cell for cell in dict.fromkeys(row) if cell is not None]
                yield [""] * len(said), [words[cell] for cell in said], said
        for row in self.rows[self.header_rows :]:
            cells = [cell for cell in dict.fromkeys(row) if cell is not None]
            said = [words[cell] for cell in cells]
            if not columns or not any(columns):
                yield _headed_by_first(cells, said)
            elif len(cells) == 1 and len(row) > 1:
                yield [""], said, cells
            else:
                labels = [
                    ", ".join(
                        dict.fromkeys(
                            columns[at] for at, one in enumerate(row) if one is cell and columns[at]
                        )
                    )
                    for cell in cells
                ]
                yield labels, said, cells


def rows_of(table: Any, *tags: str) -> Iterator[Any]:
    """The rows of a table, or the elements of other `tags` in them, not those of tables in it."""
    for element in table:
        if element.tag in ("thead", "tbody", "tfoot", "colgroup"):
            yield from rows_of(element, *tags)
        elif element.tag == "tr":
            if tags:
                yield from element.iterchildren(*tags)
            else:
                yield element


def is_layout(table: Any) -> bool:
    """Whether a table only places what is in it on the page."""
    if table.get("role") in ("presentation", "none"):
        return True
    cells = [list(row.iterchildren("td", "th")) for row in rows_of(table)]
    if not any(cells):
        return True
    if any(cell.tag == "th" for row in cells for cell in row):
        return False
    if table.find("caption") is not None:
        return False
    if max(map(len, cells)) == 1:
        return True
    every = [cell for row in cells for cell in row]
    if any(next(cell.iter("table"), None) is not None for cell in every):
        return True
    return any(
        next(cell.iter("h1", "h2", "h3", "h4"), None) is not None
        or (len(words_of(cell)) > _LONG_CELL and sum(1 for _ in cell.iter("p", "div")) > 1)
        for cell in every
    )


def grid_of(table: Any, is_read: Callable[[Any], bool]) -> Grid:
    """The table's cells where they stand; those that `is_read` denies are blank."""
    rows = [row for row in rows_of(table) if is_read(row)]
    written = [list(row.iterchildren("td", "th")) for row in rows]
    widest = max((sum(_span(cell, "colspan") for cell in row) for row in written), default=0)
    spans = widest * len(rows) <= _MAX_CELLS
    grid: list[list[Any]] = [[] for _ in rows]
    for number, cells in enumerate(written):
        at = 0
        for cell in cells:
            while at < len(grid[number]) and grid[number][at] is not _FREE:
                at += 1
            down = _span(cell, "rowspan", len(rows) - number) if spans else 1
            across = _span(cell, "colspan") if spans else 1
            for row in grid[number : number + down]:
                row.extend([_FREE] * (at + across - len(row)))
                row[at : at + across] = [cell if is_read(cell) else None] * across
            at += across
    filled = tuple(tuple(None if cell is _FREE else cell for cell in row) for row in grid)
    kept = [number for number, row in enumerate(filled) if any(cell is not None for cell in row)]
    heads = _header_rows([rows[number] for number in kept], [written[number] for number in kept])
    return Grid(tuple(filled[number] for number in kept), heads)


class _Free:
    """A place in the grid that no cell has taken yet."""


_FREE = _Free()


def _header_rows(rows: Sequence[Any], cells: Sequence[Sequence[Any]]) -> int:
    heads = 0
    for row, written in zip(rows, cells, strict=True):
        if row.getparent().tag != "thead" and not _is_header(written, is_first=heads == 0):
            break
        heads += 1
    if heads == len(rows) and heads > 1 and rows[0].getparent().tag != "thead":
        return 1
    return heads if heads <= _MAX_HEADER_ROWS or rows[0].getparent().tag == "thead" else 1


def _is_header(cells: Sequence[Any], *, is_first: bool) -> bool:
    said = [cell for cell in cells if words_of(cell)]
    if not said:
        return False
    if all(cell.tag == "th" and cell.get("scope") not in ("row", "rowgroup") for cell in said):
        return True
    return is_first and len(said) > 1 and all(_is_bold(cell) for cell in said)


def _is_bold(cell: Any) -> bool:
    if cell.tag == "th":
        return True
    only = next(iter(cell), None)
    while only is not None and only.tag in BLOCKS and len(only):
        only = only[0]
    if only is None or only.tag not in ("b", "strong"):
        return False
    return words_of(only) == words_of(cell)


def _heads(row: Sequence[Any], at: int) -> bool:
    """Whether a header's cell heads its column and not the whole table."""
    return at < len(row) and row[at] is not None and (len(row) == 1 or len(set(row)) > 1)


def _one_label(parts: Sequence[str]) -> str:
    return " ".join(part for part in dict.fromkeys(parts) if part)


def _headed_by_first(
    cells: Sequence[Any], said: Sequence[str]
) -> tuple[Sequence[str], Sequence[str], Sequence[Any]]:
    if len(cells) == 2 and cells[0].tag == "th" and cells[1].tag == "td":
        return [said[0]], [said[1]], cells
    return [""] * len(said), said, cells


def _span(cell: Any, name: str, most: int = _MAX_SPAN) -> int:
    written = cell.get(name) or "1"
    if not written.strip().isdecimal() or len(written) > 6:
        return 1
    number = int(written)
    # A rowspan of 0 reaches to the end of the table.
    return min(number, most) if number else (most if name == "rowspan" else 1)
