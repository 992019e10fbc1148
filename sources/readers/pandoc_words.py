"""The inlines of pandoc's tree as plain words, with the notes that belong to them.

Struck words, pictures and the signs of notes are no words; how many there were is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sources.readers.illustrations import count_picture, in_cm
from sources.readers.pandoc import Node
from sources.readers.raised import beside, sign_of

OPEN, BETWEEN, CLOSE, SPACE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
"""Characters of no text (Unicode noncharacters): what a reader writes into a document for pandoc
to carry to the tree. `SPACE` stands for a space: at others pandoc cuts words, which makes its
tree several times as large."""
_MARKED = re.compile(f"{OPEN}([0-9n]){BETWEEN}([^{OPEN}{BETWEEN}{CLOSE}]*){CLOSE}")
_STRAY = str.maketrans("", "", OPEN + BETWEEN + CLOSE)
_BACK = frozenset("↩ ↩︎ ↑ ⏎ ^ ↵ ⤴ back".split())
_BARE = frozenset({"Str", "Space", "SoftBreak"})
_BEFORE_CHARACTERS = 24
"""Of the words before a raised character, which tell what it is."""
_BARE_SIGN = re.compile(r"\[?(?:\d{1,3}|[*†‡§]{1,3})\]?")


def marked_item(level: int, mark: str) -> str:
    """What a list item's words are begun with, for `Line.item` to tell its level and mark."""
    return f"{OPEN}{min(max(level, 1), 9)}{BETWEEN}{mark}{CLOSE}"


def marked_note(sign: str) -> str:
    """What a note's words are begun with, to tell its sign."""
    return f"{OPEN}n{BETWEEN}{sign}{CLOSE}"


class Noted(NamedTuple):
    """A note: where in the words it stands, its sign if that is known, its blocks."""

    at: int
    sign: str | None
    blocks: Sequence[Node]


@dataclass(slots=True)
class Line:
    """The words of a paragraph, heading or cell."""

    words: str
    notes: list[Noted] = field(default_factory=list)
    item: tuple[int, str] | None = None
    """Its level and mark, where `marked_item` was written."""
    sign: str | None = None
    """Its sign, where `marked_note` was written."""


class NotesApart:
    """Notes that stand as paragraphs of their own: which they are, and which signs lead there.

    A sign leads to a note by a link, or because the note begins with the same raised sign,
    further down. Nodes are told apart by `id`: the tree must be kept while this is used.
    """

    def __init__(self, blocks: Sequence[Node]) -> None:
        self._targets: dict[str, Sequence[Node]] = {}
        self._led_to: dict[int, Sequence[Node]] = {}
        self.moved: set[int] = set()
        """The ids of the blocks that are read where a sign leads to them."""
        self._open: dict[str, int] = {}
        links: list[tuple[int, str]] = []
        self._look(blocks, links)
        for node_id, target in links:
            found = self._targets.get(target)
            if found and not self.moved.intersection(map(id, found)):
                self._led_to[node_id] = found
                self.moved.update(map(id, found))

    def of(self, node: Node) -> Sequence[Node] | None:
        """The note that a sign (a raised inline or a link) leads to."""
        return self._led_to.get(id(node))

    def _look(self, blocks: Sequence[Node], links: list[tuple[int, str]]) -> None:
        for block in _all_blocks(blocks):
            if block["t"] == "Div" and (name := block["c"][0][0]):
                self._targets.setdefault(name, [block])
            elif block["t"] in ("BulletList", "OrderedList"):
                for item in block["c"] if block["t"] == "BulletList" else block["c"][1]:
                    if item and (name := _anchor(item[0])):
                        self._targets.setdefault(name, item)
            elif block["t"] in ("Para", "Plain"):
                self._look_in(block, links)

    def _look_in(self, block: Node, links: list[tuple[int, str]]) -> None:
        if _is_bare(block["c"]):
            return
        if name := _anchor(block):
            self._targets.setdefault(name, [block])
        first = next((one for one in block["c"] if not _is_blank(one)), None)
        for inline in _all_inlines(block["c"]):
            if inline["t"] == "Link" and (target := _inner_target(inline)):
                links.append((id(inline), target))
            if inline["t"] != "Superscript":
                continue
            sign = sign_of(plain(inline["c"]))
            if inline is first and plain(block["c"]).strip() != plain(inline["c"]).strip():
                if (node_id := self._open.pop(sign, None)) is not None:
                    self._led_to[node_id] = [block]
                    self.moved.add(id(block))
            elif inline is not first:
                self._open[sign] = id(inline)


class Reader:
    """Turns inlines into lines; `told` counts what it left out."""

    def __init__(self, notes: NotesApart) -> None:
        self._notes = notes
        self.told: Counter[str] = Counter()
        self.loose_signs: list[str] = []
        """Raised signs that lead to no note."""

    def line(self, inlines: Sequence[Node], *, is_note: bool = False) -> Line:
        """The words of the inlines; a note that is read apart loses the sign it begins with."""
        growing = _Growing()
        if _is_bare(inlines):
            words = "".join(one["c"] if one["t"] == "Str" else " " for one in inlines)
            growing.push(words.replace(SPACE, " "))
            return growing.line()
        if is_note:
            inlines = _without_first_sign(inlines)
        self._add(inlines, growing)
        return growing.line()

    def _add(self, inlines: Sequence[Node], growing: "_Growing") -> None:
        for inline in inlines:
            content: Any = inline.get("c")
            match inline["t"]:
                case "Str":
                    growing.push(content.replace(SPACE, " "))
                case "Space" | "SoftBreak":
                    growing.push(" ")
                case "LineBreak":
                    growing.push("\n")
                case "Superscript":
                    self._add_raised(inline, growing)
                case "Strikeout":
                    self.told["struck"] += bool(plain(content).strip())
                case "Emph" | "Strong" | "Underline" | "SmallCaps" | "Subscript":
                    self._add(content, growing)
                case "Quoted":
                    before, after = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
                    growing.push(before)
                    self._add(content[1], growing)
                    growing.push(after)
                case "Link":
                    self._add_link(inline, growing)
                case "Span" | "Cite":
                    self._add(content[1], growing)
                case "Code":
                    growing.push(content[1])
                case "Math":
                    self.told["formulas"] += 1
                    growing.push(content[1])
                case "Image":
                    sizes = dict(content[0][2])
                    count_picture(
                        self.told,
                        in_cm(sizes.get("width")),
                        in_cm(sizes.get("height")),
                        plain(content[1]),
                    )
                case "Note":
                    growing.note(None, content)

    def _add_raised(self, inline: Node, growing: "_Growing") -> None:
        inlines = inline["c"]
        for one in _all_inlines(inlines):
            if one["t"] == "Note":
                growing.note(None, one["c"])
        raised = plain(inlines).translate(_STRAY)
        found = self._notes.of(inline) or next(
            (note for one in _all_inlines(inlines) if (note := self._notes.of(one))), None
        )
        if found:
            growing.note(sign_of(raised), found)
            return
        written = beside(growing.end(), raised)
        if written is not None:
            growing.push(written)
        else:
            self.loose_signs.append(sign_of(raised))

    def _add_link(self, inline: Node, growing: "_Growing") -> None:
        words = plain(inline["c"][1]).strip()
        raised = len(inline["c"][1]) == 1 and inline["c"][1][0]["t"] == "Superscript"
        found = self._notes.of(inline)
        if found and (raised or _BARE_SIGN.fullmatch(words)):
            growing.note(sign_of(words), found)
        elif not (words in _BACK and _inner_target(inline)):
            self._add(inline["c"][1], growing)


class _Growing:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._last = ""
        self._notes: list[Noted] = []

    def push(self, words: str) -> None:
        # What stood between two words may be left out: one space is between them all the same.
        if self._last in (" ", "\n", ""):
            words = words.lstrip(" ")
        if not words:
            return
        self._pieces.append(words)
        self._length += len(words)
        self._last = words[-1]

    def note(self, sign: str | None, blocks: Sequence[Node]) -> None:
        self._notes.append(Noted(self._length, sign, blocks))

    def end(self) -> str:
        return "".join(self._pieces[-4:])[-_BEFORE_CHARACTERS:]

    def line(self) -> Line:
        words = "".join(self._pieces)
        line = Line(words, self._notes)
        begin = _MARKED.match(words)
        if begin:
            if begin[1] == "n":
                line.sign = begin[2]
            else:
                line.item = (int(begin[1]), begin[2])
            line.words = words[begin.end() :]
            cut = begin.end()
            line.notes = [note._replace(at=max(0, note.at - cut)) for note in line.notes]
        if OPEN in line.words or CLOSE in line.words:
            line.words = line.words.translate(_STRAY)
        return line


def plain(inlines: Sequence[Node]) -> str:
    """All characters of the inlines, without their notes."""
    pieces = []
    for inline in _all_inlines(inlines):
        match inline["t"]:
            case "Str":
                pieces.append(inline["c"].replace(SPACE, " "))
            case "Space" | "SoftBreak" | "LineBreak":
                pieces.append(" ")
            case "Code" | "Math":
                pieces.append(inline["c"][1])
    return "".join(pieces)


def _is_bare(inlines: Sequence[Node]) -> bool:
    """Whether they are words alone, as most are: these need no closer look."""
    return all(inline["t"] in _BARE for inline in inlines)


def _all_inlines(inlines: Sequence[Node]) -> Iterator[Node]:
    for inline in inlines:
        yield inline
        yield from _all_inlines(_within(inline))


def _within(inline: Node) -> Sequence[Node]:
    match inline["t"]:
        case "Emph" | "Strong" | "Underline" | "SmallCaps" | "Superscript" | "Subscript":
            return list(inline["c"])
        case "Strikeout":
            return list(inline["c"])
        case "Link" | "Span" | "Cite" | "Quoted":
            return list(inline["c"][1])
    return ()


def _all_blocks(blocks: Sequence[Node]) -> Iterator[Node]:
    for block in blocks:
        yield block
        for inner in blocks_within(block):
            yield from _all_blocks(inner)


def blocks_within(block: Node) -> Sequence[Sequence[Node]]:
    """The lists of blocks that lie in a block: a list's items, a table's cells."""
    content: Any = block.get("c")
    match block["t"]:
        case "BlockQuote":
            return [content]
        case "Div":
            return [content[1]]
        case "Figure":
            return [content[2]]
        case "BulletList":
            return list(content)
        case "OrderedList":
            return list(content[1])
        case "DefinitionList":
            return [one for _, definitions in content for one in definitions]
        case "Table":
            return [cell[4] for row in table_rows(content) for cell in row[1]]
    return ()


def table_rows(content: Sequence[Any]) -> list[Any]:
    """All rows of a table: of its head, its bodies, its foot."""
    _, _, _, head, bodies, foot = content
    rows = [row for body in bodies for row in (*body[2], *body[3])]
    return [*head[1], *rows, *foot[1]]


def _anchor(block: Node) -> str:
    """The name that a paragraph can be linked to by: that of a span it begins with."""
    if block["t"] not in ("Para", "Plain"):
        return ""
    for inline in block["c"]:
        if inline["t"] == "Span" and inline["c"][0][0]:
            return str(inline["c"][0][0])
        if inline["t"] == "Link" and inline["c"][0][0]:
            return str(inline["c"][0][0])
        if not _is_blank(inline):
            return ""
    return ""


def _is_blank(inline: Node) -> bool:
    if inline["t"] in ("Space", "SoftBreak", "LineBreak"):
        return True
    if inline["t"] == "Str":
        return not inline["c"].strip(f" {SPACE}")
    return inline["t"] == "Span" and not inline["c"][1]


def _inner_target(link: Node) -> str:
    target = str(link["c"][2][0])
    return target[1:] if target.startswith("#") else ""


def _without_first_sign(inlines: Sequence[Node]) -> Sequence[Node]:
    """Without the raised sign, the link back, or "1." that a note's words begin with."""
    for at, inline in enumerate(inlines):
        if _is_blank(inline):
            continue
        is_sign = inline["t"] == "Superscript" or (
            inline["t"] in ("Link", "Span")
            and _BARE_SIGN.fullmatch(plain([inline]).strip().rstrip("."))
        )
        if is_sign:
            return inlines[at + 1 :]
        if inline["t"] == "Span" and inline["c"][1]:
            rest = _without_first_sign(inline["c"][1])
            return [{"t": "Span", "c": [inline["c"][0], rest]}, *inlines[at + 1 :]]
        return inlines
    return inlines
