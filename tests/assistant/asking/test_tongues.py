import pytest

from assistant.asking.tongues import is_english


@pytest.mark.parametrize(
    "question",
    ["How long would it last?", "Zelensky Miami meetings", "duration of guarantees", "obstacles",
     "What did von der Leyen say?", "Why?", "Was Vance in Miami?", "von der Leyen on EU membership",
     "Did 14 people die?", "MIT report", "EU co-operation"],
)  # fmt: skip
def test_english_is_taken_for_english(question: str) -> None:
    assert is_english(question)


@pytest.mark.parametrize(
    "question",
    ["Wie lange sollen die Garantien gelten?", "Quelle est la durée des garanties ?",
     "Jakie są filary planu?", "Скільки військових?", "¿Cuántos soldados?",
     "Was sagte Vance über die Verhandlungen?", "Was hat Norlund versprochen?",
     "Qui a refusé l'accord ?"],
)  # fmt: skip
def test_another_language_is_not(question: str) -> None:
    assert not is_english(question)
