"""Tables as text: a row can be read alone where the table says what its header is."""

import io

import docx
import pytest
from docx.oxml import OxmlElement

from sources.readers.tables import table_in_words
from sources.reading import read_bytes


def test_each_row_says_what_its_cells_are() -> None:
    rows = [["", "Drones", "Cost:"], ["2026", "2,500", "€5"], ["2027", "3,500", ""], ["", "", ""]]
    assert table_in_words(rows, has_header=True) == (
        "2026 | Drones: 2,500 | Cost: €5\n\n2027 | Drones: 3,500"
    )


@pytest.mark.parametrize(
    ("rows", "has_header"),
    [([["Year", "Drones"], ["2026", "2,500"]], False), ([["Year", "Drones"], ["2026"]], True)],
)
def test_nothing_is_taken_for_a_header_that_is_none(
    rows: list[list[str]], has_header: bool
) -> None:
    assert table_in_words(rows, has_header=has_header) == "\n".join(map(" | ".join, rows))


def test_the_rows_of_a_web_page_are_sentences_of_their_own() -> None:
    page = (
        "<html><body><article><h1>Drones for Ukraine</h1><p>They voted on Monday by 312 to 187 to"
        " send drones to Ukraine over two years, and nobody spoke against it.</p><table><tr>"
        "<th>Year</th><th>Drones</th></tr><tr><td>2026</td><td>2,500</td></tr><tr><td>2027</td>"
        "<td>3,500</td></tr></table></article></body></html>"
    )
    read = read_bytes(page.encode(), "page.html")
    assert [read.body[start:end] for start, end in read.sentences][-2:] == [
        "Year: 2026 | Drones: 2,500",
        "Year: 2027 | Drones: 3,500",
    ]


def test_a_word_table_has_a_header_where_word_repeats_it() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("Year", "Drones"), ("2026", "2,500")), strict=True):
        row.cells[0].text, row.cells[1].text = words
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    file = io.BytesIO()
    document.save(file)
    assert read_bytes(file.getvalue(), "table.docx").body == "Year: 2026 | Drones: 2,500"
