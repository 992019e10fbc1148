"""Answers to questions that ask for one thing, over texts that speak of much else.

Each kind of question stands beside a twin that the same texts leave open: silence alone is no
way to pass. `on` names the texts, `marked` all that may be marked in the answer.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from index.retrieval import Turn

ASKED = [
    json.loads(line)
    for line in Path(__file__).with_name("asked_things.jsonl").read_text("utf-8").splitlines()
]


def _ask(asked: dict[str, Any], shipped: Assistant, made_up: Assistant) -> Answer:
    assistant = shipped if asked["on"] == "article" else made_up
    return assistant.ask(asked["question"], history=[Turn(one) for one in asked["history"]])


def _only(verdict: str) -> Any:
    chosen = [one for one in ASKED if one["verdict"] == verdict]
    return pytest.mark.parametrize("asked", [pytest.param(one, id=one["_id"]) for one in chosen])


@_only("not_in_sources")
def test_what_no_source_says_is_not_answered_by_what_stands_near(
    asked: dict[str, Any], shipped: Assistant, made_up: Assistant
) -> None:
    answer = _ask(asked, shipped, made_up)
    assert answer.verdict == "not_in_sources", [one.quote.words for one in answer.citations]
    assert answer.reason
    assert asked.get("reason", "") in answer.reason


@_only("answered")
def test_what_a_source_says_is_answered_and_nothing_else_is_marked(
    asked: dict[str, Any], shipped: Assistant, made_up: Assistant
) -> None:
    answer = _ask(asked, shipped, made_up)
    cited = [one.quote.words for one in answer.citations]
    assert any(asked["quote"] in words for words in cited), answer.reason or cited
    if "marked" in asked:
        marked = {
            one.quote.words[mark.start - one.quote.span.start : mark.end - one.quote.span.start]
            for one in answer.citations
            for mark in one.marks
        }
        assert marked == set(asked["marked"])
