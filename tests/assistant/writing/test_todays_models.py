"""Models of today over a real socket: they think, refuse parameters, and end in many ways."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.writing.audit import Audit
from assistant.writing.chat_model import LangChainModel, Message
from assistant.writing.failures import ModelFailure
from assistant.writing.parameters import Parameters
from index.retrieval import Turn
from tests.assistant.writing.asking import GOOD, TROOPS, written_by
from tests.scripted_model import Script, scripted
from tests.scripted_protocols import delta

ASKED = (Message("system", "Answer."), Message("user", "Anybody?"))
THOUGHT = f"The user asks of troops. {GOOD.replace('800,000', '900,000')} [1]. Or not?"
TOOL = delta({"tool_calls": [{"index": 0, "id": "t", "type": "function",
                              "function": {"name": "search", "arguments": "{}"}}]})  # fmt: skip


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([f"<think>{THOUGHT}</think>\n\n{GOOD} [1]."], id="think"),
        pytest.param(list(f"<think>{THOUGHT}</think>{GOOD} [1]."), id="think, a letter a piece"),
        pytest.param([f"{THOUGHT}\n</think>\n\n{GOOD} [1]."], id="think without its beginning"),
        pytest.param([f"{THOUGHT} ", "</th", f"ink>{GOOD} [1]."], id="and that in pieces"),
        pytest.param([f"[THINK]{THOUGHT}[/THINK]{GOOD} [1]."], id="think in brackets"),
        pytest.param(
            [f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|chan",
             f"nel|>final<|message|>{GOOD} [1].<|return|>"], id="harmony"),
        pytest.param([f"analysis{THOUGHT}assistantfinal{GOOD} [1]."], id="harmony, marks dropped"),
        pytest.param(
            [delta({"role": "assistant", "content": None, "reasoning_content": THOUGHT}),
             f"{GOOD} [1]."], id="reasoning_content"),
        pytest.param([delta({"content": "", "reasoning": THOUGHT}), f"{GOOD} [1]."],
                     id="reasoning"),
        pytest.param([f"{GOOD} [1].<|im_end|>"], id="a mark of the template"),
    ],
)  # fmt: skip
def test_a_thought_is_never_shown(ask: Callable[..., Answer], pieces: list[str | bytes]) -> None:
    with scripted(Script(pieces)) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict, answer.notice) == ("model", "answered", None)
    assert [(one.text, one.support) for one in answer.statements] == [(f"{GOOD}.", "supported")]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(Script([f"<think>{THOUGHT}"], ends_with="length"), id="think"),
        pytest.param(Script([f"<think>{THOUGHT}"]), id="think, said to be done"),
        pytest.param(Script([f"<|channel|>analysis<|message|>{THOUGHT}"], ends_with="length"),
                     id="harmony"),
        pytest.param(Script([delta({"reasoning_content": "so "})] * 20, ends_with="length"),
                     id="reasoning_content"),
        pytest.param(Script(["<think>", "so on and "], forever=True), id="for ever"),
    ],
)  # fmt: skip
def test_a_model_that_only_thinks_is_said_to(ask: Callable[..., Answer], script: Script) -> None:
    with scripted(script) as model:
        answer = ask(model)
    assert answer.mode == "quotes"
    assert "used up its tokens on thinking" in (answer.notice or "")
    assert "ASSISTANT_THINKING_TOKENS" in (answer.notice or "")


def test_thoughts_count_as_tokens_where_the_server_counts_none(
    shipped: Assistant, tmp_path: Path
) -> None:
    pieces = [f"<think>{'so ' * 400}</think>", *[delta({"reasoning_content": "so "})] * 100]
    with scripted(Script([*pieces, f"{GOOD} [1]."], counts=False)) as model:
        answer = written_by(shipped, model, tmp_path, thinking_tokens=1000).ask(TROOPS)
    assert answer.usage is not None
    assert 400 <= answer.usage.tokens_out <= 450
    assert Audit(tmp_path / "audit").tokens_today() >= answer.usage.tokens_out


def test_a_rewriting_is_searched_for_without_its_thought(
    shipped: Assistant, tmp_path: Path
) -> None:
    history = [Turn("What did Vance say about the negotiations?")]
    said = "<think>He is Vance.</think>What did Vance name as the main obstacle?"
    with scripted(Script([said])) as model:
        written_by(shipped, model, tmp_path).ask(
            "And what did he name as the main obstacle?", history=history
        )
        written = model.requests[1]["messages"][-1]["content"]
    assert "In full: What did Vance name" in written
    assert "He is Vance" not in written


@pytest.mark.parametrize("names_it", [True, False])
@pytest.mark.parametrize(
    ("refused", "said", "instead"),
    [
        ("temperature", "Unsupported value: 'temperature' does not support 0 with this model.",
         {"max_completion_tokens"}),
        ("max_completion_tokens", "Unknown field: max_completion_tokens.",
         {"max_tokens", "temperature"}),
        ("stream_options", "Extra inputs are not permitted: stream_options.",
         {"max_completion_tokens", "temperature"}),
    ],
)  # fmt: skip
def test_what_a_model_refuses_is_left_out_once_and_for_all(
    refused: str, said: str, instead: set[str], names_it: bool
) -> None:
    with scripted(Script(["Here."], refuses={refused: said}, names_it=names_it)) as model:
        for _ in range(2):
            chat = LangChainModel(
                "openai:x", address=model.address, key="k", parameters=Parameters(cap=99)
            )
            assert any(chat.stream(ASKED))
        first, *others = model.requests
        assert refused in first
        assert len(others) == 2
        for sent in others:
            assert refused not in sent
            assert instead <= sent.keys()


def test_two_names_of_the_cap_may_be_refused_and_more_beside_them() -> None:
    refuses = {
        "max_tokens": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        "max_completion_tokens": "max_completion_tokens is too large: 99.",
        "temperature": "temperature is not supported",
    }
    parameters = Parameters(cap=99, cap_names=("max_tokens", "max_completion_tokens"))
    with scripted(Script(["Here."], refuses=refuses, names_it=False)) as model:
        chat = LangChainModel("openai:y", address=model.address, key="k", parameters=parameters)
        assert any(chat.stream(ASKED))
        assert [
            sorted(sent.keys() & refuses.keys()) for sent in model.requests
        ] == [["max_tokens", "temperature"], ["max_completion_tokens", "temperature"],
              ["temperature"], []]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "System role not supported",
        "Developer instruction is not enabled for models/gemma-3-1b-it",
        "Only user and assistant roles are supported!",
        "Conversation roles must alternate user/assistant/user/assistant/...",
    ],
)
def test_where_there_is_no_system_role_its_words_stand_above_the_question(said: str) -> None:
    with scripted(Script(["Here."], refuses={"system": said})) as model:
        chat = LangChainModel(f"openai:{said}", address=model.address, key="k")
        assert any(chat.stream(ASKED))
        assert any(chat.stream(ASKED))
        sent = [one["messages"] for one in model.requests]
    assert [len(one) for one in sent] == [2, 1, 1]
    assert sent[1] == sent[2] == [{"role": "user", "content": "Answer.\n\nAnybody?"}]


def test_a_refusal_that_names_nothing_is_not_tried_again() -> None:
    with scripted(Script(status=400, error="This is not to my taste.")) as model:
        chat = LangChainModel("openai:z", address=model.address, key="k")
        with pytest.raises(ModelFailure) as failure:
            list(chat.stream(ASKED))
        assert len(model.requests) == 1
    assert failure.value.kind == "refused"


@pytest.mark.parametrize(
    ("script", "problem", "remedy"),
    [
        pytest.param(Script(status=401), "refused the key", "ASSISTANT_MODEL_KEY", id="401"),
        pytest.param(Script(status=402, error="Insufficient Balance"), "credit is used up",
                     "Pay", id="402"),
        pytest.param(Script(status=429, error="You exceeded your quota", code="insufficient_quota"),
                     "credit is used up", "Pay", id="429 of an empty account"),
        pytest.param(Script(status=404, error="model not found"), "does not know this model",
                     "ollama pull", id="404"),
        pytest.param(Script(status=429), "no more requests", "Wait a minute", id="429"),
        pytest.param(Script(status=503, error="Loading model"), "still loading", "Wait a minute",
                     id="503"),
        pytest.param(Script(status=413), "that much text", "ASSISTANT_MODEL_WINDOW", id="413"),
        pytest.param(
            Script(status=400, error="request (9031 tokens) exceeds the available context size"),
            "that much text", "ASSISTANT_MODEL_WINDOW", id="context of llama.cpp"),
        pytest.param(
            Script(status=400, error="Too long. Please reduce the length of the messages."),
            "that much text", "ASSISTANT_MODEL_WINDOW", id="context of OpenAI"),
        pytest.param(Script(status=400, error="The response was filtered", code="content_filter"),
                     "content filter", "other words", id="content filter of Azure"),
        pytest.param(Script(ends_with="content_filter"), "content filter", "other words",
                     id="content filter at the end"),
        pytest.param(Script([TOOL], ends_with="tool_calls"), "called a tool", "one that chats",
                     id="only a tool"),
        pytest.param(Script(hang=True), "in time", "ASSISTANT_FIRST_WORD_S", id="hangs"),
    ],
)  # fmt: skip
def test_each_failure_says_what_is_wrong_and_what_to_do(
    ask: Callable[..., Answer], script: Script, problem: str, remedy: str
) -> None:
    with scripted(script) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict) == ("quotes", "answered")
    assert problem in (answer.notice or "")
    assert remedy in (answer.notice or "")


@pytest.mark.parametrize(
    ("ends_with", "why"), [("length", "cut off"), ("content_filter", "content filter")]
)
def test_an_answer_that_was_cut_off_keeps_what_was_verified(
    ask: Callable[..., Answer], ends_with: str, why: str
) -> None:
    with scripted(Script([f"{GOOD} [1]. Then it"], ends_with=ends_with)) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict) == ("model", "partly")
    assert [one.text for one in answer.statements] == [f"{GOOD}."]
    assert why in (answer.notice or "")


def test_a_tool_beside_an_answer_does_it_no_harm(ask: Callable[..., Answer]) -> None:
    with scripted(Script([f"{GOOD} [1].", TOOL], ends_with="tool_calls")) as model:
        answer = ask(model)
    assert (answer.mode, answer.verdict, answer.notice) == ("model", "answered", None)
