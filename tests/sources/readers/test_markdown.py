"""Markdown becomes blocks of plain words, and no mark of it is ever shown or quoted."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.readers.kinds import read_content
from sources.reading import Reading, read_bytes
from sources.sentences import find_sentences
from sources.source import Text


def read(written: str, name: str = "a.md") -> Reading:
    return read_bytes(written.encode(), name)


def blocks_of(written: str) -> list[tuple[str, str]]:
    reading = read(written)
    return [(block.kind, reading.body[block.start : block.end]) for block in reading.blocks]


def test_each_kind_of_block_has_its_words_and_no_marks() -> None:
    written = (
        "Pledges of *Odense*\n===\n\n"
        "The **board** met[^1] [in Odense](https://x.example/a_b) and `signed` a \\*deal\\*.\n\n"
        "## Sums &amp; days ##\n\n"
        "| State | Boats |\n|:--|--:|\n| **Norland** | 31 |\n| Castria[^b] | 0 |\n\n"
        "- first\n  1. inner\n  2. second inner\n\n     more of it\n- [x] done\n* [ ] open\n\n"
        "> A quote.\n>\n> > Within it.\n\n"
        "![A secret picture](x.png)\n\n<!-- 99 boats -->\n\n***\n\n"
        "[^1]: On the *third* try.\n[^b]: By law.\n"
    )
    assert blocks_of(written) == [
        ("heading", "Pledges of Odense"),
        ("paragraph", "The board met in Odense and signed a *deal*."),
        ("note", "[1] On the third try."),
        ("heading", "Sums & days"),
        ("row", "State: Norland | Boats: 31"),
        ("row", "State: Castria | Boats: 0"),
        ("note", "[b] By law."),
        ("item", "• first"),
        ("item", "1. inner"),
        ("item", "2. second inner"),
        ("paragraph", "more of it"),
        ("item", "☑ done"),
        ("item", "☐ open"),
        ("quoted", "A quote."),
        ("quoted", "Within it."),
    ]
    levels = {block.kind: block.level for block in read(written).blocks}
    assert (levels["heading"], levels["quoted"]) == (2, 2)


def test_a_note_belongs_to_the_end_of_its_paragraph() -> None:
    reading = read("They paid 250[^7] crowns.\n\nAnd left.\n\n[^7]: A loan.\n")
    (note,) = (block for block in reading.blocks if block.kind == "note")
    assert reading.body[: note.anchor] == "They paid 250 crowns."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("250<sup>7</sup> shelters", "250 shelters"),
        ("a zone of 12 km<sup>2</sup> in all", "a zone of 12 km² in all"),
        ("on the 7<sup>th</sup> of May", "on the 7th of May"),
        ("pay ~~40~~ 55 crowns", "pay 55 crowns"),
        ("One<br>Two <span class='x'>three</span><!-- no -->", "One\nTwo three"),
        ("a ** bold ** move [with](https://x.example/a b) it", "a bold move with it"),
        ("see <https://x.example/a_b>", "see https://x.example/a_b"),
    ],
)
def test_signs_and_tags_within_a_line_are_no_words(written: str, shown: str) -> None:
    assert read(written).body == shown


def test_struck_words_are_left_out_and_told() -> None:
    reading = read("Denmark gives ~~40~~ 55 tents and <del>nine</del> ten beds.")
    assert "40" not in reading.body
    assert "nine" not in reading.body
    assert reading.problems == ("Struck words were left out: 2.",)


def test_tables_and_lists_in_html_are_rows_and_items() -> None:
    written = (
        "<table><tr><th>State</th><th>Boats</th></tr><tr><td>Norland<br>(north)</td><td>31</td>"
        "</tr></table>\n\n<div>Words <!-- not these --> of a <b>box</b><ul><li>one</li><li>two"
        "</li></ul></div>\n\n<script>steal()</script>\n"
    )
    assert blocks_of(written) == [
        ("row", "State: Norland (north) | Boats: 31"),
        ("paragraph", "Words of a box"),
        ("item", "• one"),
        ("item", "• two"),
    ]


def test_a_cell_without_a_column_is_not_lost() -> None:
    assert blocks_of("| A | B |\n|---|---|\n| 1 | 2 | three \\| four |\n") == [
        ("row", "A | B"),
        ("row", "1 | 2 | three | four"),
    ]


def test_a_comment_that_is_never_closed_takes_nothing_with_it() -> None:
    assert "Envoys met in Riga." in read("Words.\n\n<!-- open\n\nEnvoys met in Riga.\n").body


def test_notes_that_nothing_refers_to_are_kept() -> None:
    reading = read("They met.\n\n[^9]: Twelve boats came.\n")
    assert reading.body == "They met.\n\n[9] Twelve boats came."
    assert reading.problems == ("Notes that nothing refers to stand at the end: 1.",)


def test_prose_with_a_rule_below_it_is_no_heading() -> None:
    prose = "The committee met on Monday, heard three experts and put off every decision. " * 3
    assert blocks_of(f"{prose}\n---\n\nThen it left.")[0][0] == "paragraph"


@pytest.mark.parametrize("sign", ["“", "`", "![", "[", "[a](", "*a ", "**a_b", "<a ", "^[", "[^a]"])
def test_signs_without_end_are_read_in_bounded_time(sign: str) -> None:
    written = f"Envoys met in Riga.\n\n{sign * 300_000}\n\n**They** signed."
    began = time.monotonic()
    content = read_content(written.encode(), "a.md")
    find_sentences(content.body, blocks=content.blocks)
    assert time.monotonic() - began < 30
    assert content.body.startswith("Envoys met in Riga.")
    assert content.body.endswith("signed.")


@pytest.mark.parametrize(
    "written",
    ["> " * 50_000 + "deep words", "- " * 50_000 + "deep words",
     "".join("  " * depth + "- deep words\n" for depth in range(200))],
)  # fmt: skip
def test_what_is_nested_without_end_keeps_its_words_and_is_told(written: str) -> None:
    reading = read(written)
    assert "deep words" in reading.body
    assert reading.problems == ("Its Markdown is too long or too deep: it is read as plain text.",)


@given(st.lists(st.text("ab1 *_`[]()!|#>-~^:<&.\\\n", max_size=60), max_size=6).map("\n\n".join))
def test_any_signs_are_read_into_exact_slices(written: str) -> None:
    content = read_content(f"Start.\n\n{written}".encode(), "a.md")
    sentences = find_sentences(content.body, locators=content.locators, blocks=content.blocks)
    assert Text(content.body, sentences, content.locators, content.blocks).blocks


@given(
    st.lists(st.from_regex(r"[ab]{1,4}( [ab]{1,4}){0,4}", fullmatch=True), min_size=1, max_size=9)
)
def test_plain_lines_lose_no_word(lines: list[str]) -> None:
    written = "\n\n".join(lines)
    assert read(f"Start {written}").body.split() == ["Start", *written.split()]
