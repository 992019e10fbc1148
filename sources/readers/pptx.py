"""PPTX: the slides in order, from their own XML.

Pandoc's reader of this kind puts a space between any two runs, which cuts words, forgets what is
raised or struck, and leaves out the speaker's notes; so its tree is made here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sources.readers.content import Builder, Content
from sources.readers.docx import core_fields
from sources.readers.numerals import write_number
from sources.readers.packages import Package
from sources.readers.pandoc import Node
from sources.readers.pandoc_blocks import Walk
from sources.readers.pandoc_nodes import (
    LINE_BREAK,
    CellNodes,
    heading,
    note,
    paragraph,
    picture,
    table,
    words,
    wrapped,
)
from sources.readers.pandoc_words import marked_item
from sources.readers.told import problems_of

_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHOW = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "hdr", "sldNum", "sldImg"})
"""What stands on each slide: the day, the footer, the number; a picture of the slide."""
_NUMERALS = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_EMU_CM = 360_000
"""English Metric Units in a centimetre."""
_AUTOMATIC = re.compile(r"(arabic|alphaLc|alphaUc|romanLc|romanUc)(Period|ParenR|ParenBoth|Plain)")
_AROUND = {"Period": ("", "."), "ParenR": ("", ")"), "ParenBoth": ("(", ")"), "Plain": ("", "")}
_KEPT_BULLETS = frozenset("-–—*")
_LISTS = frozenset({"body", "obj", ""})
"""Placeholders whose paragraphs are items of a list."""


def read_pptx(raw: bytes, name: str) -> Content:
    """The words of a presentation: each slide under its title, speaker's notes as notes."""
    package = Package(raw, name=name, what="a PowerPoint presentation")
    main = next(
        (part for kind, part in package.relations("").values() if kind == "officeDocument"),
        "ppt/presentation.xml",
    )
    root = package.xml(main)
    if root is None:
        raise package.damaged()
    slides = Slides(package)
    relations = package.relations(main)
    blocks: list[Node] = []
    for number, one in enumerate(root.iter(f"{_SHOW}sldId"), start=1):
        _, part = relations.get(one.get(f"{_OFFICE}id") or "", ("", ""))
        blocks += slides.blocks(part, number)
    builder = Builder()
    walk = Walk(builder, blocks)
    return builder.content(
        core_fields(package), (*problems_of(slides.told + walk.told), *walk.problems())
    )


class Slides:
    """Makes the tree of slides; `told` counts what was left out."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.told: Counter[str] = Counter()

    def blocks(self, part: str, number: int) -> list[Node]:
        """The blocks of a slide; those that are hidden have none."""
        root = self._package.xml(part)
        tree = root.find(f"{_SHOW}cSld/{_SHOW}spTree") if root is not None else None
        if root is None or tree is None:
            return []
        if root.get("show") in ("0", "false"):
            self.told["hidden slides"] += 1
            return []
        title: list[Node] = []
        body: list[Node] = []
        for shape in self._shapes(tree):
            if not title and _placeholder(shape) in _TITLES:
                title = self._title(shape)
            else:
                body += self._shape(shape)
        begin = heading(1, title or [words(f"Slide {number}")])
        relations = self._package.relations(part)
        return [begin, *body, *self._notes(relations), *self._comments(relations)]

    def _shapes(self, tree: Any) -> Iterable[Any]:
        """Shapes, those in groups among them, in the order in which they are read aloud."""
        for element in tree:
            if element.tag == f"{_SHOW}grpSp":
                yield from self._shapes(element)
            elif element.tag == f"{_CHOICE}AlternateContent":
                chosen = next(
                    (one for one in element if one.tag.startswith(_CHOICE) and len(one)), ()
                )
                yield from self._shapes(chosen)
            elif element.tag in (f"{_SHOW}sp", f"{_SHOW}graphicFrame", f"{_SHOW}pic"):
                if _properties(element).get("hidden") in ("1", "true"):
                    self.told["hidden"] += 1
                else:
                    yield element

    def _title(self, shape: Any) -> list[Node]:
        lines = [self._inlines(one) for one in shape.iter(f"{_DRAW}p")]
        joined: list[Node] = []
        for line in lines:
            joined += [words(" "), *line] if joined and line else line
        return joined

    def _shape(self, shape: Any) -> list[Node]:
        if _placeholder(shape) in _FURNITURE:
            return []
        if shape.tag == f"{_SHOW}pic":
            if shape.find(f".//{_DRAW}videoFile") is not None or (
                shape.find(f".//{_DRAW}audioFile") is not None
            ):
                self.told["media"] += 1
                return []
            return [paragraph([_picture(shape)])]
        found = shape.find(f".//{_DRAW}tbl")
        if found is not None:
            return [self._table(found)]
        self.told["charts"] += sum(1 for _ in shape.iter(_CHART))
        self.told["diagrams"] += sum(1 for _ in shape.iter(_DIAGRAM))
        body = shape.find(f"{_SHOW}txBody")
        return [] if body is None else self._text(body, is_list=_placeholder(shape) in _LISTS)

    def _text(self, body: Any, *, is_list: bool = False) -> list[Node]:
        """The paragraphs of a shape, a cell or a note; in a slide's body each is an item."""
        found: list[Node] = []
        counts: dict[int, tuple[str, int]] = {}
        styles = body.find(f"{_DRAW}lstStyle")
        for one in body.iterchildren(f"{_DRAW}p"):
            inlines = self._inlines(one)
            if not inlines:
                continue
            properties = one.find(f"{_DRAW}pPr")
            level = _number(properties.get("lvl"), 0) if properties is not None else 0
            mark = _mark(_bullets(properties, styles, level), level, counts, is_list=is_list)
            if mark:
                inlines.insert(0, words(marked_item(level + 1, mark)))
            found.append(paragraph(inlines))
        return found

    def _inlines(self, element: Any) -> list[Node]:
        found: list[Node] = []
        for one in element:
            if one.tag == f"{_DRAW}br":
                found.append(LINE_BREAK)
            elif one.tag in (f"{_DRAW}r", f"{_DRAW}fld"):
                if one.tag == f"{_DRAW}fld" and one.get("type") == "slidenum":
                    continue
                text = one.findtext(f"{_DRAW}t") or ""
                if text:
                    found.append(_run(text, one.find(f"{_DRAW}rPr")))
            elif isinstance(one.tag, str) and one.tag.endswith("}m"):  # a formula
                found.append(words("".join(one.itertext())))
                self.told["flat formulas"] += 1
            elif one.tag == f"{_CHOICE}AlternateContent" and len(one):
                found += self._inlines(one[0])
        is_blank = all(one["t"] == "Str" and not one["c"].strip() for one in found)
        return [] if is_blank else found

    def _table(self, element: Any) -> Node:
        rows: list[list[CellNodes]] = []
        for row in element.iterchildren(f"{_DRAW}tr"):
            cells = []
            for cell in row.iterchildren(f"{_DRAW}tc"):
                if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                    continue
                body = cell.find(f"{_DRAW}txBody")
                blocks = self._text(body) if body is not None else []
                cells.append(CellNodes(blocks, _over(cell, "rowSpan"), _over(cell, "gridSpan")))
            rows.append(cells)
        properties = element.find(f"{_DRAW}tblPr")
        has_head = properties is not None and properties.get("firstRow") in ("1", "true")
        if has_head and len(rows) > 1:
            return table(rows[:1], rows[1:])
        return table([], rows)

    def _notes(self, relations: Mapping[str, tuple[str, str]]) -> list[Node]:
        """What the speaker is to say beside the slide."""
        part = next((part for kind, part in relations.values() if kind == "notesSlide"), "")
        root = self._package.xml(part) if part else None
        if root is None:
            return []
        blocks = [
            block
            for shape in root.iter(f"{_SHOW}sp")
            if _placeholder(shape) not in _FURNITURE
            and (body := shape.find(f"{_SHOW}txBody")) is not None
            for block in self._text(body)
        ]
        return [paragraph([note("speaker's notes", blocks)])] if blocks else []

    def _comments(self, relations: Mapping[str, tuple[str, str]]) -> list[Node]:
        found: list[Node] = []
        for kind, part in relations.values():
            root = self._package.xml(part) if kind == "comments" else None
            for one in root if root is not None else ():
                said = "".join(text for text in one.itertext(f"{_SHOW}text", f"{_DRAW}t")).strip()
                if said:
                    self.told["comments"] += 1
                    found.append(paragraph([note("comment", [paragraph([words(said)])])]))
        return found


def _placeholder(shape: Any) -> str | None:
    """What a shape is on its slide: "title", "body", …; `None` for a box of its own."""
    found = shape.find(f"*/{_SHOW}nvPr/{_SHOW}ph")
    return None if found is None else found.get("type") or ""


def _picture(shape: Any) -> Node:
    size = shape.find(f"{_SHOW}spPr/{_DRAW}xfrm/{_DRAW}ext")
    wide, high = (
        f"{int(length) / _EMU_CM:.2f}cm" if length and length.isdecimal() else None
        for length in ((size.get("cx"), size.get("cy")) if size is not None else (None, None))
    )
    return picture(wide, high, _properties(shape).get("descr"))


def _properties(shape: Any) -> Mapping[str, str]:
    found = shape.find(f"*/{_SHOW}cNvPr")
    return {} if found is None else found.attrib


def _over(cell: Any, name: str) -> int:
    return max(1, min(_number(cell.get(name), 1), 1_000))


def _number(written: str | None, otherwise: int) -> int:
    """A whole number as it is written; `otherwise` where it is none."""
    is_one = written is not None and written.isascii() and written.isdigit()
    return int((written or "")[:6]) if is_one else otherwise


def _run(text: str, properties: Any | None) -> Node:
    said = words(text.replace("\v", "\n").replace("_x000D_", "\n"))
    if properties is None:
        return said
    raised = properties.get("baseline") or "0"
    if raised.lstrip("-").isdigit() and int(raised):
        said = wrapped([said], "Subscript" if raised.startswith("-") else "Superscript")
    if properties.get("strike") not in (None, "noStrike"):
        said = wrapped([said], "Strikeout")
    return said


def _bullets(properties: Any | None, styles: Any | None, level: int) -> Sequence[Any]:
    """What is said of the paragraph's bullet: by itself, else by its box."""
    own = styles.find(f"{_DRAW}lvl{level + 1}pPr") if styles is not None else None
    for place in (properties, own):
        found = [
            one
            for one in (place if place is not None else ())
            if isinstance(one.tag, str)
            and one.tag.removeprefix(_DRAW) in ("buNone", "buChar", "buAutoNum", "buBlip")
        ]
        if found:
            return found
    return ()


def _mark(
    bullets: Sequence[Any], level: int, counts: dict[int, tuple[str, int]], *, is_list: bool
) -> str | None:
    """The mark before a paragraph; `counts` tells how far its box is counted, by level."""
    for deeper in [step for step in counts if step > level]:
        del counts[deeper]
    name = bullets[0].tag.removeprefix(_DRAW) if bullets else ""
    if name != "buAutoNum":
        counts.pop(level, None)
    match name:
        case "buNone":
            return None
        case "buChar":
            written = bullets[0].get("char") or ""
            return written if written in _KEPT_BULLETS else "•"
        case "buBlip":
            return "•"
        case "buAutoNum":
            kind = bullets[0].get("type") or ""
            before, reached = counts.get(level, ("", 0))
            start = _number(bullets[0].get("startAt"), 1)
            reached = reached + 1 if before == kind else start
            counts[level] = (kind, reached)
            known = _AUTOMATIC.fullmatch(kind)
            numeral, end = (known[1], known[2]) if known else ("arabic", "Period")
            opened, closed = _AROUND[end]
            return f"{opened}{write_number(reached, _NUMERALS[numeral])}{closed}"
    return "•" if is_list else None
