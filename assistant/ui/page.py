"""The page: chat on the left, the reader on the right, put together from Gradio's blocks.

Which component calls which handler is here; what the handlers do is in `visits`, what is
shown in `rendering`, and how it looks in ``assets``.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.answering import Assistant
from assistant.conversations import Conversation
from assistant.ui.rendering import ASSETS, render_empty_reader, render_welcome
from assistant.ui.serving import run
from assistant.ui.theme import make_theme
from assistant.ui.visits import Visits

TITLE = "Guarantees assistant"
AT_ONCE = 8
"""Questions that are answered at the same time; further ones wait their turn."""

_ASSETS_PATH = "page-assets"
_HEAD = f"""
<link rel="stylesheet" href="{_ASSETS_PATH}/page.css">
<link rel="icon" type="image/svg+xml" href="{_ASSETS_PATH}/icon.svg">
<meta name="color-scheme" content="light dark">
"""
_SCRIPT = f'<script src="{_ASSETS_PATH}/page.js"></script>'
_THREAD_JS = (
    "assistantPage.thread(element, watch,"
    " {open: (what) => trigger('open', what), ask: (what) => trigger('ask', what)})"
)
_WELCOME_JS = "assistantPage.welcome(element, {ask: (what) => trigger('ask', what)})"
_READER_JS = (
    "assistantPage.reader(element, watch,"
    " {open: (what) => trigger('open', what), shut: () => trigger('shut', {})})"
)


def serve(
    assistant: Assistant,
    *,
    host: str,
    port: int,
    say: Callable[[str], None],
    reached: Sequence[str] = (),
) -> None:
    """Serve the page until interrupted, on `port` or the next free one; say the address.

    `reached` names other machines that questions or texts are sent to, for the status line.
    Raises `UseError` for a host or port that cannot be used.
    """
    visits = Visits(assistant, reached=reached)
    threading.Thread(target=visits.examples, name="first examples", daemon=True).start()
    run(make_app(visits), host=host, port=port, say=say)


def make_app(visits: Visits) -> FastAPI:
    """The page and its own files as an ASGI application."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount(f"/{_ASSETS_PATH}", StaticFiles(directory=ASSETS))
    gr.mount_gradio_app(
        app,
        make_blocks(visits),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        enable_monitoring=False,
        max_file_size="1mb",
        theme=make_theme(),
        head=_HEAD,
    )
    return app


def make_blocks(visits: Visits) -> gr.Blocks:
    """The page's components and how they are wired."""
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks:
        conversation = gr.State(Conversation())
        place = gr.State(None)
        masthead = gr.HTML(
            html_template=(ASSETS / "header.html").read_text("utf-8"),
            js_on_load="assistantPage.header(element, {fresh: () => trigger('fresh', {})})",
            head=_SCRIPT,
            elem_id="masthead",
            apply_default_css=False,
        )
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat"):
                with gr.Column(elem_id="paper"):
                    welcome = gr.HTML(
                        render_welcome(None, sources=1),
                        js_on_load=_WELCOME_JS,
                        head=_SCRIPT,
                        elem_id="welcome",
                        apply_default_css=False,
                    )
                    thread = gr.HTML(
                        "",
                        js_on_load=_THREAD_JS,
                        head=_SCRIPT,
                        elem_id="thread",
                        apply_default_css=False,
                    )
                with gr.Column(elem_id="composer"):
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
                    status = gr.HTML("", elem_id="status", apply_default_css=False)
            with gr.Column(elem_id="side"):
                reader = gr.HTML(
                    render_empty_reader(),
                    js_on_load=_READER_JS,
                    head=_SCRIPT,
                    elem_id="reader",
                    apply_default_css=False,
                )

        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asking = [
            listen(
                visits.ask,
                [question, conversation],
                [question, conversation, thread],
                concurrency_limit=AT_ONCE,
                concurrency_id="asking",
                **private,
            )
            for listen in (question.submit, thread.ask, welcome.ask)
        ]
        for asked in asking:
            asked.then(visits.read, [conversation, place], reader, **private)
        for listen in (thread.open, reader.open):
            listen(
                visits.open,
                conversation,
                [place, reader],
                concurrency_limit=AT_ONCE,
                concurrency_id="reading",
                **private,
            )
        reader.shut(visits.shut, None, [place, reader], **private)
        masthead.fresh(
            visits.begin_anew,
            None,
            [question, conversation, thread, place, reader, status],
            cancels=asking,
            **private,
        )
        blocks.load(visits.arrive, None, [reader, status], **private)
        blocks.load(visits.greet, None, welcome, concurrency_limit=AT_ONCE, **private)
    return blocks
