"""Pandoc's tree of a document, told to the builder block by block."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sources.readers.content import Builder, normalise
from sources.readers.grids import Cell, Grid, grid_of
from sources.readers.numerals import write_number
from sources.readers.pandoc import Node
from sources.readers.pandoc_words import Line, NotesApart, Reader
from sources.readers.told import count

_NUMERALS = {
    "LowerAlpha": "lowerLetter",
    "UpperAlpha": "upperLetter",
    "LowerRoman": "lowerRoman",
    "UpperRoman": "upperRoman",
}
_AROUND = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}
_LONGEST_HEADING = 200
_LONGEST_SENTENCE_AS_HEADING = 80
"""Characters: styles of headings number whole clauses in treaties, and these are no headings."""
_CLAUSE_END = re.compile(r"[.;:][”\"')]*$")
_MOST_TOLD = 8


def is_clause(words: str) -> bool:
    """Whether words in a heading's style are a clause to be quoted rather than a heading."""
    words = words.strip()
    return len(words) > _LONGEST_HEADING or (
        len(words) > _LONGEST_SENTENCE_AS_HEADING and bool(_CLAUSE_END.search(words))
    )


class Walk:
    """Tells a builder all blocks of a document; `told` and `problems` say what was left out."""

    def __init__(self, builder: Builder, blocks: Sequence[Node]) -> None:
        self._builder = builder
        self._notes = NotesApart(blocks)
        self._reader = Reader(self._notes)
        self._signs = 0
        self._walk(blocks)

    @property
    def told(self) -> Counter[str]:
        """How much of what was left out, as `sources.readers.told` says it."""
        return self._reader.told

    def problems(self) -> tuple[str, ...]:
        """What of the left out is told by itself: signs that lead nowhere."""
        signs = self._reader.loose_signs
        if not signs:
            return ()
        shown = ", ".join(signs[:_MOST_TOLD]) + (", …" if len(signs) > _MOST_TOLD else "")
        return (f"{count(len(signs), 'raised sign')} left out, with no note in the file: {shown}",)

    def _walk(self, blocks: Sequence[Node], *, depth: int = 0) -> None:
        for block in blocks:
            if id(block) not in self._notes.moved:
                self._block(block, depth)

    def _block(self, block: Node, depth: int) -> None:
        content: Any = block.get("c")
        match block["t"]:
            case "Para" | "Plain":
                self._paragraph(self._reader.line(content))
            case "Header":
                self._heading(self._reader.line(content[2]), content[0])
            case "BulletList":
                self._list(content, ["•"] * len(content), depth + 1)
            case "OrderedList":
                (start, style, delimiter), items = content
                marks = [_mark(start + at, style["t"], delimiter["t"]) for at in range(len(items))]
                self._list(items, marks, depth + 1)
            case "DefinitionList":
                for term, definitions in content:
                    self._paragraph(self._reader.line(term))
                    for definition in definitions:
                        self._walk(definition, depth=depth)
            case "LineBlock":
                lines = [self._reader.line(one) for one in content]
                self._paragraph(_joined(lines, "\n"))
            case "CodeBlock":
                self._builder.paragraph(content[1])
            case "BlockQuote":
                self._walk(content, depth=depth)
            case "Div":
                self._walk(content[1], depth=depth)
            case "Figure":
                self._walk(content[2], depth=depth)
                self._caption(content[1][1])
            case "Table":
                self._table(content, depth)

    def _paragraph(self, line: Line) -> None:
        if line.item is not None and line.words.strip():
            level, mark = line.item
            self._put(line, lambda words: self._builder.item(words, mark, level))
        elif line.item is not None and any(map(str.isalpha, line.item[1])):
            # "Article 4" alone on its line: the number is all that is written.
            line.words = line.item[1]
            self._put(line, self._builder.paragraph)
        else:
            self._put(line, self._builder.paragraph)

    def _heading(self, line: Line, level: int) -> None:
        if line.item is not None:
            if is_clause(line.words):
                self._paragraph(line)
                return
            line.words = f"{line.item[1]} {line.words}".strip()
        if is_clause(line.words):
            self._put(line, self._builder.paragraph)
        else:
            line.words = " ".join(line.words.split())
            self._put(line, lambda words: self._builder.heading(words, min(max(level, 1), 6)))

    def _list(self, items: Sequence[Sequence[Node]], marks: Sequence[str], depth: int) -> None:
        for item, mark in zip(items, marks, strict=True):
            has_mark = False
            for block in item:
                if id(block) in self._notes.moved:
                    continue
                if block["t"] in ("Para", "Plain") and not has_mark:
                    line = self._reader.line(block["c"])
                    line.item = line.item or (depth, mark)
                    has_mark = bool(line.words.strip())
                    self._paragraph(line)
                else:
                    self._block(block, depth)

    def _caption(self, blocks: Sequence[Node]) -> None:
        for line in self._note_lines(blocks):
            self._builder.note(line.words, "caption", anchor=self._builder.reached)

    def _table(self, content: Sequence[Any], depth: int) -> None:
        self._caption(content[1][1])
        grid = grid_of(content, self._cell)
        if grid.is_layout():
            for cell in grid.cells():
                self._walk(cell.blocks, depth=depth)
            return
        self._rows(grid)

    def _rows(self, grid: Grid) -> None:
        for row in grid.rows():
            self._builder.table([row.words], header=row.labels)
            reached = self._builder.reached
            for line in row.lines:
                self._put_notes(line, reached, reached)

    def _cell(self, blocks: Sequence[Node]) -> Cell:
        """What is in a cell: its words in one line, and the tables in it."""
        lines: list[Line] = []
        nested: list[Grid] = []
        self._flatten(blocks, lines, nested)
        return Cell(_in_one_line(lines), nested, blocks)

    def _flatten(self, blocks: Sequence[Node], lines: list[Line], nested: list[Grid]) -> None:
        for block in blocks:
            if id(block) in self._notes.moved:
                continue
            content: Any = block.get("c")
            match block["t"]:
                case "Para" | "Plain":
                    lines.append(_with_mark(self._reader.line(content)))
                case "Header":
                    lines.append(_with_mark(self._reader.line(content[2])))
                case "Table":
                    nested.append(grid_of(content, self._cell))
                case "CodeBlock":
                    lines.append(Line(content[1]))
                case "LineBlock":
                    lines += [self._reader.line(one) for one in content]
                case "OrderedList":
                    (start, style, delimiter), items = content
                    for at, item in enumerate(items):
                        mark = _mark(start + at, style["t"], delimiter["t"])
                        self._flatten_item(item, mark, lines, nested)
                case "BulletList":
                    for item in content:
                        self._flatten_item(item, "•", lines, nested)
                case "DefinitionList":
                    for term, definitions in content:
                        lines.append(self._reader.line(term))
                        for definition in definitions:
                            self._flatten(definition, lines, nested)
                case "BlockQuote":
                    self._flatten(content, lines, nested)
                case "Div":
                    self._flatten(content[1], lines, nested)
                case "Figure":
                    self._flatten([*content[2], *content[1][1]], lines, nested)

    def _flatten_item(
        self, item: Sequence[Node], mark: str, lines: list[Line], nested: list[Grid]
    ) -> None:
        inner: list[Line] = []
        self._flatten(item, inner, nested)
        if inner:
            inner[0] = _with_mark(Line(inner[0].words, inner[0].notes, (1, mark)))
        lines += inner

    def _put(self, line: Line, put: Callable[[str], None]) -> None:
        """Put the words, then their notes, each with its place."""
        before = self._builder.reached
        put(line.words)
        reached = self._builder.reached
        start = None if reached == before else (reached or 0) - len(normalise(line.words))
        self._put_notes(line, start, reached)

    def _put_notes(self, line: Line, start: int | None, reached: int | None) -> None:
        """Put the notes of a line whose words, if it has any, go from `start` to `reached`."""
        for note in line.notes:
            anchor = reached
            if start is not None and reached is not None:
                anchor = min(reached, start + len(normalise(line.words[: note.at])))
            lines = self._note_lines(note.blocks, is_note=True)
            sign = note.sign or next((one.sign for one in lines if one.sign), None)
            if sign is None and any(one.words.strip() for one in lines):
                self._signs += 1
                sign = str(self._signs)
            for one in lines:
                sign = one.sign or sign
                self._builder.note(one.words, sign or "", anchor=anchor)

    def _note_lines(self, blocks: Sequence[Node], *, is_note: bool = False) -> list[Line]:
        """The paragraphs and rows of a note that hold words, and of the notes in it."""
        found: list[Line] = []
        for block in blocks:
            content: Any = block.get("c")
            match block["t"]:
                case "Div":
                    found += self._note_lines(content[1], is_note=is_note and not found)
                case "Table":
                    for row in grid_of(content, self._cell).rows():
                        notes = [note for line in row.lines for note in line.notes]
                        found.append(Line(row.in_one_line(" | "), notes))
                case "Para" | "Plain":
                    first = is_note and not found
                    found.append(_with_mark(self._reader.line(content, is_note=first)))
                case _:
                    nested: list[Grid] = []
                    self._flatten([block], found, nested)
        inner = [note for line in found for note in line.notes]
        for note in inner:  # such as a footnote in a text box
            found += self._note_lines(note.blocks, is_note=True)
        return [line for line in found if line.words.strip() or line.sign]


def _mark(value: int, style: str, delimiter: str) -> str:
    before, after = _AROUND.get(delimiter, ("", "."))
    return f"{before}{write_number(value, _NUMERALS.get(style, 'decimal'))}{after}"


def _with_mark(line: Line) -> Line:
    """The line with its mark as words before its own."""
    if line.item is None:
        return line
    mark = f"{line.item[1]} ".lstrip()
    notes = [note._replace(at=note.at + len(mark)) for note in line.notes]
    return Line(mark + line.words, notes, None, line.sign)


def _joined(lines: Sequence[Line], between: str) -> Line:
    words = ""
    notes = []
    for line in lines:
        words += between if words else ""
        notes += [note._replace(at=note.at + len(words)) for note in line.notes]
        words += line.words
    return Line(words, notes)


def _in_one_line(lines: Sequence[Line]) -> Line:
    """The paragraphs of a cell in one line; " / " parts those that no stop parts."""
    joined = Line("")
    for line in lines:
        words = line.words.strip()
        if joined.words and words:
            is_parted = joined.words[-1] in ".!?:;,…-–—" or words[0].islower() or words[0] == "•"
            joined.words += " " if is_parted else " / "
        joined.notes += line.notes
        joined.words += words
    return joined
