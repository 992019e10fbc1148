from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.reading import normalise
from sources.sentences import credits_start, find_sentences, read_credits
from sources.source import Locator, Text


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = "U.S. Vice President J.D. Vance said talks are hard. He cited Donetsk."
    assert [span.of(text) for span in find_sentences(text, language="en")] == [
        "U.S. Vice President J.D. Vance said talks are hard.",
        "He cited Donetsk.",
    ]


def test_may_is_no_month_cut_short() -> None:
    text = "He comes on 15 May. Norway pays. It ends in May. “Good,” she said on 3 Mar. 2025."
    assert [text[span.start : span.end] for span in find_sentences(text)] == [
        "He comes on 15 May.",
        "Norway pays.",
        "It ends in May.",
        "“Good,” she said on 3 Mar. 2025.",
    ]


def test_a_sentence_has_no_outer_white_space() -> None:
    text = "  One.   Two.\n\n\tThree.  "
    assert [span.of(text) for span in find_sentences(text)] == ["One.", "Two.", "Three."]


def test_credit_lines_at_the_end_are_no_sentences() -> None:
    text = "Talks went on.\n(jh)\nSource: Polskie Radio"
    assert [span.of(text) for span in find_sentences(text)] == ["Talks went on."]
    assert read_credits(text) == ("jh", "Polskie Radio")


def test_a_bracket_inside_the_text_is_not_a_credit_line() -> None:
    text = "(jh)\nTalks went on."
    assert credits_start(text) == len(text)


def test_a_text_of_credit_lines_alone_keeps_its_words() -> None:
    text = "Source: Polskie Radio"
    assert [span.of(text) for span in find_sentences(text)] == [text]


def test_a_blank_text_has_no_sentences() -> None:
    assert find_sentences(" \n\t ") == ()


@given(st.text(max_size=400))
def test_every_sentence_is_a_slice_and_all_words_are_in_one(text: str) -> None:
    content = normalise(text)
    sentences = find_sentences(content)
    reached = 0
    for sentence in sentences:
        assert not content[reached : sentence.start].strip()
        words = sentence.of(content)
        assert words
        assert words == words.strip()
        reached = sentence.end
    assert not content[reached : credits_start(content)].strip()


def test_a_heading_is_one_sentence_whatever_is_in_it_or_below_it() -> None:
    text = "## 2. Air defence\nThe Parties shall consult.\n\nTitle\n=====\nIt says so. Twice."
    headings = (Locator(0, "heading", "2. Air defence"), Locator(46, "heading", "Title"))
    assert [span.of(text) for span in find_sentences(text, locators=headings)] == [
        "## 2. Air defence",
        "The Parties shall consult.",
        "Title\n=====",
        "It says so.",
        "Twice.",
    ]
    read = Text(text, find_sentences(text, locators=headings), headings)
    assert {span.of(text) for span in read.headings()} == {"## 2. Air defence", "Title\n====="}


def test_a_heading_that_was_cut_is_one_in_each_part() -> None:
    text = "## 2. Air defence\n\nThe chair spoke."
    read = Text(text, find_sentences(text), (Locator(0, "heading", "2. Air defence"),))
    assert {span.of(text) for span in read.headings()} == {"## 2.", "Air defence"}


@given(st.text("aB.# \n=-", max_size=40), st.lists(st.integers(0, 40), max_size=4))
def test_sentences_between_headings_keep_their_order(content: str, starts: list[int]) -> None:
    headings = [Locator(start, "heading", "A heading") for start in sorted(starts)]
    sentences = find_sentences(content, locators=headings)
    assert Text(content, sentences).sentences == sentences


HARD = [
    line.split("\t")
    for line in Path(__file__).with_name("hard_sentences.tsv").read_text("utf-8").splitlines()
]
"""A language and a text, with a bar where one sentence ends and the next begins."""


@pytest.mark.parametrize("language", ["en", "uk", "ru", "pl", "de", "fr"])
def test_abbreviations_initials_and_ordinals_of_each_language_end_no_sentence(
    language: str,
) -> None:
    marked = [words.split(" | ") for spoken, words in HARD if spoken == language]
    wrong = {}
    for sentences in marked:
        text = " ".join(sentences)
        found = [span.of(text) for span in find_sentences(text, language=language)]
        if found != sentences:
            wrong[text] = found
    assert len(marked) >= 35
    assert len(wrong) <= 1, wrong


@given(
    st.sampled_from(["en", "uk", "ru", "pl", "de", "fr"]),
    st.text('аА1.…!?»«"— \n-BbвВrRtT,zZ', max_size=80),
)
def test_sentences_of_every_language_are_slices_that_leave_only_white_space(
    language: str, text: str
) -> None:
    content = normalise(text)
    sentences = find_sentences(content, language=language)
    reached = 0
    for sentence in sentences:
        assert not content[reached : sentence.start].strip()
        assert sentence.of(content) == sentence.of(content).strip()
        reached = sentence.end
    assert not content[reached : credits_start(content)].strip()


def test_a_list_whose_items_begin_small_is_cut_at_its_lines() -> None:
    text = "Що далі?\nперші гроші надійдуть у березні.\n12 країн чекають."
    found = [span.of(text) for span in find_sentences(text, language="uk")]
    assert found == text.split("\n")


def test_a_sentence_longer_than_a_page_is_cut_between_its_clauses() -> None:
    clauses = [f"depot {number} near the river holds {3 * number} crates" for number in range(400)]
    content = "The annex says: " + "; ".join(clauses) + "; the last depot is in Rivne. It ends."
    found = find_sentences(content)
    assert all(len(one) <= 1_000 for one in found)
    assert [one.of(content)[-1] for one in found[:-2]] == [";"] * (len(found) - 2)
    assert found[-1].of(content) == "It ends."
    assert " ".join(one.of(content) for one in found) == content


def test_a_long_sentence_of_a_treaty_stays_whole() -> None:
    content = "The Parties shall not: " + "; ".join(["send any men beyond the line"] * 60) + "."
    assert 1_500 < len(content) < 2_000
    assert [one.of(content) for one in find_sentences(content)] == [content]


@pytest.mark.parametrize("sign", ["x", ",", ", ", "; "])
def test_a_long_run_without_a_border_is_cut_where_it_must_be(sign: str) -> None:
    content = "Words " + sign * 300_000
    found = find_sentences(content)
    assert all(len(one) <= 2_000 for one in found)
    assert "".join(one.of(content) for one in found).replace(" ", "") == content.replace(" ", "")
