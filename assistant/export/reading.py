"""A document read back: its lines in order, with their footnotes, and the record it carries.

A line is what stands in a paragraph, a heading or a cell of a table. Headers, footers,
comments, text boxes and the words inside pictures are not read; tracked changes are read as
if they were accepted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from assistant.export.pandoc import Block, read_tree

RECORD = "assistant-lines"
"""Begins the names of the properties in which a document keeps the record of its lines."""

_PROPERTIES = {".docx": "docProps/custom.xml", ".odt": "meta.xml"}
_MOST_BYTES = 4_000_000
_PROPERTY = re.compile(rf'name="{RECORD}-(\d+)"[^>]*>\s*(?:<[^>]*>)?\s*([^<]*)')


@dataclass(frozen=True, slots=True)
class Noted:
    """A footnote's own words, and the words of its line that lead to it."""

    before: str
    """From the footnote before it in the line, or from the line's start."""
    note: str


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line of a document as it stands there."""

    words: str
    """Without the footnotes."""
    notes: tuple[Noted, ...] = ()
    lead: str = ""
    """The bold words that it begins with: ``Proposed, Zelensky:``."""
    style: str | None = None
    """The paragraph's style in a Word document, where it has one of its own."""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it was read."""

    lines: tuple[WrittenLine, ...]
    record: str
    """What the document says about its own lines at the export; empty where nothing is said."""


def read_document(path: Path) -> Written:
    """The document's lines (.docx, .odt, .md) with its title first; `UseError` when unreadable."""
    blocks, meta = read_tree(path)
    title = "".join(piece for piece, _ in _pieces(meta.get("title", {}).get("c")))
    return Written(lines_in(blocks, title=title), _record(path, meta))


def lines_in(blocks: Sequence[Block], *, title: str) -> tuple[WrittenLine, ...]:
    """The lines of a document's tree that hold words, its title first."""
    found = (WrittenLine(title), *_lines(blocks, None))
    return tuple(line for line in found if line.words.strip() or line.notes)


def _record(path: Path, meta: Mapping[str, Any]) -> str:
    part = _PROPERTIES.get(path.suffix.lower())
    if part is None:
        kept = {
            name.removeprefix(f"{RECORD}-"): "".join(piece for piece, _ in _pieces(value))
            for name, value in meta.items()
            if name.startswith(f"{RECORD}-")
        }
    else:
        try:
            with ZipFile(path) as package, package.open(part) as content:
                properties = content.read(_MOST_BYTES).decode("utf-8", errors="replace")
        except (BadZipFile, KeyError, OSError):
            return ""
        kept = dict(_PROPERTY.findall(properties))
    numbered = sorted((int(number), value) for number, value in kept.items() if number.isdecimal())
    return " ".join(value for _, value in numbered)


def _lines(tree: Any, style: str | None) -> Iterator[WrittenLine]:
    if isinstance(tree, list | tuple):
        for child in tree:
            yield from _lines(child, style)
        return
    if not isinstance(tree, dict):
        return
    match tree.get("t"):
        case "Para" | "Plain":
            yield _line(tree["c"], style)
        case "Header":
            yield _line(tree["c"][2], style, is_heading=True)
        case "LineBlock":
            for inlines in tree["c"]:
                yield _line(inlines, style)
        case "DefinitionList":
            for term, meanings in tree["c"]:
                yield _line(term, style)
                yield from _lines(meanings, style)
        case "CodeBlock":
            yield WrittenLine(tree["c"][1], style=style)
        case "RawBlock":
            if tree["c"][0] != "openxml":
                yield WrittenLine(re.sub(r"<[^>]*>", "", tree["c"][1]), style=style)
        case "Div":
            named = dict(tree["c"][0][2]).get("custom-style", style)
            yield from _lines(tree["c"][1], named)
        case _:
            yield from _lines(tree.get("c"), style)


def _line(inlines: Sequence[Any], style: str | None, *, is_heading: bool = False) -> WrittenLine:
    words: list[str] = []
    notes: list[Noted] = []
    at = 0
    for piece, footnote in _pieces(inlines):
        if footnote is None:
            words.append(piece)
        else:
            notes.append(Noted("".join(words[at:]), footnote))
            at = len(words)
    return WrittenLine("".join(words), tuple(notes), _lead(inlines), style, is_heading)


def _lead(inlines: Sequence[Any]) -> str:
    pieces: list[str] = []
    for inline in inlines:
        if inline["t"] not in ("Strong", "Space", "SoftBreak"):
            break
        pieces += [piece for piece, _ in _pieces(inline)]
    return "".join(pieces).strip()


def _pieces(tree: Any) -> Iterator[tuple[str, str | None]]:
    """The plain words of inlines in order; a footnote comes as its own words."""
    if isinstance(tree, list | tuple):
        for child in tree:
            yield from _pieces(child)
        return
    if not isinstance(tree, dict):
        return
    match tree["t"]:
        case "Str":
            yield tree["c"], None
        case "Space" | "SoftBreak" | "LineBreak":
            yield " ", None
        case "Note":
            yield "", "".join(piece for piece, _ in _pieces(_inside(tree["c"])))
        case "Quoted":
            single = tree["c"][0]["t"] == "SingleQuote"
            yield ("‘" if single else "“"), None
            yield from _pieces(tree["c"][1])
            yield ("’" if single else "”"), None
        case "Code" | "Math" | "RawInline":
            yield str(tree["c"][1]), None
        case "Link" | "Image" | "Span":
            yield from _pieces(tree["c"][1])
        case _:
            yield from _pieces(tree.get("c"))


def _inside(blocks: Sequence[Any]) -> list[Any]:
    """The inlines of a footnote's paragraphs, with a space between two paragraphs."""
    inlines: list[Any] = []
    for number, block in enumerate(blocks):
        if number:
            inlines.append({"t": "Space"})
        content = block["c"][1] if block["t"] == "Div" else block.get("c")
        inlines.extend(_inside(content) if block["t"] == "Div" else [content])
    return inlines
