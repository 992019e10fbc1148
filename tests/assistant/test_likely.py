"""Where nothing answers for certain, the sentences that may are quoted, and said to be no more."""

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.reader.reader import MAX_SHOWN, UNCERTAIN, UNCERTAIN_PART, SentenceReader
from index.retrieval import Turn


@pytest.fixture(scope="module")
def reading(shipped: Assistant, real_reader: SentenceReader) -> Assistant:
    return replace(shipped, reader=real_reader)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Who identified Donetsk as an obstacle?", "the main obstacle"),
        ("how big will the army be", "800,000 troops"),
    ],
)
def test_what_is_asked_in_other_words_is_found(
    question: str, quote: str, reading: Assistant
) -> None:
    answer = reading.ask(question)
    assert answer.verdict == "likely"
    assert answer.reason == UNCERTAIN
    assert 1 <= len(answer.statements) <= MAX_SHOWN
    assert any(quote in said.text for said in answer.statements)
    for said in answer.statements:
        (number,) = said.citations
        cited = answer.citations[number - 1].quote
        text = reading.library.catalogue.text(cited.source).content
        assert text[cited.span.start : cited.span.end] == said.text


@pytest.mark.parametrize(
    "question",
    [
        "How many troops will Poland send to Ukraine?",  # a name that no source mentions
        "What does Article 5 say?",  # a part that no source has
        "Which enzyme breaks down lactose?",  # a stranger
    ],
)
def test_what_nothing_near_could_answer_stays_unsaid(question: str, reading: Assistant) -> None:
    assert reading.ask(question).verdict == "not_in_sources"


def test_what_answers_in_the_same_words_is_answered(reading: Assistant) -> None:
    assert reading.ask("What is the main obstacle in the negotiations?").verdict == "answered"


def test_a_question_is_read_with_the_one_before(reading: Assistant) -> None:
    answer = reading.ask("and how large is it?", history=[Turn("What is said of the army?")])
    assert any("800,000" in said.text for said in answer.statements)


def test_without_a_reader_only_certainty_speaks(shipped: Assistant) -> None:
    silent = shipped.ask("Who identified Donetsk as an obstacle?")
    assert silent.verdict == "not_in_sources"


def test_a_part_is_not_called_unanswered_while_a_sentence_may_answer_it(
    reading: Assistant,
) -> None:
    both = "How many troops would Ukraine keep, and who identified Donetsk as an obstacle?"
    answer = reading.ask(both)
    assert answer.verdict == "partly"
    assert answer.reason is not None
    assert UNCERTAIN_PART in answer.reason
    assert "800,000 troops" in answer.statements[0].text
