"""Letters and rules of a PDF's pages, by PDFium.

PDFium keeps one global state: a process reads one file at a time here, as a reading process does.
"""

import ctypes
import math
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import Any, NamedTuple

from sources.errors import UnreadableFileError
from sources.readers.ocr.recognised import Picture
from sources.readers.pdf.page import Letter, Page, Rule
from sources.readers.pdf.rendered import is_blank, is_one_picture, picture_of, scale_of

_ONE_AT_A_TIME = threading.Lock()

_MOST_OBJECTS = 20_000
"""On a page with more of them the lines are a map or a chart, not a table."""
_THINNEST_TABLE_PT = 3.0
_SHORTEST_RULE_PT = 5.0
_MOST_POINTS = 2_000
_FEW_LETTERS = 60
"""On a page with so many the picture behind them is no scan of it."""
_POINT_PT = (1.5, 7.0)
"""Shapes of these heights and widths may be the points of a list."""
_DEEPEST_FORM = 4
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SPACE, _DELETE = 0x20, 0x7F
_LINE_END_HYPHEN = 0x2
"""What PDFium puts for a hyphen at the end of a line."""
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


_Shapes = tuple[list[Rule], list[Rule]]


class _Style(NamedTuple):
    degrees: int
    base: float
    size: float
    font: int
    is_bold: bool
    run: int


@contextmanager
def opened(raw: bytes, name: str) -> Iterator["Drawn"]:
    """The file's pages; `UnreadableFileError` where PDFium finds none."""
    import pypdfium2.raw as pdfium

    with _ONE_AT_A_TIME:
        document = pdfium.FPDF_LoadMemDocument64(raw, len(raw), None)
        if not document:
            raise UnreadableFileError(
                f"{name!r} is not a PDF that can be read, or is damaged.",
                remedy="Open it in a PDF reader and save a copy.",
            )
        try:
            yield Drawn(document)
        finally:
            pdfium.FPDF_CloseDocument(document)


class Drawn:
    """The pages of an open file."""

    def __init__(self, document: Any) -> None:
        import pypdfium2.raw as pdfium

        self._document = document
        self._fonts: dict[str, int] = {}
        self.count: int = pdfium.FPDF_GetPageCount(document)

    def page(self, index: int) -> Page:
        """What is drawn on the page, from 0; an empty page where it cannot be loaded."""
        import pypdfium2.raw as pdfium

        page = pdfium.FPDF_LoadPage(self._document, index)
        if not page:
            return Page([])
        try:
            text = pdfium.FPDFText_LoadPage(page)
            if not text:
                return Page([])
            try:
                found, unmapped = self._letters(text)
            finally:
                pdfium.FPDFText_ClosePage(text)
            rules = _rules(page) if found else ([], [])
            blank = not found and is_blank(page)
            picture = len(found) < _FEW_LETTERS and is_one_picture(page)
        finally:
            pdfium.FPDF_ClosePage(page)
        turned = _turned(found, rules, unmapped)
        turned.is_blank, turned.is_picture = blank, picture
        return turned

    def picture(self, index: int) -> tuple[Picture | None, float]:
        """The page as it is shown, and how many pixels a point has."""
        import pypdfium2.raw as pdfium

        page = pdfium.FPDF_LoadPage(self._document, index)
        if not page:
            return None, 1.0
        try:
            return picture_of(page), scale_of(page)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _letters(self, text: Any) -> tuple[list[tuple[int, Letter]], int]:
        import pypdfium2.raw as pdfium

        code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
        origin_of, object_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetTextObject
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
        styles: dict[int, _Style] = {}
        found: list[tuple[int, Letter]] = []
        after_space, unmapped = False, 0
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = code_of(text, index)
            drawn = object_of(text, index)
            if code in (0x20, 0xA0, 0x0D, 0x0A, 0x09) or not drawn:
                after_space = True
                continue
            address = ctypes.addressof(drawn.contents)
            style = styles.get(address)
            if style is None:
                # What is drawn together has one base line.
                origin_of(text, index, x_at, y_at)
                style = self._style(text, index, drawn, len(styles), (x.value, y.value))
                styles[address] = style
            if _SPACE < code < _DELETE:
                words = chr(code)
            else:
                words, is_mapped = _characters(code)
                unmapped += not is_mapped
                if not words:
                    continue
                if unicodedata.combining(words[0]) and found and not after_space:
                    found[-1][1].text += words
                    continue
            box_of(text, index, box_at)
            degrees, base, size, font, is_bold, run = style
            if degrees == 0:
                left, right = box.left, box.right
            else:
                left, right = _along(degrees, box)
            letter = Letter(words, left, right, base, size, font, is_bold, run, after_space)
            found.append((degrees, letter))
            after_space = False
        return found, unmapped

    def _style(
        self, text: Any, index: int, drawn: Any, run: int, origin: tuple[float, float]
    ) -> _Style:
        import pypdfium2.raw as pdfium

        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(text, index, matrix):
            matrix.a = matrix.d = 1.0
        width = math.hypot(matrix.a, matrix.b)
        height = abs(matrix.a * matrix.d - matrix.b * matrix.c) / width if width else 0.0
        degrees = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360 if width else 0
        for straight in (0, 90, 180, 270, 360):
            if abs(degrees - straight) <= 2:
                degrees = straight % 360
        size = abs(pdfium.FPDFText_GetFontSize(text, index)) * height
        font = pdfium.FPDFTextObj_GetFont(drawn)
        name = _font_name(font) if font else ""
        weight = pdfium.FPDFFont_GetWeight(font) if font else 0
        is_bold = weight >= _BOLD_WEIGHT or any(part in name.lower() for part in _BOLD_NAMES)
        is_bold |= pdfium.FPDFTextObj_GetTextRenderMode(drawn) == 2
        number = self._fonts.setdefault(name, len(self._fonts))
        base = _base(degrees, *origin)
        return _Style(degrees, base, min(max(size, 0.1), 2_000.0), number, is_bold, run)


def _characters(code: int) -> tuple[str, bool]:
    """The text of a code and whether it is one that a reader sees."""
    if code == _LINE_END_HYPHEN:
        return "-", True
    if code == 0 or code > 0x10FFFF:
        return "\ufffd", False
    words = chr(code)
    if 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or code == 0xFFFD:
        is_bullet = 0xF000 <= code <= 0xF0FF
        return ("•", True) if is_bullet and code in _SYMBOL_BULLETS else (words, False)
    if unicodedata.category(words) == "Cc":
        return "", False
    return words.translate(_LIGATURES), True


_SYMBOL_BULLETS = {0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0xF06E, 0xF02D, 0xF0A8}
"""Of the Symbol and Wingdings fonts, by which office programs draw the points of lists."""


def _font_name(font: Any) -> str:
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(200)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
    return buffer.value.decode("latin-1") if 0 < length <= 200 else ""


def _base(degrees: int, x: float, y: float) -> float:
    """The height of a base line, in a page turned so that its letters run right."""
    if degrees % 90 == 0:
        return {0: y, 90: -x, 180: -y, 270: x}[degrees]
    return y * math.cos(math.radians(degrees)) - x * math.sin(math.radians(degrees))


def _along(degrees: int, box: Any) -> tuple[float, float]:
    """Where a letter begins and ends on its base line."""
    if degrees == 90:
        return box.bottom, box.top
    if degrees == 180:
        return -box.right, -box.left
    if degrees == 270:
        return -box.top, -box.bottom
    # The box of a slanting letter is wider than it; its middle is where it should be.
    wide, high = box.right - box.left, box.top - box.bottom
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    middle = x * math.cos(math.radians(degrees)) + y * math.sin(math.radians(degrees))
    half = min(wide, high) / 4
    return middle - half, middle + half


def _turned(found: list[tuple[int, Letter]], rules: _Shapes, unmapped: int) -> Page:
    directions: dict[int, list[Letter]] = {}
    for degrees, letter in found:
        directions.setdefault(degrees, []).append(letter)
    if not directions:
        return Page([], unmapped=unmapped)
    main = Counter({key: len(letters) for key, letters in directions.items()}).most_common(1)[0][0]
    letters = directions.pop(main)
    if len(rules[1]) > _MOST_POINTS:
        rules = (rules[0], [])
    lines, points = ([_turn(shape, main) for shape in shapes] for shapes in rules)
    return Page(letters, [*directions.values()], lines, points, unmapped)


def _turn(rule: Rule, degrees: int) -> Rule:
    if degrees == 90:
        return Rule(rule.y0, -rule.x1, rule.y1, -rule.x0)
    if degrees == 180:
        return Rule(-rule.x1, -rule.y1, -rule.x0, -rule.y0)
    if degrees == 270:
        return Rule(-rule.y1, rule.x0, -rule.y0, rule.x1)
    return rule


def _rules(page: Any) -> _Shapes:
    """The straight lines that are drawn, and the boxes of small shapes."""
    import pypdfium2.raw as pdfium

    found: _Shapes = ([], [])
    left = [_MOST_OBJECTS]
    count = pdfium.FPDFPage_CountObjects(page)
    with suppress(_TooManyError):
        for index in range(count):
            _add_rules(pdfium.FPDFPage_GetObject(page, index), (1, 0, 0, 1, 0, 0), found, left, 0)
        return found
    return [], []


class _TooManyError(Exception):
    """A page has more lines than any table."""


_Matrix = tuple[float, float, float, float, float, float]


def _add_rules(drawn: Any, within: _Matrix, found: _Shapes, left: list[int], depth: int) -> None:
    import pypdfium2.raw as pdfium

    left[0] -= 1
    if left[0] < 0:
        raise _TooManyError
    if not drawn:
        return
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    placed = _times(own, within)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        if depth < _DEEPEST_FORM:
            for index in range(pdfium.FPDFFormObj_CountObjects(drawn)):
                part = pdfium.FPDFFormObj_GetObject(drawn, index)
                _add_rules(part, placed, found, left, depth + 1)
        return
    _add_path(drawn, placed, found, left)


def _add_path(drawn: Any, placed: _Matrix, found: _Shapes, left: list[int]) -> None:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    if not fill.value and not stroke.value:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    shapes: list[list[tuple[float, float]]] = []
    rules, points = found
    is_round = False
    for index in range(pdfium.FPDFPath_CountSegments(drawn)):
        left[0] -= 1
        if left[0] < 0:
            raise _TooManyError
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        a, b, c, d, e, f = placed
        point = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not shapes:
            shapes.append([])
        is_round |= kind == pdfium.FPDF_SEGMENT_BEZIERTO
        shapes[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            shapes[-1].append(shapes[-1][0])
    for shape in shapes:
        if not shape:
            continue
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        if not all(map(math.isfinite, (*xs, *ys))):
            continue
        box = Rule(min(xs), min(ys), max(xs), max(ys))
        wide, high = box.x1 - box.x0, box.y1 - box.y0
        if _POINT_PT[0] <= min(wide, high) and max(wide, high) <= _POINT_PT[1]:
            points.append(box)
            continue
        if is_round:
            continue
        if min(wide, high) <= _THINNEST_TABLE_PT:
            if max(wide, high) >= _SHORTEST_RULE_PT:
                rules.append(box)
            continue
        for (x0, y0), (x1, y1) in pairwise(shape):
            side = Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            wide, high = side.x1 - side.x0, side.y1 - side.y0
            if min(wide, high) <= 1 and max(wide, high) >= _SHORTEST_RULE_PT:
                rules.append(side)


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
