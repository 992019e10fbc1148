"""Answers over documents of many kinds: a treaty, minutes, a memo and the news about them.

Each way of reading is asked from both sides: a question that it answers, and a near twin that
has to stay silent.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.asking.about_cards import asked_card
from assistant.asking.numbered_parts import numbered_part
from assistant.asking.roll_calls import roll_call
from assistant.reader.reader import SentenceReader
from index.embedder import Embedder
from index.indexing import sync_folder
from index.library import open_library
from index.retrieval import Turn

DOCUMENTS = Path(__file__).parents[1] / "documents"
QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "documents_questions.jsonl")
    .read_text("utf-8")
    .splitlines()
]


@pytest.fixture(scope="module")
def documents(
    real_embedder: Embedder, real_reader: SentenceReader, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    library = open_library(tmp_path_factory.mktemp("documents"), embedder=real_embedder)
    sync_folder(library, DOCUMENTS)
    yield Assistant(library, reader=real_reader)
    library.close()


def _is_routed(question: str) -> bool:
    """Whether it names the very place where its answer stands."""
    return any(route(question) for route in (numbered_part, roll_call, asked_card))


ROUTED = [one for one in QUESTIONS if _is_routed(one["question"])]


@pytest.mark.parametrize("one", ROUTED, ids=[one["_id"] for one in ROUTED])
def test_articles_minutes_and_cards_answer_what_they_say_and_nothing_near_it(
    documents: Assistant, one: dict[str, Any]
) -> None:
    answer = documents.ask(one["question"], history=[Turn(earlier) for earlier in one["history"]])
    cited = [citation.quote.words for citation in answer.citations]
    if one["verdict"] == "answered":
        assert answer.is_certain, answer.reason
        assert any(one["quote"] in words for words in cited), cited
        assert not any(words in cited for words in one.get("without", ())), cited
    else:
        assert not answer.is_certain
        assert answer.verdict == "likely" or one.get("missing", "") in (answer.reason or "")


def test_most_questions_are_answered_with_the_words_that_answer_them(documents: Assistant) -> None:
    missed, wrong = [], []
    for one in QUESTIONS:
        answer = documents.ask(one["question"], history=[Turn(each) for each in one["history"]])
        cited = [citation.quote.words for citation in answer.citations]
        if one["verdict"] == "not_in_sources" and answer.is_certain:
            wrong.append(one["_id"])
        if one["verdict"] == "answered" and not any(one["quote"] in words for words in cited):
            missed.append(one["_id"])
    assert (len(missed) <= 2, len(wrong) <= 2) == (True, True), (missed, wrong)


def test_of_all_who_were_present_the_one_asked_for_is_marked(documents: Assistant) -> None:
    (citation,) = documents.ask("Who represented Ukraine at the meeting?").citations
    (mark,) = citation.marks
    content = documents.library.catalogue.text(citation.quote.source).content
    assert mark.of(content) == "Mr Bondar (Ukraine)"


def test_a_card_adds_to_no_other_reason(documents: Assistant) -> None:
    reason = documents.ask("Wie viele Soldaten hat Moreau?").reason or ""
    assert reason.endswith("its meaning and its names were looked for in all texts.")
