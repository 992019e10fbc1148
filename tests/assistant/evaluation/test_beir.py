from pathlib import Path

import pytest

from assistant.evaluation.beir import (
    Document,
    SetQuestion,
    judged,
    missing_documents,
    only_judged,
    read_documents,
    read_judgements,
    read_questions,
)
from index.retrieval import Turn
from sources.errors import UseError
from tests.assistant.evaluation.sets import write_lines, write_set


def test_documents_are_read_in_order(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", questions=[])
    assert [one.id for one in read_documents(folder)] == ["troops", "money", "talks"]
    assert read_documents(folder)[0] == Document(
        "troops", "Army", "The army would keep 800,000 troops in peacetime."
    )


@pytest.mark.parametrize(
    "history",
    [
        ["Who pays?", "Partners do.", "How much?", "Nine billion."],
        [
            {"speaker": "user", "text": "Who pays?"},
            {"speaker": "agent", "text": "Partners do."},
            {"role": "user", "content": "How much?"},
            {"role": "assistant", "content": "Nine billion."},
        ],
    ],
)
def test_a_history_is_texts_by_turns_or_objects_with_a_speaker(
    tmp_path: Path, history: list[object]
) -> None:
    write_lines(tmp_path / "queries.jsonl", [{"_id": 1, "text": "And when?", "history": history}])
    assert read_questions(tmp_path) == (
        SetQuestion(
            "1",
            "And when?",
            history=(Turn("Who pays?", "Partners do."), Turn("How much?", "Nine billion.")),
        ),
    )


def test_a_question_without_an_answer_before_the_next_is_a_turn_of_its_own(tmp_path: Path) -> None:
    history = [{"speaker": "user", "text": said} for said in ("Who pays?", "How much?")]
    write_lines(tmp_path / "queries.jsonl", [{"_id": 1, "text": "When?", "history": history}])
    (question,) = read_questions(tmp_path)
    assert question.history == (Turn("Who pays?"), Turn("How much?"))


def test_either_field_gives_the_label_and_other_words_give_none(tmp_path: Path) -> None:
    labels = [
        {"answerable": True},
        {"answerable": False},
        {"answerability": "ANSWERABLE"},
        {"answerability": "unanswerable"},
        {"answerability": "PARTIAL"},
        {},
    ]
    lines = [{"_id": at, "text": "Who?"} | label for at, label in enumerate(labels)]
    write_lines(tmp_path / "queries.jsonl", lines)
    found = [question.answerable for question in read_questions(tmp_path)]
    assert found == [True, False, True, False, None, None]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Line 2 of"),
        ("[]", "is not a JSON object"),
        ('{"text": "Who?"}', "has no '_id'"),
        ('{"_id": "b"}', "has no text in 'text'"),
        ('{"_id": "b", "text": " "}', "asks nothing"),
        ('{"_id": "a", "text": "Who?"}', "of an earlier line"),
        ('{"_id": "b", "text": "Who?", "history": "x"}', "has no list in 'history'"),
        ('{"_id": "b", "text": "Who?", "history": [1]}', "neither texts nor objects"),
        ('{"_id": "b", "text": "Who?", "answerable": "no"}', "neither true nor false"),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"_id": "a", "text": "Who?"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(UseError, match="Line 2 of") as error:
        read_questions(tmp_path)
    assert said in error.value.problem
    assert error.value.remedy


def test_judgements_are_read_with_and_without_trecs_second_column(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\na\tx y\t2\n")
    (tmp_path / "qrels" / "dev.tsv").write_text("a 0 x 1\na 0 y 0\n")
    assert read_judgements(tmp_path) == {"a": {"x y": 2}}
    assert read_judgements(tmp_path, split="dev") == {"a": {"x": 1, "y": 0}}


def test_a_bad_judgement_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\na\tx\tmuch\n")
    with pytest.raises(UseError, match="Line 2 of"):
        read_judgements(tmp_path)


def test_a_set_without_a_relevant_document_is_refused(tmp_path: Path) -> None:
    folder = write_set(
        tmp_path / "set", questions=[{"_id": "a", "text": "Who?"}], judgements=[("a", "money", 0)]
    )
    with pytest.raises(UseError, match="judges no document relevant"):
        read_judgements(folder)


def test_only_questions_with_a_relevant_document_are_measured() -> None:
    questions = tuple(SetQuestion(name, "Who?") for name in ("a", "b", "c"))
    assert judged(questions, {"a": {"x": 1}, "b": {"x": 0}}) == questions[:1]


def test_qrels_of_another_set_are_refused() -> None:
    with pytest.raises(UseError, match=r"'z', which queries\.jsonl does not have"):
        judged((SetQuestion("a", "Who?"),), {"a": {"x": 1}, "z": {"x": 1}})


def test_missing_documents_are_named_and_a_corpus_without_any_refused() -> None:
    documents = (Document("x", "", "Words."),)
    assert missing_documents(documents, {"a": {"x": 1, "y": 1, "z": 0}}) == ("y",)
    with pytest.raises(UseError, match="none of the documents"):
        missing_documents(documents, {"a": {"y": 1}})


def test_a_closed_question_sees_what_is_judged_for_it() -> None:
    questions = (SetQuestion("a", "Who?"), SetQuestion("b", "When?"))
    closed = only_judged(questions, {"a": {"x": 1, "y": 0}})
    assert closed == (SetQuestion("a", "Who?", documents=("x", "y")),)
