import pytest

from assistant.asking.questions import Question
from assistant.asking.values import find_values


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        ("How big is Ukraine?", "Ukraine keeps 800,000 troops.", []),
        ("How big is Ukraine?", "Ukraine has 603,628 square kilometres.", ["603,628"]),
        ("How large is NATO?", "NATO has 32 members.", ["32"]),
        ("How large is its army?", "Its army keeps 800,000 troops.", ["800,000"]),
        ("How big is the loan?", "The loan is of 90 billion euros.", ["90 billion"]),
        ("What is Ukraine's area?", "Ukraine keeps 800,000 troops.", []),
        ("How old is Rubio?", "Rubio met 30 envoys.", []),
        ("How old is Rubio?", "Rubio is 54 years old.", ["54"]),
        ("How old is Rubio?", "Rubio, aged 54, spoke.", ["54"]),
        ("How far is the front?", "The front is 40 km away.", ["40"]),
        ("How far is the front?", "The front has 40 posts.", []),
        ("How much fuel is there?", "There are 40 drivers.", []),
        ("How much fuel is there?", "There are 40 tonnes.", ["40"]),
    ],
)
def test_a_number_of_another_dimension_is_not_the_value(
    question: str, sentence: str, values: list[str]
) -> None:
    found = find_values(Question(question), sentence)
    assert [sentence[start:end] for start, end in found] == values
