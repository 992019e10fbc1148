"""A model that misbehaves in every way we could think of, over a real socket.

The server is scripted, everything on this side is real: LangChain, the provider's package,
the shipped article, the bundled embedding model.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.writing.audit import Audit
from index.retrieval import Turn
from tests.assistant.writing.asking import GOOD, TROOPS, written_by
from tests.scripted_model import Script, scripted
from tests.scripted_protocols import event


def test_a_faithful_answer_is_cited_by_the_sentence_that_bears_it_out(
    ask: Callable[..., Answer],
) -> None:
    with scripted(Script([f"{GOOD} [1]."])) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict, answer.notice) == ("model", "answered", None)
    assert [said.support for said in answer.statements] == ["supported"]
    assert [one.quote.words for one in answer.citations] == [f"{GOOD}."]
    assert answer.usage is not None
    assert (answer.usage.where, answer.usage.tokens_in, answer.usage.tokens_out) == (
        "this machine", 321, 45,
    )  # fmt: skip


LONG = " ".join(f"word{number}" for number in range(9000))
"""Longer than any answer may be, and nothing in it comes back."""


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([f"{GOOD} [77]."], id="invents a citation"),
        pytest.param([f"{GOOD} [3]."], id="cites the wrong passage"),
        pytest.param([f"{GOOD}."], id="cites nothing"),
        pytest.param([f"{GOOD}.", " [", "1", "]"], id="cites after the stop, in pieces"),
        pytest.param(list(f"{GOOD} 【1】."), id="one character at a time"),
        pytest.param([f"Here is what the sources say:\n\n- {GOOD} [1]."], id="an introduction"),
        pytest.param([f"```\ncode [1]\n```\n{GOOD} [1]."], id="code before the answer"),
        pytest.param(["", "", f"{GOOD} [1].", ""], id="empty pieces"),
        pytest.param([b": keep alive\n\n", f"{GOOD} [1]."], id="comments in the stream"),
    ],
)
def test_odd_but_true_answers_are_cited_all_the_same(
    ask: Callable[..., Answer], pieces: list[str | bytes]
) -> None:
    with scripted(Script(pieces)) as model:
        answer = ask(model)
    assert [said.support for said in answer.statements] == ["supported"]
    assert [one.quote.words for one in answer.citations] == [f"{GOOD}."]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(GOOD.replace("800,000", "900,000"), id="changes a number"),
        pytest.param("Macron said the plan keeps Ukraine’s armed forces at 800,000", id="a name"),
        pytest.param("The U.S.-Ukraine document will not require consideration by Congress",
                     id="adds not"),
        pytest.param("Zelensky said that the plan is perfect", id="drops not"),
        pytest.param("Zelensky said the “armed forces at 800,000 troops require consideration”",
                     id="stitches quotes"),
        pytest.param("Vance said the plan “is a central element of peace”", id="alters a quote"),
        pytest.param("Bread rises because yeast makes gas", id="talks of something else"),
        pytest.param("Always unplug electrical devices before cleaning", id="obeys a passage"),
        pytest.param("I am sorry, but I cannot help with that", id="refuses"),
    ],
)  # fmt: skip
def test_what_is_not_borne_out_is_never_shown_unmarked(
    ask: Callable[..., Answer], said: str
) -> None:
    with scripted(Script([f"{GOOD} [1]. {said} [1]."])) as model:
        marked = ask(model)
        strict = ask(model, strict=True)
    assert [one.support for one in marked.statements] == ["supported", "not_supported"]
    assert marked.statements[1].doubt
    assert [one.text for one in strict.statements] == [f"{GOOD}."]
    with scripted(Script([f"{said} [1]."])) as model:
        alone = ask(model)
    assert alone.mode == "quotes"
    assert alone.notice is not None
    assert alone.statements[0].support == "supported"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        pytest.param(Script(status=401), "refused the key", id="401"),
        pytest.param(Script(status=403), "refused the key", id="403"),
        pytest.param(Script(status=404), "does not know this model", id="404"),
        pytest.param(Script(status=429), "no more requests", id="429"),
        pytest.param(Script(status=429, headers={"Retry-After": "0"}), "no more requests",
                     id="429 with Retry-After"),
        pytest.param(Script(status=500), "error of its own", id="500"),
        pytest.param(Script(status=400, error="maximum context length is 4096 tokens"),
                     "that much text", id="context length"),
        pytest.param(Script(status=400), "refused the request", id="400"),
        pytest.param(Script(hang=True), "in time", id="hangs"),
        pytest.param(Script(), "sent nothing", id="sends nothing"),
        pytest.param(Script(["", ""]), "sent nothing", id="sends empty pieces"),
        pytest.param(Script([b'data: {"id": "c1", "choi\n\n']), "cannot be read", id="half JSON"),
        pytest.param(Script([b"data: \xff\xfe\xc3\n\n"]), "cannot be read", id="broken UTF-8"),
        pytest.param(Script(["A central ele"]), "mid-sentence", id="stops mid-word"),
    ],
)  # fmt: skip
def test_where_the_model_fails_quotes_step_in_and_say_why(
    ask: Callable[..., Answer], script: Script, why: str
) -> None:
    with scripted(script) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict) == ("quotes", "answered")
    assert answer.notice is not None
    assert why in answer.notice
    assert "800,000" in answer.statements[0].text


@pytest.mark.parametrize(
    ("script", "why"),
    [
        pytest.param(Script([f"{GOOD} [1]. Then "], hang=True), "in time", id="hangs"),
        pytest.param(Script([f"{GOOD} [1]. Then ", b"data: {bad\n\n"]), "cannot be read",
                     id="half JSON"),
        pytest.param(Script([f"{GOOD} [1]. Then it sto"]), "mid-sentence", id="mid-word"),
        pytest.param(Script([f"{GOOD} [1]. "], forever=True), "repeated itself", id="for ever"),
        pytest.param(Script([f"{GOOD} [1]. ", LONG]), "cut off",
                     id="too long"),
    ],
)  # fmt: skip
def test_what_was_verified_before_the_failure_is_kept(
    ask: Callable[..., Answer], script: Script, why: str
) -> None:
    with scripted(script) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict) == ("model", "partly")
    assert f"{GOOD}." in [one.text for one in answer.statements if one.support == "supported"]
    assert answer.notice is not None
    assert why in answer.notice


def test_a_disconnect_in_mid_answer_is_said(ask: Callable[..., Answer]) -> None:
    with scripted(Script([f"{GOOD} [1]. Then it "], ends=False)) as model:
        answer = ask(model)
    assert answer.verdict == "partly"
    assert answer.notice is not None


def test_nothing_listening_is_said(shipped: Assistant, tmp_path: Path) -> None:
    with scripted(Script()) as model:
        assistant = written_by(shipped, model, tmp_path)
    answer = assistant.ask(TROOPS)
    assert answer.mode == "quotes"
    assert f"The model at {model.address} cannot be reached" in (answer.notice or "")


def test_what_reached_nobody_counts_no_tokens(shipped: Assistant, tmp_path: Path) -> None:
    with scripted(Script()) as model:
        assistant = written_by(shipped, model, tmp_path)
    answer = assistant.ask(TROOPS)
    assert answer.usage is not None
    assert (answer.usage.tokens_in, answer.usage.tokens_out) == (0, 0)
    assert Audit(tmp_path / "audit").tokens_today() == 0


def test_a_slow_model_shows_its_first_sentence_before_the_second(
    shipped: Assistant, tmp_path: Path
) -> None:
    script = Script([f"{GOOD} [1]. ", "Some states would ", "contribute troops [1]."], wait_s=0.3)
    with scripted(script) as model:
        grown = list(written_by(shipped, model, tmp_path).ask_streaming(TROOPS))
    written = [answer for answer, _ in grown if answer and answer.mode == "model"]
    assert written[0].statements[0].text == f"{GOOD}."
    assert len(written[-1].statements) > 1
    assert grown[0][0] is not None
    assert grown[0][0].mode == "quotes"
    assert "Some states would contribute" not in str(written[0])
    assert [complete for _, complete in grown].count(True) == 1


def test_silence_of_the_model_is_silence(ask: Callable[..., Answer]) -> None:
    with scripted(Script(["NOT_IN_", "SOURCES"])) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict, answer.statements) == ("model", "not_in_sources", ())


def test_stopping_ends_the_request_itself(shipped: Assistant, tmp_path: Path) -> None:
    with scripted(Script([f"{GOOD} [1]. Then "], hang=True)) as model:
        growing = written_by(shipped, model, tmp_path).ask_streaming(TROOPS)
        for answer, _ in growing:
            if answer is not None and answer.mode == "model":
                break
        growing.close()  # type: ignore[attr-defined]  # a generator
        assert model.left.wait(5)


def test_a_bad_rewriting_of_a_follow_up_loses_nothing(shipped: Assistant, tmp_path: Path) -> None:
    history = [Turn("What did Vance say about the negotiations?")]
    asked = "And what did he name as the main obstacle?"
    with scripted(Script(["What is the price of bread?"])) as model:
        answer = written_by(shipped, model, tmp_path).ask(asked, history=history)
        assert len(model.requests) == 2
    assert any("Donetsk" in one.quote.words for one in answer.citations)


def test_events_may_be_cut_anywhere(ask: Callable[..., Answer]) -> None:
    whole = event(f"{GOOD} [1].")
    with scripted(Script([bytes([byte]) for byte in whole])) as model:
        answer = ask(model)
    assert answer.statements[0].support == "supported"


def test_a_small_window_is_filled_with_the_sentences_that_answer(
    ask: Callable[..., Answer], shipped: Assistant
) -> None:
    with scripted(Script([f"{GOOD} [1]."])) as model:
        answer = ask(model, window_tokens=2_000, answer_tokens=1_100)
        sent = model.requests[0]["messages"][-1]["content"]
    assert answer.statements[0].support == "supported"
    assert GOOD in sent
    assert "passage 2" not in sent
    assert shipped.library.embedder.count_tokens([sent])[0] < 200


def test_what_the_sources_lack_is_said_of_a_written_answer_too(
    ask: Callable[..., Answer],
) -> None:
    with scripted(Script([f"{GOOD} [1]."])) as model:
        answer = ask(model, f"{TROOPS} Who is the minister of agriculture?")
    assert (answer.mode, answer.verdict) == ("model", "partly")
    assert answer.reason is not None
    assert answer.reason.startswith("“Who is the minister of agriculture?” is not answered:")
