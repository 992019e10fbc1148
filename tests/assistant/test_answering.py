"""The story from question to answer, over the shipped article with the bundled model."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.asking.typed import MAX_QUESTION_CHARS
from index.filters import Filters
from index.retrieval import Turn
from sources.errors import UseError

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()
]


def _asked(asked: dict[str, Any]) -> Any:
    return pytest.param(asked, id=asked["_id"])


@pytest.mark.parametrize(
    "asked", [_asked(asked) for asked in QUESTIONS if asked["verdict"] == "answered"]
)
def test_a_question_is_answered_with_the_words_that_answer_it(
    shipped: Assistant, asked: dict[str, Any]
) -> None:
    answer = shipped.ask(asked["question"], history=[Turn(earlier) for earlier in asked["history"]])
    assert answer.verdict != "not_in_sources", answer.reason
    cited = [citation.quote.words for citation in answer.citations]
    assert any(asked["quote"] in words for words in cited), cited


@pytest.mark.parametrize(
    "asked", [_asked(asked) for asked in QUESTIONS if asked["verdict"] == "not_in_sources"]
)
def test_silence_of_the_sources_is_an_answer_with_its_reason(
    shipped: Assistant, asked: dict[str, Any]
) -> None:
    answer = shipped.ask(asked["question"])
    assert answer.verdict == "not_in_sources", [c.quote.words for c in answer.citations]
    assert answer.reason
    assert asked.get("missing", "") in answer.reason


def test_every_quote_is_a_slice_of_its_text(shipped: Assistant) -> None:
    for asked in QUESTIONS:
        answer = shipped.ask(asked["question"])
        for quote in (*answer.related, *(citation.quote for citation in answer.citations)):
            content = shipped.library.catalogue.text(quote.source).content
            assert quote.words == content[quote.span.start : quote.span.end]


def test_the_credit_lines_are_never_an_answer(shipped: Assistant) -> None:
    for question in ("What is the source?", "Who is jh?", "Source: Polskie Radio (jh)"):
        answer = shipped.ask(question)
        quotes = (*answer.related, *(citation.quote for citation in answer.citations))
        assert not any("(jh)" in quote.words for quote in quotes)


def test_filters_that_leave_nothing_are_said_and_not_guessed_around(shipped: Assistant) -> None:
    answer = shipped.ask("How many troops?", filters=Filters(publishers=("Nobody",)))
    assert answer.verdict == "not_in_sources"
    assert answer.related == ()
    assert answer.reason


@pytest.mark.parametrize("question", ["", " \n ", "\u202e\u0000", "x" * (MAX_QUESTION_CHARS + 1)])
def test_a_question_that_cannot_be_asked_is_refused(shipped: Assistant, question: str) -> None:
    with pytest.raises(UseError):
        shipped.ask(question)


@pytest.mark.parametrize("question", ["?", "…", "<script>", "Что сказал Вэнс?"])
def test_odd_questions_get_a_plain_answer(shipped: Assistant, question: str) -> None:
    assert shipped.ask(question).verdict in {"answered", "likely", "partly", "not_in_sources"}


def test_a_word_that_was_mistyped_is_read_and_told(shipped: Assistant) -> None:
    answer = shipped.ask("What did Zelenksy say about funding?")
    assert answer.question == "What did Zelenksy say about funding?"
    assert answer.statements[0].speaker == "Zelensky"
    assert answer.notice is not None
    assert answer.notice.startswith("“Zelenksy” is read as “Zelensky”")


def test_a_publisher_whom_no_text_names_is_asked_by_asking_its_texts(shipped: Assistant) -> None:
    answer = shipped.ask("According to Polskie Radio, how many troops would Ukraine keep?")
    assert "800,000" in answer.statements[0].text
    silent = shipped.ask("What does Polskie Radio say about Greenland?")
    assert silent.reason == "No source mentions Greenland."


def test_a_question_back_shows_nothing_as_related(shipped: Assistant) -> None:
    answer = shipped.ask("What about it?")
    assert (answer.heading, answer.related) == ("One question first", ())
