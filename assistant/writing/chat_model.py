"""The one way to a chat model: any provider that LangChain's `init_chat_model` knows.

Words come as they are sent; while none come, `None` comes a few times a second, so that
whoever reads can stop: closing the iterator ends the request itself. Nothing is traced or
logged, and every way in which a model fails becomes a `ModelFailure` in plain words.
"""

import asyncio
import logging
import queue
import re
import threading
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, cast

from assistant.writing.event_loop import event_loop
from assistant.writing.failures import ModelFailure, failure_of
from assistant.writing.parameters import Parameters
from sources.errors import StateError, UseError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

HEARTBEAT_S = 0.2
CHARS_PER_TOKEN = 4
"""Where nobody counts tokens."""
SPARE_S = 30.0
"""Longer than the reader's own patience the packages wait, so that it is this one that ends."""
_QUIET = ("openai", "anthropic", "ollama", "httpx", "httpx2", "httpcore", "httpcore2", "langsmith")
_EXTRAS = ("anthropic", "ollama", "openai")
Ending = Literal["length", "filtered", "tools"]
"""Why an answer ended, where that is not that all was said."""
_ENDINGS: dict[str, Ending] = {
    "length": "length", "max_tokens": "length", "model_length": "length",
    "model_context_window_exceeded": "length",
    "content_filter": "filtered", "content_filtered": "filtered", "refusal": "filtered",
    "safety": "filtered", "prohibited_content": "filtered", "blocklist": "filtered",
    "spii": "filtered", "recitation": "filtered", "guardrail_intervened": "filtered",
    "tool_calls": "tools", "tool_use": "tools", "function_call": "tools",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to the model, and by whom; a ``document`` is a passage, a sentence a line."""

    role: Literal["system", "user", "document"]
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they came, and the tokens of the whole so far where the server says them."""

    words: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None
    thought: int = 0
    """Characters of a thought that the provider sends apart from the words."""
    ending: Ending | None = None


class ChatModel(Protocol):
    """A chat model, wherever it runs."""

    @property
    def name(self) -> str:
        """``provider:name``."""

    @property
    def address(self) -> str | None:
        """The URL it was given by; `None` for the provider's own."""

    @property
    def cites(self) -> bool:
        """Whether it takes passages as documents, and says by itself which of them it used."""

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece | None]:
        """What the model says, piece by piece; `None` while nothing comes.

        Raises `ModelFailure`. Closing the iterator ends the request.
        """


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds: for the first word, between words, and for all of them."""

    first_s: float = 120.0
    next_s: float = 60.0
    whole_s: float = 600.0

    def is_over(self, *, began: float, heard: float | None) -> bool:
        """Whether it is, now; times are those of `time.monotonic`."""
        now = time.monotonic()
        waited = now - (began if heard is None else heard)
        return now - began > self.whole_s or waited > (
            self.first_s if heard is None else self.next_s
        )


_making = threading.Lock()
"""Two models made at the same time would not share their connections, and leave some open."""
_taken: dict[tuple[str, str | None], Parameters] = {}
"""What each model was found to take, by its name and address, for as long as the process runs."""


class LangChainModel:
    """A chat model by LangChain; made at first use."""

    def __init__(
        self,
        name: str,
        *,
        address: str | None = None,
        key: str | None = None,
        parameters: Parameters | None = None,
        window_tokens: int | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Without `key` the provider's package looks for its own (OPENAI_API_KEY, …).

        `window_tokens` is said to a server that would else take in fewer (Ollama).
        """
        self.name = name
        self.address = address
        self._provider = name.partition(":")[0]
        self._key = key
        self._parameters = parameters or Parameters()
        self._window_tokens = window_tokens
        self._patience = patience or Patience()
        self._made: dict[Parameters, BaseChatModel] = {}

    @property
    def cites(self) -> bool:
        return self._provider == "anthropic"

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece | None]:
        is_refused = True
        while is_refused:
            is_refused = False
            parameters = _taken.get((self.name, self.address), self._parameters)
            try:
                yield from self._stream(messages, parameters)
            except _RefusedError as refused:
                other = parameters.without_what_is_refused(refused.reason)
                if other is None:
                    raise failure_of(refused.reason) from None
                _taken[self.name, self.address] = other
                is_refused = True

    def _stream(
        self, messages: Sequence[Message], parameters: Parameters
    ) -> Iterator[Piece | None]:
        model = self._model(parameters)
        pieces: queue.SimpleQueue[Piece | BaseException | None] = queue.SimpleQueue()
        said = _messages(messages, parameters)
        stopped = threading.Event()
        running = asyncio.run_coroutine_threadsafe(
            _send(model, said, pieces, stopped), event_loop()
        )
        began, heard = time.monotonic(), None
        has_ended = False
        try:
            while True:
                try:
                    piece = pieces.get(timeout=HEARTBEAT_S)
                except queue.Empty:
                    if self._patience.is_over(began=began, heard=heard):
                        raise ModelFailure("slow") from None
                    yield None
                    continue
                has_ended = piece is None or isinstance(piece, BaseException)
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise _RefusedError(piece) if heard is None else failure_of(piece) from None
                heard = time.monotonic()
                if heard - began > self._patience.whole_s:
                    raise ModelFailure("slow")
                yield piece
        finally:
            # What has ended is still giving its connection back.
            if not has_ended:
                # A cancellation alone is lost in Python 3.11 where a piece has just come
                # (https://github.com/python/cpython/issues/86296).
                stopped.set()
                running.cancel()

    def _model(self, parameters: Parameters) -> "BaseChatModel":
        with _making:
            if parameters not in self._made:
                for name in _QUIET:
                    logging.getLogger(name).setLevel(logging.WARNING)
                self._made[parameters] = self._make(parameters)
            return self._made[parameters]

    def _make(self, parameters: Parameters) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        try:
            return init_chat_model(self.name, **self._given(parameters))  # type: ignore[call-overload, no-any-return]  # by name
        except ImportError as error:
            named = re.search(r"langchain-[\w-]+", str(error))
            package = named.group() if named else f"langchain-{self._provider}"
            if self._provider in _EXTRAS:
                package = f"'guarantees-assistant[{self._provider}]'"
            raise StateError(
                f"The package for {self._provider!r} is not installed.",
                remedy=f"Run `pip install {package}`.",
            ) from error
        except Exception as error:
            raise UseError(
                f"The model {self.name!r} cannot be set up.",
                remedy="Set ASSISTANT_MODEL to provider:name, and the provider's key.",
            ) from error

    def _given(self, parameters: Parameters) -> dict[str, object]:
        """The same for every provider, in the names that LangChain's class for it has."""
        given: dict[str, object] = {}
        longest = SPARE_S + max(self._patience.first_s, self._patience.next_s)
        if parameters.temperature is not None:
            given["temperature"] = parameters.temperature
        if self.address:
            given["base_url"] = self.address
        if self._provider == "ollama":
            given |= {"num_ctx": self._window_tokens, "num_predict": parameters.cap}
            if self._key:
                given["client_kwargs"] = {"headers": {"Authorization": f"Bearer {self._key}"}}
            return given
        given["max_retries"] = 1
        if self._key:
            given["api_key"] = self._key
        elif self._provider == "openai" and self.address:
            given["api_key"] = "none"
        if self._provider in ("openai", "anthropic"):
            given["timeout"] = longest
        if self._provider == "openai":
            given |= {"stream_usage": parameters.counts, "stream_chunk_timeout": longest}
            if parameters.cap_name == "max_tokens":
                # By its own name ChatOpenAI would send it as the newer one.
                return given | {"extra_body": {"max_tokens": parameters.cap}}
        if parameters.cap_name is not None:
            given["max_tokens"] = parameters.cap
        return given


class _RefusedError(Exception):
    """The request failed before a word came."""

    def __init__(self, reason: BaseException) -> None:
        super().__init__()
        self.reason = reason


def _messages(messages: Sequence[Message], parameters: Parameters) -> "list[BaseMessage]":
    """The same in LangChain's words: documents in front of what is asked of them."""
    from langchain_core.messages import HumanMessage, SystemMessage

    system = "\n\n".join(one.words for one in messages if one.role == "system")
    asked = "\n\n".join(one.words for one in messages if one.role == "user")
    documents: list[str | dict[str, object]] = [
        _document(key, one.words)
        for key, one in enumerate((one for one in messages if one.role == "document"), start=1)
    ]
    if not parameters.has_system:
        system, asked = "", f"{system}\n\n{asked}".strip()
    said: list[BaseMessage] = [SystemMessage(system)] if system else []
    if documents:
        return [*said, HumanMessage([*documents, {"type": "text", "text": asked}])]
    return [*said, HumanMessage(asked)]


def _document(key: int, words: str) -> dict[str, object]:
    """A passage for Anthropic's citations, a block a sentence."""
    blocks = [{"type": "text", "text": line} for line in words.split("\n")]
    return {
        "type": "document",
        "source": {"type": "content", "content": blocks},
        "title": f"Passage {key}",
        "citations": {"enabled": True},
    }


async def _send(
    model: "BaseChatModel",
    messages: "Sequence[BaseMessage]",
    pieces: "queue.SimpleQueue[Piece | BaseException | None]",
    stopped: threading.Event,
) -> None:
    from langsmith import tracing_context

    reading = _Reading()
    try:
        with tracing_context(enabled=False):
            stream = cast("AsyncGenerator[AIMessageChunk]", model.astream(list(messages)))
            async with aclosing(stream) as parts:
                async for part in parts:
                    if stopped.is_set():
                        return
                    pieces.put(reading.piece_of(part))
        pieces.put(Piece(reading.take_keys()))
        pieces.put(None)
    except Exception as error:  # noqa: BLE001  # handed over to whoever reads, who maps it
        pieces.put(error)


@dataclass(slots=True)
class _Reading:
    """What has to be known of the parts before to read the next one."""

    block: object = None
    """Which block of the answer is being written, where the provider numbers them."""
    keys: list[int] = field(default_factory=list)
    """Passages that the block cites; they are written behind it, as keys of ours."""

    def piece_of(self, part: "AIMessageChunk") -> Piece:
        words, thought = "", 0
        for block in [part.content] if isinstance(part.content, str) else part.content:
            if isinstance(block, str):
                words += block
            elif block.get("type") in ("text", "text_delta"):
                words += self._words_of(block)
            else:
                inner = block.get("thinking") or block.get("reasoning") or ""
                thought += len(inner) if isinstance(inner, str) else 0
        apart = part.additional_kwargs.get("reasoning_content") or ""
        used: Mapping[str, object] = getattr(part, "usage_metadata", None) or {}
        told = part.response_metadata
        why = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")
        thought += len(apart if isinstance(apart, str) else "")
        if not (words or thought or used or why):
            # ChatOpenAI passes on a thought's pieces with their words left out.
            thought = CHARS_PER_TOKEN
        return Piece(
            words,
            _count(used.get("input_tokens")),
            _count(used.get("output_tokens")),
            thought,
            _ENDINGS.get(str(why).lower()),
        )

    def _words_of(self, block: Mapping[str, object]) -> str:
        before = ""
        if block.get("index") != self.block:
            before = self.take_keys()
            self.block = block.get("index")
        citations = block.get("citations")
        for one in citations if isinstance(citations, list) else []:
            place = one.get("document_index") if isinstance(one, dict) else None
            if isinstance(place, int) and place + 1 not in self.keys:
                self.keys.append(place + 1)
        words = block.get("text")
        return before + (words if isinstance(words, str) else "")

    def take_keys(self) -> str:
        """The keys of the block that has ended, as they are written in a sentence."""
        keys, self.keys = self.keys, []
        return " " + "".join(f"[{key}]" for key in keys) if keys else ""


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None
