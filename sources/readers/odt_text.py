"""The words of an OpenDocument text as a tree such as pandoc makes.

Pandoc's own reader of this kind leaves out what fields show, text boxes, comments, tables in
tables and the numbers of lists, and reads hidden words; so the tree is made here.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sources.readers.odt_styles import (
    DRAW,
    OFFICE,
    OUTLINE,
    STYLE,
    TABLE,
    TEXT,
    Count,
    Look,
    OdtStyles,
    number_in,
)
from sources.readers.pandoc import Node
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

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FORMS = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_INDEXES = tuple(
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
    )
)
_NO_WORDS = tuple(
    TEXT + name
    for name in ("number", "placeholder", "page-number", "page-count", "script", "ruby-text")
)
_SHAPES = tuple(
    DRAW + name
    for name in ("text-box", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "line",
                 "connector", "caption", "polyline", "regular-polygon", "measure")
)  # fmt: skip
_GROUPS = (f"{DRAW}frame", f"{DRAW}g", f"{DRAW}a")
_MOST_REPEATED = 100
"""Columns of a table that say the same; a file may claim millions."""
_LEAST_LETTERS = 12
"""Of a page header that says something: "Page 3 of 10" does not."""


class OdtText:
    """Makes the tree; `told` counts what was left out."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._outline = Count()
        self._by_style: dict[str, Count] = {}
        self._by_id: dict[str, Count] = {}
        self.told: Counter[str] = Counter()
        self.title = ""

    def blocks(self, elements: Iterable[Any]) -> list[Node]:
        """The blocks of paragraphs, lists, tables and sections."""
        found: list[Node] = []
        for element in elements:
            tag = element.tag
            if tag == f"{TEXT}p":
                found += self._paragraph(element)
            elif tag == f"{TEXT}h":
                found += self._heading(element)
            elif tag == f"{TEXT}list":
                found += self._list(element)
            elif tag == f"{TEXT}numbered-paragraph":
                found += self._numbered_paragraph(element)
            elif tag == f"{TABLE}table":
                found.append(self._table(element))
            elif tag == f"{TEXT}section":
                if element.get(f"{TEXT}display") == "none":
                    self.told["hidden"] += 1
                else:
                    found += self.blocks(element)
            elif tag in _INDEXES:
                self.told["contents"] += 1
            elif tag == f"{TEXT}tracked-changes":
                self.told["changes"] += len(element)
            elif tag in (f"{TEXT}bibliography", f"{TEXT}index-body", f"{TEXT}index-title"):
                found += self.blocks(element)
            elif tag == f"{OFFICE}forms":
                self.told["form fields"] += sum(
                    1 for one in element.iter() if one.get(f"{_FORMS}current-value")
                )
            elif tag in _GROUPS or tag in _SHAPES:
                found += [paragraph(drawn)] if (drawn := self._drawn(element)) else []
        return found

    def page_notes(self, root: Any) -> list[Node]:
        """Page headers and footers that say something, each once, as notes."""
        said: dict[str, Node] = {}
        for kind in ("header", "footer"):
            for element in root.iter(STYLE + kind):
                shown = "".join(
                    piece
                    for one in element.iter(f"{TEXT}p", f"{TEXT}h")
                    for piece in one.itertext()
                )
                if sum(map(str.isalpha, shown)) >= _LEAST_LETTERS and shown not in said:
                    said[shown] = paragraph([note(f"page {kind}", self.blocks(element))])
        return list(said.values())

    def _paragraph(self, element: Any, mark: tuple[int, str] | None = None) -> list[Node]:
        look = self._styles.look("paragraph", element.get(f"{TEXT}style-name"))
        inlines = self._inlines(element, look)
        if mark is not None:
            inlines.insert(0, words(marked_item(*mark)))
        if look.is_title and not self.title:
            self.title = " ".join("".join(element.itertext()).split())
        if look.is_title or look.level:
            return [heading(look.level or 1, inlines)]
        return [paragraph(inlines)] if inlines else []

    def _heading(self, element: Any, mark: tuple[int, str] | None = None) -> list[Node]:
        look = self._styles.look("paragraph", element.get(f"{TEXT}style-name"))
        level = number_in(element.get(f"{TEXT}outline-level"), 1) or 1
        is_unnumbered = element.get(f"{TEXT}is-list-header") == "true" or look.list_name == ""
        if mark is None and not is_unnumbered:
            start = element.get(f"{TEXT}start-value")
            levels = self._styles.lists.get(OUTLINE, {})
            number = self._outline.mark(levels, level, number_in(start, 0) if start else None)
            mark = (level, number) if number else None
        inlines = self._inlines(element, look)
        if mark is not None:
            inlines.insert(0, words(marked_item(*mark)))
        return [heading(level, inlines)]

    def _list(self, element: Any) -> list[Node]:
        name = element.get(f"{TEXT}style-name") or ""
        if not name:
            first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
            if first is not None:
                look = self._styles.look("paragraph", first.get(f"{TEXT}style-name"))
                name = look.list_name or ""
        continued = element.get(f"{TEXT}continue-list")
        if continued in self._by_id:
            count = self._by_id[continued]
        elif element.get(f"{TEXT}continue-numbering") == "true" and name in self._by_style:
            count = self._by_style[name]
        else:
            count = Count()
        self._by_style[name] = count
        own = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if own:
            self._by_id[own] = count
        return self._items(element, name, 1, count)

    def _items(self, element: Any, name: str, level: int, count: Count) -> list[Node]:
        found: list[Node] = []
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            is_numbered = item.tag == f"{TEXT}list-item"
            start = item.get(f"{TEXT}start-value")
            for child in item:
                if child.tag == f"{TEXT}list":
                    inner = child.get(f"{TEXT}style-name") or name
                    found += self._items(child, inner, level + 1, count)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h") and is_numbered:
                    is_numbered = False  # further paragraphs of an item have no number
                    levels = self._styles.lists.get(name, {})
                    mark = count.mark(levels, level, number_in(start, 0) if start else None)
                    written = item.findtext(f"{TEXT}number")
                    if not levels:
                        mark = "•"
                    found += self._marked(child, level, written or mark)
                else:
                    found += self.blocks([child])
        return found

    def _numbered_paragraph(self, element: Any) -> list[Node]:
        name = element.get(f"{TEXT}style-name") or ""
        level = number_in(element.get(f"{TEXT}level"), 1) or 1
        count = self._by_id.setdefault(element.get(f"{TEXT}list-id") or name, Count())
        start = element.get(f"{TEXT}start-value")
        levels = self._styles.lists.get(name, {})
        mark = count.mark(levels, level, number_in(start, 0) if start else None)
        found: list[Node] = []
        for child in element.iterchildren(f"{TEXT}p", f"{TEXT}h"):
            found += self._marked(child, level, element.findtext(f"{TEXT}number") or mark)
        return found

    def _marked(self, element: Any, level: int, mark: str | None) -> list[Node]:
        shown = (level, mark) if mark else None
        if element.tag == f"{TEXT}h":
            return self._heading(element, shown or (level, ""))
        return self._paragraph(element, shown)

    def _table(self, element: Any) -> Node:
        heads: list[list[CellNodes]] = []
        rows: list[list[CellNodes]] = []
        looks_like_head = False
        for row in element.iter(f"{TABLE}table-row"):
            inside = [one.tag for one in row.iterancestors() if element in one.iterancestors()]
            if f"{TABLE}table" in inside:
                continue  # of a table in a cell
            cells = list(self._cells(row))
            if f"{TABLE}table-header-rows" in inside:
                heads.append(cells)
            else:
                looks_like_head = looks_like_head or (not rows and self._is_heading_row(row))
                rows.append(cells)
        if not heads and looks_like_head and len(rows) > 1:
            heads, rows = rows[:1], rows[1:]
        return table(heads, rows)

    def _cells(self, row: Any) -> Iterable[CellNodes]:
        for cell in row.iterchildren(f"{TABLE}table-cell"):
            made = CellNodes(
                self.blocks(cell),
                min(number_in(cell.get(f"{TABLE}number-rows-spanned"), 1), 10_000) or 1,
                min(number_in(cell.get(f"{TABLE}number-columns-spanned"), 1), 1_000) or 1,
            )
            repeated = number_in(cell.get(f"{TABLE}number-columns-repeated"), 1)
            for _ in range(min(repeated, _MOST_REPEATED)):
                yield made

    def _is_heading_row(self, row: Any) -> bool:
        names = [
            one.get(f"{TEXT}style-name") for one in row.iter(f"{TEXT}p") if len(one) or one.text
        ]
        return bool(names) and all(
            self._styles.look("paragraph", name).is_table_heading or name == "Table_20_Heading"
            for name in names
        )

    def _inlines(self, element: Any, look: Look) -> list[Node]:
        found: list[Node] = []
        self._say(element.text, look, found)
        for child in element:
            self._inline(child, look, found)
            self._say(child.tail, look, found)
        return found

    def _inline(self, element: Any, look: Look, found: list[Node]) -> None:
        tag = element.tag
        if tag == f"{TEXT}span":
            own = self._styles.look("text", element.get(f"{TEXT}style-name"))
            found += self._inlines(element, _over(own, look))
        elif tag == f"{TEXT}s":
            self._say(" ", look, found)
        elif tag == f"{TEXT}tab":
            found.append(words("\t"))
        elif tag == f"{TEXT}line-break":
            found.append(LINE_BREAK)
        elif tag == f"{TEXT}note":
            sign = (
                " ".join("".join(element.find(f"{TEXT}note-citation").itertext()).split())
                if (element.find(f"{TEXT}note-citation") is not None)
                else ""
            )
            body = element.find(f"{TEXT}note-body")
            found.append(note(sign or "*", self.blocks(body if body is not None else ())))
        elif tag == f"{OFFICE}annotation":
            self.told["comments"] += 1
            author = " ".join((element.findtext(_CREATOR) or "").split())[:100]
            sign = f"comment, {author}" if author else "comment"
            found.append(note(sign, self.blocks(element)))
        elif tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            if element.get(f"{TEXT}is-hidden") == "false":
                found += self._inlines(element, look)
            else:
                self.told["hidden"] += 1
        elif tag in _GROUPS or tag in _SHAPES:
            found += self._drawn(element)
        elif tag not in _NO_WORDS and isinstance(tag, str) and tag.startswith((TEXT, OFFICE)):
            found += self._inlines(element, look)  # links, marks, and what fields show

    def _say(self, written: str | None, look: Look, found: list[Node]) -> None:
        if not written:
            return
        # White space is as in HTML: several are one (5.1.3 of the specification).
        one_line = " ".join(f"x{written}x".split())[1:-1]
        if look.is_hidden:
            self.told["hidden"] += bool(one_line.strip())
            return
        said = words(one_line)
        if look.position:
            said = wrapped([said], look.position)
        found.append(wrapped([said], "Strikeout") if look.is_struck else said)

    def _drawn(self, element: Any) -> list[Node]:
        """Text boxes and shapes with words as notes; pictures and what else is drawn is counted."""
        if element.tag in _GROUPS:
            inner = [one for child in element for one in self._drawn(child)]
            # A frame holds the same thing in several forms.
            return inner[:1] if _is_picture(element, inner) else inner
        if element.tag in _SHAPES:
            blocks = self.blocks(element)
            return [note("text box", blocks)] if blocks else []
        if element.tag == f"{DRAW}image":
            frame = element.getparent()
            described = " ".join(
                words_in
                for one in frame.iterchildren(f"{_SVG}title", f"{_SVG}desc")
                for words_in in one.itertext()
            )
            return [picture(frame.get(f"{_SVG}width"), frame.get(f"{_SVG}height"), described)]
        if element.tag in (f"{DRAW}object", f"{DRAW}object-ole"):
            self.told["embedded"] += 1
        elif element.tag == f"{TABLE}table":
            return [note("text box", self.blocks([element]))]
        return []


def _is_picture(frame: Any, inner: list[Node]) -> bool:
    return frame.tag == f"{DRAW}frame" and bool(inner) and inner[0]["t"] == "Image"


def _over(own: Look, below: Look) -> Look:
    return Look(
        position=own.position or below.position,
        is_struck=own.is_struck or below.is_struck,
        is_hidden=own.is_hidden or below.is_hidden,
    )
