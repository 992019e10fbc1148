"""What the door must know of the page behind it: which calls there are, and how many wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.ui.visitors import visitor_in

if TYPE_CHECKING:
    import gradio as gr


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one kind of call takes."""

    inputs: tuple[str, ...]
    """Of each value the kind of component: ``state``, ``textbox``, ``file``."""
    takes_event: bool
    """Whether it is told what happened on the page."""


class Page(Protocol):
    """The calls of a page."""

    def wanted(self, call: int) -> Wanted | None:
        """What the call of that number takes; `None` where there is none."""
        ...

    def waiting(self) -> Sequence[str]:
        """The visitors whose calls wait, one for each; empty for one without a cookie."""
        ...


class GradioPage:
    """Those of a Gradio page."""

    def __init__(self, blocks: "gr.Blocks") -> None:
        self._queue = blocks._queue
        self._wanted = {
            number: Wanted(
                inputs=tuple(block.get_block_name() for block in function.inputs),
                takes_event=bool(function.collects_event_data),
            )
            for number, function in blocks.fns.items()
            if function.fn is not None
        }

    def wanted(self, call: int) -> Wanted | None:
        return self._wanted.get(call)

    def waiting(self) -> Sequence[str]:
        return [
            visitor_in(event.request.cookies)
            for line in self._queue.event_queue_per_concurrency_id.values()
            for event in list(line.queue)
        ]
