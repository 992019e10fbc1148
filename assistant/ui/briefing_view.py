"""The view "Briefing": collected lines in their order, and the documents made of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.ui.briefing_events import BriefingEvents
from assistant.ui.chat_events import ChatEvents
from assistant.ui.chat_view import ChatView
from assistant.ui.door.uploads import Uploads
from assistant.ui.frame import AT_ONCE, QUIETLY, own_html
from assistant.ui.originals import SENT_POLICY
from assistant.ui.reader_pane import ReaderPane, open_reader_on

if TYPE_CHECKING:
    from fastapi import FastAPI

_BRIEFING = (
    "assistantPage.briefing(element, watch,"
    " {act: (what) => trigger('act', what), open: (what) => trigger('open', what)})"
)
_KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/vnd.citationstyles.csl+json",
    ".bib": "application/x-bibtex",
}


@dataclass(frozen=True, slots=True)
class BriefingView:
    """The components of the view."""

    tab: gr.Tab
    name: gr.State
    """Of the briefing that is open, or `None`."""
    sheet: gr.HTML
    file: gr.File
    checks: gr.HTML


def make_briefing_view() -> BriefingView:
    """The tab and its components, in the tabs that are open."""
    with (
        gr.Tab("Briefing", id="briefing", elem_id="view-briefing") as tab,
        gr.Column(elem_id="briefing-paper"),
    ):
        name = gr.State(None)
        sheet = own_html(elem_id="briefing", part=_BRIEFING)
        with gr.Column(elem_id="checking"):
            own_html(
                "<h3>Check a document</h3><p class='quiet'>Every footnote and line of an"
                " exported briefing (.docx, .odt, .md) is read again.</p>",
                elem_id="checking-title",
            )
            file = gr.File(
                elem_id="check-file",
                label="Drop a briefing here",
                file_types=[".docx", ".odt", ".md"],
                height=120,
            )
            checks = own_html(elem_id="checks")
    return BriefingView(tab, name, sheet, file, checks)


def wire_briefing_view(
    view: BriefingView,
    chat: ChatView,
    reader: ReaderPane,
    events: ChatEvents,
    editor: BriefingEvents,
    *,
    notice: gr.HTML,
    pins: Sequence[Callable[..., Any]],
    uploads: Uploads,
) -> None:
    """Connect the view with what it does, and `pins`, those of the other views, with it.

    What became of a pin, or of a briefing that is deleted, is said in the `notice`.
    """
    shown = [view.name, view.sheet]
    view.tab.select(editor.show, view.name, shown, **QUIETLY)
    view.sheet.act(
        editor.act,
        view.name,
        [*shown, notice],
        concurrency_limit=AT_ONCE,
        concurrency_id="asking",
        trigger_mode="multiple",  # a wish that comes while another is at work is not dropped
        **QUIETLY,
    )
    open_reader_on(view.sheet.open, chat.conversation, reader, events)
    for pin in pins:
        pin(editor.pin, [view.name, chat.conversation], [*shown, notice], **QUIETLY)

    def check(sent: Mapping[str, object] | None) -> str:
        """How the document stands, which is deleted then."""
        if not sent:
            return ""
        path = Path(str(sent["path"]))
        try:
            return editor.check(str(path))
        finally:
            uploads.discard(path)

    # Gradio's own reading of the value would leave an empty file behind each time.
    view.file.change(check, view.file, view.checks, preprocess=False, **QUIETLY)


def add_downloads(app: "FastAPI", editor: BriefingEvents) -> None:
    """Serve each briefing as a document under ``/briefings/NAME.ENDING``."""
    from fastapi import Response
    from fastapi.responses import PlainTextResponse

    from sources.errors import AssistantError, UseError

    @app.get("/briefings/{file}")
    def download(file: str, positions: bool = False, unsupported: bool = False) -> Response:
        name, dot, ending = file.rpartition(".")
        kind = _KINDS.get(f"{dot}{ending}")
        if kind is None:
            return PlainTextResponse("There is no such kind of document.", status_code=404)
        try:
            content = editor.export(
                name,
                f"{dot}{ending}",
                with_positions=positions,
                with_unsupported=unsupported,
            )
        except AssistantError as error:
            status = 404 if isinstance(error, UseError) else 500
            return PlainTextResponse(f"{error.problem} {error.remedy}", status_code=status)
        headers = {
            "content-disposition": f'attachment; filename="{name}.{ending}"',
            "content-security-policy": SENT_POLICY,
        }
        return Response(content, media_type=kind, headers=headers)
