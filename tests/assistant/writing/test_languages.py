"""An answer in the language of the question, from sources in another: compared, and marked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.verifying.model import Shares
from index.library import Library
from tests.assistant.writing.asking import WordChecker, written_by
from tests.scripted_model import Script, ScriptedModel, scripted

SOURCE = "The harbour of Norby holds twelve grain ships, and the tugs are there for them."
GERMAN = "Wie viele Schiffe liegen im Hafen von Norby?"
SAID = "Im Hafen von Norby liegen 12 Schiffe, und die Schlepper sind für sie da."


class _AcrossChecker(WordChecker):
    """Takes every statement that names Norby for said, whatever the language."""

    def support(self, statement: str, cited: object) -> tuple[Shares, ...]:
        is_said = 0.9 if "Norby" in statement else 0.1
        return (Shares(is_said, 0.0, 1 - is_said),) * len(cited)  # type: ignore[arg-type]


@pytest.fixture
def port(library_of: Callable[..., Library]) -> Assistant:
    return Assistant(library_of(norby=f"---\nlanguage: en\n---\n{SOURCE} It was built in 1871."))


def _ask(port: Assistant, folder: Path, said: str, question: str) -> tuple[Answer, ScriptedModel]:
    with scripted(Script([said])) as model:
        return written_by(port, model, folder, checker=_AcrossChecker()).ask(question), model


def test_the_model_is_told_the_language_of_the_question(port: Assistant, tmp_path: Path) -> None:
    _, model = _ask(port, tmp_path, "NOT_IN_SOURCES", GERMAN)
    assert model.requests[0]["messages"][-1]["content"].endswith("\nWrite in German.")


def test_nothing_is_said_of_it_where_the_sources_speak_it_too(
    port: Assistant, tmp_path: Path
) -> None:
    _, model = _ask(port, tmp_path, "NOT_IN_SOURCES", "How many ships does the harbour hold?")
    assert "Write in" not in model.requests[0]["messages"][-1]["content"]


def test_an_answer_across_languages_stands_marked_and_is_never_called_supported(
    port: Assistant, tmp_path: Path
) -> None:
    answer, _ = _ask(port, tmp_path, f"{SAID[:-1]} [1].", GERMAN)
    assert (answer.mode, answer.verdict) == ("model", "likely")
    assert [one.support for one in answer.statements] == ["partly"]
    assert "whether they deny it was not read" in (answer.statements[0].doubt or "")
    assert (answer.reason or "").startswith("Written in German")
    assert [one.quote.words for one in answer.citations] == [SOURCE]


def test_a_number_is_a_veto_across_languages_too(port: Assistant, tmp_path: Path) -> None:
    said = SAID.replace("12", "90")
    answer, _ = _ask(port, tmp_path, f"{said[:-1]} [1].", GERMAN)
    assert answer.mode == "quotes"
