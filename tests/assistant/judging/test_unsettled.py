import pytest

from assistant.asking.questions import Question
from assistant.judging.unsettled import also_sought, unsettled
from tests.assistant.judging.weighing import weighed

TEXT = (
    "Germany has not decided whether its soldiers take part. The army keeps 800,000 troops. "
    "The question of the plant is still open. Orbán would veto the loan. "
    "Russia would never accept foreign troops."
)


def _found(question: str) -> list[str]:
    return [one.words for one in unsettled(Question(question), weighed(question, TEXT))]


@pytest.mark.parametrize(
    "question",
    ["What is unclear?", "What is still open?", "List the disputed issues", "What is undecided"],
)
def test_what_is_open_is_told_by_the_words_for_it(question: str) -> None:
    assert _found(question) == [
        "Germany has not decided whether its soldiers take part.",
        "The question of the plant is still open.",
    ]


def test_who_is_against_is_told_by_the_words_for_no() -> None:
    assert _found("Who disagrees?") == [
        "Orbán would veto the loan.",
        "Russia would never accept foreign troops.",
    ]


def test_what_is_open_about_something_has_to_be_about_it() -> None:
    assert _found("What is still open about the plant?") == [
        "The question of the plant is still open."
    ]
    assert _found("Who opposes the loan?") == ["Orbán would veto the loan."]
    assert _found("Who is against the referendum?") == []


def test_any_other_question_asks_for_neither() -> None:
    assert _found("How many troops are kept?") == []
    assert also_sought(Question("How many troops are kept?")) == ""
    assert "undecided" in also_sought(Question("What is unclear?"))
