"""XLS: workbooks of Excel 97 to 2003, by xlrd, as those of today are read."""

from collections.abc import Iterator
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content
from sources.readers.spreadsheets import (
    MAX_CELLS,
    MAX_COLUMNS,
    damaged,
    has_default_name,
    shown_day,
    shown_number,
    too_many,
)
from sources.readers.tables import write_rows

_OLE = b"\xd0\xcf\x11\xe0"


def read_xls(raw: bytes, name: str) -> Content:
    """The visible sheets of an old Excel workbook; `UnreadableFileError` for a locked one."""
    import os

    import xlrd

    if not raw.startswith(_OLE):
        raise UnreadableFileError(
            f"{name!r} is not a workbook of Excel 97 to 2003, whatever its name says.",
            remedy="Rename it to what it is, or save it as .xlsx.",
        )
    try:
        with open(os.devnull, "w") as nowhere:
            book = xlrd.open_workbook(
                file_contents=raw, formatting_info=True, on_demand=True, logfile=nowhere
            )
            return _read_book(book)
    except UnreadableFileError:
        raise
    except Exception as error:  # xlrd raises whatever a damaged part brings about
        if isinstance(error, MemoryError | RecursionError):
            raise
        if "encrypted" in str(error):
            raise UnreadableFileError(
                f"{name!r} is locked with a password.", remedy="Save a copy without the password."
            ) from error
        raise damaged(name) from error


def _read_book(book: Any) -> Content:
    builder = Builder()
    sheets = [book.sheet_by_index(number) for number in range(book.nsheets)]
    shown = [sheet for sheet in sheets if sheet.visibility == 0]
    hidden = [sheet.name for sheet in sheets if sheet.visibility]
    if sum(sheet.nrows * min(sheet.ncols, MAX_COLUMNS) for sheet in shown) > MAX_CELLS:
        raise too_many()
    unseen = 0
    for sheet in shown:
        if len(shown) > 1 or not has_default_name(sheet.name):
            builder.heading(sheet.name)
        unseen += sum(bool(one.hidden) for one in sheet.rowinfo_map.values())
        unseen += sum(bool(one.hidden) for one in sheet.colinfo_map.values())
        write_rows(_rows(sheet, book), builder)
    told = []
    if hidden:
        names = ", ".join(f"“{one}”" for one in hidden[:5])
        told.append(f"Hidden sheets were not read: {names}.")
    if unseen:
        told.append(f"Hidden rows and columns were read too: {unseen}.")
    return builder.content({}, tuple(told))  # who saved it is often a program


def _rows(sheet: Any, book: Any) -> list[list[str]]:
    rows = [list(_cells(sheet, row, book)) for row in range(sheet.nrows)]
    for top, bottom, column, _ in sheet.merged_cells:
        for below in range(top + 1, min(bottom, len(rows))):
            if column < len(rows[top]) and column < len(rows[below]) and not rows[below][column]:
                rows[below][column] = rows[top][column]
    return rows


def _cells(sheet: Any, row: int, book: Any) -> Iterator[str]:
    for cell in sheet.row(row)[:MAX_COLUMNS]:
        yield _shown(cell, book)


def _shown(cell: Any, book: Any) -> str:
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_NUMBER:
            whole = int(cell.value) if cell.value.is_integer() else cell.value
            return shown_number(whole, _format_of(cell, book))
        case xlrd.XL_CELL_DATE:
            try:
                day = xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (ValueError, OverflowError):
                return shown_number(cell.value, "General")
            return (
                day.time().isoformat() if cell.value < 1 else shown_day(day, _format_of(cell, book))
            )
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, ""))
    return ""


def _format_of(cell: Any, book: Any) -> str:
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)
