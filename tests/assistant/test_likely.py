"""Where nothing answers for certain, the sentences that may are quoted, and said to be no more."""

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.judging.reasons import UNCERTAIN, UNCERTAIN_PART
from assistant.verdict import MAX_SENTENCES
from index.retrieval import Turn


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What did Vance call the main obstacle?", "the main obstacle"),
        ("How many troops would Ukraine keep?", "800,000 troops"),
    ],
)
def test_what_is_asked_in_other_words_is_found(
    question: str, quote: str, shipped: Assistant
) -> None:
    answer = shipped.ask(question)
    assert answer.verdict == "likely"
    assert answer.reason == UNCERTAIN
    assert 1 <= len(answer.statements) <= MAX_SENTENCES
    assert any(quote in said.text for said in answer.statements)
    for said in answer.statements:
        (number,) = said.citations
        cited = answer.citations[number - 1].quote
        text = shipped.library.catalogue.text(cited.source).content
        assert text[cited.span.start : cited.span.end] == said.text


@pytest.mark.parametrize(
    "question",
    [
        "How many troops will Poland send to Ukraine?",  # a name that no source mentions
        "What does Article 5 say?",  # a part that no source has
        "Which enzyme breaks down lactose?",  # a stranger
    ],
)
def test_what_nothing_near_could_answer_stays_unsaid(question: str, shipped: Assistant) -> None:
    assert shipped.ask(question).verdict == "not_in_sources"


def test_what_answers_in_the_same_words_is_answered(shipped: Assistant) -> None:
    assert shipped.ask("What is the main obstacle in the negotiations?").verdict == "answered"


def test_a_question_is_read_with_the_one_before(shipped: Assistant) -> None:
    answer = shipped.ask("and how large is it?", history=[Turn("What is said of the army?")])
    assert any("800,000" in said.text for said in answer.statements)


def test_without_a_reader_the_words_of_the_question_decide(shipped: Assistant) -> None:
    by_words = replace(shipped, reader=None)
    said = by_words.ask("How many troops would Ukraine keep?")
    assert (said.verdict, "800,000" in said.statements[0].text) == ("answered", True)
    silent = by_words.ask("Who would send soldiers to Mars?")
    assert silent.verdict == "not_in_sources"


def test_a_part_is_not_called_unanswered_while_a_sentence_may_answer_it(
    shipped: Assistant,
) -> None:
    both = "Who would approve the guarantees, and how many troops would Ukraine keep?"
    answer = shipped.ask(both)
    assert answer.verdict == "partly"
    assert answer.reason is not None
    assert UNCERTAIN_PART in answer.reason
    assert "approved by Congress" in answer.statements[0].text


def test_where_no_part_is_certain_what_may_answer_is_shown_and_the_rest_named(
    shipped: Assistant,
) -> None:
    answer = shipped.ask("How many troops would Ukraine keep, and when will Congress vote?")
    assert answer.verdict == "likely"
    assert "800,000 troops" in answer.statements[0].text
    assert (answer.reason or "").startswith(UNCERTAIN)
    assert "When will Congress vote?" in (answer.reason or "")
    assert "no date" in (answer.reason or "")
