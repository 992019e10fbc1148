"""The list of conversations, which opens over the page from the side."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.ui.chat_view import ChatView
from assistant.ui.frame import QUIETLY, own_html
from assistant.ui.reader_pane import ReaderPane
from assistant.ui.talks import Talks

_LIST = (
    "assistantPage.talks(element, {show: (what) => trigger('show', what),"
    " rename: (what) => trigger('rename', what), remove: (what) => trigger('remove', what),"
    " restore: (what) => trigger('restore', what)})"
)


@dataclass(frozen=True, slots=True)
class TalksPane:
    """The list's components."""

    search: gr.Textbox
    listed: gr.HTML


def make_talks_pane() -> TalksPane:
    """The components, in the block that is open."""
    with gr.Column(elem_id="talks"):
        search = gr.Textbox(
            elem_id="talks-search",
            label="Search conversations",
            show_label=False,
            container=False,
            placeholder="Search conversations",
        )
        listed = own_html(elem_id="talks-list", part=_LIST)
    return TalksPane(search, listed)


def wire_talks_pane(
    pane: TalksPane, chat: ChatView, reader: ReaderPane, talks: Talks, *, opened: Any
) -> None:
    """Connect the list with what it does; `opened` is the event that asks for it."""
    given: list[Any] = [pane.search, chat.conversation]
    for listen in (opened, pane.search.change):
        listen(talks.found, given, pane.listed, **QUIETLY)
    pane.listed.show(
        talks.show,
        reader.bookmark,
        [chat.conversation, chat.thread, reader.sheet],
        **QUIETLY,
    )
    pane.listed.rename(talks.rename, given, pane.listed, **QUIETLY)
    pane.listed.restore(talks.restore, given, pane.listed, **QUIETLY)
    pane.listed.remove(
        talks.remove, given, [pane.listed, chat.conversation, chat.thread], **QUIETLY
    )
