"""A name is called absent only where no source has it in any script, spelling or case."""

from collections.abc import Callable

import pytest

from assistant.answering import Assistant
from index.library import Library

TALKS = (
    "Секретар Рустем Ковшар очолив делегацію на зустрічі у Маямі. "
    "Разом із ним до Бельгії прибув начальник штабу Андрій Гнатенко."
)
MINUTES = "The committee met on Monday. Mr Zelenko chaired the meeting and left early."


@pytest.fixture
def assistant(library_of: Callable[..., Library]) -> Assistant:
    return Assistant(library_of(talks=TALKS, minutes=MINUTES))


@pytest.mark.parametrize(
    "question",
    [
        "What did Kovshar say in Miami?",
        "What did Kowschar want?",
        "Did Hnatenko go to Belgium?",
        "Was wollte Kowschar in Belgien?",
        "Co powiedział Kowszar o Belgii?",
        "Що сказав пан Зеленко?",
        "Что сказал Ковшар в Майами?",
    ],
)
def test_a_name_that_stands_in_another_script_is_not_called_absent(
    assistant: Assistant, question: str
) -> None:
    assert "mentions" not in (assistant.ask(question).reason or "")


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What did Norlund say?", "Norlund"),
        ("What did Kovshar say in Belgrade?", "Belgrade"),
        ("Що сказав пан Норлунд?", "Норлунд"),
        ("Что сказал Ковшар в Белграде?", "Белграде"),
        ("What did Zalenko say?", "Zalenko"),
    ],
)
def test_a_name_that_stands_nowhere_is(assistant: Assistant, question: str, absent: str) -> None:
    assert assistant.ask(question).reason == f"No source mentions {absent}."


def test_what_is_written_large_in_german_is_no_name_for_that(assistant: Assistant) -> None:
    reason = assistant.ask("Wie viele Soldaten hat das Heer?").reason or ""
    assert "The question seems to be in German" in reason
