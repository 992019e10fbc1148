"""Files made to break readers cost themselves alone: a clear reason, and the batch goes on."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.confined import ConfinedReader
from sources.errors import UnreadableFileError
from sources.readers.pandoc import read_tree
from sources.reading import Reading, read_bytes
from sources.source import Span
from tests.sources.readers.drawing import Sheet, draw
from tests.sources.readers.test_epub import epub
from tests.sources.readers.test_kinds import PAGE
from tests.sources.readers.test_odt import odt
from tests.sources.readers.test_pdf import make_pdf
from tests.sources.readers.test_pptx import deck, shape
from tests.sources.readers.test_pptx import paragraph as a_line
from tests.sources.readers.test_spreadsheets import make_ods, make_xlsx
from tests.sources.readers.word_files import cell, paragraph, table, word_file, zipped

MEMORY = 1024**3


def make_docx(*, document: bytes | None = None) -> bytes:
    """A Word document of two paragraphs; `document` replaces its main part."""
    written, result = io.BytesIO(), io.BytesIO()
    made = docx.Document()
    made.add_heading("Minutes")
    made.add_paragraph("They met in Geneva and signed nothing.")
    made.save(written)
    if document is None:
        return written.getvalue()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(result, "w") as new:
        for part in old.infolist():
            content = document if part.filename == "word/document.xml" else old.read(part)
            new.writestr(part, content, compress_type=zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _paragraph(words: str, *, doctype: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{space}"><w:body><w:p><w:r>'
        f"<w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    ).encode()


def make_locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([["Secret words."]]))))
    writer.encrypt("password", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def make_pdf_bomb(megabytes: int) -> bytes:
    """A small PDF whose page unpacks to so many megabytes of drawing."""
    packer = zlib.compressobj(9)
    piece = b"(x) Tj " * 149_797
    packed = b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
    plain = make_pdf([["PLACE"]])
    begin = plain.index(b"<< /Length")
    end = plain.index(b"endstream", begin)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    return plain[:begin] + head + packed + b"\n" + plain[end:]


def read_or_reason(reader: ConfinedReader, raw: bytes, name: str) -> Reading | str:
    """What the file holds, or why it was refused."""
    try:
        return reader.read(raw, name)
    except UnreadableFileError as error:
        return str(error)


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    with ConfinedReader(seconds_per_file=20, memory_bytes=MEMORY) as reader:
        yield reader


def test_a_locked_pdf_says_so(reader: ConfinedReader) -> None:
    with pytest.raises(UnreadableFileError, match="password"):
        reader.read(make_locked_pdf(), "a.pdf")


@pytest.mark.long
def test_a_document_that_would_unpack_to_gigabytes_is_refused(reader: ConfinedReader) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"word/{number}.xml", bytes(64 * 1024**2))
    with pytest.raises(UnreadableFileError, match="unpack"):
        reader.read(bomb.getvalue(), "a.docx")


@pytest.mark.long
def test_a_document_that_lies_about_its_size_is_refused(reader: ConfinedReader) -> None:
    raw = bytearray(make_docx(document=_paragraph("x" * 300_000_000)))
    true_size = len(_paragraph("x" * 300_000_000)).to_bytes(4, "little")
    assert true_size in raw
    lying = bytes(raw).replace(true_size, (100).to_bytes(4, "little"))
    with pytest.raises(UnreadableFileError):
        reader.read(lying, "a.docx")
    assert reader.read(b"Words.", "a.txt").body == "Words."


def test_no_entity_of_a_document_brings_a_file_in(reader: ConfinedReader, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    raw = make_docx(document=_paragraph("Words &e; here.", doctype=doctype))
    read = read_or_reason(reader, raw, "a.docx")
    assert "the secret" not in (read if isinstance(read, str) else read.body)


def test_entities_that_multiply_are_refused_or_stay_small(reader: ConfinedReader) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    raw = make_docx(document=_paragraph("&j;", doctype=f"<!DOCTYPE x [{entities}]>"))
    read = read_or_reason(reader, raw, "a.docx")
    assert len(read if isinstance(read, str) else read.body) < 10_000
    assert reader.read(b"Words.", "a.txt").body == "Words."


def test_entities_in_other_office_files_are_refused_or_stay_small(reader: ConfinedReader) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    bomb = f"<!DOCTYPE x [{entities}]>"
    for raw, name in (
        (zipped({"content.xml": f"{bomb}<x>&j;</x>"}), "a.odt"),
        (zipped({"ppt/presentation.xml": f"{bomb}<x>&j;</x>"}), "a.pptx"),
        (epub(f"{bomb}<p>Words &j;</p>"), "a.epub"),
    ):
        read = read_or_reason(reader, raw, name)
        assert len(read if isinstance(read, str) else read.body) < 10_000


def test_notes_that_hold_themselves_end() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    raw = word_file(
        paragraph("They met.", reference),
        footnotes=f'<w:footnote w:id="2">{paragraph("Again.", reference)}</w:footnote>',
    )
    assert read_bytes(raw, "a.docx").body.startswith("They met.\n\n[1] Again.")


def test_cells_that_claim_millions_of_columns_stay_few() -> None:
    wide = cell("a", properties='<w:gridSpan w:val="99999999"/>')
    read = read_bytes(word_file(table(wide, cell("b") + cell("c"))), "a.docx")
    assert len(read.body) < 1_000


def test_pandoc_is_stopped_after_its_time() -> None:
    with pytest.raises(UnreadableFileError, match="was stopped"):
        read_tree(b"{\\rtf1 words}", source_format="rtf", name="a.rtf", seconds=0)


def test_pandoc_reaches_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    page = f'<p>Words</p><iframe src="{tmp_path}/secret.txt"></iframe>'.encode()
    tree = read_tree(page, source_format="html", name="a.html")
    assert "secret" not in str(tree.blocks).replace("secret.txt", "")


@pytest.mark.long
def test_pandoc_gets_so_much_memory() -> None:
    page = b"<p>" + b"word " * 8_000_000
    with pytest.raises(UnreadableFileError, match="too much"):
        read_tree(page, source_format="html", name="a.html", seconds=300)


@pytest.mark.long
def test_a_pdf_whose_page_unpacks_without_end_is_stopped(reader: ConfinedReader) -> None:
    with pytest.raises(UnreadableFileError):
        reader.read(make_pdf_bomb(1_500), "a.pdf")
    assert reader.read(b"Words.", "a.txt").body == "Words."


def _crowded_pdfs() -> Iterator[bytes]:
    """Small files whose pages hold more letters, lines or columns than any page does."""
    many = "(x) Tj 1 0 Td " * 60_000
    yield make_pdf([["PLACE"]]).replace(b"(PLACE) Tj", many.encode())
    lines = " ".join(f"{x} 0 m {x} 800 l 0 {x} m 600 {x} l" for x in range(600))
    crowded = Sheet().text(10, 10, "Some words of a map.")
    crowded.drawn += [f"{lines} S"] * 40
    yield draw([crowded])
    points = Sheet().lines(60, 790, ["word"] * 700, pitch=1.1, size=1)
    points.drawn += [f"{40 + number % 9} {number % 790} 3 3 re f" for number in range(9_000)]
    yield draw([points])
    scattered = Sheet()
    for number in range(6_000):
        scattered.text(number * 7919 % 590, number * 104_729 % 790, "ab", size=2)
    yield draw([scattered])
    yield draw([Sheet().text(60, 700, "^9^" * 30_000)])
    yield draw([Sheet().text(1e7 * number, -1e9, "far", size=1e5) for number in range(9)])


@pytest.mark.long
def test_crowded_pages_stay_within_the_limits(reader: ConfinedReader) -> None:
    for raw in _crowded_pdfs():
        read = read_or_reason(reader, raw, "a.pdf")
        assert not isinstance(read, str) or "holds no" in read, read
    assert reader.read(b"Words.", "a.txt").body == "Words."


def test_a_form_that_holds_itself_ends(reader: ConfinedReader) -> None:
    raw = make_pdf([["Some words here."]])
    raw = raw.replace(b"/Resources <<", b"/Resources << /XObject << /X 6 0 R >>", 1)
    raw = raw.replace(b"ET", b"ET /X Do", 1).replace(
        b"xref",
        b"6 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X"
        b" 6 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream\nendobj\nxref",
        1,
    )
    assert "Some words here." in str(read_or_reason(reader, raw, "a.pdf"))


@pytest.mark.long
def test_deeply_nested_markup_breaks_nothing(reader: ConfinedReader) -> None:
    for raw, name in (
        (b"<div>" * 100_000 + b"words of a page", "a.html"),
        (b"> " * 50_000 + b"words", "a.md"),
        (b"[" * 200_000, "b.md"),
        (b"<table>" * 50_000 + b"words", "d.md"),
        (b"<b>" * 100_000 + b"words", "e.md"),
        (b"+++\na = " + b"[" * 15_000 + b"\n+++\nwords", "f.md"),
        (b"|a" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n|b", "g.md"),
        (b'"' * 300_000, "a.csv"),
        (b"a," * 500_000, "b.csv"),
        (b"00:00:01.000 --> 00:00:02.000\n<v <v <v " * 20_000, "a.vtt"),
        (make_xlsx(lambda book: book.active.append(["words"]))[:-200], "a.xlsx"),
        (b"---\na: " + b"[" * 15_000 + b"\n---\nwords", "c.md"),
        (b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 100_000, "a.eml"),
        (b"<html><body>" + b"<ul><li>" * 700 + b"words", "b.html"),
        (
            b"<table><tr><td rowspan=65534 colspan=1000>a" + b"<tr><td colspan=999>x" * 2_000,
            "c.html",
        ),
        (b"<p>" + "“".encode() * 300_000, "d.html"),
        (b"Subject: x\n\n" + b">" * 300_000 + b" words", "b.eml"),
        (b"Subject: x\n\n" + b"On 5 Jun 2026, A wrote:\n" * 5_000, "c.eml"),
        (b"Subject: x\n\n" + b"From: A\nDate: 5 Jun 2026\n\n" * 5_000, "d.eml"),
        (b"From a 1:11\nSubject: x\n\nwords\n\n" * 2_000, "a.mbox"),
    ):
        read_or_reason(reader, raw, name)
    assert reader.read(b"Words.", "a.txt").body == "Words."


def test_an_alias_bomb_in_a_card_stays_small(reader: ConfinedReader) -> None:
    lines = ["a0: &a0 [lol, lol]"] + [
        f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]" for number in range(1, 12)
    ]
    card = "\n".join([*lines, "tags: *a11"])
    read = reader.read(f"---\n{card}\n---\nWords.".encode(), "a.md")
    assert (read.body, read.card.tags) == ("Words.", ())


_SEEDS = {
    "a.odt": odt(
        "<text:p>They met in Geneva.</text:p><text:list><text:list-item><text:p>One"
        "</text:p></text:list-item></text:list>"
    ),
    "a.rtf": rb"{\rtf1\ansi They met {\b in} Gen\'e8ve.\par{\listtext 1.\tab}\ls1 One\par}",
    "a.epub": epub("<h1>Head</h1><p>They met.</p>"),
    "a.pptx": deck(shape(a_line("They met."), place="title") + shape(a_line("One"), place="body")),
    "a.docx": make_docx(),
    "a.pdf": make_pdf([["Ministry report", "The guaran-", "tees of part one."], ["Part two."]]),
    "a.html": PAGE,
    "a.eml": b"Subject: Draft\nFrom: a@b.org\nContent-Type: text/html\n\n<p>Some words here.</p>",
    "b.html": b"<table><caption>C</caption><tr><th rowspan=2>A<th>B<tr><td>1<sup>a</sup></table>"
    b"<ol type=a><li>x<ul><li>y</ul></ol><p>9<sup><a href='#n'>1</a></sup></p><p id=n>1 note</p>",
    "b.eml": b"Subject: Re\nFrom: a@b.org\n\nNew.\n\nOn 5 Jun 2026 at 17:02, K N <k@n.org> wrote:\n"
    b"> Old words\n> go on.\n>> Older.\n\n-----Original Message-----\nFrom: X\nSent: 1 May 2026\n",
    "a.mbox": b"From a@b Fri Mar 12 08:10:00 2027\nFrom: a@b.org\nSubject: S\n\nWords here.\n",
    "a.mht": b"Subject: P\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    b"Content-Type: text/html\n\n<p>Some words here.</p>\n--b--\n",
    "a.md": b"---\ntitle: T\npublished: 2025-12-22\n---\n# Head\n\nWords and more words.",
    "b.md": b"+++\ntitle = 'T'\n+++\n| A |\n|---|\n| 2[^1] |\n\n> - a\n\n[^1]: N <b>o</b>",
    "a.csv": b'State;Boats\nNorland;300\n"Castria, old";20\n',
    "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Words.\n\n00:03.000 --> 00:04.000\nMore",
    "a.xlsx": make_xlsx(lambda book: book.active.append(["Norland", 0.5])),
    "a.ods": make_ods(
        "<table:table-row><table:table-cell><text:p>Words</text:p></table:table-cell>"
        "</table:table-row>"
    ),
}
_changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6
)


@cache
def _reader_of_all_examples() -> ConfinedReader:
    # Starting a reading process takes longer than reading; it ends with this one.
    return ConfinedReader(seconds_per_file=20, memory_bytes=MEMORY)


@pytest.mark.long
@settings(max_examples=600)
@given(st.sampled_from(sorted(_SEEDS)), _changes)
def test_a_damaged_file_is_read_into_exact_slices_or_refused(
    name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    raw = _SEEDS[name]
    for place, removed, put in changes:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + removed :]
    read = read_or_reason(_reader_of_all_examples(), raw, name)
    if isinstance(read, str):
        assert "broke the reader" not in read
        assert "stopped" not in read
        return
    assert read.body
    assert all(Span(*span).of(read.body).strip() for span in read.sentences)
    assert all(0 <= mark.start < len(read.body) for mark in read.locators)


def test_scripts_and_handlers_are_no_part_of_a_page() -> None:
    page = PAGE.replace(
        b"<h1>", b"<script>steal()</script><img src=x onerror='steal()'><style>a{}</style><h1>"
    )
    assert "steal" not in read_bytes(page, "page.html").body
