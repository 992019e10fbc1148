import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from tests.assistant.cli.conftest import Run
from tests.scripted_model import Script, scripted

Runner = Callable[..., Run]


def test_an_answer_cites_the_exact_slice_of_what_show_prints(run: Runner) -> None:
    (answer,) = run("ask", "Are the guarantees legally binding?", "--json").lines
    assert answer["verdict"] == "answered"
    assert answer["mode"] == "quotes"
    assert "legally binding U.S. security guarantees" in answer["citations"][0]["quote"]
    text = run("sources", "show", answer["citations"][0]["source"], "--text").out
    for citation in answer["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_abstention_names_what_no_source_mentions(run: Runner) -> None:
    (answer,) = run("ask", "How many troops will Poland send to Ukraine?", "--json").lines
    assert answer["verdict"] == "not_in_sources"
    assert answer["citations"] == answer["statements"] == []
    assert "Poland" in answer["reason"]
    assert 1 <= len(answer["related"]) <= 3


def test_a_follow_up_is_answered_from_its_history(run: Runner) -> None:
    answered = run(
        "ask",
        "And what did he name as the main obstacle?",
        "--after",
        "What did Vance say about the negotiations?",
    )
    assert "the status of the Donetsk region as the main obstacle" in answered.out


def test_lines_are_answered_in_order_under_their_ids(run: Runner, tmp_path: Path) -> None:
    lines = [
        {
            "_id": "a",
            "question": "And what troop level does the plan keep for Ukraine’s armed forces?",
            "history": ["What did Vance say about the negotiations?"],
        },
        {"_id": 7, "question": "What is the recipe for borscht?"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    answers = run("ask", "--from", file, "--json").lines
    assert [answer["_id"] for answer in answers] == ["a", 7]
    assert [answer["verdict"] for answer in answers] == ["answered", "not_in_sources"]


def test_lines_may_come_from_standard_input(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"_id": 1, "question": "Who is Vance?"}\n'))
    assert [answer["_id"] for answer in run("ask", "--from", "-", "--json").lines] == [1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", ""),
        ("ask", "x" * 5000),
        ("ask", "Who?", "--from", "file"),
        ("ask", "--from", "/no/such/file.jsonl", "--json"),
        ("ask", "--from", "/no/such/file.jsonl"),
        ("sources", "show", "nothing"),
        ("sources", "sync", "/no/such/folder"),
        ("search", " "),
        ("nonsense",),
        ("ask", "Who?", "--nonsense"),
        ("ask", "Who?", "--since", "2025"),
        ("ask", "Who?", "Where?"),
        ("sources", "show"),
        ("brief", "timeline", "--by", "week"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_two(run: Runner, arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.splitlines()[-1].startswith("Error: ")


def test_an_unknown_command_leads_to_the_help_that_knows_it(run: Runner) -> None:
    assert "Did you mean 'list'? See `assistant sources -h`." in run("sources", "lst").err


def test_the_library_may_be_named_before_the_command(run: Runner, tmp_path: Path) -> None:
    run("sources", "sync", "--home", tmp_path / "other")
    assert "empty" in run("sources", "list").out
    listed = run("--home", tmp_path / "other", "sources", "list").out
    assert "polskie-radio-security-guarantees" in listed


@pytest.mark.parametrize(
    "line", ["not json", "[]", '"text"', '{"_id": 1}', '{"question": 5}', '{"question": " "}']
)
def test_a_broken_line_gets_an_error_in_its_place_and_the_rest_goes_on(
    run: Runner, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "questions.jsonl"
    asked = '{{"_id": {}, "question": "Who is Vance?"}}\n'
    file.write_text(f"{asked.format(0)}{line}\n{asked.format(2)}", encoding="utf-8")
    ended = run("ask", "--from", file, "--json")
    assert ended.code == 1
    first, broken, last = ended.lines
    assert (first["_id"], last["_id"]) == (0, 2)
    assert "Line 2" in broken["error"]["problem"]
    assert broken["_id"] == (1 if '"_id": 1' in line else None)


def test_a_question_of_a_line_that_cannot_be_asked_is_an_error_of_that_line(
    run: Runner, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"_id": "a", "question": "x" * 5000}), encoding="utf-8")
    ended = run("ask", "--from", file, "--json")
    assert (ended.code, ended.lines[0]["_id"]) == (1, "a")
    assert "5,000 characters" in ended.lines[0]["error"]["problem"]


def test_a_line_that_fails_in_an_unforeseen_way_is_an_error_of_that_line(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Assistant.ask

    def failing(self: Assistant, question: str, **options: Any) -> Answer:
        if "Rubio" in question:
            raise KeyError("")
        return ask(self, question, **options)

    monkeypatch.setattr(Assistant, "ask", failing)
    questions = ["Who is Vance?", "Who is Rubio?", "Who is Zelensky?"]
    file = tmp_path / "questions.jsonl"
    lines = [json.dumps({"_id": number, "question": one}) for number, one in enumerate(questions)]
    file.write_text("\n".join(lines), encoding="utf-8")
    ended = run("ask", "--from", file, "--json")
    assert ended.code == 1
    assert [("error" in line, line["_id"]) for line in ended.lines] == [
        (False, 0),
        (True, 1),
        (False, 2),
    ]
    assert "KeyError" in ended.lines[1]["error"]["problem"]
    assert "assistant ask" in ended.lines[1]["error"]["remedy"]


def test_spaces_that_do_not_break_are_no_end_of_an_answer(run: Runner, tmp_path: Path) -> None:
    text = tmp_path / "loan.txt"
    text.write_text(
        "The loan to Norlund amounts to €90\u00a0billion.\n\n"
        "Norlund keeps 15\u202f000 sailors and spends 8.5\u202fbn kroner on them.\n",
        encoding="utf-8",
    )
    run("sources", "add", text)
    (answer,) = run("ask", "How large is the loan to Norlund?", "--json").lines
    cited = answer["citations"][0]
    start = cited["start"]
    marked = [cited["quote"][first - start : last - start] for first, last in cited["marks"]]
    assert marked == ["€90\u00a0billion"]


def test_who_asks_nothing_is_shown_what_can_be_asked(run: Runner) -> None:
    ended = run("ask", "hello")
    assert "The sources answer, for example:\n  " in ended.err
    assert "`assistant ask hello`" in run("ask", "").err


@pytest.mark.parametrize(
    ("option", "named", "near"),
    [
        ("--source", "polskie-radio", "'polskie-radio-security-guarantees'"),
        ("--publisher", "polskie radoi", "'Polskie Radio'"),
        ("--tag", "nope", "See `assistant sources list`"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_filter_that_names_nothing_is_no_silence(
    run: Runner, command: str, option: str, named: str, near: str
) -> None:
    refused = run(command, "Vance", option, named)
    assert refused.code == 2
    assert f"is called {named!r}" in refused.err
    assert near in refused.err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_removed_source_is_no_silence(run: Runner, command: str) -> None:
    slug = "polskie-radio-security-guarantees"
    run("sources", "sync")
    run("sources", "remove", slug)
    refused = run(command, "Vance", "--source", slug)
    assert refused.code == 2
    assert f"The source {slug!r} was removed. `assistant sources restore {slug}`" in refused.err


def test_search_prints_passages_best_first(run: Runner) -> None:
    (found,) = run("search", "Donetsk obstacle", "--json").lines
    assert "Donetsk" in found[0]["quote"]
    relevances = [match["relevance"] for match in found]
    assert relevances == sorted(relevances, reverse=True)


def test_search_says_where_no_passage_holds_the_words(run: Runner) -> None:
    said = "No passage holds these words; nearest in meaning:"
    assert run("search", "zzzzqq").out.startswith(said)
    assert said not in run("search", "Donetsk").out
    assert run("search", '"Donetsk troops"').out == (
        "No passage holds the words in quotation marks together.\n"
    )


def test_search_tells_which_passages_are_only_near_in_meaning(run: Runner) -> None:
    found = run("search", "Donetsk obstacle").out
    assert found.count(", none of the words, near in meaning") == sum(
        not one["marks"] for one in run("search", "Donetsk obstacle", "--json").lines[0]
    )
    assert 0 < found.count("near in meaning") < found.count("nearest sentence")


def test_days_that_exclude_each_other_are_pointed_out(run: Runner) -> None:
    ended = run("ask", "Who?", "--since", "2025-12-01", "--until", "2025-01-01")
    assert ended.code == 2
    assert "No day is on or after 2025-12-01 and on or before 2025-01-01." in ended.err


def test_markup_in_a_question_is_printed_as_it_is(run: Runner) -> None:
    ended = run("ask", "[bold]What is [/nonsense] borscht?")
    assert ended.code == 0
    assert "Traceback" not in ended.err


def test_filters_narrow_what_may_answer(run: Runner) -> None:
    question = ("ask", "Are the guarantees legally binding?", "--json")
    (allowed,) = run(*question, "--publisher", "Polskie Radio").lines
    assert run(*question, "--publisher", "polskie radio").lines[0]["verdict"] == "answered"
    (undated,) = run(*question, "--since", "2025-01-01").lines
    assert allowed["verdict"] == "answered"
    assert undated["verdict"] == "not_in_sources"
    assert "filters" in undated["reason"]
    assert run(*question, "--until", "soon").code == 2


def test_that_words_are_sent_is_said_when_they_are(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "openai:scripted on this machine is sent the question and passages."
    run("sources", "sync")
    with scripted(Script(["Nothing of use."])) as model:
        monkeypatch.setenv("ASSISTANT_MODEL", "openai:scripted")
        monkeypatch.setenv("ASSISTANT_MODEL_URL", model.address)
        assert told not in run("ask", "How do I bake bread?").err
        assert model.requests == []
        assert run("ask", "How many troops would Ukraine keep?").err.count(told) == 1


def test_an_explanation_stands_beside_the_same_answer(run: Runner) -> None:
    (plain,) = run("ask", "What is the main obstacle?", "--json").lines
    (told,) = run("ask", "What is the main obstacle?", "--json", "--explain").lines
    explained = told.pop("explain")
    assert told | {"took_ms": 0} == plain | {"took_ms": 0}
    assert [step["room"] for step in explained["steps"]][-1] == "verdict"
    assert explained["passages"][0]["rank_by_vectors"] is not None
    printed = run("ask", "What is the main obstacle?", "--explain").out
    assert "Why this answer" in printed
    assert "Sentences (reader; nearness, words held, order)" in printed
