"""Questions that ask for one thing, over texts that speak of much else.

Each kind of question stands beside a twin that the same texts leave open: silence alone is no
way to pass. `on` names the texts.
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
Asked = list[tuple[dict[str, Any], Answer]]


@pytest.fixture(scope="module")
def answered(shipped: Assistant, made_up: Assistant) -> Asked:
    on = {"article": shipped, "made_up": made_up}
    return [
        (one, on[one["on"]].ask(one["question"], history=[Turn(each) for each in one["history"]]))
        for one in ASKED
    ]


def test_what_a_source_says_is_nearly_always_shown(answered: Asked) -> None:
    of = [(one, answer) for one, answer in answered if one["verdict"] == "answered"]
    missed = [
        one["_id"]
        for one, answer in of
        if not any(one["quote"] in found.quote.words for found in answer.citations)
    ]
    assert len(missed) <= len(of) // 8, missed


def test_what_no_source_says_is_seldom_called_an_answer(answered: Asked) -> None:
    of = [(one, answer) for one, answer in answered if one["verdict"] == "not_in_sources"]
    wrong = [one["_id"] for one, answer in of if answer.is_certain]
    assert len(wrong) <= len(of) // 4, wrong
    assert all(answer.reason for _, answer in of if not answer.is_certain)
