"""Books are read chapter by chapter, with their notes beside what they belong to."""

from datetime import date

import pytest

from sources.errors import UnreadableFileError
from sources.reading import read_bytes
from tests.sources.readers.word_files import zipped

_META = (
    "<dc:title>The Pact</dc:title><dc:creator id='a'>Ann Lee</dc:creator><dc:creator>Bo Vik"
    "</dc:creator><dc:creator opf:role='ill'>Cy Ray</dc:creator><dc:publisher>North Press"
    "</dc:publisher><dc:language>en</dc:language><dc:date opf:event='modification'>2026-03-04"
    "</dc:date><dc:date>2026-01-02</dc:date><dc:subject>peace</dc:subject>"
)


def epub(*chapters: str, meta: str = _META, more: dict[str, str] | None = None) -> bytes:
    """A book of chapters, whose files are named against their order."""
    names = [f"c{9 - at}.xhtml" for at in range(len(chapters))]
    items = "".join(
        f'<item id="i{one}" href="{one}" media-type="application/xhtml+xml"/>' for one in names
    )
    spine = "".join(f'<itemref idref="i{one}"/>' for one in names)
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container" version="1.0"><rootfiles><rootfile full-path="b/c.opf"'
        ' media-type="application/oebps-package+xml"/></rootfiles></container>',
        "b/c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{meta}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    for name, chapter in zip(names, chapters, strict=True):
        files[f"b/{name}"] = (
            '<html xmlns="http://www.w3.org/1999/xhtml"'
            f' xmlns:epub="http://www.idpf.org/2007/ops"><body>{chapter}</body></html>'
        )
    return zipped({**files, **(more or {})})


def lines(*chapters: str) -> list[str]:
    return read_bytes(epub(*chapters), "a.epub").body.split("\n\n")


def test_chapters_stand_in_the_order_of_reading() -> None:
    read = read_bytes(epub("<h1>One</h1><p>First.</p>", "<h1>Two</h1><p>Next.</p>"), "a.epub")
    assert read.body == "One\n\nFirst.\n\nTwo\n\nNext."
    assert [mark.label for mark in read.locators] == ["One", "Two"]
    assert (read.card.title, read.card.author) == ("The Pact", "Ann Lee; Bo Vik")
    assert (read.card.publisher, read.card.language) == ("North Press", "en")
    assert (read.card.published, read.card.tags) == (date(2026, 1, 2), ("peace",))


def test_notes_that_are_linked_to_are_read_beside_their_sign() -> None:
    assert lines(
        '<p>Sends 900<sup><a href="#n8">8</a></sup> men.</p><p>More.</p>'
        '<div id="n8"><p><a href="#r8">8</a> Not yet.</p></div>'
    ) == ["Sends 900 men.", "[8] Not yet.", "More."]
    assert lines(
        '<p>Sends 900<a href="c8.xhtml#n1">[1]</a> men.</p>',
        '<p>More.</p><ol><li id="n1"><p id="p1">Not yet. <a href="c9.xhtml#r">↩</a></p></li></ol>',
    )[:2] == ["Sends 900 men.", "[1] Not yet."]


def test_notes_of_the_third_edition_are_notes() -> None:
    assert lines(
        '<p>Sends 900<a epub:type="noteref" href="#f">8</a> men.</p>'
        '<aside epub:type="footnote" id="f"><p>Not yet.</p></aside>'
    ) == ["Sends 900 men.", "[1] Not yet."]


def test_lists_tables_and_struck_words() -> None:
    assert lines(
        '<ol start="3" type="a"><li>one<ul><li>inner</li></ul></li><li>two</li></ol>'
        "<table><caption>Pledges</caption><thead><tr><th>State</th><th>Guns</th></tr></thead>"
        '<tbody><tr><td rowspan="2">Spain</td><td>22</td></tr><tr><td>140</td></tr></tbody>'
        "</table><p>Gives <del>40</del> 55.</p>"
    ) == [
        "c. one",
        "• inner",
        "d. two",
        "[caption] Pledges",
        "State: Spain | Guns: 22",
        "State: Spain | Guns: 140",
        "Gives 55.",
    ]


def test_a_book_that_is_locked_is_refused() -> None:
    lock = (
        '<encryption><EncryptedData><EncryptionMethod xmlns="http://www.w3.org/2001/04/xmlenc#"'
        ' Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
    )
    with pytest.raises(UnreadableFileError, match="DRM"):
        read_bytes(epub("<p>x</p>", more={"META-INF/encryption.xml": lock}), "a.epub")


def test_what_a_style_sheet_strikes_raises_or_hides_is_read_as_it_looks() -> None:
    sheet = (
        "/* .plain { display: none } */ .span6, p { text-decoration: line-through }\n"
        ".up { font-size: 0.6em; position: relative; top: -0.33em } .gone {display:none}"
    )
    words = (
        '<p>The fee was <span class="span6">90 crowns</span> 75 crowns for 12'
        ' km<span class="up">2</span><span class="gone">, they lie</span>'
        '<span style="text-decoration: line-through">now</span><span class="plain">.</span></p>'
    )
    read = read_bytes(epub(words, more={"b/s.css": sheet}), "a.epub")
    assert read.body == "The fee was 75 crowns for 12 km²."
    assert read.problems == (
        "1 stretch of hidden text left out",
        "2 stretches of struck text left out",
    )
