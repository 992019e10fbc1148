"""The reader beside every view: one source, open at the words that are being checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.ui.chat_events import ChatEvents
from assistant.ui.frame import AT_ONCE, QUIETLY, own_html
from assistant.ui.reader_rendering import render_empty_reader
from assistant.ui.readings import Bookmark

_READER = (
    "assistantPage.reader(element, watch,"
    " {open: (what) => trigger('open', what), only: (what) => trigger('only', what),"
    " shut: () => trigger('shut', {}), again: () => trigger('again', {}),"
    " seek: (what) => trigger('seek', what),"
    " pin: (what) => trigger('pin', what)})"
)


@dataclass(frozen=True, slots=True)
class ReaderPane:
    """The reader's components."""

    bookmark: gr.State
    """`readings.Bookmark`: where it is open. Handlers move it; it is nobody's output."""
    sheet: gr.HTML


def make_reader_pane() -> ReaderPane:
    """The components, in the block that is open."""
    with gr.Column(elem_id="side"):
        sheet = own_html(render_empty_reader(), elem_id="reader", part=_READER)
    return ReaderPane(gr.State(Bookmark()), sheet)


def open_reader_on(
    listen: Callable[..., Any], conversation: gr.State, reader: ReaderPane, events: ChatEvents
) -> None:
    """Open the reader at the place that an event names; `listen` is the event's own listener."""
    listen(
        events.open,
        [conversation, reader.bookmark],
        reader.sheet,
        concurrency_limit=AT_ONCE,
        concurrency_id="reading",
        **QUIETLY,
    )
