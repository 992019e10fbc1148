import pytest

from assistant.asking.counted import counted_in
from assistant.asking.questions import Question
from assistant.asking.values import find_values


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many tanks does Ukraine have?", "tanks"),
        ("How many Ukrainian soldiers will be trained?", "soldiers"),
        ("how many countries joined the coalition", "countries"),
        ("How many of the launchers were delivered?", "launchers"),
        ("How many people were killed?", "people"),
        ("What is the number of seats in parliament?", "seats"),
        ("What is Ukraine's population?", "inhabitants"),
        ("How many were wounded?", None),
        ("How many times did they meet?", None),
        ("How large is the army?", None),
    ],
)
def test_what_is_to_be_counted_is_read_off_the_question(question: str, noun: str | None) -> None:
    found = counted_in(question)
    assert (found and found.noun) == noun


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        ("How many soldiers will they send?", "They send 800,000 troops.", ["800,000"]),
        ("How many tanks do they have?", "They have 800,000 troops.", []),
        ("How many troops will they send?", "About 30 countries send troops.", []),
        ("How many states take part?", "About 30 countries send troops.", ["30"]),
        ("How many members has it?", "It has 30 countries.", ["30"]),
        ("How many people were killed?", "It killed 14 soldiers.", ["14"]),
        ("How many children were killed?", "It killed 14 people.", []),
        ("How many employees has it?", "It employs 3,000 people.", ["3,000"]),
        ("How many people were killed?", "It killed 14 people and wounded 37.", ["14"]),
        ("How many were wounded?", "It killed 14 people and wounded 37.", ["37"]),
        ("How many were wounded?", "Forty-one people were wounded.", ["Forty-one"]),
        ("How many drones were sent?", "By 312 to 187 they voted for 6,000 drones.", ["6,000"]),
        ("How many aircraft were sent?", "They voted for 6,000 drones over two years.", []),
        ("How many troops are allowed?", "The number of troops is capped at 600,000.", ["600,000"]),
        ("How many troops are allowed?", "It is capped at 600,000.", []),
        ("How many launchers came?", "16 of the 24 launchers came.", ["16", "24"]),
        ("Within how many hours must they meet?", "1. They meet within 24 hours.", ["24"]),
        ("How many hours does it take?", "It takes 15 days.", []),
        ("What is its population?", "It keeps 800,000 troops.", []),
        ("What is its population?", "It has 40,000 inhabitants.", ["40,000"]),
        ("What is its population?", "It has a population of 40,000.", ["40,000"]),
    ],
)
def test_only_a_number_of_what_is_asked_is_the_value(
    question: str, sentence: str, values: list[str]
) -> None:
    found = find_values(Question(question), sentence)
    assert [sentence[start:end] for start, end in found] == values


def test_a_number_without_a_noun_counts_what_is_spoken_of_before() -> None:
    asked = Question("How many soldiers are needed?")
    assert find_values(asked, "No fewer than 700,000.") == ()
    found = find_values(asked, "No fewer than 700,000.", before="How many soldiers, minister?")
    assert len(found) == 1
