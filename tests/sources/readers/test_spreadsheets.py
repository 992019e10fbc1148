"""Spreadsheets and CSV: each row is said with its header, figures as they are shown."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UnreadableFileError
from sources.readers.content import Content
from sources.readers.kinds import read_content
from sources.readers.spreadsheets import shown_number


def blocks_of(content: Content) -> list[tuple[str, str]]:
    return [(one.kind, content.body[one.start : one.end]) for one in content.blocks]


def make_xlsx(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(book: Any) -> None:
    sheet = book.active
    sheet.title = "Pledges"
    sheet.append(["Pledges of the Riga conference"])
    sheet.append(["State", "Year", "Boats", "Share", "Since"])
    sheet.append(["Norland", 2026, 1250, 0.125, datetime(2026, 5, 1)])
    sheet.append([None, 2027, 30, 0.5, date(2027, 1, 2)])
    sheet.append(["Source: Harbour Board"])
    sheet.merge_cells("A3:A4")
    for row in (3, 4):
        sheet.cell(row, 3).number_format = "#,##0"
        sheet.cell(row, 4).number_format = "0.0%"
    other = book.create_sheet("Costs")
    other.append(["Item", "Cost"])
    other.append(["Tug", 2.5])
    other.append(["Sum", "=B2*2"])
    other["B2"].number_format = '"€"#,##0.00'
    secret = book.create_sheet("Draft")
    secret.sheet_state = "hidden"
    secret.append(["Secret", 99])


def test_a_workbook_is_its_sheets_and_rows() -> None:
    content = read_content(make_xlsx(_fill), "a.xlsx")
    assert blocks_of(content) == [
        ("heading", "Pledges"),
        ("paragraph", "Pledges of the Riga conference"),
        ("row", "State: Norland | Year: 2026 | Boats: 1,250 | Share: 12.5% | Since: 2026-05-01"),
        ("row", "State: Norland | Year: 2027 | Boats: 30 | Share: 50.0% | Since: 2027-01-02"),
        ("paragraph", "Source: Harbour Board"),
        ("heading", "Costs"),
        ("row", "Item: Tug | Cost: €2.50"),
        ("paragraph", "Sum"),
    ]
    assert content.problems == (
        "Hidden sheets were not read: “Draft”.",
        "Formulas without a value were left out: 1. Save it in a spreadsheet program.",
    )


@pytest.mark.parametrize(
    ("value", "written", "shown"),
    [
        (1250, "General", "1250"),
        (0.1 + 0.2, "General", "0.3"),
        (0.125, "0%", "12%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1_200_000, '0.0,, "m"', "1.2 m"),
        (5, '#,##0 "EUR"', "5 EUR"),
        (5, "[$€-407]#,##0", "€5"),
        (5, "#,##0 [$zł-415]", "5 zł"),
        (-5, "0;(0)", "-5"),
        (3, "@", "3"),
        (2.50, "0.##", "2.5"),
    ],
)
def test_numbers_are_shown_as_their_format_says(value: float, written: str, shown: str) -> None:
    assert shown_number(value, written) == shown


_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def make_ods(rows: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="Pledges">{rows}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return written.getvalue()


def _cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


def test_an_open_document_is_read_as_it_is_shown() -> None:
    over = 'table:number-rows-spanned="2"'
    rows = (
        f"<table:table-row>{_cell('State')}{_cell('Boats')}</table:table-row>"
        f"<table:table-row>{_cell('Norland', over)}"
        f"{_cell('12 %')}</table:table-row>"
        f"<table:table-row><table:covered-table-cell/>{_cell('7')}"
        '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/>'
        "</table:table-row>"
    )
    assert blocks_of(read_content(make_ods(rows), "a.ods")) == [
        ("heading", "Pledges"),
        ("row", "State: Norland | Boats: 12 %"),
        ("row", "State: Norland | Boats: 7"),
    ]


def test_a_table_that_repeats_without_end_is_refused() -> None:
    row = f'<table:table-row table:number-rows-repeated="999999999">{_cell("x")}</table:table-row>'
    with pytest.raises(UnreadableFileError, match="cells"):
        read_content(make_ods(row), "a.ods")


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
@pytest.mark.parametrize("raw", [b"PK\x03\x04broken", b"words", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_spreadsheet_is_refused(name: str, raw: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_content(raw, name)


@pytest.mark.parametrize(
    "written",
    [
        "State,Boats,Since\nNorland,300,2026-05-01\nCastria,0,\n",
        "State;Boats;Since\r\nNorland;300;2026-05-01\r\nCastria;0;\r\n",
        "sep=;\nState;Boats;Since\nNorland;300;2026-05-01\nCastria;0;\n",
        '\ufeffState\tBoats\tSince\nNorland\t300\t"2026-05-01"\nCastria\t0\t\n',
    ],
)
def test_csv_of_any_kind_is_rows_with_their_header(written: str) -> None:
    assert blocks_of(read_content(written.encode(), "a.csv")) == [
        ("row", "State: Norland | Boats: 300 | Since: 2026-05-01"),
        ("row", "State: Castria | Boats: 0"),
    ]


def test_a_quoted_cell_keeps_its_signs_and_lines() -> None:
    written = 'State,Remark\nNorland,"paid, in\nfull; ""at once"""\n'
    assert blocks_of(read_content(written.encode(), "a.csv")) == [
        ("row", 'State: Norland | Remark: paid, in full; "at once"')
    ]


def test_figures_are_no_header_and_years_may_be() -> None:
    assert blocks_of(read_content(b"Norland,300\nCastria,20\n", "a.csv")) == [
        ("row", "Norland | 300"),
        ("row", "Castria | 20"),
    ]
    assert blocks_of(read_content(b"State,2025,2026\nNorland,3,4\n", "a.csv")) == [
        ("row", "State: Norland | 2025: 3 | 2026: 4")
    ]


@given(st.lists(st.lists(st.text('ab1;,"\n ', max_size=6), max_size=4), max_size=6))
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    written = "\n".join(",".join(row) for row in rows)
    content = read_content(f"Head,Second\n{written}".encode(), "a.csv")
    assert "Second" in content.body


def make_xls(fill: Callable[[Any], None]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    fill(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill_old(book: Any) -> None:
    import xlwt

    sheet = book.add_sheet("Pledges")
    for column, label in enumerate(("State", "Boats", "Share", "Since")):
        sheet.write(0, column, label)
    sheet.write_merge(1, 2, 0, 0, "Norland")
    for row, (boats, share, since) in enumerate(
        [(1250, 0.125, date(2026, 5, 1)), (30, 0.5, date(2027, 1, 2))], start=1
    ):
        sheet.write(row, 1, boats, xlwt.easyxf(num_format_str="#,##0"))
        sheet.write(row, 2, share, xlwt.easyxf(num_format_str="0.0%"))
        sheet.write(row, 3, since, xlwt.easyxf(num_format_str="d/m/yyyy"))
    draft = book.add_sheet("Draft")
    draft.visibility = 1
    draft.write(0, 0, "Secret")


def test_an_old_workbook_is_read_as_those_of_today() -> None:
    content = read_content(make_xls(_fill_old), "a.xls")
    assert blocks_of(content) == [
        ("heading", "Pledges"),
        ("row", "State: Norland | Boats: 1,250 | Share: 12.5% | Since: 2026-05-01"),
        ("row", "State: Norland | Boats: 30 | Share: 50.0% | Since: 2027-01-02"),
    ]
    assert content.problems == ("Hidden sheets were not read: “Draft”.",)


def test_a_damaged_old_workbook_is_refused() -> None:
    raw = make_xls(_fill_old)
    for damaged in (raw[:1000], raw[:512] + bytes(len(raw) - 512), b"\xd0\xcf\x11\xe0" * 500):
        with pytest.raises(UnreadableFileError, match="damaged"):
            read_content(damaged, "a.xls")
    with pytest.raises(UnreadableFileError, match="whatever its name says"):
        read_content(make_xlsx(_fill), "a.xls")
