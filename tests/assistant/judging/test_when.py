"""A day answers where its sentence speaks of the event that is asked about."""

import pytest

from assistant.asking.questions import Question
from assistant.judging.when import of_the_event
from tests.assistant.judging.weighing import weighed

TEXT = (
    "The agreement with Norway was signed on 20 March 2026. "
    "Interview with Oksana Marchenko, 3 March 2026. "
    "The leaders met in Oslo on 11 February 2026."
)


def _left(question: str) -> set[str]:
    asked = Question(question)
    every = weighed(asked, TEXT)
    return {one.words for one in of_the_event(asked, every, every)}


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("When was the agreement with Norway signed?", "The agreement"),
        ("When did the leaders meet?", "The leaders"),
    ],
)
def test_the_sentence_about_the_event_is_left(question: str, begins: str) -> None:
    (left,) = _left(question)
    assert left.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "When was the agreement with Norway cancelled?",
        "When did Norway ratify the agreement?",
        "When was Oksana Marchenko born?",
        "When did the leaders resign?",
    ],
)
def test_the_day_of_something_else_is_no_answer(question: str) -> None:
    assert _left(question) == set()


@pytest.mark.parametrize("question", ["Who met in Oslo?", "When was Oksana Marchenko in Oslo?"])
def test_a_question_that_names_no_event_leaves_all(question: str) -> None:
    assert len(_left(question)) == 3
