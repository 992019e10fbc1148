"""Lines of a briefing: added, moved, removed, never broken."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answers import Quote
from assistant.briefing.briefings import (
    Briefing,
    Evidence,
    Line,
    add_line,
    move_line,
    move_line_by,
    quote_of,
    remove_line,
    reword_line,
)
from assistant.briefing.written import as_json, from_json
from sources.errors import UseError
from sources.source import Span

EVIDENCE = Evidence(
    Quote("geneva", Span(3, 9), "a word"),
    sha256="0" * 64,
    title="Geneva",
    publisher="Wire",
    published=date(2025, 11, 3),
    speaker="Sybiha",
    manner="reported speech",
)


def briefing(*texts: str) -> Briefing:
    made = Briefing("b", "B", date(2026, 1, 1), "state")
    for text in texts:
        made = add_line(made, "own", text)
    return made


def texts(made: Briefing) -> list[str]:
    return [line.text for line in made.lines]


def test_a_line_goes_to_the_end_or_where_it_is_asked_to() -> None:
    made = add_line(briefing("one", "two"), "own", "between", at=2)
    assert texts(made) == ["one", "between", "two"]


def test_a_line_keeps_its_number_when_it_moves() -> None:
    made = move_line(briefing("one", "two", "three"), 3, 1)
    assert texts(made) == ["three", "one", "two"]
    assert made.line(3).text == "three"


def test_a_line_moves_by_places_and_stops_at_the_ends() -> None:
    three = briefing("one", "two", "three")
    assert texts(move_line_by(three, 3, -1)) == ["one", "three", "two"]
    assert texts(move_line_by(three, 3, -9)) == ["three", "one", "two"]
    assert texts(move_line_by(three, 1, 9)) == ["two", "three", "one"]


def test_a_removed_number_is_never_given_again() -> None:
    made = add_line(remove_line(briefing("one", "two"), 2), "own", "three")
    assert [line.number for line in made.lines] == [1, 3]


def test_a_place_or_number_that_is_not_there_is_refused() -> None:
    for edit in (lambda: move_line(briefing("one"), 1, 2), lambda: remove_line(briefing(), 1)):
        with pytest.raises(UseError):
            edit()


def test_only_the_authors_own_lines_can_be_reworded() -> None:
    made = add_line(briefing("one"), "quote", "a word", evidence=[EVIDENCE])
    assert texts(reword_line(made, 1, "other"))[0] == "other"
    with pytest.raises(UseError, match="not the author's own"):
        reword_line(made, 2, "other")


def test_a_quoted_line_is_exactly_its_evidence() -> None:
    with pytest.raises(ValueError, match="exactly its evidence"):
        Line(1, "quote", "other words", (EVIDENCE,))
    with pytest.raises(ValueError, match="pieces of evidence"):
        Line(1, "statement", "words without evidence")


@given(st.lists(st.text(min_size=1).filter(str.strip), max_size=5), st.text(min_size=1))
def test_what_is_written_is_read_back(words: list[str], title: str) -> None:
    made = Briefing("b", title, date(2026, 1, 1), "state")
    for text in words:
        made = add_line(made, "own", text)
    made = add_line(made, "quote", "a word", evidence=[EVIDENCE], label="agreed")
    assert from_json(as_json(made)) == made


TEXT = "France and Britain agree: a so-called force of 800,000 troops isn’t planned."


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("nce and Brit", "France and Britain"),
        ("Britain agree", "Britain agree"),
        ("called force of 800", "so-called force of 800,000"),
        ("000 troops isn", "800,000 troops isn’t"),
        ("agree:", "agree:"),
        (" agree: ", "agree:"),
        ("planned", "planned"),
    ],
)
def test_a_quotation_is_of_whole_words(cut: str, whole: str) -> None:
    start = TEXT.index(cut)
    assert quote_of("s", Span(start, start + len(cut)), TEXT).words == whole


@pytest.mark.parametrize("span", [Span(70, 900), Span(900, 950), Span(6, 7)])
def test_places_without_words_are_refused(span: Span) -> None:
    with pytest.raises(UseError, match=r"not in it|no words"):
        quote_of("s", span, TEXT)


@given(st.text(min_size=1), st.data())
def test_a_quotation_holds_what_was_chosen(content: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(content))))
    assume(any(letter.isalnum() for letter in span.of(content)))
    quote = quote_of("s", span, content)
    assert quote.words == quote.span.of(content)
    assert span.of(content).strip() in quote.words
    assert quote.words == quote.words.strip()
