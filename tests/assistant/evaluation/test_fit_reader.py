"""Fitting what weighs the signals of sentences, and the figures beside it."""

import json
from pathlib import Path

import pytest

from assistant.evaluation.annotated import read_annotated
from assistant.evaluation.fit_reader import Labelled, fit, label, report, write
from assistant.judging.logistic import read_model
from assistant.reader.reader import FILE
from tests.conftest import WordEmbedder

DOCUMENTS = Path(__file__).parents[1] / "reader" / "documents"


def _labelled(near: float, far: float, *, kind: str = "answered") -> Labelled:
    is_answered = kind == "answered"
    rows = ({"meaning": far}, {"meaning": near})
    return Labelled("en", kind, False, rows, (False, is_answered))  # type: ignore[arg-type]


def test_the_signal_that_tells_answers_is_weighed() -> None:
    labelled = [_labelled(0.8 + 0.01 * n, 0.3) for n in range(10)]
    labelled += [_labelled(0.31 + 0.01 * n, 0.3, kind="stranger") for n in range(12)]
    model = fit(labelled)
    assert model.coefficients["meaning"].weight > 0
    assert model.probability({"meaning": 0.3}) < model.probability({"meaning": 0.8})
    _, english = report(model, labelled)
    assert english.split()[:6] == ["English", "10", "1.000", "1.000", "1.000", "nan"]


def test_a_model_is_kept_with_where_it_comes_from(tmp_path: Path) -> None:
    labelled = [_labelled(0.9, 0.3), _labelled(0.8, 0.2), _labelled(0.4, 0.3, kind="stranger")]
    model = fit(labelled)
    write(model, labelled, tmp_path / "model.json")
    assert read_model(tmp_path / "model.json") == model
    kept = json.loads((tmp_path / "model.json").read_text("utf-8"))
    assert kept["fitted_on"] == {"answered": 2, "nearly": 0, "stranger": 1}


def test_the_shipped_model_says_where_it_comes_from() -> None:
    kept = json.loads(FILE.read_text("utf-8"))
    assert kept["made_by"] == "python -m assistant.evaluation.fit_reader"
    assert kept["fitted_on"]["answered"] > 1_000


@pytest.mark.parametrize("file", sorted(DOCUMENTS.glob("*.txt")), ids=lambda file: file.stem)
def test_every_shipped_text_can_be_read(file: Path) -> None:
    texts = read_annotated(file)
    assert len(texts) > 50
    assert all(text.questions for text in texts)


def test_questions_are_searched_in_their_own_text(tmp_path: Path) -> None:
    texts = read_annotated(DOCUMENTS / "wire.txt")[:2]
    words = WordEmbedder()
    found = list(label(texts, cache=tmp_path, embedder=words, encoder=words))
    assert {one.kind for one in found} == {"answered", "nearly", "stranger"}
    assert all(not any(one.answers) for one in found if one.kind != "answered")
    assert any(any(one.answers) for one in found if one.kind == "answered")
    assert any(one.is_held_out for one in found)
    assert not all(one.is_held_out for one in found)
