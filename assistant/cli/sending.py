"""Saying that words go to a chat model: when they do, and not before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.cli.console import err

if TYPE_CHECKING:
    from assistant.writing.chat_model import ChatModel, Message, Piece
    from assistant.writing.composing import Writer


def announced(writer: "Writer") -> "Writer":
    """The same writer, which says on standard error, once, that it sends something, and where."""
    said = f"{writer.model.name} on {writer.where} is sent the question and passages."
    return replace(writer, model=_Announced(writer.model, said))


@dataclass(slots=True)
class _Announced:
    """A chat model whose first request is told of."""

    model: "ChatModel"
    said: str
    was_told: bool = field(default=False)

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def address(self) -> str | None:
        return self.model.address

    @property
    def cites(self) -> bool:
        return self.model.cites

    def stream(self, messages: "Sequence[Message]") -> "Iterator[Piece | None]":
        if not self.was_told:
            self.was_told = True
            err().print(self.said, markup=False)
        return self.model.stream(messages)
