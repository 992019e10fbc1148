import json
from pathlib import Path

import pytest

from assistant.answers import Answer, Citation, Quote, Statement
from assistant.cli.main import main
from assistant.conversing.conversation import Conversation, Opinion
from assistant.conversing.feedback import as_lines
from assistant.conversing.store import ConversationStore
from assistant.evaluation.expected import read_expected
from sources.database import FILE_NAME
from sources.source import Span

ANSWER = Answer(
    "q",
    "quotes",
    "answered",
    (Statement("800,000 troops.", (1,), "supported"),),
    (Citation(1, Quote("a", Span(0, 15), "800,000 troops."), "T", None, None),),
)
SILENT = Answer("q", "quotes", "not_in_sources", reason="No source says so.")


def _talk() -> Conversation:
    talk = Conversation().asking("How many?").answering(ANSWER).asking("And Poland?")
    talk = talk.answering(SILENT).asking("Who?").answering(ANSWER)
    talk = talk.judged(0, Opinion(True)).judged(1, Opinion(True))
    return talk.judged(2, Opinion(False, "wrong source"))


def test_helpful_answers_become_tests(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    lines = as_lines([_talk()], helpful=True)
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    expected = read_expected(file)
    assert [(one.question, one.history, one.quote) for one in expected] == [
        ("How many?", (), "800,000 troops."),
        ("And Poland?", ("How many?",), None),
    ]


def test_unhelpful_answers_wait_for_the_right_words() -> None:
    (line,) = as_lines([_talk()], helpful=False)
    assert line["question"] == "Who?"
    assert line["reason"] == "wrong source"
    assert line["quote"] == ""


def test_the_command_prints_what_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ConversationStore(tmp_path / FILE_NAME)
    store.keep("ann", _talk())
    store.close()
    with pytest.raises(SystemExit) as ended:
        main(["feedback", "export", "--home", str(tmp_path)])
    assert not ended.value.code
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["question"] for line in printed] == ["How many?", "And Poland?"]
