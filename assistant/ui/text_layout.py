"""A text laid out as its file set it: tables, lists, headings, notes. Pure; no HTML.

What is laid out are the very characters of the text, each piece with the place where it begins,
so that what is highlighted, selected and found in it are slices of the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import groupby, pairwise
from typing import Literal

from assistant.ui.segments import Highlight, NoteSign, Segment, cut_within, lines
from sources.source import CAPTION, Block, Locator, Span, Text

PartKind = Literal["paragraph", "heading", "list", "table", "note", "field", "quoted"]

_Column = tuple[str, int]
"""A column's label, and how many before it have the same."""

_MOST_COLUMNS = 100
"""Of a table some of whose cells are blank; in a wider one rows of other cells are a table."""
_LONGEST_SIGN = 4
"""Characters of a note's sign that stands raised in the text: "12", "*", "iv"."""
_TITLE_LEVEL = 2
_LOWEST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters of the text."""

    start: int
    segments: tuple[Segment, ...]
    lead: tuple[Segment, ...] = ()
    """Before them: the mark of a list item, the sign of a note, the name of a field."""
    level: int = 0
    """How deep an item lies, from 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a note that stands between two of them."""

    cells: tuple[Piece | None, ...] = ()
    """One for each column; `None` for a blank one."""
    note: Piece | None = None
    pages: tuple[str, ...] = ()
    """The labels of the pages that begin with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands by itself: a paragraph, a whole table, a whole list."""

    kind: PartKind
    pieces: tuple[Piece, ...] = ()
    """The items of a list, the paragraphs of what is quoted, else one; of a table its caption."""
    level: int = 0
    """Of a heading, as the page counts them; how many quotations deep."""
    label: str = ""
    """Whose the quoted words are."""
    header: tuple[str, ...] = ()
    """Of a table: the columns' labels, or one blank for each."""
    rows: tuple[Row, ...] = ()


def lay_out(
    text: Text, *, highlights: Sequence[Highlight] = (), marks: Sequence[Span] = ()
) -> tuple[Part, ...]:
    """The whole text, in order; a line of running text is a paragraph."""
    pages = [locator for locator in text.locators if locator.kind == "page"]
    if not text.blocks:
        spans = lines(text.content)
        found = cut_within(text.content, spans, highlights=highlights, marks=marks, pages=pages)
        return tuple(
            Part("paragraph", (Piece(span.start, segments),))
            for span, segments in zip(spans, found, strict=True)
        )
    text = replace(text, blocks=tuple(_line_by_line(text)))
    return tuple(_parts(text, _pieces(text, highlights, marks, pages)))


def _line_by_line(text: Text) -> Iterator[Block]:
    """The blocks, of a paragraph with line ends each line: they are the writer's."""
    for block in text.blocks:
        spans = lines(text.content[block.start : block.end]) if block.kind == "paragraph" else ()
        if len(spans) < 2:
            yield block
            continue
        for span in spans:
            yield Block(block.start + span.start, block.start + span.end, "paragraph")


def noted(text: Text) -> tuple[NoteSign, ...]:
    """The places of the notes whose signs stand in the text."""
    return tuple(
        NoteSign(block.anchor, block.label, block.start)
        for block in text.blocks
        if block.anchor and 0 < len(block.label) <= _LONGEST_SIGN
    )


def _pieces(
    text: Text, highlights: Sequence[Highlight], marks: Sequence[Span], pages: Sequence[Locator]
) -> dict[int, Piece]:
    """What is shown of the text, by where it begins: whole blocks, and of rows the cells' words."""
    leads = {block.start: _lead(block, text.content) for block in text.blocks}
    levels = {block.start: block.level for block in text.blocks}
    spans = [span for block in text.blocks for span in _shown(block)]
    found = cut_within(
        text.content,
        spans,
        highlights=highlights,
        marks=marks,
        pages=pages,
        notes=noted(text),
        cuts=[start + lead for start, lead in leads.items() if lead],
    )
    pieces = {}
    for span, segments in zip(spans, found, strict=True):
        lead = _first(segments, leads.get(span.start, 0))
        pieces[span.start] = Piece(
            span.start, segments[lead:], segments[:lead], levels.get(span.start, 0)
        )
    return pieces


def _shown(block: Block) -> tuple[Span, ...]:
    if block.kind == "row" and block.cells:
        return tuple(Span(words, end) for _, words, end in block.cells if words < end)
    return (Span(block.start, block.end),)


def _lead(block: Block, content: str) -> int:
    """How many characters the block's mark, sign or name has, where it begins with it."""
    written = {"item": block.label, "note": f"[{block.label}]", "field": f"{block.label}:"}
    lead = written.get(block.kind, "")
    begins = block.label and content.startswith(lead, block.start)
    return len(lead) if begins and block.start + len(lead) < block.end else 0


def _first(segments: Sequence[Segment], characters: int) -> int:
    """How many of the segments hold the first `characters`."""
    count = 0
    while characters > 0:
        characters -= len(segments[count].words)
        count += 1
    return count


def _parts(text: Text, pieces: Mapping[int, Piece]) -> Iterator[Part]:
    blocks, at = text.blocks, 0
    highest = min((block.level for block in blocks if block.kind == "heading"), default=1)
    for first, end, columns in (*_tables(blocks, text.content), (len(blocks), len(blocks), ())):
        for _, run in groupby(blocks[at:first], key=_together):
            yield _part(tuple(run), pieces, highest)
        if first < end:
            yield _table(blocks[first:end], columns, text.content, pieces)
        at = end


def _together(block: Block) -> tuple[object, ...]:
    """What blocks have in common that are shown as one: a list, or what one person wrote."""
    if block.kind == "item":
        return (block.kind,)
    return (block.kind, block.level, block.label) if block.kind == "quoted" else (block.start,)


def _part(run: Sequence[Block], pieces: Mapping[int, Piece], highest: int) -> Part:
    first, found = run[0], tuple(pieces[block.start] for block in run)
    match first.kind:
        case "item":
            return Part("list", found)
        case "heading":
            level = min(_TITLE_LEVEL + 1 + first.level - highest, _LOWEST_LEVEL)
            return Part("heading", found, level=level)
        case "quoted":
            return Part("quoted", found, level=first.level, label=first.label)
        case "note" | "field":
            return Part(first.kind, found)
    return Part("paragraph", found)


def _tables(
    blocks: Sequence[Block], content: str
) -> Iterator[tuple[int, int, tuple[_Column, ...]]]:
    """From and to of the blocks of each table, and its columns.

    Rows that follow one another are of one table where they share a label and no two labels stand
    in another order: cells that are blank are not in a row. Notes between them are in it, and a
    caption directly above.
    """
    at = reached = 0
    while at < len(blocks):
        if blocks[at].kind != "row":
            at += 1
            continue
        columns = _columns(blocks[at], content)
        before = _before(columns)
        end = ahead = at + 1
        while ahead < len(blocks) and (block := blocks[ahead]).kind in ("row", "note"):
            ahead += 1
            if block.kind == "row":
                more = _before(_columns(block, content))
                if any(one not in before or not more[one] <= before[one] for one in more):
                    before = {
                        one: before.get(one, set()) | more.get(one, set())
                        for one in (*before, *more)
                    }
                    wider = _in_order(before) if more.keys() & set(columns) else None
                    if wider is None:
                        break
                    columns = wider
                end = ahead
            elif block.label == CAPTION:
                break
        has_caption = at > reached and blocks[at - 1].label == CAPTION
        yield at - has_caption, end, columns
        at = reached = end


def _columns(row: Block, content: str) -> tuple[_Column, ...]:
    labels = [content[label:words].rstrip(": ") for label, words, _ in row.cells] or [""]
    return tuple((label, labels[:at].count(label)) for at, label in enumerate(labels))


def _before(columns: Sequence[_Column]) -> dict[_Column, set[_Column]]:
    """For each of the columns, the one directly before it."""
    return {columns[0]: set()} | {one: {before} for before, one in pairwise(columns)}


def _in_order(before: Mapping[_Column, set[_Column]]) -> tuple[_Column, ...] | None:
    """All columns, each after those before it; `None` where that cannot be."""
    if len(before) > _MOST_COLUMNS:
        return None
    try:
        return tuple(TopologicalSorter(before).static_order())
    except CycleError:
        return None


def _table(
    blocks: Sequence[Block],
    columns: Sequence[_Column],
    content: str,
    pieces: Mapping[int, Piece],
) -> Part:
    caption = (pieces[blocks[0].start],) if blocks[0].kind == "note" else ()
    places = {column: at for at, column in enumerate(columns)}
    rows = []
    for block in blocks[len(caption) :]:
        if block.kind == "note":
            rows.append(Row(note=pieces[block.start]))
            continue
        cells: list[Piece | None] = [None] * len(columns)
        pages: tuple[str, ...] = ()
        starts = [start for _, start, _ in block.cells] or [block.start]
        for column, start in zip(_columns(block, content), starts, strict=True):
            cell = pieces.get(start)
            if cell and not pages:
                first, *rest = cell.segments
                cell, pages = replace(cell, segments=(replace(first, pages=()), *rest)), first.pages
            cells[places[column]] = cell
        rows.append(Row(tuple(cells), pages=pages))
    header = tuple(label for label, _ in columns)
    return Part("table", caption, header=header, rows=tuple(rows))
