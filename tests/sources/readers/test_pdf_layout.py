"""Columns, notes, margins, tables and headings of a PDF are told apart by where they stand."""

from collections.abc import Sequence

import pytest

from sources.errors import UnreadableFileError
from sources.reading import Reading, read_bytes
from sources.source import Block
from tests.sources.readers.drawing import Sheet, draw
from tests.sources.readers.scans import without_ocr


def _read(*sheets: Sheet) -> Reading:
    return read_bytes(draw(sheets), "a.pdf")


def _blocks(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, reading.body[block.start : block.end]) for block in reading.blocks]


def _kind(reading: Reading, kind: str) -> list[str]:
    return [words for found, words in _blocks(reading) if found == kind]


def _block(reading: Reading, words: str) -> Block:
    return next(b for b in reading.blocks if words in reading.body[b.start : b.end])


_LEFT = [
    "The harbour board of Pärnu met on",
    "11 May 2026 and decided to lease",
    "three dredgers to the port until",
    "the channel is free of mines. The",
    "lease costs 70,000 euros.",
]
_MIDDLE = [
    "Fishermen of the island refused",
    "the closing of the bay. They said",
    "that nobody had heard them before",
    "and want to be paid for the loss",
    "of 40 days at sea.",
]
_RIGHT = [
    "The mayor answered that the bay",
    "would be closed on weekdays only",
    "and that all boats may leave the",
    "old harbour before six o'clock on",
    "every day until autumn.",
]


@pytest.mark.parametrize("shift", [0, 5])
def test_columns_drawn_row_by_row_are_read_one_after_the_other(shift: int) -> None:
    sheet = Sheet().text(60, 760, "Harbour gazette", size=18)
    for number, (left, right) in enumerate(zip(_LEFT, _RIGHT, strict=True)):
        sheet.text(60, 720 - 14 * number, left).text(320, 720 - shift - 14 * number, right)
    sheet.text(
        60, 620, "The board meets again in June, when the first report on the works is due, and"
    )
    sheet.text(60, 606, "publishes its minutes on the same day in the town hall.")
    assert _blocks(_read(sheet)) == [
        ("heading", "Harbour gazette"),
        ("paragraph", " ".join(_LEFT)),
        ("paragraph", " ".join(_RIGHT)),
        (
            "paragraph",
            "The board meets again in June, when the first report on the works is due, and"
            " publishes its minutes on the same day in the town hall.",
        ),
    ]


def test_a_sentence_runs_on_from_column_to_column() -> None:
    first, second = _LEFT[:3], [*_LEFT[3:], *_RIGHT[:1]]
    sheet = Sheet()
    for number in range(3):
        sheet.text(40, 720 - 14 * number, first[number])
        sheet.text(230, 720 - 14 * number, second[number], size=11)
        sheet.text(420, 720 - 14 * number, _MIDDLE[number], size=10)
    body = _read(sheet).body
    assert "until the channel is free of mines." in body
    assert "Fishermen of the island refused the closing of the bay." in body


def test_the_order_of_drawing_is_not_trusted() -> None:
    sheet = Sheet()
    for number in (3, 0, 4, 2, 1):
        sheet.text(60, 700 - 14 * number, _LEFT[number])
    assert _read(sheet).body == " ".join(_LEFT)


def test_signs_of_notes_never_touch_words_or_numbers() -> None:
    sheet = Sheet().lines(
        60,
        700,
        [
            "Latvia sends 900^8^ engineers to the coast,^9^ who clear an area of 45 km^2^ by",
            "the end of May*^†^ and return in the autumn of the same year, as was agreed.",
        ],
    )
    sheet.lines(
        60,
        100,
        ["^8^ Of whom 60 are reserves.", "^9^ Between the two capes,", "as the map shows."],
        size=8,
        pitch=10,
    )
    sheet.text(60, 60, "^†^ Weather permitting.", size=8)
    reading = _read(sheet)
    assert _blocks(reading) == [
        (
            "paragraph",
            "Latvia sends 900 engineers to the coast, who clear an area of 45 km² by the end of"
            " May* and return in the autumn of the same year, as was agreed.",
        ),
        ("note", "[8] Of whom 60 are reserves."),
        ("note", "[9] Between the two capes, as the map shows."),
        ("note", "[†] Weather permitting."),
    ]
    anchors = [block.anchor for block in reading.blocks if block.kind == "note"]
    assert [reading.body[: anchor or 0].split()[-1] for anchor in anchors] == [
        "900",
        "coast,",
        "May*",
    ]


def test_a_sentence_over_the_page_break_is_joined_around_the_notes() -> None:
    one = Sheet().lines(
        60, 760, ["The patrols at sea consist of nine vessels of four states and shall begin"]
    )
    one.lines(
        60,
        90,
        ["4 See the letter of the port captain, page 2.", "5 Without tugs, which the"],
        size=8,
        pitch=10,
    )
    two = Sheet().lines(
        60, 760, ["their rounds in June. The captain reports to the board at the end of each week."]
    )
    reading = _read(one, two)
    assert _blocks(reading) == [
        (
            "paragraph",
            "The patrols at sea consist of nine vessels of four states and shall begin their rounds"
            " in June. The captain reports to the board at the end of each week.",
        ),
        ("note", "[4] See the letter of the port captain, page 2."),
        ("note", "[5] Without tugs, which the"),
    ]
    note = _block(reading, "[4]")
    pages = [mark for mark in reading.locators if mark.start <= note.start]
    assert pages[-1].label == "1"


def _chapters() -> list[Sheet]:
    sheets = []
    for page in range(6):
        head = ("The coast", "The islands", "The rivers")[page // 2]
        sheet = Sheet().text(60, 785, f"{page // 2 + 1}. {head}", size=9)
        sheet.text(540, 785, str(page + 21), size=9)
        sheet.lines(
            60,
            740,
            [
                f"Station {'ABCDEF'[page]} has seen storms and ice in this winter and reports that",
                f"its {page + 3} boats were out for {page * 7 + 5} nights. Its crew asks the board",
                f"for {page + 2} more boats and for a new lamp, and will be heard in the spring by",
            ],
        )
        sheets.append(sheet)
    return sheets


def test_running_heads_that_change_by_chapter_are_dropped() -> None:
    reading = _read(*_chapters())
    assert "heard in the spring by Station B has seen" in reading.body
    assert not any(word in reading.body for word in ("coast", "islands", "rivers", "22"))
    assert reading.problems == ()


def test_feet_of_a_page_number_alone_are_dropped() -> None:
    sheets = []
    for number, roman in enumerate(("iii", "iv", "v", "vi")):
        sheet = Sheet().lines(
            60, 740, [f"and the words of part {'abcd'[number]} run on and on for so", "long as"]
        )
        sheets.append(sheet.text(295, 40, f"– {roman} –"))
    assert _read(*sheets).body == " ".join(
        f"and the words of part {letter} run on and on for so long as" for letter in "abcd"
    )


def test_rows_that_differ_in_more_than_the_page_number_are_never_dropped() -> None:
    sheets, number = [], 0
    for _ in range(5):
        sheet = Sheet()
        for row in range(6):
            number += 1
            sheet.text(
                60,
                780 - 20 * row,
                f"Week {number}: {number * 3} ships and {number % 4} ferries passed.",
            )
        sheets.append(sheet)
    body = _read(*sheets).body
    assert [week for week in range(1, 31) if f"Week {week}: {week * 3} ships" not in body] == []


def test_heads_that_come_back_nowhere_are_kept_apart() -> None:
    sheets = []
    for letter in "ABCD":
        sheet = Sheet().text(60, 790, f"Entry {letter * 3}", size=8)
        sheet.lines(
            60,
            740,
            [
                f"of the year, register {letter} lists all boats of the coast, and the",
                f"{letter} harbours as they stood at the end",
            ],
        )
        sheets.append(sheet)
    reading = _read(*sheets)
    assert _kind(reading, "note") == [f"[page head] Entry {letter * 3}" for letter in "ABCD"]
    assert "A harbours as they stood at the end of the year, register B" in reading.body


def test_a_head_in_another_font_is_no_part_of_a_sentence() -> None:
    sheets = []
    for number, head in enumerate(("Financing", "Command", "Borders", "Prisoners")):
        sheet = Sheet(maps="slanted").text(60, 790, f"Chapter {number + 1} {head}")
        sheet.maps = ""
        sheet.lines(
            60,
            740,
            [
                f"of the year {2020 + number * 3} the donors have covered its cost, and will do",
                f"so for {number + 5} years more, until the summer",
            ],
        )
        sheets.append(sheet)
    reading = _read(*sheets)
    assert "until the summer of the year 2023" in reading.body
    assert _kind(reading, "note")[1] == "[page head] Chapter 2 Command"


@pytest.mark.parametrize(("step", "side"), [(1, 30), (5, 30), (1, 560)])
def test_numbers_of_lines_stand_apart_from_the_words(step: int, side: int) -> None:
    words = [*_LEFT, *_MIDDLE, *_RIGHT, *_LEFT, *_MIDDLE]
    sheet = Sheet()
    for number, line in enumerate(words, start=1):
        sheet.text(60, 760 - 16 * number, line)
        if number % step == 0:
            sheet.text(side, 760 - 16 * number, str(number), size=8)
    reading = _read(sheet)
    assert " ".join(reading.body.split()) == " ".join(words)
    assert reading.problems == (f"left out of the margin: {25 // step} numbers of lines",)


def test_line_numbers_of_several_digits_that_begin_in_one_place_are_found() -> None:
    sheet = Sheet()
    for number, line in enumerate([*_LEFT, *_MIDDLE, *_RIGHT]):
        sheet.text(60, 760 - 16 * number, line).text(36, 760 - 16 * number, str(number + 4))
    assert _read(sheet).problems == ("left out of the margin: 15 numbers of lines",)


def test_the_first_letter_of_a_name_marks_no_item() -> None:
    sheet = Sheet().lines(60, 700, ["For the board:", "A. Tamm, captain"], pitch=30)
    assert _kind(_read(sheet), "item") == []
    sheet = (
        Sheet()
        .text(60, 700, "A.")
        .text(90, 700, "Boats")
        .text(60, 680, "B.")
        .text(90, 680, "Crews")
    )
    assert _kind(_read(sheet), "item") == ["A. Boats", "B. Crews"]


def test_a_numbered_list_of_rows_keeps_its_numbers() -> None:
    sheet = Sheet()
    for number, port in enumerate(("Narva", "Paldiski", "Virtsu", "Kuressaare", "Heltermaa"), 1):
        sheet.text(40, 700 - 16 * number, str(number)).text(90, 700 - 16 * number, port)
        sheet.text(300, 700 - 16 * number, str(number * 40))
    assert _kind(_read(sheet), "row")[1] == "2 | Paldiski | 80"


_HEADER = ("Port", "Cranes", "Depth (m)")
_PORTS = [
    ("Narva", "4", "7.5"),
    ("Paldiski", "12", "14.0"),
    ("Virtsu", "none", "5.0"),
    ("Kuressaare", "3", "–"),
]


def _port_rows(sheet: Sheet, y: float, rows: Sequence[Sequence[str]]) -> Sheet:
    for number, row in enumerate(rows):
        for x, cell in zip((70, 200, 330), row, strict=True):
            sheet.text(x, y - 20 * number, cell)
    return sheet


_EXPECTED = [
    "Port: Narva | Cranes: 4 | Depth (m): 7.5",
    "Port: Paldiski | Cranes: 12 | Depth (m): 14.0",
    "Port: Virtsu | Cranes: none | Depth (m): 5.0",
    "Port: Kuressaare | Cranes: 3 | Depth (m): –",
]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("first", [4, 3, 2])
def test_a_table_over_two_pages_keeps_its_header(ruled: bool, first: int) -> None:
    one = Sheet().text(60, 640, "Table 2. Ports that are fit for the largest of all ferries")
    _port_rows(one, 600, [_HEADER, *_PORTS[:first]])
    two = _port_rows(Sheet(), 760, _PORTS[first:])
    if ruled:
        one.grid((60, 190, 320, 450), [614 - 20 * step for step in range(first + 2)])
        if first < 4:
            two.grid((60, 190, 320, 450), [774 - 20 * step for step in range(5 - first)])
    two.text(60, 600, "The next survey is due in the spring of the year 2027.")
    reading = _read(one, two)
    assert _kind(reading, "row") == _EXPECTED
    assert (
        _kind(reading, "paragraph")[-1] == "The next survey is due in the spring of the year 2027."
    )


def test_words_that_wrap_in_a_cell_stay_in_it() -> None:
    sheet = Sheet().grid((60, 160, 360, 460), (700, 680, 650, 630))
    sheet.text(65, 686, "Port", bold=True).text(165, 686, "Works", bold=True)
    sheet.text(365, 686, "Year", bold=True)
    sheet.text(65, 668, "Narva").text(165, 668, "a new quay of stone and con-")
    sheet.text(165, 655, "crete with two cranes").text(365, 668, "2027")
    sheet.text(65, 636, "Virtsu").text(165, 636, "none").text(365, 636, "–")
    assert _kind(_read(sheet), "row") == [
        "Port: Narva | Works: a new quay of stone and concrete with two cranes | Year: 2027",
        "Port: Virtsu | Works: none | Year: –",
    ]


def test_words_over_several_columns_stand_before_each_of_them() -> None:
    sheet = Sheet().rule(60, 700, 360, 700).rule(160, 680, 360, 680)
    for y in (660, 640, 620):
        sheet.rule(60, y, 360, y)
    for x, top in ((60, 700), (160, 700), (260, 680), (360, 700)):
        sheet.rule(x, 620, x, top)
    sheet.text(65, 674, "Port").text(200, 686, "Ships")
    sheet.text(165, 666, "2025").text(265, 666, "2026")
    sheet.text(65, 646, "Narva").text(165, 646, "40").text(265, 646, "52")
    sheet.text(65, 626, "Virtsu").text(165, 626, "9").text(265, 626, "11")
    assert _kind(_read(sheet), "row") == [
        "Port: Narva | Ships 2025: 40 | Ships 2026: 52",
        "Port: Virtsu | Ships 2025: 9 | Ships 2026: 11",
    ]


def test_headings_and_items_are_told_by_how_they_look() -> None:
    sheet = Sheet().text(60, 760, "Report on the coast", size=20)
    sheet.text(60, 730, "1. Boats", bold=True)
    sheet.lines(
        60,
        712,
        [
            "The board owns nine boats, of which four are old. It has decided on these",
            "steps for the next year:",
        ],
    )
    sheet.text(75, 680, "•").text(90, 680, "two boats are sold to the islands at a price")
    sheet.text(90, 666, "that covers the debt;")
    sheet.text(95, 652, "(a)").text(115, 652, "one of them in spring;")
    sheet.text(75, 638, "•").text(90, 638, "one boat is broken up.")
    sheet.text(60, 610, "2. Crews", bold=True)
    sheet.lines(60, 592, ["Each crew has five members."])
    assert _blocks(_read(sheet)) == [
        ("heading", "Report on the coast"),
        ("heading", "1. Boats"),
        (
            "paragraph",
            "The board owns nine boats, of which four are old. It has decided on these steps for"
            " the next year:",
        ),
        ("item", "• two boats are sold to the islands at a price that covers the debt;"),
        ("item", "(a) one of them in spring;"),
        ("item", "• one boat is broken up."),
        ("heading", "2. Crews"),
        ("paragraph", "Each crew has five members."),
    ]  # fmt: skip
    reading = _read(sheet)
    assert [b.level for b in reading.blocks if b.kind == "heading"] == [1, 2, 2]
    assert [b.level for b in reading.blocks if b.kind == "item"] == [1, 2, 1]


def test_hyphens_at_line_ends_and_ligatures_are_mended() -> None:
    sheet = Sheet().lines(
        60,
        700,
        [
            "The ﬁrst oﬃcer of the ﬂeet reports to the gover\u00ad",
            "nor, who leads the inter\u2010",
            "national board. The hand-over follows in May, and the hand-",
            "over of the boats to the Estonian-",
            "Finnish company in June; the compa-",
            "ny pays.",
        ],
    )
    assert _read(sheet).body == (
        "The first officer of the fleet reports to the governor, who leads the international board."
        " The hand-over follows in May, and the hand-over of the boats to the Estonian-Finnish"
        " company in June; the company pays."
    )


def test_a_large_first_letter_belongs_to_its_word() -> None:
    sheet = (
        Sheet().text(60, 676, "T", size=36).text(84, 700, "he harbour board of the coast met in")
    )
    sheet.text(84, 686, "the old town hall and decided to buy")
    sheet.text(60, 660, "two boats, one of which is to be sold to the islands.")
    assert _read(sheet).body.startswith(
        "The harbour board of the coast met in the old town hall and"
    )


_NOISE = [
    "The pilots of the port shall guide each vessel of more than ninety metres through",
    "the channel, and are paid for it by the owner within thirty days of the passage.",
]


@pytest.mark.parametrize("maps", ["wrong", "private"])
def test_letters_that_nobody_sees_are_refused(maps: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without_ocr(monkeypatch)
    with pytest.raises(UnreadableFileError, match=r"\[ocr\]"):
        _read(Sheet(maps=maps).lines(60, 700, _NOISE))
    reading = _read(Sheet().lines(60, 700, _LEFT), Sheet(maps=maps).lines(60, 700, _NOISE))
    assert reading.body == " ".join(_LEFT)
    assert reading.problems == (
        "1 of 2 pages hold no readable text: their fonts give other letters than they show",
    )


@pytest.mark.parametrize(
    "words",
    [
        "Міністерство оборони повідомило, що кораблі прибудуть до порту навесні, а екіпажі"
        " залишаться там до кінця року.",
        "Laivat saapuvat satamaan keväällä ja miehistöt jäävät sinne vuoden loppuun asti, kertoo"
        " satamajohtaja.",
        "A hajók tavasszal érkeznek a kikötőbe, és a legénység az év végéig ott marad, közölte a"
        " kikötő vezetője.",
        "NATO OSCE GDP HICP CPI IMF PLN CZK HUF RSD BGN SEK DKK GBP USD CHF TRY EUR KFOR ISAF MW",
        "Narva 12 4.5 Paldiski 40 7.25 Virtsu 9 1.0 Kuressaare 33 8.5 Heltermaa 2 0.5 Sillamäe 17",
    ],
)
def test_foreign_words_names_and_figures_are_no_noise(words: str) -> None:
    pieces = words.split()
    lines = [" ".join(pieces[at : at + 7]) for at in range(0, len(pieces), 7)]
    reading = _read(Sheet().lines(60, 700, lines))
    assert " ".join(reading.body.split()) == words


@pytest.mark.parametrize(
    ("rotation", "matrix"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")]
)
def test_turned_pages_are_read_as_they_are_seen(rotation: int, matrix: str) -> None:
    sheet = Sheet(rotation=rotation)
    for number, line in enumerate(_LEFT):
        step = 14 * number
        x, y = {90: (300 + step, 100), 180: (500, 300 + step), 270: (300 - step, 700)}[rotation]
        sheet.text(x, y, line, matrix=matrix)
    assert _read(sheet).body == " ".join(_LEFT)


def test_words_in_the_margin_stand_after_the_page() -> None:
    sheet = Sheet().lines(90, 700, _LEFT).text(40, 300, "Draft 3 of 4 May", matrix="0 1 -1 0")
    assert _blocks(_read(sheet)) == [
        ("paragraph", " ".join(_LEFT)),
        ("note", "[margin] Draft 3 of 4 May"),
    ]


def test_hebrew_is_read_from_right_to_left() -> None:
    words = "הספינות יגיעו לנמל ביום 14 במאי"
    visual = " ".join(word if word.isdigit() else word[::-1] for word in reversed(words.split()))
    assert _read(Sheet().text(60, 700, visual)).body == words


def _with_form(raw: bytes) -> bytes:
    """The file with a filled text field, a ticked box, an empty field and a comment."""
    import io

    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Text
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        TextStringObject,
    )

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    name, fields = NameObject, ArrayObject()

    def add(title: str, kind: str, y: float, more: dict[str, object]) -> None:
        made = DictionaryObject(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name("/Widget"),
                name("/FT"): name(kind),
                name("/T"): TextStringObject(title),
                name("/Rect"): ArrayObject(map(FloatObject, (260, y, 460, y + 18))),
            }
        )
        for key, value in more.items():
            made[name(key)] = value
        fields.append(writer._add_object(made))

    add("f1", "/Tx", 696, {"/V": TextStringObject("Saaremaa")})
    add("f2", "/Tx", 676, {"/V": TextStringObject("31 boats"), "/TU": TextStringObject("Fleet")})
    add("f3", "/Btn", 656, {"/V": name("/Yes"), "/AS": name("/Yes")})
    add("f4", "/Tx", 636, {})
    page = writer.pages[0]
    page[name("/Annots")] = ArrayObject(fields)
    writer._root_object[name("/AcroForm")] = DictionaryObject({name("/Fields"): fields})
    writer.add_annotation(
        0, Text(text="Ask the captain again.", rect=(20, 20, 40, 40), title_bar="K. Tamm")
    )
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_filled_fields_and_annotations_are_read() -> None:
    sheet = Sheet().lines(
        60, 700, ["Name of the island:", "Boats:", "Has a harbour:", "Signed by:"], pitch=20
    )
    reading = read_bytes(_with_form(draw([sheet])), "a.pdf")
    assert _kind(reading, "field") == [
        "Name of the island: Saaremaa",
        "Fleet: 31 boats",
        "Has a harbour: ☒",
    ]
    assert _kind(reading, "note") == ["[annotation by K. Tamm] Ask the captain again."]


def test_a_note_that_goes_on_overleaf_is_one_note() -> None:
    one = Sheet().lines(60, 700, _LEFT).text(60, 90, "^1^ The contract was signed by the", size=8)
    two = Sheet().lines(60, 700, _MIDDLE).rule(60, 102, 200, 102)
    two.text(60, 90, "captain of the port in May.", size=8)
    assert _kind(_read(one, two), "note") == [
        "[1] The contract was signed by the captain of the port in May."
    ]


def test_points_drawn_as_shapes_make_items() -> None:
    sheet = Sheet().text(60, 700, "The board asks for these things:")
    for number, line in enumerate(("two boats of steel", "a lamp for the pier")):
        y = 680 - 16 * number
        sheet.text(90, y, line)
        sheet.drawn.append(f"74 {y + 2} 4 4 re f")
    assert _kind(_read(sheet), "item") == ["• two boats of steel", "• a lamp for the pier"]


def test_signs_without_a_note_are_told() -> None:
    reading = _read(Sheet().text(60, 700, "Latvia sends 900^8^ engineers to the coast."))
    assert reading.body == "Latvia sends 900 engineers to the coast."
    assert reading.problems == ("left out: 1 sign of notes that were not found",)


def test_a_table_of_contents_is_read_without_its_points() -> None:
    sheet = Sheet().lines(60, 760, [*_LEFT[:4], "lease costs 70,000 euros."])
    for number, title in enumerate(("The coast", "The islands", "The rivers")):
        sheet.text(60, 600 - 16 * number, f"{title} {'. ' * 30}").text(480, 600 - 16 * number, "12")
    assert _kind(_read(sheet), "row") == ["The coast | 12", "The islands | 12", "The rivers | 12"]


def test_words_that_a_line_goes_through_are_left_out_and_told() -> None:
    sheet = Sheet().text(60, 700, "The old fee was 90 crowns, 75 crowns a day.", size=12)
    sheet.rule(144, 703.5, 197, 703.5).text(60, 680, "Underlined words stay.", size=12)
    sheet.rule(60, 679, 180, 679).text(60, 660, "So do words on a long line.", size=12)
    sheet.rule(20, 663.5, 580, 663.5)
    content = _read(sheet)
    assert "90" not in content.body
    assert "75 crowns a day." in content.body
    assert "Underlined words stay." in content.body
    assert "So do words on a long line." in content.body
    assert content.problems == ("1 stretch of struck text left out",)


def test_a_note_whose_sign_hangs_beside_it_is_a_note() -> None:
    sheet = Sheet().lines(
        60, 700, [f"Line {number} of the report goes on and on." for number in "abc"]
    )
    sheet.text(60, 640, "They have 1,450^1^ guards and 30^2^ boats.")
    sheet.text(300, 600, "Hotline: call").text(300, 586, "by night")
    sheet.rule(60, 84, 170, 84)
    sheet.text(60, 72, "1", size=8).text(77, 72, "Counted on 3 April.", size=8)
    sheet.text(60, 60, "2", size=8).text(77, 60, "Half of them new.", size=8)
    notes = [one for one in _read(sheet).blocks if one.kind == "note"]
    assert [one.label for one in notes] == ["1", "2"]


def test_endnotes_with_roman_numbers_are_notes() -> None:
    first = Sheet().lines(
        60, 700, ["The pact covers the quays.^i^", "It lasts ten years.^ii^"], size=12
    )
    second = Sheet().lines(60, 700, ["The state of the canal is told here."] * 3, size=12)
    second.text(60, 600, "i", size=9).text(77, 600, "The fourth quay is closed.", size=9)
    second.text(60, 588, "ii", size=9).text(77, 588, "From 2027 on.", size=9)
    content = _read(first, second)
    assert "quays. It lasts ten years." in content.body
    assert [
        (one.label, content.body[: one.anchor or 0][-6:])
        for one in content.blocks
        if one.kind == "note"
    ] == [
        ("i", "quays."),
        ("ii", "years."),
    ]


def test_what_a_browser_prints_around_a_page_is_no_text() -> None:
    address = "https://example.org/long/report"
    sheets = [
        Sheet()
        .text(30, 780, "11/28/26, 3:32 PM", size=8)
        .text(280, 780, "The report", size=8)
        .lines(60, 700, [f"Page {number} of the report speaks of boats.", "It ends here."])
        .text(60, 60, "1 A note that runs down to the foot.", size=8)
        .text(30, 15, address, size=8)
        .text(560, 15, f"{number}/2", size=8)
        for number in (1, 2)
    ]
    reading = _read(*sheets)
    assert "11/28/26" not in reading.body
    assert "example.org" not in reading.body
    assert reading.card.url == address


def test_a_hyphen_in_a_number_in_words_outlives_the_end_of_a_line() -> None:
    lines = [
        "The northern quay will get some fifty-",
        "five launches and a boat of the inter-",
        "national fund.",
    ]
    assert _read(Sheet().lines(60, 700, lines)).body == (
        "The northern quay will get some fifty-five launches and a boat of the international fund."
    )


def test_points_far_from_their_words_are_no_column_of_a_table() -> None:
    sheet = Sheet()
    for number, words in enumerate(
        ("Norden keeps the lamp.", "Suden opens the canal.", "All pay.")
    ):
        sheet.text(60, 700 - 20 * number, "•", size=14).text(90, 700 - 20 * number, words, size=14)
    assert [block.kind for block in _read(sheet).blocks] == ["item"] * 3
