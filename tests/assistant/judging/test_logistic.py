import pytest

from assistant.judging.logistic import Coefficient, LogisticModel, shipped_judge


def test_the_probability_is_that_of_a_logistic_model() -> None:
    judge = LogisticModel(0.0, {"near": Coefficient(mean=0.5, spread=0.1, weight=2.0)}, 0.5)
    assert judge.probability({"near": 0.5}) == 0.5
    assert judge.probability({"near": 0.6}) == pytest.approx(0.8808, abs=1e-4)


def test_a_judge_fitted_on_other_signals_is_refused() -> None:
    with pytest.raises(ValueError, match="other signals"):
        shipped_judge().probability({"near": 1.0})
