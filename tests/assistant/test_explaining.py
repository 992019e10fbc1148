"""An explanation tells what led to an answer, and changes nothing about it."""

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.explaining import as_fields
from assistant.reader.reader import SentenceReader
from index.retrieval import Turn

QUESTION = "Who identified Donetsk as an obstacle?"


@pytest.fixture(scope="module")
def reading(shipped: Assistant, real_reader: SentenceReader) -> Assistant:
    return replace(shipped, reader=real_reader)


def test_the_answer_is_the_same_as_without_it(reading: Assistant) -> None:
    explained, _ = reading.explain(QUESTION)
    assert replace(explained, took_ms=0) == replace(reading.ask(QUESTION), took_ms=0)


def test_the_rooms_are_told_in_order_and_the_last_gives_the_verdict(
    reading: Assistant, real_reader: SentenceReader
) -> None:
    answer, explanation = reading.explain(QUESTION)
    rooms = [step.room for step in explanation.steps]
    assert rooms == ["judging", "reading", "verdict"]
    assert explanation.steps[-1].words.startswith(answer.verdict)
    assert f"{real_reader.bars.likely:.2f}" in explanation.steps[1].words


def test_passages_come_with_their_ranks_and_sentences_with_their_scores(
    reading: Assistant,
) -> None:
    _, explanation = reading.explain(QUESTION)
    assert explanation.passages
    assert min(one.rank_by_vectors or 99 for one in explanation.passages) == 1
    assert min(one.rank_by_words or 99 for one in explanation.passages) == 1
    scores = [one.read for one in explanation.sentences if one.read is not None]
    assert scores
    assert scores == sorted(scores, reverse=True)
    text = reading.library.catalogue.text(explanation.sentences[0].source).content
    for one in explanation.sentences:
        assert text[one.start : one.end] == one.words


def test_a_follow_up_and_a_request_are_told(reading: Assistant) -> None:
    before = [Turn("What is said of the army?")]
    _, explanation = reading.explain("and how large is it?", history=before)
    assert explanation.steps[0].room == "conversation"
    _, explanation = reading.explain("hello")
    assert [step.room for step in explanation.steps] == ["request", "verdict"]


def test_without_a_reader_no_reading_is_told(shipped: Assistant) -> None:
    _, explanation = shipped.explain(QUESTION)
    assert "reading" not in [step.room for step in explanation.steps]
    assert all(one.read is None for one in explanation.sentences)


def test_its_fields_are_plain_values(reading: Assistant) -> None:
    fields = as_fields(reading.explain(QUESTION)[1])
    assert list(fields) == ["steps", "passages", "sentences"]
