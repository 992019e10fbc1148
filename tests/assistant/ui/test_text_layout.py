"""A text as its file set it, and that what is shown of it are its very characters."""

from collections.abc import Callable
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Quote
from assistant.ui.reader_rendering import Place, render_reader
from assistant.ui.text_layout import Part, Piece, lay_out
from sources.readers.content import Builder
from sources.source import Card, Source, Span, Text

YEARS = ["Year", "Drones", "Boats"]


def text_of(builder: Builder) -> Text:
    content = builder.content()
    return Text(content.body, (), content.locators, content.blocks)


def words(piece: Piece | None) -> str:
    return "".join(one.words for one in (*piece.lead, *piece.segments)) if piece else ""


def cells(part: Part) -> list[list[str]]:
    return [[words(cell) for cell in row.cells] or [words(row.note)] for row in part.rows]


def test_rows_that_follow_one_another_are_one_table_with_a_header() -> None:
    builder = Builder()
    builder.table([["2026", "2,500", "12"], ["2027", "3,100", ""]], header=YEARS)
    (table,) = lay_out(text_of(builder))
    assert table.header == ("Year", "Drones", "Boats")
    assert cells(table) == [["2026", "2,500", "12"], ["2027", "3,100", ""]]


def test_blank_cells_move_no_others_whichever_row_they_are_in() -> None:
    builder = Builder()
    builder.table([["2026", "", "12"], ["2027", "3,100", ""], ["2028", "4", "5"]], header=YEARS)
    (table,) = lay_out(text_of(builder))
    assert table.header == ("Year", "Drones", "Boats")
    assert cells(table) == [["2026", "", "12"], ["2027", "3,100", ""], ["2028", "4", "5"]]


def test_columns_of_one_name_stay_two() -> None:
    builder = Builder()
    builder.table([["a", "b"], ["", "d"]], header=["Name", "Name"])
    (table,) = lay_out(text_of(builder))
    assert table.header == ("Name", "Name")


def test_rows_with_other_labels_are_another_table() -> None:
    builder = Builder()
    builder.table([["2026", "12"]], header=["Year", "Boats"])
    builder.table([["Zenda", "open"]], header=["Depot", "State"])
    assert [part.header for part in lay_out(text_of(builder))] == [
        ("Year", "Boats"),
        ("Depot", "State"),
    ]


def test_a_table_without_a_header_has_none() -> None:
    builder = Builder()
    builder.table([["a", "b"], ["c", "d"]])
    (table,) = lay_out(text_of(builder))
    assert table.header == ("", "")
    assert cells(table) == [["a", "b"], ["c", "d"]]


def test_a_note_between_two_rows_and_a_caption_above_stay_with_the_table() -> None:
    builder = Builder()
    builder.note("Boats by year", "caption")
    builder.table([["2026", "12"]], header=["Year", "Boats"])
    builder.note("Counted anew.", "1", anchor=builder.reached)
    builder.table([["2027", "14"]], header=["Year", "Boats"])
    builder.note("All figures are planned.", "2", anchor=builder.reached)
    table, note = lay_out(text_of(builder))
    assert [words(caption) for caption in table.pieces] == ["[caption] Boats by year"]
    assert cells(table) == [["2026", "12"], ["[1] Counted anew."], ["2027", "14"]]
    assert (note.kind, words(note.pieces[0])) == ("note", "[2] All figures are planned.")


def test_items_are_one_list_with_their_marks_apart() -> None:
    builder = Builder()
    builder.item("Close the sky.", "1.")
    builder.item("By night, too.", "(a)", 2)
    (shown,) = lay_out(text_of(builder))
    assert shown.kind == "list"
    assert [("".join(one.words for one in item.lead), item.level) for item in shown.pieces] == [
        ("1.", 1),
        ("(a)", 2),
    ]


def test_what_one_person_wrote_is_one_quotation() -> None:
    builder = Builder()
    builder.quoted("We agree.", whose="The chancery")
    builder.quoted("The depot opens.", whose="The chancery")
    builder.quoted("Is it ready?", whose="The depot", level=2)
    first, second = lay_out(text_of(builder))
    assert (first.label, len(first.pieces)) == ("The chancery", 2)
    assert (second.label, second.level) == ("The depot", 2)


def test_headings_begin_below_the_title_of_the_page_whatever_their_level() -> None:
    builder = Builder()
    for level in (2, 3, 6):
        builder.heading("Scope", level)
    assert [part.level for part in lay_out(text_of(builder))] == [3, 4, 6]


def test_a_text_without_blocks_is_a_paragraph_for_every_line() -> None:
    shown = lay_out(Text("One.\n\nTwo.\nThree.", ()))
    assert [(part.kind, words(part.pieces[0]), part.pieces[0].start) for part in shown] == [
        ("paragraph", "One.", 0),
        ("paragraph", "Two.", 6),
        ("paragraph", "Three.", 11),
    ]


def test_a_page_that_begins_with_a_row_stands_above_it() -> None:
    builder = Builder()
    builder.page("1")
    builder.table([["2026", "12"]], header=["Year", "Boats"])
    builder.page("2")
    builder.table([["2027", "14"]], header=["Year", "Boats"])
    (table,) = lay_out(text_of(builder))
    assert [row.pages for row in table.rows] == [("1",), ("2",)]


def test_a_cited_row_is_highlighted_in_each_of_its_cells_and_numbered_once() -> None:
    builder = Builder()
    builder.table([["2026", "2,500", "12"], ["2027", "3,100", "14"]], header=YEARS)
    text = text_of(builder)
    row = Span(text.blocks[1].start, text.blocks[1].end)
    shown = _Shown.of(text, row)
    assert shown.highlighted(text) == "20273,10014"
    assert shown.begins == 1


def test_a_sign_in_the_text_leads_to_its_note_and_back() -> None:
    builder = Builder()
    builder.paragraph("There are 900 engineers.")
    builder.note("Figures of the ministry.", "8", anchor=builder.reached)
    note = text_of(builder).blocks[1].start
    html = _html(text_of(builder), None)
    assert f'900 engineers.<button type="button" class="note-sign" id="noted-{note}"' in html
    assert f'id="note-{note}"' in html
    assert f'data-to="noted-{note}"' in html


_words = st.text(alphabet="ab1 :|[].\n—é\u05d0", min_size=1, max_size=12)
_signs = st.sampled_from(["1", "*", "text box", "caption", "iv"])


@st.composite
def _documents(draw: st.DrawFn) -> Text:
    builder = Builder()
    width = draw(st.integers(1, 3))
    header = draw(st.lists(_words, min_size=width, max_size=width))
    steps: dict[str, Callable[[], None]] = {
        "heading": lambda: builder.heading(draw(_words), draw(st.integers(1, 6))),
        "paragraph": lambda: builder.paragraph(draw(_words)),
        "item": lambda: builder.item(draw(_words), draw(_signs), draw(st.integers(1, 3))),
        "rows": lambda: builder.table(
            draw(st.lists(st.lists(_words, min_size=width, max_size=width), max_size=3)),
            header=draw(st.sampled_from([header, None])),
        ),
        "note": lambda: builder.note(draw(_words), draw(_signs), anchor=builder.reached),
        "field": lambda: builder.field(draw(_words), draw(_words)),
        "quoted": lambda: builder.quoted(draw(_words), whose=draw(_signs)),
        "page": lambda: builder.page(draw(_signs)),
    }
    for step in draw(st.lists(st.sampled_from(sorted(steps)), min_size=1, max_size=8)):
        steps[step]()
    builder.paragraph("end")
    return text_of(builder)


@given(_documents(), st.data())
def test_whatever_is_shown_are_the_characters_of_the_text_and_exactly_the_cited_are_highlighted(
    text: Text, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text.content) - 1))
    cited = Span(start, data.draw(st.integers(start + 1, len(text.content))))
    shown = _Shown.of(text, cited)
    for begin, found in shown.pieces:
        assert text.content[begin : begin + len(found)] == found
    places = {begin + at for begin, found in shown.pieces for at in range(len(found))}
    assert sum(len(found) for _, found in shown.pieces) == len(places)
    for block in text.blocks:
        left_out = set(range(block.start, block.end)) - places
        labels = {at for label, begin, _ in block.cells for at in range(label, begin)}
        between = "".join(text.content[at] for at in sorted(left_out - labels))
        line_ends = {"\n", " "} if block.kind == "paragraph" else set()
        assert set(between.replace(" | ", "")) <= line_ends
    assert shown.marked == places & set(range(cited.start, cited.end))
    assert shown.begins == bool(shown.marked)


def _html(text: Text, cited: Span | None) -> str:
    quote = Quote("plan", cited, cited.of(text.content)) if cited else None
    source = Source("plan", Card("Plan"), "0" * 64, "upload/plan.txt")
    return render_reader(source, text, place=Place("plan", quote))


class _Shown(HTMLParser):
    """The pieces of a rendered text and the places of its characters that are highlighted."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[int, str]] = []
        self.marked: set[int] = set()
        self.begins = 0
        self._open: list[tuple[str, int | None]] = []

    @classmethod
    def of(cls, text: Text, cited: Span) -> "_Shown":
        shown = cls()
        shown.feed(_html(text, cited))
        return shown

    def highlighted(self, text: Text) -> str:
        return "".join(text.content[at] for at in sorted(self.marked))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.begins += known.get("id") == "reading"
        start = known.get("data-start")
        if start is not None and tag != "button":
            self.pieces.append((int(start), ""))
        self._open.append((tag, int(start) if start else None))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "button" in tags or not any(start is not None for _, start in self._open):
            return
        begin, found = self.pieces[-1]
        if "mark" in tags:
            self.marked.update(range(begin + len(found), begin + len(found) + len(data)))
        self.pieces[-1] = (begin, found + data)
