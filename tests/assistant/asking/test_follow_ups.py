"""A question is read with those before that it goes on with."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.asking.follow_ups import FollowUpModel, shipped_follow_ups
from assistant.reader.reader import SentenceReader

PAIRS = Path(__file__).parent.parent / "conversing" / "follow_ups.jsonl"
BARE, WHOLE = np.eye(2, dtype=np.float32)
BY_BARENESS = FollowUpModel(np.array([8.0, 0.0, 0.0], dtype=np.float32), -4.0, 0.5)


@pytest.mark.parametrize(
    ("question", "earlier", "count"),
    [
        (BARE, [WHOLE, WHOLE], 1),
        (BARE, [WHOLE, BARE], 2),
        (BARE, [WHOLE, WHOLE, BARE, BARE], 3),
        (WHOLE, [WHOLE, BARE], 0),
        (BARE, [], 0),
    ],
)
def test_the_chain_goes_back_to_the_question_that_stands_alone(
    question: np.ndarray, earlier: list[np.ndarray], count: int
) -> None:
    assert BY_BARENESS.continued(question, earlier)[0] == count


def test_follow_ups_are_told_from_changes_of_topic(real_reader: SentenceReader) -> None:
    taken = {True: 0, False: 0}
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        question, before = map(real_reader.vector_of, (pair["question"], pair["earlier"]))
        model = shipped_follow_ups()
        taken[pair["is_follow_up"]] += model.probability(question, before) >= model.threshold
    assert taken[True] >= 17
    assert taken[False] <= 1
