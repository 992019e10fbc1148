"""OpenDocument texts are read as they show on the page, and what is left out is told."""

import pytest

from sources.errors import UnreadableFileError
from sources.readers.content import Content
from sources.readers.kinds import read_content
from tests.sources.readers.word_files import zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    "".join(
        f' xmlns:{short}="{_OASIS}:{name}:1.0"'
        for short, name in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
            ("draw", "drawing"), ("meta", "meta"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)  # fmt: skip


def odt(body: str, *, styles: str = "", more: str = "", meta: str = "") -> bytes:
    """An OpenDocument text; `styles` are its automatic ones, `more` those of ``styles.xml``."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content{_NAMES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles{_NAMES}>{more}</office:document-styles>",
            "meta.xml": f"<office:document-meta{_NAMES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        }
    )


def read(raw: bytes) -> Content:
    return read_content(raw, "a.odt")


def lines(raw: bytes) -> list[str]:
    return read(raw).body.split("\n\n")


def paragraph(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def items(*content: str, style: str = "L1", more: str = "") -> str:
    inner = "".join(f"<text:list-item>{one}</text:list-item>" for one in content)
    return f'<text:list text:style-name="{style}"{more}>{inner}</text:list>'


def numbers(level: int, numeral: str, more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{numeral}"{more}/>'
    )


def look(name: str, properties: str, family: str = "text") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}">'
        f"<style:text-properties {properties}/></style:style>"
    )


LISTS = (
    '<text:list-style style:name="L1">'
    + numbers(1, "1", ' style:num-prefix="Article " style:num-suffix="."')
    + numbers(2, "1", ' text:display-levels="2"')
    + numbers(3, "a", ' style:num-prefix="(" style:num-suffix=")"')
    + "</text:list-style>"
)


def test_numbers_of_lists_are_counted() -> None:
    inner = items(paragraph("Consult."), items(paragraph("by sea"), paragraph("by land")), style="")
    body = (
        items(paragraph("Borders."), paragraph("Attacks.") + paragraph("More of it.") + inner)
        + paragraph("Between.")
        + items(paragraph("Going on."), more=' text:continue-numbering="true"')
        + items(paragraph("Anew."))
    )
    content = read(odt(body, styles=LISTS))
    assert content.body.split("\n\n") == [
        "Article 1. Borders.",
        "Article 2. Attacks.",
        "More of it.",
        "2.1 Consult.",
        "(a) by sea",
        "(b) by land",
        "Between.",
        "Article 3. Going on.",
        "Article 1. Anew.",
    ]
    assert [(one.kind, one.level, one.label) for one in content.blocks][3:5] == [
        ("item", 2, "2.1"),
        ("item", 3, "(a)"),
    ]


def test_headings_are_numbered_by_the_outline() -> None:
    outline = (
        "<office:styles><text:outline-style>"
        + '<text:outline-level-style text:level="1" style:num-format="I"'
        + ' style:num-prefix="Chapter "/></text:outline-style></office:styles>'
    )
    body = (
        paragraph("The Pact", "Title")
        + '<text:h text:outline-level="1">Financing</text:h>'
        + '<text:h text:outline-level="1">Duration</text:h>'
        + '<text:h text:outline-level="1" text:is-list-header="true">Annex</text:h>'
    )
    content = read(odt(body, more=outline))
    assert content.body.split("\n\n") == [
        "The Pact",
        "Chapter I Financing",
        "Chapter II Duration",
        "Annex",
    ]
    assert {one.kind for one in content.blocks} == {"heading"}
    assert content.fields["title"] == "The Pact"


def test_what_is_deleted_struck_or_hidden_is_left_out_and_told() -> None:
    styles = (
        look("S", 'style:text-line-through-style="solid"')
        + look("H", 'text:display="none"')
        + look("U", 'style:text-position="super 58%"')
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        + paragraph(
            'Gives <text:span text:style-name="S">40</text:span> <text:change'
            ' text:change-id="a"/>55 km<text:span text:style-name="U">2</text:span>'
            '<text:span text:style-name="H"> secretly</text:span>.'
        )
        + '<text:section text:display="none"><text:p>Unseen</text:p></text:section>'
    )
    content = read(odt(body, styles=styles))
    assert content.body == "Gives 55 km²."
    assert content.problems == (
        "1 tracked change read as accepted",
        "2 stretches of hidden text left out",
        "1 stretch of struck text left out",
    )


def test_notes_comments_and_boxes_are_notes() -> None:
    body = (
        paragraph(
            "Sends 900<text:note><text:note-citation>8</text:note-citation><text:note-body>"
            "<text:p>Not yet.</text:p></text:note-body></text:note> men<office:annotation>"
            "<dc:creator>Ann Lee</dc:creator><text:p>Check.</text:p></office:annotation>."
        )
        + "<text:p><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
        "</draw:frame></text:p>"
    )
    content = read(odt(body))
    assert content.body.split("\n\n") == [
        "Sends 900 men.",
        "[8] Not yet.",
        "[comment, Ann Lee] Check.",
        "[text box] In a box.",
    ]
    assert content.body[: content.blocks[1].anchor] == "Sends 900"


def test_fields_links_and_spaces_are_words() -> None:
    body = paragraph(
        'On <text:date>3 May</text:date><text:s text:c="3"/>by <text:a xlink:href="https://'
        'example.org">the\n   Council</text:a>,<text:line-break/>page <text:page-number>3'
        "</text:page-number>."
    )
    assert lines(odt(body)) == ["On 3 May by the Council,\npage ."]


def test_tables_keep_merged_cells_and_tables_within() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{words}</table:table-cell>"

    inner = f"<table:table>{row(cell(paragraph('Lviv')), cell(paragraph('3')))}</table:table>"
    body = (
        "<table:table><table:table-header-rows>"
        + row(cell(paragraph("State")), cell(paragraph("Guns")))
        + "</table:table-header-rows>"
        + row(cell(paragraph("Spain"), 'table:number-rows-spanned="2"'), cell(paragraph("22")))
        + row("<table:covered-table-cell/>", cell(paragraph("140")))
        + row(cell(paragraph("Austria")), cell(inner))
        + "</table:table>"
    )
    assert lines(odt(body)) == [
        "State: Spain | Guns: 22",
        "State: Spain | Guns: 140",
        "State: Austria | Guns: Lviv, 3",
    ]


def test_its_card_is_read_without_the_days_of_saving() -> None:
    meta = (
        "<dc:title>Pact</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator>"
        "<dc:creator>Last Editor</dc:creator><dc:language>uk-UA</dc:language>"
        "<dc:date>2026-01-02T10:00:00</dc:date><meta:keyword>a</meta:keyword>"
    )
    assert read(odt(paragraph("Words."), meta=meta)).fields == {
        "title": "Pact",
        "author": "Ann Lee",
        "language": "uk-UA",
        "tags": ["a"],
    }


def test_a_locked_text_and_another_kind_of_document_are_refused() -> None:
    locked = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<a><manifest:encryption-data/></a>",
            "content.xml": b"\x01\x02",
        }
    )
    sheet = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
    for raw, reason in ((locked, "password"), (sheet, "spreadsheet"), (b"PK\x03\x04x", "damaged")):
        with pytest.raises(UnreadableFileError, match=reason):
            read(raw)
