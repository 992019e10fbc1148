"""Word documents are read as they show on the page, and what is left out is told."""

from collections.abc import Sequence

import pytest

from sources.errors import UnreadableFileError
from sources.readers.content import Content
from sources.readers.kinds import read_content
from tests.sources.readers.word_files import (
    cell,
    paragraph,
    run,
    table,
    word_file,
    zipped,
)

INSERTED = '<w:ins w:id="1" w:author="R. Voss">{}</w:ins>'
DELETED = '<w:del w:id="2" w:author="R. Voss"><w:r><w:delText>{}</w:delText></w:r></w:del>'
RAISED = '<w:vertAlign w:val="superscript"/>'


STYLES = (
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/>'
    "</w:rPr></w:style>"
)


def read(raw: bytes) -> Content:
    return read_content(raw, "a.docx")


def lines(raw: bytes) -> list[str]:
    """The document's blocks, one a line."""
    return read(raw).body.split("\n\n")


def kinds(content: Content) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.label) for block in content.blocks]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    body = (
        paragraph("Canada sends ", DELETED.format("40"), INSERTED.format(run("65")), " men.")
        + paragraph("Ends here", properties='<w:rPr><w:del w:id="4" w:author="V"/></w:rPr>')
        + paragraph(" and goes on.")
        + table(cell("kept") + cell("1"), cell("gone") + cell("2")).replace(
            '<w:tr><w:tc><w:tcPr></w:tcPr><w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">gone',
            '<w:tr><w:trPr><w:del w:id="9" w:author="V"/></w:trPr><w:tc><w:tcPr></w:tcPr><w:p>'
            '<w:pPr></w:pPr><w:r><w:t xml:space="preserve">gone',
        )
    )
    content = read(word_file(body))
    assert content.body.split("\n\n") == [
        "Canada sends 65 men.",
        "Ends here and goes on.",
        "kept | 1",
    ]
    assert content.problems == ("4 tracked changes read as accepted",)


FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
    + run(" Not yet ratified.")
    + '</w:p></w:footnote><w:footnote w:id="3">'
    + paragraph("First part.")
    + paragraph("Second part.")
    + "</w:footnote>"
)


def note(kind: str, number: int, more: str = "") -> str:
    return f'<w:r>{"<w:rPr>" + RAISED + "</w:rPr>"}<w:{kind}Reference w:id="{number}"{more}/></w:r>'


def test_notes_are_kept_beside_the_sentence_that_they_belong_to() -> None:
    body = paragraph("Norway sends 900", note("footnote", 2), " men", note("footnote", 3), ".")
    content = read(word_file(body, footnotes=FOOTNOTES))
    assert content.body.split("\n\n") == [
        "Norway sends 900 men.",
        "[1] Not yet ratified.",
        "[2] First part.",
        "[2] Second part.",
    ]
    assert [content.body[: block.anchor] for block in content.blocks[1:]] == [
        "Norway sends 900",
        "Norway sends 900 men",
        "Norway sends 900 men",
    ]


def test_a_note_s_own_mark_is_its_sign() -> None:
    marked = note("footnote", 2, ' w:customMarkFollows="1"').replace(
        "</w:r>", "<w:t>**</w:t></w:r>"
    )
    body = paragraph("900", marked, " men", note("footnote", 3))
    assert lines(word_file(body, footnotes=FOOTNOTES))[:3] == [
        "900 men", "[**] Not yet ratified.", "[1] First part.",
    ]  # fmt: skip


def test_comments_are_notes_and_told() -> None:
    comment = '<w:comment w:id="0" w:author="M. Byrne">' + paragraph("Withdrawn.") + "</w:comment>"
    body = paragraph("Ireland offers 60.", '<w:r><w:commentReference w:id="0"/></w:r>')
    content = read(word_file(body, comments=comment))
    assert content.body == "Ireland offers 60.\n\n[comment, M. Byrne] Withdrawn."
    assert content.problems == ("1 comment is read as a note",)


@pytest.mark.parametrize(
    ("before", "raised", "read_as", "told"),
    [
        ("1500", "4", "1500 men", True),
        ("area of 5 km", "2", "area of 5 km² men", False),
        ("2 × 10", "6", "2 × 10⁶ men", False),
        ("the 5", "th", "the 5th men", False),
        ("le 1", "er", "le 1er men", False),
        ("M", "me", "Mme men", False),
        ("word", "a", "word men", True),
        ("word", "2, 3", "word men", True),
        ("Brand", "TM", "Brand™ men", False),
    ],
)
def test_raised_characters_are_signs_exponents_or_endings(
    before: str, raised: str, read_as: str, told: bool
) -> None:
    content = read(word_file(paragraph(before, run(raised, RAISED), " men")))
    assert content.body == read_as
    assert bool(content.problems) == told


def test_lowered_characters_stay_where_they_are() -> None:
    lowered = run("2", '<w:vertAlign w:val="subscript"/>')
    assert lines(word_file(paragraph("CO", lowered, " falls."))) == ["CO2 falls."]


def test_a_note_that_is_typed_by_hand_is_read_as_one() -> None:
    body = (
        paragraph("Sweden lends 250", run("7", RAISED), " tents.")
        + paragraph("More is said.")
        + paragraph(run("7", RAISED), " See the letter of 3 May.")
    )
    content = read(word_file(body))
    assert content.body.split("\n\n") == [
        "Sweden lends 250 tents.", "[7] See the letter of 3 May.", "More is said.",
    ]  # fmt: skip
    assert content.problems == ()


def test_struck_and_hidden_words_are_left_out_and_told() -> None:
    body = paragraph(
        "Denmark gives ", run("40", "<w:strike/>"), " 55 tents", run(" secretly", "<w:vanish/>"),
        run(" today", '<w:rStyle w:val="Secret"/>'), ".",
    )  # fmt: skip
    content = read(word_file(body, styles=STYLES))
    assert content.body == "Denmark gives 55 tents."
    assert content.problems == (
        "1 stretch of hidden text left out",
        "1 stretch of struck text left out",
    )


def test_fields_show_their_results_and_controls_their_words() -> None:
    def field(instruction: str, result: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    waiting = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        paragraph("It costs ", field(" DOCPROPERTY cost ", "3 million"), ".")
        + paragraph(
            "In ", f'<w:smartTag w:uri="x" w:element="y">{run("Kyiv")}</w:smartTag>',
            f"<w:sdt><w:sdtContent>{run(', in May')}</w:sdtContent></w:sdt>",
            f"<w:sdt>{waiting}<w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>", ".",
        )
        + paragraph(box, " agreed")
        + paragraph(field(' TOC \\o "1-3" ', "Duration 7"))
        + f'<w:sdt><w:sdtContent>{table(cell("a") + cell("b"))}</w:sdtContent></w:sdt>'
    )  # fmt: skip
    content = read(word_file(body))
    assert content.body.split("\n\n") == [
        "It costs 3 million.", "In Kyiv, in May.", "☒ agreed", "a | b",
    ]  # fmt: skip
    assert content.problems == ("1 table of contents left out",)


def test_text_boxes_are_notes_and_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('It carries 2.4 million tonnes.')}</w:txbxContent>"
    drawn = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}'
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    content = read(word_file(paragraph("Key facts", drawn, ".")))
    assert content.body == "Key facts.\n\n[text box] It carries 2.4 million tonnes."


def test_page_headers_that_say_something_are_notes() -> None:
    page = '<w:fldSimple w:instr=" PAGE ">' + run("3") + "</w:fldSimple>"
    raw = word_file(
        paragraph("They met."),
        header1=paragraph("Council document 7719/26, limited"),
        footer1=paragraph("Page ", page),
    )
    assert lines(raw) == ["They met.", "[page header] Council document 7719/26, limited"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [cell("State") + cell("Guns"), cell("Spain") + cell("22")],
            ["State: Spain | Guns: 22"],
            id="words above figures are a head",
        ),
        pytest.param(
            [cell("Name") + cell("Ann Lee"), cell("Post") + cell("Minister")],
            ["Name | Ann Lee", "Post | Minister"],
            id="names and values have no head",
        ),
        pytest.param(
            [
                cell(paragraph(run("State", "<w:b/>"))) + cell(paragraph(run("Place", "<w:b/>"))),
                cell("Spain") + cell("Lviv"),
            ],
            ["State: Spain | Place: Lviv"],
            id="a bold first row is a head",
        ),
        pytest.param(
            [
                cell("State") + cell("Guns"),
                cell("Spain", properties='<w:vMerge w:val="restart"/>') + cell("22"),
                cell("", properties="<w:vMerge/>") + cell("140"),
                cell("All of them", properties='<w:gridSpan w:val="2"/>'),
            ],
            ["State: Spain | Guns: 22", "State: Spain | Guns: 140", "All of them"],
            id="merged cells stand in each row",
        ),
        pytest.param(
            [cell("Boxed words.", "Another paragraph.")],
            ["Boxed words.", "Another paragraph."],
            id="a table of one cell is a box",
        ),
        pytest.param(
            [
                cell("State") + cell("Hospitals, 2026"),
                cell("Austria")
                + cell(table(cell("Lviv") + cell("3"), cell("Odesa") + cell("5")), paragraph("")),
            ],
            ["State | Hospitals, 2026", "Austria | Lviv, 3", "Austria | Odesa, 5"],
            id="rows of a table in a table keep what stands beside it",
        ),
    ],
)
def test_tables(rows: Sequence[str], expected: Sequence[str]) -> None:
    assert lines(word_file(table(*rows))) == expected


def test_a_footnote_in_a_table_follows_its_row() -> None:
    noted = cell(paragraph("900", note("footnote", 2)))
    raw = word_file(table(cell("a") + noted, cell("b") + cell("7")), footnotes=FOOTNOTES)
    assert lines(raw) == ["a | 900", "[1] Not yet ratified.", "b | 7"]


def test_a_formula_is_told() -> None:
    formula = "<m:oMath><m:r><m:t>E=m</m:t></m:r></m:oMath>"
    content = read(word_file(paragraph("It is ", formula, ".")))
    assert content.body == "It is E = m."
    assert content.problems == ("1 formula read as TeX",)


def test_a_file_of_another_kind_is_told_as_what_it_is() -> None:
    odt = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    for raw, reason in ((odt, "an OpenDocument text"), (b"{\\rtf1 x}", "an RTF document")):
        with pytest.raises(UnreadableFileError, match=reason):
            read(raw)


def test_documents_in_strict_open_xml_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml"
    raw = zipped(
        {
            "_rels/.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/"
            f"relationships'><Relationship Id='a' Type='{strict}/officeDocument/relationships/"
            "officeDocument' Target='word/document.xml'/></Relationships>",
            "word/document.xml": f"<w:document xmlns:w='{strict}/wordprocessingml/main'><w:body>"
            "<w:p><w:r><w:t>They met.</w:t></w:r></w:p></w:body></w:document>",
        }
    )
    assert lines(raw) == ["They met."]
