"""RTF: written anew so that nothing in it is lost on pandoc, and read by it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content
from sources.readers.docx import split_keywords
from sources.readers.pandoc import Node, read_tree
from sources.readers.pandoc_blocks import Walk
from sources.readers.pandoc_words import blocks_within, plain
from sources.readers.rtf_rewriting import NOTE_BELOW, NOTE_HERE, Rewriting, RowShape
from sources.readers.told import problems_of


def read_rtf(raw: bytes, name: str) -> Content:
    """The words of an RTF document: headings, lists with their numbers, tables, notes."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise UnreadableFileError(
            f"{name!r} is not an RTF document.", remedy="Save it anew, or rename it to what it is."
        )
    rewriting = Rewriting(raw.decode("latin-1"))
    tree = read_tree(rewriting.written().encode("ascii"), source_format="rtf", name=name)
    blocks = _with_notes(tree.blocks)
    _merge(blocks, rewriting.rows)
    builder = Builder()
    walk = Walk(builder, blocks)
    fields: dict[str, object] = {
        "title": _said(tree.meta, "title"),
        "author": _said(tree.meta, "author"),
        "tags": split_keywords(_said(tree.meta, "keywords")),
    }
    return builder.content(fields, (*problems_of(rewriting.told + walk.told), *walk.problems()))


def _said(meta: Any, name: str) -> str | None:
    value = meta.get(name)
    return plain(value["c"]) if value and value["t"] == "MetaInlines" else None


def _with_notes(blocks: Sequence[Node]) -> list[Node]:
    """The blocks, with the notes that follow the document where they belong."""
    notes = []
    kept = []
    for block in blocks:
        if block["t"] == "Para" and any(_says(one, NOTE_BELOW) for one in block["c"]):
            notes.append([one for one in block["c"] if one["t"] == "Note"])
        else:
            kept.append(block)
    if notes:
        _insert(kept, iter(notes[1:]))  # the first of them only ends the document
    return kept


def _insert(content: Any, notes: Iterator[Sequence[Node]]) -> None:
    if isinstance(content, dict):
        _insert(content.get("c"), notes)
    elif isinstance(content, list):
        at = 0
        while at < len(content):
            if isinstance(content[at], dict) and _says(content[at], NOTE_HERE):
                words = content[at]["c"]
                content[at] = content[at] | {"c": words.replace(NOTE_HERE, "")}
                found = [note for one in islice(notes, words.count(NOTE_HERE)) for note in one]
                content[at + 1 : at + 1] = found
                at += 1 + len(found)
            else:
                _insert(content[at], notes)
                at += 1


def _says(inline: Any, character: str) -> bool:
    return inline.get("t") == "Str" and character in inline["c"]


def _merge(blocks: Sequence[Node], shapes: Sequence[RowShape]) -> None:
    """Make one of merged cells, which pandoc's tree of this kind leaves apart, and set heads."""
    tables = list(_tables(blocks))
    if sum(len(body[3]) for table in tables for body in table["c"][4]) != len(shapes):
        return  # tables in tables: which row is which is not known
    waiting = iter(shapes)
    for table in tables:
        body = table["c"][4][0]
        above: dict[int, Any] = {}
        heads = 0
        for at, row in enumerate(body[3]):
            shape = next(waiting)
            heads += shape.is_head and heads == at
            _merge_row(row, shape.merged, above)
        table["c"][3][1][:0], body[3][:] = body[3][:heads], body[3][heads:]


def _merge_row(row: Any, merged: Sequence[str], above: dict[int, Any]) -> None:
    kept: list[Any] = []
    for column, cell in enumerate(row[1]):
        how = merged[column] if column < len(merged) else ""
        if how == "above" and column in above:
            above[column][2] += 1
        elif how == "left" and kept:
            kept[-1][3] += 1
        else:
            kept.append(cell)
            above[column] = cell
    row[1][:] = kept


def _tables(blocks: Sequence[Node]) -> Iterator[Node]:
    for block in blocks:
        if block["t"] == "Table":
            yield block
        else:
            for inner in blocks_within(block):
                yield from _tables(inner)
