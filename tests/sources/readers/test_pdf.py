"""A PDF is read page by page, without what every page repeats."""

from collections.abc import Sequence

import pytest

from sources.errors import UnreadableFileError
from sources.reading import make_source, read_bytes
from sources.source import Span, pages_in_words
from tests.sources.readers.drawing import Sheet, draw
from tests.sources.readers.scans import without_ocr


def make_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF of these pages of lines, in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 12 Tf 50 780 Td {drawn} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font"
            f" << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    written, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    start = len(written)
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    written += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    return written.encode("latin-1")


def _words(number: int) -> list[str]:
    return [
        "Ministry report",
        f"Body of part {number} begins here and goes on to the guaran-",
        f"tees that part {number} names.",
        f"Page {number} of 3",
    ]


def test_headers_and_footers_are_dropped_and_broken_words_mended() -> None:
    body = read_bytes(make_pdf([_words(number) for number in (1, 2, 3)]), "a.pdf").body
    assert "Ministry" not in body
    assert "of 3" not in body
    assert "goes on to the guarantees that part 2 names." in body


def test_a_citation_says_the_page() -> None:
    raw = make_pdf([_words(number) for number in (1, 2, 3)])
    _, text = make_source(read_bytes(raw, "a.pdf"), name="a.pdf", origin="a.pdf")
    at = text.content.index("part 3 names")
    assert pages_in_words(text.locators, Span(at, at + 6)) == "p. 3"
    start = text.content.index("part 2 names")
    assert pages_in_words(text.locators, Span(start, at)) == "pp. 2–3"


def test_pages_without_text_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    without_ocr(monkeypatch)
    sheets = [Sheet().text(60, 700, "Some words here."), Sheet().rule(60, 60, 300, 400), Sheet()]
    assert read_bytes(draw(sheets), "a.pdf").problems == ("1 of 3 pages hold no text",)


def test_blank_pages_hide_no_words() -> None:
    assert read_bytes(make_pdf([["Some words here."], []]), "a.pdf").problems == ()
    with pytest.raises(UnreadableFileError, match="blank"):
        read_bytes(make_pdf([[]]), "a.pdf")


def test_a_scan_is_refused_where_nothing_reads_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    without_ocr(monkeypatch)
    with pytest.raises(UnreadableFileError, match="pictures"):
        read_bytes(draw([Sheet().rule(60, 60, 300, 400)]), "a.pdf")
