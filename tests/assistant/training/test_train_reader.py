"""Training learns, goes on where it was left, and tells what its numbers are worth."""

from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.evaluation.annotated import StatementOn
from assistant.reader.network import Calibration
from assistant.training import train_reader
from assistant.training.examples import AskedQuestion, Document
from assistant.training.figures import (
    Checked,
    Scored,
    calibrate,
    check,
    curve,
    report,
    report_checked,
    score,
)
from assistant.training.model import VERDICTS
from assistant.training.train_reader import loss_of, train_answers, train_support
from assistant.training.vectors import Vectorised, vectorise

_PAYS = ("Norlund", "Zembla", "Kestria", "Ostmark")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def few(cache: Path) -> list[Vectorised]:
    """Texts in which each asks who pays and how many ships there are; only the first is said."""
    given = [
        Document(
            "en",
            "Talks",
            (f"{name} pays for the radar.", "Lunch was served late.", "It rained in the hills."),
            (
                AskedQuestion(f"does {name} pay for the radar", frozenset({0})),
                AskedQuestion("how many ships are there", frozenset()),
            ),
            False,
            (
                StatementOn(f"The radar is paid for by {name}.", "supported", (0,)),
                StatementOn(f"{name} refuses to pay for the radar.", "contradicted", (0,)),
                StatementOn("Forty ships were sold in spring.", "not_said", (1, 2)),
            ),
        )
        for name in _PAYS
    ]
    return vectorise(given, cache)[0]


def test_texts_are_read_by_the_encoder_once(few: list[Vectorised], cache: Path) -> None:
    kept = {file: file.stat().st_mtime_ns for file in cache.glob("*.npz")}
    assert len(kept) == 3 * len(_PAYS) + 1  # no text of these has copies
    again, _ = vectorise([one.document for one in few], cache)
    assert {file: file.stat().st_mtime_ns for file in cache.glob("*.npz")} == kept
    assert all(
        np.array_equal(one.sentences[0].pieces, other.sentences[0].pieces)
        for one, other in zip(few, again, strict=True)
    )


def test_the_loss_is_least_where_the_answers_are_highest_and_silence_is_kept() -> None:
    answers = [(True, False), (False, False)]
    good = loss_of(torch.tensor([6.0, -6.0, -6.0, -6.0]), answers)
    bad = loss_of(torch.tensor([-6.0, 6.0, -6.0, -6.0]), answers)
    rash = loss_of(torch.tensor([6.0, -6.0, 6.0, -6.0]), answers)
    assert good < 0.1 < min(bad, rash)


def test_training_learns_what_it_is_shown_and_resumes(
    few: list[Vectorised], cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_reader, "WARM_UP_STEPS", 1)
    monkeypatch.setattr(train_reader, "QUESTIONS_AT_ONCE", 4)
    _, pieces = vectorise([one.document for one in few], cache)
    half = train_answers(few, pieces, tmp_path, epochs=1)
    kept = torch.load(tmp_path / "answers.pt", weights_only=True)
    assert kept["step"] == 2
    again = train_answers(few, pieces, tmp_path, epochs=1)
    assert all(
        torch.equal(one, other)
        for one, other in zip(half.parameters(), again.parameters(), strict=True)
    )
    model = train_answers(few, pieces, tmp_path, epochs=25)
    scored = [one for one in score(model, few, pieces) if not one.is_stranger]
    for one in scored:
        assert (int(one.logits.argmax()) in one.answers) or not one.answers
    sure, unsure = (
        [one.logits.max() for one in scored if bool(one.answers) is has] for has in (True, False)
    )
    assert min(sure) > max(unsure)


def test_statements_are_learnt_too(
    few: list[Vectorised], cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_reader, "WARM_UP_STEPS", 1)
    monkeypatch.setattr(train_reader, "STATEMENTS_AT_ONCE", 6)
    _, pieces = vectorise([one.document for one in few], cache)
    model = train_support(few, pieces, tmp_path, epochs=40)
    for one in check(model, few, pieces):
        assert VERDICTS[int(one.support.argmax())] == one.relation


def _scored(top: float, *, is_right: bool) -> Scored:
    logits = np.array([top, top - 2], dtype=np.float32)
    return Scored("en", logits, logits, frozenset({0 if is_right else 1}))


def test_numbers_become_shares_of_right_answers() -> None:
    scored = [
        *(_scored(3.0, is_right=place % 10 != 0) for place in range(100)),
        *(_scored(0.0, is_right=place % 10 == 0) for place in range(100)),
    ]
    found = calibrate(scored)
    known = Calibration(**found)
    assert known.probability(3.0) == pytest.approx(0.9, abs=0.01)
    assert known.probability(0.0) == pytest.approx(0.1, abs=0.01)
    assert known.likely < known.borne_out <= known.answered


def test_figures_stand_beside_plain_similarity() -> None:
    nothing = np.zeros(2, dtype=np.float32)
    scored = [_scored(3.0, is_right=True), Scored("en", nothing, nothing, frozenset())]
    lines = list(report(scored))
    assert lines[1].split() == ["English", "similarity", "1", "1.000", "1.000", "1.000"]
    assert lines[2].split()[1] == "network"
    assert len(list(curve([*scored, _scored(-3.0, is_right=False)]))) > 1


def test_statements_are_told_right_and_wrong() -> None:
    rows = [
        ("supported", (0.9, 0.05, 0.05)),
        ("contradicted", (0.8, 0.1, 0.1)),
        ("not_said", (0.1, 0.2, 0.7)),
    ]
    checked = [Checked("en", np.array(row, dtype=np.float32), label) for label, row in rows]
    (line,) = list(report_checked(checked))[1:]
    assert line.split() == ["English", "3", "0.556", "1.000", "1", "of", "1", "1", "of", "2"]
