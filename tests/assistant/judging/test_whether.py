import pytest

from assistant.asking.questions import Question
from assistant.judging.whether import says_whether
from tests.assistant.judging.weighing import weighed

FORCE = (
    "The stabilisation force has ground troops. Weiss would not take part in the force. "
    "At least 19 people were killed when missiles hit the depot."
)
TREATY = "Norlund and Ukraine have agreed. Either Party may terminate this agreement."


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Will Weiss take part in the stabilisation force?", FORCE, "Weiss would not take part"),
        ("Will Weiss take part in the ground troops?", FORCE, None),
        ("Did the strike kill 19 people?", FORCE, "At least 19 people"),
        ("Did the strike kill 25 people?", FORCE, None),
        ("Did the strike wound 19 people?", FORCE, None),
        ("Can Norlund terminate the agreement?", TREATY, "Either Party may terminate"),
        ("Can Westmark terminate the agreement?", TREATY, None),
        ("Can Norlund extend the agreement?", TREATY, None),
    ],
)
def test_what_a_passage_has_introduced_need_not_be_said_in_full_again(
    question: str, text: str, answer: str | None
) -> None:
    asked = Question(question)
    found = says_whether(asked, (), weighed(asked, text))
    if answer is None:
        assert found == ()
    else:
        assert found
        assert found[0].words.startswith(answer)
