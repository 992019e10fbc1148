"""From the tree of a page to its blocks, in order, nothing between two of them lost.

Words that stand beside elements are paragraphs as well; what a page strikes out, hides or only
shows to machines is none of its words. How tables are read is in `html_tables`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from sources.readers import html_page as page
from sources.readers.html_line import OneLine
from sources.readers.html_notes import (
    Notes,
    Reference,
    is_back_link,
    linked_note,
    lowered,
    raised,
    without_sign,
)
from sources.readers.html_tables import grid_of, is_layout, rows_of
from sources.readers.list_marks import BULLET, marks_of, written_mark

_MAX_DEPTH = 100
"""Elements deeper in one another are read as bare words."""
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_MAX_TERM_CHARS = 80
_CAPTION = re.compile(r"(?:^|[-_])caption(?:-text)?$", re.IGNORECASE)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_PERMALINKS = frozenset(["¶", "#", "§", "🔗"])


class Blocks(Protocol):
    """What takes the blocks of a page, as a `Builder` does."""

    @property
    def reached(self) -> int | None: ...
    def heading(self, words: str, level: int = 1) -> None: ...
    def lines(self, lines: Sequence[str]) -> None:
        """Words that the page breaks into these lines, with a blank one between paragraphs."""

    def paragraph(self, words: str) -> None: ...
    def item(self, words: str, mark: str = "•", level: int = 1) -> None: ...
    def table(
        self, rows: Sequence[Sequence[str]], *, header: Sequence[str] | None = None
    ) -> None: ...
    def note(self, words: str, sign: str, *, anchor: int | None = None) -> None: ...
    def enter_quote(self) -> None:
        """What follows is quoted, one level deeper than before."""

    def leave_quote(self) -> None: ...


@dataclass(slots=True)
class Told:
    """What a page has that is not in the text."""

    struck: list[str] = field(default_factory=list)
    hidden_words: int = 0
    signs: list[str] = field(default_factory=list)
    """Of notes whose text is nowhere in the page."""


Put = Callable[[Sequence[str]], None]


class Walker:
    """Reads elements into blocks of `out`; `left_out` are the elements around the article."""

    def __init__(
        self,
        out: Blocks,
        *,
        notes: Notes,
        left_out: frozenset[Any] = frozenset(),
        quotes: Callable[[Any], bool] = lambda _: False,
    ) -> None:
        self._out = out
        self._told = Told()
        self._notes = notes
        self._left_out = left_out
        self._quotes = quotes
        self._run: list[str] = []
        self._signs: list[Reference] = []
        self._put: Put | None = None
        """What takes the next words, instead of a paragraph."""
        self._depth = self._list_depth = 0
        self._is_pre = False
        self._holding: set[Any] = set()
        self._at_signs: set[Any] = set()
        """Texts of notes, which are told at their signs and not again in their place."""
        self._noted: set[Any] = set()
        self._readers: Mapping[str, Callable[[Any], None]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(("ul", "ol", "dir"), self._list),
            **dict.fromkeys(("caption", "figcaption"), self._caption),
            "li": self._bare_item,
            "dl": self._terms,
            "pre": self._pre,
            "table": self._table,
            "aside": self._aside,
        }

    def read(self, root: Any) -> Told:
        """Put all blocks of the element `root`; tell what it has beside them."""
        self._holding = _holding_blocks(root)
        self._find_notes(root)
        self._inside(root)
        self._flush()
        return self._told

    def line_of(self, element: Any) -> tuple[str, list[Reference]]:
        """The words of an element in one line, its parts apart, and the notes it refers to."""
        line = OneLine()
        kept = self._out, self._run, self._signs, self._put, self._list_depth
        self._out, self._run, self._signs, self._put = line, [], [], None
        self._inside(element)
        self._flush()
        self._out, self._run, self._signs, self._put, self._list_depth = kept
        return line.words, line.signs

    def put_notes(self, signs: Sequence[Reference]) -> None:
        """Tell the notes of what was put last, each once."""
        anchor = self._out.reached
        for one in signs:
            if one.target is None:
                self._told.signs.append(one.sign)
            elif one.target not in self._noted:
                self._noted.add(one.target)
                words, further = self.line_of(one.target)
                self._out.note(without_sign(words, one.sign), one.sign, anchor=anchor)
                self._told.signs.extend(each.sign for each in further if each.target is None)

    def _inside(self, element: Any) -> None:
        """What is in an element, its own words and those of its children, in order."""
        self._depth += 1
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child)
            self._say(child.tail)
        self._depth -= 1

    def _say(self, words: str | None) -> None:
        if words:
            self._run.append(words if self._is_pre else _SPACE.sub(" ", words))

    def _flush(self) -> None:
        """End the block: what was said since the last one is put where it belongs."""
        lines = _trimmed("".join(self._run), is_pre=self._is_pre)
        signs, self._signs = self._signs, []
        self._run.clear()
        if lines and not (len(lines) == 1 and page.is_share_line(lines[0])):
            put, self._put = self._put or self._out.lines, None
            put(lines)
        if isinstance(self._out, OneLine):
            self._out.signs.extend(signs)
        else:
            self.put_notes(signs)

    @contextmanager
    def _instead(self, put: Put | None) -> Iterator[None]:
        """The first words said within go to `put`; those before and after do not."""
        self._flush()
        before, self._put = self._put, put
        yield
        self._flush()
        self._put = before

    def _find_notes(self, root: Any) -> None:
        for element in root.iter("a", "sup"):
            found: Sequence[Reference] = ()
            if element.tag == "sup":
                said = raised(element, "0", self._notes)
                found = () if isinstance(said, str) else said
            elif (one := linked_note(element, self._notes)) is not None:
                found = (one,)
            above = set(element.iterancestors())
            self._at_signs.update(
                one.target for one in found if one.target is not None and one.target not in above
            )

    def _element(self, element: Any) -> None:
        tag = element.tag
        if tag in page.NEVER_TEXT or element in self._left_out or element in self._at_signs:
            return
        if page.is_struck(element):
            self._told.struck.append(page.words_of(element))
        elif page.is_hidden(element):
            self._told.hidden_words += len(page.words_of(element).split())
        elif self._depth > _MAX_DEPTH:
            self._say(f" {page.words_of(element)} ")
        elif tag in page.BLOCKS or element in self._holding:
            self._block(element)
        else:
            self._inline(element)

    def _inline(self, element: Any) -> None:
        match element.tag:
            case "br":
                self._run.append("\n")
            case "sup":
                self._raised(element)
            case "sub":
                self._run.append(lowered(element))
            case "q":
                self._run.append("“")
                self._inside(element)
                self._run.append("”")
            case "a":
                self._link(element)
            case "button":
                if page.is_opener(element):
                    with self._instead(None):
                        self._inside(element)
            case _:
                self._inside(element)

    def _raised(self, element: Any) -> None:
        said = raised(element, "".join(self._run[-8:]), self._notes)
        if isinstance(said, str):
            self._run.append(said)
            return
        above = set(element.iterancestors())
        for one in said:
            if one.target in above:  # it heads the note itself
                self._run.append(f"[{one.sign}] ")
            else:
                self._signs.append(one)

    def _link(self, link: Any) -> None:
        if page.is_share_link(link) or is_back_link(link, self._notes):
            return
        reference = linked_note(link, self._notes)
        if reference is not None:
            self._signs.append(reference)
        elif page.words_of(link) not in _PERMALINKS:
            self._inside(link)

    def _block(self, element: Any) -> None:
        reader = self._readers.get(element.tag)
        is_quote = self._quotes(element)
        self._flush()
        if is_quote:
            self._out.enter_quote()
        if reader is not None:
            reader(element)
        elif any(_CAPTION.search(name) for name in page.names_of(element)):
            self._caption(element)
        else:
            self._inside(element)
        self._flush()
        if is_quote:
            self._out.leave_quote()

    def _heading(self, element: Any) -> None:
        level = int(element.tag[1])
        with self._instead(lambda lines: self._out.heading(" ".join(lines), level)):
            self._inside(element)

    def _caption(self, element: Any) -> None:
        self._beside(element, "caption")

    def _aside(self, element: Any) -> None:
        self._beside(element, "box")

    def _beside(self, element: Any, what: str) -> None:
        anchor = self._out.reached
        words, signs = self.line_of(element)
        self._out.note(words, what, anchor=anchor)
        self.put_notes(signs)

    def _list(self, element: Any) -> None:
        items = [one for one in element if one.tag == "li"]
        marks = marks_of(element, items) if element.tag == "ol" else {}
        self._list_depth += 1
        with self._instead(None):
            self._say(element.text)
            for child in element:
                if not isinstance(child.tag, str):
                    pass
                elif child.tag == "li" and self._is_read(child):
                    self._item(child, marks.get(child, BULLET))
                else:
                    self._element(child)
                self._say(child.tail)
        self._list_depth -= 1

    def _is_read(self, element: Any) -> bool:
        is_passed_over = element in self._left_out or element in self._at_signs
        return not (is_passed_over or page.is_struck(element) or page.is_hidden(element))

    def _bare_item(self, element: Any) -> None:
        """An item in no list: browsers show it as one."""
        self._list_depth += 1
        self._item(element, BULLET)
        self._list_depth -= 1

    def _item(self, element: Any, mark: str) -> None:
        level = self._list_depth

        def put(lines: Sequence[str]) -> None:
            words = "\n".join(lines)
            written = written_mark(words) if mark in (BULLET, "") else None
            if written is not None:
                self._out.item(words[len(written) :], written, level)
            else:
                self._out.item(words, mark or BULLET, level)

        with self._instead(put):
            self._inside(element)

    def _terms(self, element: Any) -> None:
        terms: list[str] = []
        signs: list[Reference] = []
        is_defined = False
        for one in element.iterchildren("dt", "dd", "div"):
            for child in (one,) if one.tag != "div" else one.iterchildren("dt", "dd"):
                if not self._is_read(child):
                    continue
                if child.tag == "dd":
                    self._definition(child, ", ".join(filter(None, terms)), signs)
                    is_defined, signs = True, []
                    continue
                terms, is_defined = [] if is_defined else terms, False
                words, further = self.line_of(child)
                terms.append(words)
                signs.extend(further)
        if terms and not is_defined:
            self._out.paragraph(", ".join(terms))
        self._signs.extend(signs)

    def _definition(self, element: Any, term: str, signs: Sequence[Reference]) -> None:
        is_label = not term.endswith(("?", ".", "!")) and len(term) <= _MAX_TERM_CHARS
        if not is_label:
            self._out.paragraph(term)

        def put(lines: Sequence[str]) -> None:
            self._out.table([[" ".join(lines)]], header=[term])

        with self._instead(put if is_label else None):
            self._signs.extend(signs)
            self._inside(element)

    def _pre(self, element: Any) -> None:
        self._is_pre = True
        self._inside(element)
        self._flush()
        self._is_pre = False

    def _table(self, table: Any) -> None:
        if is_layout(table):
            for cell in rows_of(table, "td", "th"):
                with self._instead(None):
                    self._inside(cell)
            return
        for caption in table.iterchildren("caption"):
            self._element(caption)
        grid = grid_of(table, self._is_read)
        said: dict[Any, tuple[str, list[Reference]]] = {}
        for cell in grid.cells():
            said[cell] = self.line_of(cell)
        for labels, cells, elements in grid.labelled({cell: one[0] for cell, one in said.items()}):
            if any(map(str.strip, cells)):
                self._out.table([cells], header=labels)
            self.put_notes([one for cell in elements for one in said.pop(cell, ("", []))[1]])


def _trimmed(text: str, *, is_pre: bool) -> list[str]:
    """Its lines, without blank ones around them."""
    lines = [line.rstrip() if is_pre else " ".join(line.split()) for line in text.split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _holding_blocks(root: Any) -> set[Any]:
    """Elements that are parts of a line by their tag, but hold blocks."""
    found: set[Any] = set()
    for element in root.iterdescendants():
        if element.tag in page.BLOCKS:
            above = element.getparent()
            while above is not None and above.tag not in page.BLOCKS and above not in found:
                found.add(above)
                above = above.getparent()
    return found
