import pytest

from assistant.asking.bare_topics import measure_asked
from assistant.asking.questions import Question


@pytest.mark.parametrize(
    "question",
    ["troops?", "Frozen assets", "the EU backstop", "Koval on NATO", "coalition size"],
)
def test_a_few_bare_words_name_a_topic(question: str) -> None:
    assert Question(question).is_bare_topic


@pytest.mark.parametrize(
    "question",
    [
        "Who pays?",
        "Are troops sent?",
        "It lasts long",
        "Explain the backstop",
        "main obstacles",
        "thanks",
        "the plan of the coalition for winter",
    ],
)
def test_what_asks_more_than_that_is_none(question: str) -> None:
    assert not Question(question).is_bare_topic


def test_a_follow_up_without_a_subject_is_about_what_was_asked_before() -> None:
    assert not Question("what else?").after(["How many troops?"]).is_bare_topic


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("coalition size", ("size", "quantity")),
        ("the number of troops", ("number", "count")),
        ("launcher deadline", ("deadline", "date")),
        ("deadline launchers", ("deadline", "date")),
        ("price of drones", ("price", "money")),
        ("defence budget", None),
        ("What was the size of the coalition then?", None),
        ("size", None),
    ],
)
def test_a_measure_says_what_value_is_wanted(
    question: str, measure: tuple[str, str] | None
) -> None:
    assert measure_asked(question) == measure
    if measure is not None:
        assert measure[0] not in {term.word for term in Question(question).subjects}
        assert Question(question).kind == measure[1]
