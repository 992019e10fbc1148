"""RTF is read whole: its numbers, notes, other alphabets and merged cells."""

import pytest

from sources.errors import UnreadableFileError
from sources.readers.kinds import read_content

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset238 Arial CE;}"
    r"{\f3\fcharset2 Symbol;}}"
)


def rtf(body: str) -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{body}}}".encode("latin-1")


def lines(body: str) -> list[str]:
    return read_content(rtf(body), "a.rtf").body.split("\n\n")


def test_numbers_of_lists_are_read_as_they_are_written() -> None:
    content = read_content(
        rtf(
            r"\pard{\listtext\pard\plain Article 2.\tab}\ls1\ilvl0 They consult.\par"
            r"\pard{\listtext\pard\plain (b)\tab}\ls1\ilvl1 By sea.\par"
            r"\pard{\listtext\pard\plain\f3 \'b7\tab}\ls2\ilvl0 A point.\par"
            r"\pard Words.\par"
        ),
        "a.rtf",
    )
    assert content.body.split("\n\n") == [
        "Article 2. They consult.",
        "(b) By sea.",
        "• A point.",
        "Words.",
    ]
    assert [(one.kind, one.level, one.label) for one in content.blocks] == [
        ("item", 1, "Article 2."),
        ("item", 2, "(b)"),
        ("item", 1, "•"),
        ("paragraph", 0, ""),
    ]


def test_other_alphabets_are_those_of_their_fonts() -> None:
    assert lines(r"A {\f1 \'cf\'f0\'e8\'e2\'b3\'f2} {\f2 \'b9\'ea} \u8364\'80 5.\par") == [
        "A Привіт ąę € 5."
    ]
    assert lines(r"\uc2 \u1042??\u1110??\u1085??!\par{\uc0 \u1042 }a") == ["Він!", "Вa"]


def test_a_document_in_the_alphabet_of_its_system_is_read_so() -> None:
    raw = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}} \'cf\'f0\'e8\'e2\'b3\'f2\par}"
    assert read_content(raw, "a.rtf").body == "Привіт"


def test_notes_comments_boxes_and_page_headers_are_notes() -> None:
    assert lines(
        r"{\header\pard Council document 7719/26\par}{\footer\pard Page 3\par}"
        r"Sent 900{\super\chftn}{\*\footnote\pard{\super\chftn} Not yet.} men"
        r"{\*\atnid AB}{\*\atnauthor Ann Lee}\chatn{\*\annotation\pard Check this.}.\par"
        r"{\shp{\*\shpinst{\shptxt\pard In a box.\par}}{\shprslt\pard In a box.\par}}\par"
    ) == [
        "Sent 900 men.",
        "[1] Not yet.",
        "[comment, Ann Lee] Check this.",
        "[text box] In a box.",
        "[page header] Council document 7719/26",
    ]


def test_hidden_struck_and_deleted_words_are_left_out_and_told() -> None:
    content = read_content(
        rtf(r"Gives {\strike 40} {\deleted 45}{\revised 55} tents{\v  secretly}.\par"), "a.rtf"
    )
    assert content.body == "Gives 55 tents."
    assert content.problems == (
        "2 tracked changes read as accepted",
        "1 stretch of hidden text left out",
        "1 stretch of struck text left out",
    )


def test_merged_cells_stand_in_each_row_and_heads_before_each_cell() -> None:
    assert lines(
        r"\trowd\trhdr\cellx100\cellx200\pard\intbl State\cell Guns\cell\row"
        r"\trowd\clvmgf\cellx100\cellx200\pard\intbl Spain\cell 22\cell\row"
        r"\trowd\clvmrg\cellx100\cellx200\pard\intbl\cell 140\cell\row"
        r"\trowd\clmgf\cellx100\clmrg\cellx200\pard\intbl All of them\cell\cell\row\pard"
    ) == ["State: Spain | Guns: 22", "State: Spain | Guns: 140", "All of them"]


def test_its_card_is_read() -> None:
    content = read_content(
        rtf(r"{\info{\title Pact}{\author Ann Lee}{\keywords a; b}}Words.\par"), "a.rtf"
    )
    assert content.fields == {"title": "Pact", "author": "Ann Lee", "tags": ["a", "b"]}


def test_bytes_of_pictures_are_no_words() -> None:
    raw = rb"{\rtf1 They {\pict\bin6 }}}}}}} met.\par{\pict\pngblip 89504e47}}"
    content = read_content(raw, "a.rtf")
    assert content.body == "They met."
    assert content.problems == ("2 pictures not read",)


def test_what_is_no_rtf_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="not an RTF"):
        read_content(b"plain words", "a.rtf")


def test_a_line_s_end_after_a_control_word_costs_no_word() -> None:
    assert lines("\\pard{\\loch\nThe mission began}{\\loch\n in May}.\\par") == [
        "The mission began in May."
    ]


def test_how_one_style_looks_is_not_taken_for_another_s() -> None:
    styles = (
        r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\ilvl0\outlinelevel0\b heading 1;}"
        r"{\*\cs16\snext16\super Footnote Anchor;}{\s2\strike Old;}}"
    )
    content = read_content(
        rtf(rf"{styles}\pard\s1\outlinelevel0\b Pledges\par\pard\s2 Norden gives 40.\par"), "a.rtf"
    )
    assert [(one.kind, one.level) for one in content.blocks] == [("heading", 1), ("paragraph", 0)]
    assert content.body == "Pledges\n\nNorden gives 40."
    assert content.problems == ()


def test_notes_in_tables_leave_the_rows_whole() -> None:
    content = read_content(
        rtf(
            r"\pard One{\super\chftn{\footnote\pard Note of one.}}.\par"
            r"\trowd\cellx10\cellx20\pard\intbl Norden\cell\pard\intbl 400"
            r"{\super\chftn{\*\footnote\pard\plain Half of them.}}"
            r"{\super\chftn{\*\footnote\pard\plain In May.}}\cell\row"
            r"\trowd\cellx10\cellx20\pard\intbl Suden{\*\atnauthor Ola}"
            r"{\*\annotation\pard Is that so?}\cell\pard\intbl 70\cell\row"
            r"\pard Two{\super\chftn{\footnote\pard Note of two.}}.\par"
        ),
        "a.rtf",
    )
    assert content.body.split("\n\n") == [
        "One.",
        "[1] Note of one.",
        "Norden | 400",
        "[2] Half of them.",
        "[3] In May.",
        "Suden | 70",
        "[comment, Ola] Is that so?",
        "Two.",
        "[4] Note of two.",
    ]
