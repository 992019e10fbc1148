"""Plain text keeps its words; lines are joined, drawn tables are rows, lists have items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UnreadableFileError
from sources.readers.kinds import read_content
from sources.reading import read_bytes


def blocks_of(written: str, name: str = "a.txt") -> list[tuple[str, str]]:
    content = read_content(written.encode(), name)
    return [(one.kind, content.body[one.start : one.end]) for one in content.blocks]


def test_lines_that_a_margin_broke_are_joined_and_words_mended() -> None:
    written = (
        "The Harbour Board met in the spring and decided, after a long debate, that\n"
        "Captain Orlov should lead the fleet until the end of the season. It depl-\n"
        "oyed two cutters on\n12 March 2026.\n\nMs Lund\nHarbour Street 3\n1234 Port"
    )
    assert read_bytes(written.encode(), "a.txt").body == (
        "The Harbour Board met in the spring and decided, after a long debate, that\n"
        "Captain Orlov should lead the fleet until the end of the season. It deployed two cutters"
        " on\n12 March 2026.\n\nMs Lund\nHarbour Street 3\n1234 Port"
    )


def test_a_text_wrapped_throughout_is_joined_whatever_begins_a_line() -> None:
    words = "Norland and Castria pay for Harbour works, and Estmark lends Cranes to Port Alba. "
    lines: list[str] = [""]
    for word in (words * 8).split():
        if len(lines[-1]) + 1 + len(word) > 60:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    assert read_bytes("\n".join(lines).encode(), "a.txt").body == " ".join((words * 8).split())


@pytest.mark.parametrize(
    "drawn",
    [
        "State;Boats\nNorland;300\nCastria;1,250",
        "State\tBoats\nNorland\t300\nCastria\t1,250",
        "| State | Boats |\n|-------|-------|\n| Norland | 300 |\n| Castria | 1,250 |",
        "State      Boats\n----------------\nNorland      300\nCastria    1,250",
        "+---+---+\n| State | Boats |\n+===+===+\n| Norland | 300 |\n| Castria | 1,250 |",
    ],
)
def test_a_table_in_a_text_is_rows_with_its_header(drawn: str) -> None:
    assert blocks_of(f"Pledges of today:\n\n{drawn}\n\nThat is all.") == [
        ("paragraph", "Pledges of today:"),
        ("row", "State: Norland | Boats: 300"),
        ("row", "State: Castria | Boats: 1,250"),
        ("paragraph", "That is all."),
    ]


def test_semicolons_and_gaps_of_prose_draw_no_table() -> None:
    prose = (
        "They came; they saw.\nThey left; nobody stayed.\nIt was over; night fell early that day."
    )
    assert blocks_of(f"{prose}\nThe rest went home.") == []


def test_a_list_in_a_text_has_its_items_and_their_marks() -> None:
    written = (
        "Pledges\n- Norland: 21 drones\n- Castria: none\n\n1) the venue\n2) who pays\n   for it"
    )
    assert blocks_of(written) == [
        ("paragraph", "Pledges"),
        ("item", "• Norland: 21 drones"),
        ("item", "• Castria: none"),
        ("item", "1) the venue"),
        ("item", "2) who pays for it"),
    ]


@given(st.lists(st.text("abAB 1.-;\t:|\n", max_size=50), max_size=6).map("\n\n".join))
def test_no_letter_is_lost_and_none_is_added(written: str) -> None:
    body = read_content(f"Start {written}".encode(), "a.txt").body

    def letters(words: str) -> set[str]:
        return {character for character in words if character.isalpha()}

    assert letters(body) == letters(f"Start {written}")


def test_two_encodings_in_a_file_are_told() -> None:
    raw = "Premier Côté came.\n".encode() + "The café fund holds 7 €.\n".encode("cp1252")
    reading = read_bytes(raw, "a.txt")
    assert reading.body == "Premier Côté came.\nThe café fund holds 7 €."
    assert reading.problems == (
        "It is written in two encodings: 1 line was not in UTF-8 and read as Windows-1252."
        " Letters in them may be wrong.",
    )


def test_a_transcript_is_who_speaks_and_the_words() -> None:
    written = (
        "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:04.000 align:start\n"
        "<v Ana Vik>Norland will <i>send</i>\n\n00:04.000 --> 00:07.000\n<v Ana Vik>two boats"
        " &amp; a tug.\n\n00:00:07.000 --> 00:00:09.000\n<v Bo Lind>When?\n"
    )
    assert blocks_of(written, "a.vtt") == [
        ("paragraph", "Ana Vik: Norland will send two boats & a tug."),
        ("paragraph", "Bo Lind: When?"),
    ]


def test_subtitles_lose_their_times_and_what_rolls() -> None:
    written = (
        "1\n00:00:01,000 --> 00:00:02,500\n{\\an8}ANA: We will send\n\n2\n00:00:02,500 -->"
        " 00:00:04,000\nANA: We will send\ntwo boats.\n3\n00:00:05,000 --> 00:00:06,000\n- When?\n"
    )
    assert blocks_of(written, "a.srt") == [
        ("paragraph", "ANA: We will send two boats."),
        ("paragraph", "When?"),
    ]


def test_a_transcript_without_times_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="no times"):
        read_content(b"WEBVTT\n\nWords.", "a.vtt")
