"""Every kind of file becomes one exact text, or is refused with the reason."""

import io
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UnreadableFileError
from sources.reading import read_bytes, readable_kinds
from sources.source import Span

PAGE = (
    b'<html lang="uk-UA"><head><title>T</title><meta property="og:site_name" content="Site">'
    b'<meta property="article:published_time" content="2025-12-22T10:00:00Z"></head><body>'
    b"<nav><a href='/'>Home</a></nav><article><h1>Talks</h1><p>The delegation returned from "
    b"the meetings with a framework, and it went on to say a few more words about it.</p>"
    b"<script>alert(1)</script></article></body></html>"
)


def test_an_html_page_is_its_article_with_the_card_it_declares() -> None:
    read = read_bytes(PAGE, "page.html")
    assert "framework" in read.body
    assert "Home" not in read.body
    assert "alert" not in read.body
    assert (read.card.publisher, read.card.published) == ("Site", date(2025, 12, 22))
    assert read.card.language == "uk"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.md", b"---\ntitle: T\nurl: '%s'\n---\nThey met."),
        ("link.html", PAGE.replace(b"<title>", b'<link rel="canonical" href="%s"><title>')),
        ("og.html", PAGE.replace(b"<title>", b'<meta property="og:url" content="%s"><title>')),
        ("base.html", PAGE.replace(b"<title>", b'<base href="%s"><title>')),
    ],
)
@pytest.mark.parametrize(
    "address",
    [b"javascript:alert(1)", b" JAVA\tSCRIPT:alert(1)", b"data:text/html,x", b"//example.org/x"],
)
def test_a_file_s_address_that_must_not_be_linked_to_is_not_taken_over(
    name: str, raw: bytes, address: bytes
) -> None:
    card = read_bytes(raw.replace(b"%s", address), name).card
    assert card.url is None or card.url.startswith("https://example.org/")


def test_a_file_s_address_that_is_left_out_is_told() -> None:
    read = read_bytes(b"---\nurl: JavaScript:alert(1)\n---\nThey met.", "a.md")
    assert read.card.url is None
    assert read.problems == (
        "The address that it gives was left out: only http, https and mailto are linked to:"
        " 'JavaScript:alert(1)'",
    )


def test_a_word_document_keeps_headings_lists_and_tables() -> None:
    document = docx.Document()
    document.add_heading("Minutes", level=1)
    document.add_paragraph("They met.")
    document.add_paragraph("First item", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "troops", "800,000"
    file = io.BytesIO()
    document.save(file)
    read = read_bytes(file.getvalue(), "minutes.docx")
    assert read.body == "Minutes\n\nThey met.\n\n• First item\n\ntroops | 800,000"
    assert [(mark.kind, mark.label) for mark in read.locators] == [("heading", "Minutes")]


def test_an_email_gives_its_subject_sender_and_day() -> None:
    raw = (
        b"Subject: Draft\nFrom: A <a@example.org>\nDate: Mon, 22 Dec 2025 10:00:00 +0100\n\nWords."
    )
    read = read_bytes(raw, "mail.eml")
    assert read.body == "Words."
    assert (read.card.title, read.card.published) == ("Draft", date(2025, 12, 22))


def test_another_encoding_is_detected() -> None:
    words = "Привіт, світе. Це текст українською мовою, і він досить довгий."
    assert read_bytes(words.encode("cp1251"), "x.txt").body == words


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.pdf", b"\x89PNG\r\n", "PNG picture"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.docx", b"PK\x03\x04broken", "damaged"),
        ("a.txt", b"", "empty"),
        ("a.eml", b"no headers here", "no headers"),
        ("a.exe", b"x", "kind"),
        ("a.doc", b"\xd0\xcf\x11\xe0", r"save it as \.docx"),
        ("a.ppt", b"\xd0\xcf\x11\xe0", r"save it as \.pptx"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str, raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        read_bytes(raw, name)


@given(st.binary(max_size=300), st.sampled_from(sorted(set(readable_kinds()) - {".pdf"})))
def test_any_bytes_are_read_into_exact_slices_or_refused(raw: bytes, ending: str) -> None:
    try:
        read = read_bytes(raw, f"name{ending}")
    except UnreadableFileError:
        return
    assert all(Span(*span).of(read.body).strip() for span in read.sentences)
    assert all(0 <= mark.start < len(read.body) for mark in read.locators)
