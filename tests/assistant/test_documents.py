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
    real_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    library = open_library(tmp_path_factory.mktemp("documents"), embedder=real_embedder)
    sync_folder(library, DOCUMENTS)
    yield Assistant(library)
    library.close()


@pytest.mark.parametrize("one", QUESTIONS, ids=[one["_id"] for one in QUESTIONS])
def test_documents_answer_what_they_say_and_nothing_near_it(
    documents: Assistant, one: dict[str, Any]
) -> None:
    answer = documents.ask(one["question"], history=[Turn(earlier) for earlier in one["history"]])
    cited = [citation.quote.words for citation in answer.citations]
    if one["verdict"] == "answered":
        assert cited, answer.reason
        assert any(one["quote"] in words for words in cited), cited
        assert not any(words in cited for words in one.get("without", ())), cited
    else:
        assert cited == []
        assert one.get("missing", "") in (answer.reason or "")


def test_of_all_who_were_present_the_one_asked_for_is_marked(documents: Assistant) -> None:
    (citation,) = documents.ask("Who represented Ukraine at the meeting?").citations
    (mark,) = citation.marks
    content = documents.library.catalogue.text(citation.quote.source).content
    assert mark.of(content) == "Mr Bondar (Ukraine)"


def test_a_comparison_tells_what_is_said_of_each_and_no_list_of_names(
    documents: Assistant,
) -> None:
    answer = documents.ask("Compare Ms Orsini and Mr Tamm")
    assert [citation.quote.words for citation in answer.citations] == [
        "Ms Orsini spoke against a fund of the three states, and Mr Bondar for it."
    ]
    assert (answer.verdict, "“Mr Tamm” is not answered" in str(answer.reason)) == ("partly", True)


def test_a_card_adds_to_no_other_reason(documents: Assistant) -> None:
    reason = documents.ask("Wie viele Soldaten hat Moreau?").reason or ""
    assert reason.endswith("its meaning and its names were looked for in all texts.")
