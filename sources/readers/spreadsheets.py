"""XLSX and ODS: each visible sheet under its name, each row with its header.

Only values are read: what a formula gave when the file was saved, and figures as they are
shown. The packages are zips that are read in memory and never unpacked to disk.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content
from sources.readers.tables import write_rows

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_CELLS = 2_000_000
"""Of all sheets together, blank ones within a row counted."""
MAX_COLUMNS = 1_000
_DEFAULT_NAME = re.compile(r"(?:sheet|tabelle|feuil|arkusz|лист|аркуш)\s?1", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_NOT_COMPUTED = re.compile(
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<v></v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\b[^>]*\bhidden=\"(?:1|true)\"")
_SECTIONS = re.compile(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]|\"([^\"]*)\"|([€$£¥₴₽])")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def read_xlsx(raw: bytes, name: str) -> Content:
    """The sheets of an Excel workbook."""
    parts = _parts_of(raw, name)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        try:
            return _read_book(book, parts)
        finally:
            book.close()
    except UnreadableFileError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part brings about
        if isinstance(error, MemoryError | RecursionError):
            raise
        raise damaged(name) from error


def _read_book(book: Any, parts: zipfile.ZipFile) -> Content:
    builder = Builder()
    told: list[str] = []
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    uncomputed = unseen = cells = 0
    for sheet in shown:
        if len(shown) > 1 or not has_default_name(sheet.title):
            builder.heading(sheet.title)
        written = parts.read(sheet._worksheet_path)  # merged cells are told nowhere else
        uncomputed += len(_NOT_COMPUTED.findall(written))
        unseen += len(_HIDDEN.findall(written))
        sheet.reset_dimensions()
        rows: list[list[str]] = []
        for row in sheet.iter_rows():
            cells += len(row)
            if cells > MAX_CELLS:
                raise too_many()
            rows.append([_shown(cell) for cell in row[:MAX_COLUMNS]])
        write_rows(_unmerged(rows, _MERGED.findall(written)), builder)
    if hidden:
        names = ", ".join(f"“{one}”" for one in hidden[:5])
        told.append(f"Hidden sheets were not read: {names}.")
    if unseen:
        told.append(f"Hidden rows and columns were read too: {unseen}.")
    if uncomputed:
        told.append(
            f"Formulas without a value were left out: {uncomputed}. Save it in a spreadsheet"
            " program."
        )
    told += _not_read(parts.namelist())
    properties = book.properties
    fields = {
        "title": properties.title,
        "author": None if properties.creator == "openpyxl" else properties.creator,
        "language": properties.language,
    }
    return builder.content(fields, tuple(told))


def _not_read(parts: Sequence[str]) -> Iterator[str]:
    kinds = {"xl/charts/chart": "Charts", "xl/comments": "Sheets with remarks on cells"}
    for begin, what in kinds.items():
        count = sum(part.startswith(begin) for part in parts)
        if count:
            yield f"{what} are not read: {count}."


def _unmerged(
    rows: list[list[str]], merged: Iterable[tuple[bytes, bytes, bytes, bytes]]
) -> list[list[str]]:
    """The rows with what stands in a cell over several rows in each of them."""
    from openpyxl.utils import column_index_from_string

    for first, top, _, bottom in merged:
        column, begin = column_index_from_string(first.decode()) - 1, int(top) - 1
        for below in range(begin + 1, min(int(bottom), len(rows))):
            row = rows[below]
            if column < len(rows[begin]) and column < len(row) and not row[column]:
                row[column] = rows[begin][column]
    return rows


def _shown(cell: "ReadOnlyCell") -> str:
    value, written = cell.value, str(getattr(cell, "number_format", "") or "General")
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return shown_day(value, written)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case int() | float():
            return shown_number(value, written)
        case _:
            return str(value)


def shown_day(value: datetime, written: str) -> str:
    """The day as far as its format shows it, in a form that has one meaning."""
    low = re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", written).casefold()
    if "d" not in low and "h" not in low and "y" in low:
        return f"{value:%B %Y}" if "m" in low else f"{value:%Y}"
    is_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
    return value.date().isoformat() if is_midnight else value.isoformat(" ", "minutes")


def has_default_name(sheet: str) -> bool:
    """Whether a sheet is called as programs call the only one: "Sheet1"."""
    return bool(_DEFAULT_NAME.fullmatch(sheet))


def shown_number(value: float, written: str) -> str:
    """A number as the format `written` shows it: ``0.125`` and ``0.0%`` give ``12.5%``.

    Understood are percentages, decimals, grouping and currencies; of other formats the number
    alone is shown.
    """
    sections = _SECTIONS.split(written)
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    bare = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.|\*.", "", section)
    if not re.search(r"[0#]", bare) or re.search(r"[eE][+-]|/", bare):
        return _general(value)
    is_share = "%" in bare
    decimals = len(found[1]) if (found := re.search(r"[0#?]\.([0#?]*)", bare)) else 0
    value = value * 100 if is_share else value
    scaled = (
        value / 1000 ** len(found[1]) if (found := re.search(r"[0#](,+)(?![0#])", bare)) else value
    )
    grouping = "," if re.search(r"#,##|0,0", bare) else ""
    number = f"{scaled:{grouping}.{decimals}f}"
    if "#" in bare.partition(".")[2] and "." in number:
        number = number.rstrip("0").rstrip(".")
    number += "%" if is_share else ""
    for currency in _CURRENCY.finditer(section):
        sign = next((one for one in currency.groups() if one), "").strip()
        before = not re.search(r"[0#]", section[: currency.start()])
        if sign:
            glue = "" if before and len(sign) == 1 else " "
            number = f"{sign}{glue}{number}" if before else f"{number} {sign}"
    return number


def _general(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def read_ods(raw: bytes, name: str) -> Content:
    """The sheets of an OpenDocument spreadsheet, each cell as the file says it is shown."""
    from lxml import etree

    parts = _parts_of(raw, name)
    builder = Builder()
    hidden: list[str] = []
    try:
        root = etree.fromstring(
            parts.read("content.xml"), etree.XMLParser(resolve_entities=False, huge_tree=True)
        )
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise damaged(name) from error
    unseen = {
        str(style.get(f"{_STYLE}name"))
        for style in root.iter(f"{_STYLE}style")
        for one in style.iter(f"{_STYLE}table-properties")
        if one.get(f"{_TABLE}display") == "false"
    }
    sheets = list(root.iter(f"{_TABLE}table"))
    room = MAX_CELLS
    for sheet in sheets:
        title = str(sheet.get(f"{_TABLE}name") or "")
        if sheet.get(f"{_TABLE}style-name") in unseen:
            hidden.append(title)
            continue
        if len(sheets) > 1 or not has_default_name(title):
            builder.heading(title)
        rows = list(_ods_rows(sheet, room))
        room -= sum(map(len, rows))
        write_rows(rows, builder)
    names = ", ".join(f"“{one}”" for one in hidden[:5])
    return builder.content({}, (f"Hidden sheets were not read: {names}.",) if hidden else ())


def _ods_rows(sheet: Any, room: int) -> Iterator[list[str]]:
    above: list[str] = []
    spans: dict[int, int] = {}
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            words = " ".join(
                "".join(one.itertext()) for one in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")
            )
            times = min(int(cell.get(f"{_TABLE}number-columns-repeated") or 1), MAX_COLUMNS)
            column = len(cells)
            if not words and spans.get(column, 0) > 0 and column < len(above):
                words, spans[column] = above[column], spans[column] - 1
            elif (over := int(cell.get(f"{_TABLE}number-rows-spanned") or 1)) > 1:
                spans[column] = over - 1
            cells += [words] * min(times, MAX_COLUMNS - len(cells))
        while cells and not cells[-1].strip():
            cells.pop()
        above = cells
        repeated = int(row.get(f"{_TABLE}number-rows-repeated") or 1) if cells else 1
        for _ in range(repeated):
            room -= len(cells)
            if room < 0:
                raise too_many()
            yield list(cells)


def _parts_of(raw: bytes, name: str) -> zipfile.ZipFile:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            f"{name!r} is locked with a password, or in Excel's old format.",
            remedy="Save it without a password, or rename it to .xls.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise damaged(name) from error
    if size > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(
            f"{name!r} would unpack to more than {MAX_UNPACKED_BYTES // 1024**2} MB.",
            remedy="Save the sheets that matter as CSV.",
        )
    return archive


def too_many() -> UnreadableFileError:
    """The refusal of more cells than are taken."""
    return UnreadableFileError(
        f"It has more than {MAX_CELLS:,} cells.", remedy="Save the sheets that matter as CSV."
    )


def damaged(name: str) -> UnreadableFileError:
    """The refusal of what is no spreadsheet."""
    return UnreadableFileError(
        f"{name!r} is not a spreadsheet, or is damaged.", remedy="Open and save it anew."
    )
