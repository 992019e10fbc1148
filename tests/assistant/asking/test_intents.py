"""Requests are told from questions by meaning, in several languages."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.asking.intents import INTENTS, IntentModel, shipped_intents
from assistant.reader.reader import SentenceReader

REQUESTS = Path(__file__).with_name("intents.jsonl")
BLIND = Path(__file__).parent.parent / "evaluation" / "blind"


def test_the_surest_intent_is_given_from_the_threshold_on() -> None:
    count = len(INTENTS)
    model = IntentModel(
        np.eye(count + 1, dtype=np.float32) * 9, np.zeros(count + 1, np.float32), 0.5
    )
    towards = np.eye(count + 1, dtype=np.float32)
    assert model.probabilities(towards[0]).sum() == pytest.approx(1.0)
    found = model.intent_of(towards[1])
    assert found is not None
    assert found[0] == INTENTS[1]
    assert model.intent_of(towards[count]) is None
    assert model.intent_of(np.zeros(count + 1, dtype=np.float32)) is None


def test_most_requests_are_recognised_and_none_as_another(real_reader: SentenceReader) -> None:
    rows = [json.loads(line) for line in REQUESTS.read_text(encoding="utf-8").splitlines()]
    found = [shipped_intents().intent_of(real_reader.vector_of(one["question"])) for one in rows]
    right = [
        one["half"]
        for one, intent in zip(rows, found, strict=True)
        if intent is not None and intent[0] == one["intent"]
    ]
    assert len(right) == sum(intent is not None for intent in found)
    assert right.count("seen") >= 24
    assert right.count("held") >= 19


def test_no_question_of_the_blind_sets_is_taken_for_a_request(real_reader: SentenceReader) -> None:
    for file in ("article.jsonl", "questions.jsonl"):
        lines = (BLIND / file).read_text(encoding="utf-8").splitlines()
        for question in (json.loads(line)["question"] for line in lines):
            assert shipped_intents().intent_of(real_reader.vector_of(question)) is None, question
