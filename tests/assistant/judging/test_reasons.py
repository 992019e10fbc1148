"""A reason for silence says what is there and what is missing, and neither more nor less."""

import pytest

from assistant.asking.questions import Question
from assistant.judging.reasons import what_is_far
from tests.assistant.judging.weighing import weighed

TEXT = (
    "The audit office said that aid had been 59 million euros less than was agreed. "
    "The annexes are classified, and their secrecy will be kept. "
    "Koval said that the number of launchers is too small. "
    "Norlund has 24 launchers."
)


def _mentions(word: str) -> int:
    return TEXT.lower().count(word.lower())


def _far(question: str) -> str:
    return what_is_far(Question(question), weighed(question, TEXT), _mentions)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "Why did aid fall?",
            "The nearest passage speaks of “aid”, but does not clearly say why.",
        ),
        (
            "Are parts of the annexes helpful?",
            "The nearest passage speaks of “annexes”, but does not clearly say whether it is so",
        ),
        (
            "Does the audit office inspect helicopters?",
            "The nearest passage speaks of “audit office”, but does not clearly say whether it is "
            "so; no source uses the words “inspect” or “helicopters”.",
        ),
        (
            "How many launchers did Norlund promise?",
            "The nearest passages give numbers, but none clearly for this.",
        ),
        (
            "How much did fish cost?",
            "The nearest passages give amounts of money, but none clearly for this.",
        ),
        ("helicopters?", "No source uses the word “helicopters”; the nearest passages are about"),
        (
            "Was sagte Koval über die Hilfe?",
            "The nearest passages do not clearly answer this. The question seems to be in German: "
            "its meaning and its names were looked for in all texts.",
        ),
    ],
)
def test_it_says_what_the_nearest_passage_has_and_what_no_source_has(
    question: str, reason: str
) -> None:
    assert _far(question).startswith(reason)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "helicopters?",
            "No source in English uses the word “helicopters”; the nearest passages are about "
            "something else. Texts in Polish and Ukrainian were searched by meaning and by names "
            "alone.",
        ),
        (
            "Why did aid fall?",
            "The nearest passage speaks of “aid”, but does not clearly say why. Texts in Polish "
            "and Ukrainian were searched by meaning and by names alone.",
        ),
    ],
)
def test_words_are_called_absent_only_where_they_could_stand(question: str, reason: str) -> None:
    asked = Question(question)
    far = what_is_far(asked, weighed(asked, TEXT), _mentions, ("en", "uk", "pl"))
    assert far == reason


def test_a_question_in_a_language_of_the_texts_is_told_where_its_words_were_looked_for() -> None:
    asked = Question("Was sagte Koval über die Hilfe?")
    assert what_is_far(asked, weighed(asked, TEXT), _mentions, ("en", "de")).endswith(
        "its meaning and its names were looked for in all texts, its words in those in German."
    )
