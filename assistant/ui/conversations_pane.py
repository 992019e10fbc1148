"""The list of conversations, which opens over the page from the side."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.ui.chat_view import ChatView
from assistant.ui.conversation_events import ConversationEvents
from assistant.ui.frame import QUIETLY, own_html
from assistant.ui.reader_pane import ReaderPane

_LIST = (
    "assistantPage.conversations(element, {show: (what) => trigger('show', what),"
    " rename: (what) => trigger('rename', what), remove: (what) => trigger('remove', what),"
    " restore: (what) => trigger('restore', what)})"
)


@dataclass(frozen=True, slots=True)
class ConversationsPane:
    """The list's components."""

    search: gr.Textbox
    listed: gr.HTML


def make_conversations_pane() -> ConversationsPane:
    """The components, in the block that is open."""
    with gr.Column(elem_id="conversations"):
        search = gr.Textbox(
            elem_id="conversations-search",
            label="Search conversations",
            show_label=False,
            container=False,
            placeholder="Search conversations",
        )
        listed = own_html(elem_id="conversations-list", part=_LIST)
    return ConversationsPane(search, listed)


def wire_conversations_pane(
    pane: ConversationsPane,
    chat: ChatView,
    reader: ReaderPane,
    conversations: ConversationEvents,
    *,
    opened: Any,
) -> None:
    """Connect the list with what it does; `opened` is the event that asks for it."""
    given: list[Any] = [pane.search, chat.conversation]
    for listen in (opened, pane.search.change):
        listen(conversations.found, given, pane.listed, **QUIETLY)
    pane.listed.show(
        conversations.show,
        reader.bookmark,
        [chat.conversation, chat.thread, reader.sheet],
        **QUIETLY,
    )
    pane.listed.rename(conversations.rename, given, pane.listed, **QUIETLY)
    pane.listed.restore(conversations.restore, given, pane.listed, **QUIETLY)
    pane.listed.remove(
        conversations.remove, given, [pane.listed, chat.conversation, chat.thread], **QUIETLY
    )
