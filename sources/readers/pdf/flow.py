"""Rows of all pages into blocks: headings, paragraphs, items, tables, and notes after them.

A paragraph goes on over columns and pages; what stands between its two halves follows it.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sources.readers.content import Builder
from sources.readers.pdf.breaks import (
    HYPHENS,
    MARK,
    MEANT_BREAK,
    SENTENCE_END,
    SURE_POINTS,
    WORD,
    Column,
    is_broken_word,
    is_initial,
    is_next,
    is_short,
    room,
    shape,
    starts_anew,
    without_soft_hyphens,
)
from sources.readers.pdf.notes import Line, Note, line_of
from sources.readers.pdf.page import Part, Prose, Row, Table
from sources.readers.pdf.rows import usual_size
from sources.readers.pdf.tables import continues

_LARGER = 1.1
"""A heading's letters are this much larger than the body's, or bold."""
_WIDEST_PITCH = 2.3
"""Rows further apart, in sizes of their letters, are no paragraph."""
_LONGEST_HEADING = 220
_LONGEST_BOLD_HEADING = 120
_MOST_BOLD = 0.4
"""Where more of the letters are bold, bold says nothing."""


@dataclass(slots=True)
class PageParts:
    """What stands on a page, in reading order."""

    index: int
    label: str
    parts: list[Part]
    notes: list[Note]
    extras: list[Callable[[Builder], None]] = field(default_factory=list)
    """Adds what follows the page's text: fields, annotations, words in its margin."""


@dataclass(slots=True)
class _Open:
    """A block on its way."""

    kind: str
    text: str
    page: int
    last: Line
    column: Column
    """That of its last line."""
    mark: str = ""
    level: int = 1
    pages: list[tuple[int, str]] = field(default_factory=list)
    signs: list[tuple[str, int]] = field(default_factory=list)


class Flow:
    """Grows the blocks of a whole file."""

    def __init__(self, pages: Sequence[PageParts]) -> None:
        self.builder = Builder()
        self.lost_signs = 0
        self._pages = pages
        self._open: _Open | None = None
        self._after: list[tuple[int, Callable[[Builder], None]]] = []
        self._at = -1
        self._indents: list[float] = []
        self._labels = {page.index: page.label for page in pages}
        self._table: tuple[int, Table] | None = None
        rows = [
            row
            for page in pages
            for part in page.parts
            if isinstance(part, Prose)
            for row in part.rows
        ]
        self._known = Counter(word.casefold() for row in rows for word in WORD.findall(row.text))
        self._body = usual_size(rows)
        letters = sum(len(row.text) for row in rows)
        bold = sum(len(row.text) for row in rows if row.is_bold)
        self._is_bold_telling = bold <= _MOST_BOLD * letters
        self._heading_sizes = sorted(
            {round(row.size) for row in rows if row.size >= _LARGER * self._body}, reverse=True
        )
        steps = Counter(
            round(one.y - two.y)
            for page in pages
            for part in page.parts
            if isinstance(part, Prose)
            for one, two in pairwise(part.rows)
        )
        usual = steps.most_common(1)
        self._pitch = float(usual[0][0]) if usual and usual[0][1] > 1 else 1.3 * self._body
        self._notes: dict[str, deque[Note]] = defaultdict(deque)
        for page in pages:
            for note in page.notes:
                self._notes[note.sign].append(note)

    def run(self) -> None:
        """Add every page."""
        for page in self._pages:
            for part in page.parts:
                if isinstance(part, Table):
                    self._add_table(page, part)
                else:
                    self._add_rows(page, part)
            for extra in page.extras:
                self._after.append((page.index, extra))
            for note in page.notes:
                self._after.append((page.index, self._late(note)))
        self._end()
        self._flush()

    def _late(self, note: Note) -> Callable[[Builder], None]:
        def add(_: Builder) -> None:
            waiting = self._notes[note.sign]
            if any(one is note for one in waiting):
                self._notes[note.sign] = deque(one for one in waiting if one is not note)
                self._add_note(note, None)

        return add

    def _add_rows(self, page: PageParts, part: Prose) -> None:
        column = self._column(part, page)
        signs = {note.sign for note in page.notes} or set(self._notes)
        before: Row | None = None
        for number, row in enumerate(part.rows):
            line = line_of(row, signs)
            if not line.text:
                continue
            after = part.rows[number + 1] if number + 1 < len(part.rows) else None
            self._add(page, line, column, before, after)
            before = row

    def _column(self, part: Prose, page: PageParts) -> Column:
        rows = part.rows
        steps = [one.y - two.y for one, two in pairwise(rows)]
        pitch = median(steps) if len(steps) >= 3 else self._pitch
        pitch = min(pitch, _WIDEST_PITCH * median(row.size for row in rows))
        places = Counter(round(row.x0) for row in rows)
        most = max(places.values())
        x0 = min(place for place, times in places.items() if times == most)
        right = max(row.x1 for row in rows)
        if len(rows) < 3:
            near = [
                row.x1
                for other in page.parts
                if isinstance(other, Prose)
                for row in other.rows
                if abs(row.x0 - x0) < 30
            ]
            right = max([right, *near])
        return Column(float(x0), right, pitch)

    def _add(
        self, page: PageParts, line: Line, column: Column, before: Row | None, after: Row | None
    ) -> None:
        row, text = line.row, line.text
        heading = self._heading_level(line)
        opened = self._open
        if heading:
            if (
                opened is not None
                and opened.kind == "heading"
                and opened.level == heading
                and before is not None
                and before.y - row.y < 1.7 * row.size
                and not MARK.match(text)
                and not (room(before, row, column) > MEANT_BREAK and starts_anew(text))
            ):
                self._join(page, line, column)
                return
            self._begin(page, line, column, "heading", level=heading)
            return
        is_first = opened is None or opened.kind == "heading"
        mark = MARK.match(text)
        if mark and is_initial(mark.group(1), row):
            mark = None
        is_broken = not is_first and self._is_broken(opened, line, column, before, after)
        if mark and (is_first or is_broken or self._may_be_item(opened, mark.group(1), line)):
            level = self._item_level(row)
            self._begin(page, line, column, "item", mark=mark.group(1), cut=mark.end(), level=level)
            return
        if is_first or is_broken:
            self._begin(page, line, column, "paragraph")
        else:
            self._join(page, line, column)

    def _item_level(self, row: Row) -> int:
        """How deep an item lies, by where those of its list above it begin."""
        if self._open is None or self._open.kind != "item":
            self._indents = []
        while self._indents and self._indents[-1] > row.x0 + 0.5 * row.size:
            self._indents.pop()
        if not self._indents or self._indents[-1] < row.x0 - 0.5 * row.size:
            self._indents.append(row.x0)
        return min(len(self._indents), 6)

    def _may_be_item(self, opened: _Open | None, mark: str, line: Line) -> bool:
        if opened is None or mark in SURE_POINTS:
            return True
        if SENTENCE_END.search(opened.text) or opened.text.endswith(","):
            return opened.kind != "item" or line.row.x0 < opened.last.row.x0 + 3 * line.row.size
        return bool(
            opened.kind == "item"
            and opened.mark
            and (opened.mark == mark or shape(opened.mark) == shape(mark))
            and is_next(opened.mark, mark)
        )

    def _is_broken(
        self,
        opened: _Open | None,
        line: Line,
        column: Column,
        before: Row | None,
        after: Row | None,
    ) -> bool:
        """Whether a new paragraph begins with the line."""
        assert opened is not None
        last, row = opened.last, line.row
        ends = bool(SENTENCE_END.search(last.text))
        if abs(row.size - last.row.size) > 0.08 * row.size and (ends or before is not None):
            return True
        if last.text.endswith(HYPHENS) and last.text[-2:-1].isalpha():
            return False
        if self._after and not line.text[0].islower():
            return True
        if before is None:
            if not ends:
                free = room(last.row, row, opened.column)
                return free > MEANT_BREAK and starts_anew(line.text)
            indent = row.x0 - column.x0
            return indent > 0.8 * row.size or is_short(last.row, opened.column)
        if before.y - row.y > 1.35 * column.pitch + 0.5:
            return not (
                line.text[0].islower() and not ends and before.y - row.y < 2.2 * column.pitch
            )
        indent, above = row.x0 - column.x0, before.x0 - column.x0
        if opened.kind != "item" and ends | starts_anew(line.text):
            goes_back = after is None or after.x0 - column.x0 < 0.4 * row.size
            if indent > 0.8 * row.size and abs(above) < 0.4 * row.size and goes_back:
                return True
            if indent < -0.8 * row.size and abs(above) < 0.4 * row.size:
                return True
        if opened.kind == "item" and row.x0 < before.x0 - 0.5 * row.size and ends:
            return True
        free = room(before, row, column)
        if free > 0.04 and (ends or (free > MEANT_BREAK and starts_anew(line.text))):
            return True
        return row.is_bold != before.is_bold and ends

    def _heading_level(self, line: Line) -> int:
        """1 to 6, or 0 for a line that is no heading."""
        row, text = line.row, line.text
        if not any(map(str.isalpha, text)) or len(text) > _LONGEST_HEADING:
            return 0
        if any(two.x0 - one.x1 > 4 * row.size for one, two in pairwise(row.words)):
            return 0  # a line of a table of contents, or of a form
        if row.size >= _LARGER * self._body:
            return min(1 + self._heading_sizes.index(round(row.size)), 6)
        is_bold = row.is_bold and self._is_bold_telling and row.size >= 0.95 * self._body
        if is_bold and len(text) <= _LONGEST_BOLD_HEADING and not text.endswith((",", ";")):
            if text.endswith((".", ":")) and len(text.split()) > 8:
                return 0
            return min(len(self._heading_sizes) + 1, 6)
        return 0

    def _begin(
        self,
        page: PageParts,
        line: Line,
        column: Column,
        kind: str,
        *,
        mark: str = "",
        cut: int = 0,
        level: int = 1,
    ) -> None:
        self._end()
        self._flush()
        signs = [(sign, max(0, at - cut)) for sign, at in line.signs]
        self._open = _Open(
            kind, line.text[cut:], page.index, line, column, mark, level, signs=signs
        )

    def _join(self, page: PageParts, line: Line, column: Column) -> None:
        opened = self._open
        assert opened is not None
        last, text = opened.text, line.text
        if last.endswith(HYPHENS) and text[0].isalnum() and last[-2:-1].isalnum():
            if text[0].islower() and (
                not last.endswith("-") or is_broken_word(last, text, self._known)
            ):
                last = last[:-1]
        else:
            last += " "
        reached = opened.pages[-1][1] if opened.pages else self._labels[opened.page]
        if page.label != reached:
            opened.pages.append((len(last), page.label))
        opened.signs += [(sign, len(last) + at) for sign, at in line.signs]
        opened.text = last + text
        opened.last, opened.column = line, column

    def _end(self) -> None:
        """Add the open block and the notes that belong to it."""
        opened, self._open = self._open, None
        if opened is None:
            return
        if opened.kind == "heading" and len(opened.text) > _LONGEST_HEADING:
            opened.kind = "paragraph"
        self._mark(opened.page)
        text, moved = without_soft_hyphens(opened.text)
        pages = [(moved(at), label) for at, label in opened.pages]
        if opened.kind == "heading":
            self.builder.heading(text, opened.level)
        elif opened.kind == "item":
            self.builder.item(text, opened.mark, opened.level, pages=pages)
        else:
            self.builder.paragraph(text, pages=pages)
        if opened.pages:
            self._at = next(
                (
                    page.index
                    for page in reversed(self._pages)
                    if page.label == opened.pages[-1][1] and page.index > opened.page
                ),
                self._at,
            )
        end = self.builder.reached or 0
        for sign, at in opened.signs:
            waiting = self._notes.get(sign)
            if not waiting:
                self.lost_signs += 1
                continue
            self._add_note(waiting.popleft(), min(end, max(0, end - len(text) + moved(at))))

    def _flush(self) -> None:
        after, self._after = self._after, []
        for index, add in after:
            self._mark(index)
            add(self.builder)

    def _mark(self, index: int) -> None:
        if index != self._at:
            self.builder.page(self._labels[index])
            self._at = index

    def _add_note(self, note: Note, anchor: int | None) -> None:
        if not note.rows:
            return
        self._mark(note.page)
        words = ""
        for row in note.rows:
            line = line_of(row, ())
            if words.endswith(HYPHENS) and line.text[:1].islower():
                words = words[:-1] if is_broken_word(words, line.text, self._known) else words
            elif words:
                words += " "
            words += line.text
        self.builder.note(words.replace("\u00ad", ""), note.sign, anchor=anchor)

    def _add_table(self, page: PageParts, table: Table) -> None:
        header, rows = table.header, table.rows
        before, self._table = self._table, (page.index, table)
        is_next = before is not None and page.index == before[0] + 1
        if before is not None and is_next and continues(table, before[1]):
            old = before[1].header
            if old and (not header or header == old or rows):
                if header and header != old:
                    rows = [header, *rows]
                rows = [row for row in rows if row != old]
                header = table.header = old

        def add(builder: Builder) -> None:
            builder.table(rows, header=header)

        opened = self._open
        if opened is not None and (opened.kind == "heading" or SENTENCE_END.search(opened.text)):
            self._end()
            self._flush()
        self._after.append((page.index, add))
