"""One run of text of a Word document, written anew as it shows on the page."""

import copy
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sources.readers.illustrations import count_picture, in_cm
from sources.readers.pandoc_words import marked_item
from sources.readers.word_fields import Fields
from sources.readers.word_numbers import Counting, Numbering
from sources.readers.word_styles import Look, Style, Styles, look_of, outline_level
from sources.readers.word_tables import heads_among
from sources.readers.word_xml import (
    MATH,
    WORD,
    add,
    children,
    is_on,
    name_of,
    new,
    number_in,
    text_run,
    value_of,
    words_of,
    write,
)

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU_CM = 360_000
"""English Metric Units in a centimetre."""
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_UNWRAPPED = frozenset("hyperlink smartTag customXml dir bdo sdtContent".split())
_ACCEPTED = frozenset({"ins", "moveTo"})
_REJECTED = frozenset({"del", "moveFrom"})
_COPIED = {"noBreakHyphen": "\u2011", "tab": "\t", "ptab": "\t", "cr": "\n"}


class Document(Protocol):
    """What a text takes from the document that it stands in."""

    styles: Styles
    numbering: Numbering
    told: Counter[str]
    title: str

    def note(self, kind: str, reference: Any) -> str | None: ...
    def takes_as_sign(self, text: Any) -> bool: ...
    def comment(self, reference: Any) -> str | None: ...
    def new_note(self, sign: str, content: Any) -> str: ...
    def hide(self, is_hidden: bool) -> None: ...


class Story:
    """Rewrites one run of text: the body, a note, a text box, a page header."""

    def __init__(self, document: Document, *, counting: Counting) -> None:
        self._document = document
        self._counting = counting
        self.fields = Fields()
        self._carried: list[Any] = []
        """The words of a paragraph whose end was deleted: the next one begins with them."""

    def write(self, elements: Iterable[Any], out: Any) -> None:
        """Write all of a text, or of a cell, into `out`."""
        self._blocks(elements, out)
        if self._carried:  # the end of the last paragraph was deleted: there is none to go on
            paragraph = add(out, "p")
            paragraph.extend(self._carried)
            self._carried = []

    def _blocks(self, elements: Iterable[Any], out: Any) -> None:
        for element in elements:
            name = name_of(element)
            if name == "p":
                self._paragraph(element, out)
            elif name == "tbl":
                self._table(element, out)
            elif name == "sdt":
                self._blocks(self._controlled(element), out)
            elif name in _UNWRAPPED:
                self._blocks(element, out)
            elif name in _ACCEPTED:
                self._document.told["changes"] += 1
                self._blocks(element, out)
            elif name in _REJECTED:
                self._document.told["changes"] += 1
            elif name == "altChunk":
                self._document.told["embedded"] += 1
            elif element.tag == f"{_CHOICE}AlternateContent":
                self._blocks(_chosen(element), out)
            elif element.tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
                add(out, "p").append(copy.deepcopy(element))

    def _paragraph(self, element: Any, out: Any) -> None:
        properties = element.find(f"{WORD}pPr")
        mark = properties.find(f"{WORD}rPr") if properties is not None else None
        style_id = value_of(properties, "pStyle") if properties is not None else None
        style = self._document.styles.of_paragraph(style_id)
        paragraph = new("p")
        own = add(paragraph, "pPr")
        for run in self._carried:
            paragraph.append(run)
        carried, self._carried = bool(self._carried), []
        self._inline(element, paragraph, style.look.over(self._document.styles.base))
        if mark is not None and mark.find(f"{WORD}ins") is not None:
            self._document.told["changes"] += 1
        if mark is not None and any(mark.find(WORD + name) is not None for name in _REJECTED):
            self._document.told["changes"] += 1
            self._carried = list(paragraph)[1:]
            return
        has_words = len(paragraph) > 1
        is_hidden = look_of(mark).over(style.look).has("vanish") and not has_words
        if not has_words and (is_hidden or carried or self.fields.is_dropped):
            return
        self._describe(properties, style_id or "", style, own, paragraph)
        out.append(paragraph)

    def _describe(
        self, properties: Any | None, style_id: str, style: Style, own: Any, paragraph: Any
    ) -> None:
        """Write what the paragraph is: a heading, a list's item with its number, or neither."""
        level = outline_level(properties)
        level = style.level if level is None else level
        if level:
            add(own, "pStyle", f"Heading{min(level, 6)}")
        if style.name == "title" and not self._document.title:
            self._document.title = words_of(paragraph).strip()
        numbered = properties.find(f"{WORD}numPr") if properties is not None else None
        list_id = value_of(numbered, "numId") if numbered is not None else None
        at = number_in(numbered, "ilvl") if numbered is not None else None
        if list_id is None and style.list_id is not None:
            list_id = style.list_id
            if at is None:
                linked = self._document.numbering.level_of_style(list_id, style_id)
                at = style.list_level if linked is None else linked
        if not list_id or list_id == "0":
            return
        written = self._counting.mark(list_id, at or 0)
        if written:
            run = text_run(marked_item((at or 0) + 1, written))
            paragraph.insert(1, run)

    def _inline(self, parent: Any, out: Any, look: Look) -> None:
        for element in parent:
            name = name_of(element)
            if name == "r":
                self._run(element, out, look)
            elif name == "fldSimple":
                self.fields.begin()
                self.fields.instruct(element.get(f"{WORD}instr") or "")
                self.fields.show()
                self._inline(element, out, look)
                self.fields.end()
            elif name in _UNWRAPPED:
                self._inline(element, out, look)
            elif name == "sdt":
                for inner in self._controlled(element):
                    # An inline control may hold whole paragraphs all the same.
                    self._inline(inner if name_of(inner) == "p" else [inner], out, look)
            elif name in _ACCEPTED:
                self._document.told["changes"] += 1
                self._inline(element, out, look)
            elif name in _REJECTED:
                self._document.told["changes"] += 1
            elif element.tag == f"{_CHOICE}AlternateContent":
                self._inline(_chosen(element), out, look)
            elif element.tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
                out.append(copy.deepcopy(element))

    def _run(self, element: Any, out: Any, inherited: Look) -> None:
        properties = element.find(f"{WORD}rPr")
        look = inherited
        if properties is not None:
            style = self._document.styles.of(value_of(properties, "rStyle"))
            look = look_of(properties).over(style.look.over(inherited))
            if properties.find(f"{WORD}del") is not None:
                self._document.told["changes"] += 1
                return
        is_hidden = look.has("vanish")
        run = new("r")
        if look.has("strike") or look.has("dstrike") or look.raised in ("superscript", "subscript"):
            shown = add(run, "rPr")
            if look.has("strike") or look.has("dstrike"):
                add(shown, "strike")
            if look.raised in ("superscript", "subscript"):
                add(shown, "vertAlign", look.raised)
        bare = len(run)
        has_hidden = False
        for one in element:
            name = name_of(one)
            if self.fields.takes(name, one):
                self._document.told["counted fields"] += self.fields.take_uncounted()
                written = self.fields.take_written()
                if written and not is_hidden:
                    write(run, written)
            elif is_hidden:
                has_hidden = has_hidden or (name == "t" and bool((one.text or "").strip()))
            elif not self.fields.is_dropped:
                self._piece(one, name, run, out)
        self._document.hide(has_hidden)
        if len(run) > bare:
            out.append(run)

    def _piece(self, one: Any, name: str, run: Any, out: Any) -> None:
        document = self._document
        if name == "t":
            if not document.takes_as_sign(one):
                write(run, one.text or "")
        elif name in _COPIED:
            write(run, _COPIED[name])
        elif name == "br":
            if one.get(f"{WORD}type") in (None, "textWrapping"):
                add(run, "br")
        elif name == "sym":
            run.append(copy.deepcopy(one))
        elif name in ("footnoteReference", "endnoteReference"):
            self._refer(document.note(name.removesuffix("Reference"), one), run, out)
        elif name == "commentReference":
            self._refer(document.comment(one), run, out)
        elif name in ("drawing", "pict", "object"):
            self._drawing(one, run, out)
        elif name == "ruby":
            for base in children(one, "rubyBase"):
                self._inline(base, out, Look())
        elif one.tag == f"{_CHOICE}AlternateContent":
            for inner in _chosen(one):
                self._piece(inner, name_of(inner), run, out)

    def _drawing(self, drawing: Any, run: Any, out: Any) -> None:
        document = self._document
        boxes = [
            box
            for box in drawing.iter(f"{WORD}txbxContent")
            # A box in a box is read with it; a fallback says the same again.
            if not any(
                name_of(above) == "txbxContent" or above.tag == f"{_CHOICE}Fallback"
                for above in box.iterancestors()
                if above is not drawing and drawing in above.iterancestors()
            )
        ]
        for box in boxes:
            self._refer(document.new_note("text box", box), run, out)
        document.told["charts"] += sum(1 for _ in drawing.iter(_CHART))
        document.told["diagrams"] += sum(1 for _ in drawing.iter(_DIAGRAM))
        if not boxes:
            for shown in drawing.iter(*_PICTURES):
                count_picture(document.told, *_shown(drawing, shown))
        if name_of(drawing) == "object" and not boxes:
            document.told["embedded"] += 1

    def _refer(self, note: str | None, run: Any, out: Any) -> None:
        """Refer to a note of the new document; what the run holds so far stands before it."""
        if note is None:
            return
        if any(name_of(one) != "rPr" for one in run):
            before = copy.deepcopy(run)
            out.append(before)
            for one in [one for one in run if name_of(one) != "rPr"]:
                run.remove(one)
        reference = add(add(out, "r"), "footnoteReference")
        reference.set(f"{WORD}id", note)

    def _table(self, table: Any, out: Any) -> None:
        written = new("tbl")
        properties = add(written, "tblPr")
        own = table.find(f"{WORD}tblPr")
        style = self._document.styles.of(value_of(own, "tblStyle") if own is not None else None)
        rows = list(self._rows(table))
        heads = heads_among(table, rows, style)
        grid = table.find(f"{WORD}tblGrid")
        if grid is not None:
            shown = add(written, "tblGrid")
            for column in children(grid, "gridCol"):
                add(shown, "gridCol").set(f"{WORD}w", column.get(f"{WORD}w") or "100")
        look = add(properties, "tblLook")
        look.set(f"{WORD}firstRow", "0")
        for at, row in enumerate(rows):
            line = add(written, "tr")
            described = add(line, "trPr")
            if at < heads:
                add(described, "tblHeader")
            self._cells(row, line, described)
        if rows:
            out.append(written)

    def _rows(self, parent: Any) -> Iterable[Any]:
        for element in parent:
            name = name_of(element)
            if name == "tr":
                properties = element.find(f"{WORD}trPr")
                changed = properties.find(f"{WORD}del") if properties is not None else None
                if changed is not None:
                    self._document.told["changes"] += 1
                else:
                    if properties is not None and properties.find(f"{WORD}ins") is not None:
                        self._document.told["changes"] += 1
                    yield element
            elif name == "sdt":
                yield from self._rows_of_all(self._controlled(element))
            elif name in _UNWRAPPED or name in _ACCEPTED:
                yield from self._rows(element)

    def _rows_of_all(self, elements: Sequence[Any]) -> Iterable[Any]:
        holder = new("tbl")
        for element in elements:
            holder.append(copy.deepcopy(element))
        return self._rows(holder)

    def _cells(self, parent: Any, row: Any, described: Any) -> None:
        for element in parent:
            name = name_of(element)
            if name == "trPr":
                before = number_in(element, "gridBefore")
                if before:
                    add(described, "gridBefore", str(before))
            elif name == "tc":
                properties = element.find(f"{WORD}tcPr")
                if properties is not None and properties.find(f"{WORD}cellDel") is not None:
                    self._document.told["changes"] += 1
                    continue
                cell = add(row, "tc")
                own = add(cell, "tcPr")
                for kept in (
                    children(properties, "gridSpan", "vMerge") if properties is not None else ()
                ):
                    own.append(copy.deepcopy(kept))
                self.write(element, cell)
                if len(cell) == 1 or name_of(cell[-1]) != "p":
                    add(cell, "p")
            elif name == "sdt":
                self._cells(self._controlled(element), row, described)
            elif name in _UNWRAPPED or name in _ACCEPTED:
                self._cells(element, row, described)

    def _controlled(self, control: Any) -> Sequence[Any]:
        """What a content control holds; nothing where it only waits to be filled in."""
        properties = control.find(f"{WORD}sdtPr")
        content = control.find(f"{WORD}sdtContent")
        if content is None:
            return ()
        if properties is not None:
            waiting = properties.find(f"{WORD}showingPlcHdr")
            if waiting is not None and is_on(waiting.get(f"{WORD}val"), default=True):
                return ()
            gallery = next(properties.iter(f"{WORD}docPartGallery"), None)
            if gallery is not None and "Table of Contents" in (gallery.get(f"{WORD}val") or ""):
                self._document.told["contents"] += 1
                return ()
        return list(content)


def _shown(drawing: Any, shown: Any) -> tuple[float | None, float | None, str | None]:
    """How wide and high a picture is shown, in centimetres, and what it is said to show."""
    extent = next(drawing.iter(f"{_PLACED}extent"), None)
    about = next(drawing.iter(f"{_PLACED}docPr"), None)
    if extent is not None:
        sizes = [extent.get(name) or "" for name in ("cx", "cy")]
        wide, high = (int(one) / _EMU_CM if one.isdecimal() else None for one in sizes)
        return wide, high, about.get("descr") if about is not None else None
    shape = shown.getparent()
    style = dict(
        one.strip().split(":", 1)
        for one in ((shape.get("style") if shape is not None else "") or "").split(";")
        if ":" in one
    )
    described = shape.get("alt") if shape is not None else None
    return in_cm(style.get("width")), in_cm(style.get("height")), described


def _chosen(alternatives: Any) -> Sequence[Any]:
    """What is shown of alternatives: the first choice, unless only the fallback shows anything."""
    for one in alternatives:
        if one.tag in (f"{_CHOICE}Choice", f"{_CHOICE}Fallback") and len(one):
            return list(one)
    return ()
