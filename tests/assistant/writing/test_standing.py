"""Quotes first, prose after: what is shown while a chat model writes, and when it stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from index.library import Library
from index.retrieval import Turn
from tests.assistant.writing.asking import WordChecker, written_by
from tests.scripted_model import Script, scripted

SHIPS = "The harbour of Norby holds twelve grain ships."
TUGS = "The harbour of Norby keeps three tugs for the ships."
BOTH = "Which ships does the harbour of Norby hold and keep?"
NEAR = "Which captain guards the old lighthouse beyond Norby?"
FAR = "Do penguins fly?"


@pytest.fixture
def ports(library_of: Callable[..., Library]) -> Assistant:
    return Assistant(
        library_of(
            norby=f"{SHIPS} It was built in 1871. {TUGS}",
            fair="The fair of Oster is held in May. It draws bakers.",
        )
    )


def _grown(
    ports: Assistant, folder: Path, script: Script, question: str, *, history: tuple[Turn, ...] = ()
) -> tuple[list[Answer], int]:
    """Every answer that is shown, each once, and how many requests the model got."""
    with scripted(script) as model:
        assistant = written_by(ports, model, folder, checker=WordChecker())
        shown: list[Answer] = []
        for answer, complete in assistant.ask_streaming(question, history=history):
            if answer is not None and (complete or answer not in shown):
                shown.append(answer)
        return shown, len(model.requests)


def test_the_quotes_come_before_the_model_has_said_a_word(ports: Assistant, tmp_path: Path) -> None:
    script = Script([f"{SHIPS} [1]"], wait_s=0.3)
    (first, *_, last), _ = _grown(ports, tmp_path, script, BOTH)
    assert first.mode == "quotes"
    assert [one.text for one in first.statements] == [SHIPS, TUGS]
    assert first.usage is None
    assert (last.mode, last.verdict) == ("model", "answered")


def test_a_written_sentence_takes_the_place_of_the_quotes_it_rests_on(
    ports: Assistant, tmp_path: Path
) -> None:
    said = "Norby holds twelve grain ships"
    script = Script([f"{said} [1]. ", "The harbour keeps ", "three tugs [1]."], wait_s=0.3)
    shown, _ = _grown(ports, tmp_path, script, BOTH)
    quoted = [one.text for one in shown[0].statements]
    assert quoted == [SHIPS, TUGS]
    written = [
        [one.text for one in answer.statements] for answer in shown if answer.mode != "quotes"
    ]
    assert written[0] == [f"{said}.", TUGS]
    assert written[-1] == [f"{said}.", "The harbour keeps three tugs."]


def test_the_quotes_go_once_the_written_answer_is_whole(ports: Assistant, tmp_path: Path) -> None:
    shown, _ = _grown(ports, tmp_path, Script([f"{SHIPS} [1]"]), BOTH)
    assert [one.text for one in shown[-1].statements] == [SHIPS]
    assert len(shown[0].statements) == 2


@pytest.mark.parametrize(
    ("script", "why"),
    [
        pytest.param(Script(status=500), "", id="fails"),
        pytest.param(Script(["Bread rises because yeast makes gas [1]."]),
                     "Nothing that the model wrote is supported", id="nonsense"),
        pytest.param(Script(["The harbour of Norby ships wheat to Oster by rail [1]."]),
                     "Nothing that the model wrote is supported", id="in part"),
    ],
)  # fmt: skip
def test_the_quotes_stay_where_nothing_written_is_supported(
    ports: Assistant, tmp_path: Path, script: Script, why: str
) -> None:
    shown, _ = _grown(ports, tmp_path, script, BOTH)
    assert {answer.mode for answer in shown} == {"quotes"}
    assert shown[-1].statements == shown[0].statements
    assert "sources' own sentences instead" in (shown[-1].notice or "")
    assert why in (shown[-1].notice or "")


def test_a_doubtful_sentence_waits_for_a_supported_one(ports: Assistant, tmp_path: Path) -> None:
    script = Script(["The harbour of Norby holds ninety ships [1]. ", f"{SHIPS} [1]"], wait_s=0.3)
    shown, _ = _grown(ports, tmp_path, script, BOTH)
    for answer in shown:
        assert any(one.support == "supported" for one in answer.statements)
    assert [one.support for one in shown[-1].statements] == ["not_supported", "supported"]


def test_the_model_may_answer_what_quotes_mode_doubts(ports: Assistant, tmp_path: Path) -> None:
    assert ports.ask(NEAR).verdict == "not_in_sources"
    shown, asked = _grown(ports, tmp_path, Script([f"{TUGS} [1]"]), NEAR)
    assert asked == 1
    assert (shown[-1].mode, shown[-1].verdict) == ("model", "answered")
    assert [one.quote.words for one in shown[-1].citations] == [TUGS]


def test_where_nothing_is_near_the_model_is_not_asked(ports: Assistant, tmp_path: Path) -> None:
    shown, asked = _grown(ports, tmp_path, Script([f"{SHIPS} [1]"]), FAR)
    assert asked == 0
    assert shown[-1].verdict == "not_in_sources"


def test_what_asks_back_is_not_sent(ports: Assistant, tmp_path: Path) -> None:
    shown, asked = _grown(ports, tmp_path, Script([f"{SHIPS} [1]"]), "Who said it?")
    assert asked == 0
    assert shown[-1].asks_back


def test_silence_of_both_has_the_readers_reason(ports: Assistant, tmp_path: Path) -> None:
    by_reading = ports.ask(NEAR)
    (shown,), _ = _grown(ports, tmp_path, Script(["NOT_IN_SOURCES"]), NEAR)
    assert (shown.mode, shown.verdict) == ("model", "not_in_sources")
    assert shown.reason == f"{by_reading.reason} The model finds no answer in the passages."
    assert shown.related == by_reading.related


def test_silence_of_the_model_alone_shows_what_was_quoted(ports: Assistant, tmp_path: Path) -> None:
    (quoted, shown), _ = _grown(ports, tmp_path, Script(["NOT_IN_SOURCES"]), BOTH)
    assert (shown.mode, shown.verdict) == ("model", "not_in_sources")
    assert shown.related == tuple(one.quote for one in quoted.citations)
    assert "own reading" in (shown.reason or "")


def test_nonsense_on_what_quotes_mode_doubts_leaves_it_unsaid(
    ports: Assistant, tmp_path: Path
) -> None:
    (shown,), _ = _grown(ports, tmp_path, Script(["Twelve guards watch it [1]."]), NEAR)
    assert (shown.mode, shown.verdict) == ("quotes", "not_in_sources")
    assert shown.notice == "Nothing that the model wrote is supported by the sources."


def test_a_name_that_no_source_has_is_said_beside_what_is_written(
    ports: Assistant, tmp_path: Path
) -> None:
    asked = "How many ships does Fredholm send to the harbour of Norby?"
    (shown,), requests = _grown(ports, tmp_path, Script([f"{SHIPS} [1]"]), asked)
    assert requests == 1
    assert (shown.mode, shown.verdict) == ("model", "partly")
    assert "Fredholm" in (shown.reason or "")
