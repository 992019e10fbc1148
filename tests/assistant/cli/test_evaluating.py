import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant import wiring
from index.reranker import RERANKED, CrossEncoderReranker
from index.retrieval import Match
from tests.assistant.cli.conftest import Run
from tests.assistant.evaluation.sets import write_lines, write_set

Runner = Callable[..., Run]

QUESTIONS = (
    {"_id": "a", "text": "How many troops would the army keep?", "answerable": True},
    {"_id": "b", "text": "Where did the delegations meet?", "answerable": True},
    {"_id": "c", "text": "What did Macron say about Poland?", "answerable": False},
)
JUDGEMENTS = (("a", "troops", 1), ("b", "talks", 1), ("b", "gone", 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set", questions=QUESTIONS, judgements=JUDGEMENTS)


def test_retrieval_is_measured_and_the_run_written(
    run: Runner, folder: Path, tmp_path: Path
) -> None:
    (found,) = run("eval", "retrieval", folder, "--run", tmp_path / "run", "--json").lines
    assert found["documents"] == 3
    assert (found["questions"], found["unjudged"]) == (2, 1)
    assert found["missing_documents"] == ["gone"]
    assert found["measures"]["recall@5"] == 0.75
    rows = [line.split() for line in (tmp_path / "run").read_text().splitlines()]
    assert [row[2] for row in rows if row[3] == "1"] == ["troops", "talks"]


def test_what_is_left_out_is_said(run: Runner, folder: Path) -> None:
    said = run("eval", "retrieval", folder).out
    assert "2 questions over 3 documents" in said
    assert "1 questions without a judgement are left out" in said
    assert "not in the corpus, counted as never found: gone" in said
    assert "recall@5                0.750" in said


def test_abstention_is_measured_and_the_curve_written(
    run: Runner, folder: Path, tmp_path: Path
) -> None:
    ended = run("eval", "abstention", folder, "--curve", tmp_path / "curve.csv", "--json")
    (found,) = ended.lines
    assert (found["answerable"], found["unanswerable"]) == (2, 1)
    assert found["measures"] == {
        "AUROC": 1.0,
        "hallucination rate": 0.0,
        "error rate": 0.0,
        "mean of both rates": 0.0,
    }
    with (tmp_path / "curve.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["hallucination_rate"], rows[0]["error_rate"]) == ("0.000000", "1.000000")
    assert (rows[-1]["hallucination_rate"], rows[-1]["error_rate"]) == ("1.000000", "0.000000")


def test_a_closed_question_sees_only_what_is_judged(run: Runner, tmp_path: Path) -> None:
    judgements = [("a", "money", 1), ("b", "talks", 1), ("c", "talks", 1)]
    closed = write_set(tmp_path / "closed", questions=QUESTIONS, judgements=judgements)
    (found,) = run("eval", "abstention", closed, "--closed", "--json").lines
    assert found["measures"]["error rate"] == 0.5


def test_answers_are_checked_over_a_folder_and_each_miss_is_printed(
    run: Runner, tmp_path: Path
) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "plan.md").write_text("The army would keep 800,000 troops.")
    asked = "Who keeps 800,000 troops?"
    lines = [
        {"_id": "a", "question": asked, "verdict": "answered", "quote": "800,000 troops"},
        {"_id": "b", "question": asked, "verdict": "answered", "quote": "90 ships"},
        {"_id": "c", "question": "Who is Macron?", "verdict": "not_in_sources", "quote": None},
    ]
    file = write_lines(tmp_path / "lines.jsonl", lines)
    ended = run("eval", "answers", file, "--sources", tmp_path / "texts")
    assert "elsewhere  b  Who keeps" in ended.out
    assert "expected  “90 ships”" in ended.out
    assert "wrongly silent                 0 of 2" in ended.out
    assert "quote in the answer            1 of 2" in ended.out
    assert "rightly silent                 1 of 1" in ended.out
    (found,) = run("eval", "answers", file, "--sources", tmp_path / "texts", "--json").lines
    assert [one["outcome"] for one in found["questions"]] == ["first", "elsewhere", "silent"]
    assert found["in_first"] == 1


def test_answers_are_checked_over_the_library_by_default(run: Runner, tmp_path: Path) -> None:
    line = {"_id": "a", "question": "Are the guarantees legally binding?", "verdict": "answered"}
    file = write_lines(tmp_path / "lines.jsonl", [line | {"quote": "legally binding"}])
    (found,) = run("eval", "answers", file, "--json").lines
    assert (found["answerable"], found["in_first"]) == (1, 1)


def test_spans_are_measured_in_characters(run: Runner, tmp_path: Path) -> None:
    words = "The army would keep 800,000 troops."
    (tmp_path / "set" / "texts").mkdir(parents=True)
    (tmp_path / "set" / "texts" / "plan.md").write_text(f"{words} Partners would pay for it.")
    excerpt = {"start": 0, "end": len(words), "text": words}
    line = {"_id": "a", "source": "plan", "text": "How many troops?", "excerpts": [excerpt]}
    write_lines(tmp_path / "set" / "questions.jsonl", [line])
    (found,) = run("eval", "spans", tmp_path / "set", "--json").lines
    assert found["measures"]["cited"] == {"recall": 1.0, "precision": 1.0, "iou": 1.0}
    assert found["measures"]["5 passages"]["recall"] == 1.0
    assert found["measures"]["passages needed"]["precision"] == pytest.approx(35 / 62)
    assert "cited                        1.000" in run("eval", "spans", tmp_path / "set").out


@pytest.mark.parametrize("command", ["retrieval", "abstention", "answers", "spans"])
def test_a_missing_set_is_one_sentence_and_exit_code_two(
    run: Runner, command: str, tmp_path: Path
) -> None:
    ended = run("eval", command, tmp_path / "nothing")
    assert ended.code == 2
    assert ended.out == ""
    assert "nothing" in ended.err
    assert "Traceback" not in ended.err


class Recording(CrossEncoderReranker):
    """Keeps the order, and what it was asked."""

    def __init__(self) -> None:
        super().__init__("recording")
        self.asked: list[str] = []

    def rerank(self, question: str, matches: Sequence[Match]) -> tuple[Match, ...]:
        assert len(matches) <= RERANKED
        self.asked.append(question)
        return tuple(matches)


@pytest.mark.parametrize("command", ["retrieval", "abstention", "answers", "spans"])
def test_the_reranker_of_the_settings_serves_every_measure(
    run: Runner, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    reranker = Recording()
    monkeypatch.setattr(wiring, "make_reranker", lambda _settings: reranker)
    asked, words = "How many troops would the army keep?", "The army would keep 800,000 troops."
    (folder / "texts").mkdir()
    (folder / "texts" / "plan.md").write_text(words)
    excerpt = {"start": 0, "end": len(words), "text": words}
    expected = {"_id": "a", "question": asked, "verdict": "answered", "quote": "troops"}
    lines = write_lines(tmp_path / "lines.jsonl", [expected])
    write_lines(
        folder / "questions.jsonl",
        [{"_id": "a", "source": "plan", "text": asked, "excerpts": [excerpt]}],
    )
    of = {"answers": (lines, "--sources", folder / "texts")}.get(command, (folder,))
    run("eval", command, *of, "--json")
    assert asked in reranker.asked
