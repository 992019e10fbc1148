from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.evaluation.abstaining import (
    Decision,
    Point,
    Rates,
    auroc,
    check_labels,
    curve,
    curve_as_csv,
    decide,
    rates,
)
from assistant.evaluation.beir import SetQuestion, read_documents
from assistant.evaluation.set_library import set_library
from index.encoder.minilm import MiniLMEmbedder
from sources.errors import UseError
from tests.assistant.evaluation.sets import write_set

DECISIONS = (
    Decision("a", answerable=True, is_answered=True, confidence=0.9),
    Decision("b", answerable=False, is_answered=True, confidence=0.7),
    Decision("c", answerable=True, is_answered=True, confidence=0.6),
    Decision("d", answerable=True, is_answered=False, confidence=0.2),
    Decision("e", answerable=False, is_answered=False, confidence=0.2),
)


def test_rates_are_shares_of_the_unanswerable_and_of_the_answerable() -> None:
    assert rates(DECISIONS) == Rates(hallucination=1 / 2, error=1 / 3)
    assert rates(DECISIONS).mean == pytest.approx(5 / 12)


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    # a beats b and e; c beats e; d draws with e: 3.5 of 6 pairs.
    assert auroc(DECISIONS) == pytest.approx(3.5 / 6)


def test_the_curve_goes_from_silence_to_answering_everything() -> None:
    assert curve(DECISIONS) == (
        Point(float("inf"), Rates(0, 1)),
        Point(0.9, Rates(0, pytest.approx(2 / 3))),
        Point(0.7, Rates(0.5, pytest.approx(2 / 3))),
        Point(0.6, Rates(0.5, pytest.approx(1 / 3))),
        Point(0.2, Rates(1, 0)),
    )


def test_the_curve_is_written_with_a_heading() -> None:
    assert curve_as_csv((Point(0.5, Rates(0.25, 1)),)) == (
        "confidence,hallucination_rate,error_rate\n0.500000,0.250000,1.000000\n"
    )


@pytest.mark.parametrize(("label", "missing"), [(True, "unanswerable"), (False, "answerable")])
def test_a_set_of_one_kind_is_refused(label: bool, missing: str) -> None:
    with pytest.raises(UseError, match=f"labels no question as {missing}"):
        check_labels((SetQuestion("a", "Who?", answerable=label), SetQuestion("b", "Who?")))


def test_the_shipped_judge_decides_within_the_documents_a_question_may_see(
    tmp_path: Path, real_embedder: MiniLMEmbedder
) -> None:
    documents = read_documents(write_set(tmp_path / "set", questions=[]))
    asked = "How many troops would the army keep?"
    questions = (
        SetQuestion("open", asked, answerable=True),
        SetQuestion("closed", asked, answerable=False, documents=("money", "talks")),
        SetQuestion("unlabelled", asked),
    )
    with set_library(
        documents, name="made up", cache=tmp_path / "cache", embedder=real_embedder
    ) as own:
        opened, closed = decide(Assistant(own.library), own, questions)
    assert (opened.id, opened.is_answered) == ("open", True)
    assert (closed.id, closed.is_answered) == ("closed", False)
    assert opened.confidence > closed.confidence
