"""The reader beside every view: one source, open at the words that are being checked."""

from dataclasses import dataclass

import gradio as gr

from assistant.ui.frame import own_html
from assistant.ui.reader_rendering import render_empty_reader

_READER = (
    "assistantPage.reader(element, watch,"
    " {open: (what) => trigger('open', what), only: (what) => trigger('only', what),"
    " shut: () => trigger('shut', {}),"
    " pin: (what) => trigger('pin', what)})"
)


@dataclass(frozen=True, slots=True)
class ReaderPane:
    """The reader's components."""

    place: gr.State
    """`rendering.Place` that it is open at, or `None`."""
    sheet: gr.HTML


def make_reader_pane() -> ReaderPane:
    """The components, in the block that is open."""
    with gr.Column(elem_id="side"):
        sheet = own_html(render_empty_reader(), elem_id="reader", part=_READER)
    return ReaderPane(gr.State(None), sheet)
