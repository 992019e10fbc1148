"""What each provider's package is given and gives, over a real socket of its own protocol."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.settings import Settings
from assistant.wiring import make_writer
from assistant.writing.chat_model import LangChainModel, Message, Piece
from assistant.writing.composing import Writer
from assistant.writing.failures import ModelFailure
from assistant.writing.parameters import Parameters
from sources.errors import StateError
from tests.assistant.writing.asking import CHECKER, GOOD, TROOPS
from tests.scripted_model import Script, ScriptedModel, scripted
from tests.scripted_protocols import (
    block_begins,
    block_ends,
    cited_blocks,
    ollama_thought,
    text_of_block,
    thought_of_block,
)

ASKED = (Message("system", "Answer."), Message("user", "Anybody?"))
ANTHROPIC = "anthropic:claude-scripted"
OLLAMA = "ollama:scripted"


def _chat(name: str, model: ScriptedModel, **given: object) -> LangChainModel:
    address = model.address.removesuffix("/v1")
    parameters = Parameters(cap=77, cap_names=("max_tokens", "max_completion_tokens"))
    return LangChainModel(name, address=address, key="k", parameters=parameters, **given)  # type: ignore[arg-type]


def _pieces(chat: LangChainModel) -> list[Piece]:
    return [piece for piece in chat.stream(ASKED) if piece is not None]


def _answer_of(shipped: Assistant, chat: LangChainModel) -> list[tuple[str, str, int]]:
    writer = Writer(chat, count_tokens=shipped.library.embedder.count_tokens, checker=CHECKER)
    answer = Assistant(shipped.library, writer=writer).ask(TROOPS)
    assert answer.mode == "model", answer.notice
    return [(one.text, one.support, len(one.citations)) for one in answer.statements]


def test_ollama_is_told_the_window_and_the_cap() -> None:
    with scripted(Script(["He", "re."])) as model:
        pieces = _pieces(_chat(OLLAMA, model, window_tokens=12_345))
        (sent,) = model.requests
    assert sent["options"] == {"num_ctx": 12_345, "num_predict": 77, "temperature": 0.0}
    assert "".join(piece.words for piece in pieces) == "Here."
    assert (321, 45) in [(piece.tokens_in, piece.tokens_out) for piece in pieces]


def test_ollama_sends_thoughts_apart_and_they_are_counted() -> None:
    with scripted(Script([ollama_thought("so so so")] * 3 + ["Here."])) as model:
        pieces = _pieces(_chat(OLLAMA, model))
    assert "".join(piece.words for piece in pieces) == "Here."
    assert sum(piece.thought for piece in pieces) > 0


def test_ollama_says_that_it_was_cut_off() -> None:
    with scripted(Script(["Here."], ends_with="length")) as model:
        assert "length" in [piece.ending for piece in _pieces(_chat(OLLAMA, model))]


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (404, "model 'scripted' not found", "no model"),
        (500, "model requires more system memory", "server"),
        (503, "server busy, please try again", "busy"),
        (401, "unauthorized", "key"),
    ],
)
def test_errors_of_ollama_are_told_apart(status: int, said: str, kind: str) -> None:
    refusing = scripted(Script(status=status, error=said))
    with refusing as model, pytest.raises(ModelFailure) as failure:
        _pieces(_chat(OLLAMA, model))
    assert failure.value.kind == kind


def test_anthropic_is_told_the_cap_and_no_other_name_for_it() -> None:
    with scripted(Script(cited_blocks([("Here.", None)]))) as model:
        pieces = _pieces(_chat(ANTHROPIC, model))
        (sent,) = model.requests
    assert (sent["max_tokens"], sent["temperature"]) == (77, 0.0)
    assert "max_completion_tokens" not in sent
    assert "".join(piece.words for piece in pieces) == "Here."
    assert max(piece.tokens_out or 0 for piece in pieces) == 45


def test_anthropic_thinks_apart() -> None:
    script = Script(
        [block_begins(0, "thinking"), thought_of_block(0, "so so so"), block_ends(0),
         block_begins(1, "text"), text_of_block(1, "Here."), block_ends(1)]
    )  # fmt: skip
    with scripted(script) as model:
        pieces = _pieces(_chat(ANTHROPIC, model))
    assert "".join(piece.words for piece in pieces) == "Here."
    assert sum(piece.thought for piece in pieces) >= len("so so so")


def test_a_temperature_that_anthropic_refuses_is_left_out() -> None:
    said = "`temperature` is deprecated for this model."
    with scripted(Script(cited_blocks([("Here.", None)]), refuses={"temperature": said})) as model:
        assert _pieces(_chat(ANTHROPIC, model))
        assert ["temperature" in sent for sent in model.requests] == [True, False]


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (400, "Your credit balance is too low to access the Anthropic API.", "payment"),
        (400, "prompt is too long: 210000 tokens > 200000 maximum", "too long"),
        (401, "invalid x-api-key", "key"),
        (404, "model: claude-scripted", "no model"),
        (529, "Overloaded", "busy"),
    ],
)
def test_errors_of_anthropic_are_told_apart(status: int, said: str, kind: str) -> None:
    refusing = scripted(Script(status=status, error=said))
    with refusing as model, pytest.raises(ModelFailure) as failure:
        _pieces(_chat(ANTHROPIC, model))
    assert failure.value.kind == kind


def test_a_refusal_of_anthropic_is_a_filter() -> None:
    with scripted(Script(cited_blocks([("No.", None)]), ends_with="refusal")) as model:
        assert "filtered" in [piece.ending for piece in _pieces(_chat(ANTHROPIC, model))]


def test_passages_go_to_anthropic_as_documents_in_sentences(shipped: Assistant) -> None:
    with scripted(Script(cited_blocks([(f"{GOOD}.", 0)]))) as model:
        assert _answer_of(shipped, _chat(ANTHROPIC, model)) == [(f"{GOOD}.", "supported", 1)]
        (sent,) = model.requests
    *documents, asked = sent["messages"][-1]["content"]
    assert asked == {"type": "text", "text": f"Question: {TROOPS}"}
    assert {one["type"] for one in documents} == {"document"}
    assert all(one["citations"] == {"enabled": True} for one in documents)
    sentences = [part["text"] for one in documents for part in one["source"]["content"]]
    assert f"{GOOD}." in sentences
    assert "square brackets" not in str(sent["system"])


@pytest.mark.parametrize(
    ("blocks", "supported"),
    [
        pytest.param([(f"{GOOD}", 0), (".", None)], ["supported"], id="the stop is not cited"),
        pytest.param([(f"{GOOD}.", 1)], ["supported"], id="the wrong document"),
        pytest.param([(f"{GOOD}.", None)], ["supported"], id="none"),
        pytest.param(
            [("By the article, ", None), (f"{GOOD.replace('A central', 'a central')}.", 0)],
            ["supported"], id="half of it is cited"),
        pytest.param([(f"{GOOD.replace('800,000', '900,000')}.", 0), (f" {GOOD}.", 0)],
                     ["not_supported", "supported"], id="cites what does not bear it out"),
    ],
)  # fmt: skip
def test_citations_of_a_provider_are_checked_like_any(
    shipped: Assistant, blocks: Sequence[tuple[str, int | None]], supported: list[str]
) -> None:
    with scripted(Script(cited_blocks(blocks))) as model:
        found = _answer_of(shipped, _chat(ANTHROPIC, model))
    assert [support for _, support, _ in found] == supported


def test_the_settings_reach_the_request(shipped: Assistant, tmp_path: Path) -> None:
    with scripted(Script([f"{GOOD} [1]."])) as model:
        settings = Settings(
            home=tmp_path, model="openai:settings", model_url=model.address, temperature=0.5,
            token_limit="max_completion_tokens", answer_tokens=300, thinking_tokens=200,
        )  # fmt: skip
        writer = make_writer(settings, library=shipped.library, checker=CHECKER)
        Assistant(shipped.library, writer=writer).ask(TROOPS)
        (sent,) = model.requests
    assert (sent["temperature"], sent["max_completion_tokens"]) == (0.5, 500)
    assert "max_tokens" not in sent


def test_a_temperature_may_be_unset(shipped: Assistant, tmp_path: Path) -> None:
    with scripted(Script([f"{GOOD} [1]."])) as model:
        settings = Settings(
            home=tmp_path, model="openai:unset", model_url=model.address, temperature="unset"
        )
        writer = make_writer(settings, library=shipped.library, checker=CHECKER)
        Assistant(shipped.library, writer=writer).ask(TROOPS)
        (sent,) = model.requests
    assert "temperature" not in sent
    assert sent["max_tokens"] == 2_000


@pytest.mark.parametrize(
    ("name", "installed_by"),
    [("mistralai:x", "langchain-mistralai"), ("google_genai:x", "langchain-google-genai")],
)
def test_a_package_that_lacks_is_named(name: str, installed_by: str) -> None:
    with pytest.raises(StateError) as error:
        next(iter(LangChainModel(name, key="k").stream(ASKED)))
    assert error.value.remedy == f"Run `pip install {installed_by}`."
