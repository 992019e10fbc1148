"""The chat model asked again whether cited words say a statement: it can only lower."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.settings import read_settings
from assistant.verifying.check import Fault, Verification
from assistant.verifying.model import Shares
from assistant.writing.confirming import Confirmation, confirmed, read_confirmation
from index.library import Library
from tests.assistant.writing.asking import WordChecker, written_by
from tests.scripted_model import Script, ScriptedModel, scripted

SHIPS = "The harbour of Norby holds twelve grain ships."
QUESTION = "How many ships does the harbour of Norby hold?"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("entailed", "entailed"),
        ("**Entailed**.\n", "entailed"),
        ("CONTRADICTED!", "contradicted"),
        ("not_said", "not said"),
        ("“Not said”", "not said"),
        ("not entailed", None),
        ("It is entailed.", None),
        ("entailed or contradicted", None),
        ("said", None),
        ("", None),
    ],
)
def test_only_a_clear_reply_is_read(reply: str, said: Confirmation | None) -> None:
    assert read_confirmation(reply) == said


@pytest.mark.parametrize("said", ["entailed", "contradicted", "not said", None])
def test_nothing_that_the_model_says_raises_a_statement(said: Confirmation | None) -> None:
    shares = Shares(0.1, 0.1, 0.8)
    for support in ("not_supported", "partly"):
        told = Verification(support, shares, (Fault("number", "5"),))
        after = confirmed(told, said)
        assert after.support in ("not_supported", support)
        assert after.faults[:1] == told.faults


@pytest.fixture
def port(library_of: Callable[..., Library]) -> Assistant:
    return Assistant(library_of(norby=f"{SHIPS} It was built in 1871."))


def _ask(
    port: Assistant, folder: Path, script: Script, **options: object
) -> tuple[Answer, ScriptedModel]:
    with scripted(script) as model:
        assistant = written_by(
            port, model, folder, checker=WordChecker(), check_with_model=True, **options
        )
        return assistant.ask(QUESTION), model


@pytest.mark.parametrize(
    ("reply", "mode"),
    [
        (Script(["entai", "led"]), "model"),
        (Script(["<think>Is it contradicted? No.</think>entailed"]), "model"),
        (Script(["contradicted"]), "quotes"),
        (Script(["not said"]), "quotes"),
        (Script(["Well, that depends on what one takes it to mean."]), "quotes"),
        (Script(status=500), "quotes"),
    ],
)
def test_a_statement_stands_only_where_the_model_bears_it_out_too(
    port: Assistant, tmp_path: Path, reply: Script, mode: str
) -> None:
    answer, model = _ask(port, tmp_path, Script([f"{SHIPS} [1]"], then=reply))
    assert answer.mode == mode
    assert answer.statements[0].support == "supported"
    checked = model.requests[1]["messages"][-1]["content"]
    assert checked.count(SHIPS) == 2


def test_each_statement_is_asked_about_and_told_of(port: Assistant, tmp_path: Path) -> None:
    second = Script(["entailed"], then=Script(["not said"]))
    said = f"{SHIPS} [1] The harbour was built in 1871 [1]."
    answer, model = _ask(port, tmp_path, Script([said], then=second))
    assert [one.support for one in answer.statements] == ["supported", "not_supported"]
    assert "asked again" in (answer.statements[1].doubt or "")
    assert len(model.requests) == 3
    assert answer.usage is not None
    assert (answer.usage.tokens_in, answer.usage.tokens_out) == (3 * 321, 3 * 45)


def test_what_the_exact_checks_refuse_is_not_asked_about(port: Assistant, tmp_path: Path) -> None:
    lie = SHIPS.replace("twelve", "ninety")
    answer, model = _ask(port, tmp_path, Script([f"{lie} [1]"], then=Script(["entailed"])))
    assert answer.mode == "quotes"
    assert len(model.requests) == 1


def test_nothing_is_shown_before_the_model_has_been_asked(port: Assistant, tmp_path: Path) -> None:
    script = Script([f"{SHIPS} [1]"], then=Script(["not said"], wait_s=0.5))
    with scripted(script) as model:
        assistant = written_by(port, model, tmp_path, checker=WordChecker(), check_with_model=True)
        shown = [answer for answer, _ in assistant.ask_streaming(QUESTION) if answer]
    assert {answer.mode for answer in shown} == {"quotes"}


def test_strict_leaves_out_what_the_model_lowers(port: Assistant, tmp_path: Path) -> None:
    second = Script(["entailed"], then=Script(["not said"]))
    said = f"{SHIPS} [1] The harbour was built in 1871 [1]."
    answer, _ = _ask(port, tmp_path, Script([said], then=second), strict=True)
    assert [one.text for one in answer.statements] == [SHIPS]


def test_it_is_off_by_default_and_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read_settings().check_with_model
    monkeypatch.setenv("ASSISTANT_CHECK_WITH_MODEL", "true")
    assert read_settings().check_with_model
