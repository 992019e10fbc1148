"""From the bytes of a PDF to blocks, with what was dropped or guessed told."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content
from sources.readers.ocr.recognised import Picture, page_of
from sources.readers.ocr.recognition import REMEDY, Recogniser, is_available
from sources.readers.pdf.attached import (
    Annotation,
    FormField,
    annotated,
    card_of,
    label_beside,
    labels_of,
)
from sources.readers.pdf.drawn import opened
from sources.readers.pdf.flow import Flow, PageParts
from sources.readers.pdf.legible import is_noise
from sources.readers.pdf.margins import Margins, without_heads, without_line_numbers
from sources.readers.pdf.notes import Note, line_of, raised_letters, without_notes
from sources.readers.pdf.page import Page, Prose, Row, Table
from sources.readers.pdf.printed import without_print_marks
from sources.readers.pdf.regions import in_order
from sources.readers.pdf.rows import rows_of, usual_size, with_points
from sources.readers.pdf.struck import without_struck
from sources.source import BY_OCR

MAX_PAGES = 5_000

_MOST_NAMED = 12
_UNIFORM = 8.0
"""A page whose grey varies less, of 255, is blank paper."""
_CLEARLY_MORE = 2.0
"""A picture with so many times the letters beside it is a scan of the page."""
_FEWEST_UNKNOWN = 10
"""Fewer letters that a font does not name are signs and ornaments."""
_DAMAGE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    NotImplementedError,
    ArithmeticError,
    LookupError,
    OSError,
    RecursionError,
    UnicodeError,
)
"""What pypdf raises besides its own errors when a file is not what it says it is."""


def read_pdf(raw: bytes, name: str) -> Content:
    """The words of a PDF page by page; `UnreadableFileError` for a scan, a lock, damage."""
    attached = _Attached(raw, name)
    with opened(raw, name) as drawn:
        if drawn.count > MAX_PAGES:
            raise UnreadableFileError(
                f"{name!r} has {drawn.count:,} pages.",
                remedy=f"Split it: {MAX_PAGES:,} are accepted.",
            )
        recogniser = Recogniser()
        pages = [
            _RowsOfPage(drawn.page(index)).recognised_by(recogniser, partial(drawn.picture, index))
            for index in range(drawn.count)
        ]
    return Document(pages, name, attached).content()


def read_recognised(pages: Sequence[Page], name: str) -> Content:
    """The blocks of pages whose letters were recognised in pictures."""
    rows = [_RowsOfPage(page) for page in pages]
    for one in rows:
        one.is_recognised = True
    return Document(rows, name).content()


class _RowsOfPage:
    """The rows of a page; its letters are let go."""

    is_recognised = False
    lost = 0
    """How many lines of a picture could not be made out."""

    def __init__(self, page: Page) -> None:
        self.is_blank, self.is_picture = page.is_blank, page.is_picture
        letters, self.struck = without_struck(page.letters, page.rules)
        self.rows = with_points(rows_of(letters), page.points)
        self.aside = [row for letters in page.aside for row in rows_of(letters)]
        self.rules = page.rules
        self.unmapped = page.unmapped
        self.is_noise = bool(self.rows) and is_noise([row.text for row in self.rows], page.unmapped)
        if self.is_noise:
            self.rows, self.aside = [], []

    def recognised_by(
        self, recogniser: Recogniser, picture: Callable[[], tuple[Picture | None, float]]
    ) -> "_RowsOfPage":
        """The same page, read from its picture where it holds no text, or none that is readable."""
        letters = sum(len(row.text) for row in (*self.rows, *self.aside))
        if self.is_blank or (letters and not self.is_picture) or not is_available():
            return self
        image, scale = picture()
        found = recogniser.read(image) if image is not None else None
        if image is None or found is None:
            return self
        recognised = sum(len(line.words) for line in found.lines)
        if letters and recognised < _CLEARLY_MORE * letters:
            self.is_picture = False  # it lies behind the words, as on slides
            return self
        if not recognised and not found.lost:
            # A picture in which nothing is recognised may be handwriting: it is told as unread.
            self.is_blank = float(image.std()) < _UNIFORM
            self.is_picture &= not self.is_blank
            return self
        page = _RowsOfPage(page_of(found, height=image.shape[0], pixels_per_point=scale))
        page.is_recognised, page.lost = bool(page.rows), found.lost
        page.is_picture = self.is_picture and not page.rows
        page.is_noise = self.is_noise and not page.rows
        return page


class _Attached:
    """What pypdf knows of the file; a broken part of that does not cost the text."""

    def __init__(self, raw: bytes, name: str) -> None:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        self._errors = (PyPdfError, *_DAMAGE)
        try:
            self._reader = PdfReader(io.BytesIO(raw), strict=False)
            if self._reader.is_encrypted and not self._reader.decrypt(""):
                raise UnreadableFileError(
                    f"{name!r} is locked with a password.",
                    remedy="Save a copy without the password.",
                )
            self.count = len(self._reader.pages)
        except UnreadableFileError:
            raise
        except self._errors as error:
            raise UnreadableFileError(
                f"{name!r} is not a PDF that can be read, or is damaged.",
                remedy="Open it in a PDF reader and save a copy.",
            ) from error

    def labels(self, count: int) -> Sequence[str]:
        """The numbers that the pages bear."""
        return labels_of(self._reader, count)

    def card(self) -> dict[str, object]:
        """The file's own properties."""
        try:
            return card_of(self._reader)
        except self._errors:
            return {}

    def of_page(self, index: int) -> tuple[list[FormField], list[Annotation]] | None:
        """Its fields and annotations; `None` where they cannot be read."""
        try:
            page: Any = self._reader.pages[index] if index < self.count else {}
            return annotated(page)
        except self._errors:
            return None


class Document:
    """All pages, on their way into blocks."""

    def __init__(
        self, pages: Sequence[_RowsOfPage], name: str, attached: _Attached | None = None
    ) -> None:
        self._pages = pages
        self._attached = attached
        self._name = name
        labels = (
            attached.labels(len(pages)) if attached else list(map(str, range(1, len(pages) + 1)))
        )
        self._numbers = labels
        self._labels = [
            f"{label}{BY_OCR}" if page.is_recognised else label
            for label, page in zip(labels, pages, strict=True)
        ]
        self._problems: list[str] = []

    def content(self) -> Content:
        """The blocks, with everything told that is not among them."""
        noisy = sum(page.is_noise for page in self._pages)
        unknown = sum(page.unmapped for page in self._pages if not page.is_noise)
        printed, address = without_print_marks([page.rows for page in self._pages])
        margins = without_heads(printed, self._numbers)
        body = usual_size([row for rows in margins.pages for row in rows])
        raised = raised_letters([row for rows in margins.pages for row in rows])
        parts: list[PageParts] = []
        empty = blank = numbers = 0
        for index, (page, rows) in enumerate(zip(self._pages, margins.pages, strict=True)):
            kept = without_line_numbers(rows)
            numbers += sum(map(len, (row.words for row in rows))) - sum(
                map(len, (row.words for row in kept))
            )
            last = parts[-1].parts[-1:] if parts else []
            before = last[0] if last and isinstance(last[0], Table) else None
            laid = in_order(kept, page.rules, before)
            laid, notes, carried = without_notes(laid, body, page.rules, raised)
            if carried and not _carry(carried, parts):
                laid.append(Prose(carried))
            for note in notes:
                note.page = index
            extras = self._extras(index, page, margins.heads[index])
            has_words = page.rows or page.aside or extras or page.is_noise
            blank += page.is_blank
            empty += not (has_words or page.is_blank) or page.is_picture
            parts.append(PageParts(index, self._labels[index], laid, notes, extras))
        self._refuse_without_text(parts, noisy, is_blank=blank == len(self._pages))
        flow = Flow(parts)
        flow.run()
        self._tell(empty, noisy, numbers, margins, flow.lost_signs)
        if unknown > _FEWEST_UNKNOWN:
            self._problems.append(f"{unknown:,} letters are unknown: their fonts do not name them")
        card = self._attached.card() if self._attached else {}
        return flow.builder.content({"url": address} | card, tuple(self._problems))

    def _refuse_without_text(
        self, parts: Sequence[PageParts], noisy: int, *, is_blank: bool
    ) -> None:
        if any(page.parts or page.notes or page.extras for page in parts):
            return
        if noisy:
            raise UnreadableFileError(
                f"{self._name!r} holds no readable text: its fonts give other letters than"
                " they show.",
                remedy=REMEDY,
            )
        if is_blank:
            raise UnreadableFileError(
                f"{self._name!r} holds no text: its pages are blank.",
                remedy="Leave it out.",
            )
        raise UnreadableFileError(
            f"{self._name!r} holds no text: its pages are pictures, as in a scan.",
            remedy=REMEDY,
        )

    def _extras(
        self, index: int, page: _RowsOfPage, heads: Sequence[str]
    ) -> list[Callable[[Builder], None]]:
        found: list[Callable[[Builder], None]] = []
        for head in heads:
            found.append(partial(_add_note, words=head, sign="page head"))
        for words in _runs(page.aside):
            found.append(partial(_add_note, words=words, sign="margin"))
        attached = self._attached.of_page(index) if self._attached else ([], [])
        if attached is None:
            self._problems.append(f"the annotations of page {self._labels[index]} are not read")
            return found
        fields, annotations = attached
        for field in fields:
            label = "" if field.is_named_for_readers else label_beside(field, page.rows)
            found.append(partial(_add_field, label=label or field.name, value=field.value))
        for note in annotations:
            sign = f"annotation by {note.author}" if note.author else "annotation"
            found.append(partial(_add_note, words=note.words, sign=sign))
        return found

    def _tell(self, empty: int, noisy: int, numbers: int, margins: Margins, lost: int) -> None:
        count = len(self._pages)
        struck = sum(page.struck for page in self._pages)
        pages = f"of {count} pages hold no"
        by_ocr = [
            number
            for number, page in zip(self._numbers, self._pages, strict=True)
            if page.is_recognised
        ]
        illegible = sum(page.lost for page in self._pages)
        told = (
            (len(by_ocr), f"read by OCR: check against the picture: {_pages(by_ocr)}"),
            (illegible, f"{_counted(illegible, 'line')} of pictures could not be read"),
            (empty, f"{empty} {pages} text"),
            (
                noisy,
                f"{noisy} {pages} readable text: their fonts give other letters than they show",
            ),
            (
                margins.changing,
                "left out of running heads or feet, since they change from page to page:"
                f" {_counted(margins.changing, 'piece')}",
            ),
            (
                margins.doubtful,
                "left out as heads or feet, since they come back on most pages:"
                f" {_counted(margins.doubtful, 'line')}",
            ),
            (struck, f"{_counted(struck, 'stretch', 'stretches')} of struck text left out"),
            (numbers, f"left out of the margin: {_counted(numbers, 'number')} of lines"),
            (lost, f"left out: {_counted(lost, 'sign')} of notes that were not found"),
        )
        self._problems += [words for number, words in told if number]


def _counted(number: int, what: str, many: str = "") -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {many or what + 's'}"


def _pages(labels: Sequence[str]) -> str:
    """``page 3``, ``pages 3, 4, 5, … and 9 more``."""
    shown = ", ".join(labels[:_MOST_NAMED])
    more = len(labels) - _MOST_NAMED
    return f"page{'s' * (len(labels) > 1)} {shown}" + (f" and {more} more" if more > 0 else "")


def _carry(rows: Sequence[Row], parts: Sequence[PageParts]) -> bool:
    """Put rows that go on with the last note of the page before there, where there is one."""
    notes: Sequence[Note] = parts[-1].notes if parts else ()
    if notes:
        notes[-1].rows.extend(rows)
    return bool(notes)


def _runs(rows: Sequence[Row]) -> list[str]:
    """Rows in other directions, those close to each other as one text."""
    found: list[str] = []
    last: Row | None = None
    for row in rows:
        text = line_of(row, ()).text
        if not text:
            continue
        if last is not None and 0 < last.y - row.y < 1.6 * row.size:
            found[-1] += f" {text}"
        else:
            found.append(text)
        last = row
    return list(dict.fromkeys(found))


def _add_note(builder: Builder, *, words: str, sign: str) -> None:
    builder.note(words, sign)


def _add_field(builder: Builder, *, label: str, value: str) -> None:
    builder.field(label, value)
