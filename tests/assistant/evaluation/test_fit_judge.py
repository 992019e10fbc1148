from dataclasses import replace
from pathlib import Path

from assistant.evaluation.fit_judge import Labelled, cross_validate, fit, report, write
from assistant.judging.logistic import FILE, shipped_judge


def _questions() -> list[Labelled]:
    return [
        Labelled(
            "set",
            str(place),
            {"near": 0.3 + 0.4 * (place % 2) + place / 1000, "noise": float(place % 3)},
            bool(place % 2),
            5.0,
        )
        for place in range(40)
    ]


def test_the_signal_that_tells_gets_the_weight() -> None:
    judge = fit(_questions())
    weights = {name: one.weight for name, one in judge.coefficients.items()}
    assert weights["near"] > 5 * abs(weights["noise"])
    assert judge.probability({"near": 0.7, "noise": 1.0}) > judge.threshold


def test_figures_come_from_models_that_have_not_seen_the_question() -> None:
    questions = _questions()
    decisions = cross_validate(questions)
    assert [one.id for one in decisions] == [one.id for one in questions]
    assert "1.000    0.000   0.000   0.000" in list(report(questions, [decisions]))[1]


def test_what_is_written_names_the_sets_it_was_fitted_on(tmp_path: Path) -> None:
    questions = _questions()
    write(fit(questions), questions, tmp_path / "judge.json")
    kept = (tmp_path / "judge.json").read_text("utf-8")
    assert '"set": 40' in kept
    assert "fit_judge" in kept


def test_the_shipped_judge_says_where_it_comes_from() -> None:
    assert "fitted_on" in FILE.read_text("utf-8")
    assert 0 < shipped_judge().threshold < 1


def test_what_the_rules_decide_teaches_nothing_and_stays_decided() -> None:
    questions = _questions()
    ruled = [replace(one, answerable=not one.answerable, ruled=one.answerable) for one in questions]
    assert fit([*questions, *ruled]) == fit(questions)
    decisions = cross_validate([*questions, *ruled])[len(questions) :]
    assert [one.is_answered for one in decisions] == [one.ruled for one in ruled]
