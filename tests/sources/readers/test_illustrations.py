"""Only pictures that may stand for words count as words that were not read."""

import pytest

from sources.problems import known, unread
from sources.readers.illustrations import in_cm, kind_of_picture
from sources.readers.kinds import read_content
from tests.sources.readers.test_epub import epub
from tests.sources.readers.test_odt import odt
from tests.sources.readers.test_rtf import rtf
from tests.sources.readers.word_files import paragraph, run, word_file


@pytest.mark.parametrize(
    ("wide", "high", "said", "kind"),
    [
        (None, None, None, "pictures"),
        (16.0, 9.0, "", "pictures"),
        (16.0, 9.0, "image1.png", "pictures"),
        (16.0, 9.0, "A close-up of a boat. Description automatically generated", "pictures"),
        (16.0, 9.0, "Table of pledges by state", "pictures"),
        (3.0, 2.0, "Таблиця внесків", "pictures"),
        (16.0, 9.0, "Two pilots on the quay of Ravenport", "illustrations"),
        (3.0, 3.0, None, "illustrations"),
        (16.0, 1.2, None, "illustrations"),
    ],
)
def test_size_and_description_tell_what_a_picture_is(
    wide: float | None, high: float | None, said: str | None, kind: str
) -> None:
    assert kind_of_picture(wide, high, said) == kind


def test_lengths_are_read_in_every_unit() -> None:
    assert [in_cm(one) for one in ("2cm", "25 mm", "1in", "72pt", "96px", "96", "50%", None)] == [
        2.0, 2.5, 2.54, 2.54, 2.54, 2.54, None, None,
    ]  # fmt: skip


def _drawn(cm: float, said: str) -> str:
    placed = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    emu = round(360_000 * cm)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{placed}"><wp:extent cx="{emu}" cy="{emu}"/>'
        f'<wp:docPr id="1" name="P" descr="{said}"/><pic:pic/></wp:inline></w:drawing></w:r>'
    )


@pytest.mark.parametrize(
    ("cm", "said", "expected"),
    [
        (12, "", "1 picture not read"),
        (2, "", "1 small or described picture left out"),
        (12, "The quay of Ravenport", "1 small or described picture left out"),
    ],
)
def test_pictures_of_office_files_are_told_apart(cm: int, said: str, expected: str) -> None:
    frame = (
        f'<text:p>Words <draw:frame xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:'
        f'svg-compatible:1.0" svg:width="{cm}cm" svg:height="{cm}cm"><draw:image/>'
        f"<svg:desc>{said}</svg:desc></draw:frame></text:p>"
    )
    for raw, name in (
        (word_file(paragraph(run("Words"), _drawn(cm, said))), "a.docx"),
        (odt(frame), "a.odt"),
    ):
        content = read_content(raw, name)
        assert content.problems == (expected,)
        assert bool(unread(known(content.problems))) == ("not read" in expected)


def test_pictures_of_rtf_and_books_are_told_apart() -> None:
    sized = r"{\pict\picwgoal%d\pichgoal%d 0102}\pard Words.\par"
    assert read_content(rtf(sized % (9000, 6000)), "a.rtf").problems == ("1 picture not read",)
    small = ("1 small or described picture left out",)
    assert read_content(rtf(sized % (900, 600)), "a.rtf").problems == small
    book = epub('<p>Words <img src="a.png" alt="The quay of Ravenport"/></p>')
    assert read_content(book, "a.epub").problems == small


def test_pictures_of_a_page_count_where_it_hardly_has_words() -> None:
    page = "<html><body><article><h1>Statement</h1><p>The statement of the board.</p>%s</article>"
    bare = page % '<img src="a.png">'
    assert unread(read_content(bare.encode(), "a.html").problems)
    for harmless in (
        page % '<img src="a.png" width="32" height="32">',
        page % '<img src="a.png" alt="The board on the quay">',
        page % "<figure><img src=a.png><figcaption>The board.</figcaption></figure>",
        page % ('<img src="a.png"><p>' + "The board met again and spoke of boats. " * 12 + "</p>"),
    ):
        assert unread(read_content(harmless.encode(), "a.html").problems) == ()
