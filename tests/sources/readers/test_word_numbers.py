"""The numbers that Word writes before paragraphs are read as marks, counted as Word counts."""

import pytest

from tests.sources.readers.test_docx import kinds, lines, read
from tests.sources.readers.word_files import (
    level,
    numbered,
    numbering,
    paragraph,
    styled,
    word_file,
)

ARTICLES = numbering(
    {
        0: level(0, "Article %1.")
        + level(1, "%1.%2")
        + level(2, "(%3)", "lowerLetter")
        + level(3, "(%4)", "lowerRoman")
    },
    {1: 0},
)


def test_numbers_that_word_writes_are_read_as_marks() -> None:
    body = "".join(
        numbered(words, 1, at)
        for at, words in (
            (0, "The borders stand."),
            (1, "No threats."),
            (2, "by land;"),
            (3, "with tanks;"),
            (2, "by sea."),
            (1, "No blockades."),
            (0, "They consult."),
            (1, "In Geneva."),
            (2, "in spring."),
        )
    )
    content = read(word_file(body, numbering=ARTICLES))
    assert content.body.split("\n\n") == [
        "Article 1. The borders stand.",
        "1.1 No threats.",
        "(a) by land;",
        "(i) with tanks;",
        "(b) by sea.",
        "1.2 No blockades.",
        "Article 2. They consult.",
        "2.1 In Geneva.",
        "(a) in spring.",
    ]
    assert kinds(content)[:3] == [("item", 1, "Article 1."), ("item", 2, "1.1"), ("item", 3, "(a)")]


def test_a_list_begins_anew_where_it_is_told_to_and_goes_on_elsewhere() -> None:
    restarted = (
        '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride>"
    )
    replaced = (
        '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "§ %1")
        + "</w:lvlOverride>"
    )
    lists = numbering({0: level(0, "%1)")}, {1: 0, 2: 0, 3: restarted, 4: replaced})
    body = "".join(numbered("x", number) for number in (1, 1, 2, 3, 3, 1, 4))
    assert lines(word_file(body, numbering=lists)) == [
        "1) x", "2) x", "3) x", "5) x", "6) x", "7) x", "§ 8 x",
    ]  # fmt: skip


def test_a_level_may_count_on_through_the_levels_above() -> None:
    levels = level(0, "Part %1", "upperRoman") + level(
        1, "Art. %2", more='<w:lvlRestart w:val="0"/>'
    )
    body = "".join(numbered("x", 1, at) for at in (0, 1, 1, 0, 1))
    assert lines(word_file(body, numbering=numbering({0: levels}, {1: 0}))) == [
        "Part I x", "Art. 1 x", "Art. 2 x", "Part II x", "Art. 3 x",
    ]  # fmt: skip


def test_legal_numbers_are_written_in_figures_only() -> None:
    levels = level(0, "Chapter %1", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")
    body = "".join(numbered("x", 1, at) for at in (0, 0, 0, 0, 1))
    marks = lines(word_file(body, numbering=numbering({0: levels}, {1: 0})))
    assert marks[3:] == ["Chapter IV x", "4.1 x"]


@pytest.mark.parametrize(
    ("numeral", "number", "written"),
    [
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 49, "xlix"),
        ("decimalZero", 7, "07"),
        ("ordinal", 22, "22nd"),
        ("russianLower", 3, "в"),
    ],
)
def test_numerals_of_every_kind(numeral: str, number: int, written: str) -> None:
    lists = numbering({0: level(0, "%1)", numeral, start=number)}, {1: 0})
    assert lines(word_file(numbered("x", 1), numbering=lists)) == [f"{written}) x"]


def test_numbers_in_words_are_read_as_figures_and_told() -> None:
    lists = numbering({0: level(0, "Section %1", "cardinalText")}, {1: 0})
    content = read(word_file(numbered("x", 1), numbering=lists))
    assert content.body == "Section 1 x"
    assert content.problems == ("1 kind of number that is written in words was read as figures",)


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/>'
    '<w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/>'
    "</w:rPr></w:style>"
)
CHAPTERS = numbering(
    {
        0: level(0, "Chapter %1", "upperRoman", more='<w:pStyle w:val="H1"/>')
        + level(1, "%1.%2", more='<w:pStyle w:val="Clause"/>')
    },
    {1: 0},
)


def test_styles_number_headings_and_clauses() -> None:
    body = (
        styled("Pact of Lviv", "Title")
        + styled("Financing", "H1")
        + styled("Each State pays.", "Clause")
        + styled("Duration", "Kapitel")
        + styled("Five years.", "Clause")
        + paragraph(
            "Unnumbered",
            properties='<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>',
        )
        + paragraph("Annex", properties='<w:outlineLvl w:val="1"/>')
        + paragraph("No heading", properties='<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>')
    )
    content = read(word_file(body, styles=STYLES, numbering=CHAPTERS))
    assert content.fields["title"] == "Pact of Lviv"
    assert content.body.split("\n\n") == [
        "Pact of Lviv",
        "Chapter I Financing",
        "I.1 Each State pays.",
        "Chapter II Duration",
        "II.1 Five years.",
        "Unnumbered",
        "Annex",
        "Chapter III No heading",
    ]
    assert [(kind, at) for kind, at, _ in kinds(content)] == [
        ("heading", 1), ("heading", 1), ("item", 2), ("heading", 1), ("item", 2), ("heading", 1),
        ("heading", 2), ("item", 1),
    ]  # fmt: skip


def test_a_clause_in_a_heading_s_style_is_no_heading() -> None:
    words = "Each Party that is told of an attack shall call the others within a day, by any means."
    content = read(word_file(styled(words, "H1"), styles=STYLES, numbering=CHAPTERS))
    assert kinds(content) == [("item", 1, "Chapter I")]


def test_an_article_s_number_alone_on_its_line_is_read() -> None:
    body = numbered("", 1) + paragraph("Borders", properties="") + numbered("", 1)
    assert lines(word_file(body, numbering=ARTICLES)) == ["Article 1.", "Borders", "Article 2."]


def test_bullets_are_dots_and_dashes() -> None:
    symbol = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    lists = numbering(
        {0: level(0, "§", "bullet").replace("</w:lvl>", symbol + "</w:lvl>"),
         1: level(0, "–", "bullet")},
        {1: 0, 2: 1},
    )  # fmt: skip
    body = numbered("one", 1) + numbered("two", 2)
    assert lines(word_file(body, numbering=lists)) == ["• one", "– two"]
