"""What every view of the page is made with: its files, and how a piece of own HTML is put in."""

from typing import Any

import gradio as gr

ASSETS_PATH = "page-assets"
"""Where the page's own files are served."""
STYLES = (
    "page.css",
    "chat.css",
    "conversations.css",
    "reader.css",
    "briefing.css",
    "positions.css",
    "library.css",
)
SCRIPTS = (
    "page.js",
    "chat.js",
    "conversations.js",
    "reader.js",
    "briefing.js",
    "positions.js",
    "library.js",
)
"""In the order in which they build on each other."""
AT_ONCE = 8
"""Visitors who are served at the same time, of each kind of request; further ones wait."""

QUIETLY: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""For every event: no public endpoint, and no cover over what is shown."""

HEAD = "\n".join(
    (
        *(f'<link rel="stylesheet" href="{ASSETS_PATH}/{name}">' for name in STYLES),
        f'<link rel="icon" type="image/svg+xml" href="{ASSETS_PATH}/icon.svg">',
        '<meta name="color-scheme" content="light dark">',
    )
)
_SCRIPT_TAGS = "".join(f'<script src="{ASSETS_PATH}/{name}"></script>' for name in SCRIPTS)


def own_html(value: str = "", *, elem_id: str, part: str | None = None, **more: Any) -> gr.HTML:
    """HTML of our own, without Gradio's styles.

    `part` is JavaScript that runs once when it appears, with the page's scripts loaded; it
    sees `element`, `watch` and `trigger`.
    """
    if part is not None:
        more |= {"js_on_load": part, "head": _SCRIPT_TAGS}
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, **more)
