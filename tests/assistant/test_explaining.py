"""An explanation tells what led to an answer, and changes nothing about it."""

from dataclasses import replace

from assistant.answering import Assistant
from assistant.explaining import as_fields
from assistant.reader.reader import SentenceReader
from index.retrieval import Turn

QUESTION = "Who identified Donetsk as an obstacle?"


def test_the_answer_is_the_same_as_without_it(shipped: Assistant) -> None:
    explained, _ = shipped.explain(QUESTION)
    assert replace(explained, took_ms=0) == replace(shipped.ask(QUESTION), took_ms=0)


def test_the_rooms_are_told_in_order_and_the_last_gives_the_verdict(
    shipped: Assistant, real_reader: SentenceReader
) -> None:
    answer, explanation = shipped.explain(QUESTION)
    rooms = [step.room for step in explanation.steps]
    assert rooms == ["reading", "judging", "verdict"]
    assert explanation.steps[-1].words.startswith(answer.verdict)
    assert f"{real_reader.bars.likely:.2f}" in explanation.steps[0].words


def test_passages_come_with_their_ranks_and_sentences_with_their_scores(
    shipped: Assistant,
) -> None:
    _, explanation = shipped.explain(QUESTION)
    assert explanation.passages
    assert min(one.rank_by_vectors or 99 for one in explanation.passages) == 1
    assert min(one.rank_by_words or 99 for one in explanation.passages) == 1
    scores = [one.read for one in explanation.sentences if one.read is not None]
    assert scores
    assert scores == sorted(scores, reverse=True)
    text = shipped.library.catalogue.text(explanation.sentences[0].source).content
    for one in explanation.sentences:
        assert text[one.start : one.end] == one.words


def test_a_follow_up_and_a_request_are_told(shipped: Assistant) -> None:
    before = [Turn("What is said of the army?")]
    _, explanation = shipped.explain("and how large is it?", history=before)
    assert explanation.steps[0].room == "conversation"
    _, explanation = shipped.explain("hello")
    assert [step.room for step in explanation.steps] == ["request", "verdict"]


def test_without_a_reader_no_reading_is_told(shipped: Assistant) -> None:
    _, explanation = replace(shipped, reader=None).explain(QUESTION)
    assert "reading" not in [step.room for step in explanation.steps]
    assert all(one.read is None for one in explanation.sentences)


def test_its_fields_are_plain_values(shipped: Assistant) -> None:
    fields = as_fields(shipped.explain(QUESTION)[1])
    assert list(fields) == ["steps", "passages", "sentences"]
