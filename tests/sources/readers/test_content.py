"""What readers hand over: blocks that are exact slices, and sentences that stay within them."""

import io
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from sources.catalogue import Catalogue
from sources.entries import Arrival
from sources.readers.content import Builder, Content, normalise
from sources.reading import hash_text, make_source, read_bytes
from sources.sentences import find_sentences
from sources.source import Sentence as Span
from sources.source import Text, pages_in_words


def words_of(content: Content) -> list[str]:
    return [content.body[block.start : block.end] for block in content.blocks]


def sentences_of(content: Content) -> list[str]:
    found = find_sentences(content.body, locators=content.locators, blocks=content.blocks)
    return [span.of(content.body) for span in found]


def test_each_row_says_what_its_cells_are() -> None:
    builder = Builder()
    builder.table(
        [["2026", "2,500", "€5"], ["2027", "3,500", ""], ["", "", ""]],
        header=["", "Drones", "Cost:"],
    )
    content = builder.content()
    assert words_of(content) == ["2026 | Drones: 2,500 | Cost: €5", "2027 | Drones: 3,500"]
    assert [
        [content.body[start:end] for _, start, end in block.cells] for block in content.blocks
    ] == [["2026", "2,500", "€5"], ["2027", "3,500"]]


def test_nothing_is_taken_for_a_header_that_is_none() -> None:
    builder = Builder()
    builder.table([["Year", "Drones"], ["2026", "2,500"]])
    assert words_of(builder.content()) == ["Year | Drones", "2026 | 2,500"]


def test_labels_above_no_words_are_a_row() -> None:
    builder = Builder()
    builder.table([["2026"]], header=["Year", "Drones"])
    builder.table([["1", "", "2"]], header=["Head", "Second", ""])
    assert words_of(builder.content()) == ["Year | Drones", "2026", "Second", "Head: 1 | 2"]


def test_a_header_alone_is_a_row() -> None:
    builder = Builder()
    builder.table([], header=["Year", "Drones"])
    assert words_of(builder.content()) == ["Year | Drones"]


def test_every_kind_of_block_begins_with_its_mark() -> None:
    builder = Builder()
    builder.page("7")
    builder.heading("Chapter I", level=2)
    builder.paragraph("They met.  ")
    builder.note("See the letter.", "3", anchor=builder.reached)
    builder.item("The parties shall meet.", "2.1", level=2)
    builder.field("State:", "Luxembourg")
    builder.quoted("We ask for nine.", whose="Karel Novy, 5 June 2026")
    builder.paragraph("")
    content = builder.content()
    assert words_of(content) == [
        "Chapter I",
        "They met.",
        "[3] See the letter.",
        "2.1 The parties shall meet.",
        "State: Luxembourg",
        "We ask for nine.",
    ]
    assert [(block.kind, block.level, block.label) for block in content.blocks] == [
        ("heading", 2, ""),
        ("paragraph", 0, ""),
        ("note", 0, "3"),
        ("item", 2, "2.1"),
        ("field", 0, "State"),
        ("quoted", 1, "Karel Novy, 5 June 2026"),
    ]
    assert content.blocks[2].anchor == content.body.index("met.") + 4
    assert pages_in_words(content.locators, Span(0, 5)) == "p. 7"


def test_sentences_stay_within_their_blocks() -> None:
    builder = Builder()
    builder.heading("What was agreed. And what was not")
    builder.paragraph("They agreed on the army")
    builder.item("The parties meet. They vote.", "1.")
    builder.item("Nobody left.", "2.")
    builder.table([["Lviv. Oblast", "5"]], header=["Where", "Guns"])
    assert sentences_of(builder.content()) == [
        "What was agreed. And what was not",
        "They agreed on the army",
        "1. The parties meet.",
        "They vote.",
        "2. Nobody left.",
        "Where: Lviv. Oblast | Guns: 5",
    ]


def test_a_page_that_begins_within_a_paragraph_is_where_it_begins() -> None:
    builder = Builder()
    builder.page("1")
    builder.paragraph("They met and left.", pages=[(9, "2")])
    content = builder.content()
    at = content.body.index("left")
    assert pages_in_words(content.locators, Span(at, at + 4)) == "p. 2"


def test_blocks_are_kept_with_their_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Minutes", level=1)
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("Year", "Drones"), ("2026", "2,500")), strict=True):
        row.cells[0].text, row.cells[1].text = words
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    file = io.BytesIO()
    document.save(file)
    reading = read_bytes(file.getvalue(), "table.docx")
    assert reading.body == "Minutes\n\nYear: 2026 | Drones: 2,500"
    source, text = make_source(reading, name="table.docx", origin="table.docx")
    with_catalogue = Catalogue(tmp_path / "library.sqlite3")
    with_catalogue.register.enter([Arrival(source, text, hash_text("x"), 1)])
    kept = with_catalogue.text(source.slug)
    with_catalogue.close()
    assert kept == text
    at = text.content.index("2,500")
    found = kept.block_at(at)
    assert found is not None
    assert [text.content[start:end] for _, start, end in found.cells] == ["2026", "2,500"]
    assert kept.block_at(text.content.index("\n")) is None


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


_SAID = st.text(max_size=40)


@given(
    st.lists(
        st.tuples(st.sampled_from(["heading", "paragraph", "item", "quoted"]), _SAID), max_size=8
    ),
    st.lists(st.lists(_SAID, min_size=2, max_size=2), max_size=3),
    st.one_of(st.none(), st.lists(_SAID, min_size=2, max_size=2)),
)
def test_blocks_and_sentences_are_exact_slices_of_any_words(
    said: list[tuple[str, str]], rows: list[list[str]], header: list[str] | None
) -> None:
    builder = Builder()
    for kind, words in said:
        getattr(builder, kind)(words)
    builder.table(rows, header=header)
    content = builder.content()
    assert content.body == normalise(content.body)
    sentences = find_sentences(content.body, locators=content.locators, blocks=content.blocks)
    text = Text(content.body, sentences, content.locators, content.blocks)
    for sentence in text.sentences:
        block = text.block_at(sentence.start)
        assert block is not None
        assert sentence.end <= block.end
