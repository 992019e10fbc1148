"""What a visitor should know before asking: the mode, the library's size and age, and
whether anything leaves this machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.answering import Assistant
from assistant.answers import Mode
from assistant.writing.composing import HERE


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """The facts of the status line."""

    mode: Mode
    sources: int
    newest: date | None
    """`None` when no card of the library gives a date."""
    reached: tuple[str, ...] = ()
    """Other machines that questions or texts are sent to."""
    model: str | None = None
    """The chat model and where it runs: ``ollama:llama3 on this machine``."""
    offered: str | None = None
    """The chat model that a visitor may choose, whether or not it writes now."""


def library_status(assistant: Assistant, *, reached: Iterable[str] = ()) -> LibraryStatus:
    """The library as it is now; `reached` as `machines_reached` gives it."""
    sources, _, newest = assistant.library.catalogue.counts()
    writer = assistant.writer
    elsewhere = (writer.where,) if writer is not None and writer.where != HERE else ()
    return LibraryStatus(
        mode="model" if writer is not None else "quotes",
        sources=sources,
        newest=newest,
        reached=(*dict.fromkeys((*reached, *elsewhere)),),
        model=f"{writer.model.name} on {writer.where}" if writer is not None else None,
    )
