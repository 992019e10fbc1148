"""Presentations are read slide by slide, each under its title."""

from sources.readers.content import Content
from sources.readers.kinds import read_content
from tests.sources.readers.word_files import zipped

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' xmlns:r="{_OFFICE}"'
)


def relations(*of: tuple[str, str, str]) -> str:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{what}" Target="{target}"/>'
        for name, what, target in of
    )
    return f'<Relationships xmlns="{kind}">{inner}</Relationships>'


def run(words: str, properties: str = "") -> str:
    return f"<a:r><a:rPr {properties}/><a:t>{words}</a:t></a:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<a:p>{properties}{inner}</a:p>"


def shape(*paragraphs: str, place: str | None = None) -> str:
    mark = "" if place is None else f'<p:ph type="{place}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:cNvSpPr/><p:nvPr>{mark}</p:nvPr>'
        f"</p:nvSpPr><p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"
    )


def deck(*slides: str, notes: str = "") -> bytes:
    """A presentation of slides, each the XML of its shapes; `notes` are of the first one."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation{_NAMES}><p:sldIdLst>"
        # The order is that of the list, not of the names.
        + "".join(f'<p:sldId id="{at}" r:id="s{at}"/>' for at in range(len(slides)))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"s{at}", "slide", f"slides/slide{9 - at}.xml") for at in range(len(slides)))
        ),
    }
    for at, one in enumerate(slides):
        hidden, _, shapes = one.rpartition("|")
        files[f"ppt/slides/slide{9 - at}.xml"] = (
            f"<p:sld{_NAMES} {hidden}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        )
    if notes:
        files["ppt/slides/_rels/slide9.xml.rels"] = relations(
            ("n", "notesSlide", "../notesSlides/n.xml")
        )
        files["ppt/notesSlides/n.xml"] = (
            f"<p:notes{_NAMES}><p:cSld><p:spTree>{notes}</p:spTree></p:cSld></p:notes>"
        )
    return zipped(files)


def read(raw: bytes) -> Content:
    return read_content(raw, "a.pptx")


def lines(raw: bytes) -> list[str]:
    return read(raw).body.split("\n\n")


def test_slides_stand_under_their_titles_with_the_speaker_s_notes() -> None:
    title = shape(paragraph("Air de", "fence"), place="title")
    body = shape(paragraph("Six batteries"), place="body")
    number = shape(paragraph("12"), place="sldNum")
    notes = shape(paragraph("Say that it is not settled.")) + number
    content = read(deck(body + title + number, shape(paragraph("A box.")), notes=notes))
    assert content.body.split("\n\n") == [
        "Air defence",
        "• Six batteries",
        "[speaker's notes] Say that it is not settled.",
        "Slide 2",
        "A box.",
    ]
    assert [one.label for one in content.locators] == ["Air defence", "Slide 2"]


def test_numbers_of_lists_are_counted() -> None:
    letters = '<a:pPr lvl="1"><a:buAutoNum type="alphaLcParenBoth"/></a:pPr>'
    figures = '<a:pPr><a:buAutoNum type="arabicPeriod" startAt="3"/></a:pPr>'
    body = shape(
        paragraph("one", properties=figures),
        paragraph("sub", properties=letters),
        paragraph("sub", properties=letters),
        paragraph("two", properties=figures),
        paragraph("plain", properties="<a:pPr><a:buNone/></a:pPr>"),
        place="body",
    )
    assert lines(deck(body))[1:] == ["3. one", "(a) sub", "(b) sub", "4. two", "plain"]


def test_raised_and_struck_words_are_apart() -> None:
    words = paragraph(
        "900", run("8", 'baseline="30000"'), " men on 5 km", run("2", 'baseline="30000"'),
        run(" today", 'strike="sngStrike"'), ".",
    )  # fmt: skip
    content = read(deck(shape(words)))
    assert content.body == "Slide 1\n\n900 men on 5 km²."
    assert content.problems == (
        "1 stretch of struck text left out",
        "1 raised sign left out, with no note in the file: 8",
    )


def test_tables_groups_and_merged_cells() -> None:
    def cell(words: str, more: str = "") -> str:
        return f"<a:tc {more}><a:txBody>{paragraph(words)}</a:txBody></a:tc>"

    table = (
        '<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>'
        + f"<a:tr>{cell('State')}{cell('Place')}</a:tr>"
        + "<a:tr>"
        + cell("Spain", "rowSpan='2'")
        + cell("Lviv")
        + "</a:tr>"
        + "<a:tr>"
        + cell("", "vMerge='1'")
        + cell("Odesa")
        + "</a:tr>"
        + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    assert lines(deck(f"<p:grpSp>{table}{shape(paragraph('In a group.'))}</p:grpSp>")) == [
        "Slide 1",
        "State: Spain | Place: Lviv",
        "State: Spain | Place: Odesa",
        "In a group.",
    ]


def test_hidden_slides_are_left_out_and_told() -> None:
    content = read(deck('show="0"|' + shape(paragraph("Secret.")), shape(paragraph("Open."))))
    assert content.body == "Slide 2\n\nOpen."
    assert content.problems == ("1 hidden slide left out",)
