"""The view "Library": adding texts, the table of sources, their cards, removing and undo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.events import Dependency

from assistant.ui.chat_view import ChatView
from assistant.ui.frame import AT_ONCE, QUIETLY, own_html
from assistant.ui.librarian import Librarian
from assistant.ui.reader_pane import ReaderPane, open_reader_on
from assistant.ui.templates import ASSETS
from assistant.ui.visits import Visits
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
    " empty: () => trigger('empty', {}), forget: (what) => trigger('forget', what)})"
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
    librarian: Librarian,
    visits: Visits,
    blocks: gr.Blocks,
) -> None:
    """Connect the library with what it does; what changes it reaches the other views too."""

    def elsewhere(changed: Dependency) -> None:
        changed.then(librarian.table, view.wanted, view.table, **_ONCE_MORE).then(
            visits.after_change,
            [chat.conversation, reader.bookmark, chat.mode],
            [reader.sheet, chat.status],
            **_ONCE_MORE,
        ).then(visits.greet, None, chat.welcome, concurrency_limit=AT_ONCE, **_ONCE_MORE)

    table = [view.wanted, view.table]
    for begin in (view.door.arrive, view.line.again):
        taken = begin(librarian.take, None, view.line, **_EACH)
        elsewhere(_follow(taken.then, view, librarian))
    for listen in (view.door.look, view.table.look):
        listen(librarian.look, view.wanted, table, **_EACH)
    view.line.finished(librarian.table, view.wanted, view.table, **_ONCE_MORE)
    view.line.stop(librarian.stop, None, view.line, **QUIETLY)
    view.line.clear(librarian.clear, None, view.line, **QUIETLY)
    for listen in (view.table.open, view.card.version):
        open_reader_on(listen, chat.conversation, reader, visits)
    view.table.edit(librarian.edit, None, view.card, **QUIETLY)
    view.card.shut(librarian.shut, None, view.card, **QUIETLY)
    notice.shut(librarian.shut, None, notice, **QUIETLY)
    changed = [view.table, notice]
    elsewhere(view.card.save(librarian.save, view.wanted, [view.card, *changed], **QUIETLY))
    for listen, does in (
        (view.table.remove, librarian.remove),
        (view.table.restore, librarian.restore),
        (notice.restore, librarian.restore),
        (view.table.empty, librarian.clean_up),
        (view.table.forget, librarian.forget),
    ):
        elsewhere(listen(does, view.wanted, changed, **_EACH))
    blocks.load(librarian.show, view.wanted, [view.line, view.table], **QUIETLY)
    elsewhere(_follow(blocks.load, view, librarian))


def _follow(when: Callable[..., Dependency], view: LibraryView, librarian: Librarian) -> Dependency:
    return when(
        librarian.follow,
        None,
        view.line,
        concurrency_limit=FOLLOWERS,
        concurrency_id="following",
        **_ONCE_MORE,
    )
