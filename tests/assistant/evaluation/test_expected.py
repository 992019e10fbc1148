from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer, Citation, Quote, Statement, Verdict
from assistant.evaluation.expected import (
    AnswerFigures,
    Expected,
    Outcome,
    check,
    compare,
    count,
    read_expected,
)
from sources.errors import UseError
from sources.source import Span
from tests.assistant.evaluation.sets import write_lines


def answer_of(*words: str, verdict: Verdict = "answered") -> Answer:
    return Answer(
        question="Who?",
        mode="quotes",
        verdict=verdict,
        reason="Not certain." if verdict == "likely" else None,
        statements=tuple(
            Statement(said, (number,), "supported") for number, said in enumerate(words, start=1)
        ),
        citations=tuple(
            Citation(number, Quote("source", Span(0, len(said)), said), "Title", None, None)
            for number, said in enumerate(words, start=1)
        ),
    )


SILENCE = Answer(question="Who?", mode="quotes", verdict="not_in_sources", reason="No source.")


@pytest.mark.parametrize(
    ("answer", "quote", "outcome"),
    [
        (answer_of("He keeps 800,000 troops.", "Yes."), "800,000 troops", "first"),
        (answer_of("Yes.", "He keeps 800,000\ntroops."), "800,000 troops", "later"),
        (answer_of("It is Ukraine’s “army”."), 'Ukraine\'s "army"', "first"),
        (answer_of("He keeps 80,000 troops."), "800,000 troops", "elsewhere"),
        (SILENCE, "800,000 troops", "wrongly silent"),
        (SILENCE, None, "silent"),
        (answer_of("Yes."), None, "wrongly answered"),
        (answer_of("Yes.", "He keeps 800,000.", verdict="likely"), "800,000", "likely"),
        (answer_of("Yes.", verdict="likely"), "800,000", "likely elsewhere"),
        (answer_of("Yes.", verdict="likely"), None, "called likely"),
    ],
)
def test_an_answer_is_compared_by_the_words_it_cites(
    answer: Answer, quote: str | None, outcome: Outcome
) -> None:
    assert compare(answer, quote) == outcome


def test_lines_are_read_with_their_earlier_questions(tmp_path: Path) -> None:
    lines = [
        {"_id": 1, "question": "And who?", "history": ["What?"], "verdict": "partly", "quote": "x"},
        {"_id": 2, "question": "Who?", "verdict": "not_in_sources", "quote": None},
    ]
    assert read_expected(write_lines(tmp_path / "lines.jsonl", lines)) == (
        Expected("1", "And who?", ("What?",), "x"),
        Expected("2", "Who?", (), None),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"question": "Who?", "verdict": "answered", "quote": "x"}, "has no '_id'"),
        ({"_id": 1, "verdict": "answered", "quote": "x"}, "has no text in 'question'"),
        ({"_id": 1, "question": "Who?", "verdict": "yes", "quote": "x"}, "the verdict 'yes'"),
        ({"_id": 1, "question": "Who?", "verdict": "answered"}, "names no 'quote'"),
        (
            {"_id": 1, "question": "Who?", "verdict": "partly", "quote": "x", "history": [{}]},
            "not a list of earlier questions",
        ),
    ],
)
def test_a_bad_line_is_named_by_its_number(
    tmp_path: Path, line: dict[str, object], said: str
) -> None:
    with pytest.raises(UseError, match="Line 1 of") as error:
        read_expected(write_lines(tmp_path / "lines.jsonl", [line]))
    assert said in error.value.problem


def test_a_missing_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="cannot be read"):
        read_expected(tmp_path / "none.jsonl")
    with pytest.raises(UseError, match="holds no questions"):
        read_expected(write_lines(tmp_path / "lines.jsonl", []))


def test_the_shipped_assistant_is_checked_and_counted(shipped: Assistant) -> None:
    expected = (
        Expected("a", "What is the main obstacle in the negotiations?", (), "main obstacle"),
        Expected("b", "What is the main obstacle in the negotiations?", (), "nine billion euros"),
        Expected("c", "How many troops will Poland send to Ukraine?", (), None),
    )
    checked = check(shipped, expected)
    assert [one.outcome for one in checked] == ["first", "elsewhere", "silent"]
    assert [one.is_miss for one in checked] == [False, True, False]
    assert count(checked) == AnswerFigures(
        answerable=2,
        in_first=1,
        in_answer=1,
        likely=0,
        wrongly_silent=0,
        unanswerable=1,
        silent=1,
        called_likely=0,
    )
