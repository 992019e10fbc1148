"""The view "Library": adding texts, the table of sources, their cards, removing and undo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.events import Dependency

from assistant.ui.chat_events import ChatEvents
from assistant.ui.chat_view import ChatView
from assistant.ui.frame import AT_ONCE, QUIETLY, own_html
from assistant.ui.library_events import LibraryEvents
from assistant.ui.reader_pane import ReaderPane, open_reader_on
from assistant.ui.templates import ASSETS
from sources.listing import Wanted
from sources.reading import MAX_FILE_BYTES, readable_kinds

FOLLOWERS = 32
"""Visitors who can watch texts being added at the same time."""

_EACH: dict[str, Any] = {**QUIETLY, "trigger_mode": "multiple"}
"""For what carries something: Gradio would pass over it while the one before is under way."""
_ONCE_MORE: dict[str, Any] = {**QUIETLY, "trigger_mode": "always_last"}
"""For what shows how things are now: asked for while it is under way, it is done again.

Gradio does that with what came along the first time, so it is not for what carries something.
"""

_DOOR = (
    "assistantPage.door(element, {upload, arrive: (what) => trigger('arrive', what),"
    " look: (what) => trigger('look', what)})"
)
_LINE = (
    "assistantPage.line(element, watch, {stop: () => trigger('stop', {}),"
    " finished: () => trigger('finished', {}), again: () => trigger('again', {}),"
    " clear: () => trigger('clear', {})})"
)
_TABLE = (
    "assistantPage.books(element, watch, {open: (what) => trigger('open', what),"
    " look: (what) => trigger('look', what), edit: (what) => trigger('edit', what),"
    " remove: (what) => trigger('remove', what), restore: (what) => trigger('restore', what),"
    " empty: () => trigger('empty', {}), forget: (what) => trigger('forget', what),"
    " reread: () => trigger('reread', {})})"
)
_CARD = (
    "assistantPage.bookCard(element, watch, {save: (what) => trigger('save', what),"
    " shut: () => trigger('shut', {}), version: (what) => trigger('version', what)})"
)


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The components of the library."""

    wanted: gr.State
    """`sources.listing.Wanted`: what this visitor's table shows."""
    door: gr.HTML
    line: gr.HTML
    table: gr.HTML
    card: gr.HTML


def make_library_view() -> LibraryView:
    """The tab and its components, in the tabs that are open."""
    with gr.Tab("Library", id="library", elem_id="view-library"), gr.Column(elem_id="library"):
        wanted = gr.State(Wanted())
        door = own_html(
            html_template=(ASSETS / "library_door.html").read_text("utf-8"),
            elem_id="library-door",
            part=_DOOR,
            max_bytes=MAX_FILE_BYTES,
            max_mb=MAX_FILE_BYTES // 1024**2,
            kinds=",".join(readable_kinds()),
        )
        line = own_html(elem_id="library-line", part=_LINE)
        table = own_html(elem_id="library-table", part=_TABLE)
        card = own_html(elem_id="library-card", part=_CARD)
    return LibraryView(wanted, door, line, table, card)


def wire_library_view(
    view: LibraryView,
    chat: ChatView,
    reader: ReaderPane,
    *,
    notice: gr.HTML,
    library_events: LibraryEvents,
    events: ChatEvents,
    blocks: gr.Blocks,
) -> None:
    """Connect the library with what it does; what changes it reaches the other views too."""

    def elsewhere(changed: Dependency) -> None:
        changed.then(library_events.table, view.wanted, view.table, **_ONCE_MORE).then(
            events.after_change,
            [chat.conversation, reader.bookmark, chat.mode],
            [reader.sheet, chat.status],
            **_ONCE_MORE,
        ).then(events.greet, None, chat.welcome, concurrency_limit=AT_ONCE, **_ONCE_MORE)

    table = [view.wanted, view.table]
    for begin in (view.door.arrive, view.line.again, chat.welcome.arrive):
        taken = begin(library_events.take, None, view.line, **_EACH)
        elsewhere(_follow(taken.then, view, library_events))
    for listen in (view.door.look, view.table.look):
        listen(library_events.look, view.wanted, table, **_EACH)
    view.line.finished(library_events.table, view.wanted, view.table, **_ONCE_MORE)
    view.line.stop(library_events.stop, None, view.line, **QUIETLY)
    view.line.clear(library_events.clear, None, view.line, **QUIETLY)
    for listen in (view.table.open, view.card.version):
        open_reader_on(listen, chat.conversation, reader, events)
    view.table.edit(library_events.edit, None, view.card, **QUIETLY)
    view.card.shut(library_events.shut, None, view.card, **QUIETLY)
    notice.shut(library_events.shut, None, notice, **QUIETLY)
    changed = [view.table, notice]
    elsewhere(view.card.save(library_events.save, view.wanted, [view.card, *changed], **QUIETLY))
    for listen, does in (
        (view.table.remove, library_events.remove),
        (view.table.restore, library_events.restore),
        (notice.restore, library_events.restore),
        (view.table.empty, library_events.clean_up),
        (view.table.forget, library_events.forget),
    ):
        elsewhere(listen(does, view.wanted, changed, **_EACH))
    elsewhere(view.table.reread(library_events.reread, view.wanted, changed, **QUIETLY))
    blocks.load(library_events.show, view.wanted, [view.line, view.table], **QUIETLY)
    elsewhere(_follow(blocks.load, view, library_events))


def _follow(
    when: Callable[..., Dependency], view: LibraryView, library_events: LibraryEvents
) -> Dependency:
    return when(
        library_events.follow,
        None,
        view.line,
        concurrency_limit=FOLLOWERS,
        concurrency_id="following",
        **_ONCE_MORE,
    )
