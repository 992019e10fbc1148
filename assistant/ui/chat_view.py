"""The view "Ask": the conversation and the box that questions are asked in."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.conversing.conversation import Conversation
from assistant.ui.chat_events import ChatEvents
from assistant.ui.frame import AT_ONCE, QUIETLY, own_html
from assistant.ui.narrowing import Narrowing
from assistant.ui.reader_pane import ReaderPane, open_reader_on
from assistant.ui.rendering import render_welcome

_WELCOME = (
    "assistantPage.welcome(element, {ask: (what) => trigger('ask', what), upload,"
    " arrive: (what) => trigger('arrive', what)})"
)
_FOLLOWS = "assistantPage.follows(element, {ask: (what) => trigger('ask', what)})"
_THREAD = (
    "assistantPage.thread(element, watch,"
    " {open: (what) => trigger('open', what), ask: (what) => trigger('ask', what),"
    " pin: (what) => trigger('pin', what),"
    " stop: () => trigger('stop', {}), widen: (what) => trigger('widen', what),"
    " judge: (what) => trigger('judge', what), renew: () => trigger('renew', {})})"
)
_FILTERS = "assistantPage.filters(element, watch, {set: (what) => trigger('set', what)})"
_STATUS = "assistantPage.status(element, {choose: (what) => trigger('choose', what)})"
HERE = "() => new URLSearchParams(location.search).get('conversation') ?? ''"
"""The conversation that the page's address names."""


@dataclass(frozen=True, slots=True)
class ChatView:
    """The components of the conversation."""

    conversation: gr.State
    welcome: gr.HTML
    told: gr.HTML
    """Why a conversation that the address names is not shown."""
    thread: gr.HTML
    follows: gr.HTML
    """Questions to go on with."""
    question: gr.Textbox
    status: gr.HTML
    mode: gr.State
    """How the next question is answered; `None` until the page has loaded."""
    filters: gr.HTML
    here: gr.Textbox
    """Takes the address's conversation in when the page is opened."""


def make_chat_view() -> ChatView:
    """The tab and its components, in the tabs that are open."""
    with gr.Tab("Ask", id="ask", elem_id="view-ask"), gr.Column(elem_id="chat"):
        conversation = gr.State(Conversation())
        mode = gr.State(None)
        here = gr.Textbox(visible=False)
        with gr.Column(elem_id="paper"):
            told = own_html(elem_id="told")
            welcome = own_html(render_welcome(None, sources=1), elem_id="welcome", part=_WELCOME)
            thread = own_html(elem_id="thread", part=_THREAD)
            follows = own_html(elem_id="follows", part=_FOLLOWS)
        with gr.Column(elem_id="composer"):
            filters = own_html(elem_id="filters", part=_FILTERS)
            question = gr.Textbox(
                elem_id="question",
                label="Your question",
                show_label=False,
                container=False,
                placeholder="Ask about the sources",
                lines=1,
                max_lines=6,
                submit_btn="Ask",
                autofocus=True,
            )
            status = own_html(elem_id="status", part=_STATUS)
    return ChatView(
        conversation, welcome, told, thread, follows, question, status, mode, filters, here
    )


def wire_chat_view(chat: ChatView, reader: ReaderPane, events: ChatEvents) -> list[Any]:
    """Connect the conversation with what it does; the events in which questions are asked."""
    asking: list[Any] = [
        listen(
            events.ask,
            [chat.question, chat.conversation, chat.mode],
            [chat.question, chat.conversation, chat.thread],
            concurrency_limit=AT_ONCE,
            concurrency_id="asking",
            trigger_mode=while_at_work,
            **QUIETLY,
        )
        for listen, while_at_work in (
            (
                chat.question.submit,
                "always_last",
            ),  # Enter pressed early asks what stands there then
            (chat.thread.ask, "once"),
            (chat.welcome.ask, "once"),
            (chat.follows.ask, "once"),
        )
    ]
    for asked in asking:
        asked.then(events.follow_up, chat.conversation, chat.follows, **QUIETLY)
        asked.then(events.refresh, [chat.conversation, reader.bookmark], reader.sheet, **QUIETLY)
    chat.status.choose(events.choose, None, [chat.mode, chat.status], **QUIETLY)
    changed = [chat.conversation, chat.thread]
    chat.thread.stop(events.stop, chat.conversation, changed, cancels=asking, **QUIETLY)
    chat.thread.widen(events.widen, chat.conversation, changed, **QUIETLY)
    chat.thread.judge(events.judge, chat.conversation, changed, **QUIETLY)
    chat.thread.renew(events.renew, chat.conversation, changed, **QUIETLY)
    for listen in (chat.thread.open, reader.sheet.open):
        open_reader_on(listen, chat.conversation, reader, events)
    return asking


def wire_filters(chat: ChatView, reader: ReaderPane, narrowing: Narrowing) -> None:
    """Connect the filters with the conversation they belong to."""
    changed = [chat.conversation, chat.filters]
    chat.filters.set(narrowing.set, chat.conversation, changed, **QUIETLY)
    reader.sheet.only(narrowing.only, chat.conversation, changed, **QUIETLY)
    chat.conversation.change(narrowing.shown, chat.conversation, chat.filters, **QUIETLY)
