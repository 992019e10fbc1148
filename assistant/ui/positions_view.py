"""The view "Positions": who said what, how it changed, and how far each commitment is."""

from dataclasses import dataclass

import gradio as gr

from assistant.ui.chat_events import ChatEvents
from assistant.ui.chat_view import ChatView
from assistant.ui.frame import AT_ONCE, QUIETLY, own_html
from assistant.ui.positions_events import PositionsEvents
from assistant.ui.reader_pane import ReaderPane, open_reader_on

_POSITIONS = (
    "assistantPage.positions(element, watch,"
    " {act: (what) => trigger('act', what), open: (what) => trigger('open', what),"
    " pin: (what) => trigger('pin', what)})"
)


@dataclass(frozen=True, slots=True)
class PositionsView:
    """The components of the view."""

    tab: gr.Tab
    sheet: gr.HTML


def make_positions_view() -> PositionsView:
    """The tab and its components, in the tabs that are open."""
    with (
        gr.Tab("Positions", id="positions", elem_id="view-positions") as tab,
        gr.Column(elem_id="positions-paper"),
    ):
        sheet = own_html(elem_id="positions", part=_POSITIONS)
    return PositionsView(tab, sheet)


def wire_positions_view(
    view: PositionsView,
    chat: ChatView,
    reader: ReaderPane,
    events: ChatEvents,
    positions: PositionsEvents,
) -> None:
    """Connect the view with what it does."""
    shown = view.tab.select(positions.show, None, view.sheet, concurrency_limit=AT_ONCE, **QUIETLY)
    view.sheet.act(
        positions.act, None, view.sheet, cancels=shown, concurrency_limit=AT_ONCE, **QUIETLY
    )
    open_reader_on(view.sheet.open, chat.conversation, reader, events)
