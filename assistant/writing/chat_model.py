"""The one way to a chat model: any provider that LangChain's `init_chat_model` knows.

Words come as they are sent; while none come, `None` comes a few times a second, so that
whoever reads can stop: closing the iterator ends the request itself. Nothing is traced or
logged, and every way in which a model fails becomes a `ModelFailure` in plain words.
"""

import asyncio
import logging
import queue
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from sources.errors import StateError, UseError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

HEARTBEAT_S = 0.2
FailureKind = Literal[
    "key", "no model", "too many", "server", "unreachable", "slow", "too long", "garbled",
    "refused",
]  # fmt: skip
_SAID: dict[FailureKind, str] = {
    "key": "refused the key",
    "no model": "does not know this model, or it is no address of a chat model",
    "too many": "takes no more requests just now",
    "server": "reports an error of its own",
    "unreachable": "cannot be reached, or broke off",
    "slow": "did not answer in time",
    "too long": "cannot take in that much text",
    "garbled": "sent something that cannot be read",
    "refused": "refused the request",
}
_NO_CONNECTION = frozenset({"ConnectError", "ConnectTimeout", "ConnectionRefusedError", "gaierror"})
_QUIET = ("openai", "anthropic", "ollama", "httpx", "httpx2", "httpcore", "httpcore2", "langsmith")


class ModelFailure(Exception):  # noqa: N818  # a state of an answer, not an error of the program
    """The model did not do its part; `kind` says how. Holds no key and no passage.

    `was_sent` is whether anything can have reached it.
    """

    def __init__(self, kind: FailureKind, *, was_sent: bool = True) -> None:
        super().__init__(f"The model {_SAID[kind]}.")
        self.kind: FailureKind = kind
        self.was_sent = was_sent

    def told(self, where: str) -> str:
        """What went wrong, with where it was tried: ``at ADDRESS`` or ``on HOST``."""
        return f"The model {where} {_SAID[self.kind]}."


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to the model, and by whom."""

    role: Literal["system", "user"]
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they came, and the tokens of the whole so far where the server says them."""

    words: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None


class ChatModel(Protocol):
    """A chat model, wherever it runs."""

    @property
    def name(self) -> str:
        """``provider:name``."""

    @property
    def address(self) -> str | None:
        """The URL it was given by; `None` for the provider's own."""

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece | None]:
        """What the model says, piece by piece; `None` while nothing comes.

        Raises `ModelFailure`. Closing the iterator ends the request.
        """


class LangChainModel:
    """A chat model by LangChain; made at first use."""

    def __init__(
        self,
        name: str,
        *,
        address: str | None = None,
        key: str | None = None,
        patience_s: float = 60.0,
        longest_s: float = 300.0,
    ) -> None:
        """`patience_s` is the longest wait for more words, `longest_s` for all of them.

        Without `key` the provider's package looks for its own (OPENAI_API_KEY, …).
        """
        self.name = name
        self.address = address
        self._key = key
        self._patience_s = patience_s
        self._longest_s = longest_s
        self._starting = threading.Lock()
        self._made: BaseChatModel | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece | None]:
        model, loop = self._start()
        pieces: queue.SimpleQueue[Piece | BaseException | None] = queue.SimpleQueue()
        running = asyncio.run_coroutine_threadsafe(_send(model, messages, pieces), loop)
        began = heard = time.monotonic()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=HEARTBEAT_S)
                except queue.Empty:
                    now = time.monotonic()
                    if now - heard > self._patience_s or now - began > self._longest_s:
                        raise ModelFailure("slow") from None
                    yield None
                    continue
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise failure_of(piece) from None
                heard = time.monotonic()
                if heard - began > self._longest_s:
                    raise ModelFailure("slow")
                yield piece
        finally:
            running.cancel()

    def _start(self) -> "tuple[BaseChatModel, asyncio.AbstractEventLoop]":
        with self._starting:
            if self._made is None or self._loop is None:
                for name in _QUIET:
                    logging.getLogger(name).setLevel(logging.WARNING)
                self._made = self._make()
                self._loop = loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(loop,), name="chat model", daemon=True).start()
                # Whoever drops the model need not know of its thread.
                weakref.finalize(self, loop.call_soon_threadsafe, loop.stop)
            return self._made, self._loop

    def _make(self) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        provider, _, _ = self.name.partition(":")
        given: dict[str, object] = {"temperature": 0}
        if provider != "ollama":
            given |= {"max_retries": 1}
        if provider == "openai":
            given |= {"stream_usage": True}
        if self.address:
            given["base_url"] = self.address
        if self._key:
            given["api_key"] = self._key
        elif provider == "openai" and self.address:
            given["api_key"] = "none"
        try:
            return init_chat_model(self.name, **given)  # type: ignore[call-overload, no-any-return]  # by name
        except ImportError as error:
            raise StateError(
                f"The package for {provider!r} is not installed.",
                remedy=f"Run `pip install 'guarantees-assistant[{provider}]'`.",
            ) from error
        except Exception as error:
            raise UseError(
                f"The model {self.name!r} cannot be set up.",
                remedy="Set ASSISTANT_MODEL to provider:name, and the provider's key.",
            ) from error


def _run(loop: asyncio.AbstractEventLoop) -> None:
    """Run what is given to the loop until it is stopped, and leave nothing of it open."""

    async def end() -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await loop.shutdown_asyncgens()

    try:
        loop.run_forever()
        loop.run_until_complete(end())
    finally:
        loop.close()


async def _send(
    model: "BaseChatModel",
    messages: Sequence[Message],
    pieces: "queue.SimpleQueue[Piece | BaseException | None]",
) -> None:
    from langchain_core.messages import HumanMessage, SystemMessage
    from langsmith import tracing_context

    said: list[BaseMessage] = [
        SystemMessage(one.words) if one.role == "system" else HumanMessage(one.words)
        for one in messages
    ]
    try:
        with tracing_context(enabled=False):
            async for part in model.astream(said):
                used = getattr(part, "usage_metadata", None) or {}
                pieces.put(Piece(part.text, used.get("input_tokens"), used.get("output_tokens")))
        pieces.put(None)
    except Exception as error:  # noqa: BLE001  # handed over to whoever reads, who maps it
        pieces.put(error)


def failure_of(error: BaseException) -> ModelFailure:
    """The failure that a provider's own error means; its words are never passed on."""
    status = getattr(error, "status_code", None)
    said = str(error).lower()
    name = " ".join(kind.__name__ for kind in type(error).__mro__)
    if "context" in said and ("length" in said or "window" in said or "too long" in said):
        return ModelFailure("too long")
    if isinstance(status, int):
        if status in (401, 403):
            return ModelFailure("key")
        if status == 404:
            return ModelFailure("no model")
        if status == 429:
            return ModelFailure("too many")
        return ModelFailure("server" if status >= 500 else "refused")
    if _never_connected(error):
        return ModelFailure("unreachable", was_sent=False)
    if "Timeout" in name:
        return ModelFailure("slow")
    if "JSON" in name or "Unicode" in name or "Validation" in name:
        return ModelFailure("garbled")
    if "Connect" in name or "Protocol" in name or "Read" in name or isinstance(error, OSError):
        return ModelFailure("unreachable")
    return ModelFailure("server")


def _never_connected(error: BaseException) -> bool:
    """Whether no connection was made: the packages wrap the error that says so in their own."""
    known: set[int] = set()
    inner: BaseException | None = error
    while inner is not None and id(inner) not in known:
        known.add(id(inner))
        if type(inner).__name__ in _NO_CONNECTION:
            return True
        inner = inner.__cause__ or inner.__context__
    return False
