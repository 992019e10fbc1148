"""The page put together: masthead, one view a tab, and the reader beside them.

What a view is made of and how it is wired is in its own file (`chat_view`, …); what its
handlers do is in `events`, what is shown in `rendering`, and how it looks in ``assets``.
"""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from assistant.answering import Assistant
from assistant.briefing.editor import BriefingEditor
from assistant.conversing.store import ConversationStore
from assistant.ui.briefing_events import BriefingEvents
from assistant.ui.briefing_view import add_downloads, make_briefing_view, wire_briefing_view
from assistant.ui.chat_events import ChatEvents
from assistant.ui.chat_view import HERE, make_chat_view, wire_chat_view, wire_filters
from assistant.ui.conversation_events import ConversationEvents
from assistant.ui.conversations_pane import make_conversations_pane, wire_conversations_pane
from assistant.ui.door.door import behind_door
from assistant.ui.door.page import GradioPage
from assistant.ui.door.rules import Rules
from assistant.ui.door.uploads import Uploads
from assistant.ui.frame import ASSETS_PATH, AT_ONCE, HEAD, QUIETLY, own_html
from assistant.ui.library_events import LibraryEvents
from assistant.ui.library_view import make_library_view, wire_library_view
from assistant.ui.naming import TITLE, Named
from assistant.ui.narrowing import Narrowing
from assistant.ui.notices import make_notice
from assistant.ui.originals import add_originals
from assistant.ui.positions_events import PositionsEvents
from assistant.ui.positions_view import make_positions_view, wire_positions_view
from assistant.ui.reader_pane import make_reader_pane
from assistant.ui.searching import Searching
from assistant.ui.serving import run
from assistant.ui.sessions import bound_memory
from assistant.ui.templates import ASSETS
from assistant.ui.theme import make_theme
from assistant.ui.uploads_folder import uploads_folder
from sources.reading import MAX_FILE_BYTES

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_MASTHEAD = (
    "assistantPage.header(element,"
    " {fresh: () => trigger('fresh', {}), conversations: () => trigger('conversations', {})})"
)


def serve(
    assistant: Assistant,
    editor: BriefingEditor,
    *,
    host: str,
    port: int,
    say: Callable[[str], None],
    reached: Sequence[str] = (),
    rules: Rules | None = None,
) -> None:
    """Serve the page until interrupted, on `port` or the next free one; say the address.

    `reached` names other machines that questions or texts are sent to, for the status line;
    `rules` say who may reach the page, by default this machine under its loopback names.
    Raises `UseError` for a host or port that cannot be used.
    """
    rules = rules or Rules()
    store = ConversationStore(assistant.library.catalogue.path)
    store.forget_removed()
    events = ChatEvents(assistant, reached=reached, conversations=store)
    threading.Thread(target=events.examples, name="first examples", daemon=True).start()
    with ExitStack() as held:
        folder = held.enter_context(uploads_folder(events.library))
        uploads = Uploads(folder, rules.limits)
        app = make_app(events, BriefingEvents(editor, assistant), uploads=uploads, rules=rules)
        run(app, host=host, port=port, say=say, path=rules.path_prefix)


def make_app(
    events: ChatEvents, editor: BriefingEvents, *, uploads: Uploads, rules: Rules
) -> "ASGIApp":
    """The page and its own files as an ASGI application, behind its door."""
    # Gradio takes files from this folder alone, and the library's files lie in none that all
    # users of the machine share.
    os.environ["GRADIO_TEMP_DIR"] = str(uploads.folder)

    @asynccontextmanager
    async def sweeping(_: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(uploads.keep_sweeping())
        yield
        task.cancel()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=sweeping)
    app.mount(f"/{ASSETS_PATH}", GZipMiddleware(StaticFiles(directory=ASSETS), compresslevel=6))
    add_downloads(app, editor)
    if events.conversations is not None:
        ConversationEvents(events, events.conversations).add_downloads(app)
    add_originals(app, events.catalogue)
    blocks = make_blocks(events, editor, LibraryEvents(events.library, uploads), uploads)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        enable_monitoring=False,
        max_file_size=MAX_FILE_BYTES,
        theme=make_theme(),
        head=HEAD,
    )
    # Gradio guards the files that values name in a page that `launch` has started, and in no
    # other (`_check_allowed` in gradio/processing_utils.py, 6.31).
    blocks.has_launched = True
    bound_memory(app.routes[-1].app)  # type: ignore[attr-defined]  # Gradio's
    app.add_middleware(Named)
    return behind_door(
        app,
        rules=rules,
        page=GradioPage(blocks),
        uploads=uploads,
        hidden=[events.library.home, uploads.folder],
    )


def make_blocks(
    events: ChatEvents, editor: BriefingEvents, library_events: LibraryEvents, uploads: Uploads
) -> gr.Blocks:
    """The page's components and how they are wired."""
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks:
        masthead = own_html(
            html_template=(ASSETS / "header.html").read_text("utf-8"),
            elem_id="masthead",
            part=_MASTHEAD,
        )
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="work"), gr.Tabs(elem_id="views", selected="ask"):
                chat = make_chat_view()
                library = make_library_view()
                briefing = make_briefing_view()
                positions = make_positions_view()
            reader = make_reader_pane()
        notice = make_notice()
        asking = wire_chat_view(chat, reader, events)
        narrowing = Narrowing(events, events.catalogue)
        wire_filters(chat, reader, narrowing)
        blocks.load(narrowing.shown, chat.conversation, chat.filters, **QUIETLY)
        pins = [part.pin for part in (chat.thread, reader.sheet, positions.sheet)]
        wire_briefing_view(
            briefing, chat, reader, events, editor, notice=notice, pins=pins, uploads=uploads
        )
        wire_positions_view(positions, chat, reader, events, PositionsEvents(editor.editor))
        if events.conversations is not None:
            pane = make_conversations_pane()
            conversations = ConversationEvents(events, events.conversations)
            wire_conversations_pane(
                pane, chat, reader, conversations, opened=masthead.conversations
            )
        wire_library_view(
            library,
            chat,
            reader,
            notice=notice,
            library_events=library_events,
            events=events,
            blocks=blocks,
        )
        reader.sheet.seek(
            Searching(editor.assistant, events).find,
            [chat.conversation, reader.bookmark],
            reader.sheet,
            concurrency_limit=AT_ONCE,
            **QUIETLY,
        )
        reader.sheet.shut(events.shut, reader.bookmark, reader.sheet, **QUIETLY)
        reader.sheet.again(
            events.draw, [chat.conversation, reader.bookmark], reader.sheet, **QUIETLY
        )
        masthead.fresh(
            events.begin_anew,
            [reader.bookmark, chat.mode],
            [chat.question, chat.conversation, chat.thread, reader.sheet, chat.status],
            cancels=asking,
            **QUIETLY,
        )
        blocks.load(
            events.arrive,
            [chat.conversation, reader.bookmark],
            [reader.sheet, chat.status, chat.mode],
            **QUIETLY,
        )
        blocks.load(
            events.resume,
            chat.here,
            [chat.conversation, chat.thread, chat.told],
            js=HERE,
            **QUIETLY,
        )
        blocks.load(events.greet, None, chat.welcome, concurrency_limit=AT_ONCE, **QUIETLY)
    return blocks
