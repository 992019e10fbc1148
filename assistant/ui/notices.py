"""One sentence at the upper edge of the page, in every view: what was done, or why it was not."""

from dataclasses import dataclass

import gradio as gr

from assistant.ui.frame import own_html
from assistant.ui.templates import fill_in

_NOTICE = (
    "assistantPage.notice(element, watch, {restore: (what) => trigger('restore', what),"
    " shut: () => trigger('shut', {})})"
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What was done, or why it could not be."""

    words: str
    undo: str | None = None
    """The slug of a source that can be taken back."""
    remedy: str | None = None
    """With a problem: what to do."""


def make_notice() -> gr.HTML:
    """The component that shows it, in the block that is open."""
    return own_html(elem_id="notice", part=_NOTICE)


def render_notice(notice: Notice) -> str:
    """One sentence, with Undo where there is a way back."""
    return fill_in("notice.html", notice=notice)
