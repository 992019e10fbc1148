from collections.abc import Sequence

import pytest

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.judging.judgement import Judgement
from assistant.parts import each_name, judge_parts, without_names
from index.retrieval import Turn
from tests.assistant.judging.weighing import weighed

EVIDENCE = weighed("Who will pay?", "Norlund will pay.")


def _judge(question: Question, _turns: Sequence[Turn]) -> tuple[tuple[Evidence, ...], Judgement]:
    if "pay" in question.words:
        return (), Judgement("answered", EVIDENCE)
    return (), Judgement("not_in_sources", reason="The nearest passages give no date for this.")


def test_a_part_that_is_not_answered_is_named() -> None:
    _, judged = judge_parts(Question("Who will pay, and when does it end?"), (), _judge)
    assert judged.verdict == "partly"
    assert judged.reason == (
        "“When does it end?” is not answered: The nearest passages give no date for this."
    )
    assert [part.question.words for part in judged.parts] == ["Who will pay?"]


def test_parts_that_are_all_answered_make_an_answer() -> None:
    _, judged = judge_parts(Question("Who will pay, and why do they pay?"), (), _judge)
    assert (judged.verdict, judged.reason, len(judged.parts)) == ("answered", None, 2)


def test_a_later_part_is_asked_after_the_one_before() -> None:
    seen: list[tuple[str, ...]] = []

    def judge(question: Question, turns: Sequence[Turn]) -> tuple[tuple[Evidence, ...], Judgement]:
        seen.append(tuple(turn.question for turn in turns))
        return _judge(question, turns)

    judge_parts(Question("Who will pay, and when does it end?"), (), judge)
    assert seen == [(), ("Who will pay?",)]


@pytest.mark.parametrize(
    ("question", "names", "rest"),
    [
        ("What did Vance and Macron say?", ("Macron",), "What did Vance say?"),
        ("What did Emmanuel Macron and Vance say?", ("Macron",), "What did Vance say?"),
        ("What did Macron say?", ("Macron",), None),
        ("What did Vance say about Crimea?", ("Crimea",), None),
    ],
)
def test_a_name_is_taken_out_only_beside_another(
    question: str, names: tuple[str, ...], rest: str | None
) -> None:
    assert without_names(question, names) == rest


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("What did Vance and Macron say?", ("What did Vance say?", "What did Macron say?")),
        ("Do the U.S. and Russia agree?", ("Do the U.S. agree?", "Do Russia agree?")),
        ("Is the document between Kyiv and Washington signed?", ()),
        ("What did Vance say?", ()),
    ],
)
def test_two_names_side_by_side_are_two_questions(question: str, apart: tuple[str, ...]) -> None:
    assert each_name(question) == apart


def test_of_two_names_the_one_that_no_source_mentions_is_named(shipped: Assistant) -> None:
    answer = shipped.ask("What did Vance and Macron say about the negotiations?")
    assert answer.verdict == "partly"
    assert "Vance said" in answer.statements[0].text
    assert answer.reason == "No source mentions Macron."
